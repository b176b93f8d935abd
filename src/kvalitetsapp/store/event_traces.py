"""What is left to tell of an event that is no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store


@dataclass(frozen=True, slots=True)
class EventTrace:
    """An episode after its event went: whether it is there, which import corrected it last, its events now."""

    is_there: bool
    corrected_by: int | None = None
    corrected_in: str = ""
    events: tuple[str, ...] = ()


def trace(store: Store, episode: int) -> EventTrace:
    """Return what is left to tell of an episode whose event is gone."""
    if store.value("SELECT 1 FROM episodes WHERE episode = ?", (episode,)) is None:
        return EventTrace(is_there=False)
    corrections = store.rows(
        "SELECT b.batch, b.file_name FROM row_history h JOIN import_batches b ON b.batch = h.replaced_by "
        "WHERE h.table_name = 'episodes' AND h.row_key = ? AND h.undone_at IS NULL ORDER BY h.history DESC LIMIT 1",
        (episode,),
    )
    events = store.rows("SELECT event_ref, joint, side FROM links WHERE episode = ? ORDER BY 2, 3", (episode,))
    batch, file = corrections[0] if corrections else (None, "")
    return EventTrace(
        is_there=True,
        corrected_by=batch,
        corrected_in=file,
        events=tuple("/".join(part for part in event if part) for event in events),
    )
