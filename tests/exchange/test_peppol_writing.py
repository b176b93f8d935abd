"""E-invoices as they are written: right by the official schema and rules, to the öre, and without patient data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain.basis import Basis, Receiver
from kvalitetsapp.domain.claim_words import VatCategory
from kvalitetsapp.exchange.peppol_document import Document
from kvalitetsapp.exchange.peppol_rules import faults
from kvalitetsapp.exchange.peppol_writing import to_xml
from support.invoice_documents import INVOICE, ISSUER, PART_CREDIT, RECEIVER, WHOLE_CREDIT, lines
from support.official_invoice_rules import official_faults

OUTSIDE = VatCategory.OUTSIDE
F_TAX = replace(ISSUER, f_tax=True)
SIGNS = "Åsa & Örjan <AB> \"citat\" 'apostrof' ]]> é ß 漢 🦴"
DOCUMENTS = {
    "an invoice": INVOICE,
    "a credit note in whole": WHOLE_CREDIT,
    "a credit note in part": PART_CREDIT,
    "an invoice outside value added tax": replace(INVOICE, vat_category=OUTSIDE, vat_reason="Skadestånd"),
    "a credit note outside value added tax": replace(PART_CREDIT, vat_category=OUTSIDE),
    "without a number for value added tax, approved for F-tax": replace(INVOICE, issuer=replace(F_TAX, vat_number="")),
    "with a number for value added tax, approved for F-tax": replace(INVOICE, issuer=F_TAX),
    "outside value added tax, approved for F-tax": replace(INVOICE, issuer=F_TAX, vat_category=OUTSIDE),
    "with an order reference only": replace(
        INVOICE, receiver=replace(RECEIVER, buyer_reference="", order_reference="PO-7")
    ),
    "with both references": replace(INVOICE, receiver=replace(RECEIVER, order_reference="PO-7")),
    "one öre": replace(INVOICE, lines=lines(1)),
    "a milliard kronor and an öre": replace(INVOICE, lines=lines(100_000_000_000, 1)),
    "many lines": replace(INVOICE, lines=lines(*range(1, 60))),
    "several agreements, one with a sign of its own": replace(INVOICE, agreements=("AVT-1", "AVT #12# B")),
    "no agreement": replace(INVOICE, agreements=()),
    "signs that XML must escape": replace(
        INVOICE,
        issuer=replace(ISSUER, name=SIGNS, contact=SIGNS),
        receiver=replace(RECEIVER, name=SIGNS, buyer_reference=SIGNS),
        lines=(replace(INVOICE.lines[0], text=SIGNS),),
        vat_reason=SIGNS,
    ),
    "signs that XML does not have": replace(
        INVOICE, lines=(replace(INVOICE.lines[0], text="A\x00\x0bB\ufffe\ud800C"),)
    ),
    "only what must be there": replace(
        INVOICE,
        issuer=replace(ISSUER, hsa_id="", contact="", phone="", email=""),
        receiver=Receiver("P01", "Vård AB", "", RECEIVER.address, "0088", "7300000000004", "REF"),
    ),
}


def document(basis: Basis, *, legal_number: str = "", credited_legal_number: str = "") -> Document:
    """Return what is written, read back."""
    xml = to_xml(basis, legal_number=legal_number, credited_legal_number=credited_legal_number)
    return Document(fromstring(xml))


@pytest.mark.parametrize("basis", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_every_kind_of_document_holds_by_the_official_schema_and_rules_and_by_ours(basis: Basis) -> None:
    for legal_number in ("", "F-2026-17"):
        xml = to_xml(basis, legal_number=legal_number)
        assert official_faults(xml) == []
        assert faults(xml) == []


def test_the_same_document_is_the_same_bytes() -> None:
    assert to_xml(WHOLE_CREDIT) == to_xml(replace(WHOLE_CREDIT))
    assert to_xml(INVOICE).startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<Invoice xmlns=")


def test_an_invoice_is_known_by_the_legal_number_once_it_is_told_and_still_refers_to_the_basis() -> None:
    assert document(INVOICE).text("ID") == INVOICE.number
    told = document(INVOICE, legal_number="F-17")
    assert told.text("ID") == told.text("PaymentMeans/PaymentID") == "F-17"
    assert told.text("AdditionalDocumentReference/ID") == INVOICE.number
    assert INVOICE.number in told.text("Note")


def test_a_credit_note_refers_to_what_it_credits_by_the_number_that_the_provider_knows() -> None:
    ours = document(PART_CREDIT)
    assert ours.text("CreditNoteTypeCode") == "381"
    assert ours.text("BillingReference/InvoiceDocumentReference/ID") == INVOICE.number
    assert ours.text("BillingReference/InvoiceDocumentReference/IssueDate") == "2026-03-02"
    assert ours.text("PaymentMeans/PaymentDueDate") == "2026-04-10"
    assert not ours.has("DueDate")
    theirs = document(PART_CREDIT, credited_legal_number="F-17")
    assert theirs.text("BillingReference/InvoiceDocumentReference/ID") == "F-17"
    assert theirs.lines[0].text("Note") == "Krediterar rad 2 i F-17. Skäl: Fel pris."


def test_what_people_typed_as_a_reason_does_not_leave() -> None:
    assert WHOLE_CREDIT.lines[0].reason == "Fritext"
    assert b"Fritext" not in to_xml(WHOLE_CREDIT)


def test_the_parties_are_told_by_the_numbers_that_networks_know_them_by() -> None:
    told = document(replace(INVOICE, issuer=F_TAX))
    seller, buyer = told.all("AccountingSupplierParty/Party")[0], told.all("AccountingCustomerParty/Party")[0]
    assert seller.all("EndpointID")[0].attribute("schemeID") == "0007"
    assert seller.text("PartyLegalEntity/CompanyID") == "2321999001"
    assert [part.value for part in seller.all("PartyTaxScheme/CompanyID")] == ["SE232199900101", "Godkänd för F-skatt"]
    assert [part.value for part in seller.all("PartyTaxScheme/TaxScheme/ID")] == ["VAT", "TAX"]
    assert buyer.text("PartyLegalEntity/CompanyID") == "5599999991"
    assert told.text("PaymentMeans/PayeeFinancialAccount/ID") == "50501055"
    assert told.text("PaymentMeans/PayeeFinancialAccount/FinancialInstitutionBranch/ID") == "SE:BANKGIRO"


def test_a_document_outside_value_added_tax_tells_no_rate_and_no_number_for_it() -> None:
    told = document(replace(INVOICE, vat_category=OUTSIDE))
    assert [part.value for part in told.every("CompanyID")] == ["2321999001", "5599999991"]
    assert told.every("Percent") == []
    assert told.text("TaxTotal/TaxSubtotal/TaxCategory/TaxExemptionReasonCode") == "VATEX-EU-O"


def test_a_line_refers_to_its_claim_and_the_document_to_its_agreement() -> None:
    told = document(INVOICE)
    assert [line.text("DocumentReference/ID") for line in told.lines] == ["K-2026-00001", "K-2026-00002"]
    assert told.text("ContractDocumentReference/ID") == "AVT-1"
    several = document(replace(INVOICE, agreements=("AVT-1", "AVT-2")))
    assert not several.has("ContractDocumentReference")
    assert several.text("Note").endswith("Avtal: AVT-1, AVT-2.")


TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)


@given(
    amounts=st.lists(st.integers(1, 10**13), min_size=1, max_size=8),
    text=TEXTS,
    reference=TEXTS,
    outside=st.booleans(),
    credit=st.booleans(),
    due=st.dates(date(2026, 1, 1), date(2035, 12, 31)),
)
def test_whatever_the_amounts_and_texts_the_document_holds_and_its_sums_agree_to_the_ore(
    *, amounts: list[int], text: str, reference: str, outside: bool, credit: bool, due: date
) -> None:
    basis = replace(
        PART_CREDIT if credit else INVOICE,
        lines=tuple(replace(line, text=f"Vård {text}") for line in lines(*amounts)),
        receiver=replace(RECEIVER, buyer_reference=f"R{reference}", name=f"Vård {text}"),
        vat_category=OUTSIDE if outside else VatCategory.EXEMPT,
        due_on=due,
    )
    xml = to_xml(basis)
    assert official_faults(xml) == []
    assert faults(xml) == []
    told = Document(fromstring(xml))
    in_ore = [int(line.text("LineExtensionAmount").replace(".", "")) for line in told.lines]
    assert in_ore == amounts
    assert int(told.text("LegalMonetaryTotal/PayableAmount").replace(".", "")) == sum(amounts) == basis.amount
