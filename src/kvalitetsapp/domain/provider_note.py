"""What is written down about a provider to be printed in its report: its own comment, and what was agreed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.domain.released import ProviderNote

LONGEST_TEXT: Final = 2000
NOTES: Final[tuple[Column, ...]] = (
    Column("note", Kind.INTEGER, N_("Nr")),
    Column("said_on", Kind.DATE, N_("Dag")),
    Column("note_kind", Kind.CODE, N_("Slag"), "provider_note"),
    Column("text", Kind.TEXT, N_("Text")),
    Column("responsible", Kind.TEXT, N_("Ansvarig")),
    Column("due_on", Kind.DATE, N_("Klar senast")),
    Column("done_on", Kind.DATE, N_("Klar")),
    Column("who", Kind.TEXT, N_("Skriven av")),
)


@dataclass(frozen=True, slots=True)
class NoteOnProvider:
    """A comment, an action that was agreed on, or what became of one (`answers` is its number, 0 for none)."""

    note: int
    provider_id: str
    kind: ProviderNote
    text: str
    responsible: str
    due_on: date | None
    done_on: date | None
    answers: int
    said_on: date
    who: str

    def is_late(self, today: date) -> bool:
        """Tell whether an action should have been done and is not."""
        return self.due_on is not None and self.done_on is None and self.due_on < today


def notes_table(found: Iterable[NoteOnProvider]) -> Table:
    """Return notes as rows of `NOTES`."""
    return Table(
        NOTES,
        [
            (
                *(one.note, one.said_on.isoformat(), one.kind.value, one.text, one.responsible),
                *(day.isoformat() if isinstance(day, date) else "" for day in (one.due_on, one.done_on)),
                one.who,
            )
            for one in found
        ],
    )
