"""Avgör konflikt: keep what is here or take what came, and why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy

from kvalitetsapp.domain import reasons
from kvalitetsapp.domain.exchange_conflict import Settled
from kvalitetsapp.gui.dialogs.making import MakingDialog
from kvalitetsapp.gui.spacing import letters
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.gui.widgets.choice_group import Choice, ChoiceList
from kvalitetsapp.gui.widgets.faulted import Faulted
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.exchange_conflict import Conflict
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.exchange_conflicts import SettledOutcome
    from kvalitetsapp.services.workspace import Workspace


class SettleConflictDialog(MakingDialog):
    """Asks which of the two holds, and for a reason; neither is proposed."""

    def __init__(self, runner: StoreRunner, conflict: Conflict, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Avgör konflikt"), _("&Avgör"), _("Avbrutet. Inget är avgjort."), parent)
        self._number = conflict.number
        self.setMinimumWidth(letters(self, 110))
        self.explained.setText(
            _(
                "Behåller du vårt läggs det som kom i paketet åt sidan. Tar du deras förs det in enligt de regler som "
                "gäller här. Konflikten kan inte avgöras om. Skälet sparas i loggen."
            )
        )
        self.how = _How()
        self.reason = CheckedText(_lacking, rows=3)
        self.tell(_("Gäller"), conflict.subject)
        self.tell(_("Därför"), conflict.reason)
        self.form.add(_("&Vad som ska gälla"), self.how)
        self.form.add(_("Var&för"), self.reason)
        self.how.setFocus()

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.how, self.reason)

    def work(self) -> Work:
        """Return what settles the conflict."""
        return partial(_settle, self._number, Settled(self.how.choices.value()), self.reason.text())


class _How(Faulted):
    """The two ways to settle a conflict."""

    def __init__(self) -> None:
        self.choices = ChoiceList()
        super().__init__(self.choices)
        for widget in (self, self.choices):  # else a form gives it no more width than its longest word
            widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.choices.set_choices(
            (Choice(Settled.OURS.value, _("Behåll vårt")), Choice(Settled.THEIRS.value, _("Ta deras")))
        )
        self.choices.chosen.connect(lambda _value: self.say(""))

    def check(self) -> bool:
        """Say that nothing is chosen, and tell whether something is."""
        chosen = bool(self.choices.value())
        self.say("" if chosen else _("Välj vad som ska gälla."))
        return chosen

    def setFocus(self) -> None:  # type: ignore[override]  # noqa: N802 - Qt's name
        """Take the focus."""
        self.choices.take_focus()


def _lacking(text: str) -> str:
    return reasons.wrong_with(text, _("Skriv varför konflikten avgörs så."))


def _settle(number: int, how: Settled, reason: str, workspace: Workspace, progress: Progress) -> SettledOutcome:
    from kvalitetsapp.services import exchange_conflicts

    return exchange_conflicts.settle(workspace, number, how, reason, progress)
