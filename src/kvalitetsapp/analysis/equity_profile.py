"""The profile of equal care: women and men against the nation, indicator by indicator, by the rules of equal care."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kvalitetsapp.analysis.charts import profile
from kvalitetsapp.analysis.columns import places
from kvalitetsapp.domain.equity import LEAST_PERSONS
from kvalitetsapp.domain.indicator import Measure
from kvalitetsapp.domain.report_data import Share
from kvalitetsapp.domain.words import Sex
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.analysis.charts.profile import ProfileEntry
    from kvalitetsapp.analysis.columns import Flags
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.chart_data import Profile, ProfileBar


def of_entries(title: str, entries: Iterable[ProfileEntry], source: IndicatorSource) -> Profile:
    """Return a line per indicator; whoever is fewer than five persons has no mark, and the line says so."""
    whole = profile.profile(title, list(told := list(entries)))
    bars = (_without_few(bar, entry, source) for bar, entry in zip(whole.bars, told, strict=True))
    return replace(whole, bars=tuple(bars))


def _without_few(bar: ProfileBar, entry: ProfileEntry, source: IndicatorSource) -> ProfileBar:
    sex = entry.rows["sex"].to_numpy()
    few = {each: _persons(entry, source, sex == each.value) < LEAST_PERSONS for each in (Sex.FEMALE, Sex.MALE)}
    if not any(few.values()):
        return bar
    everyone = _persons(entry, source, np.ones(len(sex), dtype=np.bool_))
    return replace(
        bar,
        women=None if few[Sex.FEMALE] else bar.women,
        men=None if few[Sex.MALE] else bar.men,
        everyone=None if everyone < LEAST_PERSONS else bar.everyone,
        note=". ".join(filter(None, (bar.note, _few_words(few[Sex.FEMALE], few[Sex.MALE])))),
    )


def _persons(entry: ProfileEntry, source: IndicatorSource, rows: Flags) -> int:
    every = source.index_operations
    place = places(every["operation"].to_numpy(), entry.rows["operation"].to_numpy()[rows])
    return len(np.unique(every["person"].to_numpy()[place]))


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
