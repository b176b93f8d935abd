"""The verdicts of record reviews, held twice a year over the older complications."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange.sample.shapes import Verdict

if TYPE_CHECKING:
    import random

    from kvalitetsapp.exchange.sample.shapes import Complication, Operation, Period

_ROUNDS: Final = ((4, 14), (10, 13))
_REVIEWERS: Final = ("OL01", "OL02", "ST07")
_SETTLED: Final = timedelta(days=30)
_REJECTED_BECAUSE: Final = (
    "Annan förklaring i journalen",
    "Hör inte till protesoperationen",
    "Misstänkt men inte bekräftad",
    "Fanns före operationen",
)


def verdicts_on(
    rng: random.Random, complications: list[Complication], operations: list[Operation], period: Period
) -> list[Verdict]:
    """Return verdicts on about three in five of the events that a review round has had time for."""
    joints: dict[str, list[Operation]] = {}
    for operation in operations:
        joints.setdefault(operation.person.personal_id, []).append(operation)
    verdicts = []
    for complication in complications:
        reviewed = _review_day(rng, complication.episode.discharged)
        if not complication.is_aftercare and reviewed <= period.last and rng.random() < 0.66:
            several = len(joints[complication.operation.person.personal_id]) > 1
            verdicts.append(_verdict(rng, complication, reviewed, several=several))
    return sorted(verdicts, key=lambda verdict: (verdict.reviewed_on, verdict.event_ref))


def _review_day(rng: random.Random, discharged: date) -> date:
    """Return a day within the first review round that begins a month after the episode."""
    ready = discharged + _SETTLED
    days = (date(year, month, day) for year in (ready.year, ready.year + 1) for month, day in _ROUNDS)
    return next(day for day in days if day >= ready) + timedelta(days=rng.randint(0, 9))


def _verdict(rng: random.Random, complication: Complication, reviewed: date, *, several: bool) -> Verdict:
    episode, operation = complication.episode, complication.operation
    rejected = rng.random() < (0.3 if complication.doubtful else 0.04)
    index_ref = operation.index_ref if several and not rejected and rng.random() < 0.6 else ""
    cellulitis = episode.main_diagnosis == "T814" and rng.random() < 0.25
    return Verdict(
        f"{episode.place.source}/{episode.episode_id}",
        operation.joint,
        "rejected" if rejected else "confirmed",
        rng.choice(_REVIEWERS),
        reviewed,
        "wound" if cellulitis and not rejected else "",
        index_ref,
        rng.choice(_REJECTED_BECAUSE) if rejected else "",
    )
