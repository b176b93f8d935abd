"""What of groups of people may leave the department: no figure of the few, nor one that would give it.

A group whose counts are hidden has no figure, and none is told as a difference from one that is hidden. Age
standardised figures with their intervals give the counts of single ages where those are few, and are told only where
none is. In the strict mode shares, their differences and ratios are those of the rounded counts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kvalitetsapp.domain import equity_charts
from kvalitetsapp.domain.equity import Estimate
from kvalitetsapp.reports import ledger_of_groups
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.two_groups import Limits
    from kvalitetsapp.domain.chart_data import Forest
    from kvalitetsapp.domain.equity import EquityGroup
    from kvalitetsapp.domain.equity_report import EquityReport, EquitySplit
    from kvalitetsapp.reports.cells import Cells


def of_report(data: EquityReport, cells: Cells) -> EquityReport:
    """Return the report with what may be told of groups; the same inside the department."""
    if not cells.suppress:
        return data
    return replace(data, splits=tuple(_split(data, each, cells) for each in data.splits))


def _split(data: EquityReport, split: EquitySplit, cells: Cells) -> EquitySplit:
    told = [one if ledger_of_groups.tells(data, split, one, cells) else _bare(one) for one in split.groups]
    if cells.strict and data.is_share:
        told = _of_rounded(told, cells)
    told = [_without_few_of_an_age(one, cells) for one in told]
    reference = next((one for one in told if one.is_reference), None)
    groups = tuple(_against(one, reference, cells) for one in told)
    return replace(
        split,
        groups=groups,
        notes=tuple(_note(one) for one in groups),
        findings=(),
        figures=_chart(split.figures, groups),
        differences=_chart(split.differences, groups),
    )


def _bare(one: EquityGroup) -> EquityGroup:
    """Return a group without any figure."""
    return replace(_without_difference(replace(one, standardised=None)), crude=None, fewest_of_ages=None)


def _without_difference(one: EquityGroup) -> EquityGroup:
    return replace(one, difference=None, ratio=None, standardised_difference=None, standardised_ratio=None)


def _without_few_of_an_age(one: EquityGroup, cells: Cells) -> EquityGroup:
    if one.fewest_of_ages is not None and not cells.small(one.fewest_of_ages):
        return one
    return replace(one, standardised=None, standardised_difference=None, standardised_ratio=None)


def _against(one: EquityGroup, reference: EquityGroup | None, cells: Cells) -> EquityGroup:
    """Return a group with the differences that may stand: with one of the two figures each gives the other."""
    if reference is None or reference.crude is None:
        return _without_difference(one)
    if reference.standardised is None:
        return replace(one, standardised_difference=None, standardised_ratio=None)
    return replace(one, standardised_ratio=None) if cells.strict else one  # two decimals of it tell more than rounding


def _of_rounded(groups: Sequence[EquityGroup], cells: Cells) -> list[EquityGroup]:
    """Return groups with shares, differences and ratios of their rounded counts."""
    from kvalitetsapp.analysis import two_groups

    at = next((place for place, one in enumerate(groups) if one.is_reference), 0)
    n = [cells.rounded(one.n) for one in groups]
    events = [cells.rounded(one.events or 0) for one in groups]
    crude = two_groups.share(events, n)
    difference = two_groups.difference(crude, two_groups.share(events[at : at + 1], n[at : at + 1]))
    ratio = two_groups.share_ratio(events, n, events[at : at + 1], n[at : at + 1])
    return [
        replace(
            one,
            crude=_estimate(one.crude, crude, place),
            difference=_estimate(one.difference, difference, place),
            ratio=_estimate(one.ratio, ratio, place),
        )
        for place, one in enumerate(groups)
    ]


def _estimate(was: Estimate | None, limits: Limits, place: int) -> Estimate | None:
    """Return a figure again where there was one."""
    value, low, high = (float(column[place]) for column in (limits.value, limits.low, limits.high))
    infinity = float("inf")
    return None if was is None or not value < infinity else Estimate(value, low, high if high < infinity else None)


def _note(one: EquityGroup) -> str:
    """Return what a group is; that it is of fewer than five may say more than its counts do."""
    if one.is_reference:
        return _("jämförelsegrupp")
    return "" if one.n else _("inget uppföljt")


def _chart(chart: Forest, groups: Sequence[EquityGroup]) -> Forest:
    """Return a forest with the figures of groups; rows of those without keep theirs until the gate takes them."""
    rows = tuple(
        replace(equity_charts.figured(row, one, chart.quantity) if one.crude else row, note=_note(one))
        for row, one in zip(chart.rows, groups, strict=True)
    )
    return replace(chart, rows=rows)
