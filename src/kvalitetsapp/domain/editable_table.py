"""Tables that people keep themselves: their columns, what stands in a cell, and which rows are one and the same.

Values by kind: TEXT, CHOICE, CODE, YES_NO, PROVIDER, INDICATOR and MUNICIPALITY `str` ("" = nothing), INTEGER
`int | None`, NUMBER `float | None`, MONEY `int | None` in öre. How texts become values: `domain/editable_cells.py`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import families
from kvalitetsapp.domain.editable_words import NationalLevel, QualityArea, SourceKind
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from kvalitetsapp.domain.table import Value

YES: Final = "yes"
NO: Final = "no"


class CellKind(Enum):
    """What the texts of a column are read as."""

    TEXT = auto()
    CHOICE = auto()
    INTEGER = auto()
    NUMBER = auto()
    MONEY = auto()
    CODE = auto()
    YES_NO = auto()
    PROVIDER = auto()
    INDICATOR = auto()
    MUNICIPALITY = auto()


@dataclass(frozen=True, slots=True)
class EditableColumn:
    """A column; `choices` are what a CHOICE may hold, told in the words of `vocabulary`.

    `lowest` is the least that a number may be (None: any), `known_by` the table whose column of the same name tells
    which texts are known.
    """

    name: str
    heading: str
    kind: CellKind
    required: bool = False
    choices: tuple[str, ...] = ()
    vocabulary: str = ""
    lowest: int | None = 0
    known_by: str = ""


@dataclass(frozen=True, slots=True)
class EditableTable:
    """A table by its name; `key` names the columns that tell its rows apart, `about` says what reads it."""

    name: str
    title: str
    columns: tuple[EditableColumn, ...]
    key: tuple[str, ...]
    about: str

    def column(self, name: str) -> EditableColumn:
        """Return a column by its name."""
        return next(column for column in self.columns if column.name == name)

    def key_of(self, row: Mapping[str, Value]) -> str:
        """Return what stands for a row in the store and in the trace: the texts of its key as JSON."""
        return json.dumps([str(row[name]) for name in self.key], ensure_ascii=False)

    def key_texts(self, row_key: str) -> tuple[str, ...]:
        """Return the texts that `key_of` made a key of."""
        return tuple(json.loads(row_key))

    def key_text(self, row_key: str) -> str:
        """Return the key of a row as people read it: `P03, Höftprotes`."""
        return ", ".join(self.key_texts(row_key))


def longest_prefix(code: str, keys: Container[str]) -> str | None:
    """Return the longest of `keys` that `code` begins with, None where it begins with none.

    This is what a shorter code means in the tables whose key is `code`: it stands for all codes that begin with it.
    """
    return next((code[:n] for n in range(len(code), 0, -1) if code[:n] in keys), None)


def _text(name: str, heading: str, *, required: bool = False, known_by: str = "") -> EditableColumn:
    return EditableColumn(name, heading, CellKind.TEXT, required, known_by=known_by)


def _code() -> EditableColumn:
    return EditableColumn("code", N_("KVÅ-kod"), CellKind.CODE, required=True)


def _provider(*, required: bool = False) -> EditableColumn:
    return EditableColumn("provider_id", N_("Vårdgivare"), CellKind.PROVIDER, required)


def _whole(name: str, heading: str, *, required: bool = False, lowest: int = 0) -> EditableColumn:
    return EditableColumn(name, heading, CellKind.INTEGER, required, lowest=lowest)


def _number(name: str, heading: str, *, required: bool = False, lowest: int | None = 0) -> EditableColumn:
    return EditableColumn(name, heading, CellKind.NUMBER, required, lowest=lowest)


def _yes_no(name: str, heading: str) -> EditableColumn:
    return EditableColumn(name, heading, CellKind.YES_NO, choices=(YES, NO), vocabulary="yes_no")


def _choice(
    name: str, heading: str, vocabulary: str, words: Iterable[str], *, required: bool = False
) -> EditableColumn:
    return EditableColumn(name, heading, CellKind.CHOICE, required, tuple(map(str, words)), vocabulary)


_NOTE: Final = _text("note", N_("Anmärkning"))
_TABLES: Final = (
    EditableTable(
        "procedure_areas",
        N_("Medicinska områden"),
        (
            _code(),
            _text("area", N_("Område"), required=True),
            _yes_no("highly_specialised", N_("Högspecialiserad")),
            _NOTE,
        ),
        ("code",),
        N_("Grupperar KVÅ-koder till medicinska områden. Väntelistorna delas upp efter den."),
    ),
    EditableTable(
        "operating_times",
        N_("Operationstider"),
        (
            _code(),
            _whole("minutes", N_("Minuter"), required=True, lowest=1),
            _text("source", N_("Källa")),
            _yes_no("verified", N_("Kontrollerad")),
            _NOTE,
        ),
        ("code",),
        N_("Typisk tid i operationssal. Väntelistorna räknar ut hur mycket operationstid de som väntar behöver."),
    ),
    EditableTable(
        "capacities",
        N_("Kapacitet hos vårdgivare"),
        (
            _provider(required=True),
            _text("area", N_("Område"), required=True, known_by="procedure_areas"),
            _number("operations_per_week", N_("Operationer per vecka")),
            _number("free_per_week", N_("Lediga per vecka")),
            EditableColumn("price", N_("Pris per operation"), CellKind.MONEY),
            _whole("waiting_days", N_("Väntetid, dagar")),
            _NOTE,
        ),
        ("provider_id", "area"),
        N_("Vad varje vårdgivare kan ta emot, till vilket pris. Läses av förslag till omfördelning av väntande."),
    ),
    EditableTable(
        "distances",
        N_("Avstånd"),
        (
            EditableColumn("municipality", N_("Kommun"), CellKind.MUNICIPALITY, required=True),
            _provider(required=True),
            _number("km", N_("Kilometer"), required=True),
            _whole("minutes", N_("Restid, minuter")),
        ),
        ("municipality", "provider_id"),
        N_("Hur långt det är från en kommun till en vårdgivare. Läses av förslag till omfördelning av väntande."),
    ),
    EditableTable(
        "targets",
        N_("Mål i kvalitetsagendan"),
        (
            _text("target_id", N_("Beteckning"), required=True),
            _choice("quality_area", N_("Kvalitetsområde"), "quality_area", QualityArea, required=True),
            _text("name", N_("Mål"), required=True),
            EditableColumn("indicator", N_("Indikator"), CellKind.INDICATOR),
            _choice("joint", N_("Led"), "joint", families.ids()),
            _provider(),
            _number("at_least", N_("Minst"), lowest=None),
            _number("at_most", N_("Högst"), lowest=None),
            _choice("national", N_("Mot riket"), "national_level", NationalLevel),
            _text("measured_as", N_("Mäts som")),
            _NOTE,
        ),
        ("target_id",),
        N_("Mål per indikator. Kvartalsuppföljningen håller dem mot siffrorna; andelar skrivs 0,95 eller 95 %."),
    ),
    EditableTable(
        "data_sources",
        N_("Datakällor"),
        (
            _text("source_id", N_("Beteckning"), required=True),
            _choice("kind", N_("Slag"), "data_source_kind", SourceKind, required=True),
            _text("name", N_("Namn"), required=True),
            _text("holds", N_("Innehåll"), required=True),
            _text("delay", N_("Eftersläpning")),
            _text("legal_ground", N_("Rättslig grund")),
            _text("contact", N_("Kontakt")),
            _NOTE,
        ),
        ("source_id",),
        N_("Register över källor till uppföljningen. Indikatorverkstaden frågar var en uppgift finns."),
    ),
    EditableTable(
        "influences",
        N_("Påverkansfaktorer"),
        (_text("area", N_("Område"), required=True), _text("factor", N_("Faktor"), required=True), _NOTE),
        ("area", "factor"),
        N_("Kända faktorer bakom skillnader. Läses av steg 3 i analysen av jämlik vård."),
    ),
)
EDITABLE: Final[dict[str, EditableTable]] = {table.name: table for table in _TABLES}
"""Every table that people keep themselves, by its name."""
