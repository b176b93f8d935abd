"""The follow-up contacts that reviewers took into cases, by answers that are in effect."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.follow_up import TakenContact
from kvalitetsapp.domain.patient import EventKey

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

# An answer is in effect where the event's link rests on its verdict, whatever the event's side is called by now.
_TAKEN: Final = """
SELECT l.episode, l.joint, l.side, l.event_ref, f.episode, e.source || '/' || e.episode_id, e.admitted, e.provider_id,
       e.cost, a.reviewer, a.answered_at
FROM review_follow_ups f
JOIN review_answers a ON a.answer = f.answer AND a.withdrawn_at IS NULL AND a.decision = 'confirmed'
JOIN links l ON l.verdict = a.verdict AND l.episode = a.episode AND l.joint = a.joint
JOIN episodes e ON e.episode = f.episode
"""
_ORDER: Final = " ORDER BY l.event_ref, l.joint, l.side, e.admitted, 6"


def taken(store: Store) -> tuple[TakenContact, ...]:
    """Return every contact that was taken into a case, by event and day."""
    return tuple(_contact(*row) for row in store.rows(_TAKEN + _ORDER))


def taken_by_others(store: Store, key: EventKey, person: int) -> dict[int, str]:
    """Return which of a person's episodes are in the case of another event than this one, and of which event."""
    rows = store.rows(_TAKEN + " WHERE l.person = ?" + _ORDER, (person,))
    contacts = [_contact(*row) for row in rows]
    return {one.episode: one.event_ref for one in contacts if one.key != key}


def _contact(
    event: int, joint: str, side: str, event_ref: str, episode: int, ref: str, admitted: str, *rest: object
) -> TakenContact:
    provider_id, cost, reviewer, answered_at = rest
    return TakenContact(
        EventKey(event, joint, side),
        event_ref,
        episode,
        ref,
        date.fromisoformat(admitted),
        str(provider_id),
        cost if isinstance(cost, int) else None,
        str(reviewer),
        str(answered_at),
    )
