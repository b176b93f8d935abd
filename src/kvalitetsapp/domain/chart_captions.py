"""How a chart is read, in a sentence or two; certainty and false alarms are told where a chart has them."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import chart_data as charts
from kvalitetsapp.domain import forest_words
from kvalitetsapp.domain import waiting_chart_words as waiting
from kvalitetsapp.domain.waiting_charts import DaysHistogram, MonthSeries, QueueBars
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, _, decimal, number, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

RULES: Final[Mapping[str, str]] = {
    "shift": N_("skifte"),
    "trend": N_("trend"),
    "runs": N_("byten av sida"),
}
_RULES_TOLD: Final[Mapping[str, str]] = {
    "shift": N_("skifte (många i följd på samma sida om medianen)"),
    "trend": N_("trend (många i följd uppåt eller nedåt)"),
    "runs": N_("ovanligt få eller många byten av sida om medianen"),
}


def caption(chart: charts.Chart) -> str:
    """Return how the chart is read."""
    return _CAPTIONS[type(chart)](chart)


def rule_word(code: str) -> str:
    """Return the short word of a rule of run charts; an unknown code stands as it is."""
    return _(RULES[code]) if code in RULES else code


def length(value: float) -> str:
    """Return a run length as a whole number; one without end is a sign."""
    return number(round(value)) if isfinite(value) else "∞"


def funnel_limits(chart: charts.Funnel) -> str:
    """Return how the lines of a funnel are read."""
    around = _("riksvärdet") if chart.target_is_national else _("andelen bland alla i underlaget")
    read = _(
        "Linjerna är prediktionsgränser kring {target}, streckade för 95 % och heldragna för 99,8 %: den som ligger "
        "utanför dem, märkt med egen form, avviker mer än slumpen brukar ge."
    ).format(target=around)
    if chart.overdispersion is None or not chart.overdispersion.widened:
        return read
    widened = _("Prickade gränser är vidgade: {n} vårdgivare skiljer sig {phi} gånger så mycket som slumpen ger.")
    return f"{read} {widened.format(n=number(chart.overdispersion.units), phi=decimal(chart.overdispersion.phi, 1))}"


def _funnel(chart: charts.Funnel) -> str:
    return _("Varje punkt är en vårdgivare. {limits}").format(limits=funnel_limits(chart))


def _survival(chart: charts.Survival) -> str:
    read = _(
        "Andel med {event} över tid (1 − Kaplan–Meier) med 95-procentigt band. Kurvan bryts där färre än {n} "
        "operationer är kvar under uppföljning."
    ).format(event=word("surgery_level", chart.event).lower(), n=number(chart.least_at_risk))
    if all(step.incidence is None for curve in chart.curves for step in curve.steps):
        return read
    competing = _("Den tunna streckade linjen är kumulativ incidens, där den som dör inte längre kan få en händelse.")
    return f"{read} {competing}"


def _caterpillar(chart: charts.Caterpillar) -> str:
    if chart.ratio:
        return _(
            "Observerat genom väntat med 95 % intervall; 1 är som väntat och axeln är logaritmisk. Ordnad efter antal "
            "operationer, ingen rangordning."
        )
    return _("95 % intervall; ordnad efter antal operationer, ingen rangordning. Egen form: utanför gränserna.")


def _g_chart(chart: charts.GChart) -> str:
    read = (
        _("En punkt är en händelse, och dess höjd hur många operationer som gick sedan den förra.")
        if chart.counted == "operations"
        else _("En punkt är en händelse, och dess höjd hur många dagar som gick sedan den förra.")
    )
    if chart.run_length is None:
        return _("{read} Händelserna är för få för gränser.").format(read=read)
    return _("{read} Av slumpen väntas en signal på {n} händelser i genomsnitt.").format(
        read=read, n=length(chart.run_length)
    )


def _run_chart(chart: charts.RunChart) -> str:
    read = _("Andel per period kring medianen; under axeln händelser och antal.")
    if not chart.rules:
        return _("{read} Ingen regel säger att något har ändrats.").format(read=read)
    told = ", ".join(_(_RULES_TOLD[code]) if code in _RULES_TOLD else code for code in chart.rules)
    return _("{read} Rutorna är tecken på att något har ändrats: {rules}.").format(read=read, rules=told)


def _cusum(chart: charts.Cusum) -> str:
    head = _("Riskjusterad summa (CUSUM)") if chart.adjusted else _("Löpande summa (CUSUM) utan riskjustering")
    return _(
        "{head} för {ratio} gånger så höga odds som målet {target}; den börjar om efter larm. Vid målet kommer ett "
        "falskt larm på {false} operationer i genomsnitt; är oddsen så höga kommer larmet efter {detection}."
    ).format(
        head=head,
        ratio=decimal(chart.odds_ratio, 1),
        target=percent(chart.target),
        false=length(chart.false_alarm),
        detection=length(chart.detection),
    )


def _heat_map(chart: charts.HeatMap) -> str:
    if chart.middle is None:
        return _("Ju mörkare ruta, desto högre värde; värdet står i rutan.")
    return _(
        "Blå rutor ligger åt önskat håll från jämförelsevärdet och orange åt andra hållet; ju mörkare, desto längre "
        "ifrån. Värdet står i rutan."
    )


def _profile(_chart: charts.Profile) -> str:
    return _(
        "Avvikelse från riket i procent av rikets värde; åt höger är önskad riktning. K i cirkel: kvinnor, M i "
        "fyrkant: män, streck: alla."
    )


def _forest(chart: charts.Forest) -> str:
    return forest_words.caption(chart)


def _compass(_chart: charts.Compass) -> str:
    return _("Längst ut är bäst bland enheterna. Heldragen linje: enheten, streckad: riket.")


def _case_flow(_chart: charts.CaseFlow) -> str:
    return _("Antal och kronor i varje steg från köp till betalning; streck betyder att uppgiften saknas.")


def _cost_strip(_chart: charts.CostStrip) -> str:
    return _("Ett märke är ett ärende (operation med minst en händelse), vid det som dess händelser har kostat.")


_CAPTIONS: Final[Mapping[type, Callable[[Any], str]]] = {
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
    MonthSeries: waiting.series_caption,
    DaysHistogram: waiting.days_caption,
    QueueBars: waiting.queues_caption,
}
