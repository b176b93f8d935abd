"""The table twin of a chart: every mark as a row, so that nothing can be read from a drawing only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import chart_data as charts
from kvalitetsapp.domain import forest_words
from kvalitetsapp.domain import waiting_chart_words as waiting
from kvalitetsapp.domain.chart_marks import marks, moments
from kvalitetsapp.domain.funnel import flag_text
from kvalitetsapp.domain.table import KEY_COLUMNS, REOPERATION_VALUES, SURVIVAL_VALUES, Column, Kind, Row, Table
from kvalitetsapp.domain.waiting_charts import DaysHistogram, MonthSeries, QueueBars
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.domain.chart_data import Chart

_RATES: Final = {column.name: column for column in REOPERATION_VALUES}
_NAME: Final = Column("name", Kind.TEXT, N_("Enhet"))
_EVENTS: Final = Column("events", Kind.INTEGER, N_("Händelser"))
_N: Final = Column("n", Kind.INTEGER, N_("Antal"))
_OUTCOME: Final = Column("outcome", Kind.TEXT, N_("Utfall"))
_SIGNAL: Final = Column("signal", Kind.FLAG, N_("Signal"))
_INTERVAL: Final = (_RATES["rate"], _RATES["ci_low"], _RATES["ci_high"])

FUNNEL: Final = (_NAME, _N, _EVENTS, *_INTERVAL, Column("target", Kind.RATE, N_("Jämförelse")), _OUTCOME)
SURVIVAL: Final = (KEY_COLUMNS["joint"], *SURVIVAL_VALUES)
CATERPILLAR: Final = (_NAME, _N, _EVENTS, *_INTERVAL, _OUTCOME)
RATIOS: Final = (
    _NAME,
    _N,
    _EVENTS,
    Column("ratio", Kind.DECIMAL, N_("Observerat/förväntat")),
    Column("ci_low", Kind.DECIMAL, N_("95 % KI från")),
    Column("ci_high", Kind.DECIMAL, N_("95 % KI till")),
    _OUTCOME,
)
GAPS: Final = (
    Column("day", Kind.DATE, N_("Händelsedatum")),
    Column("between", Kind.INTEGER, N_("Sedan händelsen före")),
    Column("counted", Kind.TEXT, N_("Räknat i")),
    _SIGNAL,
)
PERIODS: Final = (Column("period", Kind.TEXT, N_("Period")), _N, _EVENTS, _RATES["rate"], _SIGNAL)
SUMS: Final = (
    Column("place", Kind.INTEGER, N_("Operation nr")),
    Column("day", Kind.DATE, N_("Dag")),
    Column("sum", Kind.DECIMAL, N_("Summa")),
    _SIGNAL,
)
CELLS: Final = (
    Column("row", Kind.TEXT, N_("Enhet")),
    Column("column", Kind.TEXT, N_("Mått")),
    Column("shown", Kind.TEXT, N_("Värde")),
)
PROFILE: Final = (
    Column("indicator", Kind.TEXT, N_("Mått")),
    Column("women", Kind.RATE, N_("Kvinnor mot riket")),
    Column("n_women", Kind.INTEGER, N_("Antal kvinnor")),
    Column("men", Kind.RATE, N_("Män mot riket")),
    Column("n_men", Kind.INTEGER, N_("Antal män")),
    Column("everyone", Kind.RATE, N_("Alla mot riket")),
    Column("note", Kind.TEXT, N_("Not")),
)
FOREST: Final = (
    Column("group", Kind.TEXT, N_("Grupp")),
    _N,
    _EVENTS,
    Column("figure", Kind.DECIMAL, N_("Värde")),
    Column("ci_low", Kind.DECIMAL, N_("95 % KI från")),
    Column("ci_high", Kind.DECIMAL, N_("95 % KI till")),
    Column("adjusted", Kind.DECIMAL, N_("Åldersstandardiserat")),
    Column("adjusted_low", Kind.DECIMAL, N_("Stand. från")),
    Column("adjusted_high", Kind.DECIMAL, N_("Stand. till")),
    Column("note", Kind.TEXT, N_("Not")),
)
COMPASS: Final = (
    Column("indicator", Kind.TEXT, N_("Mått")),
    Column("shown", Kind.TEXT, N_("Värde")),
    Column("place", Kind.DECIMAL, N_("Läge, 1 är bäst")),
    Column("nation", Kind.DECIMAL, N_("Rikets läge")),
)
FLOW: Final = (
    Column("step", Kind.TEXT, N_("Steg")),
    Column("count", Kind.INTEGER, N_("Antal")),
    Column("amount", Kind.MONEY, N_("Belopp")),
)
COSTS: Final = (
    Column("case", Kind.TEXT, N_("Ärende")),
    Column("cost", Kind.MONEY, N_("Kostnad")),
    Column("confirmed", Kind.FLAG, N_("Bekräftad")),
    Column("infection", Kind.FLAG, N_("Infektion")),
)


def table_of(chart: Chart) -> Table:
    """Return the marks of a chart as rows, in the order of `chart_marks.marks`."""
    return _TABLES[type(chart)](chart)


def _funnel(chart: charts.Funnel) -> Table:
    return Table(
        FUNNEL,
        [
            (point.name, point.n, point.events, point.rate, point.low, point.high, chart.target, flag_text(point.flag))
            for point in chart.points
        ],
    )


def _survival(chart: charts.Survival) -> Table:
    rows: list[Row] = []
    for moment in moments(chart):
        step, risk = moment.step, moment.risk
        counts = (risk.day, moment.curve.operations, risk.at_risk, risk.events, risk.deaths)
        rows.append((moment.curve.joint, *counts, step.value, step.low, step.high, step.incidence))
    return Table(SURVIVAL, rows)


def _caterpillar(chart: charts.Caterpillar) -> Table:
    rows: list[Row] = []
    for bar in chart.bars:
        outcome = "" if bar.value is None else flag_text(bar.flag)
        figures = (bar.value, bar.low, bar.high)
        shown = [_decimal(value, 3) for value in figures] if chart.ratio else figures
        rows.append((bar.name, bar.n, bar.events, *shown, outcome))
    return Table(RATIOS if chart.ratio else CATERPILLAR, rows)


def _gaps(chart: charts.GChart) -> Table:
    unit = _("dagar") if chart.counted == "days" else _("operationer")
    return Table(GAPS, [(point.day, point.between, unit, int(point.signal)) for point in chart.points])


def _periods(chart: charts.RunChart) -> Table:
    return Table(
        PERIODS, [(point.label, point.n, point.events, point.value, int(point.signal)) for point in chart.points]
    )


def _sums(chart: charts.Cusum) -> Table:
    return Table(SUMS, [(step.place, step.day, _decimal(step.value, 3), int(step.signal)) for step in chart.steps])


def _cells(chart: charts.HeatMap) -> Table:
    return Table(CELLS, [(square.row, square.column, square.cell.shown) for square in marks(chart)])


def _profile(chart: charts.Profile) -> Table:
    return Table(
        PROFILE,
        [(bar.name, bar.women, bar.n_women, bar.men, bar.n_men, bar.everyone, bar.note) for bar in chart.bars],
    )


def _forest(chart: charts.Forest) -> Table:
    scale, digits = forest_words.scale(chart)
    rows: list[Row] = []
    for row in chart.rows:
        ends = (row.value, row.low, row.high, row.adjusted, row.adjusted_low, row.adjusted_high)
        told = [_decimal(None if end is None else end * scale, digits) for end in ends]
        rows.append((row.name, row.n, row.events, *told, row.note))
    heading = forest_words.heading(chart)
    columns = tuple(replace(one, heading=heading) if one.name == "figure" else one for one in FOREST)
    return Table(columns, rows)


def _compass(chart: charts.Compass) -> Table:
    return Table(
        COMPASS, [(axis.name, axis.shown, _decimal(axis.value, 2), _decimal(axis.nation, 2)) for axis in chart.axes]
    )


def _flow(chart: charts.CaseFlow) -> Table:
    return Table(FLOW, [(step.label, step.count, step.amount) for step in chart.steps])


def _costs(chart: charts.CostStrip) -> Table:
    return Table(COSTS, [(case.key, case.cost, int(case.confirmed), int(case.infection)) for case in chart.cases])


def _decimal(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"


_TABLES: Final[dict[type, Callable[[Any], Table]]] = {
    charts.Funnel: _funnel,
    charts.Survival: _survival,
    charts.Caterpillar: _caterpillar,
    charts.GChart: _gaps,
    charts.RunChart: _periods,
    charts.Cusum: _sums,
    charts.HeatMap: _cells,
    charts.Profile: _profile,
    charts.Forest: _forest,
    charts.Compass: _compass,
    charts.CaseFlow: _flow,
    charts.CostStrip: _costs,
    MonthSeries: waiting.series_table,
    DaysHistogram: waiting.days_table,
    QueueBars: waiting.queues_table,
}
