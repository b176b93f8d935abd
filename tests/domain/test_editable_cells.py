"""Texts in the tables that people keep themselves: read into values, written back the same, or told why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain.editable_cells import read_cell, read_row, write_cell, write_row
from kvalitetsapp.domain.editable_table import EDITABLE, CellKind, longest_prefix
from kvalitetsapp.domain.field_fault import FieldFault

if TYPE_CHECKING:
    from decimal import Decimal

CAPACITIES = EDITABLE["capacities"]
TARGETS = EDITABLE["targets"]
PRICE = CAPACITIES.column("price")
FREE = CAPACITIES.column("free_per_week")
AT_LEAST = TARGETS.column("at_least")
CAPACITY = {"provider_id": "P01", "area": "Höftprotes", "operations_per_week": "12,5", "price": "71 500"}


@given(st.integers(0, 10**12))
def test_an_amount_that_is_written_is_read_back_exactly(ore: int) -> None:
    assert read_cell(PRICE, write_cell(PRICE, ore)) == ore


@given(st.decimals(-999_999_999, 999_999_999, places=6) | st.decimals(-2000, 2000, places=3))
def test_a_number_that_is_written_is_read_back_exactly_and_never_as_thousands(told: Decimal) -> None:
    value = float(told)
    assert read_cell(AT_LEAST, write_cell(AT_LEAST, value)) == value


@given(st.text("0123456789 ,.-\u2212%eE+\u00a0NaInf"))
def test_nothing_is_read_as_anything_but_a_finite_number_or_a_fault(text: str) -> None:
    read = read_cell(FREE, text)
    assert read is None or isinstance(read, FieldFault) or (isinstance(read, float) and 0 <= read < 10**9)


@pytest.mark.parametrize(
    ("text", "value"),
    [("95 %", 0.95), ("0,95", 0.95), ("12.5", 12.5), ("1 234", 1234.0), ("-0,5", -0.5), ("0,125", 0.125)],
)
def test_a_number_takes_comma_point_or_percent(text: str, value: float) -> None:
    assert read_cell(AT_LEAST, text) == value


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        ("targets", "at_least", "1.234"),
        ("targets", "quality_area", "annat"),
        ("targets", "target_id", ""),
        ("targets", "name", "Operera 19121212-1212"),
        ("targets", "name", "Operera P-0123-4567"),
        ("targets", "name", "=SUMMA(A1)"),
        ("targets", "name", "två\nrader"),
        ("capacities", "price", "1.234"),
        ("capacities", "price", "-5"),
        ("capacities", "free_per_week", "-1"),
        ("operating_times", "minutes", "0"),
        ("operating_times", "minutes", "90,5"),
        ("operating_times", "verified", "kanske"),
        ("distances", "municipality", "Göteborg"),
    ],
)
def test_what_cannot_stand_in_a_cell_is_told_at_its_column(table: str, column: str, text: str) -> None:
    read = read_cell(EDITABLE[table].column(column), text)
    assert isinstance(read, FieldFault)
    assert read.field == column
    assert read.message.endswith(".")


def test_a_row_is_read_whole_and_written_back_the_same() -> None:
    row = read_row(CAPACITIES, CAPACITY)
    assert isinstance(row, dict)
    assert (row["operations_per_week"], row["price"], row["waiting_days"], row["note"]) == (12.5, 7_150_000, None, "")
    assert read_row(CAPACITIES, write_row(CAPACITIES, row)) == row


def test_everything_wrong_with_a_row_is_told_at_once() -> None:
    faults = read_row(CAPACITIES, {"provider_id": "", "price": "dyrt", "kö": "1"})
    assert isinstance(faults, tuple)
    assert {fault.field for fault in faults} == {"provider_id", "area", "price", "kö"}


def test_a_target_wants_no_more_than_it_allows() -> None:
    faults = read_row(
        TARGETS, {"target_id": "a", "quality_area": "prom", "name": "b", "at_least": "0,9", "at_most": "0,5"}
    )
    assert isinstance(faults, tuple)
    assert [fault.field for fault in faults] == ["at_most"]


def test_codes_are_written_one_way_and_ja_is_yes() -> None:
    row = read_row(EDITABLE["procedure_areas"], {"code": " nfb 29", "area": "Höftprotes", "highly_specialised": "Ja"})
    assert isinstance(row, dict)
    assert (row["code"], row["highly_specialised"]) == ("NFB29", "yes")


def test_a_letter_with_its_mark_beside_it_is_the_same_letter() -> None:
    area = CAPACITIES.column("area")
    assert read_cell(area, "Ho\u0308ft") == read_cell(area, "H\u00f6ft") == "H\u00f6ft"


def test_the_longest_prefix_wins() -> None:
    assert longest_prefix("NFB29", {"N", "NFB", "NFB3"}) == "NFB"
    assert longest_prefix("NFB29", {"NGB"}) is None
    assert longest_prefix("", {"N"}) is None


def test_keys_are_texts_and_the_key_tells_rows_apart() -> None:
    for table in EDITABLE.values():
        for name in table.key:
            assert table.column(name).required
            assert table.column(name).kind not in {CellKind.INTEGER, CellKind.NUMBER, CellKind.MONEY}
