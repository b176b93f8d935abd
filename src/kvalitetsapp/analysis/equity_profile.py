"""The profile of equal care: women and men against the nation, indicator by indicator, by the rules of equal care."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.charts import profile
from kvalitetsapp.analysis.columns import places
from kvalitetsapp.analysis.indicators import cohort
from kvalitetsapp.domain.equity import LEAST_PERSONS
from kvalitetsapp.domain.indicator import Measure
from kvalitetsapp.domain.report_data import Share
from kvalitetsapp.domain.words import Sex
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.analysis.charts.profile import ProfileEntry
    from kvalitetsapp.analysis.columns import Ints
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.chart_data import Profile, ProfileBar

_FIRST: Final = 100


def of_entries(title: str, entries: Iterable[ProfileEntry], source: IndicatorSource) -> Profile:
    """Return a line per indicator; whoever is fewer than five persons has no mark, and the line says so."""
    whole = profile.profile(title, list(told := list(entries)))
    bars = (_without_few(bar, entry, source) for bar, entry in zip(whole.bars, told, strict=True))
    return replace(whole, bars=tuple(bars))


def _without_few(bar: ProfileBar, entry: ProfileEntry, source: IndicatorSource) -> ProfileBar:
    """Return a line without the marks of fewer than five persons."""
    operations, sex = entry.rows["operation"].to_numpy(), entry.rows["sex"].to_numpy()
    women, men = (_are_few(operations[sex == each.value], source) for each in (Sex.FEMALE, Sex.MALE))
    if not women and not men:
        return bar
    return replace(
        bar,
        women=None if women else bar.women,
        men=None if men else bar.men,
        everyone=None if _are_few(operations, source) else bar.everyone,
        note=". ".join(filter(None, (bar.note, _few_words(women, men)))),
    )


def _are_few(operations: Ints, source: IndicatorSource) -> bool:
    """Tell whether operations are of fewer than five persons; mostly the first of them tell that they are not."""
    known = cohort.operations(source)
    return all(
        len(np.unique(known.person[places(known.number, some)])) < LEAST_PERSONS
        for some in (operations[:_FIRST], operations)
    )


def _few_words(women: bool, men: bool) -> str:
    if women and men:
        return _("Färre än {n} kvinnor och män").format(n=LEAST_PERSONS)
    return (_("Färre än {n} kvinnor") if women else _("Färre än {n} män")).format(n=LEAST_PERSONS)


def shares(entries: Iterable[ProfileEntry]) -> tuple[tuple[str, Share], ...]:
    """Return what is behind the bars by key, `key/female` and `key/male`: events of how many, of means none.

    Of shares without what is counted the events are what is counted, as they are for those with it.
    """
    found = []
    for entry in entries:
        sex = entry.rows["sex"].to_numpy()
        key = entry.indicator.indicator_id
        is_event = entry.rows["numerator"].to_numpy(dtype=np.bool_)
        if entry.indicator.measure is Measure.SHARE_WITHOUT:
            is_event = ~is_event
        parts = ((key, np.ones(len(sex), dtype=np.bool_)), *((f"{key}/{each}", sex == each.value) for each in Sex))
        for name, rows in parts:
            events = int(is_event[rows].sum())
            found.append((name, Share(events, int(rows.sum()), None, None, None)))
    return tuple(found)
