"""Krav: the cases, and what finance does with them, one tab for each part of the work."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QTabWidget, QVBoxLayout

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.ageing_view import AgeingView
from kvalitetsapp.gui.widgets.bases_view import BasesView
from kvalitetsapp.gui.widgets.cases_view import CasesView
from kvalitetsapp.gui.widgets.claim_watch_view import ClaimWatchView
from kvalitetsapp.gui.widgets.claims_view import ClaimsView
from kvalitetsapp.gui.widgets.payments_view import PaymentsView
from kvalitetsapp.gui.widgets.recovery_summaries_view import RecoverySummariesView
from kvalitetsapp.gui.widgets.unclaimed_view import UnclaimedView
from kvalitetsapp.texts import N_, _, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.claim_watch import ClaimCounts
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

_TOPICS: Final = {"bases": "bases", "payments": "payments", "ageing": "payments", "summaries": "summaries"}


class ClaimsPage(Page):
    """The page where money is asked for; every tab reads for itself when it is shown, the page only the counts."""

    title: ClassVar[str] = N_("Krav")
    icon_name: ClassVar[str] = "claims"
    interests: ClassVar[frozenset[Changed]] = frozenset(
        {
            *(Changed.LINKS, Changed.VERDICTS, Changed.EPISODES, Changed.COSTS),
            *(Changed.AGREEMENTS, Changed.CLAIMS, Changed.BASES),
        }
    )

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.cases = CasesView(runner)
        self.unclaimed = UnclaimedView(runner)
        self.claims = ClaimsView(runner)
        self.bases = BasesView(runner)
        self.payments = PaymentsView(runner)
        self.ageing = AgeingView(runner)
        self.watch = ClaimWatchView(runner)
        self.summaries = RecoverySummariesView(runner)
        self.views = self._views()
        self.tabs = QTabWidget()
        for view in self.views.values():
            self.tabs.addTab(view, _(view.title))
        self._connect()
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(self.tabs)
        self.begins_at = self.tabs.currentWidget()

    def refresh(self) -> None:
        """Count what waits, for the names of the tabs."""
        if self.runner.may(Right.READ_CLAIMS):
            self.runner.run(_counts, self._show_counts)

    def show_wanted(self, wanted: object) -> None:
        """Show a tab by its name, a part of one (`watch/corrections`), or the case of an index operation."""
        name, *parts = wanted.split("/") if isinstance(wanted, str) else [""]
        view = self.views.get(name)
        if view is None or len(parts) > 1:  # a reference of an operation has more parts
            self._show_case(wanted)
            return
        self.tabs.setCurrentWidget(view)
        for part in parts:
            view.show_wanted(part)

    def focus_find(self) -> None:
        """Put the cursor where one searches on the tab that is shown."""
        shown = self.tabs.currentWidget()
        if isinstance(shown, Page):
            shown.focus_find()

    def help_topic(self) -> str:
        """Return the page of the manual that tells of the tab that is shown."""
        shown = self.tabs.currentWidget()
        return next((_TOPICS[name] for name, view in self.views.items() if view is shown and name in _TOPICS), "")

    def _views(self) -> dict[str, Page]:
        """Return the tabs by name in the order of the work."""
        return {
            "cases": self.cases,
            "unclaimed": self.unclaimed,
            "claims": self.claims,
            "bases": self.bases,
            "payments": self.payments,
            "ageing": self.ageing,
            "watch": self.watch,
            "summaries": self.summaries,
        }

    def _connect(self) -> None:
        """Let what a tab asks for reach the tab or page that does it."""
        self.tabs.currentChanged.connect(self._come_to_tab)
        led = {
            "case_wanted": self._show_case,
            "event_wanted": self._show_event,
            "issue_asked": self._issue,
            "credit_asked": self._show_document,
        }
        for view in self.views.values():
            view.told.connect(self.told)
            view.page_requested.connect(self.page_requested)
            for signal, then in led.items():
                if hasattr(view, signal):
                    getattr(view, signal).connect(then)

    def _show_case(self, index_ref: object) -> None:
        self.tabs.setCurrentWidget(self.cases)
        self.cases.show_wanted(index_ref)

    def _show_event(self, key: object) -> None:
        self.page_requested.emit("review", key)

    def _issue(self, claims: tuple[int, ...]) -> None:
        """Let the tab of the documents issue claims, in sight."""
        self.tabs.setCurrentWidget(self.bases)
        self.bases.issue(claims)

    def _show_document(self, number: str, _line: int) -> None:
        """Show a document where it is credited."""
        self.tabs.setCurrentWidget(self.bases)
        self.bases.show_wanted(number)

    def _show_counts(self, found: ClaimCounts) -> None:
        for name, waiting in (("unclaimed", found.cases), ("watch", found.corrections)):
            view = self.views[name]
            title = _(view.title)
            self.tabs.setTabText(self.tabs.indexOf(view), f"{title}  {number(waiting)}" if waiting else title)

    def _come_to_tab(self, _place: int) -> None:
        """Put the focus where the work of a tab begins; who walks along the tabs with the arrows stays among them."""
        shown = self.tabs.currentWidget()
        self.begins_at = shown
        if not self.tabs.tabBar().hasFocus():
            shown.setFocus()


def _counts(workspace: Workspace, _progress: Progress) -> ClaimCounts:
    from kvalitetsapp.services import claim_lists

    return claim_lists.counts(workspace)
