"""The follow-up contacts that reviewers took into cases, by answers that are in effect.

A contact that a correction has given to another person since is in no case.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.follow_up import TakenContact
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.store import identities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kvalitetsapp.store.connection import Store

# An answer is in effect where the event's link rests on its verdict, whatever the event's side is called by now.
_TAKEN: Final = """
SELECT l.episode, l.joint, l.side, l.event_ref, f.episode, e.source || '/' || e.episode_id, e.admitted, e.provider_id,
       e.cost, a.reviewer, a.answered_at, l.person, e.identity
FROM review_follow_ups f
JOIN review_answers a ON a.answer = f.answer AND a.withdrawn_at IS NULL AND a.decision = 'confirmed'
JOIN links l ON l.verdict = a.verdict AND l.episode = a.episode AND l.joint = a.joint
JOIN episodes e ON e.episode = f.episode
"""
_ORDER: Final = " ORDER BY l.event_ref, l.joint, l.side, e.admitted, 6"


def taken(store: Store) -> tuple[TakenContact, ...]:
    """Return every contact that was taken into a case, by event and day."""
    return tuple(_contacts(store, store.rows(_TAKEN + _ORDER)))


def taken_by_others(store: Store, key: EventKey, person: int) -> dict[int, str]:
    """Return which of a person's episodes are in the case of another event than this one, and of which event."""
    rows = store.rows(_TAKEN + " WHERE l.person = ?" + _ORDER, (person,))
    return {one.episode: one.event_ref for one in _contacts(store, rows) if one.key != key}


def _contacts(store: Store, rows: Iterable[tuple[Any, ...]]) -> Iterator[TakenContact]:
    same: dict[int, int] | None = None
    for *told, person, identity in rows:
        if identity != person:
            same = identities.same_person(store) if same is None else same
            if same.get(identity, identity) != person:
                continue
        yield _contact(*told)


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
