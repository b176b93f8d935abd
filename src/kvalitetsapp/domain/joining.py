"""Joining two numbers of one person: what has to be permitted, and what would change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.texts import N_, _


class Permit(StrEnum):
    """What is done only where somebody has said so."""

    CHANGE_EXISTING = "change_existing"
    TWO_PERSONAL_NUMBERS = "two_personal_numbers"


class NumberKind(StrEnum):
    """The three forms of a number, the one that lasts last."""

    RESERVE = "reserve"
    COORDINATION = "coordination"
    PERSONAL = "personal"


class Effect(StrEnum):
    """What joining two numbers can do."""

    OPERATION_MOVED = "operation_moved"
    OPERATION_GONE = "operation_gone"
    OPERATION_NEW = "operation_new"
    EVENT_NEW = "event_new"
    EVENT_GONE = "event_gone"
    LINK_NEW = "link_new"
    LINK_GONE = "link_gone"
    LINK_CHANGED = "link_changed"
    ANOTHER_LOOK = "another_look"
    REPEAT_PRIMARY = "repeat_primary"
    REPEAT_PRIMARY_GONE = "repeat_primary_gone"
    CLAIMABLE = "claimable"
    POTENTIAL = "potential"


_EFFECTS: Final[dict[str, str]] = {
    Effect.OPERATION_MOVED: N_("Primäroperationen får ett annat nummer"),
    Effect.OPERATION_GONE: N_("Primäroperationen försvinner"),
    Effect.OPERATION_NEW: N_("Primäroperationen kommer till"),
    Effect.EVENT_NEW: N_("Händelsen kommer till"),
    Effect.EVENT_GONE: N_("Händelsen försvinner"),
    Effect.LINK_NEW: N_("Kopplingen kommer till"),
    Effect.LINK_GONE: N_("Kopplingen försvinner"),
    Effect.LINK_CHANGED: N_("Kopplingen ändras"),
    Effect.ANOTHER_LOOK: N_("Beslutet märks för en ny titt"),
    Effect.REPEAT_PRIMARY: N_("Fynd: primäroperation mer än en gång"),
    Effect.REPEAT_PRIMARY_GONE: N_("Fyndet primäroperation mer än en gång försvinner"),
    Effect.CLAIMABLE: N_("Kan krävas, bekräftade kopplingar"),
    Effect.POTENTIAL: N_("Kan krävas, också föreslagna kopplingar"),
}


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing before and after: words, or for money öre."""

    effect: Effect
    ref: str
    before: str = ""
    after: str = ""
    ore_before: int | None = None
    ore_after: int | None = None


CONSEQUENCES: Final[tuple[Column, ...]] = (
    Column("effect", Kind.TEXT, N_("Vad som händer")),
    Column("ref", Kind.TEXT, N_("Gäller")),
    Column("before", Kind.TEXT, N_("Före")),
    Column("after", Kind.TEXT, N_("Efter")),
    Column("amount_before", Kind.MONEY, N_("Kronor före")),
    Column("amount_after", Kind.MONEY, N_("Kronor efter")),
)


@dataclass(frozen=True, slots=True)
class Consequences:
    """What joining two numbers would change; the money is that of the whole store."""

    identity: int
    same_as: int
    rows: tuple[Consequence, ...]

    @property
    def changes_links(self) -> bool:
        """Tell whether anything but sums of money is among the rows."""
        return any(row.ore_before is None for row in self.rows)


def number_kind(personal_id: str) -> NumberKind:
    """Return which of the three forms a canonical number has."""
    if identity.birth_date(personal_id) is None:
        return NumberKind.RESERVE
    is_coordination = int(personal_id[6:8]) > identity.COORDINATION_DAYS
    return NumberKind.COORDINATION if is_coordination else NumberKind.PERSONAL


def consequences_table(found: Consequences) -> Table:
    """Return consequences as a table, each as before and after."""
    return Table(CONSEQUENCES, [_row(one) for one in found.rows])


def _row(one: Consequence) -> Row:
    return (_(_EFFECTS[one.effect]), one.ref, one.before, one.after, one.ore_before, one.ore_after)
