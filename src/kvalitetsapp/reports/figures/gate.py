"""The gate for small numbers before a chart leaves the department: what would tell of a few persons is taken away.

A chart goes through before it is drawn or described, so that no mark, label or alternative text tells what the tables
beside it hide. Where a chart is marks of single persons, or is about the very group that is hidden, nothing is left.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import chart_data as charts
from kvalitetsapp.domain import small_numbers
from kvalitetsapp.domain.chart_words import empty_reason
from kvalitetsapp.domain.release_check import ANY
from kvalitetsapp.domain.report_data import Share
from kvalitetsapp.domain.small_numbers import CountTable
from kvalitetsapp.domain.waiting_charts import DaysHistogram, MonthSeries, QueueBars
from kvalitetsapp.domain.words import Sex
from kvalitetsapp.reports.cells import ALSO_HIDDEN, HIDDEN_WORDS, LEAST_DENOMINATOR
from kvalitetsapp.reports.figures import waiting_gate
from kvalitetsapp.reports.figures.merged_curves import merged
from kvalitetsapp.texts import NOTHING, _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from kvalitetsapp.reports.cells import Cells


def without_small(
    chart: charts.Chart,
    cells: Cells,
    shares: Mapping[str, Share] = MappingProxyType({}),
    *,
    gone: Collection[str] = frozenset(),
) -> charts.Chart | None:
    """Return what may be shown of a chart; the same chart inside the department, None where nothing may.

    Cells of heat maps and bars of profiles hold no events: `shares` has what is behind them by `key` (a bar's sexes by
    `key/female` and `key/male`), and what it does not have is not shown. `gone`
    are names of points and bars (`ANY` of the one that stands out) or keys of steps that other tables hide.
    """
    if not cells.suppress or empty_reason(chart):
        return chart
    keyed = _KEYED.get(type(chart))
    kept: charts.Chart | None = keyed(chart, cells, shares) if keyed else _GATES[type(chart)](chart, cells, gone)
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
    if isinstance(chart, charts.Forest) and isinstance(kept, charts.Forest):
        return all((one.value is None) == (was.value is None) for one, was in zip(kept.rows, chart.rows, strict=True))
    return (
        isinstance(chart, charts.Funnel) and isinstance(kept, charts.Funnel) and len(chart.points) == len(kept.points)
    )


def _tells(events: int, n: int, cells: Cells) -> bool:
    """Tell whether a rate may be shown, by the rule of the tables."""
    return not cells.small(n) and cells.tells(Share(events, n, None, None, None))


def _with_company(events: Sequence[int], hidden: Collection[int], cells: Cells) -> set[int]:
    """Return the places that must not be shown, so that no few events follow from what all have together."""
    counts = {f"{place:04}": count for place, count in enumerate(events)}
    table = CountTable({**counts, "all": sum(events)}, [("all", [*counts])], {f"{place:04}" for place in hidden})
    more = small_numbers.hidden(table, cells.largest_small) if hidden else {}
    return {*hidden, *(int(place) for place in more if place != "all")}


def _shown_points(chart: charts.Funnel | charts.Caterpillar, cells: Cells, gone: Collection[str]) -> set[int] | None:
    """Return the places of points or bars that stay, None where the one that it is about must not."""
    points: Sequence[charts.FunnelPoint | charts.Bar] = (
        chart.points if isinstance(chart, charts.Funnel) else chart.bars
    )
    hidden = [
        place
        for place, one in enumerate(points)
        if one.n and (one.name in gone or (one.highlighted and ANY in gone) or not _tells(one.events, one.n, cells))
    ]
    without = _with_company([one.events for one in points], hidden, cells)
    if any(points[place].highlighted for place in without):
        return None
    return set(range(len(points))) - without


def _funnel(chart: charts.Funnel, cells: Cells, gone: Collection[str]) -> charts.Funnel | None:
    """Take away points of few events, and those that would give them, as the tables do.

    In the strict mode those that stay stand where the rounded counts of the tables place them.
    """
    places = _shown_points(chart, cells, gone)
    if not places:
        return None
    return replace(chart, points=tuple(_moved(chart.points[place], cells) for place in sorted(places)))


def _moved(point: charts.FunnelPoint, cells: Cells) -> charts.FunnelPoint:
    if not cells.strict:
        return point
    events, n = cells.rounded(point.events), cells.rounded(point.n)
    low, high = (None if end is None else round(end, 2) for end in (point.low, point.high))
    return replace(point, events=events, n=n, rate=round(events / max(n, 1), 2), low=low, high=high)


def _caterpillar(chart: charts.Caterpillar, cells: Cells, gone: Collection[str]) -> charts.Caterpillar | None:
    """Take away bars of few events, and those that would give them: the target may be their sum.

    In the strict mode those that stay say the rounded counts of the tables, and whole per cents of them.
    """
    places = _shown_points(chart, cells, gone)
    bars = tuple(_rounded(chart.bars[place], chart, cells) for place in sorted(places or ()))
    return replace(chart, bars=bars) if any(bar.value is not None for bar in bars) else None


def _rounded(bar: charts.Bar, chart: charts.Caterpillar, cells: Cells) -> charts.Bar:
    if not cells.strict or bar.value is None:
        return bar
    events, n, digits = cells.rounded(bar.events), cells.rounded(bar.n), 1 if chart.ratio else 2
    rate = bar.value if chart.ratio else events / max(n, 1)
    low, high = (None if end is None else round(end, digits) for end in (bar.low, bar.high))
    return replace(bar, events=events, n=n, value=round(rate, digits), low=low, high=high)


def _survival(chart: charts.Survival, cells: Cells, _gone: Collection[str]) -> charts.Survival | None:
    curves = tuple(curve for curve in (merged(one, cells) for one in chart.curves) if curve is not None)
    return replace(chart, curves=curves) if curves else None


def _run_chart(chart: charts.RunChart, cells: Cells, gone: Collection[str]) -> charts.RunChart | None:
    """Leave gaps for periods of few events, and for those that would give them, since tables tell the sum of all.

    Then neither median nor signals stand, for they rest on all of them.
    """
    if ANY in gone:
        return None
    hidden = [n for n, one in enumerate(chart.points) if one.n and not _tells(one.events, one.n, cells)]
    without = _with_company([one.events for one in chart.points], hidden, cells)
    points = tuple(_gap(one) if place in without else one for place, one in enumerate(chart.points))
    if all(point.value is None for point in points):
        return None
    if points == chart.points:
        return chart
    bare = tuple(replace(point, signal=False) for point in points)
    return replace(chart, points=bare, median=None, rules=())


def _gap(point: charts.RunPoint) -> charts.RunPoint:
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
    """Hide both sexes where one is too few, or those of neither, for the others and everyone together would tell."""
    sexes = ((bar.women, bar.n_women, Sex.FEMALE), (bar.men, bar.n_men, Sex.MALE))
    if not _known_either_way(shares, bar.key, cells):
        return replace(bar, women=None, men=None, everyone=None, n_women=0, n_men=0)
    known = all(
        (value is None and n == 0) or _known_either_way(shares, f"{bar.key}/{sex}", cells) for value, n, sex in sexes
    )
    if known and not any(cells.small(count) for count in _of_neither(bar.key, shares)):
        return bar
    return replace(bar, women=None, men=None, n_women=0, n_men=0)


def _known_either_way(shares: Mapping[str, Share], key: str, cells: Cells) -> bool:
    """Tell whether a rate may be shown that gives both how many it happened to and how many not."""
    return _known(shares, key, cells) and not cells.small(shares[key].n - shares[key].events)


def _of_neither(key: str, shares: Mapping[str, Share]) -> tuple[int, int]:
    """Return how many are of no known sex, and the events of theirs."""
    told = [shares[f"{key}/{sex}"] for sex in Sex if f"{key}/{sex}" in shares]
    return shares[key].n - sum(one.n for one in told), shares[key].events - sum(one.events for one in told)


def _forest(chart: charts.Forest, cells: Cells, gone: Collection[str]) -> charts.Forest | None:
    """Take the figures from groups of few, and the line of all of them with it: it would give what is gone.

    In the strict mode figures that stay are whole per cents, or have a decimal less.
    """
    few = [row for row in chart.rows if _is_few(row, cells, gone)]
    if chart.quantity != "value" and any(row.is_reference for row in few):
        return None  # a figure and its difference give what they are held against
    hides = any(row.value is not None for row in few)
    kept = replace(
        chart,
        rows=tuple(_untold(row) if row in few else row for row in chart.rows),
        line=None if hides and chart.quantity == "value" else chart.line,
    )
    if all(row.value is None for row in kept.rows):
        return None
    return _rounded_forest(kept, cells) if cells.strict else kept


def _is_few(row: charts.ForestRow, cells: Cells, gone: Collection[str]) -> bool:
    return row.name in gone or row.n < LEAST_DENOMINATOR or not _tells(row.events or 0, row.n, cells)


def _untold(row: charts.ForestRow) -> charts.ForestRow:
    nothing: dict[str, Any] = dict.fromkeys(_FOREST_FIGURES)
    return replace(row, n=0, events=None, note=row.note or _("visas inte"), **nothing)


def _rounded_forest(chart: charts.Forest, cells: Cells) -> charts.Forest:
    decimals = max(chart.decimals - 1, 0)
    digits = 1 if chart.quantity == "ratio" else decimals + 2 if chart.is_share else decimals
    rows = []
    for row in chart.rows:
        ends = {name: getattr(row, name) for name in _FOREST_FIGURES}
        rounded: dict[str, Any] = {name: None if end is None else round(end, digits) for name, end in ends.items()}
        rows.append(replace(row, n=cells.rounded(row.n), events=None, **rounded))
    line = None if chart.line is None else round(chart.line, digits)
    return replace(chart, rows=tuple(rows), line=line, decimals=decimals)


def _compass(chart: charts.Compass, _cells: Cells, _gone: Collection[str]) -> charts.Compass | None:
    axes = tuple(replace(axis, value=None) if axis.shown in _NOT_TOLD else axis for axis in chart.axes)
    kept = replace(chart, axes=axes)
    return None if empty_reason(kept) else kept


def _case_flow(chart: charts.CaseFlow, cells: Cells, gone: Collection[str]) -> charts.CaseFlow | None:
    """Hide small counts with their amounts; an amount without a count goes with the count before it."""
    kept = replace(chart, steps=tuple(_flow_steps(chart.steps, cells, gone)))
    return None if empty_reason(kept) else kept


def _flow_steps(steps: Sequence[charts.FlowStep], cells: Cells, gone: Collection[str]) -> list[charts.FlowStep]:
    found, hidden = [], False
    for step in steps:
        hidden = hidden if step.count is None else cells.small(step.count) or step.key in gone
        count = None if step.count is None else cells.rounded(step.count)
        found.append(replace(step, count=None, amount=None) if hidden else replace(step, count=count))
    return found


def _of_waiting(gate: Callable[[Any, Any, Any], charts.Chart]) -> Callable[[Any, Any, Any], charts.Chart | None]:
    """Return a gate of charts of waiting lists, which have nothing to show where it leaves nothing."""

    def kept(chart: charts.Chart, cells: Cells, gone: Collection[str]) -> charts.Chart | None:
        found = gate(chart, cells, gone)
        return None if empty_reason(found) else found

    return kept


def _of_single_persons(_chart: charts.Chart, _cells: Cells, _gone: Collection[str]) -> None:
    """Return nothing: every mark is a person, however many there are."""


_FOREST_FIGURES: Final = ("value", "low", "high", "adjusted", "adjusted_low", "adjusted_high")
_NOT_TOLD: Final = frozenset({*HIDDEN_WORDS, ALSO_HIDDEN, NOTHING, ""})
_GATES: Final[Mapping[type, Callable[[Any, Any, Any], Any]]] = {
    charts.Funnel: _funnel,
    charts.Survival: _survival,
    charts.Caterpillar: _caterpillar,
    charts.GChart: _of_single_persons,
    charts.RunChart: _run_chart,
    charts.Cusum: _of_single_persons,
    charts.Forest: _forest,
    charts.Compass: _compass,
    charts.CaseFlow: _case_flow,
    charts.CostStrip: _of_single_persons,
    MonthSeries: _of_waiting(waiting_gate.months),
    DaysHistogram: _of_waiting(waiting_gate.days),
    QueueBars: _of_waiting(waiting_gate.queues),
}
_KEYED: Final[Mapping[type, Callable[[Any, Any, Any], Any]]] = {charts.HeatMap: _heat_map, charts.Profile: _profile}
