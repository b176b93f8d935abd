"""The 95 % interval of a mean of skewed amounts, by drawing again from what was seen."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Floats, Ints

LEAST: Final = 10
DRAWS: Final = 2000
_CLASSES: Final = 1000


def mean_interval(amounts: Ints) -> tuple[int, int] | None:
    """Return the percentile interval of the mean in whole öre, None of fewer than ten; the same for the same amounts.

    How often each distinct amount is drawn is multinomial, so a draw of a million operations of which most cost
    nothing more costs no more than its distinct amounts. Of more than a thousand, those of a narrow class are
    drawn as one, and their spread within it is added as a normal deviation with the same variance.
    Source: Efron & Tibshirani, An Introduction to the Bootstrap (1993), chapter 13; 2 000 draws.
    """
    if len(amounts) < LEAST:
        return None
    distinct, counts = np.unique(amounts, return_counts=True)
    if len(distinct) > _CLASSES:
        return _drawn(distinct, counts)
    return _drawn_once(distinct.astype(np.int64).tobytes(), counts.astype(np.int64).tobytes())


def _drawn(distinct: Ints, counts: Ints) -> tuple[int, int]:
    n = int(counts.sum())
    generator = np.random.default_rng(_seed(distinct, counts))
    mean, variance, counts = _in_classes(distinct, counts)
    drawn = generator.multinomial(n, counts / n, size=DRAWS)
    within = generator.standard_normal(DRAWS) * np.sqrt(drawn @ variance)
    low, high = np.quantile((drawn @ mean + within) / n, [0.025, 0.975])
    return round(float(low)), round(float(high))


@lru_cache(maxsize=256)
def _drawn_once(distinct: bytes, counts: bytes) -> tuple[int, int]:
    """Draw from few distinct amounts, which several parts of a report and all reports of a day ask for again."""
    return _drawn(np.frombuffer(distinct, dtype=np.int64), np.frombuffer(counts, dtype=np.int64))


def _seed(distinct: Ints, counts: Ints) -> int:
    """Return a seed that only the amounts decide, whatever order they came in."""
    content = distinct.astype("<i8").tobytes() + counts.astype("<i8").tobytes()
    return int.from_bytes(hashlib.sha256(content).digest()[:8], "little")


def _in_classes(distinct: Ints, counts: Ints) -> tuple[Floats, Floats, Ints]:
    """Return mean, variance and number of the amounts of each class of equal width; of few amounts each is a class."""
    amounts = distinct.astype(np.float64)
    if len(distinct) <= _CLASSES:
        return amounts, np.zeros(len(distinct)), counts
    width = (int(distinct[-1]) - int(distinct[0])) // _CLASSES + 1
    place = np.unique((distinct - distinct[0]) // width, return_inverse=True)[1]
    number = np.bincount(place, weights=counts)
    mean = np.bincount(place, weights=amounts * counts) / number
    variance = np.bincount(place, weights=(amounts - mean[place]) ** 2 * counts) / number
    return mean, variance, number.astype(np.int64)
