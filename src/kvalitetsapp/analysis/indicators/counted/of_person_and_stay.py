"""What the person's and the index stay's own dates tell: death, length of stay, home on the day of the operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kvalitetsapp.analysis import columns
from kvalitetsapp.analysis.columns import NO_DAY, among, day_numbers
from kvalitetsapp.analysis.indicators import cohort, outcomes
from kvalitetsapp.analysis.indicators.outcomes import NO_EPISODE, Happened
from kvalitetsapp.domain.words import CareForm

if TYPE_CHECKING:
    from kvalitetsapp.analysis.indicators.outcomes import Outcomes
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.indicator import Indicator


def death(indicator: Indicator, source: IndicatorSource) -> Outcomes:
    """Return who died in the window; a death before the operation is a fault of the data and no death here.

    Where no death at all is delivered, nothing is known.
    """
    known, span, persons = cohort.operations(source), cohort.span(indicator, source), source.persons
    day = np.append(day_numbers(persons["death_date"]), NO_DAY)
    died = day[columns.places(persons["person"].to_numpy(), known.person)]
    place = np.flatnonzero((died >= known.day) & (died >= span.first) & (died <= span.last))
    events = Happened(place, np.full(len(place), NO_EPISODE, dtype=np.int64), died[place])
    return outcomes.of_events(events, len(died), delivered=bool((day != NO_DAY).any()))


def stay(_indicator: Indicator, source: IndicatorSource) -> Outcomes:
    """Return the days from admission to discharge of each index stay."""
    known = cohort.operations(source)
    days = (known.discharged - known.admitted).astype(np.float64)
    return outcomes.of_values(np.where(known.row < 0, np.nan, days))


def day_surgery(_indicator: Indicator, source: IndicatorSource) -> Outcomes:
    """Return 1 for operations without a night: in outpatient care, or admitted and discharged on one day."""
    known = cohort.operations(source)
    outpatient = np.append(among(source.episodes["care_form"], CareForm.OUTPATIENT), False)[known.row]
    home = (outpatient | (known.discharged == known.admitted)).astype(np.float64)
    return outcomes.of_values(np.where(known.row < 0, np.nan, home))
