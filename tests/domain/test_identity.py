from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from personnummer import personnummer as oracle

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.identity import (
    IdentityDoubt,
    IdentityFault,
    birth_date,
    canonical,
    canonical_of_born,
    masked,
    sex,
)
from kvalitetsapp.domain.words import Sex

TODAY = "2026-11-22"
BIRTHS = st.dates(date(1880, 1, 1), date(2025, 12, 31))
TEST_SERIES = st.integers(980, 999)


def check_digit(nine: str) -> str:
    total = 0
    for place, digit in enumerate(nine):
        product = int(digit) * (2 - place % 2)
        total += product // 10 + product % 10
    return str(-total % 10)


def number(born: date, serial: int, *, coordination: bool = False) -> str:
    day = born.day + (60 if coordination else 0)
    twelve = f"{born.year}{born.month:02d}{day:02d}{serial:03d}"
    return twelve + check_digit(twelve[2:])


VALID = st.builds(number, BIRTHS, TEST_SERIES, coordination=st.booleans())


@given(VALID)
def test_a_valid_number_is_its_own_canonical_form_with_and_without_hyphen(twelve: str) -> None:
    assert canonical(twelve, TODAY) == twelve
    assert canonical(f"{twelve[:8]}-{twelve[8:]}", TODAY) == twelve


@given(BIRTHS, TEST_SERIES, st.booleans())
def test_a_number_tells_birth_date_and_sex_also_for_a_samordningsnummer(
    born: date, serial: int, coordination: bool
) -> None:
    twelve = number(born, serial, coordination=coordination)
    assert birth_date(twelve) == born
    assert sex(twelve) == (Sex.MALE if serial % 2 else Sex.FEMALE)


@given(BIRTHS, TEST_SERIES, st.booleans(), st.integers(0, 120 * 366))
def test_ten_digits_give_the_same_number_as_twelve_on_any_day_of_a_life(
    born: date, serial: int, coordination: bool, days: int
) -> None:
    twelve = number(born, serial, coordination=coordination)
    on = born + timedelta(days=days)
    sign = "+" if on.year - born.year >= 100 else "-"
    assert canonical(f"{twelve[2:8]}{sign}{twelve[8:]}", on.isoformat()) == twelve


@given(VALID, st.integers(2, 11), st.integers(1, 9))
def test_one_changed_digit_is_always_refused(twelve: str, place: int, step: int) -> None:
    changed = twelve[:place] + str((int(twelve[place]) + step) % 10) + twelve[place + 1 :]
    assert isinstance(canonical(changed, TODAY), IdentityFault)


@given(VALID, st.integers(2, 11), st.sampled_from("0123456789"))
def test_what_is_accepted_is_what_the_personnummer_package_accepts(twelve: str, place: int, digit: str) -> None:
    changed = twelve[:place] + digit + twelve[place + 1 :]
    assert (canonical(changed, TODAY) == changed) == oracle.valid(changed)


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖabcdefghijklmnopqrstuvwxyzåäö", min_size=6, max_size=15))
def test_other_letters_and_digits_are_a_reservnummer_in_upper_case(text: str) -> None:
    if not (len(text) == 12 and text.isdigit() and text[:2] in {"18", "19", "20"}):
        assert canonical(text, TODAY) == text.upper()
        assert birth_date(text.upper()) is None
        assert sex(text.upper()) is None


@pytest.mark.parametrize(
    ("delivered", "on", "expected"),
    [
        ("220117+9955", "2022-01-24", "192201179955"),
        ("220117-9955", "2021-12-31", "192201179955"),
        ("22561202O0A0", TODAY, "22561202O0A0"),
        ("990000000021", TODAY, "990000000021"),
        ("22561202o0a0", TODAY, "22561202O0A0"),
    ],
)
def test_the_century_follows_the_date_of_the_row(delivered: str, on: str, expected: str) -> None:
    assert canonical(delivered, on) == expected


def test_a_known_birth_date_tells_the_century_whatever_the_sign_was_on_the_day_of_export() -> None:
    assert canonical_of_born("200626-9804", "1920-06-26", TODAY) == IdentityFault.CHECK_DIGIT
    assert canonical_of_born("200626+9803", "1920-06-26", "2019-01-01") == "192006269803"
    assert canonical_of_born("200626-9803", "1920-06-26", TODAY) == "192006269803"
    assert canonical_of_born("200626+9803", "1956-01-01", TODAY) == "192006269803"


@pytest.mark.parametrize(
    ("delivered", "expected"),
    [
        ("1,97E+11", IdentityFault.SCIENTIFIC),
        ("1.97E+11", IdentityFault.SCIENTIFIC),
        ("1,96812099874E+11", IdentityFault.SCIENTIFIC),
        ("2e+11", IdentityFault.SCIENTIFIC),
        ("196812099874.0", IdentityFault.DECIMALS),
        ("196812099874,00", IdentityFault.DECIMALS),
        ("6812099874.0", IdentityFault.DECIMALS),
        ("197000000000", IdentityFault.ROUNDED),
        ("196812100000", IdentityFault.ROUNDED),
        ("196812099000", IdentityFault.ROUNDED),
        ("196 812 099 874", IdentityFault.BROKEN_UP),
        ("196.812.099.874", IdentityFault.BROKEN_UP),
        ("681209\u20139874", IdentityFault.BROKEN_UP),
        ("'196812099874", IdentityFault.QUOTED),
        ("’681209-9874", IdentityFault.QUOTED),
        ("############", IdentityFault.NOT_SHOWN),
        ("#VÄRDE!", IdentityFault.NOT_SHOWN),
        ("196812099874.5", IdentityFault.BROKEN_UP),
        ("19681209-9000", IdentityFault.CHECK_DIGIT),
        ("681209.987A", IdentityFault.DAMAGED),
        ("194713329806", IdentityFault.DATE),
        ("501071-9847", IdentityFault.CHECK_DIGIT),
        ("501331-9846", IdentityFault.DATE),
        ("200002609808", IdentityFault.DATE),
        ("195503059905", IdentityFault.CHECK_DIGIT),
        ("12345", IdentityFault.DAMAGED),
        ("1234567890123456", IdentityFault.DAMAGED),
        ("19800101 9876", IdentityFault.BROKEN_UP),
        ("١٩٨٠٠١٠١٩٨٧٦", IdentityFault.DAMAGED),
    ],
)
def test_a_damaged_number_is_refused_and_never_repaired(delivered: str, expected: IdentityFault) -> None:
    assert canonical(delivered, TODAY) == expected


@given(VALID)
def test_what_a_spreadsheet_makes_of_a_number_is_never_taken_for_a_number(twelve: str) -> None:
    whole = int(twelve)
    digits = f"{whole:.5E}"
    for text in (digits, digits.replace(".", ","), f"{whole:.2E}", f"{whole:.0E}"):
        assert canonical(text, TODAY) is IdentityFault.SCIENTIFIC
    assert canonical(f"{whole}.0", TODAY) is IdentityFault.DECIMALS
    for mark in (" ", "\u00a0", "\u202f", "."):
        assert canonical(f"{whole:,}".replace(",", mark), TODAY) is IdentityFault.BROKEN_UP
    for mark in ("'", "’"):
        assert canonical(mark + twelve, TODAY) is IdentityFault.QUOTED


@given(VALID, st.integers(2, 6))
def test_a_number_rounded_to_few_digits_is_refused_or_told_as_doubtful(twelve: str, kept: int) -> None:
    rounded = f"{round(int(twelve), kept - 11):d}"
    found = canonical(rounded, TODAY)
    if len(rounded) == 12 and rounded[:2] in {"18", "19", "20"}:
        assert found is IdentityFault.ROUNDED or (
            found == rounded and identity.doubt(rounded) is IdentityDoubt.ROUNDED
        )


@given(st.builds(number, st.dates(date(2000, 1, 1), date(2009, 12, 31)), TEST_SERIES))
def test_ten_digits_that_have_lost_their_zeros_are_told_as_such(twelve: str) -> None:
    left = twelve[2:].lstrip("0")
    assert canonical(left, TODAY) == left
    assert identity.doubt(left) is IdentityDoubt.ZEROS


@given(VALID)
def test_a_whole_number_raises_no_doubt_and_ten_bare_digits_do(twelve: str) -> None:
    assert identity.doubt(twelve) is None
    assert identity.doubt(f"{twelve[:8]}-{twelve[8:]}") is None
    assert identity.doubt(twelve[2:]) is IdentityDoubt.SEPARATOR


def test_a_number_from_before_the_year_1800_is_refused() -> None:
    assert canonical("300101+9876", "1929-01-01") == IdentityFault.DATE


def test_a_number_is_shown_without_its_last_four() -> None:
    assert masked("196809099874") == "19680909-••••"
    assert masked("22561202O0A0") == "22••••"


def test_luhn_is_the_published_one() -> None:
    assert identity.luhn_holds("8112189876")
    assert not identity.luhn_holds("8112189875")
