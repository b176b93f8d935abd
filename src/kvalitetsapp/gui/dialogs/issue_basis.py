"""Ställ ut: what a document would say and what is lacking, before it gets its number; it cannot be undone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain import basis_tables
from kvalitetsapp.domain.issuing_preview import in_words, lines_table
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.billing_rules import BillingRulesDialog
from kvalitetsapp.gui.dialogs.faulting import FaultingDialog
from kvalitetsapp.gui.dialogs.receiver_details import ReceiverDetailsDialog
from kvalitetsapp.gui.spacing import letters, lines
from kvalitetsapp.gui.widgets.copy_notes import note_copies
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import NOTHING, _, kronor, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.basis import Receiver
    from kvalitetsapp.domain.field_fault import FieldFault
    from kvalitetsapp.domain.issuing_preview import IssuingPreview
    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.widgets.faulted import Faulted
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.bases import IssueOutcome
    from kvalitetsapp.services.workspace import Workspace


class IssueBasisDialog(FaultingDialog):
    """Shows receiver, lines, sum and due date; what is lacking leads to where it is filled in."""

    def __init__(self, runner: StoreRunner, claims: tuple[int, ...], parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Ställ ut underlag"), _("&Ställ ut …"), parent)
        self._claims = claims
        self._preview: IssuingPreview | None = None
        self.setMinimumWidth(letters(self, 130))
        self.explained.setText(
            _("Underlaget får sitt nummer när det ställs ut. Det kan inte ändras eller tas bort, bara krediteras.")
        )
        self._put_ways_beneath_what_is_lacking()
        self.rules.clicked.connect(self._mend_rules)
        self.details.clicked.connect(self._mend_receiver)
        self.read()

    def content(self) -> QWidget:
        """Return what the document would say, and the ways to what is lacking."""
        self.receiver = self.tell(_("Mottagare"), NOTHING)
        self.amount = self.tell(_("Belopp"), NOTHING)
        self.due_on = self.tell(_("Förfaller"), NOTHING)
        self.lines = DataTable("issuing", key=("claim_number", "claim_line"))
        note_copies(self.runner, self.lines)
        self.lines.show_tools(on=False)
        self.lines.view.setAccessibleName(_("Underlagets rader"))
        self.lines.setMinimumHeight(lines(self, 10))
        self.lacking = PlainLabel(_("Det här fattas"))
        self.lacking.setObjectName("sectionTitle")
        self.rules = QPushButton(_("&Faktureringsuppgifter …"))
        self.details = QPushButton(_("&Vårdgivarens uppgifter …"))
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addWidget(self.lines, 1)
        column.addWidget(self.lacking)
        for hidden in (self.lacking, self.rules, self.details):
            hidden.hide()
        return made

    def place_of(self, _field: str) -> Faulted | None:
        """Return None: nothing is filled in here, so what is lacking stands in a list."""
        return None

    def in_words(self, fault: FieldFault) -> str:
        """Return a fault with whose it is."""
        return in_words(fault)

    def read(self) -> None:
        """Read what would be issued, and what is lacking now."""
        self.save.setEnabled(False)
        self.runner.run(partial(_preview, self._claims), self._show)

    def try_to_save(self) -> None:
        """Ask once more, with amount and receiver, and issue."""
        found = self._preview
        if found is None or found.receiver is None or found.faults:
            return
        question = _("Ställ ut ett underlag på {amount} till {receiver}? Det kan inte ångras, bara krediteras.")
        told = question.format(amount=kronor(found.amount), receiver=found.receiver.name)
        if messages.ask(self, told, yes=_("Ställ ut")):
            super().try_to_save()

    def work(self) -> Work:
        """Return what issues the document."""
        return partial(_issue, self._claims)

    def _put_ways_beneath_what_is_lacking(self) -> None:
        ways = QWidget()
        row = QHBoxLayout(ways)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.rules, self.details):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        column = self.layout()
        if isinstance(column, QBoxLayout):
            column.insertWidget(column.indexOf(self.wrong) + 1, ways)

    def _show(self, found: IssuingPreview) -> None:
        self._preview = found
        claims = ngettext("{n} krav", "{n} krav", len(found.claims)).format(n=number(len(found.claims)))
        self.receiver.setText(_receiver(found.receiver))
        self.amount.setText(f"{kronor(found.amount)}, {claims}")
        self.due_on.setText(found.due_on.isoformat())
        self.lines.set_table(lines_table(found))
        self.show_faults(found.faults)
        self.lacking.setVisible(bool(found.faults))
        self.rules.setVisible(found.lacks_of_rules)
        self.details.setVisible(found.lacks_of_receiver)
        self.save.setEnabled(self.can_write and not found.faults)

    def _done(self, outcome: object) -> None:
        """Close, or show what has come in between."""
        super()._done(outcome)
        if getattr(outcome, "faults", ()):
            self.read()

    def _mend_rules(self) -> None:
        self._mend(BillingRulesDialog(self.runner, self))

    def _mend_receiver(self) -> None:
        receiver = None if self._preview is None else self._preview.receiver
        if receiver is not None:
            self._mend(ReceiverDetailsDialog(self.runner, receiver.provider_id, self))

    def _mend(self, dialog: BillingRulesDialog | ReceiverDetailsDialog) -> None:
        dialog.saved.connect(lambda _outcome: self.read())
        dialog.open()


def _receiver(receiver: Receiver | None) -> str:
    if receiver is None:
        return NOTHING
    address = basis_tables.in_lines(receiver.address)
    told = (receiver.name, basis_tables.organisation_number(receiver.org_number), *address)
    return ", ".join(part for part in told if part)


def _preview(claims: tuple[int, ...], workspace: Workspace, _progress: Progress) -> IssuingPreview:
    from kvalitetsapp.services import issuing_previews

    return issuing_previews.of_claims(workspace, claims)


def _issue(claims: tuple[int, ...], workspace: Workspace, _progress: Progress) -> IssueOutcome:
    from kvalitetsapp.services import bases

    return bases.issue(workspace, claims)
