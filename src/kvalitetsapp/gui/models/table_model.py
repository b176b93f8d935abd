"""A table of the domain as Qt's views want it: texts rendered once per row, sorted by what the values are."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kvalitetsapp.domain.table import Column, Kind, Row, Table, Value
from kvalitetsapp.domain.words import vocabularies, word
from kvalitetsapp.gui.models.collation import swedish_key
from kvalitetsapp.gui.widgets.plain_label import plain_tip
from kvalitetsapp.texts import MINUS, NOTHING, _, kronor, number, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Labels = Mapping[str, Mapping[str, str]]

NUMERIC: Final = frozenset({Kind.INTEGER, Kind.MONEY, Kind.RATE, Kind.DECIMAL})
UNGROUPED: Final = frozenset({"year", "price_year"})
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_NO_INDEX: Final = QModelIndex()


def display(column: Column, value: Value) -> str:
    """Return `value` as a person reads it in `column`."""
    match column.kind:
        case Kind.MONEY:
            return kronor(None if value is None else int(value))
        case Kind.RATE:
            return percent(None if value is None else float(value))
        case Kind.INTEGER:
            if value is None:
                return NOTHING
            return str(value) if column.name in UNGROUPED else number(int(value))
        case Kind.FLAG:
            return _("Ja") if value else ""
        case Kind.DECIMAL:
            return str(value).replace(".", ",").replace("-", MINUS) if value else NOTHING
        case Kind.CODE if column.vocabulary in vocabularies():
            return word(column.vocabulary, str(value))
        case _:
            return "" if value is None else str(value)


class TableModel(QAbstractTableModel):
    """A read-only table. Rows are known by their place in the table (source row) whatever is shown in which order."""

    def __init__(self, table: Table | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table or Table(())
        self._labels: Labels = {}
        self._shown: list[int] = []
        self._view_rows: dict[int, int] | None = None
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None
        self._reset()

    @property
    def table(self) -> Table:
        """Return the table under the model."""
        return self._table

    def set_table(self, table: Table, labels: Labels | None = None) -> None:
        """Show `table`; `labels` gives names to show in place of values, by column and value."""
        self.beginResetModel()
        same_shape = table.names() == self._table.names()
        self._table = table
        self._labels = labels or {}
        if not same_shape:
            self._sorted_by = None
        self._reset()
        self.endResetModel()

    def show_rows(self, rows: Sequence[int] | None) -> None:
        """Show only these source rows (None = all), in the order that is chosen."""
        self.beginResetModel()
        self._shown = self._in_order(range(len(self._table.rows)) if rows is None else rows)
        self._view_rows = None
        self.endResetModel()

    def source_row(self, view_row: int) -> int:
        """Return the place in the table of what is shown at `view_row`."""
        return self._shown[view_row]

    def view_row(self, source_row: int) -> int | None:
        """Return where a row of the table is shown, None if it is filtered away."""
        if self._view_rows is None:
            self._view_rows = {source: view for view, source in enumerate(self._shown)}
        return self._view_rows.get(source_row)

    def row_values(self, row: int) -> Row:
        """Return the values of source row `row`."""
        return self._table.rows[row]

    def value(self, row: int, column_name: str) -> Value:
        """Return one value of source row `row`."""
        return self._table.rows[row][self._table.names().index(column_name)]

    def text(self, row: int, column: int) -> str:
        """Return what is shown of source row `row` in `column`."""
        return (self._texts[row] or self._render(row))[column]

    def renderer(self, column: int) -> Callable[[Value], str]:
        """Return the function that turns the values of `column` into what is shown."""
        spec = self._table.columns[column]
        labels = self._labels.get(spec.name)
        if labels is None:
            return lambda value: display(spec, value)
        return lambda value: labels.get(str(value), str(value))

    # Qt's own questions

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:  # noqa: N802 - Qt's name
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:  # noqa: N802 - Qt's name
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._table.columns)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variants
        """Look up what Qt asks for."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(self._shown[index.row()], index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.text(self._shown[index.row()], index.column()))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignments[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._headings[index.column()]}: {self.text(self._shown[index.row()], index.column())}"
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's variants
        """Return the Swedish heading of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._headings):
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._headings[section])
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._headings[section]
        return self._alignments[section] if role == Qt.ItemDataRole.TextAlignmentRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by the values of `column`, nothing last; a negative column gives the table's own order back."""
        self.layoutAboutToBeChanged.emit()
        kept = [(index, self._shown[index.row()]) for index in self.persistentIndexList()]
        self._sorted_by = (column, order) if 0 <= column < len(self._table.columns) else None
        self._shown = self._in_order(sorted(self._shown))
        self._view_rows = None
        self.changePersistentIndexList(
            [index for index, _source in kept],
            [self.index(self.view_row(source) or 0, index.column()) for index, source in kept],
        )
        self.layoutChanged.emit()

    def _reset(self) -> None:
        columns = self._table.columns
        self._texts: list[tuple[str, ...] | None] = [None] * len(self._table.rows)
        self._headings = [_(column.heading) for column in columns]
        self._alignments = [_RIGHT if column.kind in NUMERIC else _LEFT for column in columns]
        self._renderers = [self.renderer(place) for place in range(len(columns))]
        self._shown = self._in_order(range(len(self._table.rows)))
        self._view_rows = None

    def _render(self, row: int) -> tuple[str, ...]:
        texts = tuple(render(value) for render, value in zip(self._renderers, self._table.rows[row], strict=True))
        self._texts[row] = texts
        return texts

    def _in_order(self, rows: Sequence[int]) -> list[int]:
        if self._sorted_by is None:
            return list(rows)
        column, order = self._sorted_by
        values = [row[column] for row in self._table.rows]
        nothing = [row for row in rows if values[row] is None or values[row] == ""]
        something = [row for row in rows if not (values[row] is None or values[row] == "")]
        keys = self._sort_keys(column, {values[row] for row in something})
        something.sort(key=lambda row: keys[values[row]], reverse=order == Qt.SortOrder.DescendingOrder)
        return something + nothing

    def _sort_keys(self, column: int, values: set[Value]) -> dict[Value, Any]:
        """Return what each value sorts by: numbers and dates by themselves, words as Swedish dictionaries do."""
        spec = self._table.columns[column]
        if spec.kind in (Kind.TEXT, Kind.CODE):
            render = self.renderer(column)
            return {value: swedish_key(render(value)) for value in values}
        if spec.kind is Kind.DECIMAL:
            return {value: Decimal(str(value)) for value in values}
        return {value: value for value in values}
