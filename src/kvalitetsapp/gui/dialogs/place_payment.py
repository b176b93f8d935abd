"""What is left of a payment placed on a document that it pays: which one, and how much."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QSizePolicy

from kvalitetsapp.domain.money import AmountFault
from kvalitetsapp.domain.payment import amount_of, fitting, lacking_in_amount, lacking_in_share
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.spacing import letters
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.texts import _, kronor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.payment import Payment
    from kvalitetsapp.domain.receivable import Receivable
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.payments import PaymentOutcome
    from kvalitetsapp.services.workspace import Workspace


class PlacePaymentDialog(SavingDialog):
    """Offers the documents that the payment fits, the first due first, and as much as goes there."""

    def __init__(self, runner: StoreRunner, payment: Payment, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Placera betalning"), _("&Placera"), parent)
        self._payment = payment
        self._owed: tuple[Receivable, ...] = ()
        self.basis = QComboBox()
        self.basis.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(letters(self, 136))  # a document in the words of `_offered`
        self.amount = CheckedText(self._lacking, at_once=True)
        text = _("Betalning nr {number}, {day}: {left} är inte placerat.")
        self.explained.setText(
            text.format(number=payment.payment, day=payment.received_on.isoformat(), left=kronor(payment.left))
        )
        if payment.reference:
            self.tell(_("Referens"), payment.reference)
        self.form.add(_("&Underlag"), self.basis)
        self.form.add(_("&Belopp, kr"), self.amount)
        self.basis.currentIndexChanged.connect(lambda _place: self._propose())
        self.basis.setFocus()
        self.save.setEnabled(False)
        runner.run(partial(_that_take, payment.payment), self._offer)

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.amount,)

    def work(self) -> Work:
        """Return what places the payment."""
        amount = amount_of(self.amount.text())
        assert isinstance(amount, int)  # noqa: S101 - the field has been checked
        return partial(_place, self._payment.payment, self._owed[self.basis.currentIndex()].number, amount)

    def _offer(self, owed: tuple[Receivable, ...]) -> None:
        self._owed = owed
        for one in owed:
            self.basis.addItem(_offered(one))
        if not owed:
            self.say(_("Inget underlag kan ta emot betalningen."))
        can_write = self.runner.can_write
        self.save.setEnabled(bool(owed) and can_write)

    def _propose(self) -> None:
        if self._owed:
            self.amount.set_text(_typed(fitting(self._payment.left, self._owed[self.basis.currentIndex()].open)))

    def _lacking(self, text: str) -> str:
        amount = amount_of(text)
        if isinstance(amount, AmountFault) or not amount or not self._owed:
            return lacking_in_amount(text)
        return lacking_in_share(amount, self._payment.left, self._owed[self.basis.currentIndex()].open)


def _offered(one: Receivable) -> str:
    number = f"{one.number} ({one.legal_number})" if one.legal_number else one.number
    told = _("{number}, {provider}, förfaller {day}, öppet {open}")
    return told.format(number=number, provider=one.provider, day=one.due_on.isoformat(), open=kronor(one.open))


def _typed(ore: int) -> str:
    """Return an amount as it is typed in a field."""
    return kronor(ore).removesuffix("\u00a0kr")


def _that_take(payment: int, workspace: Workspace, _progress: Progress) -> tuple[Receivable, ...]:
    from kvalitetsapp.services import payments

    return payments.that_take(workspace, payment)


def _place(payment: int, number: str, amount: int, workspace: Workspace, _progress: Progress) -> PaymentOutcome:
    from kvalitetsapp.services import payments

    return payments.place(workspace, payment, number, amount)
