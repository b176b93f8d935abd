"""Questions to a provider about a case, sent outside the program, and the log of what was disclosed to whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kvalitetsapp.domain.patient import EventKey

LONGEST_TEXT: Final = 1000
LONGEST_NAME: Final = 200


class QuestionStatus(StrEnum):
    """How far a question has come; that a deadline has passed follows from the day and is no status."""

    SENT = "sent"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ProviderQuestion:
    """A question as stored. `comment` is the provider's comment in the words that may be printed in its report."""

    question_id: int
    key: EventKey
    event_ref: str
    provider_id: str
    provider: str
    question: str
    channel: str
    asked_by: str
    asked_on: date
    deadline: date | None
    status: QuestionStatus
    answered_on: date | None = None
    answer: str = ""
    comment: str = ""

    def is_late(self, today: date) -> bool:
        """Tell whether the deadline has passed without an answer."""
        return self.status is QuestionStatus.SENT and self.deadline is not None and self.deadline < today


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What was disclosed: to whom, on which day, on what ground, by whom; about a case where `event_ref` is told."""

    disclosure_id: int
    disclosed_on: date
    what: str
    receiver: str
    ground: str
    who: str
    recorded_at: str
    event_ref: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground for disclosing that is offered: what it is called in a command, and the words that are logged."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class QuestionCounts:
    """How questions have fared; each asked one is in one of the other counts, those taken back are in none."""

    asked: int
    answered: int
    open_in_time: int
    late: int
    closed_unanswered: int

    @property
    def open(self) -> int:
        """Return how many still wait for an answer."""
        return self.open_in_time + self.late


QUESTIONS: Final[tuple[Column, ...]] = (
    Column("question", Kind.INTEGER, N_("Fråga nr")),
    Column("late", Kind.FLAG, N_("Sen")),
    Column("status", Kind.CODE, N_("Status"), "question_status"),
    Column("event_ref", Kind.TEXT, N_("Händelse")),
    Column("joint", Kind.CODE, N_("Led"), "joint"),
    Column("side", Kind.CODE, N_("Sida"), "side"),
    Column("provider_id", Kind.TEXT, N_("Vårdgivare")),
    Column("provider", Kind.TEXT, N_("Vårdgivarens namn")),
    Column("asked_on", Kind.DATE, N_("Frågad")),
    Column("asked_by", Kind.TEXT, N_("Frågad av")),
    Column("channel", Kind.TEXT, N_("Skickad genom")),
    Column("deadline", Kind.DATE, N_("Svar senast")),
    Column("answered_on", Kind.DATE, N_("Besvarad")),
    Column("wording", Kind.TEXT, N_("Frågan")),
    Column("answer", Kind.TEXT, N_("Svaret")),
    Column("comment", Kind.TEXT, N_("Vårdgivarens kommentar")),
)

DISCLOSURES: Final[tuple[Column, ...]] = (
    Column("disclosure", Kind.INTEGER, N_("Nr")),
    Column("disclosed_on", Kind.DATE, N_("Utlämnat")),
    Column("event_ref", Kind.TEXT, N_("Händelse")),
    Column("what", Kind.TEXT, N_("Vad")),
    Column("receiver", Kind.TEXT, N_("Till vem")),
    Column("ground", Kind.TEXT, N_("Grund")),
    Column("who", Kind.TEXT, N_("Av vem")),
    Column("recorded_at", Kind.TEXT, N_("Antecknat")),
)


class TextPart(StrEnum):
    """A text that a person writes about a question or a disclosure."""

    WORDING = "wording"
    CHANNEL = "channel"
    SENDING = "sending"
    ANSWER = "answer"
    COMMENT = "comment"
    DISCLOSED = "disclosed"
    RECEIVER = "receiver"
    GROUND = "ground"

    @property
    def label(self) -> str:
        """Return what it is called in a sentence."""
        return _(_PARTS[self])

    @property
    def longest(self) -> int:
        """Return how many characters it may have."""
        return LONGEST_NAME if self in _NAMES else LONGEST_TEXT


_PARTS: Final = {
    TextPart.WORDING: N_("Frågan"),
    TextPart.CHANNEL: N_("Hur frågan skickades"),
    TextPart.SENDING: N_("Hur det skickades"),
    TextPart.ANSWER: N_("Svaret"),
    TextPart.COMMENT: N_("Kommentaren"),
    TextPart.DISCLOSED: N_("Vad som lämnades ut"),
    TextPart.RECEIVER: N_("Mottagaren"),
    TextPart.GROUND: N_("Grunden för utlämnandet"),
}
_NAMES: Final = (TextPart.CHANNEL, TextPart.SENDING, TextPart.RECEIVER, TextPart.GROUND)


def lacking_in(text: str, part: TextPart, *, required: bool = True) -> str:
    """Return why a text cannot be kept, in a Swedish sentence, "" where it can."""
    text = text.strip()
    if not text and required:
        return _("{name} saknas. Skriv något.").format(name=part.label)
    if len(text) > part.longest:
        return _("{name} är för lång: högst {n} tecken.").format(name=part.label, n=part.longest)
    if identity.hidden(text) != text:
        return _("{name} innehåller ett personnummer. Ta bort det.").format(name=part.label)
    return ""


def counted(questions: Iterable[ProviderQuestion], today: date) -> QuestionCounts:
    """Return how questions have fared by a day; those taken back were never asked."""
    asked = [one for one in questions if one.status is not QuestionStatus.WITHDRAWN]
    unanswered = [one for one in asked if one.answered_on is None]
    sent = [one for one in unanswered if one.status is QuestionStatus.SENT]
    late = sum(one.is_late(today) for one in sent)
    return QuestionCounts(
        len(asked), len(asked) - len(unanswered), len(sent) - late, late, len(unanswered) - len(sent)
    )


def in_order(questions: Iterable[ProviderQuestion], today: date) -> tuple[ProviderQuestion, ...]:
    """Return late questions first, then those that wait, then the others; the first asked first."""

    def order(one: ProviderQuestion) -> tuple[bool, bool, int]:
        return not one.is_late(today), one.status is not QuestionStatus.SENT, one.question_id

    return tuple(sorted(questions, key=order))


def questions_table(questions: Iterable[ProviderQuestion], today: date) -> Table:
    """Return questions as a table, in the order of `in_order`."""
    return Table(QUESTIONS, [_question_row(one, today) for one in in_order(questions, today)])


def disclosures_table(disclosures: Iterable[Disclosure]) -> Table:
    """Return disclosures as a table, in the order given."""
    rows: list[Row] = [
        (
            one.disclosure_id,
            one.disclosed_on.isoformat(),
            one.event_ref,
            one.what,
            one.receiver,
            one.ground,
            one.who,
            one.recorded_at,
        )
        for one in disclosures
    ]
    return Table(DISCLOSURES, rows)


def _question_row(one: ProviderQuestion, today: date) -> Row:
    return (
        one.question_id,
        int(one.is_late(today)),
        one.status.value,
        one.event_ref,
        one.key.joint,
        one.key.side,
        one.provider_id,
        one.provider,
        one.asked_on.isoformat(),
        one.asked_by,
        one.channel,
        _iso(one.deadline),
        _iso(one.answered_on),
        one.question,
        one.answer,
        one.comment,
    )


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
