"""Every event that is linked to an operation at a provider, with its review, its cost and what it lets be claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.analysis import frames
from kvalitetsapp.domain.case_annex import AnnexCase
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.words import LinkStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pandas as pd

    from kvalitetsapp.analysis.report_frames import ReportFrames
    from kvalitetsapp.domain.answer import Answer
    from kvalitetsapp.domain.review_round import GivenAnswer

STATUSES: Final = (LinkStatus.CONFIRMED.value, LinkStatus.PROPOSED.value, LinkStatus.AMBIGUOUS.value)
_EVENT: Final = ("episode", "joint", "side")
_TOLD: Final = (
    *("status", "index_ref", "event_ref", "operated_on", "event_date", "days", "complication_class"),
    *("surgery_level", "verdict", "person"),
)
_CLAIM: Final = ("cost", "covered", "reason", "claimable")
_NO_CLAIM: Final = (None, None, "", 0)


def cases(
    source: ReportFrames, standing: Iterable[GivenAnswer], patient: Callable[[int], str]
) -> tuple[tuple[EventKey, AnnexCase], ...]:
    """Return the cases of the scope with their events: confirmed first, then proposed, then ambiguous, by day.

    An answer to the form counts while the verdict that it led to decides its event. `patient` tells of a person's
    identity what may be told.
    """
    answers = {one.verdict: one for one in standing if one.answer.relation}
    confirmed, potential = _claims(source.confirmed_claims), _claims(source.potential_claims)
    found = []
    for key, told in _linked(source):
        given = answers.get(told["verdict"])
        claims = confirmed if told["status"] == LinkStatus.CONFIRMED.value else potential
        answer = given.answer if given is not None and given.key == key else None
        found.append((key, _case(key, told, answer, claims.get(key, _NO_CLAIM), patient)))
    return tuple(sorted(found, key=lambda one: _place(one[1])))


def _place(one: AnnexCase) -> tuple[Any, ...]:
    return (STATUSES.index(one.status), one.event_date, one.event_ref, one.joint, one.side)


def _linked(source: ReportFrames) -> Iterator[tuple[EventKey, dict[str, Any]]]:
    rows: list[tuple[Any, ...]] = frames.rows(source.events, (*_EVENT, *_TOLD))
    for episode, joint, side, *rest in rows:
        told = dict(zip(_TOLD, rest, strict=True))
        if told["status"] in STATUSES:
            yield EventKey(episode, joint or "", side or ""), told


def _claims(basis: pd.DataFrame) -> Mapping[EventKey, tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = frames.rows(basis, (*_EVENT, *_CLAIM))
    return {EventKey(episode, joint or "", side or ""): tuple(rest) for episode, joint, side, *rest in rows}


def _case(
    key: EventKey,
    told: Mapping[str, Any],
    answer: Answer | None,
    claim: tuple[Any, ...],
    patient: Callable[[int], str],
) -> AnnexCase:
    cost, covered, reason, claimable = claim
    return AnnexCase(
        status=told["status"],
        index_ref=told["index_ref"] or "",
        event_ref=told["event_ref"],
        patient=patient(told["person"]),
        operated_on=told["operated_on"] or "",
        event_date=told["event_date"],
        days=told["days"],
        joint=key.joint,
        side=key.side,
        complication_class=told["complication_class"] or "",
        surgery_level=told["surgery_level"] or "",
        relation=answer.relation if answer else "",
        harm_severity=answer.harm_severity if answer else "",
        avoidability=answer.avoidability if answer else "",
        cost=cost,
        covered=None if covered is None else bool(covered),
        reason=reason or "",
        claimable=claimable,
    )
