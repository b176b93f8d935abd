"""What people and files are told of packages: how their things stood, what could not be taken, and what was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.exchanged import Standing, ThingKind
from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvalitetsapp.domain.exchange_conflict import Conflict

ACCOUNT: Final[tuple[Column, ...]] = (
    Column("thing", Kind.CODE, N_("Vad"), "exchange_thing"),
    Column("new", Kind.INTEGER, N_("Nya här")),
    Column("theirs_further", Kind.INTEGER, N_("Längre komna i paketet")),
    Column("same", Kind.INTEGER, N_("Lika")),
    Column("ours_further", Kind.INTEGER, N_("Längre komna här")),
    Column("conflict", Kind.INTEGER, N_("I konflikt")),
    Column("missing", Kind.INTEGER, N_("Saknas här")),
)
"""A package held against what is here: so many of every kind."""
CONFLICTS: Final[tuple[Column, ...]] = (
    Column("conflict", Kind.INTEGER, N_("Nr")),
    Column("noted_at", Kind.TEXT, N_("När")),
    Column("other_user", Kind.TEXT, N_("Paket från")),
    Column("conflict_kind", Kind.CODE, N_("Slag"), "exchange_conflict"),
    Column("subject", Kind.TEXT, N_("Vad det gäller")),
    Column("reason", Kind.TEXT, N_("Varför")),
    Column("settled", Kind.CODE, N_("Avgjord"), "exchange_settled"),
    Column("settled_because", Kind.TEXT, N_("Skäl")),
    Column("settled_at", Kind.TEXT, N_("Avgjord när")),
    Column("settled_by", Kind.TEXT, N_("Avgjord av")),
)
"""What could not be taken, those that wait first."""
SIDES: Final[tuple[Column, ...]] = (
    Column("thing_name", Kind.TEXT, N_("Vad det gäller")),
    Column("field", Kind.TEXT, N_("Uppgift")),
    Column("ours", Kind.TEXT, N_("Här")),
    Column("theirs", Kind.TEXT, N_("I paketet")),
    Column("differs", Kind.FLAG, N_("Skiljer sig")),
)
"""One conflict, side by side."""


def account(counts: Mapping[tuple[ThingKind, Standing], int]) -> Table:
    """Return how many things of every kind stood in every way."""
    names = [column.name for column in ACCOUNT[1:]]
    return Table(
        ACCOUNT, [(kind.value, *(counts.get((kind, Standing(one)), 0) for one in names)) for kind in ThingKind]
    )


def conflicts(found: Iterable[Conflict]) -> Table:
    """Return conflicts as a table."""
    return Table(CONFLICTS, [_conflict(one) for one in found])


def _conflict(one: Conflict) -> Row:
    settled = "" if one.settled is None else one.settled.value
    told = (one.settled_because, one.settled_at, one.settled_by)
    return (one.number, one.noted_at, one.other_user, one.kind, one.subject, one.reason, settled, *told)
