"""A file for a table that people keep themselves: what it would change is shown before it is taken in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kvalitetsapp.domain import kept_row, reasons
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.spacing import letters, lines
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.editable_table import EditableTable
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.editable_table_files import FileOutcome
    from kvalitetsapp.services.workspace import Workspace


class TakeTableDialog(SavingDialog):
    """Shows the new and the changed rows of a file, or everything that is wrong with it, and then takes it in."""

    def __init__(self, runner: StoreRunner, table: EditableTable, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Läs in rader"), _("&Läs in"), parent)
        self._table, self._path = table, path
        self.setMinimumSize(letters(self, 110), lines(self, 26))
        self.explained.setText(
            _("Rader och kolumner som {file} inte nämner står kvar som de är i {table}.").format(
                file=path.name, table=_(table.title)
            )
        )
        self.form.add(_("&Varför läses de in?"), self.reason)
        self.save.setEnabled(False)
        runner.run(partial(_look, table.name, path), self._show, on_failed=self._cannot_be_read)

    def content(self) -> QWidget:
        """Return what the file would do, and why it is taken in."""
        self.counts = PlainLabel(_("Läser filen …"))
        self.counts.setObjectName("sectionTitle")
        self.warnings = PlainLabel()
        self.warnings.setWordWrap(True)
        self.warnings.hide()
        self.preview = DataTable("table-file-preview")
        self.preview.view.setAccessibleName(_("Filens rader"))
        self.reason = CheckedText(reasons.wrong_with)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.counts)
        column.addWidget(self.warnings)
        column.addWidget(self.preview, 1)
        column.addWidget(self.form)
        return made

    def checked(self) -> tuple[Checked, ...]:
        """Return the field of the reason."""
        return (self.reason,)

    def work(self) -> Work:
        """Return what takes the file in."""
        return partial(_take, self._table.name, self._path, self.reason.text())

    def _show(self, found: FileOutcome) -> None:
        if found.faults:
            self.counts.setText(_("Inget kan läsas in. Rätta det som står här i filen och välj den igen."))
            self.preview.set_table(kept_row.faults_table(found.faults))
            return
        self.counts.setText(found.said())
        self.warnings.setText("\n".join(found.warnings))
        self.warnings.setVisible(bool(found.warnings))
        self.preview.set_table(kept_row.preview_table(self._table, found.added, found.changed))
        self.save.setEnabled(self.runner.can_write and bool(found.added or found.changed))

    def _cannot_be_read(self, error: BaseException) -> None:
        self.counts.setText("")
        self._refused(error)
        self.save.setEnabled(False)

    def _done(self, outcome: object) -> None:
        if getattr(outcome, "faults", ()):
            self._show(outcome)  # type: ignore[arg-type]  # the file was changed since it was shown
            return
        super()._done(outcome)


def _look(name: str, path: Path, workspace: Workspace, _progress: Progress) -> FileOutcome:
    from kvalitetsapp.services import editable_tables

    return editable_tables.look_at_file(workspace, name, path)


def _take(name: str, path: Path, reason: str, workspace: Workspace, _progress: Progress) -> FileOutcome:
    from kvalitetsapp.services import editable_tables

    return editable_tables.take_file(workspace, name, path, reason=reason)
