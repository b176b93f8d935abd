"""What reviewers decided about events, what was withdrawn, and answers not finished yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.review import Decision
from kvalitetsapp.store import links, meta

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

GIVEN: Final = "verdict_given"
WITHDRAWN: Final = "verdict_withdrawn"
_DRAFT: Final = "draft:"
_EVENT: Final = "episode = ? AND joint = ? AND side = ?"


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


@dataclass(frozen=True, slots=True)
class GivenVerdict:
    """A verdict that stands and was given in the program: what an undo would withdraw."""

    verdict: int
    key: EventKey
    event_ref: str
    decision: str


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


def dated_after(store: Store, key: EventKey, on: date) -> str | None:
    """Return the latest day after `on` of a verdict on the event that stands, None without one."""
    latest = store.value(
        "SELECT max(reviewed_on) FROM verdicts WHERE episode = ? AND joint IN (?, '') AND side IN (?, '') "
        "AND withdrawn_at IS NULL AND reviewed_on > ?",
        (*_values(key), on.isoformat()),
    )
    return None if latest is None else str(latest)


def withdraw(store: Store, verdict: int) -> None:
    """Take a verdict, and the answer that it came from, out of effect; both stay in the history."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    store.write("UPDATE verdicts SET withdrawn_at = ? WHERE verdict = ?", (now, verdict))
    store.write("UPDATE review_answers SET withdrawn_at = ? WHERE verdict = ?", (now, verdict))


def restore(store: Store, verdict: int) -> None:
    """Put a withdrawn verdict, and the answer that it came from, into effect again."""
    store.write("UPDATE verdicts SET withdrawn_at = NULL WHERE verdict = ?", (verdict,))
    store.write("UPDATE review_answers SET withdrawn_at = NULL WHERE verdict = ?", (verdict,))


def latest_given(store: Store, reviewer: str) -> GivenVerdict | None:
    """Return the latest verdict that this reviewer gave in the program and that stands, None without one."""
    rows = store.rows(
        "SELECT verdict, v.episode, joint, side, source || '/' || episode_id, decision FROM verdicts v "
        "JOIN episodes e ON e.episode = v.episode "
        "WHERE v.batch IS NULL AND reviewer = ? AND withdrawn_at IS NULL ORDER BY verdict DESC LIMIT 1",
        (reviewer,),
    )
    for verdict, episode, joint, side, ref, decision in rows:
        return GivenVerdict(verdict, EventKey(episode, joint, side), ref, decision)
    return None


def audit_details(store: Store, target: str) -> list[str]:
    """Return what the trace says of verdicts given on an event, latest first."""
    found = store.rows(
        "SELECT detail FROM audit WHERE action = ? AND object = ? ORDER BY entry DESC",
        (GIVEN, target),
    )
    return [detail for (detail,) in found]


def history(store: Store, key: EventKey) -> tuple[Decision, ...]:
    """Return every verdict on the event, those on all of its episode's events among them, latest first."""
    rows = store.rows(
        "SELECT v.verdict, decision, complication_class, reviewer, reviewed_on, "
        "coalesce(e.source || '/' || e.episode_id, ''), index_joint, index_side, comment, withdrawn_at "
        "FROM verdicts v LEFT JOIN episodes e ON e.episode = v.index_episode "
        "WHERE v.episode = ? AND joint IN (?, '') AND side IN (?, '') ORDER BY position DESC, v.verdict DESC",
        _values(key),
    )
    return tuple(_decision(row) for row in rows)


def draft(store: Store, key: EventKey) -> str | None:
    """Return the unfinished answer on an event, None without one."""
    return meta.get(store, _draft_name(key))


def keep_draft(store: Store, key: EventKey, text: str) -> None:
    """Keep an unfinished answer in the place of an earlier one."""
    meta.put(store, _draft_name(key), text)


def forget_draft(store: Store, key: EventKey) -> None:
    """Take away the unfinished answer on an event."""
    store.write("DELETE FROM meta WHERE name = ?", (_draft_name(key),))


def drafted(store: Store) -> frozenset[str]:
    """Return the names of the events that have an unfinished answer, as `draft_key` makes them."""
    found = store.rows("SELECT name FROM meta WHERE substr(name, 1, ?) = ?", (len(_DRAFT), _DRAFT))
    return frozenset(name[len(_DRAFT) :] for (name,) in found)


def drafted_row(store: Store, draft: str) -> tuple[str, str]:
    """Return the name and the text under which an unfinished answer is kept; `draft` is one of `drafted`."""
    return _DRAFT + draft, meta.get(store, _DRAFT + draft) or ""


def draft_key(key: EventKey) -> str:
    """Return what an event's draft is known by."""
    return "/".join(str(part) for part in _values(key))


def _draft_name(key: EventKey) -> str:
    return _DRAFT + draft_key(key)


def _values(key: EventKey) -> tuple[int, str, str]:
    return key.episode, key.joint, key.side


def _decision(row: tuple[Any, ...]) -> Decision:
    verdict, decision, complication_class, reviewer, reviewed_on, ref, joint, side, comment, withdrawn_at = row
    index_ref = "/".join((ref, joint or "", side or "")) if ref else ""
    return Decision(
        verdict,
        decision,
        complication_class or "",
        reviewer,
        date.fromisoformat(reviewed_on),
        index_ref,
        comment or "",
        withdrawn_at is not None,
    )
