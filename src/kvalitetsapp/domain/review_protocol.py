"""What the protocol of a review round shows, on paper and as a workbook: ready-made, so that drawing computes nothing.

Dates are `YYYY-MM-DD`, "" where there is none. Nobody's personal number is in it; events are known by `event_ref`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.answer import SINGLE_WORDS, Answer
from kvalitetsapp.domain.report_seal import fingerprint
from kvalitetsapp.domain.review_round import CaseState, Part
from kvalitetsapp.domain.words import Verdict, word
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.released import SmallNumbers
    from kvalitetsapp.domain.report_data import Manifest, Share
    from kvalitetsapp.domain.review_round import Novelty, RoundDefinition
    from kvalitetsapp.domain.reviewer_agreement import ReviewerAgreement

QUESTION_WORDS: Final = {
    "decision": N_("Beslut"),
    "index_ref": N_("Primäroperation"),
    "surgery_level": N_("Kirurgi"),
    **SINGLE_WORDS,
    "criteria": N_("Kriterier"),
    "cultures_taken": N_("Tagna odlingar"),
    "cultures_positive": N_("Positiva odlingar"),
}
"""What the questions of a protocol are called; `surgery_level` comes from the codes, not from a reviewer."""


@dataclass(frozen=True, slots=True)
class ProtocolHead:
    """The round: its name, its definition in words, who froze and closed it when, and how it is printed.

    `closed_on` is "" while the round goes on. With small numbers hidden the protocol may leave the
    department, and shows no single case.
    """

    name: str
    definition: tuple[tuple[str, str], ...]
    frozen_on: str
    frozen_by: str
    closed_on: str
    closed_by: str
    data_cut: str
    is_blinded: bool
    sample: bool
    small_numbers: SmallNumbers
    program_version: str

    @property
    def is_closed(self) -> bool:
        """Tell whether nothing in the round changes any more."""
        return bool(self.closed_on)


@dataclass(frozen=True, slots=True)
class ReviewerWork:
    """How many answers a reviewer has given, in how many seconds, and how many a case took (median)."""

    name: str
    answers: int
    seconds: int
    median_seconds: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the cases have come, and what they are beside the round before; both add up to `cases`."""

    cases: int
    done: int
    open: int
    waiting: int
    differs: int
    gone: int
    new: int
    changed: int
    known: int


@dataclass(frozen=True, slots=True)
class ProtocolCase:
    """A case with the answer that stands: the only one, the one both agreed on, or their consensus.

    The answer has the derived class put in where the reviewer left it. It is empty until the case is done.
    """

    event_ref: str
    joint: str
    side: str
    event_date: str
    provider: str
    days: int | None
    surgery_level: str
    state: CaseState
    novelty: Novelty
    answer: Answer = field(default_factory=Answer)
    part: Part | None = None
    reviewers: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what knows the case in this round and the others."""
        return self.event_ref, self.joint, self.side

    @property
    def is_confirmed(self) -> bool:
        """Tell whether the event was found to belong to the operation."""
        return self.state is CaseState.DONE and self.answer.decision is Verdict.CONFIRMED

    @property
    def is_rejected(self) -> bool:
        """Tell whether the event was found not to belong to the operation."""
        return self.state is CaseState.DONE and self.answer.decision is Verdict.REJECTED

    def told(self, question: str) -> str:
        """Return the code of the answer to a question, "" where there is none."""
        return self.surgery_level if question == "surgery_level" else str(getattr(self.answer, question) or "")


@dataclass(frozen=True, slots=True)
class ProtocolAnswer:
    """One reviewer's answer to a case, and what kind of answer it is."""

    case: ProtocolCase
    reviewer: str
    part: Part
    answered_on: str
    seconds: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each answer to a question was given; the last may be "", not answered."""

    question: str
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """Return how many cases were asked about."""
        return sum(count for _code, count in self.counts)


@dataclass(frozen=True, slots=True)
class InfectionCounts:
    """Infections by their answer to `question`, and how many of each are of every level; "" is not answered."""

    question: str
    levels: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class ProviderCounts:
    """The cases operated on at a provider; `avoidable` are those of the confirmed that were found avoidable (3–4)."""

    name: str
    confirmed: int
    avoidable: int
    rejected: int

    @property
    def reviewed(self) -> int:
        """Return how many have been decided on."""
        return self.confirmed + self.rejected


@dataclass(frozen=True, slots=True)
class Results:
    """What the review found, among the cases that are done; `avoidable` is the share of 3–4 among those judged."""

    reviewed: int
    confirmed: int
    rejected: int
    avoidable: Share
    counts: tuple[Counts, ...]
    infections: tuple[InfectionCounts, ...]
    providers: tuple[ProviderCounts, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """A difference between two reviewers that they settled: on which questions, and why as they did."""

    event_ref: str
    questions: tuple[str, ...]
    reason: str
    settled_by: str
    settled_on: str


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A case that was answered otherwise in the earlier round."""

    event_ref: str
    question: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The earlier round beside this one: counts side by side, the cases in both, and those of them that changed."""

    name: str
    closed_on: str
    before: Results
    in_both: int
    changes: tuple[CaseChange, ...]


@dataclass(frozen=True, slots=True)
class QuestionsAsked:
    """Questions to providers about cases of the round; `late` are past their deadline without an answer."""

    asked: int
    answered: int
    late: int


@dataclass(frozen=True, slots=True)
class MissedFindings:
    """Contacts of the round's period in which no rule made an event, by what people found: harm after all, or none."""

    harm: int
    no_harm: int


@dataclass(frozen=True, slots=True)
class ProtocolData:
    """Everything in the protocol of a round; `agreement` is empty where one reviewer answers alone.

    `median_seconds` is what a case took of all its reviewers together, None where nobody has answered.
    """

    head: ProtocolHead
    reviewers: tuple[ReviewerWork, ...]
    median_seconds: int | None
    progress: Progress
    results: Results
    agreement: tuple[ReviewerAgreement, ...]
    settled: tuple[Settled, ...]
    earlier: Comparison | None
    questions: QuestionsAsked
    missed: MissedFindings
    cases: tuple[ProtocolCase, ...]
    answers: tuple[ProtocolAnswer, ...]
    manifest: Manifest

    @property
    def undecided(self) -> tuple[ProtocolCase, ...]:
        """Return the cases that are still to be decided on."""
        return tuple(one for one in self.cases if one.state not in {CaseState.DONE, CaseState.GONE})

    @property
    def answers_to_show(self) -> tuple[ProtocolAnswer, ...]:
        """Return the answers that lead nobody any more: of settled cases, or of a closed round."""
        return tuple(one for one in self.answers if self.head.is_closed or one.case.state is CaseState.DONE)

    def agreement_on(self, question: str) -> ReviewerAgreement | None:
        """Return the agreement on a question, None where there was no second reviewer."""
        return next((one for one in self.agreement if one.question == question), None)


def sealed(data: ProtocolData) -> ProtocolData:
    """Return the protocol with its fingerprint: the SHA-256 of everything else in it."""
    bare = replace(data, manifest=replace(data.manifest, fingerprint=""))
    return replace(data, manifest=replace(data.manifest, fingerprint=fingerprint(bare)))


def definition_in_words(definition: RoundDefinition, providers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return which events are in a round and how they are reviewed; `providers` are the names of their ids."""
    return (
        (
            _("Händelser"),
            _("{first} till och med {last}").format(
                first=definition.event_from.isoformat(), last=definition.event_to.isoformat()
            ),
        ),
        (_("Leder"), _words("joint", definition.joints)),
        (_("Kirurgi"), _words("surgery_level", definition.surgery_levels)),
        (_("Komplikation"), _words("complication_class", definition.complication_classes)),
        (_("Opererad hos"), ", ".join(providers.get(one, one) for one in definition.index_providers) or _("Alla")),
        (_("Vårdad"), _("I egen regi") if definition.own_care else _("Hos alla vårdgivare")),
        (_("Primäroperation"), _("Hos andra än egen regi") if definition.purchased else _("Hos alla vårdgivare")),
        (_("Granskare per ärende"), _("Två, oberoende") if definition.reviewers_per_case > 1 else _("En")),
        (
            _("Måste besvaras"),
            ", ".join(_(QUESTION_WORDS.get(one, one)) for one in definition.required) or _("Bara beslutet"),
        ),
    )


def _words(vocabulary: str, codes: tuple[str, ...]) -> str:
    return ", ".join(word(vocabulary, code) for code in codes) or _("Alla")
