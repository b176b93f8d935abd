"""Amounts and numbers as people in Sweden write them; Babel is the oracle."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from babel.numbers import format_currency, format_decimal
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp import settings, texts
from kvalitetsapp.domain import words
from support.told_words import VOCABULARIES

if TYPE_CHECKING:
    from pathlib import Path


def as_ours(text: str) -> str:
    """Babel's minus depends on the pattern; ours is always U+2212."""
    return text.replace("-", texts.MINUS)


@given(st.integers(-(10**15), 10**15))
def test_kronor_are_written_as_babel_writes_them(ore: int) -> None:
    expected = format_currency(Decimal(ore) / 100, "SEK", locale="sv_SE")
    assert texts.kronor(ore) == as_ours(expected)


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_are_written_as_babel_writes_them(value: int) -> None:
    assert texts.number(value) == as_ours(format_decimal(value, locale="sv_SE"))


@given(st.decimals(-1_000_000, 1_000_000, places=2))
def test_decimals_are_written_as_babel_writes_them(value: Decimal) -> None:
    expected = format_decimal(abs(value) if value == 0 else value, "#,##0.00", "sv_SE")
    assert texts.decimal(float(value), 2) == as_ours(expected)


@pytest.mark.parametrize(("ore", "text"), [(149, "1 kr"), (150, "2 kr"), (-150, "−2 kr"), (0, "0 kr"), (None, "–")])
def test_rounded_kronor_round_halves_away_from_zero(ore: int | None, text: str) -> None:
    assert texts.kronor_rounded(ore) == text.replace(" ", texts.NO_BREAK_SPACE)


def test_nothing_known_is_a_dash() -> None:
    assert (texts.kronor(None), texts.percent(None)) == ("–", "–")


def test_percent_has_one_decimal_unless_told() -> None:
    assert texts.percent(0.0214) == "2,1\u00a0%"
    assert texts.percent(-0.005, 2) == "−0,50\u00a0%"


def test_every_word_of_the_vocabularies_is_swedish_and_none_is_missing() -> None:
    told = [(vocabulary, str(code)) for vocabulary, codes in VOCABULARIES.items() for code in codes]
    as_they_are = [code for vocabulary, code in told if words.word(vocabulary, code) == code]
    assert as_they_are == ["camt.054"], "the name of a format has no other word"


def test_a_catalogue_in_another_language_is_used_when_installed(tmp_path: Path) -> None:
    texts.install("en", settings.resources_dir() / "i18n")
    assert texts._("Åtgärd") == "Åtgärd", "no English catalogue yet: the Swedish source stands"
    assert tmp_path.exists()
