"""Reviewing as screens and commands call it: the queue, one case, deciding, drafts, and undo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.services.deciding import decide
from kvalitetsapp.services.review_case import case, keep_draft
from kvalitetsapp.services.review_outcome import ReviewOutcome
from kvalitetsapp.services.two_reviewers import settle
from kvalitetsapp.services.undo_steps import redo as redo_last
from kvalitetsapp.services.undo_steps import redo_name, undo_name
from kvalitetsapp.services.undo_steps import undo as undo_last
from kvalitetsapp.store import patients, review_drafts

if TYPE_CHECKING:
    from kvalitetsapp.domain.patient import EventKey, Link
    from kvalitetsapp.services.workspace import Workspace

__all__ = [
    "Queue",
    "ReviewOutcome",
    "case",
    "decide",
    "keep_draft",
    "queue",
    "redo_last",
    "redo_name",
    "settle",
    "undo_last",
    "undo_name",
]


@dataclass(frozen=True, slots=True)
class Queue:
    """Every link by date of event, on which of them this reviewer has an unfinished answer, and what can be undone."""

    links: tuple[Link, ...]
    drafted: frozenset[EventKey]
    undo_name: str
    redo_name: str = ""


def queue(workspace: Workspace) -> Queue:
    """Return all links with what is unfinished and what can be undone and done again."""
    links = tuple(patients.all_links(workspace.store))
    drafts = review_drafts.drafted(workspace.store, workspace.user)
    drafted = frozenset(link.key for link in links if link.key in drafts) if drafts else frozenset()
    return Queue(links, drafted, undo_name(workspace), redo_name(workspace))
