"""A check of typed-in figures: whether each can be what it says, given its n, its parts, its total and its time.

Figures of one table are few, so they are gone through one by one; all arithmetic is in whole numbers and `Decimal`.
Each figure gets at least one finding, also where nothing is wrong and where nothing could be tried.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.analysis import figure_times, figure_totals, possible_counts
from kvalitetsapp.analysis.figure_tables import FigureTables, finding
from kvalitetsapp.domain.figure_words import counts_text
from kvalitetsapp.domain.typed_figures import (
    CheckedFigure,
    Figure,
    FigureFinding,
    FigureRule,
    FigureVerdict,
    Rounding,
    Share,
    decimals_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from kvalitetsapp.domain.typed_figures import Part, PossibleCounts

PERCENT: Final = "percent"
COUNT: Final = "count"
_REMARK, _FINE, _UNCHECKED = FigureVerdict.REMARK, FigureVerdict.NO_REMARK, FigureVerdict.UNCHECKED
_BY_HALVES: Final = {
    Rounding.HALF_UP: "half_up",
    Rounding.HALF_EVEN: "half_even",
    Rounding.HALF_DOWN: "half_down",
}


def check(figures: Sequence[Figure], today: date) -> tuple[CheckedFigure, ...]:
    """Return every figure with what was tried on it, in their own order; no window can end after `today`."""
    tables = FigureTables(figures)
    return tuple(CheckedFigure(each, tuple(_findings(each, tables, today))) for each in figures)


def _findings(one: Figure, tables: FigureTables, today: date) -> Iterable[FigureFinding]:
    if one.printed is None:
        yield _nothing_to_try(one)
        return
    if (wrong := _wrong_value(one)) is not None:
        yield wrong
        return
    tried = [
        *figure_totals.share(one, tables),
        *figure_totals.parts(one, tables),
        *figure_times.follow_up(one, tables, today),
        *_twice(one, tables),
    ]
    yield from _events(one, tried)
    yield from tried
    if one.unit_of_value == COUNT and not tried:
        yield finding(FigureRule.VALUE, _FINE, "whole")
    elif one.unit_of_value not in {PERCENT, COUNT}:
        yield finding(FigureRule.VALUE, _UNCHECKED, "no_rule", unit=one.unit_of_value)


def _nothing_to_try(one: Figure) -> FigureFinding:
    if one.fault:
        return finding(FigureRule.VALUE, _UNCHECKED, "unreadable", reason=one.fault)
    return finding(FigureRule.VALUE, _UNCHECKED, "missing")


def _wrong_value(one: Figure) -> FigureFinding | None:
    assert one.printed is not None  # noqa: S101 - asked before
    if one.unit_of_value == PERCENT and not 0 <= one.printed <= 100:
        return finding(FigureRule.VALUE, _REMARK, "outside", value=Share(one.printed))
    if one.unit_of_value == COUNT and (one.printed < 0 or one.printed % 1):
        return finding(FigureRule.VALUE, _REMARK, "not_whole", value=one.printed)
    return None


def _events(one: Figure, tried: Sequence[FigureFinding]) -> Iterator[FigureFinding]:
    """Try a percentage against its n; one without is told of unless its total has been found in the table."""
    if one.unit_of_value != PERCENT or one.printed is None:
        return
    if one.n:
        yield _of_counts(one.n, Share(one.printed), possible_counts.possible_counts(one.printed, one.n))
    elif one.n is not None:
        yield finding(FigureRule.EVENTS, _UNCHECKED, "n_is_nothing")
    elif not any(each.rule is FigureRule.SHARE for each in tried):
        yield finding(FigureRule.EVENTS, _UNCHECKED, "no_n")


def _of_counts(n: int, value: Share, possible: PossibleCounts) -> FigureFinding:
    parts: dict[str, Part] = {"n": n, "value": value}
    if possible.is_possible:
        assert possible.counts is not None  # noqa: S101 - what is possible has counts
        parts |= {"low": possible.counts.low, "high": possible.counts.high}
        several = "some_counts" if possible.counts.low < possible.counts.high else "one_count"
        return FigureFinding(FigureRule.EVENTS, _FINE, _BY_HALVES.get(possible.rounding, several), parts, possible)
    for name, near in (("below", possible.below), ("above", possible.above)):
        assert near is not None  # noqa: S101 - 0 and 100 % are always possible, so that others have two neighbours
        parts |= {name: near.events, f"{name}_value": Share(near.value)}
    parts |= {"truncated": counts_text(possible.truncated), "raised": counts_text(possible.raised)}
    sentence = "both" if possible.truncated and possible.raised else possible.rounding.value
    return FigureFinding(FigureRule.EVENTS, _REMARK, sentence, parts, possible)


def _twice(one: Figure, tables: FigureTables) -> Iterator[FigureFinding]:
    """Tell of the same figure printed again with other decimals, and of one that is printed as two."""
    for other in tables.beside(one):
        if one.printed is None or other.printed is None or other is one:
            continue
        same_row = (one.joint, one.source) == (other.joint, other.source)
        parts: dict[str, Part] = {"value": one.printed, "other": other.printed, "row": str(other.row or "")}
        if _is_same(one, other):
            where = "row" if same_row else "joint" if one.joint != other.joint else "source"
            parts |= {"joint": tables.joint_word(other), "source": other.source}
            yield FigureFinding(FigureRule.TWICE, _REMARK, f"twice_{where}", parts)
        elif same_row and one.printed != other.printed:
            yield FigureFinding(FigureRule.TWICE, _REMARK, "contradicts", parts)


def _is_same(one: Figure, other: Figure) -> bool:
    """Tell whether one of two figures is the other rounded; shares that have their own n each are their own."""
    if one.printed is None or other.printed is None or one.unit_of_value == COUNT:
        return False
    if one.decimals == other.decimals or (one.n and other.n and one.n != other.n):
        return False
    coarser, finer = sorted((one.printed, other.printed), key=decimals_of)
    return possible_counts.rounds_to(finer, coarser)
