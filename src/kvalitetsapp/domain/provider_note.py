"""What is written down about a provider to be printed in its report: its own comment, and what was agreed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.released import ProviderNote
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterable

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
STATE: Final = Column("state", Kind.TEXT, N_("Läge"))


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


def wrong_with(text: str) -> str:
    """Return why a text cannot be kept as a note, in a Swedish sentence, "" where it can: it is printed in reports."""
    text = text.strip()
    if not text:
        return _("Skriv något i anteckningen.")
    if len(text) > LONGEST_TEXT:
        return _("Anteckningen är för lång: högst {n} tecken.").format(n=LONGEST_TEXT)
    if identity.hidden(text) != text:
        return _("Anteckningen innehåller ett personnummer. Ta bort det.")
    return ""


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


def state_of(one: NoteOnProvider, today: date) -> str:
    """Return how an action stands, with a sign and in words; "" for what is no action."""
    if one.done_on is not None:
        return _("✓ Klar {day}").format(day=one.done_on.isoformat())
    if one.is_late(today) and one.due_on is not None:
        days = (today - one.due_on).days
        return ngettext("▲ {n} dag sen", "▲ {n} dagar sen", days).format(n=number(days))
    return _("Pågår") if one.kind is ProviderNote.ACTION else ""


def followed_table(found: Iterable[NoteOnProvider], today: date | None) -> Table:
    """Return notes with how each stands by a day; the text, which is longest, comes last."""
    notes = tuple(found)
    place = notes_table(()).names().index("text")
    rows = [
        (*row[:place], state_of(one, today) if today else "", *row[place + 1 :], row[place])
        for one, row in zip(notes, notes_table(notes).rows, strict=True)
    ]
    return Table((*NOTES[:place], STATE, *NOTES[place + 1 :], NOTES[place]), rows)
