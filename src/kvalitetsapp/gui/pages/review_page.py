"""Granskning: the queue at work, and the views beside it, one per tab."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QTabWidget, QVBoxLayout

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.review_queue import Preset, QueueFilter
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.dialogs import ask_provider, follow_up_rule, history
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.link_changes_view import LinkChangesView
from kvalitetsapp.gui.widgets.missed_events_view import MissedEventsView
from kvalitetsapp.gui.widgets.questions_view import QuestionsView
from kvalitetsapp.gui.widgets.review_desk import ReviewDesk
from kvalitetsapp.gui.widgets.rounds_view import RoundsView
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.domain.review import ReviewCase
    from kvalitetsapp.gui.operations import StoreRunner


class ReviewPage(Page):
    """The page where people decide on links; the views beside the queue read for themselves when they are shown."""

    title: ClassVar[str] = N_("Granskning")
    icon_name: ClassVar[str] = "review"
    interests: ClassVar[frozenset[Changed]] = frozenset(
        {
            *(Changed.LINKS, Changed.VERDICTS, Changed.EPISODES, Changed.COSTS),
            *(Changed.QUESTIONS, Changed.FOLLOW_UP_RULE, Changed.ROUNDS),
        }
    )

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.desk = ReviewDesk(runner)
        self.rounds = RoundsView(runner)
        self.missed = MissedEventsView(runner)
        self.questions = QuestionsView(runner)
        self.link_changes = LinkChangesView(runner)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.desk, _("Kö"))
        self.tabs.addTab(self.rounds, _("Omgångar"))
        self.tabs.addTab(self.missed, _("Möjliga missade"))
        self.tabs.addTab(self.questions, _("Frågor"))
        self.tabs.addTab(self.link_changes, _("Ändringar"))
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(self.tabs)
        self.begins_at = self.desk
        self._connect()

    def refresh(self) -> None:
        """Read what the queue shows."""
        self.desk.refresh()

    def show_wanted(self, wanted: object) -> None:
        """Show a part of the queue by its name, a filter, or an event."""
        self.tabs.setCurrentWidget(self.desk)
        self.desk.show_wanted(wanted)

    def focus_find(self) -> None:
        """Put the cursor where one searches on the tab that is shown."""
        find = getattr(self.tabs.currentWidget(), "focus_find", None)
        if find is not None:
            find()

    def help_topic(self) -> str:
        """Return the page of the manual that tells of the tab that is shown."""
        shown = self.tabs.currentWidget()
        if shown is self.desk:
            return ""
        return "review_rounds" if shown is self.rounds else "beside_the_queue"

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._come_to_tab)
        self.desk.told.connect(self.told)
        self.desk.page_requested.connect(self.page_requested)
        self.desk.question_asked.connect(self._ask_provider)
        self.desk.rule_asked.connect(lambda: follow_up_rule.ask_rule(self, self.runner))
        self.desk.history_asked.connect(lambda: history.show_history(self, self.runner))
        self.rounds.review_asked.connect(self._review_round)
        self.rounds.case_asked.connect(self._review_round)
        for view in (self.rounds, self.missed, self.questions, self.link_changes):
            view.told.connect(self.told)
            view.page_requested.connect(self.page_requested)
        for naming in (self.missed, self.questions, self.link_changes):
            naming.event_wanted.connect(self.show_wanted)

    def _come_to_tab(self, _place: int) -> None:
        """Put the focus where the work of a tab begins; who walks along the tabs with the arrows stays among them."""
        shown = self.tabs.currentWidget()
        self.begins_at = shown
        if isinstance(shown, Page) and shown.begins_at is not None and not self.tabs.tabBar().hasFocus():
            shown.setFocus()

    def _review_round(self, round_id: int, key: EventKey | None = None) -> None:
        """Let the cases of a round be the queue: those that are left, or all of them to show a certain one."""
        preset = Preset.TO_REVIEW if key is None else Preset.ALL
        self.tabs.setCurrentWidget(self.desk)
        self.desk.show_filter(QueueFilter(preset, round_id=round_id), key)

    def _ask_provider(self, case: ReviewCase | None) -> None:
        if case is not None:
            ask_provider.ask(self, self.runner, case.link.key, case.event_facts, provider=case.link.index_provider)
