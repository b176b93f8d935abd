"""When what a claim needs came into the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.store.connection import Store

_READ = """
SELECT e.episode,
       substr(coalesce((SELECT b.imported_at FROM row_history h JOIN import_batches b ON b.batch = h.previous_batch
                        WHERE h.table_name = 'episodes' AND h.row_key = e.episode ORDER BY h.history LIMIT 1),
                       (SELECT imported_at FROM import_batches b WHERE b.batch = e.batch)), 1, 10),
       substr((SELECT max(b.imported_at) FROM row_history h JOIN import_batches b ON b.batch = h.replaced_by
               WHERE h.table_name = 'episodes' AND h.row_key = e.episode AND h.undone_at IS NULL
                 AND json_extract(h.content, '$.cost') IS NULL), 1, 10)
FROM episodes e WHERE e.episode IN (SELECT episode FROM links WHERE claim_by < ?)
"""


@dataclass(frozen=True, slots=True)
class Arrival:
    """The days on which an episode and its cost were imported first, the cost's "" where they came together."""

    imported_on: str
    cost_on: str


def arrivals(store: Store, before: date) -> dict[int, Arrival]:
    """Return when the episodes came whose events could be claimed for until some day before `before`."""
    rows = store.rows(_READ, (before.isoformat(),))
    return {episode: Arrival(imported, cost or "") for episode, imported, cost in rows}
