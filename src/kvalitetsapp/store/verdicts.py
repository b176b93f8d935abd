"""What reviewers decided about events, and what of it was withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.review import GivenVerdict
from kvalitetsapp.store import links

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

GIVEN: Final = "verdict_given"
WITHDRAWN: Final = "verdict_withdrawn"
RESTORED: Final = "verdict_restored"
_EVENT: Final = "episode = ? AND joint = ? AND side = ?"
_TOLD: Final = """
SELECT v.verdict, decision, complication_class, reviewer, reviewed_on,
       coalesce(e.source || '/' || e.episode_id, ''), index_joint, index_side, comment, withdrawn_at
FROM verdicts v LEFT JOIN episodes e ON e.episode = v.index_episode
"""
_READ: Final = f"{_TOLD} WHERE v.episode = ? AND joint IN (?, '') AND side IN (?, '')"
# A verdict that has followed its event to another side names the side that the event had.
_FOLLOWED: Final = "SELECT verdict FROM pins WHERE episode = ?1 AND joint = ?2 AND side = ?3"


@dataclass(frozen=True, slots=True)
class NewVerdict:
    """A decision to be stored; without class the derived one stands, without operation none is named."""

    key: EventKey
    decision: str
    complication_class: str | None
    reviewer: str
    reviewed_on: date
    index_episode: int | None
    index_joint: str | None
    index_side: str | None
    comment: str | None


def add(store: Store, new: NewVerdict) -> int:
    """Add a verdict after all others and return its number."""
    return store.write(
        "INSERT INTO verdicts (episode, joint, side, decision, complication_class, reviewer, reviewed_on, "
        "index_episode, index_joint, index_side, comment, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            new.key.episode,
            new.key.joint,
            new.key.side,
            new.decision,
            new.complication_class,
            new.reviewer,
            new.reviewed_on.isoformat(),
            new.index_episode,
            new.index_joint,
            new.index_side,
            new.comment,
            links.next_position(store),
        ),
    )


def same_day(store: Store, key: EventKey, reviewer: str, on: date) -> int | None:
    """Return the verdict that this reviewer gave on the event the same day and that stands, None without one."""
    values = (*_values(key), reviewer, on.isoformat())
    found = store.value(
        f"SELECT verdict FROM verdicts WHERE {_EVENT} AND reviewer = ? AND reviewed_on = ? AND withdrawn_at IS NULL",
        values,
    )
    return None if found is None else int(found)


def is_taken(store: Store, verdict: int) -> bool:
    """Tell whether another verdict stands in the place of a withdrawn one: same event, reviewer and day."""
    return (
        store.value(
            "SELECT 1 FROM verdicts v JOIN verdicts o USING (episode, joint, side, reviewer, reviewed_on) "
            "WHERE v.verdict = ? AND o.verdict <> v.verdict AND o.withdrawn_at IS NULL",
            (verdict,),
        )
        is not None
    )


def dated_after(store: Store, key: EventKey, on: date) -> str | None:
    """Return the latest day after `on` of a verdict on the event that stands, None without one."""
    latest = store.value(
        "SELECT max(reviewed_on) FROM verdicts WHERE episode = ? AND joint IN (?, '') AND side IN (?, '') "
        "AND withdrawn_at IS NULL AND reviewed_on > ?",
        (*_values(key), on.isoformat()),
    )
    return None if latest is None else str(latest)


def withdraw(store: Store, verdict: int) -> None:
    """Take a verdict out of effect; it stays in the history, and the answer that it came from where it stands."""
    now = this_moment()
    store.write("UPDATE verdicts SET withdrawn_at = ? WHERE verdict = ?", (now, verdict))


def restore(store: Store, verdict: int) -> None:
    """Put a withdrawn verdict into effect again."""
    store.write("UPDATE verdicts SET withdrawn_at = NULL WHERE verdict = ?", (verdict,))


def decided_after(store: Store, key: EventKey, verdict: int) -> GivenVerdict | None:
    """Return the latest verdict on the event that stands and counts before this one, None without one."""
    rows = store.rows(
        f"{_READ} AND withdrawn_at IS NULL AND (reviewed_on, position, v.verdict) > "
        "(SELECT reviewed_on, position, verdict FROM verdicts WHERE verdict = ?) "
        "ORDER BY reviewed_on DESC, position DESC, v.verdict DESC LIMIT 1",
        (*_values(key), verdict),
    )
    return _verdict(rows[0]) if rows else None


def key_of(store: Store, verdict: int) -> EventKey | None:
    """Return the event that a verdict decides as the last link run has it, None where it decides none."""
    rows = store.rows("SELECT episode, joint, side FROM links WHERE verdict = ?", (verdict,))
    return EventKey(*rows[0]) if rows else None


def history(store: Store, key: EventKey) -> tuple[GivenVerdict, ...]:
    """Return every verdict on the event, latest first.

    Those on all of its episode's events are among them, and those that followed it to the side it has now.
    """
    theirs = f"v.episode = ?1 AND (joint IN (?2, '') AND side IN (?3, '') OR v.verdict IN ({_FOLLOWED}))"
    rows = store.rows(f"{_TOLD} WHERE {theirs} ORDER BY position DESC, v.verdict DESC", _values(key))
    return tuple(map(_verdict, rows))


def _values(key: EventKey) -> tuple[int, str, str]:
    return key.episode, key.joint, key.side


def _verdict(row: tuple[Any, ...]) -> GivenVerdict:
    verdict, decision, complication_class, reviewer, reviewed_on, ref, joint, side, comment, withdrawn_at = row
    index_ref = "/".join((ref, joint or "", side or "")) if ref else ""
    return GivenVerdict(
        verdict,
        decision,
        complication_class or "",
        reviewer,
        date.fromisoformat(reviewed_on),
        index_ref,
        comment or "",
        withdrawn_at is not None,
    )
