from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.agreement import Agreement, Tariff, Warranty
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.agreement_files import read_agreements
from support.examples import FOLDER
from support.reading import read_file, read_text

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """
[[agreement]]
id = "a"
name = "Höft"
providers = ["P01", "P02"]
joints = ["hip", "knee"]
payer_routes = ["contract"]
valid_from = 2022-01-01
valid_to = 2024-12-31
unit_price = 60000
expected_reoperation_rate = 0.015
cap = 99999.99
cap_scope = "index_operation"
deductible = 2500.50
claim_deadline_days = 365
cost_basis = ["kpp", "tariff"]
verified = true

[[agreement.warranty]]
classes = ["*"]
days = 730

[[agreement.warranty]]
classes = ["infection", "wound"]
days = 1825
onset_within_days = 730

[agreement.tariff]
inpatient_day = 9850.50
outpatient_visit = 3333.35
"""


def test_an_agreement_is_read_to_the_ore(tmp_path: Path) -> None:
    found = read_text(tmp_path, "agreements", GOOD)
    assert found.columns == ("row", "agreement")
    assert found.rows == [
        (
            1,
            Agreement(
                agreement_id="a",
                name="Höft",
                providers=("P01", "P02"),
                joints=("hip", "knee"),
                payer_routes=("contract",),
                valid_from=date(2022, 1, 1),
                valid_to=date(2024, 12, 31),
                cap=9_999_999,
                cap_scope="index_operation",
                deductible=250_050,
                cost_basis=("kpp", "tariff"),
                warranties=(Warranty(("*",), 730, None), Warranty(("infection", "wound"), 1825, 730)),
                tariff=Tariff(985_050, 333_335),
                unit_price=6_000_000,
                expected_reoperation_rate=0.015,
                claim_deadline_days=365,
                verified=True,
            ),
        )
    ]
    assert (found.read, found.findings) == (1, [])


@pytest.mark.parametrize(
    ("old", "new", "column", "code"),
    [
        ('id = "a"', 'id = " "', "id", "missing"),
        ('id = "a"', "id = 1", "id", "not_a_text"),
        ('providers = ["P01", "P02"]', 'providers = "P01"', "providers", "not_a_list"),
        ('providers = ["P01", "P02"]', "providers = []", "providers", "missing"),
        ('joints = ["hip", "knee"]', 'joints = ["hip", "elbow"]', "joints", "not_in_list"),
        ('["contract"]', '["gratis"]', "payer_routes", "not_in_list"),
        ("valid_from = 2022-01-01", 'valid_from = "2022-01-01"', "valid_from", "bad_date"),
        ("valid_from = 2022-01-01", "valid_from = 2022-01-01T00:00:00", "valid_from", "bad_date"),
        ("valid_from = 2022-01-01", "valid_from = 2025-01-01", "valid_to", "ends_before_start"),
        ("cap = 99999.99", "cap = -1", "cap", "negative_amount"),
        ("cap = 99999.99", "cap = 0.001", "cap", "bad_amount"),
        ("cap = 99999.99", "", "cap", "missing"),
        ("cap = 99999.99", "cap = nan", "cap", "bad_amount"),
        ('"index_operation"', '"case"', "cap_scope", "not_in_list"),
        ('["kpp", "tariff"]', '["shared"]', "cost_basis", "not_in_list"),
        ("0.015", "1.5", "expected_reoperation_rate", "bad_share"),
        ("claim_deadline_days = 365", "claim_deadline_days = 0.5", "claim_deadline_days", "bad_days"),
        ("verified = true", 'verified = "ja"', "verified", "not_a_flag"),
        ('classes = ["*"]', 'classes = ["otur"]', "warranty.classes", "not_in_list"),
        ("days = 730", "days = -1", "warranty.days", "bad_days"),
        ("days = 730\n", "", "warranty.days", "missing"),
        ("onset_within_days = 730", "onset_within_days = true", "warranty.onset_within_days", "bad_days"),
        ("inpatient_day = 9850.50", 'inpatient_day = "9850"', "tariff.inpatient_day", "bad_amount"),
    ],
)
def test_an_agreement_that_cannot_be_right_is_rejected_by_place_and_key(
    tmp_path: Path, old: str, new: str, column: str, code: str
) -> None:
    assert old in GOOD
    found = read_text(tmp_path, "agreements", GOOD + GOOD.replace(old, new, 1))
    assert [(each.row, each.column, each.code) for each in found.rejects] == [(2, column, code)]
    assert "{" not in found.rejects[0].reason
    assert [place for place, _agreement in found.rows] == [1]
    assert found.read == 2


def test_an_agreement_without_any_warranty_is_rejected(tmp_path: Path) -> None:
    found = read_text(tmp_path, "agreements", GOOD.split("[[agreement.warranty]]", maxsplit=1)[0])
    assert [(each.row, each.column, each.code) for each in found.rejects] == [(1, "warranty", "missing")]


def test_unknown_keys_are_findings(tmp_path: Path) -> None:
    text = GOOD.replace('id = "a"', 'id = "a"\ntak = 1').replace("days = 730", "days = 730\ndagar = 2", 1)
    found = read_text(tmp_path, "agreements", text)
    assert [(each.row, each.rule, each.column, each.ref) for each in found.findings] == [
        (1, "unknown_key", "tak", "a"),
        (1, "unknown_key", "warranty.dagar", "a"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [("[agreement]\nid = 1\n", "[[agreement]]"), ("", "[[agreement]]"), ("agreement = 1 2", "TOML")],
)
def test_a_file_without_agreements_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_text(tmp_path, "agreements", text)
    assert said in caught.value.message


def test_agreements_take_no_profile(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="profil"):
        read_agreements(tmp_path / "x.toml", has_profile=True)


def test_every_agreement_of_the_examples_is_read() -> None:
    found = read_file("agreements", FOLDER / "county" / "agreements.toml")
    assert [place for place, _agreement in found.rows] == list(range(1, 10))
