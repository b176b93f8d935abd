"""TOML as a document: what no document of ours holds is refused where it is read, not where somebody trips over it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kvalitetsapp.exchange.toml_reading import NotTomlError, document

LARGEST = 2**63


def test_whole_numbers_are_those_of_toml() -> None:
    assert document(f"a = {LARGEST - 1}\nb = {-LARGEST}".encode()) == {"a": LARGEST - 1, "b": -LARGEST}


@pytest.mark.parametrize(
    "text", [f"a = {LARGEST}", f"a = [[{-LARGEST - 1}]]", "a.b = 0x" + "f" * 4_000, "a = " + "9" * 5_000]
)
def test_a_number_too_large_to_be_written_out_is_refused(text: str) -> None:
    with pytest.raises(NotTomlError, match="ett tal är för stort"):
        document(text.encode())


def test_a_decimal_with_an_exponent_beyond_all_reason_is_refused() -> None:
    assert document(b"a = 1e9", parse_float=Decimal) == {"a": Decimal("1e9")}
    with pytest.raises(NotTomlError, match="ett tal är för stort"):
        document(b"a = 1e99999999999999999999", parse_float=Decimal)


@pytest.mark.parametrize("text", ["a = " + "[" * 40 + "]" * 40, "a = " + "[" * 9_000, "a" + ".a" * 4_000 + " = 1"])
def test_what_lies_too_deep_to_be_shown_is_refused(text: str) -> None:
    with pytest.raises(NotTomlError, match="för många nivåer"):
        document(text.encode())
