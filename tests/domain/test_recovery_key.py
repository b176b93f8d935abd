"""The recovery key as it is typed from paper: what is misread is read right, what is mistyped is told of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain import recovery_key
from kvalitetsapp.domain.recovery_key import GROUP_LENGTH, GROUPS, LETTERS
from kvalitetsapp.errors import InputError

KEY = "RPAXV-JH5WQ-QLTQP-3CFV3-QV57C-9KYQ7-MAT2R"  # made by the program, of no store
PLAIN = KEY.replace("-", "")
PLACES = st.integers(0, len(PLAIN) - 1)


def test_a_key_is_at_least_128_random_bits_and_never_the_same() -> None:
    assert len(LETTERS) ** (GROUPS * (GROUP_LENGTH - 1)) > 2**128
    assert len({recovery_key.generated() for _time in range(50)}) == 50


def test_no_letter_is_taken_for_another() -> None:
    assert not set("01IOSZB") & set(LETTERS)
    assert len(set(LETTERS)) == 29


@pytest.mark.parametrize(
    "typed", [KEY, KEY.lower(), PLAIN, KEY.replace("-", " "), KEY.replace("-", "–") + "\n", f" {PLAIN} "]
)
def test_case_and_what_stands_between_groups_do_not_matter(typed: str) -> None:
    assert recovery_key.read(typed) == KEY


def test_letters_that_no_key_has_are_read_as_the_digits_that_they_look_like() -> None:
    assert recovery_key.read(PLAIN.replace("5", "S").replace("2", "z").replace("8", "B")) == KEY


@given(place=PLACES, letter=st.sampled_from(LETTERS))
def test_any_letter_that_is_another_is_noticed_and_its_group_told(place: int, letter: str) -> None:
    typed = PLAIN[:place] + letter + PLAIN[place + 1 :]
    if typed == PLAIN:
        return
    with pytest.raises(InputError, match=f"Grupp {place // GROUP_LENGTH + 1} i"):
        recovery_key.read(typed)


@given(place=st.integers(0, len(PLAIN) - 2))
def test_neighbours_that_have_changed_places_are_noticed(place: int) -> None:
    typed = PLAIN[:place] + PLAIN[place + 1] + PLAIN[place] + PLAIN[place + 2 :]
    if typed == PLAIN:
        return
    with pytest.raises(InputError, match="felskriven"):
        recovery_key.read(typed)


@given(one=st.integers(0, GROUPS - 1), other=st.integers(0, GROUPS - 1))
def test_groups_that_have_changed_places_are_noticed(one: int, other: int) -> None:
    groups = KEY.split("-")
    groups[one], groups[other] = groups[other], groups[one]
    if groups == KEY.split("-"):
        return
    with pytest.raises(InputError, match=r"felskriven|ingen grupp"):
        recovery_key.read("-".join(groups))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "har 35 tecken, men du skrev 0"),
        (PLAIN[:-5], "men du skrev 30"),
        (PLAIN + "2", "men du skrev 36"),
        ("0" + PLAIN[1:], "innehåller aldrig ”0”"),
        ("Å" + PLAIN[1:], "innehåller aldrig ”Å”"),
        ("2" * 35, "Grupp|ingen grupp"),
    ],
)
def test_what_is_no_key_is_refused_with_the_reason(typed: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        recovery_key.read(typed)


@given(typed=st.text(max_size=60))
def test_no_text_makes_it_fail(typed: str) -> None:
    with pytest.raises(InputError):
        recovery_key.read(typed)
