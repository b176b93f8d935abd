"""The review queue as tests ask for it: every link, what is begun, and what is left of a round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.review_queue import Preset, QueueFilter
from kvalitetsapp.services import review_queue
from kvalitetsapp.store import patients

if TYPE_CHECKING:
    from kvalitetsapp.domain.patient import EventKey, Link
    from kvalitetsapp.services.workspace import Workspace


def all_links(workspace: Workspace) -> list[Link]:
    """Return every link by date of event."""
    return [patients._link(row) for row in workspace.store.rows(patients._LINKS + patients._LINK_ORDER)]


def begun(workspace: Workspace, round_id: int | None = None) -> set[EventKey]:
    """Return the events on which the one at work has an unfinished answer."""
    return set(_found(workspace, QueueFilter(Preset.MINE, round_id=round_id)))


def to_review(workspace: Workspace, round_id: int) -> list[EventKey]:
    """Return the cases of a round that the one at work has to answer or settle, by date of event."""
    return _found(workspace, QueueFilter(round_id=round_id, sort="event_date", descending=False))


def _found(workspace: Workspace, asked: QueueFilter) -> list[EventKey]:
    return [one.key for one in review_queue.entries(workspace, review_queue.find(workspace, asked))]
