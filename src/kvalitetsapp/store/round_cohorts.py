"""Which events a round's definition matches, and the cases that were frozen out of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.review_round import Novelty
from kvalitetsapp.domain.round_progress import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvalitetsapp.domain.review_round import RoundDefinition
    from kvalitetsapp.store.connection import Store

_PROVIDERS: Final = """
LEFT JOIN providers ep ON ep.provider_id = l.event_provider_id
LEFT JOIN providers ip ON ip.provider_id = l.index_provider_id
"""
_MATCHES: Final = """
l.event_date BETWEEN ?1 AND ?2
AND (?3 = '[]' OR l.joint IN (SELECT value FROM json_each(?3)))
AND (?4 = '[]' OR l.surgery_level IN (SELECT value FROM json_each(?4)))
AND (?5 = '[]' OR l.complication_class IN (SELECT value FROM json_each(?5)))
AND (?6 = '[]' OR l.index_provider_id IN (SELECT value FROM json_each(?6)))
AND (NOT ?7 OR ep.kind = 'own')
AND (NOT ?8 OR l.index_provider_id IS NULL OR ip.kind <> 'own')
"""
_EVENT: Final = """
json_object(
    'event_date', l.event_date, 'event_provider_id', l.event_provider_id,
    'event_provider', coalesce(ep.name, l.event_provider_id),
    'index_ref', coalesce(l.index_ref, ''), 'index_provider_id', coalesce(l.index_provider_id, ''),
    'index_provider', coalesce(ip.name, l.index_provider_id, ''), 'index_side', coalesce(l.index_side, ''),
    'operated_on', coalesce(l.operated_on, ''), 'days', l.days, 'status', l.status, 'competing', l.competing,
    'complication_class', l.complication_class, 'surgery_level', l.surgery_level, 'triggers', l.triggers,
    'candidates', l.candidates, 'another_look', l.another_look, 'verdict', l.verdict)
"""
# What an answer was given on; one that does not tell it was given on the case as its own round froze it.
_ANSWERED_ON: Final = """
coalesce(
    nullif(e.shown, '{}'),
    (SELECT b.frozen FROM round_cases b
     WHERE b.round = e.round AND b.episode = e.episode AND b.joint = e.joint AND b.side = e.side),
    '{}')
"""
_COHORT: Final = f"""
WITH RECURSIVE repeated (round) AS (
    SELECT ?9 WHERE ?9 IS NOT NULL
    UNION SELECT r.previous FROM review_rounds r JOIN repeated USING (round) WHERE r.previous IS NOT NULL)
SELECT l.episode, l.joint, l.side, l.event_ref, {_EVENT}, e.answer, e.verdict, {_ANSWERED_ON}
FROM links l {_PROVIDERS}
LEFT JOIN review_answers e ON ?9 IS NOT NULL AND e.answer = (
    SELECT max(a.answer) FROM review_answers a
    WHERE a.episode = l.episode AND a.joint = l.joint AND a.side = l.side AND a.withdrawn_at IS NULL
      AND a.part <> 'first' AND (a.round IS NULL OR a.round IN (SELECT round FROM repeated)))
WHERE {_MATCHES} ORDER BY l.event_date, l.event_ref, l.joint, l.side
"""
_OF_CASE: Final = (
    "a.round = c.round AND a.episode = c.episode AND a.joint = c.joint AND a.side = c.side AND a.withdrawn_at IS NULL"
)
_STANDING: Final = f"""
EXISTS (SELECT 1 FROM review_answers a WHERE {_OF_CASE} AND a.part <> 'first'),
(SELECT count(DISTINCT a.reviewer) FROM review_answers a WHERE {_OF_CASE} AND a.part = 'first'),
EXISTS (SELECT 1 FROM review_answers a WHERE {_OF_CASE} AND a.part = 'first' AND a.reviewer = ?1),
c.novelty = 'known' AND coalesce(e.withdrawn_at IS NULL, 0), l.link IS NOT NULL
"""
_FROM_CASES: Final = """
FROM round_cases c
LEFT JOIN links l ON l.episode = c.episode AND l.joint = c.joint AND l.side = c.side
LEFT JOIN review_answers e ON e.answer = c.earlier
"""
_DECISION: Final = f"""
(SELECT a.decision FROM review_answers a WHERE {_OF_CASE} AND (a.part <> 'first' OR a.reviewer = ?1)
 ORDER BY a.part = 'first', a.answer DESC LIMIT 1)
"""


@dataclass(frozen=True, slots=True)
class Matched:
    """An event that a definition matches: as it is, as JSON, and the answer it has, if any.

    `answered_on` is what that answer was given on, and `verdict` what it led to.
    """

    key: EventKey
    event_ref: str
    event: str
    earlier: int | None
    verdict: int | None
    answered_on: str


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case to be frozen."""

    matched: Matched
    novelty: Novelty


@dataclass(frozen=True, slots=True)
class StoredCase:
    """A case as frozen, with the event today (None: gone), the earlier answer, and how it stands for a user."""

    key: EventKey
    event_ref: str
    novelty: Novelty
    frozen: str
    now: str | None
    earlier: int | None
    earlier_decision: str
    verdict: int | None
    answered_on: str
    is_withdrawn: bool
    decision: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class CasePlace:
    """What a case is beside the round before, the answer it was frozen with, and how it stands for a user."""

    novelty: Novelty
    earlier: int | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class ClassOfCase:
    """The class of a case as frozen and as it is now, with the verdict that decides it now."""

    key: EventKey
    event_ref: str
    is_known: bool
    frozen: str
    now: str
    verdict: int | None

    def under(self, verdict: int | None) -> str:
        """Return the event's class under a verdict: today's where that decides today, else the frozen one."""
        return self.now if verdict is not None and verdict == self.verdict else self.frozen


def counts(store: Store, definition: RoundDefinition) -> list[tuple[str, str, str, bool, int]]:
    """Return joint, class, provider of the operation, whether decided, and how many events of a definition are so."""
    rows = store.rows(
        "SELECT l.joint, l.complication_class, coalesce(l.index_provider_id, ''), "
        "l.status IN ('confirmed', 'rejected'), count(*) "
        f"FROM links l {_PROVIDERS} WHERE {_MATCHES} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
        _conditions(definition),
    )
    return [(joint, classed, provider, bool(decided), number) for joint, classed, provider, decided, number in rows]


def matched(store: Store, definition: RoundDefinition, previous: int | None) -> list[Matched]:
    """Return the events of a definition in the order in which they are worked.

    With a round to repeat, each has its latest answer in effect from that round, those before it, or outside rounds.
    """
    rows = store.rows(_COHORT, (*_conditions(definition), previous))
    return [Matched(EventKey(*row[:3]), *row[3:]) for row in rows]


def freeze(store: Store, round_id: int, cases: Iterable[NewCase]) -> None:
    """Store the cases of a round in their order."""
    store.write_many(
        "INSERT INTO round_cases (round, episode, joint, side, position, event_ref, frozen, novelty, earlier) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                *(round_id, *_key(one.matched.key), position, one.matched.event_ref, one.matched.event),
                *(one.novelty.value, one.matched.earlier),
            )
            for position, one in enumerate(cases, start=1)
        ),
    )


def cases(store: Store, round_id: int, reviewer: str) -> list[StoredCase]:
    """Return the cases of a round in their order."""
    rows = store.rows(
        f"SELECT c.episode, c.joint, c.side, c.event_ref, c.novelty, c.frozen, "
        f"CASE WHEN l.link IS NOT NULL THEN {_EVENT} END, c.earlier, coalesce(e.decision, ''), e.verdict, "
        f"{_ANSWERED_ON}, e.withdrawn_at IS NOT NULL, coalesce({_DECISION}, ''), {_STANDING} "
        f"{_FROM_CASES} {_PROVIDERS} WHERE c.round = ?2 ORDER BY c.position",
        (reviewer, round_id),
    )
    return [_stored(row) for row in rows]


def classes(store: Store, round_id: int) -> list[ClassOfCase]:
    """Return the classes of the cases of a round in their order."""
    rows = store.rows(
        "SELECT c.episode, c.joint, c.side, c.event_ref, c.novelty = 'known', "
        "json_extract(c.frozen, '$.complication_class'), coalesce(l.complication_class, ''), l.verdict "
        "FROM round_cases c LEFT JOIN links l ON l.episode = c.episode AND l.joint = c.joint AND l.side = c.side "
        "WHERE c.round = ? ORDER BY c.position",
        (round_id,),
    )
    return [ClassOfCase(EventKey(*row[:3]), row[3], bool(row[4]), *row[5:]) for row in rows]


def standings(store: Store, reviewer: str, round_id: int | None = None) -> list[tuple[int, Novelty, Standing, int]]:
    """Return round, novelty, standing and how many cases are so, of one round or all."""
    rows = store.rows(
        f"SELECT c.round, c.novelty, {_STANDING}, count(*) {_FROM_CASES} "
        "WHERE ?2 IS NULL OR c.round = ?2 GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1",
        (reviewer, round_id),
    )
    return [(round_id, Novelty(novelty), _standing(rest), count) for round_id, novelty, *rest, count in rows]


def position(store: Store, round_id: int, key: EventKey) -> int:
    """Return the place of a case in its round, 0 where it is not in it."""
    found = store.value(
        "SELECT position FROM round_cases WHERE round = ? AND episode = ? AND joint = ? AND side = ?",
        (round_id, *_key(key)),
    )
    return 0 if found is None else int(found)


def place(store: Store, round_id: int, key: EventKey, reviewer: str) -> CasePlace | None:
    """Return where an event stands in a round, None where it is not in it."""
    rows = store.rows(
        f"SELECT c.novelty, c.earlier, {_STANDING} {_FROM_CASES} "
        "WHERE c.round = ?2 AND c.episode = ?3 AND c.joint = ?4 AND c.side = ?5",
        (reviewer, round_id, *_key(key)),
    )
    return CasePlace(Novelty(rows[0][0]), rows[0][1], _standing(rows[0][2:])) if rows else None


def told(text: str) -> Mapping[str, Any]:
    """Return an event that was kept as JSON; what is no such object tells nothing."""
    found = json.loads(text)
    return found if isinstance(found, dict) else {}


def _conditions(definition: RoundDefinition) -> tuple[object, ...]:
    return (
        definition.event_from.isoformat(),
        definition.event_to.isoformat(),
        *(
            json.dumps(codes)
            for codes in (
                definition.joints,
                definition.surgery_levels,
                definition.complication_classes,
                definition.index_providers,
            )
        ),
        int(definition.own_care),
        int(definition.purchased),
    )


def _key(key: EventKey) -> tuple[int, str, str]:
    return key.episode, key.joint, key.side


def _standing(row: Sequence[Any]) -> Standing:
    final, firsts, mine, known, exists = row
    return Standing(bool(final), firsts, bool(mine), bool(known), bool(exists))


def _stored(row: tuple[Any, ...]) -> StoredCase:
    episode, joint, side, event_ref, novelty, frozen, now, earlier, *rest = row
    earlier_decision, verdict, answered_on, is_withdrawn, decision, *standing = rest
    return StoredCase(
        EventKey(episode, joint, side),
        event_ref,
        Novelty(novelty),
        frozen,
        now,
        earlier,
        earlier_decision,
        verdict,
        answered_on,
        bool(is_withdrawn),
        decision,
        _standing(standing),
    )
