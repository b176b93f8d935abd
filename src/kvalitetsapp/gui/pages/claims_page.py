"""Krav: the cases, and what finance does with them, one tab for each part of the work."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QTabWidget, QVBoxLayout

from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.cases_view import CasesView
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.changes import Changed
    from kvalitetsapp.gui.operations import StoreRunner


class ClaimsPage(Page):
    """The page where money is asked for; every tab reads for itself when it is shown."""

    title: ClassVar[str] = N_("Krav")
    icon_name: ClassVar[str] = "claims"
    interests: ClassVar[frozenset[Changed]] = frozenset()

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.cases = CasesView(runner)
        self.tabs = QTabWidget()
        for view in self._views():
            self.tabs.addTab(view, _(view.title))
            view.told.connect(self.told)
            view.page_requested.connect(self.page_requested)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(self.tabs)
        self.setFocusProxy(self.tabs.currentWidget())
        self.tabs.currentChanged.connect(self._come_to_tab)

    def show_wanted(self, wanted: object) -> None:
        """Show the case of an index operation."""
        self.tabs.setCurrentWidget(self.cases)
        self.cases.show_wanted(wanted)

    def focus_find(self) -> None:
        """Put the cursor where one searches on the tab that is shown."""
        shown = self.tabs.currentWidget()
        if isinstance(shown, Page):
            shown.focus_find()

    def _views(self) -> tuple[Page, ...]:
        """Return the tabs in the order of the work."""
        return (self.cases,)

    def _come_to_tab(self, _place: int) -> None:
        """Put the focus where the work of a tab begins; who walks along the tabs with the arrows stays among them."""
        shown = self.tabs.currentWidget()
        self.setFocusProxy(shown)
        if shown.focusProxy() is not None and not self.tabs.tabBar().hasFocus():
            shown.setFocus()
