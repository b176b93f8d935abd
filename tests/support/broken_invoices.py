"""One broken e-invoice for every rule: what is done to a right document, and the rules of ours that then fire."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kvalitetsapp.domain.claim_words import VatCategory
from kvalitetsapp.exchange.peppol_writing import to_xml
from support.invoice_documents import INVOICE, ISSUER, PART_CREDIT
from support.xml_edits import Edit, before, drop, every, group, kronor, mark, on_one_line, put, swap, value

SELLER: Final = "AccountingSupplierParty"
BUYER: Final = "AccountingCustomerParty"
RIGHT: Final = {
    "invoice": on_one_line(to_xml(INVOICE)),
    "credit": on_one_line(to_xml(PART_CREDIT)),
    "outside": on_one_line(to_xml(replace(INVOICE, vat_category=VatCategory.OUTSIDE))),
    "f_tax": on_one_line(to_xml(replace(INVOICE, issuer=replace(ISSUER, f_tax=True)))),
}


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule, what breaks it, and the other rules of ours that the same fault breaks."""

    rule: str
    edit: Edit
    also: frozenset[str]
    of: str

    @property
    def xml(self) -> bytes:
        """Return the broken document."""
        return self.edit(RIGHT[self.of]).encode("utf-8")


def broken(rule: str, edit: Edit, *also: str, of: str = "invoice") -> Broken:
    """Return a broken document with the rules that it breaks besides."""
    return Broken(rule, edit, frozenset(also), of)


def _tax(company: str, scheme: str) -> str:
    return group("PartyTaxScheme", value("CompanyID", company), group("TaxScheme", value("ID", scheme)))


def _charge(indicator: str, *more: str) -> str:
    reason = value("AllowanceChargeReason", "Skäl")
    return group("AllowanceCharge", value("ChargeIndicator", indicator), reason, *more)


def _on_line(xml: str) -> Edit:
    return before("cac:Item", xml, "InvoiceLine")


def _on_price(indicator: str, *more: str) -> Edit:
    charge = group("AllowanceCharge", value("ChargeIndicator", indicator), *more)
    return swap("</cbc:PriceAmount></cac:Price>", f"</cbc:PriceAmount>{charge}</cac:Price>")


def _per(amount: str, unit: str = "C62") -> Edit:
    base = value("BaseQuantity", amount, f'unitCode="{unit}"')
    return swap("</cbc:PriceAmount></cac:Price>", f"</cbc:PriceAmount>{base}</cac:Price>")


def _period_of_line(start: str, end: str) -> Edit:
    period = group("InvoicePeriod", value("StartDate", start), value("EndDate", end))
    return before("cac:DocumentReference", period, "InvoiceLine")


def _reason(code: str) -> Edit:
    return before("cbc:TaxExemptionReason", value("TaxExemptionReasonCode", code))


_ACCOUNTING = before("cbc:BuyerReference", value("TaxCurrencyCode", "EUR"))
_SHARE = value("MultiplierFactorNumeric", "10")
_OBJECT = group("DocumentReference", value("ID", "K-1"), value("DocumentTypeCode", "130"))
_PROJECT = group("AdditionalDocumentReference", value("ID", "P"), value("DocumentTypeCode", "50"))
_FILE = value("EmbeddedDocumentBinaryObject", "UEs=", 'mimeCode="application/zip" filename="bilaga.zip"')
_STANDARD_RATE = every(put("cbc:ID", "S", "ClassifiedTaxCategory"), put("cbc:Percent", "7", "ClassifiedTaxCategory"))
_TOTAL = "LegalMonetaryTotal"


def _exempt(tag: str, reason: str = "") -> str:
    return group(tag, value("ID", "E"), value("Percent", "0"), reason, group("TaxScheme", value("ID", "VAT")))


_EMPTY_GROUP = group(
    "TaxSubtotal",
    kronor("TaxableAmount", "0.00"),
    kronor("TaxAmount", "0.00"),
    _exempt("TaxCategory", value("TaxExemptionReason", "Skäl")),
)


def _euro_total(amount: str) -> Edit:
    more = group("TaxTotal", value("TaxAmount", amount, 'currencyID="EUR"'))
    return before("cac:LegalMonetaryTotal", more)


HEAD = (
    broken("BR-01", drop("cbc:CustomizationID"), "PEPPOL-EN16931-R004"),
    broken("BR-02", drop("cbc:ID")),
    broken("BR-03", drop("cbc:IssueDate")),
    broken("BR-04", drop("cbc:InvoiceTypeCode")),
    broken("BR-05", drop("cbc:DocumentCurrencyCode"), "PEPPOL-EN16931-R051"),
    broken("BR-06", drop("cbc:RegistrationName", SELLER)),
    broken("BR-07", drop("cbc:RegistrationName", BUYER)),
    broken("BR-08", drop("cac:PostalAddress", SELLER)),
    broken("BR-09", drop("cac:Country", SELLER)),
    broken("BR-10", drop("cac:PostalAddress", BUYER)),
    broken("BR-11", drop("cac:Country", BUYER)),
    broken("BR-16", every(drop("cac:InvoiceLine"), drop("cac:InvoiceLine")), "BR-CO-10", "BR-E-08"),
    broken("BR-29", put("cbc:EndDate", "2025-11-02")),
    broken("BR-49", drop("cbc:PaymentMeansCode")),
    broken("BR-52", drop("cbc:ID", "AdditionalDocumentReference")),
    broken("BR-55", drop("cbc:ID", "InvoiceDocumentReference"), of="credit"),
    broken("BR-61", drop("cac:PayeeFinancialAccount")),
    broken("BR-62", mark("cbc:EndpointID", "", SELLER)),
    broken("BR-63", mark("cbc:EndpointID", "", BUYER)),
    broken("BR-CO-09", put("cbc:CompanyID", "232199900101", SELLER)),
    broken(
        "BR-CO-19",
        every(drop("cbc:StartDate"), drop("cbc:EndDate"), put("cac:InvoicePeriod", " ")),
        "PEPPOL-EN16931-R008",
    ),
    broken(
        "BR-CO-26",
        every(
            drop("cac:PartyIdentification", SELLER), drop("cac:PartyTaxScheme", SELLER), drop("cbc:CompanyID", SELLER)
        ),
        "BR-E-02",
    ),
    broken("UBL-SR-53", drop("cac:TaxScheme", "PartyTaxScheme"), "SE-R-005", of="f_tax"),
    broken("UBL-SR-01", before("cac:ContractDocumentReference", group("ContractDocumentReference", value("ID", "A")))),
    broken("BR-CL-04", put("cbc:DocumentCurrencyCode", "KRO"), "PEPPOL-EN16931-R051"),
    broken("BR-CL-11", mark("cbc:CompanyID", 'schemeID="9999"', "PartyLegalEntity")),
    broken("BR-CL-14", put("cbc:IdentificationCode", "Sverige", BUYER)),
    broken("BR-CL-16", put("cbc:PaymentMeansCode", "99")),
    broken("BR-CL-17", put("cbc:ID", "Q", "TaxCategory"), "BR-E-01"),
    broken("BR-CL-18", put("cbc:ID", "Q", "ClassifiedTaxCategory"), "BR-E-08"),
)
TOTALS = (
    broken("BR-12", drop("cbc:LineExtensionAmount", _TOTAL), "BR-CO-10", "BR-CO-13"),
    broken("BR-13", drop("cbc:TaxExclusiveAmount"), "BR-CO-13", "BR-CO-15"),
    broken("BR-14", drop("cbc:TaxInclusiveAmount"), "BR-CO-15", "BR-CO-16"),
    broken("BR-15", drop("cbc:PayableAmount"), "BR-CO-16"),
    broken("BR-45", drop("cbc:TaxableAmount"), "BR-E-08"),
    broken("BR-46", drop("cbc:TaxAmount", "TaxSubtotal"), "BR-E-09"),
    broken("BR-47", drop("cbc:ID", "TaxCategory"), "BR-E-01"),
    broken("BR-48", drop("cbc:Percent", "TaxCategory")),
    broken("BR-CO-10", put("cbc:LineExtensionAmount", "200000.01", _TOTAL), "BR-CO-13"),
    broken("BR-CO-13", put("cbc:TaxExclusiveAmount", "200000.01"), "BR-CO-15"),
    broken("BR-CO-14", put("cbc:TaxAmount", "0.01", "TaxTotal"), "BR-CO-15"),
    broken("BR-CO-15", put("cbc:TaxInclusiveAmount", "200000.01"), "BR-CO-16"),
    broken("BR-CO-16", put("cbc:PayableAmount", "200000.01")),
    broken("BR-CO-18", drop("cac:TaxSubtotal"), "BR-E-01", "PEPPOL-EN16931-R053", "PEPPOL-EN16931-R054"),
    broken("BR-DEC-09", put("cbc:LineExtensionAmount", "200000.000", _TOTAL)),
    broken("BR-DEC-12", put("cbc:TaxExclusiveAmount", "200000.000")),
    broken("BR-DEC-14", put("cbc:TaxInclusiveAmount", "200000.000")),
    broken("BR-DEC-18", put("cbc:PayableAmount", "200000.000")),
    broken("BR-DEC-19", put("cbc:TaxableAmount", "200000.000")),
    broken("BR-DEC-20", put("cbc:TaxAmount", "0.000", "TaxSubtotal")),
)
LINES = (
    broken("BR-21", drop("cbc:ID", "InvoiceLine")),
    broken("BR-22", drop("cbc:InvoicedQuantity"), "BR-23"),
    broken("BR-23", mark("cbc:InvoicedQuantity", "")),
    broken("BR-24", drop("cbc:LineExtensionAmount", "InvoiceLine"), "BR-CO-10", "BR-E-08", "PEPPOL-EN16931-R120"),
    broken("BR-25", drop("cbc:Name", "Item")),
    broken("BR-26", drop("cbc:PriceAmount", "InvoiceLine"), "PEPPOL-EN16931-R008", "PEPPOL-EN16931-R120"),
    broken("BR-27", put("cbc:PriceAmount", "-82712.37"), "PEPPOL-EN16931-R120"),
    broken("BR-CO-04", drop("cac:ClassifiedTaxCategory"), "BR-E-08", "UBL-SR-48"),
    broken("BR-DEC-23", put("cbc:LineExtensionAmount", "82712.370", "InvoiceLine")),
    broken("UBL-SR-48", before("cac:ClassifiedTaxCategory", _exempt("ClassifiedTaxCategory"))),
)
VAT = (
    broken("BR-E-01", put("cbc:ID", "Z", "TaxCategory")),
    broken("BR-E-02", drop("cac:PartyTaxScheme", SELLER)),
    broken("BR-E-05", put("cbc:Percent", "25", "ClassifiedTaxCategory")),
    broken("BR-E-08", put("cbc:TaxableAmount", "200000.01")),
    broken(
        "BR-E-09",
        every(put("cbc:TaxAmount", "0.01", "TaxSubtotal"), put("cbc:TaxAmount", "0.01", "TaxTotal")),
        "BR-CO-15",
    ),
    broken("BR-E-10", drop("cbc:TaxExemptionReason")),
    broken("BR-O-01", put("cbc:ID", "Z", "TaxCategory"), "BR-48", "PEPPOL-EN16931-P0105", of="outside"),
    broken("BR-O-02", before("cac:PartyLegalEntity", _tax("SE232199900101", "VAT"), SELLER), of="outside"),
    broken("BR-O-05", before("cac:TaxScheme", value("Percent", "0"), "ClassifiedTaxCategory"), of="outside"),
    broken("BR-O-08", put("cbc:TaxableAmount", "200000.01"), of="outside"),
    broken(
        "BR-O-09",
        every(put("cbc:TaxAmount", "0.01", "TaxSubtotal"), put("cbc:TaxAmount", "0.01", "TaxTotal")),
        "BR-CO-15",
        of="outside",
    ),
    broken("BR-O-10", every(drop("cbc:TaxExemptionReasonCode"), drop("cbc:TaxExemptionReason")), of="outside"),
    broken("BR-O-11", before("cac:TaxSubtotal", _EMPTY_GROUP), of="outside"),
    broken("BR-O-12", put("cbc:ID", "Z", "ClassifiedTaxCategory"), "BR-O-08", of="outside"),
)
NETWORK = (
    broken("PEPPOL-EN16931-R001", drop("cbc:ProfileID"), "PEPPOL-EN16931-R007"),
    broken("PEPPOL-EN16931-R002", before("cbc:Note", value("Note", "En till"))),
    broken("PEPPOL-EN16931-R003", drop("cbc:BuyerReference")),
    broken("PEPPOL-EN16931-R004", put("cbc:CustomizationID", "urn:cen.eu:en16931:2017")),
    broken(
        "PEPPOL-EN16931-R005", before("cbc:BuyerReference", value("TaxCurrencyCode", "SEK")), "PEPPOL-EN16931-R054"
    ),
    broken("PEPPOL-EN16931-R007", put("cbc:ProfileID", "urn:fdc:peppol.eu:2017:poacc:billing:03:1.0")),
    broken("PEPPOL-EN16931-R008", put("cbc:StreetName", "")),
    broken("PEPPOL-EN16931-R010", drop("cbc:EndpointID", BUYER)),
    broken("PEPPOL-EN16931-R020", drop("cbc:EndpointID", SELLER)),
    broken("PEPPOL-EN16931-R051", mark("cbc:PriceAmount", 'currencyID="EUR"')),
    broken("PEPPOL-EN16931-R053", drop("cac:TaxSubtotal"), "BR-CO-18", "BR-E-01", "PEPPOL-EN16931-R054"),
    broken("PEPPOL-EN16931-R054", _ACCOUNTING, "PEPPOL-EN16931-R055"),
    broken(
        "PEPPOL-EN16931-R055",
        every(_ACCOUNTING, _euro_total("-1.00"), put("cbc:TaxAmount", "1.00", "TaxTotal")),
        "BR-CO-14",
        "BR-CO-15",
    ),
    broken("PEPPOL-EN16931-R061", put("cbc:PaymentMeansCode", "49")),
    broken("PEPPOL-EN16931-R080", before("cac:AdditionalDocumentReference", _PROJECT + _PROJECT), of="credit"),
    broken(
        "PEPPOL-EN16931-CL001",
        swap("</cbc:DocumentDescription>", f"</cbc:DocumentDescription>{group('Attachment', _FILE)}"),
    ),
    broken("PEPPOL-EN16931-CL006", swap("</cbc:EndDate>", f"</cbc:EndDate>{value('DescriptionCode', '99')}")),
    broken("PEPPOL-EN16931-CL007", swap("SEK", "KRO"), "BR-CL-04"),
    broken("PEPPOL-EN16931-CL008", mark("cbc:EndpointID", 'schemeID="0008"', BUYER)),
    broken("PEPPOL-EN16931-F001", put("cbc:IssueDate", "2026-03-02Z")),
    broken("PEPPOL-EN16931-P0100", put("cbc:InvoiceTypeCode", "999")),
    broken("PEPPOL-EN16931-P0101", put("cbc:CreditNoteTypeCode", "999"), of="credit"),
    broken("PEPPOL-EN16931-P0112", put("cbc:InvoiceTypeCode", "384")),
    broken("PEPPOL-EN16931-P0104", _reason("VATEX-EU-G")),
    broken("PEPPOL-EN16931-P0105", _reason("VATEX-EU-O")),
    broken("PEPPOL-EN16931-P0106", _reason("VATEX-EU-IC")),
    broken("PEPPOL-EN16931-P0107", _reason("VATEX-EU-AE")),
    broken("PEPPOL-EN16931-P0108", put("cbc:TaxExemptionReasonCode", "VATEX-EU-D"), of="outside"),
    broken("PEPPOL-EN16931-P0109", put("cbc:TaxExemptionReasonCode", "VATEX-EU-F"), of="outside"),
    broken("PEPPOL-EN16931-P0110", put("cbc:TaxExemptionReasonCode", "VATEX-EU-I"), of="outside"),
    broken("PEPPOL-EN16931-P0111", put("cbc:TaxExemptionReasonCode", "VATEX-EU-J"), of="outside"),
    broken(
        "PEPPOL-COMMON-R040",
        every(mark("cbc:EndpointID", 'schemeID="0088"', BUYER), put("cbc:EndpointID", "7300000000001", BUYER)),
    ),
    broken("PEPPOL-COMMON-R049", put("cbc:EndpointID", "5599999992", BUYER)),
)
ON_LINES = (
    broken(
        "PEPPOL-EN16931-R040", _on_line(_charge("true", _SHARE, kronor("Amount", "0.00"), kronor("BaseAmount", "100")))
    ),
    broken("PEPPOL-EN16931-R041", _on_line(_charge("true", _SHARE, kronor("Amount", "0.00")))),
    broken("PEPPOL-EN16931-R042", _on_line(_charge("true", kronor("Amount", "0.00"), kronor("BaseAmount", "100")))),
    broken("PEPPOL-EN16931-R043", _on_line(_charge("1", kronor("Amount", "0.00")))),
    broken("PEPPOL-EN16931-R044", _on_price("true", kronor("Amount", "0.00"))),
    broken("PEPPOL-EN16931-R046", _on_price("false", kronor("Amount", "1.00"), kronor("BaseAmount", "5.00"))),
    broken("PEPPOL-EN16931-R100", before("cac:DocumentReference", _OBJECT, "InvoiceLine")),
    broken("PEPPOL-EN16931-R101", drop("cbc:DocumentTypeCode", "InvoiceLine")),
    broken("PEPPOL-EN16931-R110", _period_of_line("2025-11-02", "2026-01-20")),
    broken("PEPPOL-EN16931-R111", _period_of_line("2025-11-03", "2026-01-21")),
    broken("PEPPOL-EN16931-R120", put("cbc:PriceAmount", "82712.40")),
    broken("PEPPOL-EN16931-R121", _per("0")),
    broken("PEPPOL-EN16931-R130", _per("1", "DAY")),
)
SWEDEN = (
    broken("SE-R-001", put("cbc:CompanyID", "SE23219990010", SELLER)),
    broken("SE-R-002", put("cbc:CompanyID", "SE2321999001XX", SELLER)),
    broken("SE-R-003", put("cbc:CompanyID", "232199900A", "PartyLegalEntity"), "PEPPOL-COMMON-R049", "SE-R-013"),
    broken("SE-R-004", put("cbc:CompanyID", "23219990010", "PartyLegalEntity"), "PEPPOL-COMMON-R049"),
    broken("SE-R-005", swap("Godkänd för F-skatt", "F-skatt"), of="f_tax"),
    broken("SE-R-006", _STANDARD_RATE, "BR-E-08"),
    broken("SE-R-007", every(swap("SE:BANKGIRO", "SE:PLUSGIRO"), swap(">50501055<", ">12345-6<"))),
    broken("SE-R-008", swap(">50501055<", ">5050105X<")),
    broken("SE-R-009", swap(">50501055<", ">505010<")),
    broken("SE-R-010", every(swap("SE:BANKGIRO", "SE:PLUSGIRO"), swap(">50501055<", ">1<"))),
    broken("SE-R-011", put("cbc:PaymentMeansCode", "50")),
    broken("SE-R-012", put("cbc:PaymentMeansCode", "31")),
    broken("SE-R-013", put("cbc:CompanyID", "2321999002", "PartyLegalEntity"), "PEPPOL-COMMON-R049"),
)
BROKEN: Final = (*HEAD, *TOTALS, *LINES, *VAT, *NETWORK, *ON_LINES, *SWEDEN)
