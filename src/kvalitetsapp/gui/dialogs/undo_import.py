"""Undoing imports: what will happen, or what stands in the way, before a reason is asked for and it is done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from kvalitetsapp.domain.undo import plan_lines
from kvalitetsapp.errors import CancelledError, UserError
from kvalitetsapp.gui.dialogs.form import Form, primary_button
from kvalitetsapp.gui.spacing import letters, lines, pad
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.undo import UndoPlan
    from kvalitetsapp.gui.operations import Operation, StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.undo_import import UndoOutcome
    from kvalitetsapp.services.workspace import Workspace


class UndoImportDialog(QDialog):
    """Tries the undo of some imports, says what it would do, and does it when the user has said why."""

    undone = Signal(int)  # how many imports

    def __init__(self, runner: StoreRunner, batches: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Ångra import"))
        self._runner = runner
        self._batches = tuple(batches)
        self._possible = False
        self._operation: Operation | None = None
        self.heading = PlainLabel()
        self.told = QPlainTextEdit()
        self.because = QLineEdit()
        self.wrong = PlainLabel()
        self.buttons = QDialogButtonBox()
        self.do = primary_button(_("Ångra importen"))
        self.cancel = self.buttons.addButton(_("Avbryt"), QDialogButtonBox.ButtonRole.RejectRole)
        self._arrange()
        self._try()

    def reject(self) -> None:
        """Close; what is under way is cancelled and nothing of it remains."""
        if self._operation is not None:
            self._operation.cancel()
        super().reject()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        pad(column, self, 1.2, 0.8)
        self.heading.setWordWrap(True)
        column.addWidget(self.heading)
        self.told.setReadOnly(True)
        self.told.setTabChangesFocus(True)
        self.told.setAccessibleName(_("Vad som händer"))
        self.told.setMinimumSize(letters(self, 72), lines(self, 9))
        column.addWidget(self.told, 1)
        form = Form()
        form.add(_("&Varför"), self.because)
        column.addWidget(form)
        self.wrong.setObjectName("bad")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        column.addWidget(self.wrong)
        self.buttons.addButton(self.do, QDialogButtonBox.ButtonRole.ActionRole)
        column.addWidget(self.buttons)
        self.because.textChanged.connect(self._let_do)
        self.do.clicked.connect(self._do)
        self.buttons.rejected.connect(self.reject)

    def _try(self) -> None:
        self.heading.setText(_("Programmet tar reda på vad som skulle hända. Inget sparas."))
        self._let_do()
        work = partial(_rests_on, self._batches)
        label = _("Tar reda på vad som bygger på importen")
        self._operation = self._runner.run(work, self._show_plan, label=label, on_failed=self._refused)

    def _show_plan(self, plan: UndoPlan) -> None:
        self._operation = None
        self._possible = plan.is_possible
        n = len(self._batches)
        if plan.is_possible:
            text = ngettext("Importen ångras. Det här händer:", "{n} importer ångras. Det här händer:", n)
            self.because.setFocus()
        else:
            text = ngettext(
                "Importen går inte att ångra. Det här bygger på den:",
                "Importerna går inte att ångra. Det här bygger på dem:",
                n,
            )
            self.cancel.setText(_("Stäng"))
            self.cancel.setFocus()
        self.heading.setText(text.format(n=number(n)))
        self.told.setPlainText("\n".join(plan_lines(plan)))
        self.because.setEnabled(plan.is_possible)
        self._let_do()

    def _do(self) -> None:
        self.wrong.hide()
        work = partial(_undo, self._batches, self.because.text())
        label = _("Ångrar importen")
        self._operation = self._runner.run(work, self._done, label=label, on_failed=self._refused)
        self._let_do()

    def _done(self, outcome: UndoOutcome) -> None:
        self._operation = None
        self.undone.emit(len(outcome.plan.batches))
        self.accept()

    def _refused(self, error: BaseException) -> None:
        self._operation = None
        self._let_do()
        if not isinstance(error, CancelledError):
            self.wrong.setText(error.message if isinstance(error, UserError) else _("Det gick inte. Se felrapporten."))
            self.wrong.show()

    def _let_do(self) -> None:
        self.do.setEnabled(self._possible and self._operation is None and bool(self.because.text().strip()))


def _rests_on(batches: Sequence[int], workspace: Workspace, progress: Progress) -> UndoPlan:
    from kvalitetsapp.services import undo_import

    return undo_import.rests_on(workspace, batches, progress)


def _undo(batches: Sequence[int], because: str, workspace: Workspace, progress: Progress) -> UndoOutcome:
    from kvalitetsapp.services import undo_import

    return undo_import.undo_imports(workspace, batches, because, progress)
