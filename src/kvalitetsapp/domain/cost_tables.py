"""The columns of the summaries of what complications and operations cost, and of other terms than the agreed ones."""

from __future__ import annotations

from typing import Final

from kvalitetsapp.domain.table import Column, Kind
from kvalitetsapp.texts import N_

COMPLICATION_COST_VALUES: Final[tuple[Column, ...]] = (
    Column("cases", Kind.INTEGER, N_("Ärenden")),
    Column("without_cost", Kind.INTEGER, N_("Utan kostnad")),
    Column("mean", Kind.MONEY, N_("Medel")),
    Column("mean_low", Kind.MONEY, N_("95 % KI från")),
    Column("mean_high", Kind.MONEY, N_("95 % KI till")),
    Column("median", Kind.MONEY, N_("Median")),
    Column("p90", Kind.MONEY, N_("P90")),
    Column("highest", Kind.MONEY, N_("Högst")),
    Column("at_cap", Kind.RATE, N_("Nått taket")),
    Column("share_over_cap", Kind.RATE, N_("Över taket")),
    Column("without_price", Kind.INTEGER, N_("Utan pris")),
    Column("price", Kind.MONEY, N_("Pris, median")),
    Column("mean_over_price", Kind.DECIMAL, N_("Medel genom pris")),
    Column("median_over_price", Kind.DECIMAL, N_("Kostnad genom pris, median")),
    Column("over_8_times", Kind.RATE, N_("Minst 8 gånger priset")),
    Column("over_10_times", Kind.RATE, N_("Minst 10 gånger priset")),
    Column("share_over_60000", Kind.RATE, N_("Över 60 000 kr")),
    Column("share_over_200000", Kind.RATE, N_("Över 200 000 kr")),
    Column("share_over_800000", Kind.RATE, N_("Över 800 000 kr")),
)

EXPECTED_COST_VALUES: Final[tuple[Column, ...]] = (
    Column("operations", Kind.INTEGER, N_("Operationer")),
    Column("eligible", Kind.INTEGER, N_("Uppföljda")),
    Column("without_price", Kind.INTEGER, N_("Utan pris")),
    Column("with_events", Kind.INTEGER, N_("Med händelse")),
    Column("events", Kind.INTEGER, N_("Händelser")),
    Column("missing_cost_events", Kind.INTEGER, N_("Utan kostnad")),
    Column("price", Kind.MONEY, N_("Pris i medel")),
    Column("complication_cost", Kind.MONEY, N_("Komplikationer per operation")),
    Column("expected_cost", Kind.MONEY, N_("Förväntad kostnad")),
    Column("expected_low", Kind.MONEY, N_("95 % KI från")),
    Column("expected_high", Kind.MONEY, N_("95 % KI till")),
    Column("claimable", Kind.MONEY, N_("Kan krävas per operation")),
    Column("net_cost", Kind.MONEY, N_("Efter krav")),
)

BEFORE_AFTER: Final[tuple[Column, ...]] = (
    Column("days", Kind.INTEGER, N_("Dagar")),
    Column("persons", Kind.INTEGER, N_("Personer")),
    Column("unknown", Kind.INTEGER, N_("Okända")),
    Column("left_out_dead", Kind.INTEGER, N_("Avlidna")),
    Column("left_out_moved", Kind.INTEGER, N_("Utflyttade")),
    Column("left_out_early", Kind.INTEGER, N_("Före första uppgift")),
    Column("left_out_late", Kind.INTEGER, N_("Efter sista uppgift")),
    Column("missing_cost", Kind.INTEGER, N_("Utan kostnad")),
    Column("cost_before", Kind.MONEY, N_("Kostnad före")),
    Column("cost_after", Kind.MONEY, N_("Kostnad efter")),
    Column("mean_before", Kind.MONEY, N_("Medel före")),
    Column("mean_after", Kind.MONEY, N_("Medel efter")),
    Column("median_before", Kind.MONEY, N_("Median före")),
    Column("median_after", Kind.MONEY, N_("Median efter")),
    Column("difference", Kind.MONEY, N_("Skillnad i medel")),
    Column("difference_low", Kind.MONEY, N_("95 % KI från")),
    Column("difference_high", Kind.MONEY, N_("95 % KI till")),
    Column("inpatient_days_before", Kind.INTEGER, N_("Vårddagar före")),
    Column("inpatient_days_after", Kind.INTEGER, N_("Vårddagar efter")),
    Column("visits_before", Kind.INTEGER, N_("Besök före")),
    Column("visits_after", Kind.INTEGER, N_("Besök efter")),
)

WHAT_IF: Final[tuple[Column, ...]] = (
    Column("scenario", Kind.TEXT, N_("Villkor")),
    Column("covered_events", Kind.INTEGER, N_("Täckta händelser")),
    Column("covered_cost", Kind.MONEY, N_("Täckt kostnad")),
    Column("over_cap", Kind.MONEY, N_("Över taket")),
    Column("claimable", Kind.MONEY, N_("Kan krävas")),
    Column("difference", Kind.MONEY, N_("Mot avtalat")),
    Column("potential_events", Kind.INTEGER, N_("Täckta, även föreslagna")),
    Column("potential_claimable", Kind.MONEY, N_("Kan krävas, även föreslagna")),
    Column("potential_difference", Kind.MONEY, N_("Mot avtalat, även föreslagna")),
)
