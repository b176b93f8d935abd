"""Utveckling: what the figures lead to, a tab each, and the tables that the work rests on.

A tab is a line of `_VIEWS`, and its title a line of `gui/navigation.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from kvalitetsapp.gui.pages.tabbed_page import TabbedPage
from kvalitetsapp.gui.widgets.agenda_view import AgendaView
from kvalitetsapp.gui.widgets.editable_tables_view import EditableTablesView
from kvalitetsapp.gui.widgets.equity_view import EquityView
from kvalitetsapp.gui.widgets.families_view import FamiliesView
from kvalitetsapp.gui.widgets.gaps_view import GapsView
from kvalitetsapp.gui.widgets.meetings_view import MeetingsView
from kvalitetsapp.gui.widgets.needs_view import NeedsView
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.pages.page import Page

_VIEWS: Final[dict[str, type[Page]]] = {
    "equity": EquityView,
    "needs": NeedsView,
    "meetings": MeetingsView,
    "gaps": GapsView,
    "agenda": AgendaView,
    "tables": EditableTablesView,
    "families": FamiliesView,
}


class DevelopmentPage(TabbedPage):
    """The page of development; every tab reads for itself when it is shown."""

    title: ClassVar[str] = N_("Utveckling")
    icon_name: ClassVar[str] = "development"

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, {name: view(runner) for name, view in _VIEWS.items()})

    def help_topic(self) -> str:
        """Return the page of the manual that the shown tab has, else its section of the page of development."""
        of_tab = self.views[self.shown_name()].help_topic()
        return of_tab or f"development#{self.tabs.tabText(self.tabs.currentIndex())}"
