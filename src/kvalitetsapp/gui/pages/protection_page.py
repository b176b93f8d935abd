"""Skydd: who may do what, what was done, copies to go back to, and what is exchanged, a tab each.

Which tab takes which right stands in `gui/permissions.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from kvalitetsapp.gui.pages.tabbed_page import TabbedPage
from kvalitetsapp.gui.widgets.access_log_view import AccessLogView
from kvalitetsapp.gui.widgets.backups_view import BackupsView
from kvalitetsapp.gui.widgets.desk_view import DeskView
from kvalitetsapp.gui.widgets.exchange_view import ExchangeView
from kvalitetsapp.gui.widgets.log_checks_view import LogChecksView
from kvalitetsapp.gui.widgets.retention_view import RetentionView
from kvalitetsapp.gui.widgets.users_view import UsersView
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.pages.page import Page

_TOPICS: Final = {
    "users": "anvandare",
    "desk": "skydd",
    "backups": "sakerhetskopior",
    "log": "logg",
    "checks": "logg",
    "retention": "logg",
    "exchange": "utbyte",
}


class ProtectionPage(TabbedPage):
    """The page of protection; every tab reads for itself when it is shown."""

    title: ClassVar[str] = N_("Skydd")
    icon_name: ClassVar[str] = "protection"

    def __init__(self, runner: StoreRunner) -> None:
        self.users: Page = UsersView(runner)
        self.desk: Page = DeskView(runner)
        self.backups: Page = BackupsView(runner)
        self.log: Page = AccessLogView(runner)
        self.checks: Page = LogChecksView(runner)
        self.retention: Page = RetentionView(runner)
        self.exchange: Page = ExchangeView(runner)
        super().__init__(runner, {name: getattr(self, name) for name in _TOPICS})

    def help_topic(self) -> str:
        """Return the page of the manual that tells of the tab that is shown."""
        return _TOPICS[self.shown_name()]
