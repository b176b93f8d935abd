"""How much every reason weighs in the order of the review queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QSpinBox, QVBoxLayout, QWidget

from kvalitetsapp.domain.review_priority import DEFAULT_POINTS, MOST_POINTS, Reason
from kvalitetsapp.gui.dialogs.form import AcceptOrCancel, Form
from kvalitetsapp.gui.spacing import letters, pad
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping


class PriorityPointsDialog(QDialog):
    """Asks for the points of every reason."""

    def __init__(
        self, weights: Mapping[Reason, int], parent: QWidget | None = None, *, can_write: bool = True
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Poäng i kön"))
        self.setMinimumWidth(letters(self, 60))
        told = PlainLabel(_("Händelsen med flest poäng står först. Poängen gäller alla som arbetar i databasen."))
        told.setWordWrap(True)
        self.fields = {reason: QSpinBox() for reason in Reason}
        form = Form()
        for reason, field in self.fields.items():
            field.setRange(0, MOST_POINTS)
            field.setEnabled(can_write)
            form.add(reason.label, field)
        self._fill(weights)
        usual = QPushButton(_("Programmets poäng"))
        usual.setAutoDefault(False)
        usual.setEnabled(can_write)
        usual.clicked.connect(lambda: self._fill(DEFAULT_POINTS))
        buttons = AcceptOrCancel(self, _("&Spara poängen"))
        buttons.addButton(usual, QDialogButtonBox.ButtonRole.ResetRole)
        self.save = buttons.accepting
        self.save.setEnabled(can_write)
        column = QVBoxLayout(self)
        pad(column, self, 1.0, 0.6)
        for widget in (told, form, buttons):
            column.addWidget(widget)

    def points(self) -> dict[str, int]:
        """Return the points by the names of the reasons."""
        return {reason.value: field.value() for reason, field in self.fields.items()}

    def _fill(self, weights: Mapping[Reason, int]) -> None:
        for reason, field in self.fields.items():
            field.setValue(weights[reason])
