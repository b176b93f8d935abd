"""Granskning: the queue at work, and the views beside it, one per tab."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QTabWidget, QVBoxLayout

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.review_desk import ReviewDesk
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.gui.operations import StoreRunner


class ReviewPage(Page):
    """The page where people decide on links."""

    title: ClassVar[str] = N_("Granskning")
    icon_name: ClassVar[str] = "review"
    interests: ClassVar[frozenset[Changed]] = frozenset(
        {Changed.LINKS, Changed.VERDICTS, Changed.EPISODES, Changed.QUESTIONS, Changed.FOLLOW_UP_RULE}
    )

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.desk = ReviewDesk(runner)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.desk, _("Kö"))
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(self.tabs)
        self.setFocusProxy(self.desk)
        self.tabs.currentChanged.connect(lambda _place: self.setFocusProxy(self.tabs.currentWidget()))
        self.desk.told.connect(self.told)
        self.desk.page_requested.connect(self.page_requested)

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
