"""Equal care: an indicator split by groups of people, each group against one that the others are read against."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.outcome_choice import OutcomeScope

LEAST_PERSONS: Final = 5
"""A group of fewer persons gets no value and no difference, and is told instead."""
COMPARED: Final = ("sex", "age_group", "education", "birth_country", "birth_region", "municipality", "payer_route")
"""The keys that groups of people are compared by."""


class EquityRule(StrEnum):
    """What a reader of differences has to know, with its effect."""

    SMALL_GROUP = "small_group"  # fewer than five persons
    UNKNOWN = "unknown"  # operations whose group is not told
    NO_REFERENCE = "no_reference"  # nothing to hold the groups against
    OF_AGE = "of_age"  # ages are compared, so that there is nothing to standardise
    OF_MEDIAN = "of_median"  # medians are not standardised
    NO_AGES = "no_ages"  # a group lacks ages that the standard weighs
    AGE_UNKNOWN = "age_unknown"  # operations left out of what is standardised
    PRINTED = "printed"  # a figure that somebody has printed, no operations of ours
    NOTHING = "nothing"  # nothing is followed


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is asked for: an indicator in a scope, `by[0]` compared within the words of the other keys.

    `reference` is the word of the group that the others are held against, "" for the largest.
    """

    indicator_id: str
    scope: OutcomeScope
    by: tuple[str, ...]
    reference: str = ""
    standardised: bool = True


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval; an end that is not known or has no end is None."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class EquityFinding:
    """What weakens a comparison: how many operations it concerns, of how many, and the words of which group."""

    rule: EquityRule
    group: tuple[str, ...] = ()
    operations: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class EquityGroup:
    """A group: its words by key, its counts, and what can be told of it; nothing where it is too small.

    `n` are the operations that the figure rests on, `persons` whose they are. Differences and ratios are against the
    reference, which has none; the standardised ones are told where the figure can be standardised. `fewest_of_ages` is
    then the smallest count above 0 of operations, events or those without that an age has, or that have no age.
    """

    words: tuple[str, ...]
    operations: int
    n: int
    persons: int
    events: int | None
    crude: Estimate | None = None
    difference: Estimate | None = None
    ratio: Estimate | None = None
    standardised: Estimate | None = None
    standardised_difference: Estimate | None = None
    standardised_ratio: Estimate | None = None
    is_reference: bool = False
    fewest_of_ages: int | None = None

    @property
    def is_small(self) -> bool:
        """Tell whether the group is too small for any value."""
        return 0 < self.persons < LEAST_PERSONS

    @property
    def differs(self) -> bool:
        """Tell whether the difference is more than chance gives at 95 %, as it is or age standardised."""
        return any(told is not None and _is_away(told) for told in (self.difference, self.standardised_difference))


@dataclass(frozen=True, slots=True)
class EquityFigures:
    """An indicator by groups: `by[0]` is compared, within the words of the other keys.

    `reference` is the word of the group that the others are held against, "" where there is none. `ages` are the first
    and the last age that the standard population is restricted to (the last None: and older), None where nothing is
    standardised. `names` are
    those of municipalities by their codes.
    """

    indicator: Indicator
    by: tuple[str, ...]
    reference: str
    groups: tuple[EquityGroup, ...]
    whole: EquityGroup
    findings: tuple[EquityFinding, ...] = ()
    ages: tuple[int, int | None] | None = None
    as_of: date | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def differing(self) -> tuple[EquityGroup, ...]:
        """Return the groups whose difference is more than chance gives."""
        return tuple(one for one in self.groups if one.differs)


def _is_away(difference: Estimate) -> bool:
    """Tell whether no difference is outside the interval."""
    low, high = difference.low, difference.high
    return (low is not None and low > 0) or (high is not None and high < 0)
