"""Link runs and what one of them changed, as tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.link_changes import LinkCause
from kvalitetsapp.domain.table import LINK_CHANGES, Column, Kind, Table
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.domain.link_changes import LinkRun, ToldChange

RUNS: Final[tuple[Column, ...]] = (
    Column("ran_at", Kind.TEXT, N_("Kopplat")),
    Column("cause", Kind.TEXT, N_("Orsak")),
    Column("who", Kind.TEXT, N_("Av vem")),
    Column("persons", Kind.INTEGER, N_("Personer")),
    Column("events", Kind.INTEGER, N_("Händelser")),
    Column("added", Kind.INTEGER, N_("Nya")),
    Column("changed", Kind.INTEGER, N_("Ändrade")),
    Column("gone", Kind.INTEGER, N_("Borta")),
    Column("another_look", Kind.INTEGER, N_("Ny titt")),
)
"""`persons` is None where everyone was linked."""

TOLD: Final[tuple[Column, ...]] = (
    next(column for column in LINK_CHANGES if column.name == "change"),
    *LINK_CHANGES[:3],
    Column("told", Kind.TEXT, N_("Vad som ändrades")),
)

_CAUSES: Final = {
    LinkCause.ASKED: N_("Körd för hand"),
    LinkCause.IMPORT: N_("Import"),
    LinkCause.UNDO: N_("Ångrad import"),
    LinkCause.DECISION: N_("Beslut"),
    LinkCause.JOIN: N_("Nummer hopförda"),
    LinkCause.AGREEMENTS: N_("Avtal ändrade"),
}


def ran_at(run: LinkRun) -> str:
    """Return when a run was, to the minute."""
    return to_the_minute(run.ran_at)


def cause(run: LinkRun) -> str:
    """Return why a run was made, in Swedish."""
    return _(_CAUSES[run.cause])


def runs_table(runs: Iterable[LinkRun]) -> Table:
    """Return runs as rows of `RUNS`, in their order."""
    return Table(
        RUNS,
        [
            (
                ran_at(one),
                cause(one),
                one.who,
                one.persons,
                one.events,
                one.added,
                one.changed,
                one.gone,
                one.another_look,
            )
            for one in runs
        ],
    )


def changes_table(changes: Iterable[ToldChange]) -> Table:
    """Return changed events as rows of `TOLD`, in their order."""
    return Table(
        TOLD,
        [
            (one.change.kind.value, one.change.event_ref, one.change.joint, one.change.side, " ".join(one.sentences))
            for one in changes
        ],
    )
