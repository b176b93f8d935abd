"""A form that makes a file: how that goes stands beneath it, and closing stops the work first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kvalitetsapp.errors import CancelledError
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from kvalitetsapp.gui.operations import Operation, StoreRunner


class MakingDialog(SavingDialog):
    """Saves by work that may take seconds; `stopped` is what is said when it was cancelled."""

    def __init__(
        self, runner: StoreRunner, title: str, save: str, stopped: str, parent: QWidget | None = None
    ) -> None:
        self._operation: Operation | None = None
        self._when_stopped = stopped
        self.progress = ProgressLine()
        super().__init__(runner, title, save, parent)

    def content(self) -> QWidget:
        """Return the fields, with what the form adds and how it goes beneath them."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.form, *self.beneath(), self.progress):
            column.addWidget(widget)
        column.addStretch(1)
        return made

    def beneath(self) -> tuple[QWidget, ...]:
        """Return what stands between the fields and how it goes."""
        return ()

    def start(self) -> None:
        """Do the work, and follow it."""
        self.save.setEnabled(False)
        self._operation = self.runner.run(self.work(), self._done, on_failed=self._refused)
        self.progress.follow(self._operation)

    def reject(self) -> None:
        """Close; while the work goes on, stop that instead."""
        if self._operation is None:
            super().reject()
        else:
            self._operation.cancel()

    def _done(self, outcome: object) -> None:
        self._operation = None
        super()._done(outcome)

    def _refused(self, error: BaseException) -> None:
        self._operation = None
        if isinstance(error, CancelledError):
            self.save.setEnabled(True)
            self.say(self._when_stopped)
        else:
            super()._refused(error)
