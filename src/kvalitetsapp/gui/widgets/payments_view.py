"""Betalningar: what providers have paid, what each payment pays for, and what is still to be placed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.payment_tables import payments_table
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.import_payments import ImportPaymentsDialog
from kvalitetsapp.gui.dialogs.place_payment import PlacePaymentDialog
from kvalitetsapp.gui.dialogs.record_payment import RecordPaymentDialog
from kvalitetsapp.gui.dialogs.undo_payment import UnplacePaymentDialog, WithdrawPaymentDialog
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.rows_view import ALL, PartedView
from kvalitetsapp.texts import N_, NOTHING, _, kronor, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.payment import Payment
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.gui.models.table_model import Labels
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

UNPLACED: Final = "unplaced"
PLACED: Final = "placed"
_HIDDEN_AT_FIRST: Final = ("placed_on", "payment_origin", "file", "note", "who", "recorded_at")


class PaymentsView(PartedView["Payment"]):
    """Payments, the latest first, with the chosen one in full beside them."""

    title: ClassVar[str] = N_("Betalningar")
    icon_name: ClassVar[str] = "claims"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.PAYMENTS, Changed.BASES})

    def __init__(self, runner: StoreRunner) -> None:
        parts = {UNPLACED: _("Ej placerade"), PLACED: _("Placerade"), ALL: _("Alla")}
        super().__init__(runner, parts, DataTable("payments", key=("payment",)))
        self._payments: tuple[Payment, ...] = ()
        self.sums = PlainLabel()
        self.facts = FactsView(_("Betalningen och vad den betalar"))
        self.record = QPushButton(_("&Skriv in betalning …"))
        self.import_it = QPushButton(_("&Läs in fil …"))
        self.place = QPushButton(_("&Placera …"))
        self.unplace = QPushButton(_("Ta &bort placering …"))
        self.withdraw = QPushButton(_("Åter&ta …"))
        self._arrange()
        self.begins_at = self.table
        self._connect()
        self._choose()

    def refresh(self) -> None:
        """Read the payments."""
        self.runner.run(_payments, self._set_payments)

    # how it looks

    def _arrange(self) -> None:
        self.sums.setObjectName("sectionTitle")
        self.table.view.setAccessibleName(_("Betalningar"))
        self.table.hide_columns(*_HIDDEN_AT_FIRST)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(self.parts)
        column.addWidget(arrangement.beside((self.table, 126), (self.facts, 58)), 1)
        column.addWidget(self.sums)
        on_one = (self.place, self.unplace, self.withdraw)
        column.addLayout(arrangement.ends((self.record, self.import_it), on_one))

    def _connect(self) -> None:
        self.table.row_activated.connect(lambda _row: self.place.click())
        self.record.clicked.connect(lambda: self._open(RecordPaymentDialog(self.runner, self)))
        self.import_it.clicked.connect(self._choose_file)
        self.place.clicked.connect(lambda: self._ask_for(PlacePaymentDialog))
        self.unplace.clicked.connect(lambda: self._ask_for(UnplacePaymentDialog))
        self.withdraw.clicked.connect(lambda: self._ask_for(WithdrawPaymentDialog))

    # what it shows

    def _set_payments(self, payments: tuple[Payment, ...]) -> None:
        self._payments = payments
        self._show_found()

    def _in_part(self, part: str) -> list[Payment]:
        """Return the payments of a part; one of which something is left is not yet placed."""
        return [one for one in self._payments if part == ALL or (part == UNPLACED) == (one.left != 0)]

    def _table_of(self, rows: Sequence[Payment]) -> tuple[Table, Labels]:
        times = {one.recorded_at: to_the_minute(one.recorded_at) for one in rows}
        return payments_table(rows), {"recorded_at": times}

    def _show_part(self) -> None:
        super()._show_part()
        self.sums.setText(_sums(self._rows))

    def _choose(self) -> None:
        payment, can_write = self.current(), self.runner.can_write
        for button in (self.record, self.import_it):
            button.setEnabled(can_write)
        self.place.setEnabled(can_write and payment is not None and payment.left != 0)
        self.unplace.setEnabled(can_write and payment is not None and bool(payment.matches))
        self.withdraw.setEnabled(can_write and payment is not None)
        if payment is None:
            self.facts.show_paragraphs([self._nothing_chosen()])
        else:
            self.facts.show_facts(("", _facts(payment)))

    def _nothing_chosen(self) -> str:
        if self._payments:
            return _("Ingen betalning är vald.")
        return _("Inga betalningar finns. Läs in bankens fil, eller skriv in en betalning för hand.")

    # what is done

    def _choose_file(self) -> None:
        kinds = _("Betalningsfiler (*.xml *.csv);;Alla filer (*)")
        chosen = messages.choose_file(self, _("Läs in betalningar"), "", kinds)
        if chosen:
            self._open(ImportPaymentsDialog(self.runner, Path(chosen), self))

    def _ask_for(self, kind: type[PlacePaymentDialog | UnplacePaymentDialog | WithdrawPaymentDialog]) -> None:
        payment = self.current()
        if payment is not None:
            self._open(kind(self.runner, payment, self))


def _sums(payments: Sequence[Payment]) -> str:
    count = ngettext("{n} betalning", "{n} betalningar", len(payments)).format(n=number(len(payments)))
    parts = (
        kronor(sum(one.amount for one in payments)),
        _("placerat {amount}").format(amount=kronor(sum(one.placed for one in payments))),
        _("ej placerat {amount}").format(amount=kronor(sum(one.left for one in payments))),
    )
    return "   ·   ".join((count, *parts))


def _facts(one: Payment) -> list[Fact]:
    placed = tuple(f"{match.number}: {kronor(match.amount)}, {_how(match.how)}, {match.who}" for match in one.matches)
    found = [
        Fact(_("Belopp"), (kronor(one.amount),)),
        Fact(_("Mottagen"), (one.received_on.isoformat(),)),
        Fact(_("Referens"), (one.reference or NOTHING,)),
        Fact(_("Betalare"), (one.payer or NOTHING,)),
        Fact(_("Placerad på"), placed or (NOTHING,)),
        Fact(_("Ej placerat"), (kronor(one.left),)),
        Fact(_("Ursprung"), (word("payment_origin", one.origin), *([one.file_name] if one.file_name else []))),
        Fact(_("Sparad"), (f"{to_the_minute(one.recorded_at)}, {one.who}",)),
    ]
    if one.note:
        found.append(Fact(_("Anteckning"), (one.note,)))
    return found


def _how(how: str) -> str:
    return _("genom referensen") if how == "reference" else _("för hand")


def _payments(workspace: Workspace, _progress: Progress) -> tuple[Payment, ...]:
    from kvalitetsapp.services import payments

    return payments.payments(workspace)
