"""The program's table: find, filter, sort, copy, and columns as the user last left them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget

from kvalitetsapp.domain.copied import copied_of
from kvalitetsapp.gui.models import row_filter
from kvalitetsapp.gui.models.row_filter import ColumnFilter, Search
from kvalitetsapp.gui.models.table_model import TableModel
from kvalitetsapp.gui.spacing import letters
from kvalitetsapp.gui.widgets.chips import Chips
from kvalitetsapp.gui.widgets.column_memory import ColumnMemory
from kvalitetsapp.gui.widgets.copying import copy_as_text
from kvalitetsapp.gui.widgets.table_view import TableView
from kvalitetsapp.texts import _, ngettext, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalitetsapp.domain.table import Table, Value
    from kvalitetsapp.gui.models.table_model import Labels

TYPING_PAUSE_MS = 150
AT_ONCE_S = 0.1  # what a person does not notice
SLICE_S = 0.02


class DataTable(QWidget):
    """A table of the domain with everything a person does to a table.

    `name` is what its columns are remembered under; `key` names the columns that tell rows apart, so that the same row
    stays chosen when the table is read again (without it: the first column).
    """

    row_activated = Signal(int)  # source row
    current_row_changed = Signal(int)  # source row, -1 = none
    shown_changed = Signal(int)  # how many rows are shown
    copied = Signal(object)  # Copied

    def __init__(self, name: str, *, key: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._key = tuple(key)
        self._filters: tuple[ColumnFilter, ...] = ()
        self.model = TableModel(parent=self)
        self.search = QLineEdit()
        self.chips = Chips()
        self.count = QLabel()
        self.view = TableView()
        self._columns = ColumnMemory(self.view, name, lambda: self.model.table.columns)
        self._pause = QTimer(self)
        self._search: Search | None = None
        self._slices = QTimer(self)
        self._arrange()
        self._connect()

    # what pages use

    def set_table(self, table: Table, labels: Labels | None = None) -> None:
        """Show `table`, keeping order, filters, scroll and the chosen row as far as they still exist.

        `labels` gives names to show in place of values, by column and value.
        """
        chosen, scroll = self._chosen_key(), self.view.verticalScrollBar().value()
        same_shape = self.model.table.names() == table.names()
        with self.view.being_laid_out():
            self.model.set_table(table, labels)
        if same_shape:
            self.view.fit_again()
        else:
            self._filters = tuple(one for one in self._filters if one.column in table.names())
            self._columns.lay_out()
        self._filter_now()
        self._choose_key(chosen)
        self.view.verticalScrollBar().setValue(scroll)

    def set_filters(self, filters: Iterable[ColumnFilter]) -> None:
        """Turn on exactly these filters."""
        self._filters = tuple(filters)
        self._filter_now()

    def filters(self) -> tuple[ColumnFilter, ...]:
        """Return the filters that are on."""
        return self._filters

    def add_filter(self, column: str, values: Iterable[Value], *, exclude: bool = False) -> None:
        """Turn on one more filter; one on the same column is replaced."""
        added = ColumnFilter(column, frozenset(values), exclude)
        self.set_filters([*(one for one in self._filters if one.column != column), added])

    def set_find(self, text: str) -> None:
        """Search for `text` at once."""
        self.search.setText(text)
        self._filter_now()

    def current_row(self) -> int:
        """Return the chosen source row, -1 if none is."""
        index = self.view.currentIndex()
        return self.model.source_row(index.row()) if index.isValid() else -1

    def choose_row(self, source_row: int) -> None:
        """Choose a row and bring it into view; does nothing where it is filtered away."""
        view_row = self.model.view_row(source_row)
        if view_row is None:
            return
        column = next((c for c in range(self.model.columnCount()) if not self.view.isColumnHidden(c)), 0)
        index = self.model.index(view_row, column)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)

    def choose_one(self) -> None:
        """Choose the first row that was given, where none is chosen."""
        if self.model.table.rows and self.current_row() < 0:
            self.choose_row(0)

    def chosen_rows(self) -> list[int]:
        """Return the chosen source rows in the order in which they are shown."""
        rows = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        return [self.model.source_row(row) for row in rows]

    def shown_rows(self) -> list[int]:
        """Return the source rows that are shown, in order."""
        return [self.model.source_row(row) for row in range(self.model.rowCount())]

    def hide_columns(self, *names: str) -> None:
        """Hide columns from the start; the user may show them, and that is remembered."""
        self._columns.hidden_at_first = names
        self._columns.lay_out()

    def show_tools(self, *, on: bool) -> None:
        """Show or hide the line above a table that is too short to search in."""
        self.search.setVisible(on)
        self.count.setVisible(on)

    def copy(self) -> None:
        """Put the chosen rows (all shown rows without a choice) on the clipboard, headings first."""
        rows = self.chosen_rows() or self.shown_rows()
        copy_as_text(self.model, rows, self._columns.shown())
        table = self.model.table
        self.copied.emit(copied_of(self.name, table.names(), [self.model.row_values(row) for row in rows]))

    # the rest

    def _arrange(self) -> None:
        self.search.setPlaceholderText(_("Filtrera …"))
        self.search.setAccessibleName(_("Filtrera tabellen"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(letters(self, 40))
        self.search.setMinimumWidth(letters(self, 16))
        self.count.setObjectName("count")
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._slices.setInterval(0)
        self.view.setModel(self.model)
        top = QHBoxLayout()
        top.addWidget(self.search, 3)
        top.addWidget(self.chips)
        top.addStretch(1)
        top.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._start_pause)
        self._pause.timeout.connect(self._filter_now)
        self._slices.timeout.connect(self._look_further)
        self.chips.removed.connect(self._remove_filter)
        self.view.activated.connect(lambda index: self.row_activated.emit(self.model.source_row(index.row())))
        self.view.selectionModel().currentRowChanged.connect(self._tell_current)
        self.view.customContextMenuRequested.connect(self._cell_menu)
        header = self.view.horizontalHeader()
        header.customContextMenuRequested.connect(self._column_menu)
        header.sortIndicatorChanged.connect(self.model.sort)
        copy = QAction(_("Kopiera"), self)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        copy.triggered.connect(self.copy)
        self.view.addAction(copy)

    def _start_pause(self, _text: str) -> None:
        self._pause.start()

    def _filter_now(self) -> None:
        """Begin to look for the rows asked for; a large table is looked through in slices while the window lives."""
        self._pause.stop()
        self._search = Search(self.model, self._filters, self.search.text(), self._search)
        self.chips.set_texts([row_filter.describe(self.model, one) for one in self._known_filters()])
        self._slices.start()
        self._look_further(AT_ONCE_S)

    def _look_further(self, seconds: float = SLICE_S) -> None:
        if self._search is None or not self._search.look(seconds):
            self._tell_progress()
            return
        self._slices.stop()
        self._show_found(self._search)

    def _show_found(self, search: Search) -> None:
        chosen = self.current_row()
        self.model.show_rows(None if search.filters_nothing else search.rows)
        self._tell_count()
        if chosen >= 0 and chosen < len(self.model.table.rows):
            self.choose_row(chosen)
        if self.current_row() < 0:
            self.current_row_changed.emit(-1)

    def _known_filters(self) -> list[ColumnFilter]:
        names = self.model.table.names()
        return [one for one in self._filters if one.column in names]

    def _remove_filter(self, place: int) -> None:
        gone = self._known_filters()[place]
        self.set_filters(one for one in self._filters if one != gone)

    def _tell_progress(self) -> None:
        if self._search is not None:
            self.count.setText(_("Söker, {percent} klart").format(percent=percent(self._search.done, 0)))

    def _tell_count(self) -> None:
        shown, total = self.model.rowCount(), len(self.model.table.rows)
        if shown == total:
            text = ngettext("{n} rad", "{n} rader", total).format(n=number(total))
        else:
            text = ngettext("{n} av {total} rad", "{n} av {total} rader", total).format(
                n=number(shown), total=number(total)
            )
        self.count.setText(text)
        self.shown_changed.emit(shown)

    def _tell_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.current_row_changed.emit(self.model.source_row(current.row()) if current.isValid() else -1)

    def _chosen_key(self) -> tuple[Value, ...] | None:
        row = self.current_row()
        return None if row < 0 else self._key_of(row)

    def _key_of(self, row: int) -> tuple[Value, ...]:
        names = self.model.table.names()
        columns = [names.index(name) for name in self._key if name in names] or [0]
        values = self.model.table.rows[row]
        return tuple(values[column] for column in columns)

    def _choose_key(self, key: tuple[Value, ...] | None) -> None:
        if key is None:
            return
        found = next((row for row in range(len(self.model.table.rows)) if self._key_of(row) == key), None)
        if found is not None:
            self.choose_row(found)

    # menus

    def _cell_menu(self, where: QPoint) -> None:
        index = self.view.indexAt(where)
        if index.isValid():
            self.cell_menu(index).popup(self.view.viewport().mapToGlobal(where))

    def cell_menu(self, index: QModelIndex) -> QMenu:
        """Return the menu of a cell: filter by its value, copy."""
        column = self.model.table.columns[index.column()].name
        value = self.model.row_values(self.model.source_row(index.row()))[index.column()]
        shown = self.model.text(self.model.source_row(index.row()), index.column()) or _("(tomt)")
        menu = self._menu()
        menu.addAction(_("Visa bara ”{value}”").format(value=shown), lambda: self.add_filter(column, [value]))
        menu.addAction(_("Dölj ”{value}”").format(value=shown), lambda: self.add_filter(column, [value], exclude=True))
        menu.addSeparator()
        menu.addAction(_("Kopiera"), self.copy)
        return menu

    def _column_menu(self, where: QPoint) -> None:
        self.column_menu().popup(self.view.horizontalHeader().mapToGlobal(where))

    def column_menu(self) -> QMenu:
        """Return the menu that shows and hides columns."""
        return self._columns.menu()

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu
