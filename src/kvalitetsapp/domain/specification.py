"""The specification of a document: what the provider needs to verify each line, with patient data, in its own file.

It is frozen with the document. There is nothing in it of a patient's history but what verifies an amount: coded facts
of the one contact, the review that the claim rests on, and how the amount came about. Amounts are integer öre.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kvalitetsapp.domain.basis import BasisLine
    from kvalitetsapp.domain.claim import Claim

_CARE_FORMS: Final = {"outpatient": "01", "inpatient": "02"}
_PERSONNUMMER: Final = "1.2.752.129.2.1.3.1"
_SAMORDNINGSNUMMER: Final = "1.2.752.129.2.1.3.3"
_LONG_NUMBER: Final = 12


@dataclass(frozen=True, slots=True)
class Contact:
    """What is known of the contact that a line asks for, as the store holds it when the document is issued."""

    personal_id: str
    provider: str
    unit: str
    hsa_id: str
    care_form: str
    admitted: date
    discharged: date
    drg: str
    main_diagnosis: str
    procedures: str


@dataclass(frozen=True, slots=True)
class SpecificationLine:
    """A line as it is specified; `line` and `net` are those of the document's line.

    `gross` is the cost of the contact and `discount` all that is not asked for beside the deductible: what lies over
    the cap, or what another claim has asked for. Of a credit note `gross` and the deductions are those of the claim.
    """

    line: int
    claim_number: str
    claim_line: int
    contact: Contact
    joint: str
    side: str
    operated_on: date
    event_date: date
    days: int
    complication_class: str
    relation: str
    reviewed: bool
    reviewer: str
    reviewed_on: str
    cost_basis: str
    cost_source: str
    price_year: int | None
    gross: int
    deductible: int
    discount: int
    net: int

    @property
    def care_form(self) -> str:
        """Return the national code of the form of care: 01 without a night, 02 with."""
        return _CARE_FORMS.get(self.contact.care_form, "")

    @property
    def id_type(self) -> str:
        """Return the object identifier of the kind of number, "" for a local one."""
        number = self.contact.personal_id
        if len(number) != _LONG_NUMBER or identity.birth_date(number) is None:
            return ""
        return _SAMORDNINGSNUMMER if int(number[6:8]) > identity.COORDINATION_DAYS else _PERSONNUMMER

    @property
    def shown_id(self) -> str:
        """Return the patient's number as people read it, with its hyphen."""
        number = self.contact.personal_id
        return f"{number[:8]}-{number[8:]}" if self.id_type else number

    @property
    def id_word(self) -> str:
        """Return what the patient's number is called."""
        words = {_PERSONNUMMER: N_("Personnummer"), _SAMORDNINGSNUMMER: N_("Samordningsnummer")}
        return _(words.get(self.id_type, N_("Reservnummer")))


COLUMNS: Final[tuple[Column, ...]] = (
    Column("basis_number", Kind.TEXT, N_("Underlag")),
    Column("line", Kind.INTEGER, N_("Rad")),
    Column("claim_number", Kind.TEXT, N_("Krav")),
    Column("claim_line", Kind.INTEGER, N_("Kravets rad")),
    Column("person_id_type", Kind.TEXT, N_("Slag av nummer")),
    Column("personal_id", Kind.TEXT, N_("Personnummer")),
    Column("provider", Kind.TEXT, N_("Vårdgivare")),
    Column("unit", Kind.TEXT, N_("Enhet")),
    Column("hsa_id", Kind.TEXT, N_("HSA-id")),
    Column("care_form", Kind.TEXT, N_("Vårdform")),
    Column("admitted", Kind.DATE, N_("In")),
    Column("discharged", Kind.DATE, N_("Ut")),
    Column("drg", Kind.TEXT, N_("DRG")),
    Column("main_diagnosis", Kind.TEXT, N_("Huvuddiagnos")),
    Column("procedures", Kind.TEXT, N_("Åtgärder")),
    Column("joint", Kind.TEXT, N_("Led")),
    Column("side", Kind.TEXT, N_("Sida")),
    Column("operated_on", Kind.DATE, N_("Opererad")),
    Column("event_date", Kind.DATE, N_("Händelsedatum")),
    Column("days", Kind.INTEGER, N_("Dagar")),
    Column("complication_class", Kind.TEXT, N_("Komplikation")),
    Column("verdict", Kind.TEXT, N_("Beslut")),
    Column("relation", Kind.TEXT, N_("Samband")),
    Column("reviewer", Kind.TEXT, N_("Granskare")),
    Column("reviewed_on", Kind.TEXT, N_("Granskad")),
    Column("cost_basis", Kind.TEXT, N_("Kostnadsgrund")),
    Column("cost_source", Kind.TEXT, N_("Kostnadens källa")),
    Column("price_year", Kind.INTEGER, N_("Prisår")),
    Column("gross", Kind.MONEY, N_("Brutto")),
    Column("deductible", Kind.MONEY, N_("Självrisk")),
    Column("discount", Kind.MONEY, N_("Annat avdrag")),
    Column("net", Kind.MONEY, N_("Netto")),
)


def specified(
    lines: Iterable[BasisLine], claims: Mapping[int, Claim], contacts: Mapping[int, Contact]
) -> tuple[SpecificationLine, ...]:
    """Return the specification of a document's lines, from their claims and the contacts by their episode."""
    return tuple(_specified(line, claims[line.claim], contacts) for line in lines)


def credited(lines: Iterable[BasisLine], original: Iterable[SpecificationLine]) -> tuple[SpecificationLine, ...]:
    """Return the specification of a credit note's lines, from that of the document that they credit."""
    by_line = {one.line: one for one in original}
    return tuple(
        replace(by_line[line.credited_line], line=line.line, net=line.amount)
        for line in lines
        if line.credited_line is not None
    )


def table(number: str, lines: Iterable[SpecificationLine]) -> Table:
    """Return a specification as the table that a program reads: codes as codes."""
    return Table(COLUMNS, [_row(number, one) for one in lines])


def _specified(line: BasisLine, claim: Claim, contacts: Mapping[int, Contact]) -> SpecificationLine:
    (told,) = (one for one in claim.lines if one.line == line.claim_line)
    return SpecificationLine(
        line=line.line,
        claim_number=claim.number,
        claim_line=told.line,
        contact=contacts[told.key.episode],
        joint=claim.operation.joint,
        side=claim.operation.side,
        operated_on=claim.operated_on,
        event_date=told.event_date,
        days=told.days,
        complication_class=told.complication_class,
        relation=told.relation,
        reviewed=told.verdict is not None,
        reviewer=told.reviewer,
        reviewed_on=told.reviewed_on,
        cost_basis=told.cost_basis,
        cost_source=told.cost_source,
        price_year=told.price_year,
        gross=told.cost,
        deductible=told.deductible,
        discount=told.cost - told.deductible - told.amount,
        net=line.amount,
    )


def _row(number: str, one: SpecificationLine) -> Row:
    contact = one.contact
    return (
        *(number, one.line, one.claim_number, one.claim_line, one.id_type, contact.personal_id),
        *(contact.provider, contact.unit, contact.hsa_id, one.care_form),
        *(contact.admitted.isoformat(), contact.discharged.isoformat()),
        *(contact.drg, contact.main_diagnosis, contact.procedures),
        *(one.joint, one.side, one.operated_on.isoformat(), one.event_date.isoformat(), one.days),
        *(one.complication_class, "confirmed" if one.reviewed else "", one.relation, one.reviewer, one.reviewed_on),
        *(one.cost_basis, one.cost_source, one.price_year),
        *(one.gross, one.deductible, one.discount, one.net),
    )
