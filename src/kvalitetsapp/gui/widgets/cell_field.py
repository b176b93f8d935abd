"""A field for one cell of a table that people keep themselves, fit for what its column holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

from kvalitetsapp.domain.editable_table import CellKind
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui.spacing import letters
from kvalitetsapp.gui.widgets.faulted import Faulted
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.editable_table import EditableColumn

_BETWEEN: Final = "  –  "
_NUMBERS: Final = frozenset({CellKind.INTEGER, CellKind.NUMBER, CellKind.MONEY})
_DECIMAL: Final = frozenset({CellKind.NUMBER, CellKind.MONEY})
_OFFERED_AT_ONCE: Final = 12


class CellField(Faulted):
    """Holds the text of a cell, as the service reads it."""

    def text(self) -> str:
        """Return what the cell is to hold."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Show what the cell holds."""
        raise NotImplementedError

    def keep(self) -> None:
        """Let the cell be read but not changed: it says which row this is."""
        raise NotImplementedError

    def offer(self, known: Mapping[str, str]) -> None:
        """Offer these, each with its name, where the cell is typed."""


class TypedCell(CellField):
    """A cell that is typed, with what is known offered meanwhile; numbers stand to the right with a decimal comma."""

    def __init__(self, column: EditableColumn) -> None:
        self.edit = QLineEdit()
        super().__init__(self.edit, _("kr") if column.kind is CellKind.MONEY else "")
        self._has_decimals = column.kind in _DECIMAL
        if column.kind in _NUMBERS:
            self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
            self.edit.setFixedWidth(letters(self.edit, 18))

    def text(self) -> str:
        """Return what is typed."""
        return self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Show a text from its beginning."""
        self.edit.setText(text.replace(".", ",") if self._has_decimals else text)
        self.edit.setCursorPosition(0)

    def keep(self) -> None:
        """Let the text be read only."""
        self.edit.setEnabled(False)

    def offer(self, known: Mapping[str, str]) -> None:
        """Offer these while one types."""
        if known:
            self.edit.setCompleter(_Known(known, self.edit))


class ChosenCell(CellField):
    """A cell that holds one of a few words, or none where it may be empty."""

    def __init__(self, column: EditableColumn) -> None:
        self.choice = QComboBox()
        super().__init__(self.choice)
        if not column.required:
            self.choice.addItem("", "")
        for code in column.choices:
            self.choice.addItem(word(column.vocabulary, code), code)

    def text(self) -> str:
        """Return the code that is chosen."""
        return str(self.choice.currentData())

    def set_text(self, text: str) -> None:
        """Choose a code."""
        self.choice.setCurrentIndex(max(0, self.choice.findData(text)))

    def keep(self) -> None:
        """Let nothing else be chosen."""
        self.choice.setEnabled(False)


def cell_field(column: EditableColumn) -> CellField:
    """Return the field for a cell of a column."""
    return ChosenCell(column) if column.choices else TypedCell(column)


class _Known(QCompleter):
    """Finds what is known by any part of it or of its name, and fills in what it is, not what it is called."""

    def __init__(self, known: Mapping[str, str], field: QLineEdit) -> None:
        told = [f"{text}{_BETWEEN}{name}" if name else text for text, name in known.items()]
        super().__init__(QStringListModel(told, field), field)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(_OFFERED_AT_ONCE)
        if (popup := self.popup()) is not None:
            popup.setParent(field, Qt.WindowType.Popup)  # Qt makes it nobody's, and so without the window's dress

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:  # noqa: N802 - Qt's name
        """Return what is filled in where a line is chosen."""
        return str(index.data()).partition(_BETWEEN)[0]
