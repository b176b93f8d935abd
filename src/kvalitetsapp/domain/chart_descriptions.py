"""What a chart shows in a few sentences, for those who do not see it: the whole, the extremes, what stands out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import chart_data as charts
from kvalitetsapp.domain import forest_words
from kvalitetsapp.domain import waiting_chart_words as waiting
from kvalitetsapp.domain.chart_captions import rule_word
from kvalitetsapp.domain.chart_emptiness import empty_reason
from kvalitetsapp.domain.funnel import flag_text
from kvalitetsapp.domain.waiting_charts import DaysHistogram, MonthSeries, QueueBars
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import MINUS, _, decimal, kronor_rounded, ngettext, number, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

LONGEST: Final = 600
_LONGEST_NAME: Final = 40
_NAMED: Final = 4
_DAYS_IN_YEAR: Final = 365


def description(chart: charts.Chart) -> str:
    """Return the chart in words, at most about `LONGEST` signs; of an empty one why there is nothing."""
    return empty_reason(chart) or _together(_DESCRIBED[type(chart)](chart))


def _together(sentences: Sequence[str]) -> str:
    """Return the sentences that fit, the weightiest stand first."""
    said = ""
    for sentence in (one for one in sentences if one):
        if said and len(said) + len(sentence) >= LONGEST:
            break
        said = f"{said} {sentence}".lstrip()
    return said


def _named(name: str) -> str:
    shown = name or _("ej namngiven vårdgivare")
    return shown if len(shown) <= _LONGEST_NAME else f"{shown[: _LONGEST_NAME - 1]}…"


def _listed(things: Sequence[str]) -> str:
    """Return things after each other, the many that are left out as a number."""
    shown = ", ".join(things[:_NAMED])
    more = len(things) - _NAMED
    return _("{things} och {n} till").format(things=shown, n=number(more)) if more > 0 else shown


def _begun(words: str) -> str:
    """Return words as a sentence begins."""
    return words[:1].upper() + words[1:]


def _outside(flagged: Sequence[tuple[str, str]]) -> str:
    """Return who stands outside the limits, given names with flags; those farthest out first."""
    out = sorted((pair for pair in flagged if pair[1]), key=lambda pair: not pair[1].endswith("998"))
    if not out:
        return _("Ingen ligger utanför gränserna.")
    told = [_("{name} ({where})").format(name=_named(name), where=flag_text(flag)) for name, flag in out]
    return _("Utanför gränserna: {them}.").format(them=_listed(told))


def _extremes(lowest: str, highest: str) -> str:
    return _("Lägst: {lowest}. Högst: {highest}.").format(lowest=lowest, highest=highest)


def _funnel(chart: charts.Funnel) -> list[str]:
    def told(point: charts.FunnelPoint) -> str:
        return _("{name}, {rate} ({events} av {n})").format(
            name=_named(point.name), rate=percent(point.rate), events=number(point.events), n=number(point.n)
        )

    head = ngettext(
        "Trattdiagram över andelen reopererade, {joint}: {n} vårdgivare.",
        "Trattdiagram över andelen reopererade, {joint}: {n} vårdgivare.",
        len(chart.points),
    )
    target = _("Riket {rate}.") if chart.target_is_national else _("Alla i underlaget {rate}.")
    by_rate = sorted(chart.points, key=lambda point: point.rate)
    spread = chart.overdispersion
    return [
        head.format(joint=word("joint", chart.joint).lower(), n=number(len(chart.points))),
        target.format(rate=percent(chart.target)),
        _outside([(point.name, point.flag) for point in chart.points]),
        "" if len(by_rate) == 1 else _extremes(told(by_rate[0]), told(by_rate[-1])),
        told(by_rate[0]) + "." if len(by_rate) == 1 else "",
        _("Spridningen är {phi} gånger slumpens.").format(phi=decimal(spread.phi, 1)) if spread else "",
    ]


def _survival(chart: charts.Survival) -> list[str]:
    event = word("surgery_level", chart.event).lower()
    curves = [curve for curve in chart.curves if curve.steps]
    head = _("Andel med {event} över tid sedan operationen.").format(event=event)
    return [head, *(_curve(curve) for curve in curves), _too_small(chart)]


def _curve(curve: charts.Curve) -> str:
    last = curve.steps[-1]
    said = _("{joint}, {n} operationer: {rate} efter {years} år").format(
        joint=_named(word("joint", curve.joint)),
        n=number(curve.operations),
        rate=percent(last.value),
        years=decimal(last.day / _DAYS_IN_YEAR, 1),
    )
    if last.low is not None and last.high is not None:
        said += _(" (95 % intervall {low} till {high})").format(low=percent(last.low), high=percent(last.high))
    if last.incidence is not None:
        said += _(", kumulativ incidens {rate}").format(rate=percent(last.incidence))
    return said + "."


def _too_small(chart: charts.Survival) -> str:
    if not chart.too_small:
        return ""
    names = [_named(word("joint", joint)) for joint in chart.too_small]
    return _("Utan kurva, för få operationer: {joints}.").format(joints=_listed(names))


def _caterpillar(chart: charts.Caterpillar) -> list[str]:
    def shown(value: float) -> str:
        return decimal(value, 2) if chart.ratio else percent(value)

    def told(bar: charts.Bar) -> str:
        return _("{name}, {value} ({events} av {n})").format(
            name=_named(bar.name), value=shown(bar.value or 0), events=number(bar.events), n=number(bar.n)
        )

    bars = sorted((bar for bar in chart.bars if bar.value is not None), key=lambda bar: bar.value or 0)
    head = ngettext(
        "{title}: {n} grupp med 95 % intervall.",
        "{title}: {n} grupper med 95 % intervall, ordnade efter antal operationer.",
        len(bars),
    )
    without = len(chart.bars) - len(bars)
    lacking = ngettext("{n} grupp har inget värde.", "{n} grupper har inget värde.", without)
    target = _("{label} {value}.").format(label=_begun(chart.target_label), value=shown(chart.target or 0))
    return [
        head.format(title=chart.title, n=number(len(bars))),
        target if chart.target is not None else "",
        _outside([(bar.name, bar.flag) for bar in bars]),
        told(bars[0]) + "." if len(bars) == 1 else _extremes(told(bars[0]), told(bars[-1])),
        lacking.format(n=number(without)) if without else "",
    ]


def _g_chart(chart: charts.GChart) -> list[str]:
    gaps = [point.between for point in chart.points]
    days = [point.day for point in chart.points if point.signal]
    unit = _("operationer") if chart.counted == "operations" else _("dagar")
    head = ngettext("{title}: {n} händelse {day}.", "{title}: {n} händelser från {first} till {day}.", len(gaps))
    return [
        head.format(title=chart.title, n=number(len(gaps)), first=chart.points[0].day, day=chart.points[-1].day),
        _("Signal: {days}.").format(days=_listed(days)) if days else _("Ingen signal."),
        _("Mellan händelserna som minst {low} och som mest {high} {unit}.").format(
            low=number(min(gaps)), high=number(max(gaps)), unit=unit
        ),
        _("Mittlinje {n}.").format(n=decimal(chart.centre, 1)) if chart.centre is not None else "",
        _("Efter den senaste har det gått {n} {unit}.").format(n=number(chart.since_last), unit=unit),
    ]


def _run_chart(chart: charts.RunChart) -> list[str]:
    def told(point: charts.RunPoint) -> str:
        return _("{label} {value} ({events} av {n})").format(
            label=point.label, value=percent(point.value), events=number(point.events), n=number(point.n)
        )

    points = [point for point in chart.points if point.value is not None]
    by_value = sorted(points, key=lambda point: point.value or 0)
    rules = ", ".join(rule_word(code) for code in chart.rules)
    head = ngettext("{title}: {n} period.", "{title}: {n} perioder.", len(points))
    return [
        head.format(title=chart.title, n=number(len(points))),
        _("Median {rate}.").format(rate=percent(chart.median)) if chart.median is not None else "",
        _("Mål {rate}.").format(rate=percent(chart.target)) if chart.target is not None else "",
        _("Tecken på ändring: {rules}.").format(rules=rules) if rules else _("Inget tecken på ändring."),
        told(points[0]) + "." if len(points) == 1 else _extremes(told(by_value[0]), told(by_value[-1])),
        _("Senast: {point}.").format(point=told(points[-1])) if len(points) > 1 else "",
    ]


def _cusum(chart: charts.Cusum) -> list[str]:
    first, last = chart.steps[0], chart.steps[-1]
    days = [step.day for step in chart.steps if step.signal]
    head = ngettext("{title}: {n} operation {day}.", "{title}: {n} operationer {first} till {day}.", len(chart.steps))
    alarms = ngettext("{n} larm: {days}.", "{n} larm: {days}.", chart.alarms)
    return [
        head.format(title=chart.title, n=number(len(chart.steps)), first=first.day, day=last.day),
        alarms.format(n=number(chart.alarms), days=_listed(days)) if days else _("Inget larm."),
        _("Högst {top}, nu {now}; larmgränsen är {limit}.").format(
            top=decimal(max(step.value for step in chart.steps), 1),
            now=decimal(last.value, 1),
            limit=decimal(chart.limit, 1),
        ),
    ]


def _heat_map(chart: charts.HeatMap) -> list[str]:
    told = [
        (cell.value, _("{row}, {column}: {shown}").format(row=_named(row), column=_named(column), shown=cell.shown))
        for row, line in zip(chart.rows, chart.cells, strict=True)
        for column, cell in zip(chart.columns, line, strict=True)
        if cell.value is not None
    ]
    told.sort(key=lambda pair: pair[0])
    lacking = len(chart.rows) * len(chart.columns) - len(told)
    head = _("{title}: tabell i färger, {rows} × {columns} rutor.")
    without = ngettext("{n} ruta har inget tal.", "{n} rutor har inget tal.", lacking)
    return [
        head.format(title=chart.title, rows=number(len(chart.rows)), columns=number(len(chart.columns))),
        _heat_ends(chart, told[0][1], told[-1][1]) if told else "",
        without.format(n=number(lacking)) if lacking else "",
    ]


def _heat_ends(chart: charts.HeatMap, lowest: str, highest: str) -> str:
    if chart.middle is None:
        return _extremes(lowest, highest)
    best, worst = (lowest, highest) if chart.low_is_good else (highest, lowest)
    return _ends(best, worst)


def _ends(best: str, worst: str) -> str:
    return _("Längst åt önskat håll: {best}. Längst åt andra hållet: {worst}.").format(best=best, worst=worst)


def _profile(chart: charts.Profile) -> list[str]:
    def said(name: str, who: str, value: float) -> str:
        return _("{name}, {who} {value}").format(name=_named(name), who=who, value=signed_percent(value))

    told = [
        (value, said(bar.name, who, value))
        for bar in chart.bars
        for who, value in ((_("kvinnor"), bar.women), (_("män"), bar.men), (_("alla"), bar.everyone))
        if value is not None
    ]
    told.sort(key=lambda pair: pair[0])
    head = ngettext("{title}: {n} mått mot riket.", "{title}: {n} mått mot riket.", len(chart.bars))
    return [
        head.format(title=chart.title, n=number(len(chart.bars))),
        _ends(told[-1][1], told[0][1]),
    ]


def signed_percent(fraction: float | None) -> str:
    """Return a deviation with its sign: `+12 %`."""
    shown = percent(fraction, 0)
    return shown if fraction is None or shown.startswith((MINUS, "0")) else f"+{shown}"


def _forest(chart: charts.Forest) -> list[str]:
    rows = [row for row in chart.rows if row.value is not None]
    by_value = sorted(rows, key=lambda row: row.value or 0)
    head = ngettext("{title}: {n} grupp, {what}.", "{title}: {n} grupper, {what}.", len(chart.rows))
    away = [row for row in rows if forest_words.is_away(chart, row)]
    told = [forest_words.told(chart, row) for row in away]
    without = [_named(row.name) for row in chart.rows if row.value is None and not row.is_reference]
    return [
        head.format(title=chart.title, n=number(len(chart.rows)), what=forest_words.heading(chart).lower()),
        _("Skiljer sig: {them}.").format(them=_listed(told)) if told else "",
        "" if told else forest_words.nothing_away(chart),
        _extremes(*(forest_words.told(chart, row) for row in (by_value[0], by_value[-1]))) if len(rows) > 1 else "",
        _("Utan värde: {them}.").format(them=_listed(without)) if without else "",
    ]


def _compass(chart: charts.Compass) -> list[str]:
    told = [axis for axis in chart.axes if axis.value is not None]
    inside = [_named(a.name) for a in told if a.nation is not None and (a.value or 0) < a.nation]
    below = _("Innanför riket: {names}.") if inside else _("Inget mått ligger innanför riket.")
    head = ngettext("{title}: kompass med {n} mått.", "{title}: kompass med {n} mått.", len(chart.axes))
    return [
        head.format(title=chart.title, n=number(len(chart.axes))),
        below.format(names=_listed(inside)),
        *(_("{name}: {shown}.").format(name=_named(axis.name), shown=axis.shown) for axis in told),
    ]


def _case_flow(chart: charts.CaseFlow) -> list[str]:
    return [_("{title}.").format(title=chart.title), *(_flow_step(step) for step in chart.steps)]


def _flow_step(step: charts.FlowStep) -> str:
    count = "" if step.count is None else number(step.count)
    amount = "" if step.amount is None else kronor_rounded(step.amount)
    told = ", ".join(part for part in (count, amount) if part)
    return _("{label}: {told}.").format(label=_named(step.label), told=told or _("uppgift saknas"))


def _cost_strip(chart: charts.CostStrip) -> list[str]:
    costs = sorted(case.cost for case in chart.cases)
    head = ngettext("{title}: {n} ärende, {low}.", "{title}: {n} ärenden, från {low} till {high}.", len(costs))
    return [
        head.format(
            title=chart.title, n=number(len(costs)), low=kronor_rounded(costs[0]), high=kronor_rounded(costs[-1])
        ),
        *(
            _("Över {line}: {n}.").format(line=kronor_rounded(line), n=number(sum(cost > line for cost in costs)))
            for line, _words in chart.lines
        ),
        _("Med infektion: {infected}. Bekräftade: {confirmed}.").format(
            infected=number(sum(case.infection for case in chart.cases)),
            confirmed=number(sum(case.confirmed for case in chart.cases)),
        ),
    ]


_DESCRIBED: Final[Mapping[type, Callable[[Any], list[str]]]] = {
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
    MonthSeries: waiting.series_description,
    DaysHistogram: waiting.days_description,
    QueueBars: waiting.queues_description,
}
