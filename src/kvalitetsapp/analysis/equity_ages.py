"""Groups of people as if all had the ages of a standard population, on the program's age groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis import centres, direct_standardisation
from kvalitetsapp.analysis.cohorts import AGE_LIMITS
from kvalitetsapp.analysis.two_groups import Limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.columns import Floats, Ints
    from kvalitetsapp.analysis.equity_rows import EquityRows
    from kvalitetsapp.domain.standard_population import StandardGroup

BANDS: Final = len(AGE_LIMITS) + 1


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each age group, the youngest first and together 1; `ages` are those that the standard counts.

    The last of them is None where it has no end.
    """

    weight: Floats
    ages: tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Standardised:
    """The standardised figure of each group, and the fewest, but not none, that it tells of at some age.

    `fewest` counts operations, events and those without (of means operations only), also those without an age: what
    is standardised rests on the others.
    """

    figure: Limits
    fewest: Ints


def weights(rows: EquityRows, standard: Sequence[StandardGroup]) -> Weights | None:
    """Return the weights of the ages that there are, None where the standard has none of them.

    Only the standard's groups from that of the youngest to that of the oldest count, and age groups between them that
    nobody is in weigh nothing.
    """
    ages = rows.age[rows.has_age]
    if not len(ages):
        return None
    first, last = int(ages.min()), int(ages.max())
    within = [one for one in standard if one.age_from <= last and (one.age_to is None or first <= one.age_to)]
    if not within:
        return None
    weight = direct_standardisation.weights(standard, AGE_LIMITS, first, last)
    weight = np.where(np.bincount(_bands(ages), minlength=BANDS) > 0, weight, 0.0)
    return Weights(weight / weight.sum(), (within[0].age_from, within[-1].age_to))


def of_groups(rows: EquityRows, known: Weights | None, *, is_share: bool) -> Standardised:
    """Return each group's standardised figure; operations without an age are left out."""
    groups = len(rows)
    if known is None:
        nothing = np.full(groups, np.nan)
        return Standardised(Limits(nothing, nothing, nothing), np.zeros(groups, dtype=np.int64))
    has_age = rows.has_age
    cell = rows.of_row[has_age] * BANDS + _bands(rows.age[has_age])
    shape = (groups, BANDS)
    n = np.bincount(cell, minlength=groups * BANDS).reshape(shape)
    if not is_share:
        centre = centres.means(rows.value[has_age], cell, groups * BANDS)
        mean, variance = centre.value.reshape(shape), centre.variance.reshape(shape)
        return Standardised(direct_standardisation.of_means(n, mean, variance, known.weight), _fewest(n, rows.n))
    events = np.bincount(cell[rows.is_event[has_age]], minlength=groups * BANDS).reshape(shape)
    figure = direct_standardisation.of_shares(events, n, known.weight)
    parts = ((n, rows.n), (events, rows.events), (n - events, rows.n - rows.events))
    return Standardised(figure, np.min([_fewest(of_age, whole) for of_age, whole in parts], axis=0))


def _fewest(of_age: Ints, whole: Ints) -> Ints:
    """Return the smallest count above 0 of the ages of each group, and of those without an age."""
    every = np.column_stack([of_age, whole - of_age.sum(axis=1)])
    most = np.iinfo(np.int64).max
    return np.asarray(np.where(every > 0, every, most).min(axis=1), dtype=np.int64)


def _bands(ages: Ints) -> Ints:
    """Return the place of each age among the age groups, the youngest first."""
    return np.searchsorted(AGE_LIMITS, ages, side="right").astype(np.int64)
