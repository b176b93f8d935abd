"""Skydd: who may do what, what was done, copies to go back to, and what is exchanged, a tab each.

A tab is there for those who may do something on it; the services refuse anyway.
"""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, cast

from PySide6.QtWidgets import QTabWidget, QVBoxLayout

from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changes
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.gui.operations import StoreRunner


@dataclass(frozen=True, slots=True)
class ProtectionTab:
    """A tab: its name and title, the right that it takes, where its view stands, and the page of the manual for it."""

    name: str
    title: str
    right: Right
    module: str
    class_name: str
    topic: str

    def is_built(self) -> bool:
        """Tell whether the tab exists in this version."""
        return importlib.util.find_spec(self._module) is not None

    def make(self, runner: StoreRunner) -> Page:
        """Return a new view."""
        return cast("Page", getattr(importlib.import_module(self._module), self.class_name)(runner))

    @property
    def _module(self) -> str:
        return f"kvalitetsapp.gui.widgets.{self.module}"


TABS: Final = (
    ProtectionTab("users", N_("Användare och nycklar"), Right.CHECK_STORE, "users_view", "UsersView", "anvandare"),
    ProtectionTab("desk", N_("Låsning"), Right.CHECK_STORE, "desk_view", "DeskView", "skydd"),
    ProtectionTab("backups", N_("Säkerhetskopior"), Right.BACK_UP, "backups_view", "BackupsView", "sakerhetskopior"),
    ProtectionTab("log", N_("Logg"), Right.READ_LOG, "access_log_view", "AccessLogView", "logg"),
    ProtectionTab("checks", N_("Loggkontroll"), Right.CHECK_LOG, "log_checks_view", "LogChecksView", "logg"),
    ProtectionTab("retention", N_("Gallring"), Right.DECIDE_RETENTION, "retention_view", "RetentionView", "logg"),
    ProtectionTab("exchange", N_("Utbyte"), Right.EXCHANGE, "exchange_view", "ExchangeView", "utbyte"),
)


class ProtectionPage(Page):
    """The page of protection; every tab reads for itself when it is shown."""

    title: ClassVar[str] = N_("Skydd")
    icon_name: ClassVar[str] = "protection"
    interests: ClassVar[Changes] = NOTHING_CHANGED

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        rights = runner.store.rights if runner.store is not None else frozenset()
        self.shown = [tab for tab in TABS if tab.is_built() and tab.right in rights]
        self.views = {tab.name: tab.make(runner) for tab in self.shown}
        self.tabs = QTabWidget()
        for tab in self.shown:
            view = self.views[tab.name]
            self.tabs.addTab(view, _(tab.title))
            view.told.connect(self.told)
            view.page_requested.connect(self.page_requested)
        self.tabs.currentChanged.connect(self._come_to_tab)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(self.tabs)
        self.begins_at = self.tabs.currentWidget()

    def show_wanted(self, wanted: object) -> None:
        """Show a tab by its name, or what is wanted on one (`log/196812099874`)."""
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
        view = self.tabs.currentWidget()
        if isinstance(view, Page):
            view.focus_find()

    def help_topic(self) -> str:
        """Return the page of the manual that tells of the tab that is shown."""
        place = self.tabs.currentIndex()
        return self.shown[place].topic if 0 <= place < len(self.shown) else "skydd"

    def _come_to_tab(self, _place: int) -> None:
        """Put the focus where the work of a tab begins; who walks along the tabs with the arrows stays among them."""
        view = self.tabs.currentWidget()
        self.begins_at = view
        if not self.tabs.tabBar().hasFocus():
            view.setFocus()
