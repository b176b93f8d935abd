"""A stay that begins after the index stay has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.analysis.columns import among, day_numbers
from kvalitetsapp.analysis.indicators import cohort, later_care, outcomes
from kvalitetsapp.analysis.indicators.outcomes import Happened
from kvalitetsapp.domain.words import CareForm

if TYPE_CHECKING:
    from kvalitetsapp.analysis.indicators.outcomes import Outcomes
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.indicator import Indicator


def readmission(indicator: Indicator, source: IndicatorSource) -> Outcomes:
    """Return which operations are followed by another inpatient stay of the same person in their window.

    It must begin on or after the day of discharge; whether one of that same day counts (often the index stay going on
    in another ward) the recipe says by where its window begins.
    """
    known, episodes = cohort.operations(source), source.episodes
    operation, row = later_care.episodes_after(indicator, source)
    day = day_numbers(episodes["admitted"].iloc[row])
    later = among(episodes["care_form"].iloc[row], CareForm.INPATIENT) & (day >= known.discharged[operation])
    events = Happened(operation, episodes["episode"].to_numpy()[row], day).where(later)
    return outcomes.of_events(events, len(known.number), delivered=later_care.is_delivered(source))
