"""Väntande: who waits, how long and why, from county to procedure; what can be operated, and what could be moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.waiting import WaitingChoices
from kvalitetsapp.gui.dialogs.waiting_entries import WaitingEntriesDialog
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.pages.tabbed_page import TabbedPage
from kvalitetsapp.gui.permissions import refusal
from kvalitetsapp.gui.widgets.empty_state import EmptyState
from kvalitetsapp.gui.widgets.redistribution_view import RedistributionView
from kvalitetsapp.gui.widgets.waiting_capacity_view import WaitingCapacityView
from kvalitetsapp.gui.widgets.waiting_days_view import WaitingDaysView
from kvalitetsapp.gui.widgets.waiting_quality_view import WaitingQualityView
from kvalitetsapp.gui.widgets.waiting_scope_bar import WaitingScopeBar
from kvalitetsapp.gui.widgets.waiting_series_view import WaitingSeriesView
from kvalitetsapp.gui.widgets.waiting_state_view import WaitingStateView
from kvalitetsapp.gui.widgets.waiting_view import WaitingView
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.changes import Changes
    from kvalitetsapp.domain.waiting_behind import EntriesBehind
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


class WaitingPage(TabbedPage):
    """Waiting lists for a scope that is chosen once for all tabs; every tab reads for itself when it is shown."""

    title: ClassVar[str] = N_("Väntande")
    icon_name: ClassVar[str] = "waiting"
    interests: ClassVar[Changes] = frozenset(
        {Changed.WAITING, Changed.TABLES, Changed.IMPORTS, Changed.AGREEMENTS, Changed.LINKS, Changed.BENCHMARKS}
    )

    def __init__(self, runner: StoreRunner) -> None:
        self.state, self.series, self.days = (
            WaitingStateView(runner),
            WaitingSeriesView(runner),
            WaitingDaysView(runner),
        )
        self.capacity, self.moving, self.quality = (
            WaitingCapacityView(runner),
            RedistributionView(runner),
            WaitingQualityView(runner),
        )
        views: dict[str, WaitingView] = {
            "state": self.state,
            "series": self.series,
            "days": self.days,
            "capacity": self.capacity,
            "redistribution": self.moving,
            "findings": self.quality,
        }
        super().__init__(runner, views)
        self.scope = WaitingScopeBar()
        self.empty = EmptyState(
            _("Det finns inga väntelistor. De kommer när listor vid månadsslut är inlästa."), _("Gå till Import")
        )
        self._choices = WaitingChoices()
        self._arrange()
        for view in views.values():
            view.entries_asked.connect(self.show_entries)
        self.scope.changed.connect(self._set_scope)
        self.empty.asked.connect(lambda: self.page_requested.emit("import", None))

    def refresh(self) -> None:
        """Read what there is to choose from; the tabs read the figures."""
        self.runner.run(_choices, self._set_choices, label=_("Läser väntelistor"))

    def mark_stale(self) -> None:
        """Read what there is to choose from again, and then every tab."""
        Page.mark_stale(self)

    def show_entries(self, asked: EntriesBehind) -> None:
        """Show the entries behind a figure, to those who may see rows."""
        if self.runner.may(Right.READ_ROWS):
            WaitingEntriesDialog(self.runner, asked, self).open()
        else:
            self.told.emit(refusal(Right.READ_ROWS))

    def _arrange(self) -> None:
        self.column.insertWidget(0, self.scope)
        self.column.addWidget(self.empty)
        self._show_empty(on=False)

    def _show_empty(self, *, on: bool) -> None:
        self.empty.setVisible(on)
        self.scope.setVisible(not on)
        self.tabs.setVisible(not on)

    def _set_choices(self, choices: WaitingChoices) -> None:
        self._choices = choices
        self._show_empty(on=not choices.snapshots)
        self.scope.set_choices(choices)
        if choices.snapshots:
            self._set_scope()

    def _set_scope(self) -> None:
        scope = self.scope.scope()
        for view in self.views.values():
            if isinstance(view, WaitingView):
                view.set_scope(scope, self._choices)


def _choices(workspace: Workspace, _progress: Progress) -> WaitingChoices:
    from kvalitetsapp.services import waiting

    return waiting.choices(workspace)
