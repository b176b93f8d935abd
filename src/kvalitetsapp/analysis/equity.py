"""Equal care: an indicator split by groups of people, with differences, ratios and age-standardised figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis import centres, equity_ages, equity_findings, equity_rows, two_groups
from kvalitetsapp.analysis.indicators import intervals
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

    import pandas as pd

    from kvalitetsapp.analysis.columns import Flags, Ints
    from kvalitetsapp.analysis.equity_ages import Weights
    from kvalitetsapp.analysis.equity_rows import EquityRows
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.analysis.two_groups import Limits
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.standard_population import StandardGroup

_AGE: Final = "age_group"


class NoSuchGroupError(ValueError):
    """No group has the word of the reference that was asked for."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of every group, as columns; `reference` is the place of the group that it is held against.

    `fewest_of_ages` is as in `equity_ages.Standardised`.
    """

    crude: Limits
    difference: Limits
    ratio: Limits
    standardised: Limits
    standardised_difference: Limits
    standardised_ratio: Limits
    fewest_of_ages: Ints
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
        NoSuchGroupError: no group has the word of the reference.
    """
    if indicator.count.kind is Counted.PUBLISHED:
        nothing = EquityGroup((), 0, 0, 0, None)
        return EquityFigures(indicator, tuple(by), "", (), nothing, (EquityFinding(EquityRule.PRINTED),))
    rows = equity_rows.of_members(source, found, by)
    persons = rows.persons()
    words = rows.groups.keys.astype(str)
    against = _reference(words.iloc[:, 0].tolist(), rows.n, persons, reference)
    is_standardised = _AGE not in by and indicator.measure is not Measure.MEDIAN
    weights = equity_ages.weights(rows, standard) if is_standardised else None
    told = _told(indicator, rows, _places(words, against), persons >= LEAST_PERSONS, weights)
    made = EquityFigures(
        indicator=indicator,
        by=tuple(by),
        reference=against or "",
        groups=equity_words.in_order(_groups(indicator, words, rows, persons, told), by),
        whole=_whole(indicator, rows),
        ages=None if weights is None else weights.ages,
        as_of=source.as_of,
    )
    without_age = int((~rows.has_age).sum())
    return replace(made, findings=tuple(equity_findings.of(made, without_age, asked=bool(standard))))


def _reference(words: Sequence[str], n: Ints, persons: Ints, wanted: str) -> str | None:
    """Return the word that others are held against, None where no group can be."""
    if wanted and wanted not in words:
        raise NoSuchGroupError(wanted)
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


def _told(indicator: Indicator, rows: EquityRows, reference: Ints, large: Flags, weights: Weights | None) -> _Told:
    """Return what is told of groups; nothing of those that are too small, no difference of a group to itself."""
    of = reference.copy()
    of[(of == np.arange(len(of))) | ~np.append(large, False)[of]] = -1
    crude = _crude(indicator, rows)
    difference, ratio = _of_shares(rows, crude, of) if indicator.is_share else _of_centres(indicator, rows, of)
    found = equity_ages.of_groups(rows, weights, is_share=indicator.is_share)
    standardised = found.figure.where(large & rows.enough_with_age())
    standardised_ratio = two_groups.ratio(standardised, standardised.at(of))
    return _Told(
        crude.where(large),
        difference.where(large),
        ratio.where(large & _may_have_ratio(indicator, rows)),
        standardised,
        two_groups.difference(standardised, standardised.at(of)),
        standardised_ratio.where(_may_have_ratio(indicator, rows)),
        found.fewest,
        reference,
    )


def _crude(indicator: Indicator, rows: EquityRows) -> Limits:
    """Return the groups' figures with their intervals, by the functions that give them everywhere."""
    if indicator.is_share:
        return two_groups.share(rows.events, rows.n)
    made = intervals.median if indicator.measure is Measure.MEDIAN else intervals.mean
    return two_groups.Limits(*made(rows.value, rows.of_row, len(rows)))


def _of_shares(rows: EquityRows, crude: Limits, of: Ints) -> tuple[Limits, Limits]:
    """Return the difference and the ratio of each group's share to that of another."""
    other_events, other_n = (np.append(column, 0)[of] for column in (rows.events, rows.n))
    ratio = two_groups.share_ratio(rows.events, rows.n, other_events, other_n)
    return two_groups.difference(crude, crude.at(of)), ratio


def _of_centres(indicator: Indicator, rows: EquityRows, of: Ints) -> tuple[Limits, Limits]:
    """Return the difference and the ratio of each group's mean or median to that of another."""
    made = centres.medians if indicator.measure is Measure.MEDIAN else centres.means
    centre = made(rows.value, rows.of_row, len(rows))
    return two_groups.centre_difference(centre, centre.at(of)), two_groups.centre_ratio(centre, centre.at(of))


def _may_have_ratio(indicator: Indicator, rows: EquityRows) -> Flags:
    """Tell that there are ratios: of values that may be below 0 there are none."""
    return np.full(len(rows), indicator.is_share or not bool((rows.value < 0).any()))


# as people read them


def _groups(
    indicator: Indicator, words: pd.DataFrame, rows: EquityRows, persons: Ints, told: _Told
) -> Iterator[EquityGroup]:
    for place, row in enumerate(words.itertuples(index=False, name=None)):
        standardised = _estimate(told.standardised, place)
        yield EquityGroup(
            words=tuple(row),
            operations=int(rows.operations[place]),
            n=int(rows.n[place]),
            persons=int(persons[place]),
            events=int(rows.events[place]) if indicator.is_share else None,
            crude=_estimate(told.crude, place),
            difference=_estimate(told.difference, place),
            ratio=_estimate(told.ratio, place),
            standardised=standardised,
            standardised_difference=_estimate(told.standardised_difference, place),
            standardised_ratio=_estimate(told.standardised_ratio, place),
            is_reference=int(told.reference[place]) == place,
            fewest_of_ages=None if standardised is None else int(told.fewest_of_ages[place]),
        )


def _estimate(limits: Limits, place: int) -> Estimate | None:
    value, low, high = (float(column[place]) for column in (limits.value, limits.low, limits.high))
    if not np.isfinite(value):
        return None
    return Estimate(value, *(end if np.isfinite(end) else None for end in (low, high)))


def _whole(indicator: Indicator, rows: EquityRows) -> EquityGroup:
    """Return all groups together."""
    together = rows.together()
    persons = int(together.persons()[0])
    return EquityGroup(
        words=(),
        operations=int(together.operations[0]),
        n=int(together.n[0]),
        persons=persons,
        events=int(together.events[0]) if indicator.is_share else None,
        crude=_estimate(_crude(indicator, together), 0) if persons >= LEAST_PERSONS else None,
    )
