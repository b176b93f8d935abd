"""An agreement as typed: what can be read, and what is wrong at which field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from kvalitetsapp.domain.agreement import Agreement
from kvalitetsapp.domain.agreement_form import AgreementForm, WarrantyForm, form_of, read
from support.any_agreements import agreements
from support.made_frames import agreement

GOOD = AgreementForm(
    agreement_id="a",
    providers=("P01",),
    joints=("hip",),
    payer_routes=("contract",),
    valid_from="2022-01-01",
    cap="200 000",
    warranties=(WarrantyForm(("*",), "730"), WarrantyForm(("infection",), "1 825", "730")),
)


def faults(**typed: object) -> list[str]:
    found = read(replace(GOOD, **typed))  # type: ignore[arg-type]
    assert isinstance(found, tuple)
    assert all(one.message for one in found)
    return [one.field for one in found]


def test_what_is_typed_is_read_to_the_ore() -> None:
    typed = replace(
        GOOD, unit_price="60 000,50", expected_reoperation_rate="1,5 %", deductible="2500,50", note="Vite för sig"
    )
    found = read(typed)
    assert isinstance(found, Agreement)
    assert (found.cap, found.unit_price, found.deductible) == (200_000_00, 60_000_50, 2_500_50)
    assert found.expected_reoperation_rate == 0.015
    assert (found.name, found.valid_to, found.verified) == ("a", None, False)
    assert [one.days for one in found.warranties] == [730, 1825]


@given(agreements())
def test_an_agreement_shown_and_read_again_is_the_same(one: Agreement) -> None:
    assert read(form_of(one)) == one


@pytest.mark.parametrize(
    ("field", "texts"),
    [
        ("agreement_id", ["", "  ", "Avtal 196812099874"]),
        ("name", ["För 196812099874"]),
        ("note", ["Se 196812099874"]),
        ("valid_from", ["", "2022-02-30", "22-01-01", "2022/01/01", "i fjol"]),
        ("valid_to", ["2021-12-31", "2022-1-1"]),
        ("unit_price", ["sextio", "-1", "1.234", "1,234", "9" * 30]),
        ("cap", ["", "-1", "200.000", "1e5", "NaN"]),
        ("deductible", ["x"]),
        ("inpatient_day", ["1.234,50"]),
        ("outpatient_visit", ["12,345"]),
        ("expected_reoperation_rate", ["100,1", "-1", "en", "101"]),
        ("claim_deadline_days", ["-1", "40001", "1,5", "ett år"]),
        ("cap_scope", ["patient"]),
    ],
)
def test_a_text_that_cannot_be_read_is_told_at_its_field(field: str, texts: list[str]) -> None:
    for text in texts:
        assert faults(**{field: text}) == [field], text


@pytest.mark.parametrize(
    ("field", "codes"),
    [
        ("providers", [()]),
        ("joints", [(), ("elbow",)]),
        ("payer_routes", [(), ("cash",)]),
        ("cost_basis", [(), ("manual",)]),
        ("exclusions", [("headache",)]),
        ("warranties", [()]),
    ],
)
def test_what_is_ticked_must_be_there_and_known(field: str, codes: list[tuple[str, ...]]) -> None:
    for some in codes:
        assert faults(**{field: some}) == [field]


def test_what_is_wrong_with_a_warranty_is_told_at_its_row() -> None:
    wrong = (WarrantyForm(("*",), "730"), WarrantyForm((), "", "x"), WarrantyForm(("*",), "30", "31"))
    assert faults(warranties=wrong) == [
        "warranties.2.classes",
        "warranties.2.days",
        "warranties.2.onset_within_days",
        "warranties.3.onset_within_days",
    ]


def test_every_fault_is_told_at_once_in_the_order_of_the_fields() -> None:
    assert faults(agreement_id="", valid_from="", cap="x") == ["agreement_id", "valid_from", "cap"]


@given(agreements(), agreements())
def test_r12_overlap_is_mutual_and_is_what_an_operation_could_match(one: Agreement, other: Agreement) -> None:
    shared = one.shared_with(other)
    assert one.overlaps(other) == other.overlaps(one) == (shared is not None)
    if shared is not None:
        for day in {shared.valid_from, shared.valid_to or shared.valid_from}:
            operation = (shared.providers[0], shared.joints[0], shared.payer_routes[0], day)
            assert one.accepts(*operation)
            assert other.accepts(*operation)


def test_r12_agreements_that_meet_at_a_day_share_it() -> None:
    one = agreement(valid_to=date(2020, 12, 31))
    assert one.overlaps(agreement(valid_from=date(2020, 12, 31)))
    assert not one.overlaps(agreement(valid_from=date(2021, 1, 1)))
