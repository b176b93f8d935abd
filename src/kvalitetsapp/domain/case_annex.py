"""The annex with a provider's cases one by one: confidential, in a file of its own, behind a password.

Amounts are integer öre. Coded facts only: what a reviewer wrote in own words stays in the store.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from kvalitetsapp.domain.report_data import Head, Manifest
    from kvalitetsapp.domain.table import Row


class PersonalNumbers(StrEnum):
    """How patients are told in the annex."""

    NONE = "none"
    MASKED = "masked"  # the date of birth alone
    WHOLE = "whole"


NUMBERS_WORDS: Final = {
    PersonalNumbers.NONE: N_("Inga personnummer"),
    PersonalNumbers.MASKED: N_("Födelsedatum, de fyra sista siffrorna dolda"),
    PersonalNumbers.WHOLE: N_("Hela personnummer"),
}


@dataclass(frozen=True, slots=True)
class AnnexCase:
    """An event that is linked to an operation at the provider.

    `covered`, `reason` and `claimable` are those of the claims basis; for an event that is not confirmed they tell
    what would be if it were. `covered` is None where nothing can be claimed of the operation at all.
    """

    status: str
    index_ref: str
    event_ref: str
    patient: str
    operated_on: str
    event_date: str
    days: int
    joint: str
    side: str
    complication_class: str
    surgery_level: str
    relation: str
    harm_severity: str
    avoidability: str
    cost: int | None
    covered: bool | None
    reason: str
    claimable: int


@dataclass(frozen=True, slots=True)
class CaseAnnex:
    """Everything in the annex; it was made for the one receiver, on the one ground."""

    head: Head
    receiver: str
    ground: str
    numbers: PersonalNumbers
    cases: tuple[AnnexCase, ...]
    manifest: Manifest

    def of_status(self, status: str) -> tuple[AnnexCase, ...]:
        """Return the cases whose link has a status."""
        return tuple(one for one in self.cases if one.status == status)


COLUMNS: Final[tuple[Column, ...]] = (
    Column("status", Kind.CODE, N_("Status"), "status"),
    Column("index_ref", Kind.TEXT, N_("Primäroperation")),
    Column("event_ref", Kind.TEXT, N_("Händelse")),
    Column("patient", Kind.TEXT, N_("Patient")),
    Column("operated_on", Kind.DATE, N_("Opererad")),
    Column("event_date", Kind.DATE, N_("Händelsedatum")),
    Column("days", Kind.INTEGER, N_("Dagar")),
    Column("joint", Kind.CODE, N_("Led"), "joint"),
    Column("side", Kind.CODE, N_("Sida"), "side"),
    Column("complication_class", Kind.CODE, N_("Komplikation"), "complication_class"),
    Column("surgery_level", Kind.CODE, N_("Kirurgi"), "surgery_level"),
    Column("relation", Kind.CODE, N_("Samband"), "relation"),
    Column("harm_severity", Kind.CODE, N_("Skadans allvar"), "harm_severity"),
    Column("avoidability", Kind.CODE, N_("Undvikbarhet"), "avoidability"),
    Column("cost", Kind.MONEY, N_("Kostnad")),
    Column("covered", Kind.FLAG, N_("Täcks")),
    Column("reason", Kind.CODE, N_("Skäl"), "reason"),
    Column("claimable", Kind.MONEY, N_("Kan krävas")),
)


def table(cases: tuple[AnnexCase, ...]) -> Table:
    """Return the cases as the table that a program reads; without personal numbers it has no column of patients."""
    shown = [column for column in COLUMNS if column.name != "patient" or any(one.patient for one in cases)]
    return Table(tuple(shown), [_row(one, shown) for one in cases])


def _row(one: AnnexCase, columns: list[Column]) -> Row:
    told = [getattr(one, column.name) for column in columns]
    return tuple(int(value) if isinstance(value, bool) else value for value in told)
