"""The families of procedures as a table: which there are, which are followed, and who chose that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

FAMILIES: Final = (
    Column("family", Kind.CODE, N_("Kod")),
    Column("name", Kind.TEXT, N_("Operationsfamilj")),
    Column("followed", Kind.FLAG, N_("Följs")),
    Column("from_start", Kind.FLAG, N_("Följs alltid")),
    Column("has_sides", Kind.FLAG, N_("Har sida")),
    Column("operations", Kind.INTEGER, N_("Indexoperationer")),
    Column("chosen_by", Kind.TEXT, N_("Valt av")),
    Column("chosen_on", Kind.DATE, N_("Valt den")),
)


@dataclass(frozen=True, slots=True)
class FamilyShown:
    """A family as a store has it; `chosen_by` and `chosen_on` are "" where nobody has chosen."""

    family: str
    name: str
    followed: bool
    from_start: bool
    has_sides: bool
    operations: int
    chosen_by: str = ""
    chosen_on: str = ""


def families_table(families: Iterable[FamilyShown]) -> Table:
    """Return the families as a table, in their order."""
    return Table(
        FAMILIES,
        [
            (
                one.family,
                one.name,
                int(one.followed),
                int(one.from_start),
                int(one.has_sides),
                one.operations,
                one.chosen_by,
                one.chosen_on,
            )
            for one in families
        ],
    )
