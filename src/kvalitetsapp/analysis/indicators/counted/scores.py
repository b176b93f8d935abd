"""Scores of questionnaires: the 12-question forms of hip and knee from their questions, others as they are delivered.

Source: HOOS-12 and KOOS-12 (Gandek et al., Osteoarthritis Cartilage 2019;27:754 and 762): questions 0 (no problem) to
4, a subscale of four is 100 − mean × 25 where at least half of its questions are answered, the summary is the mean of
the three subscales.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis.coding import SIDE_NUMBERS, UNKNOWN
from kvalitetsapp.analysis.columns import coded, day_numbers
from kvalitetsapp.analysis.indicators.cohort import joint_numbers, numbers, person_and_joint
from kvalitetsapp.domain.sources import Instrument, ends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.columns import Floats, Ints

COLUMNS: Final = ("person", "joint", "side", "item", "answered_on", "value")
"""What a score is made from."""
SUBSCALES: Final = (("1", "2", "3", "4"), ("5", "6", "7", "8"), ("9", "10", "11", "12"))
"""Pain, function, quality of life."""
_QUESTIONS: Final = tuple(item for scale in SUBSCALES for item in scale)
_OF_QUESTIONS: Final = (Instrument.HOOS12, Instrument.KOOS12)
_WHOLE: Final = ""
_BEST: Final = 100.0
_STEP: Final = 25.0
_ERA: Final = 2**20
_SIDES: Final = 4


@dataclass(frozen=True, slots=True)
class Sheets:
    """Questionnaires with a score, one per person, joint, side and day: `whose` is a number of `person_and_joint`."""

    whose: Ints
    side: Ints
    day: Ints
    score: Floats


def sheets(answers: pd.DataFrame, instrument: str, items: Sequence[str]) -> Sheets:
    """Return the scores of the answers to one instrument on one occasion; without `items` of the whole instrument.

    A value outside the ends of its scale is no answer. Sheets that too little is answered on are left out.
    """
    of_row, key = pd.factorize(_sheet_keys(answers))
    told = _Told(answers, instrument, of_row, len(key))
    score = told.score(items)
    kept = np.flatnonzero(~np.isnan(score))
    key = key[kept]
    day, rest = key % _ERA - _ERA // 2, key // _ERA
    return Sheets(rest // _SIDES, rest % _SIDES, day, score[kept])


def _sheet_keys(answers: pd.DataFrame) -> Ints:
    whose = person_and_joint(answers["person"].to_numpy(), joint_numbers(answers["joint"]))
    side = numbers(answers["side"], SIDE_NUMBERS, UNKNOWN)
    return (whose * _SIDES + side) * _ERA + day_numbers(answers["answered_on"]) + _ERA // 2


class _Told:
    """What the sheets of an instrument tell, question by question."""

    def __init__(self, answers: pd.DataFrame, instrument: str, of_row: Ints, count: int) -> None:
        self._instrument = instrument
        self._of_row = of_row
        self._count = count
        item, names = coded(answers["item"])
        self._places = {name: place for place, name in enumerate(names)}
        self._by_item = np.argsort(item.astype(np.int16), kind="stable")
        self._ends = np.append(0, np.cumsum(np.bincount(item, minlength=len(names))))
        self._value = answers["value"].to_numpy()

    def score(self, items: Sequence[str]) -> Floats:
        """Return the score of each sheet, NaN where it cannot be told."""
        if self._instrument in _OF_QUESTIONS and set(items) <= set(_QUESTIONS):
            asked = [tuple(item for item in scale if not items or item in items) for scale in SUBSCALES]
            scales = [_BEST - _STEP * self._mean(scale) for scale in asked if scale]
            computed = np.mean(scales, axis=0)
            return computed if items else np.where(np.isnan(computed), self._answers(_WHOLE), computed)
        return self._mean(items) if items else self._answers(_WHOLE)

    def _mean(self, items: Sequence[str]) -> Floats:
        """Return the mean of the answers to some questions, NaN where fewer than half of them are answered."""
        total, answered = np.zeros(self._count), np.zeros(self._count, dtype=np.int64)
        for item in items:
            value = self._answers(item)
            given = ~np.isnan(value)
            total[given] += value[given]
            answered += given
        enough = 2 * answered >= len(items)
        return np.where(enough, total / np.maximum(answered, 1), np.nan)

    def _answers(self, item: str) -> Floats:
        """Return the answer to a question on each sheet, NaN where there is none."""
        found = np.full(self._count, np.nan)
        place = self._places.get(item)
        if place is not None:
            rows = self._by_item[self._ends[place] : self._ends[place + 1]]
            low, high = ends(self._instrument, item) or (-np.inf, np.inf)
            rows = rows[(self._value[rows] >= low) & (self._value[rows] <= high)]
            found[self._of_row[rows]] = self._value[rows]
        return found
