"""Questions to providers: added, then moved on from one state to the next; who did so stands in the audit trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.provider_question import ProviderQuestion, QuestionStatus

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

_READ: Final = """
SELECT q.question, q.episode, q.joint, q.side, e.source || '/' || e.episode_id, q.provider_id, p.name, q.wording,
       q.channel, q.asked_by, q.asked_on, q.deadline, q.status, q.answered_on, q.answer, q.comment
FROM provider_questions q
JOIN episodes e ON e.episode = q.episode
JOIN providers p ON p.provider_id = q.provider_id
"""
_COMMENTS: Final = """
SELECT q.answered_on, coalesce(l.event_date, e.admitted), q.joint, coalesce(l.complication_class, ''), q.comment
FROM provider_questions q
JOIN episodes e ON e.episode = q.episode
LEFT JOIN links l ON l.link = (
    SELECT n.link FROM links n
    WHERE n.episode = q.episode AND n.joint = q.joint
      AND (n.side = q.side OR n.side = 'unknown' OR q.side = 'unknown')
    ORDER BY n.side <> q.side, n.side LIMIT 1)
WHERE q.provider_id = ? AND q.comment <> '' AND q.status <> 'withdrawn'
ORDER BY q.answered_on, q.question
"""


@dataclass(frozen=True, slots=True)
class Event:
    """An event that may be asked about: its link's status and who operated, with None where nobody known did."""

    ref: str
    status: str
    provider_id: str | None
    provider: str
    provider_kind: str


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question that has been sent and is to be kept."""

    key: EventKey
    provider_id: str
    wording: str
    channel: str
    asked_by: str
    asked_on: date
    deadline: date | None


@dataclass(frozen=True, slots=True)
class Comment:
    """A provider's comment and what it is about; the class is "" where the event is no longer one."""

    answered_on: str
    event_date: str
    joint: str
    complication_class: str
    text: str


def event(store: Store, key: EventKey) -> Event | None:
    """Return an event with the provider that it would be asked about, None where there is no such event any more."""
    rows = store.rows(
        "SELECT l.event_ref, l.status, p.provider_id, coalesce(p.name, ''), coalesce(p.kind, '') "
        "FROM links l LEFT JOIN providers p ON p.provider_id = l.index_provider_id "
        "WHERE l.episode = ? AND l.joint = ? AND l.side = ?",
        (key.episode, key.joint, key.side),
    )
    return Event(*rows[0]) if rows else None


def events_of(store: Store, event_ref: str) -> list[EventKey]:
    """Return the events of an episode."""
    rows = store.rows(
        "SELECT episode, joint, side FROM links WHERE event_ref = ? ORDER BY joint, side",
        (event_ref,),
    )
    return [EventKey(*row) for row in rows]


def add(store: Store, new: NewQuestion) -> int:
    """Add a question and return its number."""
    return store.write(
        "INSERT INTO provider_questions (episode, joint, side, provider_id, wording, channel, asked_by, asked_on, "
        "deadline, status, answer, comment) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '')",
        (
            *(new.key.episode, new.key.joint, new.key.side, new.provider_id, new.wording, new.channel, new.asked_by),
            *(new.asked_on.isoformat(), _iso(new.deadline), QuestionStatus.SENT.value),
        ),
    )


def keep_answer(store: Store, question: int, answered_on: date, answer: str, comment: str) -> None:
    """Keep an answer in the place of an earlier one."""
    store.write(
        "UPDATE provider_questions SET status = ?, answered_on = ?, answer = ?, comment = ? WHERE question = ?",
        (QuestionStatus.ANSWERED.value, answered_on.isoformat(), answer, comment, question),
    )


def set_status(store: Store, question: int, status: QuestionStatus) -> None:
    """Move a question on."""
    store.write("UPDATE provider_questions SET status = ? WHERE question = ?", (status.value, question))


def set_deadline(store: Store, question: int, deadline: date | None) -> None:
    """Give a question another last day to be answered on."""
    store.write("UPDATE provider_questions SET deadline = ? WHERE question = ?", (_iso(deadline), question))


def of_number(store: Store, question: int) -> ProviderQuestion | None:
    """Return one question, None where there is none of that number."""
    rows = store.rows(_READ + " WHERE q.question = ?", (question,))
    return _question(rows[0]) if rows else None


def of_event(store: Store, key: EventKey) -> tuple[ProviderQuestion, ...]:
    """Return the questions on an event, the latest first; a correction may have told its side since."""
    rows = store.rows(
        _READ + " WHERE q.episode = ?1 AND q.joint = ?2 AND (q.side IN (?3, 'unknown') OR ?3 = 'unknown') "
        "ORDER BY q.question DESC",
        (key.episode, key.joint, key.side),
    )
    return tuple(map(_question, rows))


def of_provider(store: Store, provider_id: str) -> tuple[ProviderQuestion, ...]:
    """Return the questions to a provider in the order in which they were asked."""
    rows = store.rows(_READ + " WHERE q.provider_id = ? ORDER BY q.question", (provider_id,))
    return tuple(map(_question, rows))


def all_questions(store: Store) -> tuple[ProviderQuestion, ...]:
    """Return every question in the order in which they were asked."""
    return tuple(map(_question, store.rows(_READ + " ORDER BY q.question")))


def comments_of_provider(store: Store, provider_id: str) -> tuple[Comment, ...]:
    """Return what a provider has said about its cases, by the day of the answer."""
    return tuple(Comment(*row) for row in store.rows(_COMMENTS, (provider_id,)))


def _question(row: tuple[Any, ...]) -> ProviderQuestion:
    number, episode, joint, side, ref, provider_id, provider, wording, channel, asked_by, asked_on, *rest = row
    deadline, status, answered_on, answer, comment = rest
    return ProviderQuestion(
        number,
        EventKey(episode, joint, side),
        ref,
        provider_id,
        provider,
        wording,
        channel,
        asked_by,
        date.fromisoformat(asked_on),
        _day(deadline),
        QuestionStatus(status),
        _day(answered_on),
        answer,
        comment,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
