"""Notes about providers: added, marked as done, withdrawn; never removed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.provider_note import NoteOnProvider
from kvalitetsapp.domain.released import ProviderNote

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

_FOUND = """
SELECT provider_note, provider_id, kind, text, responsible, due_on, done_on, coalesce(answers, 0), said_on, who
FROM provider_notes WHERE withdrawn_at IS NULL
"""


def add(store: Store, new: NoteOnProvider) -> int:
    """Keep a note and return its number; the number of `new` is not looked at."""
    return store.write(
        "INSERT INTO provider_notes (provider_id, kind, text, responsible, due_on, answers, said_on, who, written_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(new.provider_id, new.kind.value, new.text, new.responsible, _text(new.due_on), new.answers or None),
            *(new.said_on.isoformat(), new.who, this_moment()),
        ),
    )


def of_provider(store: Store, provider_id: str) -> tuple[NoteOnProvider, ...]:
    """Return what stands about a provider, the latest first."""
    rows = store.rows(f"{_FOUND} AND provider_id = ? ORDER BY said_on DESC, provider_note DESC", (provider_id,))
    return tuple(_note(*row) for row in rows)


def of_number(store: Store, note: int) -> NoteOnProvider | None:
    """Return a standing note, None where there is none."""
    rows = store.rows(f"{_FOUND} AND provider_note = ?", (note,))
    return _note(*rows[0]) if rows else None


def mark_done(store: Store, note: int, day: date) -> None:
    """Say on which day an action was done."""
    store.write("UPDATE provider_notes SET done_on = ? WHERE provider_note = ?", (day.isoformat(), note))


def withdraw(store: Store, note: int) -> None:
    """Take a note out of effect."""
    store.write("UPDATE provider_notes SET withdrawn_at = ? WHERE provider_note = ?", (this_moment(), note))


def _note(note: int, provider_id: str, kind: str, *rest: Any) -> NoteOnProvider:  # noqa: ANN401 - a row's columns
    text, responsible, due_on, done_on, answers, said_on, who = rest
    return NoteOnProvider(
        *(note, provider_id, ProviderNote(kind), text, responsible, _day(due_on), _day(done_on), answers),
        date.fromisoformat(said_on),
        who,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
