"""Who works in the sample county, and its store as it was on an earlier day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kvalitetsapp.services.workspace import Workspace

CLERK: Final = "Utredaren"
CHIEF: Final = "Chefen"


@dataclass
class OnADay(Workspace):
    """The workspace as it was on a day, with one user at it."""

    day: date = date.min

    @property
    def today(self) -> date:
        """Return the day."""
        return self.day


def at(workspace: Workspace, days_ago: int, user: str = CLERK) -> OnADay:
    """Return the workspace as it was so many days ago, with a user at it."""
    day = workspace.today - timedelta(days=days_ago)
    return OnADay(workspace.store, None, user, workspace.roles, workspace.unit, day=day)
