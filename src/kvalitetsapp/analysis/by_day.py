"""What happened to whom on which day, ordered once so that what lies between two days is found at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.coding import ranges

if TYPE_CHECKING:
    from kvalitetsapp.analysis import coding
    from kvalitetsapp.analysis.columns import Ints

_ERA: Final = 2**20  # more days than any calendar here holds: a person's days never run into the next one's


class ByDay:
    """Places ordered by whose they are (any whole number, such as a person's) and by day."""

    def __init__(self, whose: coding.Ints, day: coding.Ints) -> None:
        key = _moment(whose, day)
        self._place = np.argsort(key, kind="stable")
        self._key = key[self._place]

    def between(self, whose: coding.Ints, first: coding.Ints, last: coding.Ints) -> tuple[Ints, Ints]:
        """Return what lies from day `first` to `last`, both in, as pairs: the asker's place, what it found."""
        begin = np.searchsorted(self._key, _moment(whose, first), side="left")
        end = np.searchsorted(self._key, _moment(whose, last), side="right")
        count = np.maximum(end - begin, 0)
        return np.repeat(np.arange(len(whose)), count), self._place[ranges(begin, count)]


def _moment(whose: coding.Ints, day: coding.Ints) -> Ints:
    return whose.astype(np.int64) * _ERA + day + _ERA // 2
