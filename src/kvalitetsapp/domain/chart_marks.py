"""The marks of a chart: what a click on each asks for, and what is said of it.

A chart's marks, the rows of its table and what the keyboard walks over are the same things in the same order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import chart_data as charts
from kvalitetsapp.domain import forest_words
from kvalitetsapp.domain import waiting_chart_words as waiting
from kvalitetsapp.domain.chart_descriptions import signed_percent
from kvalitetsapp.domain.funnel import flag_text
from kvalitetsapp.domain.waiting_charts import DaysHistogram, MonthSeries, QueueBars
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import NOTHING, _, decimal, kronor_rounded, ngettext, number, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kvalitetsapp.domain.chart_data import Chart


@dataclass(frozen=True, slots=True)
class Moment:
    """A day of a curve at which it is told how many are followed; a mark of a survival chart."""

    curve: charts.Curve
    step: charts.CurveStep
    risk: charts.AtRisk


@dataclass(frozen=True, slots=True)
class Square:
    """A cell of a heat map with the names of its row and column."""

    row: str
    column: str
    cell: charts.HeatCell


def marks(chart: Chart) -> tuple[Any, ...]:
    """Return the marks of a chart in the order of its table."""
    return _MARKS[type(chart)](chart)


def keys(chart: Chart) -> tuple[str, ...]:
    """Return what a click on each mark asks for, "" where it asks for nothing."""
    return tuple(_key(mark) for mark in marks(chart))


def sentence(chart: Chart, place: int) -> str:
    """Return all that is known of a mark in a sentence."""
    mark = marks(chart)[place]
    return _SENTENCES[type(chart)](chart, mark)


def title(chart: Chart) -> str:
    """Return what a chart is called."""
    if isinstance(chart, charts.Funnel):
        if chart.measure:
            return _("{measure}: {joint}").format(measure=chart.measure, joint=word("joint", chart.joint).lower())
        return _("Trattdiagram: {joint}").format(joint=word("joint", chart.joint).lower())
    if isinstance(chart, charts.Survival):
        return _("{event} efter operationen").format(event=word("surgery_level", chart.event))
    return chart.title


def ratio(value: float | None) -> str:
    """Return an observed number divided by an expected one, as people read it."""
    return NOTHING if value is None else decimal(value, 2)


def moments(chart: charts.Survival) -> tuple[Moment, ...]:
    """Return the days of every curve at which its numbers at risk are told, as far as the curve is drawn."""
    return tuple(
        Moment(curve, _step_at(curve.steps, risk.day), risk)
        for curve in chart.curves
        for risk in curve.risk
        if curve.steps and curve.steps[0].day <= risk.day <= curve.steps[-1].day
    )


def _step_at(steps: Sequence[charts.CurveStep], day: int) -> charts.CurveStep:
    return [step for step in steps if step.day <= day][-1]


def _key(mark: object) -> str:
    if isinstance(mark, Moment):
        return mark.curve.joint
    if isinstance(mark, Square):
        return mark.cell.key
    if isinstance(mark, charts.CompassAxis):
        return mark.name
    return str(getattr(mark, "key", ""))


def _squares(chart: charts.HeatMap) -> tuple[Square, ...]:
    return tuple(
        Square(row, column, cell)
        for row, cells in zip(chart.rows, chart.cells, strict=True)
        for column, cell in zip(chart.columns, cells, strict=True)
    )


_MARKS: Final[dict[type, Callable[[Any], tuple[Any, ...]]]] = {
    charts.Funnel: lambda chart: chart.points,
    charts.Survival: moments,
    charts.Caterpillar: lambda chart: chart.bars,
    charts.GChart: lambda chart: chart.points,
    charts.RunChart: lambda chart: chart.points,
    charts.Cusum: lambda chart: chart.steps,
    charts.HeatMap: _squares,
    charts.Profile: lambda chart: chart.bars,
    charts.Forest: lambda chart: chart.rows,
    charts.Compass: lambda chart: chart.axes,
    charts.CaseFlow: lambda chart: chart.steps,
    charts.CostStrip: lambda chart: chart.cases,
    MonthSeries: waiting.series_marks,
    DaysHistogram: lambda chart: chart.bars,
    QueueBars: lambda chart: chart.bars,
}


def _interval(low: float | None, high: float | None, shown: Callable[[float | None], str]) -> str:
    if low is None or high is None:
        return ""
    return _(" (95 % KI {low} till {high})").format(low=shown(low), high=shown(high))


def _of_funnel(_chart: charts.Funnel, point: charts.FunnelPoint) -> str:
    return _("{name}: {events} av {n}, {rate}{interval}, {flag}").format(
        name=point.name or _("En annan vårdgivare"),
        events=number(point.events),
        n=number(point.n),
        rate=percent(point.rate),
        interval=_interval(point.low, point.high, percent),
        flag=flag_text(point.flag),
    )


def _of_curve(_chart: charts.Survival, moment: Moment) -> str:
    step, risk = moment.step, moment.risk
    said = _(
        "{joint}, dag {day}: {value}{interval}; {at_risk} följs, {events} med händelse, {deaths} avlidna."
    ).format(
        joint=word("joint", moment.curve.joint),
        day=number(risk.day),
        value=percent(step.value),
        interval=_interval(step.low, step.high, percent),
        at_risk=number(risk.at_risk),
        events=number(risk.events),
        deaths=number(risk.deaths),
    )
    if step.incidence is None:
        return said
    return f"{said} {_('Kumulativ incidens {value}.').format(value=percent(step.incidence))}"


def _of_bar(chart: charts.Caterpillar, bar: charts.Bar) -> str:
    if bar.value is None:
        return _("{name}: inget uppföljt").format(name=bar.name)
    shown = ratio if chart.ratio else percent
    return _("{name}: {events} av {n}, {rate}{interval}, {flag}").format(
        name=bar.name,
        events=number(bar.events),
        n=number(bar.n),
        rate=shown(bar.value),
        interval=_interval(bar.low, bar.high, shown),
        flag=flag_text(bar.flag),
    )


def _of_gap(chart: charts.GChart, point: charts.GapPoint) -> str:
    if chart.counted == "days":
        text = ngettext("{day}: {n} dag sedan händelsen före", "{day}: {n} dagar sedan händelsen före", point.between)
    else:
        text = ngettext(
            "{day}: {n} operation sedan händelsen före", "{day}: {n} operationer sedan händelsen före", point.between
        )
    said = text.format(day=point.day, n=number(point.between))
    return _("{said}, utanför gränserna").format(said=said) if point.signal else said


def _of_period(_chart: charts.RunChart, point: charts.RunPoint) -> str:
    if point.value is None:
        return _("{name}: inget uppföljt").format(name=point.label)
    said = _("{name}: {events} av {n}, {rate}").format(
        name=point.label, events=number(point.events), n=number(point.n), rate=percent(point.value)
    )
    return _("{said}, hör till en förändring").format(said=said) if point.signal else said


def _of_step(_chart: charts.Cusum, step: charts.CusumStep) -> str:
    said = _("Operation {place}, {day}: summan är {value}").format(
        place=number(step.place), day=step.day, value=decimal(step.value, 2)
    )
    return _("{said}, larm").format(said=said) if step.signal else said


def _of_square(_chart: charts.HeatMap, square: Square) -> str:
    return _("{row}, {column}: {shown}").format(
        row=square.row, column=square.column, shown=square.cell.shown or NOTHING
    )


def _of_profile(_chart: charts.Profile, bar: charts.ProfileBar) -> str:
    said = _("{name}, jämfört med riket: kvinnor {women}, män {men}, alla {everyone}").format(
        name=bar.name,
        women=signed_percent(bar.women),
        men=signed_percent(bar.men),
        everyone=signed_percent(bar.everyone),
    )
    return f"{said}. {bar.note}" if bar.note else said


def _of_forest(chart: charts.Forest, row: charts.ForestRow) -> str:
    return forest_words.sentence(chart, row)


def _of_axis(_chart: charts.Compass, axis: charts.CompassAxis) -> str:
    return _("{name}: {shown}; läge {value} mellan 0 och 1 där 1 är bäst, riket {nation}").format(
        name=axis.name, shown=axis.shown or NOTHING, value=ratio(axis.value), nation=ratio(axis.nation)
    )


def _of_flow(_chart: charts.CaseFlow, step: charts.FlowStep) -> str:
    told = [NOTHING if step.count is None else number(step.count)]
    if step.amount is not None:
        told.append(kronor_rounded(step.amount))
    return f"{step.label}: {', '.join(told)}"


def _of_case(_chart: charts.CostStrip, case: charts.CaseCost) -> str:
    state = _("bekräftad") if case.confirmed else _("ej bekräftad")
    kind = _("med infektion") if case.infection else _("annan komplikation")
    return f"{kronor_rounded(case.cost)}, {state}, {kind}"


_SENTENCES: Final[dict[type, Callable[[Any, Any], str]]] = {
    charts.Funnel: _of_funnel,
    charts.Survival: _of_curve,
    charts.Caterpillar: _of_bar,
    charts.GChart: _of_gap,
    charts.RunChart: _of_period,
    charts.Cusum: _of_step,
    charts.HeatMap: _of_square,
    charts.Profile: _of_profile,
    charts.Forest: _of_forest,
    charts.Compass: _of_axis,
    charts.CaseFlow: _of_flow,
    charts.CostStrip: _of_case,
    MonthSeries: waiting.of_month,
    DaysHistogram: waiting.of_days,
    QueueBars: waiting.of_queue,
}
