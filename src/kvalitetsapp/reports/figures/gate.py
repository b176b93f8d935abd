"""The gate for small numbers before a chart leaves the department: what would tell of a few persons is taken away.

A chart goes through before it is drawn or described, so that no mark, label or alternative text tells what the tables
beside it hide. Where a chart is marks of single persons, or is about the very group that is hidden, nothing is left.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import chart_data as charts
from kvalitetsapp.domain.chart_words import empty_reason
from kvalitetsapp.domain.report_data import Share
from kvalitetsapp.domain.words import Sex
from kvalitetsapp.reports.cells import ALSO_HIDDEN, HIDDEN_WORDS
from kvalitetsapp.reports.figures.merged_curves import merged
from kvalitetsapp.texts import NOTHING, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kvalitetsapp.reports.cells import Cells


def without_small(
    chart: charts.Chart, cells: Cells, shares: Mapping[str, Share] = MappingProxyType({})
) -> charts.Chart | None:
    """Return what may be shown of a chart; the same chart inside the department, None where nothing may.

    Cells of heat maps and bars of profiles hold no events: `shares` has what is behind them by `key` (a bar's sexes by
    `key/female` and `key/male`), and what it does not have is not shown.
    """
    if not cells.suppress or empty_reason(chart):
        return chart
    keyed = _KEYED.get(type(chart))
    kept: charts.Chart | None = keyed(chart, cells, shares) if keyed else _GATES[type(chart)](chart, cells)
    return kept


def remark(chart: charts.Chart, kept: charts.Chart | None) -> str:
    """Return what must stand under a chart that something was taken from, "" where it is whole or not there."""
    if kept is None or kept == chart:
        return ""
    if _only_rounded(chart, kept):
        return _("Antalen är avrundade till närmaste fem och andelarna till hela procent.")
    if isinstance(chart, charts.Survival):
        return _("Kurvans steg är sammanslagna, och kolumner utelämnade, så att inget av dem visar för få personer.")
    return _("Värden som vilar på för få personer visas inte.")


def _only_rounded(chart: charts.Chart, kept: charts.Chart) -> bool:
    if isinstance(chart, charts.Caterpillar) and isinstance(kept, charts.Caterpillar):
        return len(chart.bars) == len(kept.bars)
    return (
        isinstance(chart, charts.Funnel) and isinstance(kept, charts.Funnel) and len(chart.points) == len(kept.points)
    )


def _tells(events: int, n: int, cells: Cells) -> bool:
    """Tell whether a rate may be shown, by the rule of the tables."""
    return not cells.small(n) and cells.tells(Share(events, n, None, None, None))


def _funnel(chart: charts.Funnel, cells: Cells) -> charts.Funnel | None:
    """Take away points of few events, and where that is one alone the next smallest, as the tables do.

    In the strict mode those that stay stand where the rounded counts of the tables place them.
    """
    hidden = [point for point in chart.points if not _tells(point.events, point.n, cells)]
    others = [point for point in chart.points if point not in hidden and point.events and not point.highlighted]
    if len(hidden) == 1 and hidden[0].events and others:
        hidden.append(min(others, key=lambda point: point.events))
    points = tuple(_moved(point, cells) for point in chart.points if point not in hidden)
    return replace(chart, points=points) if points and not any(point.highlighted for point in hidden) else None


def _moved(point: charts.FunnelPoint, cells: Cells) -> charts.FunnelPoint:
    if not cells.strict:
        return point
    events, n = cells.rounded(point.events), cells.rounded(point.n)
    low, high = (None if end is None else round(end, 2) for end in (point.low, point.high))
    return replace(point, events=events, n=n, rate=round(events / max(n, 1), 2), low=low, high=high)


def _caterpillar(chart: charts.Caterpillar, cells: Cells) -> charts.Caterpillar | None:
    """Take away bars of few events, and where that is one alone the next smallest: the target may be their sum.

    In the strict mode those that stay say the rounded counts of the tables, and whole per cents of them.
    """
    hidden = [bar for bar in chart.bars if bar.n and not _tells(bar.events, bar.n, cells)]
    others = [bar for bar in chart.bars if bar not in hidden and bar.events and not bar.highlighted]
    if len(hidden) == 1 and others:
        hidden.append(min(others, key=lambda bar: bar.events))
    bars = tuple(_rounded(bar, chart, cells) for bar in chart.bars if bar not in hidden)
    shown = any(bar.value is not None for bar in bars)
    return replace(chart, bars=bars) if shown and not any(bar.highlighted for bar in hidden) else None


def _rounded(bar: charts.Bar, chart: charts.Caterpillar, cells: Cells) -> charts.Bar:
    if not cells.strict or bar.value is None:
        return bar
    events, n, digits = cells.rounded(bar.events), cells.rounded(bar.n), 1 if chart.ratio else 2
    rate = bar.value if chart.ratio else events / max(n, 1)
    low, high = (None if end is None else round(end, digits) for end in (bar.low, bar.high))
    return replace(bar, events=events, n=n, value=round(rate, digits), low=low, high=high)


def _survival(chart: charts.Survival, cells: Cells) -> charts.Survival | None:
    curves = tuple(curve for curve in (merged(one, cells) for one in chart.curves) if curve is not None)
    return replace(chart, curves=curves) if curves else None


def _run_chart(chart: charts.RunChart, cells: Cells) -> charts.RunChart | None:
    """Leave gaps for periods of few events; then neither median nor signals stand, for they rest on all of them."""
    points = tuple(_period(point, cells) for point in chart.points)
    if all(point.value is None for point in points):
        return None
    if points == chart.points:
        return chart
    bare = tuple(replace(point, signal=False) for point in points)
    return replace(chart, points=bare, median=None, rules=())


def _period(point: charts.RunPoint, cells: Cells) -> charts.RunPoint:
    if point.value is None or _tells(point.events, point.n, cells):
        return point
    return replace(point, events=0, n=0, value=None, signal=False)


def _known(shares: Mapping[str, Share], key: str, cells: Cells) -> bool:
    return key in shares and _tells(shares[key].events, shares[key].n, cells)


def _heat_map(chart: charts.HeatMap, cells: Cells, shares: Mapping[str, Share]) -> charts.HeatMap | None:
    rows = tuple(tuple(_heat_cell(cell, cells, shares) for cell in row) for row in chart.cells)
    return replace(chart, cells=rows) if any(cell.value is not None for row in rows for cell in row) else None


def _heat_cell(cell: charts.HeatCell, cells: Cells, shares: Mapping[str, Share]) -> charts.HeatCell:
    """Hide the text of a small cell, and take the colour from every cell whose text is hidden."""
    if cell.shown in _NOT_TOLD:
        return replace(cell, value=None)
    return cell if _known(shares, cell.key, cells) else replace(cell, value=None, shown=ALSO_HIDDEN)


def _profile(chart: charts.Profile, cells: Cells, shares: Mapping[str, Share]) -> charts.Profile | None:
    kept = replace(chart, bars=tuple(_profile_bar(bar, cells, shares) for bar in chart.bars))
    return None if empty_reason(kept) else kept


def _profile_bar(bar: charts.ProfileBar, cells: Cells, shares: Mapping[str, Share]) -> charts.ProfileBar:
    """Hide both sexes where one is too few, for the other and everyone together would tell."""
    sexes = ((bar.women, bar.n_women, Sex.FEMALE), (bar.men, bar.n_men, Sex.MALE))
    if not _known(shares, bar.key, cells):
        return replace(bar, women=None, men=None, everyone=None, n_women=0, n_men=0)
    if all((value is None and n == 0) or _known(shares, f"{bar.key}/{sex}", cells) for value, n, sex in sexes):
        return bar
    return replace(bar, women=None, men=None, n_women=0, n_men=0)


def _compass(chart: charts.Compass, _cells: Cells) -> charts.Compass | None:
    axes = tuple(replace(axis, value=None) if axis.shown in _NOT_TOLD else axis for axis in chart.axes)
    kept = replace(chart, axes=axes)
    return None if empty_reason(kept) else kept


def _case_flow(chart: charts.CaseFlow, cells: Cells) -> charts.CaseFlow | None:
    """Hide small counts with their amounts; an amount without a count goes with the count before it."""
    kept = replace(chart, steps=tuple(_flow_steps(chart.steps, cells)))
    return None if empty_reason(kept) else kept


def _flow_steps(steps: Sequence[charts.FlowStep], cells: Cells) -> list[charts.FlowStep]:
    found, hidden = [], False
    for step in steps:
        hidden = hidden if step.count is None else cells.small(step.count)
        count = None if step.count is None else cells.rounded(step.count)
        found.append(replace(step, count=None, amount=None) if hidden else replace(step, count=count))
    return found


def _of_single_persons(_chart: charts.Chart, _cells: Cells) -> None:
    """Return nothing: every mark is a person, however many there are."""


_NOT_TOLD: Final = frozenset({*HIDDEN_WORDS, ALSO_HIDDEN, NOTHING, ""})
_GATES: Final[Mapping[type, Callable[[Any, Any], Any]]] = {
    charts.Funnel: _funnel,
    charts.Survival: _survival,
    charts.Caterpillar: _caterpillar,
    charts.GChart: _of_single_persons,
    charts.RunChart: _run_chart,
    charts.Cusum: _of_single_persons,
    charts.Compass: _compass,
    charts.CaseFlow: _case_flow,
    charts.CostStrip: _of_single_persons,
}
_KEYED: Final[Mapping[type, Callable[[Any, Any, Any], Any]]] = {charts.HeatMap: _heat_map, charts.Profile: _profile}
