"""Codes with their days of validity, held against columns of codes and the day of each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.columns import coded, day_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from typing import Any

    import pandas as pd

    from kvalitetsapp.analysis import coding
    from kvalitetsapp.analysis.columns import Flags, Ints
    from kvalitetsapp.domain.indicator import CodeSpan

_FIRST: Final = -(2**31)
_LAST: Final = 2**31


def covers(span: CodeSpan, code: str) -> bool:
    """Tell whether a code falls under a span, whatever the day."""
    return code.startswith(span.code) if span.prefix else code == span.code


def in_force(column: pd.Series[Any], day: Ints, spans: Sequence[CodeSpan]) -> Flags:
    """Tell for each row of a column of single codes whether a span that covers its code is in force on its day."""
    codes, distinct = coded(column)
    found = np.zeros(len(column), dtype=np.bool_)
    for term in dict.fromkeys((span.valid_from, span.valid_to) for span in spans):
        same = [span for span in spans if (span.valid_from, span.valid_to) == term]
        covered = np.array([any(covers(span, code) for span in same) for code in distinct], dtype=np.bool_)
        first, last = _term(term)
        found |= covered[codes] & (day >= first) & (day <= last)
    return found


class Codebook:
    """Recorded codes that fall under spans, each pair of a code and a span with a number of its own."""

    def __init__(self, spans: Sequence[CodeSpan]) -> None:
        self._spans = spans
        self._met: dict[str, list[int]] = {}
        self.codes: list[str] = []
        """The recorded code of each number."""
        self._terms: list[tuple[int, int]] = []

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of what the codes of a text fall under, in their order."""
        return [number for code in text.split() for number in self._of_code(code)]

    def in_force(self, number: coding.Ints, day: coding.Ints) -> Flags:
        """Tell whether the span of each number is in force on the day beside it."""
        terms = np.array([*self._terms, (_LAST, _FIRST)], dtype=np.int64)
        return np.asarray((day >= terms[number, 0]) & (day <= terms[number, 1]))

    def _of_code(self, code: str) -> list[int]:
        if code not in self._met:
            self._met[code] = [self._new(code, span) for span in self._spans if covers(span, code)]
        return self._met[code]

    def _new(self, code: str, span: CodeSpan) -> int:
        self.codes.append(code)
        self._terms.append(_term((span.valid_from, span.valid_to)))
        return len(self.codes) - 1


def _term(days: Iterable[date | None]) -> tuple[int, int]:
    first, last = days
    return _FIRST if first is None else day_number(first), _LAST if last is None else day_number(last)
