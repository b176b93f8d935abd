"""The password of a file that is about to be sealed: typed twice or proposed, used and forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from kvalitetsapp.domain import file_password
from kvalitetsapp.gui import clipboard
from kvalitetsapp.gui.dialogs.form import Form, passphrase_field
from kvalitetsapp.gui.widgets.faulted import Faulted
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class NewPassword:
    """Rows of a form; a password that is proposed is shown here and nowhere else, until another is typed.

    `known` tells what stands on the file, which no password may be.
    """

    def __init__(self, form: Form, known: Callable[[], Iterable[str]] = tuple) -> None:
        self._known = known
        self.field, self.again = passphrase_field(), passphrase_field()
        self.propose = QPushButton(_("&Föreslå lösenord"))
        self.proposed = PlainLabel()
        self.copy = QPushButton(_("K&opiera"))
        self.at_field, self.at_again = Faulted(self.field), Faulted(self.again)
        for label, field in (
            (_("&Lösenord"), self.at_field),
            (_("Lösenordet &igen"), self.at_again),
            ("", self._proposals()),
        ):
            form.add(label, field)
        self.propose.clicked.connect(self._propose)
        self.field.textEdited.connect(lambda _text: self._forget())
        self.copy.clicked.connect(lambda: clipboard.put_text(self.proposed.text()))

    def text(self) -> str:
        """Return the password."""
        return self.field.text()

    def check_same(self) -> bool:
        """Say whether the password was typed differently, and tell whether it was not."""
        same = self.field.text() == self.again.text()
        self.at_again.say("" if same else _("Lösenorden är olika. Skriv samma två gånger."))
        return same

    def check(self) -> bool:
        """Say what is wrong with the password, and tell whether it can be used."""
        weakness = file_password.weakness(self.text(), *self._known())
        self.at_field.say(weakness)
        return self.check_same() and not weakness

    def setFocus(self) -> None:  # noqa: N802 - Qt's name
        """Take the focus where something is wrong, else where the password is typed."""
        only_again = self.at_again.wrong.text() and not self.at_field.wrong.text()
        (self.again if only_again else self.field).setFocus()

    def _proposals(self) -> QWidget:
        shown = QWidget()
        row = QHBoxLayout(shown)
        row.setContentsMargins(0, 0, 0, 0)
        self.proposed.setObjectName("sectionTitle")
        for widget in (self.propose, self.proposed, self.copy):
            row.addWidget(widget)
        row.addStretch(1)
        self.copy.hide()
        for button in (self.propose, self.copy):
            button.setAutoDefault(False)  # Return in a field is to write
        return shown

    def _propose(self) -> None:
        password = file_password.generated()
        for field, place in ((self.field, self.at_field), (self.again, self.at_again)):
            place.say("")
            field.setText(password)
        self.proposed.setText(password)
        self.proposed.setAccessibleName(_("Föreslaget lösenord: {password}").format(password=password))
        self.copy.show()
        self.copy.setFocus()

    def _forget(self) -> None:
        """Show no password that is not the one that is used."""
        self.proposed.clear()
        self.copy.hide()
