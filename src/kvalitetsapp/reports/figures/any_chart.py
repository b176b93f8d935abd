"""Every chart on paper, by its type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from reportlab.graphics.shapes import Drawing

from kvalitetsapp.domain import chart_data as charts
from kvalitetsapp.domain.chart_words import empty_reason
from kvalitetsapp.domain.waiting_charts import DaysHistogram, MonthSeries, QueueBars
from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import (
    axes,
    case_flow,
    caterpillar,
    compass,
    cost_strip,
    cusum,
    days_histogram,
    forest,
    funnel,
    g_chart,
    heat_map,
    lettering,
    month_series,
    profile,
    queue_bars,
    run_chart,
    survival_curve,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DRAWN: Final[Mapping[type, Callable[[Any], Drawing]]] = {
    charts.Funnel: funnel.draw,
    charts.Survival: survival_curve.draw,
    charts.Caterpillar: caterpillar.draw,
    charts.GChart: g_chart.draw,
    charts.RunChart: run_chart.draw,
    charts.Cusum: cusum.draw,
    charts.HeatMap: heat_map.draw,
    charts.Profile: profile.draw,
    charts.Forest: forest.draw,
    charts.Compass: compass.draw,
    charts.CaseFlow: case_flow.draw,
    charts.CostStrip: cost_strip.draw,
    MonthSeries: month_series.draw,
    DaysHistogram: days_histogram.draw,
    QueueBars: queue_bars.draw,
}
_IN_PARTS: Final[Mapping[type, Callable[[Any], tuple[Drawing, ...]]]] = {
    charts.Survival: survival_curve.parts,
    charts.Caterpillar: caterpillar.parts,
    charts.HeatMap: heat_map.parts,
    charts.Profile: profile.parts,
    QueueBars: queue_bars.parts,
    charts.Forest: forest.parts,
}
_LINE: Final = 11.0


def draw(chart: charts.Chart) -> Drawing:
    """Return the chart as one drawing, however high; of an empty one the sentence that says why."""
    reason = empty_reason(chart)
    return _sentence(reason) if reason else _DRAWN[type(chart)](chart)


def drawings(chart: charts.Chart) -> tuple[Drawing, ...]:
    """Return the chart as drawings none of which is higher than a page."""
    in_parts = _IN_PARTS.get(type(chart))
    return (draw(chart),) if in_parts is None or empty_reason(chart) else in_parts(chart)


def _sentence(words: str) -> Drawing:
    lines = lettering.lines(words, styles.WIDTH, 8.0, 3)
    drawing = Drawing(styles.WIDTH, _LINE * len(lines) + 4)
    for place, (line, size) in enumerate(lines):
        drawing.add(axes.text(0, drawing.height - _LINE * (place + 1) + 2, line, size=size))
    return drawing
