"""A million episodes in a view: the model holds their keys, and rows for what has been looked at lately."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from kvalitetsapp.domain import facts, identity
from kvalitetsapp.domain.episode import CODE_COLUMNS, EPISODES
from kvalitetsapp.gui.models.table_model import NUMERIC, display
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.codes import CodeTables
    from kvalitetsapp.domain.table import Row

    AnyIndex = QModelIndex | QPersistentModelIndex

BLOCK: Final = 200
_BLOCKS_KEPT: Final = 64
_NO_INDEX: Final = QModelIndex()
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_IDENTITY: Final = [column.name for column in EPISODES].index("personal_id")
_CODES: Final = frozenset(place for place, column in enumerate(EPISODES) if column.name in CODE_COLUMNS)


class EpisodesModel(QAbstractTableModel):
    """Rows come a block at a time: a block that is looked at and not there is asked for with `block_wanted`."""

    block_wanted = Signal(int)
    sort_wanted = Signal(str, bool)  # column name, descending

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys = array("q")
        self._blocks: OrderedDict[int, list[Row]] = OrderedDict()
        self._texts: dict[int, list[tuple[str, ...]]] = {}
        self._asked: set[int] = set()
        self._tables: CodeTables | None = None

    def set_keys(self, keys: array[int]) -> None:
        """Show these episodes in this order."""
        self.beginResetModel()
        self._keys = keys
        self._blocks.clear()
        self._texts.clear()
        self._asked.clear()
        self.endResetModel()

    def set_code_tables(self, tables: CodeTables) -> None:
        """Give codes their titles."""
        self._tables = tables

    def keys_of(self, block: int) -> Sequence[int]:
        """Return the keys of a block's rows."""
        return self._keys[block * BLOCK : (block + 1) * BLOCK]

    def put_block(self, block: int, keys: Sequence[int], rows: list[Row]) -> None:
        """Put the rows of a block in; rows of an order that is no longer shown are dropped."""
        self._asked.discard(block)
        if list(keys) != list(self.keys_of(block)) or len(rows) != len(keys):
            return
        self._blocks[block] = rows
        self._texts[block] = [_texts(row) for row in rows]
        while len(self._blocks) > _BLOCKS_KEPT:
            oldest, _rows = self._blocks.popitem(last=False)
            del self._texts[oldest]
        first = block * BLOCK
        self.dataChanged.emit(self.index(first, 0), self.index(first + len(rows) - 1, len(EPISODES) - 1))

    def key(self, row: int) -> int:
        """Return the episode that stands in a row."""
        return self._keys[row]

    def row_of(self, key: int) -> int | None:
        """Return the row of an episode, None where it is not shown."""
        try:
            return self._keys.index(key)
        except ValueError:
            return None

    def number_at(self, index: AnyIndex) -> str:
        """Return the personal number of a row, unmasked, "" where the row is not there yet."""
        row = self._row(index.row())
        return "" if row is None else str(row[_IDENTITY])

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:  # noqa: N802 - Qt's name
        """Return how many episodes are shown."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:  # noqa: N802 - Qt's name
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(EPISODES)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variants
        """Look up what Qt asks for; a row that is not there yet is empty."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if EPISODES[index.column()].kind in NUMERIC else _LEFT
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(EPISODES[index.column()].heading)}: {self._text(index)}"
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's variants
        """Return the Swedish heading of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(EPISODES):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _(EPISODES[section].heading)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if EPISODES[section].kind in NUMERIC else _LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order; without a column the latest stays first."""
        if 0 <= column < len(EPISODES):
            self.sort_wanted.emit(EPISODES[column].name, order == Qt.SortOrder.DescendingOrder)
        else:
            self.sort_wanted.emit("admitted", True)  # noqa: FBT003 - a signal has no names

    def _text(self, index: AnyIndex) -> str:
        if self._row(index.row()) is None:
            return ""
        block, place = divmod(index.row(), BLOCK)
        return self._texts[block][place][index.column()]

    def _tip(self, index: AnyIndex) -> str:
        text = self._text(index)
        if index.column() in _CODES and self._tables is not None:
            return "\n".join(facts.titled(code, self._tables) for code in text.split())
        return text

    def _row(self, row: int) -> Row | None:
        block, place = divmod(row, BLOCK)
        found = self._blocks.get(block)
        if found is not None:
            self._blocks.move_to_end(block)
            return found[place]
        if block not in self._asked:
            self._asked.add(block)
            self.block_wanted.emit(block)
        return None


def _texts(row: Row) -> tuple[str, ...]:
    texts = [display(column, value) for column, value in zip(EPISODES, row, strict=True)]
    texts[_IDENTITY] = identity.masked(str(row[_IDENTITY]))
    return tuple(texts)
