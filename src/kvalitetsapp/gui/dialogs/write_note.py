"""Ny anteckning: a provider's comment, an action that was agreed on, or what became of one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from kvalitetsapp.domain.provider_note import NoteOnProvider, wrong_with
from kvalitetsapp.domain.released import ProviderNote
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.provider_notes import NoteOutcome
    from kvalitetsapp.services.workspace import Workspace

_LONGEST_CHOICE: Final = 60  # letters of an action's text in the list of those that a follow-up can be about


class WriteNoteDialog(SavingDialog):
    """Asks for what the chosen kind of note needs, and no more."""

    def __init__(
        self,
        runner: StoreRunner,
        provider: tuple[str, str],
        actions: Sequence[NoteOnProvider],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, _("Ny anteckning"), _("&Spara anteckningen"), parent)
        self._provider_id, name = provider
        self.kind = QComboBox()
        self.answers = QComboBox()
        self.text = CheckedText(wrong_with, rows=5)
        self.said_on = DayField()
        self.responsible = QLineEdit()
        self.due_on = DayField()
        self.no_due = QCheckBox(_("&Utan dag"))
        self.explained.setText(
            _("Anteckningen trycks i rapporten om {provider}. Skriv inget om enskilda patienter.").format(
                provider=name
            )
        )
        self._offer(actions)
        self._arrange()
        self.kind.currentIndexChanged.connect(lambda _place: self._fit())
        self.no_due.toggled.connect(lambda on: self.due_on.setEnabled(not on))
        self._fit()
        self.save.setEnabled(False)
        runner.run(_today, self._set_today)

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.text,)

    def content(self) -> QWidget:
        """Return the fields; what a shorter kind of note does not need is left free beneath them."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        return made

    def work(self) -> Work:
        """Return what keeps the note."""
        kind = self._kind()
        is_action = kind is ProviderNote.ACTION
        due_on = self.due_on.day() if is_action and not self.no_due.isChecked() else None
        responsible = self.responsible.text().strip() if is_action else ""
        answers = int(self.answers.currentData()) if kind is ProviderNote.FOLLOW_UP else 0
        new = NoteOnProvider(
            *(0, self._provider_id, kind, self.text.text(), responsible, due_on, None, answers),
            *(self.said_on.day(), ""),
        )
        return partial(_write, new)

    def _kind(self) -> ProviderNote:
        return ProviderNote(self.kind.currentData())

    def _offer(self, actions: Sequence[NoteOnProvider]) -> None:
        """Offer the kinds of note, and the actions that a follow-up can be about, those not done first."""
        for kind in ProviderNote:
            if kind is not ProviderNote.FOLLOW_UP or actions:
                self.kind.addItem(word("provider_note", kind), kind.value)
        for one in sorted(actions, key=lambda one: one.done_on is not None):
            text = " ".join(one.text.split())
            shown = text if len(text) <= _LONGEST_CHOICE else f"{text[:_LONGEST_CHOICE]}…"
            self.answers.addItem(f"{one.said_on.isoformat()}: {shown}", one.note)
        self.answers.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.answers.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _arrange(self) -> None:
        self.due = QWidget()
        row = QHBoxLayout(self.due)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.due_on)
        row.addWidget(self.no_due)
        row.addStretch(1)
        self.due.setFocusProxy(self.due_on)
        for label, field in (
            (_("S&lag"), self.kind),
            (_("Å&tgärd"), self.answers),
            (_("Te&xt"), self.text),
            (_("&Dag"), self.said_on),
            (_("Ans&varig"), self.responsible),
            (_("&Klar senast"), self.due),
        ):
            self.form.add(label, field)
        self.due_on.setAccessibleName(_("Klar senast"))
        self.kind.setFocus()

    def _fit(self) -> None:
        kind = self._kind()
        self.form.set_visible(self.answers, on=kind is ProviderNote.FOLLOW_UP)
        for field in (self.responsible, self.due):
            self.form.set_visible(field, on=kind is ProviderNote.ACTION)

    def _set_today(self, today: date) -> None:
        self.said_on.set_limits(None, today)
        self.said_on.set_day(today)
        self.due_on.set_day(today)
        self.save.setEnabled(self.runner.can_write)


def _today(workspace: Workspace, _progress: Progress) -> date:
    return workspace.today


def _write(new: NoteOnProvider, workspace: Workspace, _progress: Progress) -> NoteOutcome:
    from kvalitetsapp.services import provider_notes

    return provider_notes.write(workspace, new)
