"""The tables of `statistics interval` and `statistics detectable`."""

from __future__ import annotations

from typing import Final

from kvalitetsapp.domain.table import Column, Kind
from kvalitetsapp.texts import N_

INTERVALS: Final[tuple[Column, ...]] = (
    Column("method", Kind.TEXT, N_("Metod")),
    Column("events", Kind.INTEGER, N_("Händelser")),
    Column("n", Kind.INTEGER, N_("Antal")),
    Column("rate", Kind.RATE, N_("Andel")),
    Column("ci_low", Kind.RATE, N_("95\u00a0% från")),
    Column("ci_high", Kind.RATE, N_("95\u00a0% till")),
)
DETECTABLE: Final[tuple[Column, ...]] = (
    Column("n", Kind.INTEGER, N_("Antal")),
    Column("target", Kind.RATE, N_("Jämförelse")),
    Column("detectable", Kind.RATE, N_("Kan upptäckas från")),
    Column("true_rate", Kind.RATE, N_("Sann andel")),
    Column("power", Kind.RATE, N_("Chans att den syns")),
    Column("needed_80", Kind.INTEGER, N_("Operationer som krävs (80 %)")),
    Column("needed_90", Kind.INTEGER, N_("Operationer som krävs (90 %)")),
)
"""One row for each true rate; `power` is the probability that n operations flag it as high at 95 %."""
