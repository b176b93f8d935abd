"""What really happened in the sample county, in the form of verdicts: a truth to measure the rules against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange.sample.shapes import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kvalitetsapp.exchange.sample.shapes import Complication, Episode

_WHO: Final = "FACIT"


def truth_of(
    complications: Iterable[Complication], decoys: Iterable[Episode], of_old_prostheses: Iterable[Episode], day: date
) -> list[Verdict]:
    """Return every complication, of its operation or of one from before, and what may be taken for one but is none."""
    courses = list(complications)
    aftercare = [one.episode for one in courses if one.is_aftercare]
    truth = [_caused(one, day) for one in courses if not one.is_aftercare]
    truth += [Verdict(_ref(episode), "", "confirmed", _WHO, day) for episode in of_old_prostheses]
    truth += [Verdict(_ref(episode), "", "rejected", _WHO, day) for episode in (*aftercare, *decoys)]
    return sorted(truth, key=lambda verdict: verdict.event_ref)


def _caused(one: Complication, day: date) -> Verdict:
    operation = one.operation
    return Verdict(
        _ref(one.episode),
        operation.joint,
        "confirmed",
        _WHO,
        day,
        index_ref=operation.index_ref,
        side=operation.side,
    )


def _ref(episode: Episode) -> str:
    return f"{episode.place.source}/{episode.episode_id}"
