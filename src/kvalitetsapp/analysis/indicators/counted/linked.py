"""Linked complication events by level and class (R6–R9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis import columns
from kvalitetsapp.analysis.columns import NO_DAY, among, day_numbers
from kvalitetsapp.analysis.indicators import cohort, outcomes
from kvalitetsapp.analysis.indicators.outcomes import Happened
from kvalitetsapp.domain.indicator import Reviewed
from kvalitetsapp.domain.words import LinkStatus

if TYPE_CHECKING:
    import pandas as pd

    from kvalitetsapp.analysis.columns import Flags
    from kvalitetsapp.analysis.indicators.outcomes import Outcomes
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.indicator import Count, Indicator

_STANDING: Final = (LinkStatus.PROPOSED.value, LinkStatus.CONFIRMED.value)


def linked(indicator: Indicator, source: IndicatorSource) -> Outcomes:
    """Return which operations have a linked event of the levels and classes asked for in their window.

    Where only confirmed links count, proposed ones are told as not reviewed. Ambiguous ones never count (R9).
    """
    count, known, span = indicator.count, cohort.operations(source), cohort.span(indicator, source)
    links = source.links[_of_kind(source.links, count)]
    events = Happened(
        columns.places(known.number, links["operation"].to_numpy()),
        links["episode"].to_numpy(),
        day_numbers(links["event_date"]),
    )
    within = (events.operation >= 0) & (events.day != NO_DAY)
    within &= (events.day >= span.first[events.operation]) & (events.day <= span.last[events.operation])
    confirmed = among(links["status"], LinkStatus.CONFIRMED)
    standing = within & among(links["status"], *_STANDING)
    counts = standing & confirmed if count.reviewed is Reviewed.CONFIRMED else standing
    found = outcomes.of_events(events.where(counts), len(known.number))
    outcomes.reviewed(found, events.where(standing), confirmed[standing])
    found.ambiguous[events.operation[within & among(links["status"], LinkStatus.AMBIGUOUS)]] = True
    return found


def _of_kind(links: pd.DataFrame, count: Count) -> Flags:
    chosen = np.ones(len(links), dtype=np.bool_)
    if count.levels:
        chosen &= among(links["surgery_level"], *count.levels)
    if count.classes:
        chosen &= among(links["complication_class"], *count.classes)
    return chosen
