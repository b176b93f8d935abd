"""Which columns a table shows, where and how wide: as the user last left them, or as the program lays them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QMenu

from kvalitetsapp.gui.remembered import remember, remembered
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kvalitetsapp.domain.table import Column
    from kvalitetsapp.gui.widgets.table_view import TableView


class ColumnMemory:
    """Lays a view's columns out and remembers what the user makes of them, under `name` and the columns' names."""

    def __init__(self, view: TableView, name: str, columns: Callable[[], Sequence[Column]]) -> None:
        self._view = view
        self._name = name
        self._columns = columns
        self.hidden_at_first: tuple[str, ...] = ()
        view.columns_changed.connect(self._remember)

    def lay_out(self) -> None:
        """Show the columns as they are remembered, else all but those that are hidden at first."""
        if not self._columns() or self._restore():
            return
        with self._view.being_laid_out():
            for place, column in enumerate(self._columns()):
                self._view.setColumnHidden(place, column.name in self.hidden_at_first)
        self._view.fit_columns()

    def shown(self) -> list[int]:
        """Return the columns that are shown, in the order in which they stand."""
        header = self._view.horizontalHeader()
        return [
            logical
            for logical in (header.logicalIndex(visual) for visual in range(header.count()))
            if not header.isSectionHidden(logical)
        ]

    def menu(self) -> QMenu:
        """Return the menu that shows and hides columns."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, column in enumerate(self._columns()):
            entry = menu.addAction(_(column.heading))
            entry.setCheckable(True)
            entry.setChecked(not self._view.isColumnHidden(place))
            entry.toggled.connect(lambda on, place=place: self._show(place, on=on))
        menu.addSeparator()
        menu.addAction(_("Återställ kolumnerna"), self._forget)
        return menu

    def _show(self, place: int, *, on: bool) -> None:
        if on or len(self.shown()) > 1:
            self._view.setColumnHidden(place, not on)
            self._view.fit_again()
            self._remember()

    def _memory(self) -> str:
        """Return what the columns are remembered under: the widths of large letters do not fit small ones."""
        height = self._view.fontMetrics().height()
        return f"tables/{self._name}/{height}/{'-'.join(column.name for column in self._columns())}"

    def _remember(self) -> None:
        if self._view.isVisible():
            remember(self._memory(), self._view.horizontalHeader().saveState())

    def _restore(self) -> bool:
        state = remembered().value(self._memory())
        restored = isinstance(state, QByteArray) and self._view.horizontalHeader().restoreState(state)
        if restored:
            self._view.keep_columns()
        return restored

    def _forget(self) -> None:
        header = self._view.horizontalHeader()
        for logical in range(header.count()):
            header.moveSection(header.visualIndex(logical), logical)
        remembered().remove(self._memory())  # last, since the moves are remembered too
        self.lay_out()
