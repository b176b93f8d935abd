"""Counts of what waits for someone, straight from the links of the last run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

_COUNTS = """
SELECT count(*),
       coalesce(sum(l.index_ref IS NOT NULL), 0),
       coalesce(sum(l.status IN ('confirmed', 'rejected')), 0),
       coalesce(sum(l.status = 'proposed'), 0),
       coalesce(sum(l.status = 'ambiguous'), 0),
       coalesce(sum(l.status IN ('proposed', 'ambiguous') AND p.kind = 'own'), 0),
       coalesce(sum(l.another_look), 0)
FROM links l JOIN providers p ON p.provider_id = l.event_provider_id
"""


@dataclass(frozen=True, slots=True)
class LinkCounts:
    """Events by what has been done about them; `own_to_review` are those that the region cared for itself."""

    events: int
    linked: int
    decided: int
    proposed: int
    ambiguous: int
    own_to_review: int
    another_look: int


def link_counts(store: Store) -> LinkCounts:
    """Return the counts over every link."""
    return LinkCounts(*store.rows(_COUNTS)[0])
