"""Rapporter: drafts and final reports, what has left the department, and the notes that reports print, a tab each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kvalitetsapp.gui.pages.tabbed_page import TabbedPage
from kvalitetsapp.gui.widgets.final_reports_view import FinalReportsView
from kvalitetsapp.gui.widgets.make_report_view import MakeReportView
from kvalitetsapp.gui.widgets.provider_notes_view import ProviderNotesView
from kvalitetsapp.gui.widgets.releases_view import ReleasesView
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from kvalitetsapp.gui.operations import StoreRunner


class ReportsPage(TabbedPage):
    """The page of reports; every tab reads for itself when it is shown."""

    title: ClassVar[str] = N_("Rapporter")
    icon_name: ClassVar[str] = "reports"

    def __init__(self, runner: StoreRunner) -> None:
        self.make = MakeReportView(runner)
        self.finals = FinalReportsView(runner)
        self.releases = ReleasesView(runner)
        self.notes = ProviderNotesView(runner)
        super().__init__(
            runner, {"make": self.make, "finals": self.finals, "releases": self.releases, "notes": self.notes}
        )
        for empty in (self.finals.empty, self.releases.empty):
            empty.asked.connect(lambda: self.tabs.setCurrentWidget(self.make))

    def help_topic(self) -> str:
        """Return the section of the manual that tells of the tab that is shown."""
        return f"reports#{self.tabs.tabText(self.tabs.currentIndex())}"
