"""Notes about a provider that its report prints: its own comment, actions that were agreed on, and how they went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.changes import Changed, Changes
from kvalitetsapp.domain.printed_words import has_unseen, wrong_with_line
from kvalitetsapp.domain.provider_note import NoteOnProvider, notes_table, wrong_with
from kvalitetsapp.domain.released import ProviderNote
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import provider_notes, providers
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.workspace import Workspace

WRITTEN: Final = "provider_note_written"
DONE: Final = "provider_note_done"
WITHDRAWN: Final = "provider_note_withdrawn"
NOTES_CHANGED: Final[Changes] = frozenset({Changed.PROVIDER_NOTES})


@dataclass(frozen=True, slots=True)
class NoteOutcome:
    """The number of the note and what to say of it."""

    note: int
    said: str
    changes: Changes = NOTES_CHANGED


@needs(Right.MAKE_REPORTS)
def write(workspace: Workspace, new: NoteOnProvider) -> NoteOutcome:
    """Keep a note; its number and who wrote it are not looked at.

    Raises:
        InputError: no such provider, no text or one that cannot be kept, a day ahead, or an answer to no action.
    """
    _demand_printable(new)
    _demand_sound(workspace, new)
    kept = NoteOnProvider(
        *(0, new.provider_id, new.kind, new.text.strip(), new.responsible.strip(), new.due_on, None, new.answers),
        *(new.said_on, workspace.user),
    )
    with workspace.action(WRITTEN, target=new.provider_id, detail=new.kind.value) as store:
        note = provider_notes.add(store, kept)
    return NoteOutcome(note, _("Anteckningen är sparad"))


@needs(Right.MAKE_REPORTS)
def done(workspace: Workspace, note: int, day: date) -> NoteOutcome:
    """Say on which day an action was done.

    Raises:
        InputError: there is no such action, or the day lies ahead or before the action.
        RefusedError: it is done already.
    """
    found = _of_number(workspace, note)
    if found.kind is not ProviderNote.ACTION:
        raise InputError(_("Bara en överenskommen åtgärd kan bli klar."))
    if day > workspace.today:
        raise InputError(_("Dagen ligger i framtiden."))
    if day < found.said_on:
        raise InputError(_("Dagen ligger före dagen då åtgärden bestämdes."))
    if found.done_on is not None:
        raise RefusedError(_("Åtgärden är redan klar."))
    with workspace.action(DONE, target=str(note)) as store:
        provider_notes.mark_done(store, note, day)
    return NoteOutcome(note, _("Åtgärden är klar"))


@needs(Right.MAKE_REPORTS)
def withdraw(workspace: Workspace, note: int) -> NoteOutcome:
    """Take a note out of the report; it stays in the store.

    Raises:
        InputError: there is no such note.
    """
    _of_number(workspace, note)
    with workspace.action(WITHDRAWN, target=str(note)) as store:
        provider_notes.withdraw(store, note)
    return NoteOutcome(note, _("Anteckningen är borttagen ur rapporten"))


@needs(Right.MAKE_REPORTS)
def of_provider(workspace: Workspace, provider_id: str) -> tuple[NoteOnProvider, ...]:
    """Return what stands about a provider, the latest first."""
    return provider_notes.of_provider(workspace.store, provider_id)


@needs(Right.MAKE_REPORTS)
def table(workspace: Workspace, provider_id: str) -> Table:
    """Return what stands about a provider as a table, the latest first.

    Raises:
        InputError: there is no such provider.
    """
    _demand_known(workspace, provider_id)
    return notes_table(of_provider(workspace, provider_id))


def _of_number(workspace: Workspace, note: int) -> NoteOnProvider:
    found = provider_notes.of_number(workspace.store, note)
    if found is None:
        raise InputError(_("Det finns ingen sådan anteckning."))
    return found


def _demand_known(workspace: Workspace, provider_id: str) -> None:
    if provider_id not in {one.provider_id for one in providers.all_providers(workspace.store)}:
        raise InputError(_("Vårdgivaren finns inte."))


def _demand_printable(new: NoteOnProvider) -> None:
    if has_unseen(new.text):
        raise InputError(_("Anteckningen innehåller tecken som inte syns. Skriv den utan dem."))
    if wrong := wrong_with_line(new.responsible):
        raise InputError(wrong)


def _demand_sound(workspace: Workspace, new: NoteOnProvider) -> None:
    _demand_known(workspace, new.provider_id)
    if wrong := wrong_with(new.text):
        raise InputError(wrong)
    if new.said_on > workspace.today:
        raise InputError(_("Dagen ligger i framtiden."))
    if new.kind is not ProviderNote.ACTION and new.due_on:
        raise InputError(_("Bara en åtgärd har en slutdag."))
    if new.due_on is not None and new.due_on < new.said_on:
        raise InputError(_("Slutdagen ligger före dagen då åtgärden bestämdes."))
    if new.answers and new.kind is not ProviderNote.FOLLOW_UP:
        raise InputError(_("Bara en uppföljning kan gälla en åtgärd."))
    if new.answers:
        answered = _of_number(workspace, new.answers)
        if answered.kind is not ProviderNote.ACTION or answered.provider_id != new.provider_id:
            raise InputError(_("Uppföljningen måste gälla en åtgärd hos samma vårdgivare."))
