"""What the structured review of a report's events says: which answers decide them, counted, and how two agree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.analysis import frames, review_results, reviewer_agreement
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.report_data import FormReview
from kvalitetsapp.domain.review_protocol import ProtocolCase
from kvalitetsapp.domain.review_round import CaseState, Novelty, Part
from kvalitetsapp.domain.words import LinkStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvalitetsapp.analysis.report_frames import ReportFrames
    from kvalitetsapp.domain.answer import Answer
    from kvalitetsapp.domain.review_round import GivenAnswer

QUESTIONS: Final = ("relation", "complication_class", "harm_severity", "avoidability")
_EVENT: Final = ("episode", "joint", "side", "event_ref", "status", "complication_class", "verdict")
_DECIDED: Final = frozenset({LinkStatus.CONFIRMED.value, LinkStatus.REJECTED.value})
_OF_TWO: Final = frozenset({Part.AGREED, Part.CONSENSUS})


def form_review(
    source: ReportFrames,
    standing: Iterable[GivenAnswer],
    pairs: Mapping[EventKey, tuple[Answer, Answer]],
) -> FormReview:
    """Return what the form says of the events of the scope.

    An answer counts while the verdict that it led to decides its event; one without relation was no structured one.
    """
    by_verdict = {one.verdict: one for one in standing if one.answer.relation}
    rows: list[tuple[Any, ...]] = frames.rows(source.events, _EVENT)
    keys = [EventKey(episode, joint, side) for episode, joint, side, *_rest in rows]
    found = [
        (_case(key, ref, classed, given), given.part)
        for key, (*_key, ref, status, classed, verdict) in zip(keys, rows, strict=True)
        if status in _DECIDED and (given := by_verdict.get(verdict)) is not None and given.key == key
    ]
    counted = review_results.results(case for case, _part in found)
    mine = [pairs[key] for key in keys if key in pairs]
    return FormReview(
        reviewed=counted.reviewed,
        confirmed=counted.confirmed,
        by_two=sum(part in _OF_TWO for _case_, part in found),
        counts=tuple(one for one in counted.counts if one.question in QUESTIONS),
        avoidable=counted.avoidable,
        pairs=len(mine),
        agreement=tuple(one for one in reviewer_agreement.of_round(mine) if one.question in QUESTIONS),
    )


def _case(key: EventKey, event_ref: str, complication_class: str, given: GivenAnswer) -> ProtocolCase:
    """Return the event as a case that is done; its class is the one that stands."""
    return ProtocolCase(
        event_ref=event_ref,
        joint=key.joint,
        side=key.side,
        event_date="",
        provider="",
        days=None,
        surgery_level="",
        state=CaseState.DONE,
        novelty=Novelty.NEW,
        answer=replace(given.answer, complication_class=complication_class),
    )
