"""Fields with their labels, the same in every dialog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from kvalitetsapp.gui.spacing import lines
from kvalitetsapp.gui.theme import mark
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable


class Form(QWidget):
    """Fields under each other, every one with a label that leads to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(lines(self, 1))
        self._rows.setVerticalSpacing(lines(self, 0.6))
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)

    def add(self, label: str, field: QWidget) -> None:
        """Add a field; `label` may hold a mnemonic, "" where the field says it all."""
        shown = QLabel(label)
        shown.setBuddy(field)
        field.setFocusPolicy(_focused_in(field).focusPolicy())  # Qt lets no label lead to what cannot have the focus
        if label:
            field.setAccessibleName(label.replace("&", ""))
        self._rows.addRow(shown, field)

    def title(self, text: str) -> None:
        """Put a heading above the fields that come after it."""
        heading = QLabel(text)
        heading.setObjectName("sectionTitle")
        self._rows.addRow(heading)

    def set_visible(self, field: QWidget, *, on: bool) -> None:
        """Show or hide a field together with its label."""
        self._rows.setRowVisible(field, on)


def _focused_in(field: QWidget) -> QWidget:
    """Return what has the focus when a field has it, which may lie several widgets within it."""
    proxy = field.focusProxy()
    return field if proxy is None else _focused_in(proxy)


class AcceptOrCancel(QDialogButtonBox):
    """The button that accepts a dialog, which Return presses in its fields, and Avbryt beside it."""

    def __init__(self, dialog: QDialog, accepts: str) -> None:
        super().__init__(dialog)
        cancel = self.addButton(_("Avbryt"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setAutoDefault(False)  # Return in a field is not to cancel
        self.accepting = primary_button(accepts)
        self.accepting.setDefault(True)
        self.addButton(self.accepting, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accepted.connect(dialog.accept)
        self.rejected.connect(dialog.reject)


class PathField(QWidget):
    """A place for a file: typed or chosen."""

    changed = Signal()

    def __init__(self, choose: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choose = choose
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.text = QLineEdit()
        self.text.textChanged.connect(lambda _text: self.changed.emit())
        self.button = QPushButton(_("Bläddra …"))
        self.button.clicked.connect(self._ask)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        self.setFocusProxy(self.text)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Give the name to the field that has the focus."""
        super().setAccessibleName(name)
        self.text.setAccessibleName(name)

    def path(self) -> Path:
        """Return the place."""
        return Path(self.text.text().strip())

    def set_path(self, path: Path) -> None:
        """Show a place."""
        self.text.setText(str(path))

    def _ask(self) -> None:
        chosen = self._choose()
        if chosen:
            self.text.setText(chosen)


def passphrase_field() -> QLineEdit:
    """Return a field that hides what is typed."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def primary_button(text: str) -> QPushButton:
    """Return the button for the one thing that a dialog or a page is for."""
    button = QPushButton(text)
    mark(button, "primary")
    button.setDefault(True)
    return button
