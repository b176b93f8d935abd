"""What was done with a payment undone, with a reason: one of its placings, or the payment as a whole."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from kvalitetsapp.domain.payment import lacking_in_text
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.texts import _, kronor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.payment import Payment
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.payments import PaymentOutcome
    from kvalitetsapp.services.workspace import Workspace


class UnplacePaymentDialog(SavingDialog):
    """Offers the placings of a payment and asks why the chosen one is taken away."""

    def __init__(self, runner: StoreRunner, payment: Payment, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Ta bort placering"), _("&Ta bort placeringen"), parent)
        self._payment = payment
        self.match = QComboBox()
        self.reason = CheckedText(_lacking_in_reason, at_once=True)
        for match in payment.matches:
            self.match.addItem(f"{match.number}, {kronor(match.amount)}")
        self.explained.setText(_("Pengarna finns kvar och kan placeras om. Krav som var reglerade öppnas igen."))
        self.form.add(_("P&lacering"), self.match)
        self.form.add(_("&Varför"), self.reason)
        self.reason.setFocus()

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.reason,)

    def work(self) -> Work:
        """Return what takes the placing away."""
        return partial(_unplace, self._payment.matches[self.match.currentIndex()].match, self.reason.text())


class WithdrawPaymentDialog(SavingDialog):
    """Asks why a payment is taken back."""

    def __init__(self, runner: StoreRunner, payment: Payment, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Återta betalning"), _("&Återta betalningen"), parent)
        self._payment = payment
        self.reason = CheckedText(_lacking_in_reason, at_once=True)
        text = _(
            "Betalning nr {number}, {amount}, tas bort ur listan med sina placeringar. "
            "Läses filen den kom med in igen kommer den inte tillbaka."
        )
        self.explained.setText(text.format(number=payment.payment, amount=kronor(payment.amount)))
        self.form.add(_("&Varför"), self.reason)
        self.reason.setFocus()

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.reason,)

    def work(self) -> Work:
        """Return what takes the payment back."""
        return partial(_withdraw, self._payment.payment, self.reason.text())


def _lacking_in_reason(text: str) -> str:
    return lacking_in_text("note", text) if text.strip() else _("Skriv varför. Skälet sparas i loggen.")


def _unplace(match: int, reason: str, workspace: Workspace, _progress: Progress) -> PaymentOutcome:
    from kvalitetsapp.services import payments

    return payments.unplace(workspace, [match], reason)


def _withdraw(payment: int, reason: str, workspace: Workspace, _progress: Progress) -> PaymentOutcome:
    from kvalitetsapp.services import payments

    return payments.withdraw(workspace, payment, reason)
