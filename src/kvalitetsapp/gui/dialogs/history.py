"""Historik: the user's own steps, newest first, undone and done again one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kvalitetsapp.domain.undo_step import StepState, steps_table
from kvalitetsapp.errors import UserError
from kvalitetsapp.gui.spacing import letters, lines, pad
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.progress_line import ProgressLine
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.domain.undo_step import UndoStep
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.review_outcome import ReviewOutcome
    from kvalitetsapp.services.workspace import Workspace


def show_history(
    parent: QWidget, runner: StoreRunner, on_change: Callable[[ReviewOutcome], object] | None = None
) -> HistoryDialog:
    """Open the dialog over `parent`; `on_change` is told of every step that is undone or done again."""
    dialog = HistoryDialog(runner, parent)
    if on_change is not None:
        dialog.changed.connect(on_change)
    dialog.open()
    return dialog


class _History(NamedTuple):
    """What the dialog shows: steps, and what would be undone and done again next ("" = nothing)."""

    steps: tuple[UndoStep, ...]
    undo: str
    redo: str


class HistoryDialog(QDialog):
    """Lists steps; the two buttons say what they would do."""

    changed = Signal(object)  # ReviewOutcome

    def __init__(self, runner: StoreRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Historik"))
        self.setMinimumSize(letters(self, 96), lines(self, 30))
        self._runner = runner
        self.explained = PlainLabel()
        self.table = DataTable("undo-steps", key=("done_at", "name"))
        self.undo = QPushButton()
        self.redo = QPushButton()
        self.wrong = PlainLabel()
        self.progress = ProgressLine()
        self._arrange()
        self._read()

    def _arrange(self) -> None:
        self.explained.setObjectName("muted")
        self.explained.setWordWrap(True)
        self.table.view.setAccessibleName(_("Det du har gjort"))
        self.wrong.setObjectName("bad")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        row = QVBoxLayout()
        for button, do in ((self.undo, self._undo), (self.redo, self._redo)):
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # names may be long
            button.setAutoDefault(False)  # Return in the filter is not to undo
            button.clicked.connect(do)
            row.addWidget(button)
        buttons = QDialogButtonBox()
        buttons.addButton(_("Stäng"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        pad(column, self, 1.0, 0.6)
        column.addWidget(self.explained)
        column.addWidget(self.table, 1)
        column.addWidget(self.wrong)
        column.addLayout(row)
        column.addWidget(self.progress)
        column.addWidget(buttons)
        self._offer("", "")

    def _read(self) -> None:
        self._runner.run(_read, self._show)

    def _show(self, history: _History) -> None:
        states = {each.value: each.label for each in StepState}
        self.table.set_table(steps_table(history.steps), {"state": states})
        self.explained.setText(
            _("Dina senaste steg, de nyaste först. De ångras och görs om ett i taget. Inget raderas.")
            if history.steps
            else _("Du har inget att ångra än. Det du beslutar i granskningen kommer att stå här.")
        )
        self._offer(history.undo, history.redo)

    def _offer(self, undo: str, redo: str) -> None:
        can_write = self._runner.can_write
        for button, name, text, empty in (
            (self.undo, undo, _("Å&ngra: {name}"), _("Å&ngra")),
            (self.redo, redo, _("&Gör om: {name}"), _("&Gör om")),
        ):
            button.setText(text.format(name=name.replace("&", "&&")) if name else empty)
            button.setToolTip(text.format(name=name).replace("&", "") if name else "")
            button.setEnabled(bool(name) and can_write)

    def _undo(self) -> None:
        self._do(_undo, _("Ångrar"))

    def _redo(self) -> None:
        self._do(_redo, _("Gör om"))

    def _do(self, work: Callable[[Workspace, Progress], ReviewOutcome], label: str) -> None:
        self.wrong.hide()
        self.undo.setEnabled(False)
        self.redo.setEnabled(False)
        self.progress.follow(self._runner.run(work, self._done, label=label, on_failed=self._refused))

    def _done(self, outcome: ReviewOutcome) -> None:
        self.changed.emit(outcome)
        self._read()

    def _refused(self, error: BaseException) -> None:
        self.wrong.setText(error.message if isinstance(error, UserError) else _("Det gick inte. Se felrapporten."))
        self.wrong.show()
        self._read()


def _read(workspace: Workspace, _progress: Progress) -> _History:
    from kvalitetsapp.services import undo_steps

    return _History(undo_steps.history(workspace), undo_steps.undo_name(workspace), undo_steps.redo_name(workspace))


def _undo(workspace: Workspace, progress: Progress) -> ReviewOutcome:
    from kvalitetsapp.services import undo_steps

    return undo_steps.undo(workspace, progress)


def _redo(workspace: Workspace, progress: Progress) -> ReviewOutcome:
    from kvalitetsapp.services import undo_steps

    return undo_steps.redo(workspace, progress)
