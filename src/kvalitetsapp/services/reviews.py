"""Reviewing as screens and commands call it: one case, deciding, drafts, and undo."""

from __future__ import annotations

from kvalitetsapp.services.deciding import decide
from kvalitetsapp.services.review_case import case, keep_draft, opened
from kvalitetsapp.services.review_outcome import ReviewOutcome
from kvalitetsapp.services.two_reviewers import settle
from kvalitetsapp.services.undo_steps import redo as redo_last
from kvalitetsapp.services.undo_steps import redo_name, undo_name
from kvalitetsapp.services.undo_steps import undo as undo_last

__all__ = [
    "ReviewOutcome",
    "case",
    "decide",
    "keep_draft",
    "opened",
    "redo_last",
    "redo_name",
    "settle",
    "undo_last",
    "undo_name",
]
