"""What patients answered: a score after the operation, the gain since before it, or whether a limit is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.by_day import ByDay
from kvalitetsapp.analysis.coding import COMPATIBLE_BITS, SIDE_BITS
from kvalitetsapp.analysis.columns import NO_DAY, among, day_number, day_numbers, order
from kvalitetsapp.analysis.indicators import cohort, outcomes
from kvalitetsapp.analysis.indicators.counted import scores
from kvalitetsapp.analysis.indicators.counted.weights import excess_weight_lost
from kvalitetsapp.domain.indicator import DAYS_OF_OCCASION, Answered
from kvalitetsapp.domain.sources import HEIGHT_CM, WEIGHT_KG, Instrument, Occasion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.columns import Floats, Ints
    from kvalitetsapp.analysis.indicators.counted.scores import Sheets
    from kvalitetsapp.analysis.indicators.outcomes import Outcomes
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.indicator import Count, Indicator

LONGEST_BEFORE: Final = 365
"""How many days before an operation an answer marked as given before it may lie."""


def answers(indicator: Indicator, source: IndicatorSource) -> Outcomes:
    """Return what was answered about each operation, and on which day.

    An answer belongs to the operation whose occasion it is nearest; of several about one operation the one nearest
    to the day of the occasion is taken, on the same distance the earlier. A gain needs both answers on the same
    instrument. Where several instruments are named, the first that tells counts.
    """
    count = indicator.count
    size = len(cohort.operations(source).number)
    value, day = np.full(size, np.nan), np.full(size, NO_DAY, dtype=np.int64)
    for instrument in count.instruments:
        score, answered_on = _score(source, instrument, count.items, count.occasion)
        if count.answered is Answered.GAIN:
            score = score - _score(source, instrument, count.items, count.before)[0]
        told = np.isnan(value) & ~np.isnan(score)
        value[told], day[told] = score[told], answered_on[told]
    return outcomes.of_values(_reached(value, count) if count.answered is Answered.REACHED else value, day)


def _reached(score: Floats, count: Count) -> Floats:
    """Return 1 for scores inside the limits, 0 for others, NaN where there is none."""
    least = -np.inf if count.at_least is None else count.at_least
    most = np.inf if count.at_most is None else count.at_most
    return np.where(np.isnan(score), np.nan, ((score >= least) & (score <= most)).astype(np.float64))


def _score(source: IndicatorSource, instrument: str, items: Sequence[str], occasion: str) -> tuple[Floats, Ints]:
    """Return each operation's score on an occasion and the day of the answer, NaN and NO_DAY where there is none.

    The whole of what patients weigh is the excess weight that they have lost, or that as it was delivered.
    """
    told, day = _on_occasion(source, instrument, items, occasion)
    if instrument != Instrument.WEIGHT or items:
        return told, day
    (before, _day), (now, weighed) = (
        _on_occasion(source, instrument, (WEIGHT_KG,), each) for each in (Occasion.PREOP, occasion)
    )
    lost = excess_weight_lost(before, now, _height(source, occasion))
    known = ~np.isnan(lost)
    return np.where(known, lost, told), np.where(known, weighed, day)


def _height(source: IndicatorSource, occasion: str) -> Floats:
    """Return the height of each operation's patient as told before the operation, else on the occasion."""
    before, then = (
        _on_occasion(source, Instrument.WEIGHT, (HEIGHT_CM,), each)[0] for each in (Occasion.PREOP, occasion)
    )
    return np.where(np.isnan(before), then, before)


def _on_occasion(source: IndicatorSource, instrument: str, items: Sequence[str], occasion: str) -> tuple[Floats, Ints]:
    """Return each operation's own score on an occasion and the day of the answer, NaN and NO_DAY where none is."""
    key = ("scores", instrument, tuple(items), occasion, source.as_of)
    return source.once(key, lambda: _nearest(source, _sheets(source, instrument, items, occasion), occasion))


def _sheets(source: IndicatorSource, instrument: str, items: Sequence[str], occasion: str) -> Sheets:
    """Return the scores of what was answered on an occasion until the day that the source reaches to."""
    told = source.answers
    chosen = among(told["instrument"], instrument) & among(told["occasion"], occasion)
    if items:
        chosen &= among(told["item"], *items)
    told = told[[*scores.COLUMNS]].iloc[np.flatnonzero(chosen)]
    told = told[day_numbers(told["answered_on"]) <= day_number(source.as_of)]
    return scores.sheets(told, instrument, items)


def _nearest(source: IndicatorSource, told: Sheets, occasion: str) -> tuple[Floats, Ints]:
    known = cohort.operations(source)
    sheet, operation = _candidates(source, told, occasion)
    distance = np.abs(told.day[sheet] - known.day[operation] - DAYS_OF_OCCASION[occasion])
    other_side = (told.side[sheet] != known.side[operation]).astype(np.int64)
    best = _first_of(sheet, order(sheet, distance, other_side, operation))
    sheet, operation, distance = sheet[best], operation[best], distance[best]
    day = told.day[sheet] - told.day.min(initial=0)
    best = _first_of(operation, order(operation, distance, day, told.side[sheet]))
    score, day = np.full(len(known.day), np.nan), np.full(len(known.day), NO_DAY, dtype=np.int64)
    score[operation[best]] = told.score[sheet[best]]
    day[operation[best]] = told.day[sheet[best]]
    return score, day


def _candidates(source: IndicatorSource, told: Sheets, occasion: str) -> tuple[Ints, Ints]:
    """Return sheets with the operations that they may be about: half the occasion's time from its day at most."""
    known = cohort.operations(source)
    whose = cohort.person_and_joint(known.person, known.joint)
    by_day = source.once("joints by day", lambda: ByDay(whose, known.day))
    target = DAYS_OF_OCCASION[occasion]
    half = target // 2
    if occasion == Occasion.PREOP:
        sheet, operation = by_day.between(told.whose, told.day, told.day + LONGEST_BEFORE)
    else:
        sheet, operation = by_day.between(told.whose, told.day - target - half, told.day - target + half)
    fits = (COMPATIBLE_BITS[known.side[operation]] & SIDE_BITS[told.side[sheet]]) != 0
    return sheet[fits], operation[fits]


def _first_of(owner: Ints, ordered: Ints) -> Ints:
    """Return the place of the first of each owner's in an order that keeps owners together."""
    begins = np.append(True, owner[ordered][1:] != owner[ordered][:-1])[: len(ordered)]
    return np.asarray(ordered[begins])
