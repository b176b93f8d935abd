"""Rapporter: drafts and final reports, what has left the department, and the notes that reports print, a tab each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QTabWidget, QVBoxLayout

from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changes
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.final_reports_view import FinalReportsView
from kvalitetsapp.gui.widgets.make_report_view import MakeReportView
from kvalitetsapp.gui.widgets.provider_notes_view import ProviderNotesView
from kvalitetsapp.gui.widgets.releases_view import ReleasesView
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.gui.operations import StoreRunner


class ReportsPage(Page):
    """The page of reports; every tab reads for itself when it is shown."""

    title: ClassVar[str] = N_("Rapporter")
    icon_name: ClassVar[str] = "reports"
    interests: ClassVar[Changes] = NOTHING_CHANGED

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.make = MakeReportView(runner)
        self.finals = FinalReportsView(runner)
        self.releases = ReleasesView(runner)
        self.notes = ProviderNotesView(runner)
        self.views: dict[str, Page] = {
            "make": self.make,
            "finals": self.finals,
            "releases": self.releases,
            "notes": self.notes,
        }
        self.tabs = QTabWidget()
        for view in self.views.values():
            self.tabs.addTab(view, _(view.title))
            view.told.connect(self.told)
            view.page_requested.connect(self.page_requested)
        for empty in (self.finals.empty, self.releases.empty):
            empty.asked.connect(lambda: self.tabs.setCurrentWidget(self.make))
        self.tabs.currentChanged.connect(self._come_to_tab)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(self.tabs)
        self.begins_at = self.tabs.currentWidget()

    def show_wanted(self, wanted: object) -> None:
        """Show a tab by its name, or what is wanted on one (`finals/withdrawn`, `notes/P01`)."""
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

    def help_topic(self) -> str:
        """Return the section of the manual that tells of the tab that is shown."""
        return f"reports#{self.tabs.tabText(self.tabs.currentIndex())}"

    def _come_to_tab(self, _place: int) -> None:
        """Put the focus where the work of a tab begins; who walks along the tabs with the arrows stays among them."""
        shown = self.tabs.currentWidget()
        self.begins_at = shown
        if not self.tabs.tabBar().hasFocus():
            shown.setFocus()
