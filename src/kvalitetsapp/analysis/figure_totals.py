"""Whether parts add up to their total, and a share of a total is what it says.

A unit's counts belong to the provider of its country, joint and source where there is only one; providers lie within
the nation. Only figures with the same period are held against each other: where the parts state no year, the
difference is told but not judged.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kvalitetsapp.analysis.figure_tables import (
    COUNT,
    COUNTRIES_OF,
    NATIONAL,
    PROVIDER,
    UNIT,
    FigureTables,
    finding,
    total_of,
)
from kvalitetsapp.analysis.possible_counts import possible_counts, share_of
from kvalitetsapp.domain.figure_periods import period_of
from kvalitetsapp.domain.figure_words import difference_text
from kvalitetsapp.domain.typed_figures import Figure, FigureRule, FigureVerdict, Share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.domain.typed_figures import FigureFinding, Part

_REMARK, _FINE, _UNCHECKED = FigureVerdict.REMARK, FigureVerdict.NO_REMARK, FigureVerdict.UNCHECKED
_PART_OF: Final = re.compile(r"(?<![0-9])([0-9]{1,15}) (?:of|av) (?:totalt |total )?([0-9]{1,15})(?![0-9])")
_SHARE_OF_NATIONAL: Final = "share_of_national_"


def share(one: Figure, tables: FigureTables) -> Iterator[FigureFinding]:
    """Hold a percentage against the part and the total that its note states, or that stand in the table."""
    if one.unit_of_value != "percent" or one.printed is None:
        return
    if stated := _PART_OF.search(one.note):
        part, total = int(stated[1]), int(stated[2])
        if one.n not in (None, total):
            yield finding(FigureRule.SHARE, _REMARK, "share_of_other_n", part=part, total=total, n=one.n)
        elif total:
            yield _share(one, part, total)
        return
    if one.indicator.startswith(_SHARE_OF_NATIONAL):
        yield _share_in_table(one, tables)


def parts(one: Figure, tables: FigureTables) -> Iterator[FigureFinding]:
    """Hold a count against the sum of its parts in the table; a count without parts has nothing to be held against."""
    if one.unit_of_value != COUNT or one.printed is None or one.level == UNIT:
        return
    if one.country in COUNTRIES_OF:
        yield from _countries(one, tables)
    elif one.level == PROVIDER:
        yield from _units(one, tables)
    elif one.level == NATIONAL:
        inside = tables.counts(one, level=PROVIDER, period=one.period) or tables.counts(
            one, level=UNIT, period=one.period
        )
        if inside:
            yield _within(one, inside)


def _share_in_table(one: Figure, tables: FigureTables) -> FigureFinding:
    counted = one.indicator.removeprefix(_SHARE_OF_NATIONAL)
    own = tables.counts(one, level=one.level, indicator=counted, period=one.period, unit=one.unit)
    nation = tables.counts(one, level=NATIONAL, indicator=counted, period=one.period)
    part, total = total_of(own), total_of(nation)
    if len(own) != 1 or len(nation) != 1 or part is None or not total:
        return finding(FigureRule.SHARE, _UNCHECKED, "no_total")
    return _share(one, part, total)


def _share(one: Figure, part: int, total: int) -> FigureFinding:
    assert one.printed is not None  # noqa: S101 - asked before
    possible = possible_counts(one.printed, total)
    fits = possible.is_possible and possible.counts is not None and possible.counts.low <= part <= possible.counts.high
    said: dict[str, Part] = {"part": part, "total": total, "value": Share(one.printed)}
    if fits:
        return finding(FigureRule.SHARE, _FINE, "share_fits", **said)
    found = Share(share_of(part, total, one.decimals))
    return finding(FigureRule.SHARE, _REMARK, "share_differs", found=found, **said)


def _countries(one: Figure, tables: FigureTables) -> Iterator[FigureFinding]:
    each = [
        tables.counts(one, level=one.level, country=country, period=one.period, unit=one.unit)
        for country in COUNTRIES_OF[one.country]
    ]
    if all(len(found) == 1 for found in each):
        yield _added(one, [found[0] for found in each])


def _units(one: Figure, tables: FigureTables) -> Iterator[FigureFinding]:
    units = tables.counts(one, level=UNIT, period=one.period)
    undated = [each for each in tables.counts(one, level=UNIT) if period_of(each.period).year is None]
    if not units and not undated:
        return
    if len({each.unit for each in tables.counts(one, level=PROVIDER)}) > 1:
        yield finding(FigureRule.SUM, _UNCHECKED, "several_providers")
    elif units:
        yield _added(one, units)
    else:
        periods = {each.period for each in undated}
        if len(periods) == 1:
            yield _undated(one, undated)


def _added(one: Figure, of: list[Figure]) -> FigureFinding:
    added = total_of(of)
    if added is None:
        return finding(FigureRule.SUM, _UNCHECKED, "sum_not_whole")
    difference = added - int(one.printed or 0)
    if not difference:
        return finding(FigureRule.SUM, _FINE, "sum_fits", sum=added)
    if period_of(one.period).year is None:
        return _undated(one, of)
    told = difference_text(difference).removesuffix(".")
    return finding(FigureRule.SUM, _REMARK, "sum_differs", sum=added, value=one.printed or 0, difference=told)


def _undated(one: Figure, of: list[Figure]) -> FigureFinding:
    added = total_of(of)
    if added is None:
        return finding(FigureRule.SUM, _UNCHECKED, "sum_not_whole")
    told = difference_text(added - int(one.printed or 0))
    return finding(FigureRule.SUM, _UNCHECKED, "sum_other_period", period=of[0].period, sum=added, difference=told)


def _within(one: Figure, of: list[Figure]) -> FigureFinding:
    added = total_of(of)
    if added is None:
        return finding(FigureRule.SUM, _UNCHECKED, "sum_not_whole")
    total = int(one.printed or 0)
    if added <= total:
        return finding(FigureRule.SUM, _FINE, "sum_within", sum=added, value=total)
    return finding(FigureRule.SUM, _REMARK, "sum_above", sum=added, value=total)
