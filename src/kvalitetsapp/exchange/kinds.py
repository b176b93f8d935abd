"""The columns of every kind of file, in their fixed order (data contract, section 1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import families
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.sources import Deviation, DiagnosisRole, Instrument, Occasion, OperationKind
from kvalitetsapp.domain.words import CareForm, ComplicationClass, PayerRoute, ProviderKind, Sex, Side, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable


class Reading(Enum):
    """How the text of a column becomes a value."""

    TEXT = auto()
    KEY = auto()  # a text that differs from row to row
    CHOICE = auto()
    DATE = auto()
    CARE_DATE = auto()  # a date that cannot lie after the day of the import
    PLANNED_DATE = auto()  # a date that may lie ahead
    AMOUNT = auto()
    INTEGER = auto()
    YEAR = auto()
    DRG = auto()
    WEIGHT = auto()
    NUMBER = auto()
    DIAGNOSIS = auto()
    DIAGNOSES = auto()
    PROCEDURE = auto()
    PROCEDURES = auto()
    PERSON = auto()
    ORGANISATION = auto()
    EVENT = auto()
    INDEX = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """One canonical column."""

    name: str
    reading: Reading = Reading.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()


def _must(name: str, reading: Reading = Reading.TEXT) -> Field:
    return Field(name, reading, required=True)


def _one_of(name: str, choices: Iterable[str], *, required: bool = False) -> Field:
    return Field(name, Reading.CHOICE, required, tuple(str(choice) for choice in choices))


_PROVIDERS: Final = (
    _must("provider_id"),
    _must("name"),
    Field("org_number", Reading.ORGANISATION),
    _one_of("kind", tuple(ProviderKind), required=True),
    Field("county"),
    Field("hsa_id"),
    Field("peppol_id"),
    Field("bankgiro"),
    Field("email"),
)
_PERSONS: Final = (
    _must("personal_id", Reading.PERSON),
    _one_of("sex", Sex),
    Field("birth_date", Reading.DATE),
    Field("death_date", Reading.DATE),
    Field("moved_out", Reading.DATE),
    Field("municipality"),
    Field("education"),
    Field("birth_country"),
)
_EPISODES: Final = (
    _must("source"),
    _must("episode_id", Reading.KEY),
    _must("personal_id", Reading.PERSON),
    _must("provider_id"),
    Field("unit"),
    _one_of("payer_route", tuple(PayerRoute), required=True),
    _one_of("care_form", tuple(CareForm), required=True),
    _must("admitted", Reading.CARE_DATE),
    _must("discharged", Reading.CARE_DATE),
    Field("main_diagnosis", Reading.DIAGNOSIS),
    Field("other_diagnoses", Reading.DIAGNOSES),
    Field("procedures", Reading.PROCEDURES),
    Field("procedure_date", Reading.CARE_DATE),
    Field("drg"),
    Field("cost", Reading.AMOUNT),
    Field("price", Reading.AMOUNT),
)
_PROCEDURES: Final = (
    _must("source"),
    _must("episode_id", Reading.KEY),
    _must("code", Reading.PROCEDURE),
    Field("performed_on", Reading.CARE_DATE),
    _one_of("side", (Side.RIGHT, Side.LEFT, Side.BOTH)),
)
_PROCEDURE_LIST: Final = (
    _must("source"),
    _must("episode_id", Reading.KEY),
    _must("procedure_code", Reading.PROCEDURE),
    Field("position", Reading.INTEGER),
    Field("performed_on", Reading.CARE_DATE),
    _one_of("side", (Side.RIGHT, Side.LEFT, Side.BOTH)),
)
_DIAGNOSES: Final = (
    _must("source"),
    _must("episode_id", Reading.KEY),
    _must("diagnosis", Reading.DIAGNOSIS),
    _one_of("role", DiagnosisRole),
    Field("position", Reading.INTEGER),
)
_COSTS: Final = (
    _must("source"),
    _must("episode_id", Reading.KEY),
    Field("cost_type"),
    Field("line"),
    _must("cost", Reading.AMOUNT),
    Field("price_year", Reading.INTEGER),
)
_REGISTER_OPERATIONS: Final = (
    _must("source"),
    _must("record_id", Reading.KEY),
    _must("personal_id", Reading.PERSON),
    Field("provider_id"),
    Field("hospital"),
    _one_of("joint", families.ids(), required=True),
    _one_of("side", (Side.RIGHT, Side.LEFT)),
    _must("operated_on", Reading.CARE_DATE),
    _one_of("operation_kind", OperationKind),
    Field("diagnosis", Reading.DIAGNOSIS),
    Field("procedure_code", Reading.PROCEDURE),
    Field("fixation"),
    _one_of("asa", ("1", "2", "3", "4", "5")),
    Field("bmi", Reading.NUMBER),
)
_WAITING: Final = (
    _must("source"),
    _must("snapshot_on", Reading.CARE_DATE),
    _must("entry_id", Reading.KEY),
    Field("personal_id", Reading.PERSON),
    Field("county"),
    Field("municipality"),
    Field("provider_id"),
    Field("unit"),
    _must("procedure_code", Reading.PROCEDURE),
    Field("medical_area"),
    _must("decided_on", Reading.CARE_DATE),
    _one_of("deviation", Deviation),
    Field("priority"),
    Field("planned_on", Reading.PLANNED_DATE),
    _one_of("highly_specialised", ("yes", "no")),
)
_POPULATION: Final = (
    _must("year", Reading.YEAR),
    _must("municipality"),
    _one_of("sex", Sex, required=True),
    _must("age_from", Reading.INTEGER),
    Field("age_to", Reading.INTEGER),
    _must("persons", Reading.INTEGER),
    _must("source"),
    _one_of("invented", ("yes", "no")),
    Field("note"),
)
_PROMS: Final = (
    _must("source"),
    _must("personal_id", Reading.PERSON),
    _one_of("joint", families.ids(), required=True),
    _one_of("side", (Side.RIGHT, Side.LEFT)),
    _one_of("instrument", Instrument, required=True),
    Field("item"),
    _must("value", Reading.NUMBER),
    _one_of("occasion", Occasion, required=True),
    _must("answered_on", Reading.CARE_DATE),
)
_ALIASES: Final = (_must("personal_id", Reading.PERSON), _must("same_as", Reading.PERSON))
_VERDICTS: Final = (
    _must("event_ref", Reading.EVENT),
    _one_of("joint", families.ids()),
    _one_of("side", (Side.RIGHT, Side.LEFT, Side.UNKNOWN)),
    _one_of("verdict", tuple(Verdict), required=True),
    _one_of("complication_class", tuple(ComplicationClass)),
    _must("reviewer"),
    _must("reviewed_on", Reading.DATE),
    Field("index_ref", Reading.INDEX),
    Field("comment", Reading.KEY),
)
_BENCHMARKS: Final = (
    _must("country"),
    _must("level"),
    Field("unit"),
    _must("joint"),
    _must("indicator"),
    _must("value", Reading.NUMBER),
    _must("unit_of_value"),
    Field("n", Reading.INTEGER),
    _must("period"),
    _must("source"),
    Field("note"),
)
_DRG_WEIGHTS: Final = (
    _must("year", Reading.YEAR),
    _must("drg", Reading.DRG),
    _must("weight", Reading.WEIGHT),
    Field("source"),
)
_DRG_PRICES: Final = (_must("year", Reading.YEAR), _must("price", Reading.AMOUNT), Field("source"))

FIELDS: Final[dict[KindOfFile, tuple[Field, ...]]] = {
    KindOfFile.PROVIDERS: _PROVIDERS,
    KindOfFile.PERSONS: _PERSONS,
    KindOfFile.EPISODES: _EPISODES,
    KindOfFile.PROCEDURES: _PROCEDURES,
    KindOfFile.PROCEDURE_LIST: _PROCEDURE_LIST,
    KindOfFile.DIAGNOSES: _DIAGNOSES,
    KindOfFile.COSTS: _COSTS,
    KindOfFile.ALIASES: _ALIASES,
    KindOfFile.VERDICTS: _VERDICTS,
    KindOfFile.REGISTER_OPERATIONS: _REGISTER_OPERATIONS,
    KindOfFile.WAITING: _WAITING,
    KindOfFile.POPULATION: _POPULATION,
    KindOfFile.PROMS: _PROMS,
    KindOfFile.BENCHMARKS: _BENCHMARKS,
    KindOfFile.DRG_WEIGHTS: _DRG_WEIGHTS,
    KindOfFile.DRG_PRICES: _DRG_PRICES,
}
INDEX_PARTS: Final = ("index_source_ref", "index_joint", "index_side")
DELIVERED: Final = {
    KindOfFile.EPISODES: ("main_diagnosis", "other_diagnoses", "procedures"),
    KindOfFile.PROCEDURES: ("code",),
    KindOfFile.BENCHMARKS: ("value",),
    KindOfFile.PROCEDURE_LIST: ("procedure_code",),
    KindOfFile.DIAGNOSES: ("diagnosis",),
    KindOfFile.REGISTER_OPERATIONS: ("diagnosis", "procedure_code"),
    KindOfFile.WAITING: ("procedure_code",),
}
"""Columns beside which the text as delivered is kept, as `<name>_delivered`: codes, and figures with decimals."""
CARE_DATED: Final = {
    KindOfFile.EPISODES: "admitted",
    KindOfFile.REGISTER_OPERATIONS: "operated_on",
    KindOfFile.WAITING: "snapshot_on",
    KindOfFile.PROMS: "answered_on",
}
"""The day on which the person of a row was alive, by kinds that tell it."""
REFERENCE_DATE: Final = {**CARE_DATED, KindOfFile.PERSONS: "birth_date"}
"""The row's own date, which tells the century of a ten-digit number; kinds without one use the day of the import."""


def names(kind: KindOfFile) -> tuple[str, ...]:
    """Return the canonical column names of a kind of CSV file."""
    return tuple(field.name for field in FIELDS[kind])


def required(kind: KindOfFile) -> tuple[str, ...]:
    """Return the canonical names of the columns that a file of this kind must have."""
    return tuple(field.name for field in FIELDS[kind] if field.required)


def columns_read(kind: KindOfFile) -> tuple[str, ...]:
    """Return the columns of the rows that reading a file of this kind gives."""
    if kind is KindOfFile.AGREEMENTS:
        return ("row", "agreement")
    columns: list[str] = ["row"]
    for field in FIELDS[kind]:
        columns += INDEX_PARTS if field.reading is Reading.INDEX else (field.name,)
    columns += [f"{name}_delivered" for name in DELIVERED.get(kind, ())]
    return tuple(columns)
