"""Ångra and Gör om with the name of what they are about, for views whose actions can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.shortcuts import Shortcut, action_within
from kvalitetsapp.gui.widgets.elided_button import ElidedButton
from kvalitetsapp.gui.widgets.plain_label import plain_tip
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.review_outcome import ReviewOutcome
    from kvalitetsapp.services.workspace import Workspace


class StepUndo(QWidget):
    """Two buttons, and Ctrl+Z and Ctrl+Y while the focus is within a view; `read` tells them what they are about."""

    told = Signal(str)
    refused = Signal(object)  # the exception

    def __init__(self, runner: StoreRunner, within: QWidget) -> None:
        super().__init__()
        self._runner = runner
        self.undo, self.redo = ElidedButton(), ElidedButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.undo, self.redo):
            button.setMinimumWidth(spacing.letters(self, 24))
            row.addWidget(button)
        self.undo.clicked.connect(lambda: runner.run(_undo, self._done, on_failed=self.refused.emit))
        self.redo.clicked.connect(lambda: runner.run(_redo, self._done, on_failed=self.refused.emit))
        action_within(within, Shortcut.UNDO, self.undo.click)
        action_within(within, Shortcut.REDO, self.redo.click)
        self._offer(("", ""))

    def read(self) -> None:
        """Read what would be undone and done again."""
        self._runner.run(_names, self._offer)

    def _offer(self, names: tuple[str, str]) -> None:
        undo, redo = names
        can_write = self._runner.can_write
        for button, name, text, empty, key in (
            (self.undo, undo, _("Ångra: {name}"), _("Ångra"), Shortcut.UNDO),
            (self.redo, redo, _("Gör om: {name}"), _("Gör om"), Shortcut.REDO),
        ):
            shown = text.format(name=name) if name else empty
            button.setText(shown.replace("&", "&&"))
            button.setToolTip(plain_tip(f"{shown} ({key.shown})"))
            button.setEnabled(bool(name) and can_write)
        self.redo.setVisible(bool(redo))

    def _done(self, outcome: ReviewOutcome) -> None:
        self.told.emit(outcome.said)


def _names(workspace: Workspace, _progress: Progress) -> tuple[str, str]:
    from kvalitetsapp.services import undo_steps

    return undo_steps.undo_name(workspace), undo_steps.redo_name(workspace)


def _undo(workspace: Workspace, progress: Progress) -> ReviewOutcome:
    from kvalitetsapp.services import undo_steps

    return undo_steps.undo(workspace, progress)


def _redo(workspace: Workspace, progress: Progress) -> ReviewOutcome:
    from kvalitetsapp.services import undo_steps

    return undo_steps.redo(workspace, progress)
