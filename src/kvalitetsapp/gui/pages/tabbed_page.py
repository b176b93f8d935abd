"""A page that is nothing but its tabs, each a page of its own that reads for itself when it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QTabWidget, QVBoxLayout

from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changes
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.gui.operations import StoreRunner


class TabbedPage(Page):
    """Shows its views by name, in their order, under their titles."""

    interests: ClassVar[Changes] = NOTHING_CHANGED

    def __init__(self, runner: StoreRunner, views: Mapping[str, Page]) -> None:
        super().__init__(runner)
        self.views = dict(views)
        self.tabs = QTabWidget()
        for view in self.views.values():
            self.tabs.addTab(view, _(view.title))
            view.told.connect(self.told)
            view.page_requested.connect(self.page_requested)
        self.tabs.currentChanged.connect(self._come_to_tab)
        self.column = QVBoxLayout(self)
        spacing.pad(self.column, self, 0.8)
        self.column.addWidget(self.tabs)
        self.begins_at = self.tabs.currentWidget()

    def show_wanted(self, wanted: object) -> None:
        """Show a tab by its name, or what is wanted on one (`finals/withdrawn`, `log/196812099874`)."""
        name, *parts = wanted.split("/") if isinstance(wanted, str) else [""]
        view = self.views.get(name)
        if view is not None:
            self.tabs.setCurrentWidget(view)
            for part in parts:
                view.show_wanted(part)

    def mark_stale(self) -> None:
        """Let every tab read again, the one that is shown now (F5)."""
        for view in self.views.values():
            view.mark_stale()

    def focus_find(self) -> None:
        """Put the cursor where one searches on the tab that is shown."""
        shown = self.tabs.currentWidget()
        if isinstance(shown, Page):
            shown.focus_find()

    def shown_name(self) -> str:
        """Return the name of the tab that is shown, "" where there is none."""
        return next((name for name, view in self.views.items() if view is self.tabs.currentWidget()), "")

    def _come_to_tab(self, _place: int) -> None:
        """Put the focus where the work of a tab begins; who walks along the tabs with the arrows stays among them."""
        shown = self.tabs.currentWidget()
        self.begins_at = shown
        if not self.tabs.tabBar().hasFocus():
            shown.setFocus()
