"""A payment that someone types: what is wrong stands at its field."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kvalitetsapp.domain.payment import NewPayment, amount_of, lacking_in_amount, lacking_in_text
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.payments import PaymentOutcome
    from kvalitetsapp.services.workspace import Workspace


class RecordPaymentDialog(SavingDialog):
    """Asks for day, amount, reference, payer and a note."""

    def __init__(self, runner: StoreRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Skriv in betalning"), _("&Spara betalningen"), parent)
        self.received_on = DayField()
        self.amount = CheckedText(lacking_in_amount, at_once=True)
        self.reference = CheckedText(partial(lacking_in_text, "reference"), at_once=True)
        self.payer = CheckedText(partial(lacking_in_text, "payer"), at_once=True)
        self.note = CheckedText(partial(lacking_in_text, "note"), at_once=True)
        self.explained.setText(
            _(
                "Betalningen placeras på de underlag som referensen nämner, det som förfaller först först. "
                "Passar den inget står den som ej placerad. Skriv minus före ett belopp som är återbetalt."
            )
        )
        for label, field in (
            (_("&Mottagen"), self.received_on),
            (_("&Belopp, kr"), self.amount),
            (_("&Referens"), self.reference),
            (_("B&etalare"), self.payer),
            (_("&Anteckning"), self.note),
        ):
            self.form.add(label, field)
        self.amount.setFocus()
        self.save.setEnabled(False)
        runner.run(_today, self._set_today)

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.amount, self.reference, self.payer, self.note)

    def work(self) -> Work:
        """Return what keeps the payment."""
        amount = amount_of(self.amount.text())
        assert isinstance(amount, int)  # noqa: S101 - the field has been checked
        new = NewPayment(
            self.received_on.day(), amount, self.reference.text(), self.payer.text(), note=self.note.text()
        )
        return partial(_record, new)

    def _set_today(self, today: date) -> None:
        self.received_on.set_limits(None, today)
        self.received_on.set_day(today)
        self.save.setEnabled(self.runner.can_write)


def _today(workspace: Workspace, _progress: Progress) -> date:
    return workspace.today


def _record(new: NewPayment, workspace: Workspace, _progress: Progress) -> PaymentOutcome:
    from kvalitetsapp.services import payments

    return payments.record(workspace, new)
