"""A form that is saved by one service call: what is wrong stands in it, and it closes when it has been saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QSizePolicy, QVBoxLayout, QWidget

from kvalitetsapp.errors import UserError
from kvalitetsapp.gui.dialogs.form import Form, primary_button
from kvalitetsapp.gui.shortcuts import Shortcut
from kvalitetsapp.gui.spacing import letters, pad
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

    Work = Callable[[Workspace, Progress], Any]


class Checked(Protocol):
    """A field that can say what is wrong with it."""

    def check(self) -> bool:
        """Say what is wrong, and tell whether nothing is."""
        ...

    def setFocus(self) -> None:  # noqa: N802 - Qt's name
        """Take the focus."""
        ...


class SavingDialog(QDialog):
    """Saves what `work` says; `saved` tells the outcome."""

    saved = Signal(object)

    def __init__(self, runner: StoreRunner, title: str, save: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(letters(self, 84))
        self.runner = runner
        self.explained = PlainLabel()
        self.form = Form()
        self.wrong = PlainLabel()
        self.save = primary_button(save)
        self._lay_out()

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong, in the order in which they are read."""
        return ()

    def content(self) -> QWidget:
        """Return what stands between what is explained and the buttons."""
        return self.form

    def work(self) -> Work:
        """Return what saves the form as it is filled in."""
        raise NotImplementedError

    def try_to_save(self) -> None:
        """Save, or go to the first field that is wrong."""
        self.say("")
        lacking = [field for field in self.checked() if not field.check()]
        if lacking:
            lacking[0].setFocus()
        else:
            self.start()

    def start(self) -> None:
        """Save: there is nothing wrong with the fields."""
        self.save.setEnabled(False)
        self.runner.run(self.work(), self._done, on_failed=self._refused)

    def tell(self, label: str, text: str) -> PlainLabel:
        """Add a row that only says something, and return what says it."""
        shown = PlainLabel(text)
        shown.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        shown.setSizePolicy(policy)
        self.form.add(label, shown)
        return shown

    def say(self, text: str) -> None:
        """Say what is wrong with the whole, nothing where it is ""."""
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))

    def event(self, event: QEvent) -> bool:
        """Grow when a text that has come needs more lines than there is room for; Qt counts on one line each."""
        handled = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            needed = self.heightForWidth(self.width())
            if needed > self.height():
                self.resize(self.width(), needed)
        return handled

    def _lay_out(self) -> None:
        self.explained.setObjectName("muted")
        self.explained.setWordWrap(True)
        self.wrong.setObjectName("bad")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        buttons = QDialogButtonBox()
        self.leave = buttons.addButton(_("Avbryt"), QDialogButtonBox.ButtonRole.RejectRole)
        self.leave.setAutoDefault(False)  # Return in a field is not to cancel
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.ActionRole)
        self.save.clicked.connect(self.try_to_save)
        buttons.rejected.connect(self.reject)
        shortcut = QAction(self)  # Return ends a line in a field of several lines
        shortcut.setShortcut(QKeySequence(Shortcut.SAVE_AND_NEXT.keys))
        shortcut.triggered.connect(lambda _checked=False: self.save.click())
        self.addAction(shortcut)
        column = QVBoxLayout(self)
        pad(column, self, 1.0, 0.6)
        column.addWidget(self.explained)
        column.addWidget(self.content(), 1)
        column.addWidget(self.wrong)
        column.addWidget(buttons)

    def _done(self, outcome: object) -> None:
        self.saved.emit(outcome)
        self.accept()

    def _refused(self, error: BaseException) -> None:
        self.save.setEnabled(True)
        self.say(error.message if isinstance(error, UserError) else _("Det gick inte. Se felrapporten."))
