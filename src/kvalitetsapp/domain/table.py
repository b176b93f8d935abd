"""A table as people and files meet it: named, typed columns and ready rows.

Values by kind: TEXT, CODE and DATE `str` ("" = nothing, dates `YYYY-MM-DD`), INTEGER `int | None`,
MONEY `int | None` in öre, RATE `float | None` (a fraction), FLAG `int` 0 or 1, DECIMAL `str` ("" = nothing):
a number with a decimal point and the decimals that it was printed with.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from kvalitetsapp.texts import N_

Value = str | int | float | None
Row = tuple[Value, ...]


class Kind(Enum):
    """How a column's values are to be read and written."""

    TEXT = auto()
    CODE = auto()
    DATE = auto()
    INTEGER = auto()
    MONEY = auto()
    RATE = auto()
    FLAG = auto()
    DECIMAL = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in files, its kind, its Swedish heading and, for codes, the vocabulary of its words."""

    name: str
    kind: Kind
    heading: str
    vocabulary: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and the rows under them, sorted by their key columns."""

    columns: tuple[Column, ...]
    rows: list[Row] = field(default_factory=list)

    def names(self) -> list[str]:
        """Return the column names in order."""
        return [column.name for column in self.columns]

    def records(self) -> list[dict[str, Value]]:
        """Return the rows as dictionaries, for callers that pick columns by name."""
        names = self.names()
        return [dict(zip(names, row, strict=True)) for row in self.rows]


def _text(name: str, heading: str) -> Column:
    return Column(name, Kind.TEXT, heading)


def _code(name: str, heading: str, vocabulary: str = "") -> Column:
    return Column(name, Kind.CODE, heading, vocabulary or name)


def _date(name: str, heading: str) -> Column:
    return Column(name, Kind.DATE, heading)


def _count(name: str, heading: str) -> Column:
    return Column(name, Kind.INTEGER, heading)


def _money(name: str, heading: str) -> Column:
    return Column(name, Kind.MONEY, heading)


def _rate(name: str, heading: str) -> Column:
    return Column(name, Kind.RATE, heading)


KEY_COLUMNS: dict[str, Column] = {
    "provider_id": _text("provider_id", N_("Vårdgivare")),
    "joint": _code("joint", N_("Led")),
    "year": _count("year", N_("År")),
    "sex": _code("sex", N_("Kön")),
    "age_group": _text("age_group", N_("Ålder")),
    "payer_route": _code("payer_route", N_("Ersättningsväg")),
    "agreement_id": _text("agreement_id", N_("Avtal")),
    "complication_class": _code("complication_class", N_("Komplikation")),
}

INDEX_OPERATIONS: tuple[Column, ...] = (
    _text("index_ref", N_("Primäroperation")),
    KEY_COLUMNS["provider_id"],
    KEY_COLUMNS["joint"],
    _code("side", N_("Sida")),
    _date("operated_on", N_("Opererad")),
    _text("procedure_code", N_("Åtgärd")),
    KEY_COLUMNS["payer_route"],
    KEY_COLUMNS["agreement_id"],
)

LINKS: tuple[Column, ...] = (
    _text("event_ref", N_("Händelse")),
    KEY_COLUMNS["joint"],
    _code("side", N_("Sida")),
    _date("event_date", N_("Händelsedatum")),
    _text("event_provider_id", N_("Vårdad hos")),
    _text("index_ref", N_("Primäroperation")),
    _text("index_provider_id", N_("Opererad hos")),
    _code("index_side", N_("Opererad sida"), "side"),
    _date("operated_on", N_("Opererad")),
    _count("days", N_("Dagar")),
    _code("status", N_("Status")),
    Column("competing", Kind.FLAG, N_("Annan kirurgi emellan")),
    _code("complication_class", N_("Komplikation")),
    _code("surgery_level", N_("Kirurgi")),
)

LINK_CHANGES: tuple[Column, ...] = (
    *LINKS[:3],
    _code("change", N_("Ändring"), "link_change"),
    _text("before", N_("Förut")),
    _text("after", N_("Nu")),
)

CLAIMS_BASIS: tuple[Column, ...] = (
    _text("index_ref", N_("Primäroperation")),
    KEY_COLUMNS["provider_id"],
    KEY_COLUMNS["agreement_id"],
    _text("event_ref", N_("Händelse")),
    _date("event_date", N_("Händelsedatum")),
    _count("days", N_("Dagar")),
    _code("complication_class", N_("Komplikation")),
    _code("status", N_("Status")),
    Column("covered", Kind.FLAG, N_("Täcks")),
    _code("reason", N_("Skäl")),
    _money("cost", N_("Kostnad")),
    _code("cost_basis", N_("Kostnadsgrund")),
    _money("claimable", N_("Kan krävas")),
    _money("cap_left", N_("Kvar av taket")),
)

REOPERATION_VALUES: tuple[Column, ...] = (
    _count("operations", N_("Operationer")),
    _count("eligible", N_("Uppföljda")),
    _count("reoperated", N_("Reopererade")),
    _rate("rate", N_("Andel")),
    _rate("ci_low", N_("95 % KI från")),
    _rate("ci_high", N_("95 % KI till")),
    _count("revised", N_("Reviderade")),
    _count("ambiguous", N_("Tvetydiga")),
    _rate("benchmark", N_("Riket")),
    _rate("pi95_low", N_("95 % gräns från")),
    _rate("pi95_high", N_("95 % gräns till")),
    _rate("pi998_low", N_("99,8 % gräns från")),
    _rate("pi998_high", N_("99,8 % gräns till")),
    _code("flag", N_("Utfall")),
)

SURVIVAL_VALUES: tuple[Column, ...] = (
    _count("time_days", N_("Dagar")),
    _count("operations", N_("Operationer")),
    _count("at_risk", N_("Under risk")),
    _count("events", N_("Händelser")),
    _count("deaths", N_("Döda")),
    _rate("km", N_("1 − KM")),
    _rate("km_low", N_("95 % KI från")),
    _rate("km_high", N_("95 % KI till")),
    _rate("cif", N_("Kumulativ incidens")),
)

RECOVERY_VALUES: tuple[Column, ...] = (
    _count("cases", N_("Ärenden")),
    _count("events", N_("Händelser")),
    _money("cost_total", N_("Kostnad")),
    _money("covered_cost", N_("Täckt kostnad")),
    _money("not_covered_cost", N_("Ej täckt kostnad")),
    _count("missing_cost_events", N_("Utan kostnad")),
    _money("over_cap", N_("Över taket")),
    _money("claimable", N_("Kan krävas")),
    _money("claimed", N_("Krävt")),
    _money("credited", N_("Krediterat")),
    _money("paid", N_("Betalt")),
    _money("uncollected", N_("Ej krävt")),
)

FUNNEL: tuple[Column, ...] = (
    _text("unit", N_("Enhet")),
    _count("events", N_("Händelser")),
    _count("n", N_("Antal")),
    *REOPERATION_VALUES[3:6],
    *REOPERATION_VALUES[9:],
)

GROUP: Column = _text("group", N_("Grupp"))

FILE_COLUMNS: tuple[Column, ...] = (
    _count("place", N_("Plats")),
    _text("header", N_("Rubrik")),
    _count("filled", N_("Ifyllda")),
    _count("blank", N_("Tomma")),
    _count("distinct", N_("Olika")),
    _text("looks", N_("Ser ut som")),
    _text("date_formats", N_("Datumform")),
    _text("decimal", N_("Decimaltecken")),
)

PROFILES: tuple[Column, ...] = (
    _text("profile", N_("Mappningsprofil")),
    _text("title", N_("Titel")),
    _text("kind", N_("Innehåll")),
    _count("columns", N_("Kolumner")),
    Column("ready", Kind.FLAG, N_("Medföljer")),
)

IMPORTS: tuple[Column, ...] = (
    _count("batch", N_("Import nr")),
    _text("imported_at", N_("Inläst")),
    _text("kind", N_("Innehåll")),
    _text("file", N_("Fil")),
    _count("read", N_("Lästa")),
    _count("stored", N_("Nya")),
    _count("corrected", N_("Rättade")),
    _count("unchanged", N_("Oförändrade")),
    _count("rejected", N_("Avvisade")),
    _text("undone_at", N_("Ångrad")),
)

IMPORT_REJECTS: tuple[Column, ...] = (
    _count("row", N_("Rad")),
    _text("column", N_("Kolumn")),
    _text("value", N_("Värde")),
    _text("reason", N_("Skäl")),
)

IMPORT_FINDINGS: tuple[Column, ...] = (
    _count("row", N_("Rad")),
    _text("rule", N_("Fynd")),
    _text("column", N_("Kolumn")),
    _text("value", N_("Värde")),
    _text("ref", N_("Gäller")),
)
