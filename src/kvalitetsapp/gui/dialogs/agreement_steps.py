"""Smaller things done to an agreement: verified, ended, and its history read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout

from kvalitetsapp.domain import agreement_history
from kvalitetsapp.gui.dialogs.faulting import FaultingDialog
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.spacing import letters, lines, pad
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.faulted import Faulted
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.domain.agreement_history import HistoryEntry
    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.agreement_edits import AgreementOutcome
    from kvalitetsapp.services.workspace import Workspace


class VerifyAgreementDialog(SavingDialog):
    """Asks whether the terms have been compared with the signed text."""

    def __init__(self, runner: StoreRunner, was: Agreement, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Avtalet är kontrollerat"), _("&Intyga"), parent)
        self._was = was
        self.explained.setText(
            _(
                "Intyga bara om du har jämfört varje villkor med den underskrivna texten. Ditt namn och dagens datum "
                "antecknas. Ändras villkoren senare försvinner märket."
            )
        )
        self.tell(_("Avtal"), was.name)
        if runner.store is not None:
            self.tell(_("Kontrolleras av"), runner.store.user)
            self.save.setEnabled(not runner.store.read_only)

    def work(self) -> Work:
        """Return what marks the agreement as verified."""
        return partial(_verify, self._was)


class EndAgreementDialog(FaultingDialog):
    """Asks for the last day of operations and why."""

    def __init__(self, runner: StoreRunner, was: Agreement, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Avsluta avtal"), _("&Avsluta avtalet"), parent)
        self._was = was
        self.last_day = DayField()
        self.last = Faulted(self.last_day)
        self.why = QLineEdit()
        self.reason = Faulted(self.why)
        self.keep_verified = QCheckBox(_("&Låt märket kontrollerat stå kvar"))
        self.explained.setText(
            _("Operationer efter den sista dagen hör inte till avtalet. För tidigare operationer ändras inget.")
        )
        self.tell(_("Avtal"), was.name)
        self.form.add(_("&Sista dag"), self.last)
        self.form.add(_("Varf&ör avslutas avtalet?"), self.reason)
        self.form.add("", self.keep_verified)
        self.form.set_visible(self.keep_verified, on=was.verified)
        self.save.setEnabled(False)
        runner.run(_today, self._set_today)

    def work(self) -> Work:
        """Return what ends the agreement."""
        return partial(
            _end, self._was, self.last_day.day().isoformat(), self.why.text(), self.keep_verified.isChecked()
        )

    def places(self) -> tuple[Faulted, ...]:
        """Return the last day and the reason."""
        return self.last, self.reason

    def place_of(self, field: str) -> Faulted | None:
        """Return where the fault of a field stands; what is wrong with the days stands at the last one."""
        return {"valid_from": self.last, "valid_to": self.last, "reason": self.reason}.get(field)

    def _set_today(self, today: date) -> None:
        self.last_day.set_day(self._was.valid_to or max(today, self._was.valid_from))
        self.save.setEnabled(self.can_write)
        self.last_day.setFocus()


class AgreementHistoryDialog(QDialog):
    """Shows what was done to an agreement, the latest first."""

    def __init__(self, runner: StoreRunner, one: Agreement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Historik för {name}").format(name=one.name))
        self.resize(letters(self, 110), lines(self, 30))
        self.facts = FactsView(_("Avtalets historik"))
        buttons = QDialogButtonBox()
        buttons.addButton(_("Stäng"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        pad(column, self, 1.0, 0.6)
        column.addWidget(self.facts, 1)
        column.addWidget(buttons)
        runner.run(partial(_history, one.agreement_id), self._show)

    def _show(self, entries: tuple[HistoryEntry, ...]) -> None:
        sections = [(agreement_history.heading(one), agreement_history.as_facts(one)) for one in reversed(entries)]
        self.facts.show_facts(*sections)


def _verify(was: Agreement, workspace: Workspace, _progress: Progress) -> AgreementOutcome:
    from kvalitetsapp.services import agreement_edits

    return agreement_edits.verify(workspace, was)


def _end(
    was: Agreement, last_day: str, reason: str, keep_verified: bool, workspace: Workspace, progress: Progress
) -> AgreementOutcome:
    from kvalitetsapp.services import agreement_edits

    return agreement_edits.end(workspace, was, last_day, reason, keep_verified=keep_verified, progress=progress)


def _today(workspace: Workspace, _progress: Progress) -> date:
    return workspace.today


def _history(agreement_id: str, workspace: Workspace, _progress: Progress) -> tuple[HistoryEntry, ...]:
    from kvalitetsapp.services import agreement_edits

    return agreement_edits.history(workspace, agreement_id)
