"""The specification of a document on paper, with patient data: what verifies each line, and how its amount came about.

It never leaves in plain text (`sealed_pdf`). Coded facts only: the clinical narrative stays in the record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import basis_tables
from kvalitetsapp.domain.claim_words import DocumentType
from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import claim_basis
from kvalitetsapp.reports import sheet as sheets
from kvalitetsapp.reports.phrases import joint_and_side
from kvalitetsapp.reports.sheet import Sheet
from kvalitetsapp.reports.tables import Column, words
from kvalitetsapp.texts import NOTHING, _, kronor, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.basis import Basis
    from kvalitetsapp.domain.specification import SpecificationLine

_ONE_LINE: Final = 150.0


def build(basis: Basis, lines: Sequence[SpecificationLine], *, sample: bool) -> bytes:
    """Return the PDF, which is to be sealed (`sealed_pdf`) before it is written anywhere."""
    title = _("Specifikation till kreditunderlag") if _is_credit(basis) else _("Specifikation till fakturaunderlag")
    sheet = Sheet(claim_basis.frame(basis, title, sample=sample))
    sheet.text(title, sheets.TITLE)
    sheet.text(basis.number, sheets.SECTION)
    sheet.down(6)
    _head(sheet, basis, lines)
    for one in lines:
        _line(sheet, one, credit=_is_credit(basis))
    _sum(sheet, basis, lines)
    return sheet.finish()


def _is_credit(basis: Basis) -> bool:
    return basis.document_type is DocumentType.CREDIT_NOTE


def _head(sheet: Sheet, basis: Basis, lines: Sequence[SpecificationLine]) -> None:
    sheet.facts(
        [
            (_("Utställare"), basis.issuer.name),
            (_("Mottagare"), basis.receiver.name),
        ],
        [(_("Datum"), basis.issued_on.isoformat()), (_("Rader"), number(len(lines)))],
    )
    sheet.facts([(_("Krediterar"), basis_tables.number_and_line(basis) if basis.credited_number else "")])
    sheet.down(4)
    sheet.text(
        _(
            "Specifikationen innehåller patientuppgifter och omfattas av sekretess. Den visar bara det som behövs för "
            "att kontrollera beloppen."
        ),
        sheets.SMALL,
    )
    sheet.down(8)


def _line(sheet: Sheet, one: SpecificationLine, *, credit: bool) -> None:
    sheet.room(_ONE_LINE)
    which = _("Rad {line} · krav {claim} rad {claim_line}")
    sheet.band(
        which.format(line=one.line, claim=one.claim_number, claim_line=one.claim_line),
        f"{one.id_word} {one.shown_id}",
    )
    sheet.facts(_care(one), _review(one))
    sheet.facts([(_("Åtgärder"), one.contact.procedures)])
    sheet.down(3)
    sheet.table(_columns(credit=credit), [_amounts(one)])
    sheet.down(12)


def _care(one: SpecificationLine) -> list[tuple[str, str]]:
    contact = one.contact
    unit = ", ".join(part for part in (contact.provider, contact.unit) if part)
    days = f"{contact.admitted} – {contact.discharged}"
    form = word("care_form", contact.care_form)
    return [
        (_("Vårdenhet"), unit),
        (_("HSA-id"), contact.hsa_id),
        (_("In – ut"), days),
        (_("Vårdform"), f"{one.care_form} {form}".strip()),
        (_("Huvuddiagnos"), contact.main_diagnosis),
        (_("DRG"), contact.drg),
    ]


def _review(one: SpecificationLine) -> list[tuple[str, str]]:
    operated = _("{day}, {where}").format(day=one.operated_on, where=joint_and_side(one.joint, one.side))
    return [
        (_("Opererad"), operated),
        (_("Händelse"), _("{day}, dag {days}").format(day=one.event_date, days=number(one.days))),
        (_("Komplikation"), word("complication_class", one.complication_class)),
        (_("Granskning"), word("verdict", "confirmed") if one.reviewed else _("Kopplingen bekräftad på annat sätt")),
        (_("Samband"), word("relation", one.relation) if one.relation else ""),
        (_("Granskad"), ", ".join(part for part in (one.reviewer, one.reviewed_on) if part)),
    ]


def _columns(*, credit: bool) -> tuple[Column, ...]:
    return (
        words(_("Kostnadsgrund"), 1.3),
        words(_("Källa"), 1.5),
        Column(_("Prisår"), 0.7),
        Column(_("Brutto"), 1.2),
        Column(_("Självrisk"), 1.15),
        Column(_("Annat avdrag"), 1.2),
        Column(_("Krediteras") if credit else _("Netto"), 1.2),
    )


def _amounts(one: SpecificationLine) -> tuple[str, ...]:
    return (
        word("cost_basis", one.cost_basis),
        one.cost_source or NOTHING,
        NOTHING if one.price_year is None else str(one.price_year),
        kronor(one.gross),
        kronor(-one.deductible),
        kronor(-one.discount),
        kronor(one.net),
    )


def _sum(sheet: Sheet, basis: Basis, lines: Sequence[SpecificationLine]) -> None:
    sheet.room(70)
    sheet.line()
    sheet.down(6)
    total = _("Summa att kreditera: {amount}") if _is_credit(basis) else _("Summa netto: {amount}")
    sheet.right(total.format(amount=kronor(sum(one.net for one in lines))), sheets.SUM)
    sheet.down(4)
    sheet.text(
        _(
            "Annat avdrag är det som ligger över avtalets tak eller som ett annat krav redan har begärt. Samma "
            "uppgifter ligger som CSV-fil i den här filen, som bilaga."
        ),
        sheets.SMALL,
    )
