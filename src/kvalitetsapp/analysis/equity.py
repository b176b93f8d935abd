"""Equal care: an indicator split by groups of people, with differences, ratios and age-standardised figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import centres, cohorts, direct_standardisation, equity_findings, two_groups
from kvalitetsapp.analysis.cohorts import AGE_LIMITS, NO_AGE
from kvalitetsapp.analysis.columns import places
from kvalitetsapp.analysis.indicators import cohort, intervals, keys
from kvalitetsapp.domain import equity_words
from kvalitetsapp.domain.equity import (
    LEAST_PERSONS,
    EquityFigures,
    EquityFinding,
    EquityGroup,
    EquityRule,
    Estimate,
)
from kvalitetsapp.domain.indicator import Counted, Measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kvalitetsapp.analysis.cohorts import Groups
    from kvalitetsapp.analysis.columns import Flags, Floats, Ints
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.analysis.two_groups import Limits
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.standard_population import StandardGroup

_YES: Final = 0.5
_AGE: Final = "age_group"
_BANDS: Final = len(AGE_LIMITS) + 1


@dataclass(frozen=True, slots=True)
class _Counted:
    """The operations that a figure rests on: value, person and age of each, and the group it is in.

    `operations` are all of each group, also those that the figure does not rest on; `events` means nothing of values
    that are no yes or no.
    """

    value: Floats
    person: Ints
    age: Ints
    groups: Groups
    operations: Ints
    n: Ints
    events: Ints

    @property
    def of_row(self) -> Ints:
        """Return the group of each."""
        return self.groups.of_row

    def __len__(self) -> int:
        """Return how many groups there are."""
        return len(self.groups.keys)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of every group, as columns; `reference` is the place of the group that it is held against."""

    crude: Limits
    difference: Limits
    ratio: Limits
    standardised: Limits
    standardised_difference: Limits
    standardised_ratio: Limits
    reference: Ints


def split(
    indicator: Indicator,
    source: IndicatorSource,
    found: pd.DataFrame,
    by: Sequence[str],
    *,
    reference: str = "",
    standard: Sequence[StandardGroup] = (),
) -> EquityFigures:
    """Return the figures of some members by groups, each against the reference.

    `by[0]` is compared, within the words of the other keys. Without a `reference` it is the group with most operations
    behind the figure, never the one whose word is not told. With a `standard` population shares and means are age
    standardised too, on the program's age groups and the ages that there are (Limits of `direct_standardisation`).

    Raises:
        ValueError: no group has the word of the reference.
    """
    if indicator.count.kind is Counted.PUBLISHED:
        nothing = EquityGroup((), 0, 0, 0, None)
        return EquityFigures(indicator, tuple(by), "", (), nothing, (EquityFinding(EquityRule.PRINTED),))
    counted = _counted(source, found, by)
    persons = counted.groups.distinct(counted.person, np.ones(len(counted.value), dtype=np.bool_))
    words = counted.groups.keys.astype(str)
    against = _reference(words.iloc[:, 0].tolist(), counted.n, persons, reference)
    weight, ages = _weight(indicator, counted, by, standard)
    told = _told(indicator, counted, _places(words, against), persons >= LEAST_PERSONS, weight)
    made = EquityFigures(
        indicator=indicator,
        by=tuple(by),
        reference=against or "",
        groups=equity_words.in_order(_groups(indicator, words, counted, persons, told), by),
        whole=_whole(indicator, counted),
        ages=ages,
        as_of=source.as_of,
    )
    without_age = int((counted.age == NO_AGE).sum())
    return replace(made, findings=tuple(equity_findings.of(made, without_age, asked=bool(standard))))


def _counted(source: IndicatorSource, found: pd.DataFrame, by: Sequence[str]) -> _Counted:
    """Return the operations behind the figure, in the groups of all members: those of `figures.of_members`."""
    operation = found["operation"].to_numpy()
    groups = cohorts.group(keys.of_operations(source, operation, by))
    kept = found["counted"].to_numpy(dtype=np.bool_)
    known = cohort.operations(source)
    place = places(known.number, operation[kept])
    ages = source.once("ages", lambda: cohorts.ages(source.index_operations, source.persons))
    value, of_row = found["value"].to_numpy(dtype=np.float64)[kept], groups.of_row[kept]
    size = len(groups.keys)
    return _Counted(
        value,
        known.person[place],
        ages[place],
        cohorts.Groups(groups.keys, of_row),
        operations=groups.count(),
        n=np.bincount(of_row, minlength=size),
        events=np.bincount(of_row, weights=value > _YES, minlength=size).astype(np.int64),
    )


def _reference(words: Sequence[str], n: Ints, persons: Ints, wanted: str) -> str | None:
    """Return the word that others are held against, None where no group can be."""
    if wanted and wanted not in words:
        raise ValueError(wanted)
    if wanted:
        return wanted
    total: dict[str, int] = {}
    for word, size, people in zip(words, n.tolist(), persons.tolist(), strict=True):
        if word and people >= LEAST_PERSONS:
            total[word] = total.get(word, 0) + size
    return max(total, key=lambda word: (total[word], word)) if total else None


def _places(words: pd.DataFrame, reference: str | None) -> Ints:
    """Return for each group the place of the reference that has the same words by the other keys, -1 without one."""
    rows = list(words.itertuples(index=False, name=None))
    known = {row[1:]: place for place, row in enumerate(rows) if row[0] == reference}
    return np.array([known.get(row[1:], -1) for row in rows], dtype=np.int64).reshape(len(rows))


def _weight(
    indicator: Indicator, counted: _Counted, by: Sequence[str], standard: Sequence[StandardGroup]
) -> tuple[Floats | None, tuple[int, int] | None]:
    """Return the weight of each age group and the ages that the standard is restricted to."""
    ages = counted.age[counted.age != NO_AGE]
    if not standard or not len(ages) or _AGE in by or indicator.measure is Measure.MEDIAN:
        return None, None
    first, last = int(ages.min()), int(ages.max())
    within = [one for one in standard if one.age_from <= last and (one.age_to is None or first <= one.age_to)]
    weight = direct_standardisation.weights(standard, AGE_LIMITS, first, last)
    weight = np.where(np.bincount(_bands(ages), minlength=_BANDS) > 0, weight, 0.0)
    weight /= max(weight.sum(), 1e-12)  # ages between them that nobody has weigh nothing either
    return weight, (within[0].age_from, last if within[-1].age_to is None else within[-1].age_to)


def _told(indicator: Indicator, counted: _Counted, reference: Ints, large: Flags, weight: Floats | None) -> _Told:
    """Return what is told of groups; nothing of those that are too small, no difference of a group to itself."""
    of = reference.copy()
    of[(of == np.arange(len(of))) | ~np.append(large, False)[of]] = -1
    if indicator.is_share:
        n, events = counted.n, counted.events
        crude = _crude(indicator, counted)
        difference = two_groups.difference(crude, crude.at(of))
        other_events, other_n = (np.append(column, 0)[of] for column in (events, n))
        ratio = two_groups.share_ratio(events, n, other_events, other_n)
    else:
        made = centres.medians if indicator.measure is Measure.MEDIAN else centres.means
        centre = made(counted.value, counted.of_row, len(counted))
        crude = _crude(indicator, counted)
        difference = two_groups.centre_difference(centre, centre.at(of))
        ratio = _ratio_of_centres(counted, centre, of)
    standardised = _standardised(indicator, counted, weight)
    standard_difference = two_groups.difference(standardised, standardised.at(of))
    standard_ratio = two_groups.ratio(standardised, standardised.at(of))
    if not indicator.is_share and bool((counted.value < 0).any()):
        standard_ratio = standard_ratio.where(np.zeros(len(counted), dtype=np.bool_))
    return _Told(
        crude.where(large),
        difference.where(large),
        ratio.where(large),
        standardised.where(large),
        standard_difference.where(large),
        standard_ratio.where(large),
        reference,
    )


def _crude(indicator: Indicator, counted: _Counted) -> Limits:
    """Return the groups' figures with their intervals, by the functions that give them everywhere."""
    if indicator.is_share:
        return two_groups.share(counted.events, counted.n)
    made = intervals.median if indicator.measure is Measure.MEDIAN else intervals.mean
    return two_groups.Limits(*made(counted.value, counted.of_row, len(counted)))


def _ratio_of_centres(counted: _Counted, centre: two_groups.Centres, of: Ints) -> Limits:
    """Return ratios of means or medians; of values that may be below 0 there is none."""
    found = two_groups.centre_ratio(centre, centre.at(of))
    return found.where(np.full(len(counted), not bool((counted.value < 0).any())))


def _standardised(indicator: Indicator, counted: _Counted, weight: Floats | None) -> Limits:
    """Return each group's standardised figure; operations without an age are left out."""
    groups = len(counted)
    if weight is None:
        return two_groups.Limits(*(np.full(groups, np.nan) for _column in range(3)))
    known = counted.age != NO_AGE
    cell = counted.of_row[known] * _BANDS + _bands(counted.age[known])
    n = np.bincount(cell, minlength=groups * _BANDS).reshape(groups, _BANDS)
    value = counted.value[known]
    if indicator.is_share:
        events = np.bincount(cell[value > _YES], minlength=groups * _BANDS).reshape(groups, _BANDS)
        return direct_standardisation.of_shares(events, n, weight)
    centre = centres.means(value, cell, groups * _BANDS)
    shape = (groups, _BANDS)
    return direct_standardisation.of_means(n, centre.value.reshape(shape), centre.variance.reshape(shape), weight)


def _bands(ages: Ints) -> Ints:
    """Return the place of each age among the age groups, the youngest first."""
    return np.searchsorted(AGE_LIMITS, ages, side="right").astype(np.int64)


# as people read them


def _groups(
    indicator: Indicator, words: pd.DataFrame, counted: _Counted, persons: Ints, told: _Told
) -> Iterator[EquityGroup]:
    for place, row in enumerate(words.itertuples(index=False, name=None)):
        yield EquityGroup(
            words=tuple(row),
            operations=int(counted.operations[place]),
            n=int(counted.n[place]),
            persons=int(persons[place]),
            events=int(counted.events[place]) if indicator.is_share else None,
            crude=_estimate(told.crude, place),
            difference=_estimate(told.difference, place),
            ratio=_estimate(told.ratio, place),
            standardised=_estimate(told.standardised, place),
            standardised_difference=_estimate(told.standardised_difference, place),
            standardised_ratio=_estimate(told.standardised_ratio, place),
            is_reference=int(told.reference[place]) == place,
        )


def _estimate(limits: Limits, place: int) -> Estimate | None:
    value, low, high = (float(column[place]) for column in (limits.value, limits.low, limits.high))
    if not np.isfinite(value):
        return None
    return Estimate(value, *(end if np.isfinite(end) else None for end in (low, high)))


def _whole(indicator: Indicator, counted: _Counted) -> EquityGroup:
    """Return all groups together."""
    size = len(counted.value)
    together = replace(
        counted,
        groups=cohorts.Groups(pd.DataFrame(index=range(1)), np.zeros(size, dtype=np.int64)),
        operations=np.array([counted.operations.sum()]),
        n=np.array([counted.n.sum()]),
        events=np.array([counted.events.sum()]),
    )
    persons = int(together.groups.distinct(counted.person, np.ones(size, dtype=np.bool_))[0])
    return EquityGroup(
        words=(),
        operations=int(together.operations[0]),
        n=int(together.n[0]),
        persons=persons,
        events=int(together.events[0]) if indicator.is_share else None,
        crude=_estimate(_crude(indicator, together), 0) if persons >= LEAST_PERSONS else None,
    )
