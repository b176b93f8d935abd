"""Documents made up by hand, with their specification: enough words to see whether something leaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from kvalitetsapp.domain.basis import Address, Basis, BasisLine, BillingRules, Issuer, Receiver
from kvalitetsapp.domain.claim_words import DocumentType, VatCategory
from kvalitetsapp.domain.specification import Contact, SpecificationLine

ISSUER: Final = Issuer(
    name="Region Exempel",
    org_number="2321009991",
    vat_number="SE232100999101",
    address=Address("Exempelgatan 1", "Ekonomi", "831 31", "Östersund"),
    hsa_id="SE2321009991-E000000000001",
    endpoint="2321009991",
    bankgiro="9912346",
    contact="Ekonomiservice",
    phone="063-000 00 00",
    email="ekonomi@exempel.se",
    f_tax=True,
)
RULES: Final = BillingRules(issuer=ISSUER)
RECEIVER: Final = Receiver(
    provider_id="P01",
    name="Fjällkliniken AB",
    org_number="5569999997",
    address=Address("Vårdvägen 3", "", "111 22", "Stockholm"),
    endpoint="5569999997",
    buyer_reference="REF-4711",
    order_reference="",
    email="faktura@exempel.se",
)
NUMBER: Final = "ZVF23210099912605000001"
CREDIT_NUMBER: Final = "ZVF23210099912606000002"
PERSONAL_ID: Final = "196812099874"


def line(place: int, amount: int, claim: int = 12) -> BasisLine:
    number = f"K-2026-{claim:05d}"
    return BasisLine(place, claim, place, number, f"Vård efter komplikation, krav {number} rad {place}", amount)


def invoice(*amounts: int) -> Basis:
    """Return a document of lines that come to some amounts in öre."""
    lines = tuple(line(place, amount) for place, amount in enumerate(amounts or (8_271_237, 11_728_763), start=1))
    return Basis(
        basis=1,
        number=NUMBER,
        document_type=DocumentType.INVOICE,
        issuer=ISSUER,
        receiver=RECEIVER,
        issued_on=date(2026, 5, 4),
        due_on=date(2026, 6, 3),
        period_start=date(2026, 2, 1),
        period_end=date(2026, 4, 30),
        agreements=("Vårdval höft och knä",),
        vat_category=VatCategory.EXEMPT,
        vat_reason=RULES.vat_reason,
        lines=lines,
        issued_by="Anna",
        issued_at="2026-05-04T08:00:00+00:00",
    )


def credit_note() -> Basis:
    """Return a credit note of a part of the first line of `invoice`."""
    reason = "Priset avsåg fel år"
    lines = (replace(line(1, 1_000_050), credited_line=1, credit_reason=2, reason=reason),)
    return replace(
        invoice(),
        basis=2,
        number=CREDIT_NUMBER,
        document_type=DocumentType.CREDIT_NOTE,
        issued_on=date(2026, 6, 1),
        due_on=date(2026, 6, 1),
        lines=lines,
        credits=1,
        credited_number=NUMBER,
        credited_on=date(2026, 5, 4),
    )


def contact() -> Contact:
    return Contact(
        personal_id=PERSONAL_ID,
        provider="Egna kliniken",
        unit="Ortopeden, avdelning 4",
        hsa_id="SE2321009991-E000000000042",
        care_form="inpatient",
        admitted=date(2026, 2, 11),
        discharged=date(2026, 2, 19),
        drg="H05C",
        main_diagnosis="T845",
        procedures="NFC49 NFS19 ZXA00",
    )


def specification(basis: Basis) -> tuple[SpecificationLine, ...]:
    """Return what specifies the lines of a document."""
    return tuple(_specified(one) for one in basis.lines)


def _specified(one: BasisLine) -> SpecificationLine:
    return SpecificationLine(
        line=one.line,
        claim_number=one.claim_number,
        claim_line=one.claim_line,
        contact=contact(),
        joint="hip",
        side="right",
        operated_on=date(2025, 11, 3),
        event_date=date(2026, 2, 12),
        days=101,
        complication_class="infection",
        relation="certain",
        reviewed=True,
        reviewer="Bo Granskare",
        reviewed_on="2026-03-14",
        cost_basis="kpp",
        cost_source="KPP 2026",
        price_year=2026,
        gross=one.amount + 500_000,
        deductible=180_000,
        discount=320_000,
        net=one.amount,
    )
