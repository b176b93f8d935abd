"""What stands in the place of the program while it is locked: who is there, and the passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.gui.desk.growing_delay import GrowingDelay
from kvalitetsapp.gui.dialogs.form import Form, passphrase_field, primary_button
from kvalitetsapp.gui.spacing import enlarge, letters, pad
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QCloseEvent


class LockWindow(QWidget):
    """Asks who is there; it knows nothing of what lies behind it.

    The one who locked gives their passphrase and comes back to everything as it was; another user whom they choose
    takes the program over.
    """

    unlock_wanted = Signal(str)  # passphrase
    change_wanted = Signal(str, str)  # user, passphrase
    waiting_given_up = Signal()
    closed = Signal()

    def __init__(self, user: str, users: Sequence[str]) -> None:
        super().__init__()
        self._user = user
        self.delay = GrowingDelay(self)
        self.title = PlainLabel(_("Kvalitetsapp är låst"))
        self.explained, self.wrong = PlainLabel(), PlainLabel()
        self.user = QComboBox()
        self.passphrase = passphrase_field()
        self.quit = QPushButton(_("&Avsluta"))
        self.give_up = QPushButton(_("A&vbryt väntan"))
        self.enter = primary_button("")
        self.user.addItems([user, *(name for name in users if name != user)])
        self._arrange()
        self._connect()
        self._follow_user()

    def offer_another(self) -> None:
        """Choose the next user, where there is one, and begin at the choice."""
        if self.user.count() > 1:
            self.user.setCurrentIndex(1)
        self.user.setFocus()

    def refuse(self, text: str, *, wait: bool = True) -> None:
        """Say what was wrong; a passphrase that did not fit has to `wait`."""
        self._let_type(on=True)
        self.passphrase.clear()
        self._say(f"{text} {self.delay.begin()}" if wait else text)
        self.enter.setEnabled(not self.delay.is_waiting)
        self.passphrase.setFocus()

    def wait_for_work(self) -> None:
        """Say that another user comes when the work that is under way has ended, unless that is given up."""
        self._let_type(on=False)
        self._say(_("Ett arbete pågår. Bytet görs när det är klart."))
        self.give_up.show()
        self.give_up.setFocus()

    def wait_for_store(self) -> None:
        """Let nothing be typed while the store changes hands."""
        self._let_type(on=False)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Close the program: it cannot be left locked without a window."""
        super().closeEvent(event)
        self.closed.emit()

    def _arrange(self) -> None:
        self.setWindowTitle(_("Kvalitetsapp – låst"))
        self.setObjectName("lockWindow")
        enlarge(self.title, 1.35, bold=True)
        self.explained.setObjectName("muted")
        self.wrong.setObjectName("bad")
        for label in (self.explained, self.wrong):
            label.setWordWrap(True)
        self.wrong.hide()
        self.give_up.hide()
        form = Form()
        form.add(_("&Namn"), self.user)
        form.add(_("&Lösenfras"), self.passphrase)
        buttons = QHBoxLayout()
        buttons.addWidget(self.quit)
        buttons.addStretch(1)
        buttons.addWidget(self.give_up)
        buttons.addWidget(self.enter)
        card = QFrame()
        card.setObjectName("card")
        card.setMaximumWidth(letters(self, 76))
        column = QVBoxLayout(card)
        pad(column, self, 1.4, 0.9)
        for widget in (self.title, self.explained, form, self.wrong):
            column.addWidget(widget)
        column.addLayout(buttons)
        middle = QHBoxLayout()  # rather than an alignment, which would ask the card for its height before its width
        middle.addStretch(1)
        middle.addWidget(card, 50)
        middle.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(2)

    def _connect(self) -> None:
        self.user.currentIndexChanged.connect(lambda _place: self._follow_user())
        self.passphrase.returnPressed.connect(self._enter)
        self.enter.clicked.connect(self._enter)
        self.quit.clicked.connect(self.close)
        self.give_up.clicked.connect(self._give_up)
        self.delay.over.connect(self._try_again)

    def _follow_user(self) -> None:
        same = self.user.currentText() == self._user
        self.enter.setText(_("Lås &upp") if same else _("&Byt användare"))
        self.explained.setText(
            _("{name} har låst. Det som pågår fortsätter, och allt står kvar som det var.").format(name=self._user)
            if same
            else _(
                "{name} får skärmen efter {before}. Utkast är sparade. Formulär som står öppna stängs, och det som är "
                "ifyllt i dem går förlorat."
            ).format(name=self.user.currentText(), before=self._user)
        )

    def _enter(self) -> None:
        if not self.enter.isEnabled():
            return
        self._say("")
        user, passphrase = self.user.currentText(), self.passphrase.text()
        self.passphrase.clear()
        if user == self._user:
            self.unlock_wanted.emit(passphrase)
        else:
            self.change_wanted.emit(user, passphrase)

    def _give_up(self) -> None:
        self._let_type(on=True)
        self._say("")
        self.passphrase.setFocus()
        self.waiting_given_up.emit()

    def _try_again(self) -> None:
        self.enter.setEnabled(True)
        self.passphrase.setFocus()

    def _let_type(self, *, on: bool) -> None:
        for widget in (self.user, self.passphrase, self.enter):
            widget.setEnabled(on)
        self.give_up.hide()

    def _say(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))
