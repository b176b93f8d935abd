"""What a user has chosen for the desk: after how many minutes without a key or the mouse the window is locked."""

from __future__ import annotations

from typing import Final

from kvalitetsapp.gui.remembered import recall, remember

LEAST_MINUTES: Final = 1
MOST_MINUTES: Final = 15
USUAL_MINUTES: Final = 5
_LOCK_AFTER: Final = "desk/lock_after_minutes"


def lock_after_minutes() -> int:
    """Return after how many minutes the window is locked; what is not such a number counts as nothing chosen."""
    chosen = recall(_LOCK_AFTER)
    if not (chosen.isascii() and chosen.isdigit()):
        return USUAL_MINUTES
    return min(max(int(chosen), LEAST_MINUTES), MOST_MINUTES)


def set_lock_after_minutes(minutes: int) -> None:
    """Keep after how many minutes the window is locked."""
    remember(_LOCK_AFTER, minutes)
