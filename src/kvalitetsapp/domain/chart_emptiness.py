"""Why a chart has nothing to draw, as the sentence that stands in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import chart_data as charts
from kvalitetsapp.domain import waiting_chart_words as waiting
from kvalitetsapp.domain.waiting_charts import DaysHistogram, MonthSeries, QueueBars
from kvalitetsapp.texts import NOTHING, _, number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def empty_reason(chart: charts.Chart) -> str:
    """Return why the chart cannot be drawn, "" where it can."""
    return _REASONS[type(chart)](chart)


def _funnel(chart: charts.Funnel) -> str:
    return "" if chart.points else _("Ingen operation har följts hela tiden ut än.")


def _survival(chart: charts.Survival) -> str:
    if any(curve.steps for curve in chart.curves):
        return ""
    return _("Ingen kurva: färre än {n} operationer är under uppföljning.").format(n=number(chart.least_at_risk))


def _caterpillar(chart: charts.Caterpillar) -> str:
    if any(bar.value is not None for bar in chart.bars):
        return ""
    if chart.ratio:
        return _("För få händelser för att räkna fram vad som är väntat.")
    return _("Ingen operation har följts hela tiden ut än.")


def _g_chart(chart: charts.GChart) -> str:
    if chart.points:
        return ""
    unit = _("operationer") if chart.counted == "operations" else _("dagar")
    return _("Ingen händelse att räkna från på {n} {unit}.").format(n=number(chart.since_last), unit=unit)


def _run_chart(chart: charts.RunChart) -> str:
    return "" if any(point.value is not None for point in chart.points) else _("Ingen period har något att visa än.")


def _cusum(chart: charts.Cusum) -> str:
    return "" if chart.steps else _("Ingen operation att följa i ordning än.")


def _heat_map(chart: charts.HeatMap) -> str:
    cells = [cell for row in chart.cells for cell in row]
    return "" if any(cell.shown not in ("", NOTHING) for cell in cells) else _("Det finns inga värden att jämföra.")


def _profile(chart: charts.Profile) -> str:
    told = any(v is not None for bar in chart.bars for v in (bar.women, bar.men, bar.everyone))
    return "" if told else _("Inget mått kan jämföras med riket.")


def _forest(chart: charts.Forest) -> str:
    if any(row.value is not None for row in chart.rows):
        return ""
    return _("Ingen grupp har ett värde att visa.")


def _compass(chart: charts.Compass) -> str:
    return "" if any(axis.value is not None for axis in chart.axes) else _("Inget mått har ett värde att visa.")


def _case_flow(chart: charts.CaseFlow) -> str:
    told = any(step.count or step.amount for step in chart.steps)
    return "" if told else _("Det finns inga operationer att följa från köp till betalning.")


def _cost_strip(chart: charts.CostStrip) -> str:
    return "" if chart.cases else _("Inget ärende har en känd kostnad.")


_REASONS: Final[Mapping[type, Callable[[Any], str]]] = {
    charts.Funnel: _funnel,
    charts.Survival: _survival,
    charts.Caterpillar: _caterpillar,
    charts.GChart: _g_chart,
    charts.RunChart: _run_chart,
    charts.Cusum: _cusum,
    charts.HeatMap: _heat_map,
    charts.Profile: _profile,
    charts.Forest: _forest,
    charts.Compass: _compass,
    charts.CaseFlow: _case_flow,
    charts.CostStrip: _cost_strip,
    MonthSeries: waiting.series_empty,
    DaysHistogram: waiting.days_empty,
    QueueBars: waiting.queues_empty,
}
