"""Any number of rows in a view: the model holds their keys, and rows for what has been looked at lately."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from kvalitetsapp.gui.models.table_model import NUMERIC, display
from kvalitetsapp.gui.widgets.plain_label import plain_tip
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.table import Column, Row

    AnyIndex = QModelIndex | QPersistentModelIndex

BLOCK: Final = 200
_BLOCKS_KEPT: Final = 64
_NO_INDEX: Final = QModelIndex()
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

Item = TypeVar("Item")


class BlockModel(QAbstractTableModel, Generic[Item]):
    """Items come a block at a time: a block that is looked at and not there is asked for with `block_wanted`.

    A subclass says what an item is under the columns (`row_of_item`), and which order an unsorted table has.
    """

    block_wanted = Signal(int)
    sort_wanted = Signal(str, bool)  # column name, descending
    first_sort: tuple[str, bool] = ("", False)

    def __init__(self, columns: tuple[Column, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self._keys = array("q")
        self._blocks: OrderedDict[int, list[Item]] = OrderedDict()
        self._texts: dict[int, list[tuple[str, ...] | None]] = {}
        self._rows = 0
        self._asked: set[int] = set()

    def row_of_item(self, item: Item) -> Row:
        """Return an item's values under the columns."""
        raise NotImplementedError

    def texts_of_item(self, item: Item) -> tuple[str, ...]:
        """Return what is shown of an item."""
        return tuple(
            display(column, value) for column, value in zip(self.columns, self.row_of_item(item), strict=True)
        )

    def set_keys(self, keys: array[int], block: int = 0, items: Sequence[Item] = (), rows: int | None = None) -> None:
        """Show these keys in this order; `items` are those of one block, where they have been read already.

        `rows` is how many there will be, where these keys are only the first and the others come with `complete`.
        """
        self.beginResetModel()
        self._keys = keys
        self._rows = len(keys) if rows is None else rows
        self._blocks.clear()
        self._texts.clear()
        self._asked.clear()
        if items and len(items) == len(self.keys_of(block)):
            self._keep(block, list(items))
        self.endResetModel()

    def complete(self, keys: array[int]) -> bool:
        """Take all keys after the first ones; tell whether they are those of the rows that are shown."""
        if len(keys) != self._rows or keys[: len(self._keys)] != self._keys:
            return False
        first = len(self._keys)
        self._keys = keys
        if first < self._rows:
            self.dataChanged.emit(self.index(first, 0), self.index(self._rows - 1, len(self.columns) - 1))
        return True

    def keys_of(self, block: int) -> Sequence[int]:
        """Return the keys of a block's rows."""
        return self._keys[block * BLOCK : (block + 1) * BLOCK]

    def put_block(self, block: int, keys: Sequence[int], items: list[Item]) -> None:
        """Put the items of a block in; those of an order that is no longer shown are dropped."""
        self._asked.discard(block)
        if list(keys) != list(self.keys_of(block)) or len(items) != len(keys):
            return
        self._keep(block, items)
        first = block * BLOCK
        self.dataChanged.emit(self.index(first, 0), self.index(first + len(items) - 1, len(self.columns) - 1))

    def key(self, row: int) -> int:
        """Return the key that stands in a row."""
        return self._keys[row]

    def row_of(self, key: int) -> int | None:
        """Return the row of a key, None where it is not shown."""
        try:
            return self._keys.index(key)
        except ValueError:
            return None

    def item(self, row: int) -> Item | None:
        """Return what stands in a row; None, and the block is asked for, where it is not there yet."""
        block, place = divmod(row, BLOCK)
        found = self._blocks.get(block)
        if found is not None:
            self._blocks.move_to_end(block)
            return found[place]
        if block not in self._asked and row < len(self._keys):
            self._asked.add(block)
            self.block_wanted.emit(block)
        return None

    def text(self, row: int, column: int) -> str:
        """Return what is shown in a cell, "" where its row is not there yet."""
        item = self.item(row)
        if item is None:
            return ""
        block, place = divmod(row, BLOCK)
        texts = self._texts[block][place]
        if texts is None:
            texts = self._texts[block][place] = self.texts_of_item(item)
        return texts[column]

    def tip(self, row: int, column: int) -> str:
        """Return what a cell says when the mouse rests on it."""
        return plain_tip(self.text(row, column))

    # Qt's own questions

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:  # noqa: N802 - Qt's name
        """Return how many rows are shown."""
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:  # noqa: N802 - Qt's name
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variants
        """Look up what Qt asks for; a row that is not there yet is empty."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[column].kind in NUMERIC else _LEFT
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(self.columns[column].heading)}: {self.text(row, column)}"
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's variants
        """Return the Swedish heading of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _(self.columns[section].heading)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[section].kind in NUMERIC else _LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order; without a column the first order comes back."""
        if 0 <= column < len(self.columns):
            self.sort_wanted.emit(self.columns[column].name, order == Qt.SortOrder.DescendingOrder)
        else:
            self.sort_wanted.emit(*self.first_sort)

    def _keep(self, block: int, items: list[Item]) -> None:
        self._blocks[block] = items
        self._texts[block] = [None] * len(items)
        while len(self._blocks) > _BLOCKS_KEPT:
            oldest, _items = self._blocks.popitem(last=False)
            del self._texts[oldest]
