"""Bevara eller gallra: the decision about what is old, with its reason."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate

from kvalitetsapp.domain import reasons
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.retention import Proposal, RetentionKind
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.retention import RetentionOutcome
    from kvalitetsapp.services.workspace import Workspace

_YEARS = 5


class _DecideDialog(SavingDialog):
    """Says what is decided about, and asks for the reason."""

    def __init__(
        self, runner: StoreRunner, title: str, save: str, proposal: Proposal, parent: QWidget | None = None
    ) -> None:
        super().__init__(runner, title, save, parent)
        self.proposal = proposal
        self.reason = CheckedText(_lacking, rows=3)
        self.tell(_("Vad"), word("retention_kind", proposal.kind))
        self.tell(_("Till och med"), proposal.through.isoformat())
        self.tell(_("Antal"), number(proposal.found))
        self.tell(_("Grund"), _(proposal.rule.ground))

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.reason,)


class KeepDialog(_DecideDialog):
    """Decides that something is kept until a day."""

    def __init__(self, runner: StoreRunner, proposal: Proposal, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Bevara"), _("&Bevara"), proposal, parent)
        self.until = DayField()
        self.explained.setText(_("Beslutet sparas med skälet. Den dagen kommer frågan tillbaka."))
        today = QDate.currentDate()
        self.until.setDate(today.addYears(_YEARS))
        self.until.setMinimumDate(today.addDays(1))
        self.form.add(_("Bevaras &till"), self.until)
        self.form.add(_("&Skäl"), self.reason)
        self.reason.setFocus()

    def work(self) -> Work:
        """Return what keeps it."""
        one = self.proposal
        return partial(_keep, one.kind, one.through, self.until.day(), self.reason.text())


class EraseDialog(_DecideDialog):
    """Decides that something is erased, and asks once more: it cannot be undone."""

    def __init__(self, runner: StoreRunner, proposal: Proposal, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Gallra"), _("&Gallra …"), proposal, parent)
        self.explained.setText(
            _(
                "Gallringen görs genast och kan inte ångras. Äldre säkerhetskopior har uppgifterna kvar tills de "
                "gallras."
            )
        )
        self.form.add(_("&Skäl"), self.reason)
        self.reason.setFocus()

    def start(self) -> None:
        """Ask once, with what and how much."""
        one = self.proposal
        question = _("Gallra {n} ({what}) till och med {day}? Det kan inte ångras.").format(
            n=number(one.found), what=word("retention_kind", one.kind).lower(), day=one.through.isoformat()
        )
        if messages.ask(self, question, yes=_("Gallra")):
            super().start()

    def work(self) -> Work:
        """Return what erases it."""
        return partial(_erase, self.proposal.kind, self.proposal.through, self.reason.text())


def _lacking(text: str) -> str:
    return reasons.wrong_with(text, _("Skriv varför uppgifterna bevaras eller gallras."))


def _keep(
    kind: RetentionKind, through: date, until: date, reason: str, workspace: Workspace, _progress: Progress
) -> RetentionOutcome:
    from kvalitetsapp.services import retention

    return retention.keep(workspace, kind, through, until, reason)


def _erase(
    kind: RetentionKind, through: date, reason: str, workspace: Workspace, _progress: Progress
) -> RetentionOutcome:
    from kvalitetsapp.services import retention

    return retention.erase(workspace, kind, through, reason)
