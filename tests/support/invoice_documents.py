"""Documents to make e-invoices of: a made-up region and provider with numbers whose check digits hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kvalitetsapp.domain.basis import Address, Basis, BasisLine, Issuer, Receiver
from kvalitetsapp.domain.claim_words import DocumentType, VatCategory

ISSUER = Issuer(
    name="Region Exempel",
    org_number="232199-9001",
    vat_number="SE232199900101",
    address=Address("Regiongatan 1", "Box 12", "123 45", "Exempelstad"),
    hsa_id="SE2321999001-1A2B",
    endpoint="2321999001",
    bankgiro="5050-1055",
    contact="Ekonomiavdelningen",
    phone="010-000 00 00",
    email="ekonomi@example.org",
)
RECEIVER = Receiver(
    provider_id="P01",
    name="Ortopedi Exempel AB",
    org_number="559999-9991",
    address=Address("Kliniktorget 2", "", "543 21", "Provstad"),
    endpoint="5599999991",
    buyer_reference="REF-1",
    email="faktura@example.org",
)
REASON = "Sjukvård, undantagen från moms enligt 10 kap. 6 § mervärdesskattelagen (2023:200)"


def lines(*amounts: int) -> tuple[BasisLine, ...]:
    """Return a line for every amount."""
    return tuple(
        BasisLine(number, 1, number, f"K-2026-{number:05d}", f"Vård efter komplikation, händelse {number}", amount)
        for number, amount in enumerate(amounts, start=1)
    )


INVOICE = Basis(
    basis=1,
    number="ZVF23219990012603000001",
    document_type=DocumentType.INVOICE,
    issuer=ISSUER,
    receiver=RECEIVER,
    issued_on=date(2026, 3, 2),
    due_on=date(2026, 4, 1),
    period_start=date(2025, 11, 3),
    period_end=date(2026, 1, 20),
    agreements=("AVT-1",),
    vat_category=VatCategory.EXEMPT,
    vat_reason=REASON,
    lines=lines(8_271_237, 11_728_763),
    issued_by="AB12",
    issued_at="2026-03-02T10:00:00",
)
WHOLE_CREDIT = replace(
    INVOICE,
    basis=2,
    number="ZVF23219990012604000002",
    document_type=DocumentType.CREDIT_NOTE,
    issued_on=date(2026, 4, 10),
    due_on=date(2026, 4, 10),
    lines=tuple(replace(line, credited_line=line.line, credit_reason=2, reason="Fritext") for line in INVOICE.lines),
    credits=1,
    credited_number=INVOICE.number,
    credited_on=INVOICE.issued_on,
)
PART_CREDIT = replace(WHOLE_CREDIT, lines=(replace(WHOLE_CREDIT.lines[1], line=1, amount=1),))
