"""What people decided about possible missed events: added, taken out of effect, never edited or removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.missed_event import FoundHarm, MissedJudgement, MissedKey
from kvalitetsapp.domain.review_words import MissedDecision

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

COLUMNS: Final = ("index_episode", "index_joint", "index_side", "episode")
# A correction may have told the operation's side since: it is the same operation as long as the sides are compatible.
_SAME: Final = "(o.side = d.index_side OR o.side = 'unknown' OR d.index_side = 'unknown')"
_FOUND: Final = f"""
SELECT d.decision_id, d.index_episode, d.index_joint, d.index_side, d.episode,
       coalesce(o.index_ref, i.source || '/' || i.episode_id || '/' || d.index_joint || '/' || d.index_side),
       ip.name, o.operated_on, e.source || '/' || e.episode_id, ep.name, e.admitted, d.complication_class,
       d.comment, d.who, d.decided_at,
       EXISTS (SELECT 1 FROM links l
               WHERE l.episode = d.episode AND l.operation = o.operation AND l.status <> 'rejected')
FROM missed_decisions d
JOIN episodes i ON i.episode = d.index_episode
JOIN providers ip ON ip.provider_id = i.provider_id
JOIN episodes e ON e.episode = d.episode
JOIN providers ep ON ep.provider_id = e.provider_id
LEFT JOIN index_operations o ON o.operation = (
    SELECT o.operation FROM index_operations o
    WHERE o.episode = d.index_episode AND o.joint = d.index_joint AND {_SAME}
    ORDER BY o.side <> d.index_side, o.operation LIMIT 1)
WHERE d.decision = 'harm' AND d.withdrawn_at IS NULL
ORDER BY e.admitted, d.decision_id
"""
_JUDGED: Final = """
SELECT d.index_episode, d.index_joint, d.index_side, d.episode, e.source || '/' || e.episode_id,
       i.source || '/' || i.episode_id || '/' || d.index_joint || '/' || d.index_side,
       d.decision, d.complication_class, d.comment, d.who, d.decided_at
FROM missed_decisions d
JOIN episodes i ON i.episode = d.index_episode
JOIN episodes e ON e.episode = d.episode
WHERE d.withdrawn_at IS NULL
ORDER BY d.decision_id DESC
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """The operation's person, both references, and the status of the episode's event of the operation ("" = none)."""

    person: int
    index_ref: str
    episode_ref: str
    status: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision in effect: its number, who made it, and when."""

    decision_id: int
    who: str
    decided_at: str


def columns(store: Store) -> dict[str, list[Any]]:
    """Return the pairs of operation and episode that are decided, as columns."""
    sql = f"SELECT {', '.join(COLUMNS)} FROM missed_decisions WHERE withdrawn_at IS NULL ORDER BY decision_id"
    return store.columns(sql, COLUMNS)


def add(
    store: Store, key: MissedKey, decision: MissedDecision, complication_class: str, comment: str, who: str
) -> int:
    """Add a decision and return its number."""
    values = (key.index_episode, key.joint, key.side, key.episode, decision.value, complication_class, comment, who)
    return store.write(
        f"INSERT INTO missed_decisions ({', '.join(COLUMNS)}, decision, complication_class, comment, who, decided_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, this_moment()),
    )


def withdraw(store: Store, decision_id: int) -> None:
    """Take a decision out of effect; it stays in the history."""
    store.write("UPDATE missed_decisions SET withdrawn_at = ? WHERE decision_id = ?", (this_moment(), decision_id))


def standing(store: Store, key: MissedKey) -> Standing | None:
    """Return the decision on a pair that is in effect, None without one."""
    rows = store.rows(
        "SELECT decision_id, who, decided_at FROM missed_decisions WHERE index_episode = ? AND index_joint = ? "
        "AND (index_side IN (?, 'unknown') OR ? = 'unknown') AND episode = ? AND withdrawn_at IS NULL "
        "ORDER BY decision_id",
        (key.index_episode, key.joint, key.side, key.side, key.episode),
    )
    return Standing(*rows[0]) if rows else None


def counts(store: Store) -> dict[MissedDecision, int]:
    """Return how many decisions of each kind are in effect."""
    rows = store.rows("SELECT decision, count(*) FROM missed_decisions WHERE withdrawn_at IS NULL GROUP BY decision")
    return dict.fromkeys(MissedDecision, 0) | {MissedDecision(decision): int(count) for decision, count in rows}


def found(store: Store) -> tuple[FoundHarm, ...]:
    """Return the harm that was found and stands, by day of admission."""
    return tuple(map(_found, store.rows(_FOUND)))


def judged(store: Store) -> tuple[MissedJudgement, ...]:
    """Return every decision that stands, the latest first."""
    return tuple(
        MissedJudgement(MissedKey(*row[:4]), row[4], row[5], MissedDecision(row[6]), *row[7:])
        for row in store.rows(_JUDGED)
    )


def ground(store: Store, key: MissedKey) -> Ground | None:
    """Return what a decision on a pair rests on, None where the operation or the episode is not there (any more)."""
    rows = store.rows(
        "SELECT o.person, o.index_ref, e.source || '/' || e.episode_id, coalesce("
        "  (SELECT l.status FROM links l WHERE l.episode = e.episode AND l.operation = o.operation LIMIT 1), '') "
        "FROM index_operations o JOIN episodes e ON e.episode = ? "
        "WHERE o.episode = ? AND o.joint = ? AND o.side = ?",
        (key.episode, key.index_episode, key.joint, key.side),
    )
    return Ground(*rows[0]) if rows else None


def _found(row: tuple[Any, ...]) -> FoundHarm:
    number, index_episode, joint, side, episode, index_ref, index_provider, operated_on, ref, provider, *rest = row
    admitted, complication_class, comment, who, decided_at, is_event = rest
    operated = None if operated_on is None else date.fromisoformat(operated_on)
    day = date.fromisoformat(admitted)
    return FoundHarm(
        number,
        MissedKey(index_episode, joint, side, episode),
        index_ref,
        index_provider,
        operated,
        ref,
        provider,
        day,
        None if operated is None else (day - operated).days,
        complication_class,
        comment,
        who,
        decided_at,
        bool(is_event),
    )
