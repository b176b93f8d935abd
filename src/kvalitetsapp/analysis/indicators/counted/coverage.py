"""Operations that are found in the joint register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.by_day import ByDay
from kvalitetsapp.analysis.coding import COMPATIBLE_BITS, NO_JOINT, SIDE_BITS, SIDE_NUMBERS, UNKNOWN
from kvalitetsapp.analysis.columns import NO_DAY, day_numbers
from kvalitetsapp.analysis.indicators import cohort, outcomes
from kvalitetsapp.analysis.indicators.cohort import joint_numbers, numbers, person_and_joint

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Floats, Ints
    from kvalitetsapp.analysis.indicators.outcomes import Outcomes
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.indicator import Indicator

NEAR_DAYS: Final = 7


def coverage(_indicator: Indicator, source: IndicatorSource) -> Outcomes:
    """Return which operations the register has: same person and joint, a side that fits, at most a week apart.

    Nothing is known of a joint before the first operation of it that the register has delivered, or after the last.
    """
    known, register = cohort.operations(source), source.register
    joint, day = joint_numbers(register["joint"]), day_numbers(register["operated_on"])
    side = numbers(register["side"], SIDE_NUMBERS, UNKNOWN)
    order = ByDay(person_and_joint(register["person"].to_numpy(), joint), day)
    whose = person_and_joint(known.person, known.joint)
    operation, entry = order.between(whose, known.day - NEAR_DAYS, known.day + NEAR_DAYS)
    fits = (COMPATIBLE_BITS[known.side[operation]] & SIDE_BITS[side[entry]]) != 0
    value = _nothing_found(known.joint, known.day, joint, day)
    found = outcomes.of_values(value)
    value[operation[fits]] = 1.0
    found.day[operation[fits]] = day[entry[fits]]
    return found


def _nothing_found(joint: Ints, operated: Ints, told: Ints, day: Ints) -> Floats:
    """Return 0 for operations of a joint and time that the register tells of, NaN for the others."""
    first, last = np.full(NO_JOINT + 1, np.iinfo(np.int64).max), np.full(NO_JOINT + 1, NO_DAY)
    np.minimum.at(first, told, day - NEAR_DAYS)
    np.maximum.at(last, told, day + NEAR_DAYS)
    return np.where((operated >= first[joint]) & (operated <= last[joint]), 0.0, np.nan)
