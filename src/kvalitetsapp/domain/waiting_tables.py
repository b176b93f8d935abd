"""The tables of waiting lists. Shares are of the group's own entries; names in `_without`: without MOV and PVV."""

from __future__ import annotations

from typing import Final

from kvalitetsapp.domain.table import Column, Kind
from kvalitetsapp.domain.waiting import WaitingKey
from kvalitetsapp.texts import N_


def _count(name: str, heading: str) -> Column:
    return Column(name, Kind.INTEGER, heading)


def _share(name: str, heading: str) -> Column:
    return Column(name, Kind.RATE, heading)


KEYS: Final[dict[WaitingKey, Column]] = {
    WaitingKey.COUNTY: Column("county", Kind.TEXT, N_("Län")),
    WaitingKey.AREA: Column("area", Kind.TEXT, N_("Medicinskt område")),
    WaitingKey.CODE: Column("code", Kind.TEXT, N_("Åtgärdskod")),
    WaitingKey.PROVIDER: Column("provider", Kind.TEXT, N_("Vårdgivare")),
    WaitingKey.DEVIATION: Column("deviation", Kind.TEXT, N_("Avvikelseorsak")),
    WaitingKey.PRIORITY: Column("priority", Kind.TEXT, N_("Prioritet")),
    WaitingKey.MUNICIPALITY: Column("municipality", Kind.TEXT, N_("Kommun")),
    WaitingKey.SEX: Column("sex", Kind.TEXT, N_("Kön")),
    WaitingKey.AGE_GROUP: Column("age_group", Kind.TEXT, N_("Ålder")),
}
"""The group as people read it; its key stands beside the table (`WaitingState.keys`)."""

# what stands in several tables
_MONTH: Final = Column("month", Kind.TEXT, N_("Månad"))
_SNAPSHOT: Final = Column("snapshot_on", Kind.DATE, N_("Lista per"))
_ABOUT: Final = Column("about", Kind.TEXT, N_("Gäller"))
_EFFECT: Final = Column("effect", Kind.TEXT, N_("Betyder för siffrorna"))
_HOW_MANY: Final = _count("entries", N_("Antal"))
_WAITING: Final = _count("waiting", N_("Väntande"))
_WITHOUT: Final = _count("waiting_without", N_("Utan MOV/PVV"))
_OVER_90: Final = _count("over_90", N_("Över 90 dagar"))
_OVER_90_WITHOUT: Final = _count("over_90_without", N_("Över 90 utan MOV/PVV"))
_OVER_150: Final = _count("over_150", N_("Över 150 dagar"))
_OVER_150_WITHOUT: Final = _count("over_150_without", N_("Över 150 utan MOV/PVV"))
_MEDIAN: Final = Column("median", Kind.DECIMAL, N_("Median, dagar"))

STATE_VALUES: Final[tuple[Column, ...]] = (
    _WAITING,
    _WITHOUT,
    Column("per_100k", Kind.DECIMAL, N_("Per 100\u00a0000")),
    Column("per_100k_without", Kind.DECIMAL, N_("Per 100\u00a0000 utan MOV/PVV")),
    _count("mov", N_("MOV")),
    _share("mov_share", N_("Andel MOV")),
    _count("pvv", N_("PVV")),
    _share("pvv_share", N_("Andel PVV")),
    _count("no_deviation", N_("Ingen avvikelse")),
    _share("no_deviation_share", N_("Andel utan avvikelse")),
    _count("missing", N_("Avvikelse saknas")),
    _share("missing_share", N_("Andel där avvikelse saknas")),
    _OVER_90,
    _share("over_90_share", N_("Andel över 90")),
    _OVER_90_WITHOUT,
    _share("over_90_without_share", N_("Andel över 90 utan MOV/PVV")),
    _OVER_150,
    _share("over_150_share", N_("Andel över 150")),
    _OVER_150_WITHOUT,
    _share("over_150_without_share", N_("Andel över 150 utan MOV/PVV")),
    _MEDIAN,
    Column("median_without", Kind.DECIMAL, N_("Median utan MOV/PVV")),
    Column("p25", Kind.DECIMAL, N_("Undre kvartil")),
    Column("p25_without", Kind.DECIMAL, N_("Undre kvartil utan MOV/PVV")),
    Column("p75", Kind.DECIMAL, N_("Övre kvartil")),
    Column("p75_without", Kind.DECIMAL, N_("Övre kvartil utan MOV/PVV")),
    _count("longest", N_("Längst, dagar")),
    _count("longest_without", N_("Längst utan MOV/PVV")),
    _count("in_rate", N_("Räknade per invånare")),
    _count("population", N_("Invånare")),
)
"""Shares over 90 and 150 days are of the entries whose days are known. `in_rate` of `waiting` stand in the rate."""

SERIES: Final[tuple[Column, ...]] = (
    _MONTH,
    _SNAPSHOT,
    _WAITING,
    _WITHOUT,
    _OVER_90,
    _OVER_90_WITHOUT,
    _OVER_150,
    _OVER_150_WITHOUT,
)

DISTRIBUTION: Final[tuple[Column, ...]] = (
    _count("days_from", N_("Från dag")),
    _count("days_to", N_("Till dag")),
    _WAITING,
    _WITHOUT,
)
"""Classes of thirty days, so that long waits begin with a class; the last has no end."""

FINDINGS: Final[tuple[Column, ...]] = (
    Column("found", Kind.CODE, N_("Fynd"), "waiting_found"),
    _MONTH,
    _ABOUT,
    _HOW_MANY,
    _EFFECT,
)

FLOWS: Final[tuple[Column, ...]] = (
    _MONTH,
    _count("previous", N_("Förra månaden")),
    _count("came", N_("Tillkom")),
    _count("left", N_("Försvann")),
    _count("moved", N_("Flyttade inom listan")),
    _WAITING,
    _count("net", N_("Förändring")),
    _count("returned", N_("Kom tillbaka")),
)
"""previous + came - left + moved = waiting; `moved` are those that changed into the scope less those out of it."""

CAPACITY: Final[tuple[Column, ...]] = (
    KEYS[WaitingKey.PROVIDER],
    KEYS[WaitingKey.AREA],
    _WAITING,
    Column("operations_per_week", Kind.DECIMAL, N_("Operationer per vecka")),
    Column("inflow_per_week", Kind.DECIMAL, N_("Inflöde per vecka")),
    Column("weeks", Kind.DECIMAL, N_("Veckor till tom lista")),
    Column("outlook", Kind.CODE, N_("Utsikt"), "waiting_outlook"),
    _count("minutes", N_("Operationstid, minuter")),
)
"""`weeks` is told where `outlook` is `weeks`; inflow is the mean of the last twelve months that can be told."""

OPERATING: Final[tuple[Column, ...]] = (
    KEYS[WaitingKey.CODE],
    _WAITING,
    _WITHOUT,
    _count("minutes_each", N_("Minuter per operation")),
    Column("hours", Kind.DECIMAL, N_("Operationstid, timmar")),
    Column("hours_without", Kind.DECIMAL, N_("Timmar utan MOV/PVV")),
    Column("source", Kind.TEXT, N_("Källa")),
    Column("verified", Kind.FLAG, N_("Kontrollerad")),
)

SPECIALISED: Final[tuple[Column, ...]] = (
    KEYS[WaitingKey.AREA],
    KEYS[WaitingKey.CODE],
    _WAITING,
    _count("by_mark", N_("Märkta i listan")),
    _count("by_table", N_("Enligt områdestabellen")),
    _OVER_90,
    _MEDIAN,
)

DATE_QUALITY: Final[tuple[Column, ...]] = (
    Column("check", Kind.CODE, N_("Kontroll"), "waiting_date_check"),
    _HOW_MANY,
    _count("of", N_("Av")),
    _share("share", N_("Andel")),
    _ABOUT,
    _EFFECT,
)

ENTRIES: Final[tuple[Column, ...]] = (
    Column("source", Kind.TEXT, N_("Källa")),
    Column("entry_id", Kind.TEXT, N_("Id i listan")),
    _SNAPSHOT,
    KEYS[WaitingKey.COUNTY],
    KEYS[WaitingKey.MUNICIPALITY],
    KEYS[WaitingKey.PROVIDER],
    Column("unit", Kind.TEXT, N_("Enhet")),
    KEYS[WaitingKey.AREA],
    KEYS[WaitingKey.CODE],
    Column("decided_on", Kind.DATE, N_("Beslut")),
    _count("days", N_("Dagar")),
    Column("deviation", Kind.CODE, N_("Avvikelseorsak"), "deviation"),
    KEYS[WaitingKey.PRIORITY],
    Column("planned_on", Kind.DATE, N_("Planerad")),
    Column("specialised", Kind.CODE, N_("Högspecialiserad"), "waiting_specialised"),
)
"""`days` is None where the decision is later than the list."""
