"""Anteckningar: a provider's comments, the actions that were agreed on with it, and how they went."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.provider_note import followed_table, state_of
from kvalitetsapp.domain.released import ProviderNote
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.note_done import NoteDoneDialog
from kvalitetsapp.gui.dialogs.write_note import WriteNoteDialog
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.rows_view import ALL, PartedView
from kvalitetsapp.texts import N_, NOTHING, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from kvalitetsapp.domain.provider_note import NoteOnProvider
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.gui.models.table_model import Labels
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.provider_notes import NoteOutcome
    from kvalitetsapp.services.workspace import Workspace

_PARTS: Final = {
    ALL: N_("Alla"),
    ProviderNote.COMMENT: N_("Kommentarer"),
    ProviderNote.ACTION: N_("Åtgärder"),
    ProviderNote.FOLLOW_UP: N_("Uppföljningar"),
}
_HIDDEN_AT_FIRST: Final = ("note", "done_on", "who")


class ProviderNotesView(PartedView["NoteOnProvider"]):
    """Notes about one provider at a time, the latest first, with the chosen one in full below them."""

    title: ClassVar[str] = N_("Anteckningar")
    icon_name: ClassVar[str] = "reports"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.PROVIDER_NOTES, Changed.IMPORTS, Changed.EPISODES})

    def __init__(self, runner: StoreRunner) -> None:
        parts = {str(part): _(title) for part, title in _PARTS.items()}
        super().__init__(runner, parts, DataTable("provider-notes", key=("note",)))
        self._found: tuple[NoteOnProvider, ...] = ()
        self._today: date | None = None
        self.provider = QComboBox()
        self.facts = FactsView(_("Anteckningen"))
        self.write = QPushButton(_("&Ny anteckning …"))
        self.done = QPushButton(_("&Klar …"))
        self.withdraw = QPushButton(_("&Ta bort ur rapporten"))
        self.empty = EmptyState(
            _(
                "Inget är antecknat om vårdgivaren. Det som antecknas här står i vårdgivarens rapport: dess egna "
                "kommentarer, åtgärder som ni har kommit överens om, och hur det gick med dem."
            ),
            _("Skriv en anteckning"),
        )
        self._stack = self._arrange()
        self.begins_at = self.provider
        self._connect()
        self._choose()

    def refresh(self) -> None:
        """Read the providers, and the notes about the chosen one."""
        self.runner.run(_providers, self._set_providers)

    def show_wanted(self, wanted: object) -> None:
        """Show the notes about a provider by its id."""
        place = self.provider.findData(wanted)
        if place >= 0:
            self.provider.setCurrentIndex(place)

    # how it looks

    def _arrange(self) -> Stack:
        self.table.view.setAccessibleName(_("Anteckningar"))
        self.table.hide_columns(*_HIDDEN_AT_FIRST)
        self.provider.setAccessibleName(_("Vårdgivare"))
        self.provider.setMinimumContentsLength(24)
        label = PlainLabel(_("&Vårdgivare"))
        label.setBuddy(self.provider)
        inner = QWidget()
        stack = Stack(inner, arrangement.above((self.table, 18), (self.facts, 14)), self.empty)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addLayout(arrangement.ends((label, self.provider)))
        column.addWidget(self.parts)
        column.addWidget(inner, 1)
        column.addLayout(arrangement.ends((self.write,), (self.done, self.withdraw)))
        return stack

    def _connect(self) -> None:
        self.provider.currentIndexChanged.connect(lambda _place: self._read())
        self.table.row_activated.connect(lambda _row: self.done.click())
        self.write.clicked.connect(self._ask_to_write)
        self.empty.asked.connect(self._ask_to_write)
        self.done.clicked.connect(self._ask_if_done)
        self.withdraw.clicked.connect(self._ask_to_withdraw)

    # what it shows

    def _set_providers(self, providers: list[tuple[str, str]]) -> None:
        chosen = self.provider.currentData()
        self.provider.blockSignals(True)  # noqa: FBT003 - Qt's call
        self.provider.clear()
        for provider_id, name in providers:
            self.provider.addItem(name, provider_id)
        self.provider.setCurrentIndex(max(0, self.provider.findData(chosen)) if providers else -1)
        self.provider.blockSignals(False)  # noqa: FBT003 - Qt's call
        self._read()

    def _read(self) -> None:
        provider_id = self.provider.currentData()
        if provider_id is None:
            self._set_notes("", (None, ()))
        else:
            self.runner.run(partial(_notes, str(provider_id)), partial(self._set_notes, str(provider_id)))

    def _set_notes(self, provider_id: str, found: tuple[date | None, tuple[NoteOnProvider, ...]]) -> None:
        if provider_id != (self.provider.currentData() or ""):
            return  # another provider was chosen meanwhile
        self._today, self._found = found
        self._stack.show_empty(on=not self._found)
        self._show_found()

    def _in_part(self, part: str) -> list[NoteOnProvider]:
        return [one for one in self._found if part in (ALL, one.kind)]

    def _table_of(self, rows: Sequence[NoteOnProvider]) -> tuple[Table, Labels]:
        return followed_table(rows, self._today), {}

    def _choose(self) -> None:
        one, can_write = self.current(), self.runner.can_write
        is_open = one is not None and one.kind is ProviderNote.ACTION and one.done_on is None
        self.write.setEnabled(can_write and self.provider.currentIndex() >= 0)
        self.done.setEnabled(can_write and is_open)
        self.withdraw.setEnabled(can_write and one is not None)
        if one is None or self._today is None:
            self.facts.show_paragraphs([_("Ingen anteckning är vald.")])
        else:
            self.facts.show_facts(("", _facts(one, self._found, self._today)))

    # what is done

    def _ask_to_write(self) -> None:
        if self.write.isEnabled():
            provider = (str(self.provider.currentData()), self.provider.currentText())
            actions = [one for one in self._found if one.kind is ProviderNote.ACTION]
            self._open(WriteNoteDialog(self.runner, provider, actions, self))

    def _ask_if_done(self) -> None:
        one = self.current()
        if one is not None:
            self._open(NoteDoneDialog(self.runner, one, self))

    def _ask_to_withdraw(self) -> None:
        one = self.current()
        if one is None:
            return
        question = _("Ta bort anteckningen ur rapporten? Den kan inte läggas tillbaka, bara skrivas på nytt.")
        if messages.ask(self, question, yes=_("Ta bort")):
            self.runner.run(partial(_withdraw, one.note), self._done)


def _facts(one: NoteOnProvider, found: Iterable[NoteOnProvider], today: date) -> list[Fact]:
    by_number = {each.note: each for each in found}
    facts = [Fact(word("provider_note", one.kind), tuple(one.text.splitlines()))]
    if one.kind is ProviderNote.ACTION:
        facts += [
            Fact(_("Läge"), (state_of(one, today),)),
            Fact(_("Ansvarig"), (one.responsible or NOTHING,)),
            Fact(_("Klar senast"), (one.due_on.isoformat() if one.due_on else NOTHING,)),
        ]
        later = tuple(f"{each.said_on}: {each.text}" for each in by_number.values() if each.answers == one.note)
        if later:
            facts.append(Fact(_("Uppföljning"), later))
    if one.answers in by_number:
        facts.append(Fact(_("Åtgärden"), (by_number[one.answers].text,)))
    return [*facts, Fact(_("Skriven av"), (f"{one.who}, {one.said_on.isoformat()}",))]


def _providers(workspace: Workspace, _progress: Progress) -> list[tuple[str, str]]:
    from kvalitetsapp.services import overview

    return overview.provider_names(workspace)


def _notes(
    provider_id: str, workspace: Workspace, _progress: Progress
) -> tuple[date | None, tuple[NoteOnProvider, ...]]:
    from kvalitetsapp.services import provider_notes

    return workspace.today, provider_notes.of_provider(workspace, provider_id)


def _withdraw(note: int, workspace: Workspace, _progress: Progress) -> NoteOutcome:
    from kvalitetsapp.services import provider_notes

    return provider_notes.withdraw(workspace, note)
