"""How the pictures on the page Kvalitet are read where the words that go with a chart of its kind do not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.chart_data import Caterpillar, HeatMap, Profile
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.chart_data import Chart


def reading(chart: Chart | None) -> str:
    """Return how a picture is read, "" where the words of its chart say it."""
    if isinstance(chart, Caterpillar) and chart.ratio:
        return _(
            "Observerat antal delat med väntat, med 95 % intervall. Väntat är vad ålder, kön, diagnos och år brukar "
            "ge; 1 är som väntat. Ordnad efter antal operationer, ingen rangordning."
        )
    if isinstance(chart, Profile):
        return _profile(chart)
    if isinstance(chart, HeatMap):
        return _(
            "Blå rutor ligger åt önskat håll från jämförelsen och orange åt andra hållet; ju mörkare, desto längre "
            "ifrån. Få operationer ger stora avvikelser av slumpen: läs intervallet på fliken En indikator."
        )
    return ""


def _profile(chart: Profile) -> str:
    read = _("Avvikelse i procent av jämförelsen; åt höger är önskad riktning.")
    others = [bar.name for bar in chart.bars if bar.note]
    if not others:
        return read
    if len(others) == len(chart.bars):
        return f"{read} {_('Ingen siffra för riket finns: jämförelsen är alla vårdgivare här.')}"
    compared = _("Utan siffra för riket, jämförda med alla vårdgivare här: {them}.").format(them=", ".join(others))
    return f"{read} {compared}"
