"""A new passphrase, typed twice, with what is wrong with it beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import passphrase
from kvalitetsapp.gui.dialogs.form import Form, passphrase_field
from kvalitetsapp.gui.widgets.faulted import Faulted
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class NewPassphrase:
    """Two rows of a form; `known` tells what others know of the user, which no passphrase may be."""

    def __init__(self, form: Form, label: str, known: Callable[[], Iterable[str]]) -> None:
        self._known = known
        self.field, self.again = passphrase_field(), passphrase_field()
        self.at_field, self.at_again = Faulted(self.field), Faulted(self.again)
        form.add(label, self.at_field)
        form.add(_("&En gång till"), self.at_again)

    def text(self) -> str:
        """Return the passphrase."""
        return self.field.text()

    def check(self) -> bool:
        """Say what is wrong with the passphrase, and tell whether it can be used."""
        weakness = passphrase.weakness(self.text(), *self._known())
        same = self.field.text() == self.again.text()
        self.at_field.say(weakness)
        self.at_again.say("" if same else _("De två lösenfraserna är olika. Skriv samma i båda fälten."))
        return same and not weakness

    def setFocus(self) -> None:  # noqa: N802 - Qt's name
        """Take the focus where something is wrong, else where the passphrase is typed."""
        only_again = self.at_again.wrong.text() and not self.at_field.wrong.text()
        (self.again if only_again else self.field).setFocus()
