"""Why two numbers are not one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from kvalitetsapp.gui.dialogs.form import AcceptOrCancel, Form
from kvalitetsapp.gui.spacing import letters, pad
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.identity_pairs import LikelyPair
    from kvalitetsapp.gui.widgets.reveal import Reveal


class TellApartDialog(QDialog):
    """Asks for a reason; is accepted only with one."""

    def __init__(self, pair: LikelyPair, reveal: Reveal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Inte samma person"))
        self.setMinimumWidth(letters(self, 70))
        self._pair = pair
        self._reveal = reveal
        self.said = PlainLabel()
        self.said.setWordWrap(True)
        reveal.changed.connect(lambda _on: self._tell())
        self._tell()
        self.reason = QLineEdit()
        form = Form()
        form.add(_("&Skäl"), self.reason)
        buttons = AcceptOrCancel(self, _("&Inte samma person"))
        self.save = buttons.accepting
        column = QVBoxLayout(self)
        pad(column, self, 1.0, 0.6)
        for widget in (self.said, form, buttons):
            column.addWidget(widget)
        self.save.setEnabled(False)
        self.reason.textChanged.connect(lambda text: self.save.setEnabled(bool(text.strip())))

    def _tell(self) -> None:
        number, other = self._reveal.shown(self._pair.personal_id), self._reveal.shown(self._pair.same_as_id)
        self.said.setText(_("{number} och {other} föreslås inte igen.").format(number=number, other=other))
