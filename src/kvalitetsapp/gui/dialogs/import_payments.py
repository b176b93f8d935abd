"""A file of payments before it is taken in: what each row would pay, what is turned away, and the account."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from kvalitetsapp.domain.imports import shown_value
from kvalitetsapp.domain.payment_tables import imported_table
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.spacing import letters, lines
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.texts import _, kronor, ngettext, number

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.import_payments import PaymentImport
    from kvalitetsapp.services.workspace import Workspace


class ImportPaymentsDialog(SavingDialog):
    """Tries the file, shows what would happen, and takes it in when asked to."""

    def __init__(self, runner: StoreRunner, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Läs in betalningar"), _("&Läs in"), parent)
        self._path = path
        self.table = DataTable("imported-payments", key=("row",))
        self.remarks = FactsView(_("Avvisat och anmärkt"))
        self._show_more()
        self.save.setEnabled(False)
        self.explained.setText(_("{file} prövas. Inget sparas.").format(file=path.name))
        runner.run(partial(_import, path, dry_run=True), self._show_tried, on_failed=self._not_read)

    def work(self) -> Work:
        """Return what takes the file in."""
        return partial(_import, self._path, dry_run=False)

    def _show_more(self) -> None:
        self.setMinimumSize(letters(self, 160), lines(self, 32))
        self.form.hide()
        self.table.view.setAccessibleName(_("Betalningar i filen"))
        self.table.set_table(imported_table(()))
        self.remarks.hide()
        column = self.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - as `SavingDialog` laid it out
        column.insertWidget(1, self.table, 3)
        column.insertWidget(2, self.remarks, 1)

    def _show_tried(self, tried: PaymentImport) -> None:
        rows = ((one.row, one.payment, one.is_new, one.shares) for one in tried.rows)
        self.table.set_table(imported_table(rows))
        self.explained.setText(_account(tried))
        remarks = [_("Rad {row}: {remark}").format(row=row, remark=remark) for row, remark in tried.remarks]
        remarks += [_rejected(row, column, value, reason) for row, column, value, reason in _rejects(tried)]
        self.remarks.show_paragraphs(remarks)
        self.remarks.setVisible(bool(remarks))
        can_write = self.runner.can_write
        self.save.setEnabled(tried.stored > 0 and can_write)
        self.table.view.setFocus()

    def _not_read(self, error: BaseException) -> None:
        self._refused(error)
        self.explained.setText("")
        self.save.setEnabled(False)


def _account(tried: PaymentImport) -> str:
    """Tell the account in rows and kronor, and how much of what is new would be placed."""
    amounts = tried.amounts
    rows = ngettext("{n} rad läst", "{n} rader lästa", tried.read).format(n=number(tried.read))
    text = _(
        "{file}: {rows} = {stored} nya ({new_amount}) + {unchanged} oförändrade ({old_amount}) + {rejected} avvisade "
        "({rejected_amount}). Av de nya placeras {placed}; {left} placeras inte."
    )
    return text.format(
        file=tried.file,
        rows=rows,
        stored=number(tried.stored),
        new_amount=kronor(amounts.stored),
        unchanged=number(tried.unchanged),
        old_amount=kronor(amounts.unchanged),
        rejected=number(tried.rejected),
        rejected_amount=kronor(amounts.rejected),
        placed=kronor(tried.placed),
        left=kronor(tried.left),
    )


def _rejects(tried: PaymentImport) -> list[tuple[int, str, str, str]]:
    return [(one.row, one.column, shown_value(one.column, one.value), one.reason) for one in tried.rejects]


def _rejected(row: int, column: str, value: str, reason: str) -> str:
    text = _("Rad {row} avvisas, {column} ”{value}”: {reason}")
    return text.format(row=row, column=column or "–", value=value, reason=reason)


def _import(path: Path, workspace: Workspace, progress: Progress, *, dry_run: bool) -> PaymentImport:
    from kvalitetsapp.services import import_payments

    return import_payments.import_file(workspace, path, dry_run=dry_run, progress=progress)
