"""A second start for a store that another window of the same user has open: that window comes forward instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.store import calling, lock

if TYPE_CHECKING:
    from pathlib import Path


def calls_the_first(path: Path) -> bool:
    """Ask the user's own window that writes to the store at `path` to come forward; tell whether there is one."""
    holder = lock.holder_of(path)
    if holder is None or not holder.is_own_window or not lock.is_held(path):
        return False
    calling.call(path)
    return True


def was_called(path: Path) -> bool:
    """Take a call to come forward; tell whether there was one."""
    return calling.answered(path)
