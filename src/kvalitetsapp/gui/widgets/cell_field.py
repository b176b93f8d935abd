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
_SHOWN: Final = 12


class CellField(Faulted):
    """Holds the text of a cell: typed, with what is known offered while one types, or chosen from a few words."""

    def __init__(self, column: EditableColumn) -> None:
        self.column = column
        self.edit = QLineEdit()
        self.choice = QComboBox()
        super().__init__(self.choice if column.choices else self.edit, _("kr") if _is_money(column) else "")
        if column.kind in _NUMBERS:
            self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
            self.edit.setFixedWidth(letters(self.edit, 18))
        if not column.required or not column.choices:
            self.choice.addItem("", "")
        for code in column.choices:
            self.choice.addItem(word(column.vocabulary, code), code)

    def text(self) -> str:
        """Return what the cell is to hold, as the service reads it."""
        return str(self.choice.currentData()) if self.column.choices else self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Show what a cell holds, numbers with a decimal comma."""
        if self.column.choices:
            self.choice.setCurrentIndex(max(0, self.choice.findData(text)))
        else:
            self.edit.setText(text.replace(".", ",") if self.column.kind in _DECIMAL else text)
            self.edit.setCursorPosition(0)

    def keep(self) -> None:
        """Let the cell be read but not changed: it says which row this is."""
        self.edit.setReadOnly(True)
        self.choice.setEnabled(False)

    def offer(self, known: Mapping[str, str]) -> None:
        """Offer these while one types, each with its name."""
        if not self.column.choices and known:
            self.edit.setCompleter(_Known(known, self.edit))


class _Known(QCompleter):
    """Finds what is known by any part of it or of its name, and fills in what it is, not what it is called."""

    def __init__(self, known: Mapping[str, str], field: QLineEdit) -> None:
        told = [f"{text}{_BETWEEN}{name}" if name else text for text, name in known.items()]
        super().__init__(QStringListModel(told, field), field)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(_SHOWN)

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:  # noqa: N802 - Qt's name
        """Return what is filled in where a line is chosen."""
        return str(index.data()).partition(_BETWEEN)[0]


def _is_money(column: EditableColumn) -> bool:
    return column.kind is CellKind.MONEY
