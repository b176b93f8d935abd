"""Questions to a provider about a case, sent outside the program, and the log of what was disclosed to whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.patient import EventKey


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
