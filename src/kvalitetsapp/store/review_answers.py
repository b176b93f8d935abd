"""Structured answers of reviewers: added, taken out of effect and put into it again, never edited or removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.review_round import GivenAnswer, Part
from kvalitetsapp.domain.words import Verdict

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.store.connection import Store

_WORDS: Final = (
    "relation",
    "complication_class",
    "harm_severity",
    "clavien_dindo",
    "avoidability",
    "infection_level",
    "organism",
    "treatment",
    "outcome",
    "pointer",
    "comment",
)
_COLUMNS: Final = (
    *("round", "episode", "joint", "side", "part", "reviewer", "answered_at", "seconds", "decision"),
    *("index_episode", "index_joint", "index_side", *_WORDS, "criteria", "cultures_taken", "cultures_positive"),
    *("shown", "verdict"),
)
_READ: Final = f"""
SELECT a.answer, a.episode, a.joint, a.side, a.round, a.part, a.reviewer, a.answered_at, a.seconds, a.verdict,
       a.withdrawn_at IS NOT NULL, a.decision,
       coalesce(i.source || '/' || i.episode_id || '/' || a.index_joint || '/' || a.index_side, ''),
       a.criteria, a.cultures_taken, a.cultures_positive,
       (SELECT group_concat(f.episode, ' ') FROM review_follow_ups f WHERE f.answer = a.answer),
       {", ".join(f"a.{name}" for name in _WORDS)}
FROM review_answers a LEFT JOIN episodes i ON i.episode = a.index_episode
"""


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An answer to be stored; `operation` is (episode, joint, side) of the index operation that it names, or None.

    `shown` is what the event was when it was answered, as JSON. `answered_at` is "" for one that is given now.
    """

    key: EventKey
    round_id: int | None
    part: Part
    reviewer: str
    answer: Answer
    operation: tuple[int, str, str] | None
    seconds: int
    shown: str
    verdict: int | None
    answered_at: str = ""


def add(store: Store, new: NewAnswer) -> int:
    """Add an answer with its follow-up contacts and return its number."""
    answer = new.answer
    values = (
        *(new.round_id, new.key.episode, new.key.joint, new.key.side, new.part.value, new.reviewer),
        new.answered_at or this_moment(),
        *(new.seconds, str(answer.decision), *(new.operation or (None, None, None))),
        *(getattr(answer, name).strip() for name in _WORDS),
        *(" ".join(answer.criteria), answer.cultures_taken, answer.cultures_positive, new.shown, new.verdict),
    )
    marks = ", ".join("?" * len(_COLUMNS))
    number = store.write(f"INSERT INTO review_answers ({', '.join(_COLUMNS)}) VALUES ({marks})", values)
    store.write_many(
        "INSERT INTO review_follow_ups (answer, episode) VALUES (?, ?)",
        ((number, episode) for episode in sorted(set(answer.follow_ups))),
    )
    return number


def withdraw(store: Store, answer: int) -> None:
    """Take an answer out of effect; it stays in the history."""
    store.write("UPDATE review_answers SET withdrawn_at = ? WHERE answer = ?", (this_moment(), answer))


def restore(store: Store, answer: int) -> None:
    """Put a withdrawn answer into effect again."""
    store.write("UPDATE review_answers SET withdrawn_at = NULL WHERE answer = ?", (answer,))


def of_number(store: Store, answer: int) -> GivenAnswer | None:
    """Return one answer, None where there is none of that number."""
    rows = store.rows(_READ + " WHERE a.answer = ?", (answer,))
    return _given(rows[0]) if rows else None


def of_event(store: Store, key: EventKey) -> tuple[GivenAnswer, ...]:
    """Return every answer on an event, withdrawn ones too, latest first."""
    rows = store.rows(
        _READ + " WHERE a.episode = ? AND a.joint = ? AND a.side = ? ORDER BY a.answer DESC",
        (key.episode, key.joint, key.side),
    )
    return tuple(map(_given, rows))


def of_case(store: Store, round_id: int, key: EventKey) -> tuple[GivenAnswer, ...]:
    """Return the answers on an event in a round that are in effect, in the order in which they were given."""
    given = [one for one in of_event(store, key) if one.round_id == round_id and not one.withdrawn]
    return tuple(reversed(given))


def same_day(store: Store, key: EventKey, round_id: int | None, reviewer: str, on: date) -> int | None:
    """Return the answer in effect that this reviewer decided the event with, that day in that round, None without one.

    Outside rounds is a round of its own.
    """
    found = store.value(
        "SELECT a.answer FROM review_answers a JOIN verdicts v ON v.verdict = a.verdict WHERE a.episode = ? "
        "AND a.joint = ? AND a.side = ? AND a.round IS ? AND a.reviewer = ? AND v.reviewed_on = ? "
        "AND a.withdrawn_at IS NULL",
        (key.episode, key.joint, key.side, round_id, reviewer, on.isoformat()),
    )
    return None if found is None else int(found)


def shown(store: Store, answer: int) -> str:
    """Return what the event was when it was answered, as JSON; an empty object where that was not kept."""
    return str(store.value("SELECT shown FROM review_answers WHERE answer = ?", (answer,)) or "{}")


def of_round(store: Store, round_id: int) -> tuple[GivenAnswer, ...]:
    """Return the answers of a round that are in effect, in the order in which they were given."""
    rows = store.rows(_READ + " WHERE a.round = ? AND a.withdrawn_at IS NULL ORDER BY a.answer", (round_id,))
    return tuple(map(_given, rows))


def earlier_than_round(store: Store, round_id: int) -> tuple[GivenAnswer, ...]:
    """Return the answers in effect that the cases of a round had already when it was frozen."""
    earlier = "SELECT earlier FROM round_cases WHERE round = ?"
    rows = store.rows(
        _READ + f" WHERE a.answer IN ({earlier}) AND a.withdrawn_at IS NULL ORDER BY a.answer", (round_id,)
    )
    return tuple(map(_given, rows))


def standing(store: Store) -> tuple[GivenAnswer, ...]:
    """Return the answers that links rest on, in the order in which they were given.

    An event that was answered in several rounds has an answer in effect in each; its link rests on one of them.
    """
    rows = store.rows(
        _READ + " WHERE a.withdrawn_at IS NULL AND a.verdict IN (SELECT verdict FROM links) ORDER BY a.answer"
    )
    return tuple(map(_given, rows))


def _given(row: tuple[Any, ...]) -> GivenAnswer:
    number, episode, joint, side, round_id, part, reviewer, answered_at, seconds, verdict, withdrawn, *rest = row
    decision, index_ref, criteria, taken, positive, follow_ups, *words = rest
    answer = Answer(
        Verdict(decision),
        index_ref,
        criteria=tuple(criteria.split()),
        cultures_taken=taken,
        cultures_positive=positive,
        follow_ups=tuple(sorted(map(int, (follow_ups or "").split()))),
        **dict(zip(_WORDS, words, strict=True)),
    )
    key = EventKey(episode, joint, side)
    return GivenAnswer(
        number, key, round_id, Part(part), reviewer, answered_at, answer, seconds, verdict, bool(withdrawn)
    )
