"""The rules that are checked before an e-invoice leaves, each with a document that breaks it."""

from __future__ import annotations

import re
from collections import Counter
from copy import deepcopy
from dataclasses import replace

import pytest
from defusedxml.ElementTree import fromstring, tostring

from kvalitetsapp.domain.basis import Issuer, Receiver
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import peppol_codes
from kvalitetsapp.exchange.peppol_rules import RULES, RuleFault, faults
from kvalitetsapp.exchange.peppol_writing import to_xml
from support.broken_invoices import BROKEN, RIGHT, Broken
from support.invoice_documents import INVOICE, ISSUER, RECEIVER
from support.manual import page, table_rows
from support.official_invoice_rules import codes_of_rule, schema_faults, standard_faults

OF_THE_STANDARD = re.compile(r"BR-|UBL-")


def fired(xml: bytes) -> set[str]:
    """Return the names of our rules that a document breaks."""
    return {fault.rule for fault in faults(xml)}


def officially_fired(xml: bytes) -> set[str]:
    """Return the names of the rules of EN 16931 that a document breaks."""
    return {fault.rule for fault in standard_faults(xml) if fault.flag == "fatal"}


def test_every_rule_has_one_broken_document_and_every_name_is_there_once() -> None:
    names = [rule.id for rule in RULES]
    assert Counter(names) == Counter(one.rule for one in BROKEN)
    assert max(Counter(names).values()) == 1
    assert len(names) > 130


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_document_breaks_no_rule(name: str) -> None:
    assert faults(RIGHT[name].encode()) == []


@pytest.mark.parametrize("one", BROKEN, ids=[one.rule for one in BROKEN])
def test_a_broken_document_breaks_exactly_the_rules_that_it_should(one: Broken) -> None:
    assert fired(one.xml) == {one.rule, *one.also}
    said = next(fault for fault in faults(one.xml) if fault.rule == one.rule)
    assert said.message.startswith(f"{one.rule}: ")
    assert said.field


@pytest.mark.parametrize("one", BROKEN, ids=[one.rule for one in BROKEN])
def test_the_official_rules_of_the_standard_fire_where_ours_do(one: Broken) -> None:
    ours = {rule for rule in fired(one.xml) if OF_THE_STANDARD.match(rule)}
    assert ours <= officially_fired(one.xml)


@pytest.mark.parametrize("name", RIGHT)
def test_no_element_can_be_taken_away_so_that_only_the_official_rules_notice(name: str) -> None:
    root = fromstring(RIGHT[name])
    unnoticed = []
    for number in range(1, len(list(root.iter()))):
        without = deepcopy(root)
        elements = list(without.iter())
        parent = next(each for each in elements if elements[number] in list(each))
        parent.remove(elements[number])
        xml = tostring(without)
        if officially_fired(xml) and not faults(xml):
            unnoticed.append(elements[number].tag)
    assert unnoticed == []


def test_the_official_schema_and_rules_can_say_no() -> None:
    broken = RIGHT["invoice"].replace("<cbc:ID>1</cbc:ID>", "<cbc:ID>1</cbc:ID><cbc:Nothing/>", 1).encode()
    assert "Nothing" in schema_faults(broken)[0]
    wrong_sum = RIGHT["invoice"].replace(
        '<cbc:PayableAmount currencyID="SEK">200000.00', '<cbc:PayableAmount currencyID="SEK">1.00'
    )
    assert [fault.rule for fault in standard_faults(wrong_sum.encode())] == ["BR-CO-16"]


def test_a_region_that_has_told_nothing_of_itself_is_told_everything_that_is_missing() -> None:
    xml = to_xml(replace(INVOICE, issuer=Issuer(), receiver=Receiver("P01")))
    assert fired(xml) == {
        "BR-06",
        "BR-07",
        "BR-61",
        "BR-CO-26",
        "BR-E-02",
        "PEPPOL-EN16931-R003",
        "PEPPOL-EN16931-R010",
        "PEPPOL-EN16931-R020",
    }


def test_a_fault_says_which_element_of_which_line_it_is_about() -> None:
    xml = to_xml(replace(INVOICE, lines=(INVOICE.lines[0], replace(INVOICE.lines[1], text=" "))))
    assert faults(xml) == [RuleFault("BR-25", "BR-25: En rad saknar text.", "InvoiceLine[2]/Item/Name")]


@pytest.mark.parametrize(
    ("changed", "rules"),
    [
        ({"bankgiro": "123"}, {"SE-R-009"}),
        ({"bankgiro": "5050 1055"}, set()),
        ({"vat_number": "SE 2321999001 01"}, set()),
        ({"vat_number": "SE2321999001"}, {"SE-R-001"}),
        ({"org_number": "232199-9002"}, {"PEPPOL-COMMON-R049", "SE-R-013"}),
        ({"endpoint": "7300000000004", "endpoint_scheme": "0088"}, set()),
        ({"endpoint": "7300000000005", "endpoint_scheme": "0088"}, {"PEPPOL-COMMON-R040"}),
        ({"endpoint": "2321999001", "endpoint_scheme": "9901"}, {"PEPPOL-EN16931-CL008"}),
        ({"endpoint_scheme": ""}, {"BR-62"}),
    ],
)
def test_what_a_region_may_write_wrong_about_itself_is_told(changed: dict[str, str], rules: set[str]) -> None:
    issuer = replace(ISSUER, **changed)  # type: ignore[arg-type]
    assert fired(to_xml(replace(INVOICE, issuer=issuer))) == rules


def test_a_provider_without_address_is_told_by_the_country_alone() -> None:
    nowhere = replace(RECEIVER, address=replace(RECEIVER.address, country=""))
    assert fired(to_xml(replace(INVOICE, receiver=nowhere))) == {"BR-11"}
    abroad = replace(RECEIVER, address=replace(RECEIVER.address, country="Norge"))
    assert fired(to_xml(replace(INVOICE, receiver=abroad))) == {"BR-CL-14"}


@pytest.mark.parametrize("xml", [b"", b"<Invoice", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
def test_what_is_no_xml_or_may_do_harm_is_refused(xml: bytes) -> None:
    with pytest.raises(InputError, match="går att läsa"):
        faults(xml)


def test_another_document_is_refused() -> None:
    with pytest.raises(InputError, match="varken en faktura"):
        faults(b"<Invoice/>")


@pytest.mark.parametrize(
    ("rule", "ours"),
    [
        ("BR-CL-11", peppol_codes.ORGANISATION_SCHEMES),
        ("BR-CL-14", peppol_codes.COUNTRIES),
        ("BR-CL-16", peppol_codes.PAYMENT_MEANS),
        ("BR-CL-17", peppol_codes.VAT_CATEGORIES),
        ("BR-CL-18", peppol_codes.VAT_CATEGORIES),
    ],
)
def test_our_code_lists_are_those_of_the_standard(rule: str, ours: frozenset[str]) -> None:
    assert ours == codes_of_rule(rule)


@pytest.mark.parametrize(
    ("rule", "ours"),
    [
        ("BR-CL-04", peppol_codes.CURRENCIES),
        ("BR-CL-25", peppol_codes.ADDRESS_SCHEMES),
        ("BR-CL-01", peppol_codes.INVOICES | peppol_codes.CREDIT_NOTES),
    ],
)
def test_lists_that_peppol_narrows_are_part_of_those_of_the_standard(rule: str, ours: frozenset[str]) -> None:
    assert ours <= codes_of_rule(rule)


def test_the_manual_tells_every_rule_with_its_message() -> None:
    told = {row[0].strip("`"): row[1] for row in table_rows(page("06b-einvoice")) if row[0].startswith("`")}
    assert told == {rule.id: rule.text for rule in RULES}
