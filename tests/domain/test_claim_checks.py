"""What is typed of a claim is held against its rules before it is saved."""

from __future__ import annotations

import pytest

from kvalitetsapp.domain import reasons
from kvalitetsapp.domain.claim_checks import wrong_with_amount, wrong_with_reason

MOST = 150_000_00


@pytest.mark.parametrize("text", ["0", "150000", "150 000,00", "149999,99"])
def test_an_amount_from_nothing_to_the_most_is_taken(text: str) -> None:
    assert wrong_with_amount(text, MOST) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Inget belopp"),
        ("allt", "Inget belopp"),
        ("1.234", "på två sätt"),
        ("-5", "mellan 0 kr och 150\u00a0000,00\u00a0kr"),
        ("150000,01", "mellan 0 kr och 150\u00a0000,00\u00a0kr"),
        ("9" * 15, "mellan 0 kr och 150\u00a0000,00\u00a0kr"),
    ],
)
def test_any_other_amount_is_told_why_not(text: str, said: str) -> None:
    assert said in wrong_with_amount(text, MOST)


def test_a_reason_is_asked_for_where_it_is_needed_and_never_names_a_patient() -> None:
    assert wrong_with_reason("  ") == "Skriv varför. Skälet sparas i kravets historik."
    assert wrong_with_reason("", required=False) == ""
    assert wrong_with_reason("a" * reasons.LONGEST) == ""
    assert "högst 1000 tecken" in wrong_with_reason("a" * (reasons.LONGEST + 1))
    assert wrong_with_reason("se 19681209-9874", required=False) == "Skälet innehåller ett personnummer. Ta bort det."
