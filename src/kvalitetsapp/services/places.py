"""Whether a place is a good one for a store, and what is done about it where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.store import place

if TYPE_CHECKING:
    from pathlib import Path


def warning_about(path: Path) -> str:
    """Return a sentence on why a store should not lie at `path`, "" where nothing speaks against it."""
    return place.warning_about(path)
