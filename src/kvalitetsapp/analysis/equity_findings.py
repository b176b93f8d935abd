"""What weakens a comparison of groups, with its effect: told beside the figures, never left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.equity import EquityFinding, EquityRule
from kvalitetsapp.domain.indicator import Measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.domain.equity import EquityFigures

_AGE = "age_group"


def of(found: EquityFigures, without_age: int, *, asked: bool) -> Iterator[EquityFinding]:
    """Give the findings, those of the whole first; `asked` tells whether a standard population was to be used."""
    if not found.whole.n:
        yield EquityFinding(EquityRule.NOTHING)
        return
    yield from _of_groups(found)
    if not asked:
        return
    if _AGE in found.by:
        yield EquityFinding(EquityRule.OF_AGE)
    elif found.indicator.measure is Measure.MEDIAN:
        yield EquityFinding(EquityRule.OF_MEDIAN)
    else:
        yield from _of_ages(found, without_age)


def _of_groups(found: EquityFigures) -> Iterator[EquityFinding]:
    unknown = sum(one.n for one in found.groups if not one.words[0])
    if unknown:
        yield EquityFinding(EquityRule.UNKNOWN, (), unknown, found.whole.n)
    yield from _without_reference(found)
    for one in found.groups:
        if one.is_small:
            yield EquityFinding(EquityRule.SMALL_GROUP, one.words, one.n, found.whole.n)


def _without_reference(found: EquityFigures) -> Iterator[EquityFinding]:
    """Give what the groups of some words by the other keys lack: a reference that is large enough."""
    has = {one.words[1:] for one in found.groups if one.is_reference and one.crude is not None}
    for rest in dict.fromkeys(one.words[1:] for one in found.groups):
        if rest not in has:
            n = sum(one.n for one in found.groups if one.words[1:] == rest)
            yield EquityFinding(EquityRule.NO_REFERENCE, rest, n, found.whole.n)


def _of_ages(found: EquityFigures, without_age: int) -> Iterator[EquityFinding]:
    if without_age:
        yield EquityFinding(EquityRule.AGE_UNKNOWN, (), without_age, found.whole.n)
    for one in found.groups:
        if one.crude is not None and one.standardised is None:
            yield EquityFinding(EquityRule.NO_AGES, one.words, one.n, found.whole.n)
