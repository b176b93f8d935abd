"""What the protocol of a round tells beside its cases and answers: operations named, questions asked, harm missed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.review_round import RoundDefinition
    from kvalitetsapp.store.connection import Store

_NAMED: Final = """
SELECT a.answer, p.name, coalesce(o.operated_on, e.procedure_date, e.admitted)
FROM review_answers a
JOIN episodes e ON e.episode = a.index_episode
JOIN providers p ON p.provider_id = e.provider_id
LEFT JOIN index_operations o
  ON o.episode = a.index_episode AND o.joint = a.index_joint AND o.side = a.index_side
WHERE a.round = ?1 OR a.answer IN (SELECT earlier FROM round_cases WHERE round = ?1)
"""
_QUESTIONS: Final = """
SELECT count(*), coalesce(sum(q.answered_on IS NOT NULL), 0),
       coalesce(sum(q.answered_on IS NULL AND q.status = 'sent' AND q.deadline < ?2), 0)
FROM provider_questions q
JOIN round_cases c ON c.episode = q.episode AND c.joint = q.joint AND c.side = q.side
WHERE c.round = ?1 AND q.status <> 'withdrawn'
"""
_JUDGED: Final = """
SELECT coalesce(sum(d.decision = 'harm'), 0), coalesce(sum(d.decision = 'no_harm'), 0)
FROM missed_decisions d
JOIN episodes e ON e.episode = d.episode
JOIN episodes i ON i.episode = d.index_episode
WHERE d.withdrawn_at IS NULL AND e.admitted BETWEEN ?1 AND ?2
  AND (?3 = '[]' OR d.index_joint IN (SELECT value FROM json_each(?3)))
  AND (?4 = '[]' OR i.provider_id IN (SELECT value FROM json_each(?4)))
"""


@dataclass(frozen=True, slots=True)
class NamedOperation:
    """The operation that an answer says the event belongs to: where and when it was done."""

    provider: str
    operated_on: str


def named_operations(store: Store, round_id: int) -> dict[int, NamedOperation]:
    """Return the operations that the answers of a round name, and those that it took over, by number of answer."""
    return {answer: NamedOperation(*told) for answer, *told in store.rows(_NAMED, (round_id,))}


def questions(store: Store, round_id: int, day: date) -> tuple[int, int, int]:
    """Return how many questions about the cases of a round were sent, answered, and late on a day."""
    sent, answered, late = store.rows(_QUESTIONS, (round_id, day.isoformat()))[0]
    return int(sent), int(answered), int(late)


def missed_judged(store: Store, definition: RoundDefinition) -> tuple[int, int]:
    """Return how many contacts of a round's period, joints and providers were judged as missed harm, and as none."""
    limits = (json.dumps(definition.joints), json.dumps(definition.index_providers))
    days = (definition.event_from.isoformat(), definition.event_to.isoformat())
    harm, no_harm = store.rows(_JUDGED, (*days, *limits))[0]
    return int(harm), int(no_harm)
