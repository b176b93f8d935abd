"""The two menus over the review queue: what it is narrowed to, and the filters that are kept under a name."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from kvalitetsapp.domain.review_priority import Reason
from kvalitetsapp.domain.review_queue import QUEUE, QueueFilter
from kvalitetsapp.domain.words import ComplicationClass, LinkStatus, Side, SurgeryLevel, word
from kvalitetsapp.gui import followed
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.filter_period import FilterPeriodDialog
from kvalitetsapp.gui.theme import mark
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvalitetsapp.services.saved_filters import SavedFilter

_LISTS: Final = (
    ("statuses", "status", tuple(LinkStatus)),
    ("sides", "side", (Side.RIGHT, Side.LEFT, Side.UNKNOWN)),
    ("classes", "complication_class", tuple(ComplicationClass)),
    ("surgery_levels", "surgery_level", tuple(SurgeryLevel)),
)


def _heading(column: str) -> str:
    return next(_(one.heading) for one in QUEUE if one.name == column)


class FilterButton(QPushButton):
    """Narrows the queue; every entry is a condition that becomes a chip."""

    asked_changed = Signal(object)  # QueueFilter
    points_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = QueueFilter()
        self._providers: Mapping[str, str] = {}
        self.setText(_("Filter"))
        mark(self, "compact")
        self.setMenu(QMenu(self))
        self.menu().aboutToShow.connect(self.fill)

    def set_asked(self, asked: QueueFilter, providers: Mapping[str, str]) -> None:
        """Let the menu stand for this filter."""
        self._asked, self._providers = asked, providers

    def fill(self) -> None:
        """Make the menu's entries from the filter that stands."""
        menu = self.menu()
        menu.clear()
        for field, column, codes in _LISTS:
            self._list(menu.addMenu(_heading(column)), field, ((code.value, word(column, code)) for code in codes))
            if column == "status":
                self._list(menu.addMenu(_heading("joint")), "joints", followed.choices())
        self._list(menu.addMenu(_("Opererad hos")), "index_providers", self._providers.items())
        self._list(menu.addMenu(_("Varför nu")), "reasons", ((one, one.label) for one in Reason))
        menu.addSeparator()
        own = menu.addAction(_("Vård i egen regi"))
        own.setCheckable(True)
        own.setChecked(self._asked.own_care_only)
        own.toggled.connect(lambda on: self.asked_changed.emit(replace(self._asked, own_care_only=on)))
        menu.addAction(_("Händelsedatum …"), self._ask_period)
        menu.addSeparator()
        menu.addAction(_("Poäng …"), self.points_wanted.emit)

    def _list(self, menu: QMenu, field: str, values: Iterable[tuple[str, str]]) -> None:
        for value, label in values:
            entry = menu.addAction(label)
            entry.setCheckable(True)
            entry.setChecked(value in getattr(self._asked, field))
            entry.toggled.connect(partial(self._toggle, field, value))

    def _toggle(self, field: str, value: str, on: bool) -> None:
        kept = tuple(one for one in getattr(self._asked, field) if one != value)
        self.asked_changed.emit(self._asked.with_field(field, (*kept, value) if on else kept))

    def _ask_period(self) -> None:
        dialog = FilterPeriodDialog(self._asked.event_from, self._asked.event_to, self.window())
        dialog.accepted.connect(partial(self._take_period, dialog))
        dialog.open()

    def _take_period(self, dialog: FilterPeriodDialog) -> None:
        since, until = dialog.days()
        self.asked_changed.emit(replace(self._asked, event_from=since, event_to=until))


class SavedFiltersButton(QPushButton):
    """Chooses, keeps, renames and takes away saved filters."""

    chosen = Signal(object)  # QueueFilter
    save_wanted = Signal(str)
    rename_wanted = Signal(int, str)
    delete_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved: tuple[SavedFilter, ...] = ()
        self._can_write = True
        self.setText(_("Sparade filter"))
        mark(self, "compact")
        self.setMenu(QMenu(self))
        self.menu().aboutToShow.connect(self.fill)

    def set_saved(self, saved: tuple[SavedFilter, ...], *, can_write: bool) -> None:
        """Offer these filters."""
        self._saved, self._can_write = saved, can_write

    def fill(self) -> None:
        """Make the menu's entries."""
        menu = self.menu()
        menu.clear()
        for one in self._saved:
            shown = one.name if one.asked is not None else _("{name} (går inte att läsa)").format(name=one.name)
            entry = menu.addAction(shown)
            entry.setEnabled(one.asked is not None)
            entry.triggered.connect(lambda _on=False, one=one: self.chosen.emit(one.asked))
        menu.addSeparator()
        menu.addAction(_("Spara filtret …"), self._ask_name).setEnabled(self._can_write)
        for title, do in ((_("Byt namn"), self._ask_new_name), (_("Ta bort"), self._ask_delete)):
            part = menu.addMenu(title)
            part.setEnabled(self._can_write and bool(self._saved))
            for one in self._saved:
                part.addAction(one.name, partial(do, one))

    def _ask_name(self) -> None:
        name = messages.ask_text(self.window(), _("Spara filtret"), _("Namn"))
        if name:
            self.save_wanted.emit(name)

    def _ask_new_name(self, one: SavedFilter) -> None:
        name = messages.ask_text(self.window(), _("Byt namn"), _("Namn"), one.name)
        if name and name != one.name:
            self.rename_wanted.emit(one.filter_id, name)

    def _ask_delete(self, one: SavedFilter) -> None:
        question = _("Ta bort det sparade filtret {name}?").format(name=one.name)
        if messages.ask(self.window(), question, yes=_("Ta bort")):
            self.delete_wanted.emit(one.filter_id)
