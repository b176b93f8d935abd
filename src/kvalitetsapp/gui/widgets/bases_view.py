"""Underlag: the documents that were issued, the chosen one in full, and what is done with it next."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.followed_basis import followed_table
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs import reminder_letter
from kvalitetsapp.gui.dialogs.basis_sent import BasisSentDialog
from kvalitetsapp.gui.dialogs.billing_rules import BillingRulesDialog
from kvalitetsapp.gui.dialogs.credit_basis import CreditBasisDialog
from kvalitetsapp.gui.dialogs.issue_basis import IssueBasisDialog
from kvalitetsapp.gui.dialogs.legal_number import LegalNumberDialog
from kvalitetsapp.gui.dialogs.receiver_details import ReceiverDetailsDialog
from kvalitetsapp.gui.dialogs.write_basis_files import WriteBasisFilesDialog
from kvalitetsapp.gui.widgets.basis_facts import came_after, says
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.rows_view import ALL, NumberedView
from kvalitetsapp.texts import N_, _, kronor, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kvalitetsapp.domain.followed_basis import FollowedBases, FollowedBasis
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.gui.models.table_model import Labels
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

TO_SEND: Final = "to_send"
UNPAID: Final = "unpaid"
LATE: Final = "late"
_NUMBER_LETTERS: Final = 30
_HIDDEN_AT_FIRST: Final = ("files_on", "claim_numbers", "credited_number")


class BasesView(NumberedView["FollowedBasis"]):
    """Documents, the latest first, with the chosen one in full below them."""

    title: ClassVar[str] = N_("Underlag")
    icon_name: ClassVar[str] = "claims"
    interests: ClassVar[frozenset[Changed]] = frozenset(
        {Changed.BASES, Changed.CLAIMS, Changed.PAYMENTS, Changed.BILLING}
    )

    def __init__(self, runner: StoreRunner) -> None:
        parts = {TO_SEND: _("Att skicka"), UNPAID: _("Obetalda"), LATE: _("Förfallna"), ALL: _("Alla")}
        super().__init__(runner, parts, DataTable("bases", key=("basis_number",)))
        self._found: FollowedBases | None = None
        self.sums = PlainLabel()
        self.said = FactsView(_("Underlaget och dess rader"))
        self.after = FactsView(_("Vad som har gjorts med underlaget"))
        self.rules = QPushButton(_("Fa&ktureringsuppgifter …"))
        self.details = QPushButton(_("&Vårdgivarens uppgifter …"))
        self.files = QPushButton(_("&Skriv filer …"))
        self.sent = QPushButton(_("Skicka&t …"))
        self.legal = QPushButton(_("Faktura&nummer …"))
        self.credit = QPushButton(_("Kre&ditera …"))
        self.letter = QPushButton(_("Skriv &påminnelsen …"))
        self._arrange()
        self.begins_at = self.table
        self._connect()
        self._choose()

    def refresh(self) -> None:
        """Read the documents."""
        self.runner.run(_followed, self._set_followed)

    @Slot(object)
    def issue(self, claims: tuple[int, ...]) -> IssueBasisDialog:
        """Open what issuing these claims would make; the document is chosen once it is there."""
        dialog = IssueBasisDialog(self.runner, claims, self)
        dialog.saved.connect(self._issued)
        self._open(dialog)
        return dialog

    # how it looks

    def _arrange(self) -> None:
        self.sums.setObjectName("sectionTitle")
        self.table.view.setAccessibleName(_("Underlag"))
        self.table.hide_columns(*_HIDDEN_AT_FIRST)
        number_column = followed_table(()).names().index("basis_number")
        self.table.view.cut_no_shorter(number_column, _NUMBER_LETTERS)  # its end tells documents apart
        in_full = arrangement.beside((self.said, 1), (self.after, 1))
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(self.parts)
        column.addWidget(arrangement.above((self.table, 20), (in_full, 20)), 1)
        column.addWidget(self.sums)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        on_one = (self.files, self.sent, self.legal, self.credit, self.letter)
        return arrangement.ends((self.rules, self.details), on_one)

    def _connect(self) -> None:
        self.table.row_activated.connect(lambda _row: self.files.click())
        self.rules.clicked.connect(lambda: self._open(BillingRulesDialog(self.runner, self)))
        self.details.clicked.connect(self._open_details)
        self.files.clicked.connect(lambda: self._ask_for(WriteBasisFilesDialog))
        self.sent.clicked.connect(lambda: self._ask_for(BasisSentDialog))
        self.legal.clicked.connect(lambda: self._ask_for(LegalNumberDialog))
        self.credit.clicked.connect(lambda: self._ask_for(CreditBasisDialog))
        self.letter.clicked.connect(self._write_letter)

    # what it shows

    def _set_followed(self, found: FollowedBases) -> None:
        self._found = found
        self._show_found()

    def _in_part(self, part: str) -> list[FollowedBasis]:
        found = self._found
        return [] if found is None else [one for one in found.bases if _is_in(one, part, found.today)]

    def _table_of(self, rows: Sequence[FollowedBasis]) -> tuple[Table, Labels]:
        return followed_table(rows), {}

    def _number_of(self, row: FollowedBasis) -> str:
        return row.basis.number

    def _show_part(self) -> None:
        super()._show_part()
        self.sums.setText(_sums(self._rows))

    def _choose(self) -> None:
        one, can_write = self.current(), self.runner.can_write
        for button in (self.rules, self.details):
            button.setEnabled(can_write)
        for button in (self.files, self.sent, self.legal):
            button.setEnabled(can_write and one is not None)
        self.credit.setEnabled(can_write and one is not None and one.left_to_credit > 0)
        self.letter.setEnabled(can_write and one is not None and one.reminded_on is not None)
        if one is None:
            self.said.show_paragraphs([self._nothing_chosen()])
            self.after.clear()
        else:
            self.said.show_facts(*says(one))
            self.after.show_facts(*came_after(one))

    def _nothing_chosen(self) -> str:
        if self._found is not None and self._found.bases:
            return _("Inget underlag är valt.")
        return _("Inga underlag finns. Välj godkända krav på fliken Krav och ställ ut dem.")

    # what is done

    def _ask_for(
        self,
        kind: type[WriteBasisFilesDialog | BasisSentDialog | LegalNumberDialog | CreditBasisDialog],
    ) -> None:
        one = self.current()
        if one is not None:
            self._open(kind(self.runner, one.view, self))

    def _open_details(self) -> None:
        one = self.current()
        provider = "" if one is None else one.basis.receiver.provider_id
        self._open(ReceiverDetailsDialog(self.runner, provider, self))

    def _write_letter(self) -> None:
        one = self.current()
        if one is not None:
            reminder_letter.write_latest(self, one.basis.number, self._done)

    def _issued(self, outcome: object) -> None:
        issued = getattr(outcome, "basis", None)
        if issued is not None:
            self._wanted = issued.number
            self.parts.set_part(TO_SEND)


def _is_in(one: FollowedBasis, part: str, today: date) -> bool:
    if part == TO_SEND:
        return one.is_to_send
    if part == UNPAID:
        return one.is_unpaid
    return part == ALL or one.is_late(today)


def _sums(rows: Sequence[FollowedBasis]) -> str:
    """Tell what the documents that ask for money come to; credit notes are in what is credited of them."""
    owed = [one.owed for one in rows if one.owed is not None]
    count = ngettext("{n} underlag", "{n} underlag", len(rows)).format(n=number(len(rows)))
    parts = (
        kronor(sum(one.amount for one in owed)),
        _("krediterat {amount}").format(amount=kronor(sum(one.credited for one in owed))),
        _("betalt {amount}").format(amount=kronor(sum(one.paid for one in owed))),
        _("öppet {amount}").format(amount=kronor(sum(one.open for one in owed))),
    )
    return "   ·   ".join((count, *parts))


def _followed(workspace: Workspace, _progress: Progress) -> FollowedBases:
    from kvalitetsapp.services import followed_bases

    return followed_bases.followed(workspace)
