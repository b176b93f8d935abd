"""Fakturaunderlag and kreditunderlag on paper: what is asked for or taken back, and of whom, without patient data.

Everything on it comes from the document as issued, so that it is made again byte for byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import bankgiro, basis_tables
from kvalitetsapp.domain.claim_words import DocumentType
from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import sheet as sheets
from kvalitetsapp.reports import styles
from kvalitetsapp.reports.document import PageFrame
from kvalitetsapp.reports.sheet import Sheet
from kvalitetsapp.reports.tables import Column, words
from kvalitetsapp.texts import _, kronor, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.basis import Basis, Issuer, Receiver
    from kvalitetsapp.reports.sheet import Look


def build(basis: Basis, *, sample: bool) -> bytes:
    """Return the PDF of a document."""
    sheet = Sheet(frame(basis, basis_tables.title(basis), sample=sample))
    sheet.text(basis_tables.title(basis), sheets.TITLE)
    sheet.text(basis.number, sheets.SECTION)
    sheet.down(10)
    sheet.columns((_from(basis.issuer), _to(basis.receiver)))
    sheet.down(12)
    _head(sheet, basis)
    sheet.down(12)
    if _is_credit(basis):
        _credited_lines(sheet, basis)
    else:
        _lines(sheet, basis)
    _sum(sheet, basis)
    _closing(sheet, basis)
    return sheet.finish()


def frame(basis: Basis, title: str, *, sample: bool) -> PageFrame:
    """Return what stands on every page of a document's files."""
    return PageFrame(
        title=f"{title} {basis.number}",
        header_left=f"{title} {basis.number}",
        header_right=basis.issued_on.isoformat(),
        footer=basis.issuer.name,
        sample=sample,
    )


def _is_credit(basis: Basis) -> bool:
    return basis.document_type is DocumentType.CREDIT_NOTE


def _from(issuer: Issuer) -> list[tuple[str, Look]]:
    told = [
        *basis_tables.in_lines(issuer.address),
        _("Organisationsnummer {number}").format(number=basis_tables.organisation_number(issuer.org_number)),
        _("Momsregistreringsnummer {number}").format(number=issuer.vat_number) if issuer.vat_number else "",
        _("Godkänd för F-skatt") if issuer.f_tax else "",
        _("HSA-id {number}").format(number=issuer.hsa_id) if issuer.hsa_id else "",
        issuer.contact,
        ", ".join(part for part in (issuer.phone, issuer.email) if part),
    ]
    return _party(_("Utställare"), issuer.name, told)


def _to(receiver: Receiver) -> list[tuple[str, Look]]:
    told = [
        *basis_tables.in_lines(receiver.address),
        _("Organisationsnummer {number}").format(number=basis_tables.organisation_number(receiver.org_number)),
        receiver.email,
    ]
    return _party(_("Mottagare"), receiver.name, told)


def _party(role: str, name: str, told: list[str]) -> list[tuple[str, Look]]:
    return [(role, sheets.LABEL), (name, sheets.STRONG), *((line, sheets.BODY) for line in told if line)]


def _head(sheet: Sheet, basis: Basis) -> None:
    credit, receiver = _is_credit(basis), basis.receiver
    sheet.line()
    sheet.down(5)
    sheet.facts(
        [
            (_("Datum"), basis.issued_on.isoformat()),
            (_("Förfallodag"), "" if credit else basis.due_on.isoformat()),
            (_("Bankgiro"), "" if credit else bankgiro.formatted(basis.issuer.bankgiro)),
        ],
        [
            (_("Köparens referens"), receiver.buyer_reference),
            (_("Ordernummer"), receiver.order_reference),
            (_("Vård under"), basis_tables.months(basis)),
        ],
        look=sheets.BODY,
    )
    sheet.facts(
        [
            (_("Krediterar"), basis_tables.number_and_line(basis) if credit else ""),
            (_("Avtal"), ", ".join(basis.agreements)),
        ],
        look=sheets.BODY,
    )
    sheet.down(3)
    sheet.line()


def _lines(sheet: Sheet, basis: Basis) -> None:
    columns = (Column(_("Rad"), 0.5), words(_("Text"), 5), Column(_("Belopp"), 1.5))
    sheet.table(columns, [(number(one.line), one.text, kronor(one.amount)) for one in basis.lines])


def _credited_lines(sheet: Sheet, basis: Basis) -> None:
    columns = (
        Column(_("Rad"), 0.45),
        Column(_("Krediterar rad"), 0.9),
        words(_("Text"), 2.8),
        words(_("Skäl"), 2.6),
        Column(_("Belopp"), 1.3),
    )
    rows = []
    for one in basis.lines:
        listed = word("credit_reason", str(one.credit_reason))
        why = f"{one.credit_reason} {listed}. {one.reason}"
        rows.append((number(one.line), number(one.credited_line or 0), one.text, why, kronor(one.amount)))
    sheet.table(columns, rows)


def _sum(sheet: Sheet, basis: Basis) -> None:
    sheet.down(6)
    total = _("Att kreditera: {amount}") if _is_credit(basis) else _("Att betala: {amount}")
    sheet.right(_("Moms: {amount}").format(amount=kronor(0)), sheets.BODY)
    sheet.right(total.format(amount=kronor(basis.amount)), sheets.SUM)
    sheet.down(6)
    vat = word("vat_category", basis.vat_category)
    sheet.text(f"{vat}. {basis.vat_reason}", sheets.BODY)
    sheet.down(8)


def _closing(sheet: Sheet, basis: Basis) -> None:
    sheet.line(styles.FAINT)
    sheet.down(6)
    if not _is_credit(basis):
        sheet.text(_("Ange {number} vid betalning.").format(number=basis.number), sheets.STRONG)
        sheet.down(2)
    sheet.text(
        _(
            "Underlaget innehåller inga patientuppgifter. Vad varje rad gäller står i specifikationen, som lämnas för "
            "sig i en krypterad fil: {file}."
        ).format(file=f"{basis.number}-specifikation.pdf"),
        sheets.SMALL,
    )
