"""The review queue as a table: search, filters as chips, order, columns as the user left them, and the count."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from kvalitetsapp.domain import identity, review_priority
from kvalitetsapp.domain.copied import copied_of
from kvalitetsapp.domain.review_queue import (
    BY_PRIORITY,
    COLUMNS,
    FIELD_OF_COLUMN,
    LONGEST_SEARCH,
    QUEUE,
    Chip,
    QueueFilter,
    chips,
)
from kvalitetsapp.gui import clipboard
from kvalitetsapp.gui.models.review_queue_model import ReviewQueueModel
from kvalitetsapp.gui.spacing import letters
from kvalitetsapp.gui.widgets.chips import Chips
from kvalitetsapp.gui.widgets.column_memory import ColumnMemory
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.queue_filters import FilterButton, SavedFiltersButton
from kvalitetsapp.gui.widgets.reveal import IdentityDelegate
from kvalitetsapp.gui.widgets.table_view import TableView
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.review_queue import QueueEntry
    from kvalitetsapp.gui.widgets.reveal import Reveal
    from kvalitetsapp.services.review_queue import QueueView

TYPING_PAUSE_MS: Final = 250
ROWS_MEASURED: Final = 40  # for the widths of columns: what one sees, and little more
HIDDEN_AT_FIRST: Final = (
    *("side", "days", "surgery_level", "index_provider", "proposal"),
    *("at_stake", "claim_by", "flags", "event_ref"),
)
LETTERS_LEFT: Final = {BY_PRIORITY: 42, "personal_id": 18}  # of a text, where the columns do not fit side by side


class QueueTable(QWidget):
    """Shows what was found and tells what is asked for; it reads nothing itself."""

    asked_changed = Signal(object)  # QueueFilter
    row_chosen = Signal(int)
    copied = Signal(object)  # Copied

    def __init__(self, reveal: Reveal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asked = QueueFilter()
        self.model = ReviewQueueModel(self)
        self.view = TableView()
        self.columns = ColumnMemory(self.view, "review", lambda: QUEUE)
        self.columns.hidden_at_first = HIDDEN_AT_FIRST
        self.search = QLineEdit()
        self.filters = FilterButton()
        self.saved = SavedFiltersButton()
        self.chips = Chips()
        self.count = PlainLabel()
        self._chips: list[Chip] = []
        self._shown: QueueFilter | None = None
        self._laid_out = False
        self._pause = QTimer(self)
        self._arrange(reveal)
        self._connect()

    def show_queue(self, found: QueueView, asked: QueueFilter) -> None:
        """Show what was found, where one was reading; the row that is chosen is for the caller to say."""
        again = self._shown == asked
        self.asked = self._shown = asked
        scroll = self.view.verticalScrollBar().value()
        with self.view.being_laid_out():
            self.model.set_queue(found)
        self._lay_out(again=again)
        if again:
            self.view.verticalScrollBar().setValue(scroll)
        if not self._pause.isActive() and self.search.text().split() != asked.text.split():
            self.search.setText(asked.text)
            self._pause.stop()
        self.filters.set_asked(asked, found.providers)
        self._chips = chips(asked, found.providers, found.round_name)
        self.chips.set_texts([chip.text for chip in self._chips])
        self._tell_count(found.rows, found.total)

    def shows(self, asked: QueueFilter) -> bool:
        """Tell whether it is this filter's events that are shown."""
        return self._shown == asked

    def current_row(self) -> int:
        """Return the chosen row, -1 if none is."""
        index = self.view.currentIndex()
        return index.row() if index.isValid() else -1

    def choose_row(self, row: int) -> None:
        """Choose a row and bring it into view."""
        column = next(iter(self.columns.shown()), 0)
        index = self.model.index(row, column)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)

    def entry(self, row: int) -> QueueEntry | None:
        """Return the event in a row; None, and it is asked for, where it has not been read."""
        return self.model.item(row) if 0 <= row < self.model.rowCount() else None

    def ask(self, asked: QueueFilter) -> None:
        """Ask for something else."""
        if asked != self.asked:
            self.asked = asked
            self.asked_changed.emit(asked)

    def copy(self) -> None:
        """Put the chosen rows that have been read on the clipboard as text, headings first; numbers stay masked."""
        rows = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        shown = self.columns.shown()
        lines = ["\t".join(_(QUEUE[column].heading) for column in shown)]
        lines += ["\t".join(self.model.text(row, column) for column in shown) for row in rows]
        clipboard.put_text("\n".join(lines) + "\n")
        columns = range(len(COLUMNS))
        self.copied.emit(copied_of("review", COLUMNS, [[self.model.text(row, c) for c in columns] for row in rows]))

    # menus

    def cell_menu(self, index: QModelIndex) -> QMenu:
        """Return the menu of a cell: narrow to its value or hide it, copy."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entry = self.entry(index.row())
        if entry is not None:
            self._narrowing(menu, entry, index)
        menu.addAction(_("Kopiera"), self.copy)
        return menu

    def _narrowing(self, menu: QMenu, entry: QueueEntry, index: QModelIndex) -> None:
        column, shown = QUEUE[index.column()].name, self.model.text(index.row(), index.column()) or _("(tomt)")
        if column in FIELD_OF_COLUMN:
            value = (
                entry.provider_id if column == "index_provider" else str(entry.row(self.model.today)[index.column()])
            )
            only, hidden = self.asked.with_only(column, value), self.asked.without(column, value)
            menu.addAction(_("Visa bara ”{value}”").format(value=shown), partial(self.ask, only))
            menu.addAction(_("Dölj ”{value}”").format(value=shown), partial(self.ask, hidden))
        elif column in (BY_PRIORITY, "flags"):
            for reason in review_priority.reasons(entry.urgency, self.model.today):
                text = _("Visa bara ”{value}”").format(value=reason.label)
                menu.addAction(text, partial(self.ask, replace(self.asked, reasons=(reason,))))
        elif column == "personal_id":
            text = _("Visa bara ”{value}”").format(value=identity.masked(entry.personal_id))
            menu.addAction(text, partial(self.ask, replace(self.asked, person=entry.person)))
        elif column == "event_date":
            day = entry.day
            text = _("Visa bara ”{value}”").format(value=shown)
            menu.addAction(text, partial(self.ask, replace(self.asked, event_from=day, event_to=day)))
        elif column == "event_ref":
            text = _("Visa bara ”{value}”").format(value=shown)
            menu.addAction(text, partial(self.ask, replace(self.asked, text=entry.event_ref)))
        if menu.actions():
            menu.addSeparator()

    # the rest

    def _lay_out(self, *, again: bool) -> None:
        place = COLUMNS.index(self.asked.sort) if self.asked.sort != BY_PRIORITY else -1
        order = Qt.SortOrder.DescendingOrder if self.asked.descending else Qt.SortOrder.AscendingOrder
        self.view.heading.setSortIndicator(place, order)
        if not self._laid_out and self.model.rowCount():
            self._laid_out = True
            self.columns.lay_out()
        elif not again:
            self.view.fit_again()

    def _arrange(self, reveal: Reveal) -> None:
        self.search.setPlaceholderText(_("Sök händelse, primäroperation, vårdgivare, personnummer …"))
        self.search.setAccessibleName(_("Sök i kön"))
        self.search.setMaxLength(LONGEST_SEARCH)
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(letters(self, 52))
        self.search.setMinimumWidth(letters(self, 20))
        self.count.setObjectName("count")
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self.view.setModel(self.model)
        self.view.heading.setResizeContentsPrecision(ROWS_MEASURED)
        self.view.setAccessibleName(_("Kö"))
        for name, left in LETTERS_LEFT.items():
            self.view.cut_no_shorter(COLUMNS.index(name), left)
        delegate = IdentityDelegate(self.view, reveal, self.model.number_at)
        self.view.setItemDelegateForColumn(COLUMNS.index("personal_id"), delegate)
        top = QHBoxLayout()
        top.addWidget(self.search, 2)
        top.addWidget(self.filters)
        top.addWidget(self.saved)
        top.addStretch(1)
        top.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.chips)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self._pause.timeout.connect(lambda: self.ask(replace(self.asked, text=" ".join(self.search.text().split()))))
        self.filters.asked_changed.connect(self.ask)
        self.saved.chosen.connect(self.ask)
        self.chips.removed.connect(lambda place: self.ask(self._chips[place].rest))
        self.view.customContextMenuRequested.connect(self._show_cell_menu)
        self.view.heading.customContextMenuRequested.connect(
            lambda where: self.columns.menu().popup(self.view.heading.mapToGlobal(where))
        )
        self.view.heading.sortIndicatorChanged.connect(self.model.sort)
        self.model.sort_wanted.connect(self._sort_by)
        self.view.selectionModel().currentRowChanged.connect(lambda now, _before: self.row_chosen.emit(now.row()))
        copy = QAction(_("Kopiera"), self.view)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        self.view.addAction(copy)

    def _show_cell_menu(self, where: QPoint) -> None:
        index = self.view.indexAt(where)
        if index.isValid():
            self.cell_menu(index).popup(self.view.viewport().mapToGlobal(where))

    def _sort_by(self, column: str, descending: bool) -> None:
        self.ask(replace(self.asked, sort=column, descending=descending or column == BY_PRIORITY))

    def _tell_count(self, found: int, total: int) -> None:
        if found == total:
            text = ngettext("{n} händelse", "{n} händelser", found).format(n=number(found))
        else:
            text = ngettext("{n} av {total} händelse", "{n} av {total} händelser", total).format(
                n=number(found), total=number(total)
            )
        self.count.setText(text)
