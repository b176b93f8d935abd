"""Pairs of numbers that are likely one person: why each is found, and what is not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.analysis import double_persons, frames
from kvalitetsapp.domain import identity

OTHER = "195902189876"


def check_digit(nine: str) -> str:
    return next(str(digit) for digit in range(10) if identity.luhn_holds(f"{nine}{digit}"))


def valid(eleven: str) -> str:
    """Return twelve digits with their check digit."""
    return eleven + check_digit(eleven[2:])


def find(
    numbers: list[dict[str, Any]],
    care: list[tuple[int, str, str]] = (),  # type: ignore[assignment]
    operations: list[tuple[int, str, str]] = (),  # type: ignore[assignment]
    unlinked: list[tuple[int, str, str]] = (),  # type: ignore[assignment]
) -> list[tuple[int, int, str, str]]:
    """Return the pairs among numbers that are known by their place, from 0."""
    usual = {"sex": "", "birth_date": None}
    rows = [usual | {"identity": place, "person": place} | row for place, row in enumerate(numbers)]
    found = double_persons.likely_pairs(
        frames.frame(double_persons.NUMBERS, {name: [row[name] for row in rows] for name in double_persons.NUMBERS}),
        _frame(double_persons.CARE, care),
        _frame(double_persons.OPERATIONS, operations),
        _frame(double_persons.EVENTS, unlinked),
    )
    return [tuple(row) for row in found.itertuples(index=False)]


def _frame(shape: dict[str, str], rows: list[tuple[int, str, str]]) -> Any:  # noqa: ANN401 - a frame
    return frames.frame(shape, {name: [row[place] for row in rows] for place, name in enumerate(shape)})


def test_nobody_is_no_pair() -> None:
    assert find([]) == []
    assert find([{"personal_id": OTHER}]) == []


@pytest.mark.parametrize("bare", ["5902189876", "95902189876"])
def test_a_number_without_century_or_hyphen_is_the_personnummer_with_the_same_digits(bare: str) -> None:
    assert find([{"personal_id": OTHER}, {"personal_id": bare}]) == [(1, 0, "same_digits", "strong")]


def test_a_number_that_lost_its_zeros_is_found_by_them() -> None:
    whole = valid("20000101980")
    assert find([{"personal_id": whole.removeprefix("20").lstrip("0")}, {"personal_id": whole}]) == [
        (0, 1, "same_digits", "strong")
    ]


def test_the_same_ten_digits_in_two_centuries_are_a_pair_and_the_later_cared_for_stays() -> None:
    old, new = valid("19180218987"), valid("20180218987")
    care = [(0, "P01", "2020-01-01"), (1, "P01", "2019-01-01")]
    assert find([{"personal_id": old}, {"personal_id": new}], care) == [(1, 0, "century", "likely")]


def test_one_digit_off_is_found_wherever_it_stands_if_the_number_can_be_a_date() -> None:
    core = OTHER[2:]
    wrong = [
        core[:place] + str((int(core[place]) + step) % 10) + core[place + 1 :]
        for place in range(10)
        for step in range(1, 10)
    ]
    found = find([{"personal_id": OTHER}, *({"personal_id": number} for number in wrong)])
    paired = [(wrong[of - 1], kind) for of, kept, kind, _sureness in found if kept == 0]
    can_be = [number for number in wrong if is_date(int(number[2:4]), int(number[4:6]))]
    assert 40 < len(can_be) < len(wrong)
    assert sorted(paired) == sorted((number, "one_digit") for number in can_be)


def is_date(month: int, day: int) -> bool:
    """Tell whether there may be such a day of birth; that of a samordningsnummer is 60 more."""
    return 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)


@given(st.integers(0, 9), st.integers(1, 9), st.integers(1, 999))
def test_two_valid_numbers_are_never_one_digit_apart(place: int, step: int, serial: int) -> None:
    whole = valid(f"19590218{serial:03d}")
    ten = whole[2:]
    changed = ten[:place] + str((int(ten[place]) + step) % 10) + ten[place + 1 :]
    assert not identity.luhn_holds(changed)


def test_neighbours_that_have_changed_places_are_found() -> None:
    assert find([{"personal_id": OTHER}, {"personal_id": "5902189867"}]) == [(1, 0, "swapped_digits", "likely")]


def test_zero_and_nine_that_have_changed_places_in_two_valid_numbers_are_a_weak_pair() -> None:
    one = valid("19681209098")
    other = one[:8] + "90" + one[10:]
    assert identity.luhn_holds(other[2:])
    assert [pair[2:] for pair in find([{"personal_id": one}, {"personal_id": other}])] == [("swapped_digits", "weak")]


def test_a_samordningsnummer_is_held_against_the_personnummer_of_the_same_birth_date_and_sex() -> None:
    mine = valid("19680969987")
    same, near, far = valid("19680909987"), valid("19680909985"), valid("19680909145")
    numbers = [{"personal_id": number} for number in (mine, same, near, far)]
    assert {pair[:3] for pair in find(numbers)} == {(0, 1, "coordination"), (0, 2, "coordination")}


def test_a_reservnummer_is_held_against_those_of_its_birth_date_sex_and_unit() -> None:
    reserve = {"personal_id": "22560218Q0A0", "birth_date": "1959-02-18", "sex": "male"}
    assert identity.sex(OTHER) == "male"
    numbers = [reserve, {"personal_id": OTHER}]
    care = [(0, "P01\x1fOrt", "2020-01-01"), (1, "P01\x1fOrt", "2020-01-01")]
    assert find(numbers, care) == [(0, 1, "birth_and_unit", "weak")]
    assert find(numbers, [care[0], (1, "P02\x1fOrt", "2020-01-01")]) == []
    assert find([reserve | {"sex": "female"}, numbers[1]], care) == []
    assert find([reserve | {"birth_date": None}, numbers[1]], care) == []


EVENT, OPERATION = [(0, "hip", "2020-05-01")], [(1, "hip", "2020-01-01")]


def test_an_event_without_an_operation_is_held_against_operations_of_those_born_the_same_day() -> None:
    numbers = [{"personal_id": "22560218Q0A0", "birth_date": "1959-02-18"}, {"personal_id": OTHER}]
    assert find(numbers, [], OPERATION, EVENT) == [(0, 1, "complements", "likely")]
    assert find(numbers, [], OPERATION, [(0, "", "2020-05-01")]) == [(0, 1, "complements", "likely")]
    assert find(numbers, [], OPERATION, [(0, "knee", "2020-05-01")]) == []
    assert find(numbers, [], OPERATION, [(0, "hip", "2019-05-01")]) == [], "the event came first"


def test_two_personnummer_must_share_a_unit_too() -> None:
    numbers = [{"personal_id": valid("19590218145")}, {"personal_id": valid("19590218987")}]
    assert {identity.sex(str(row["personal_id"])) for row in numbers} == {"male"}
    apart = [(0, "P01", "2020-05-01"), (1, "P02", "2020-01-01")]
    assert find(numbers, apart, OPERATION, EVENT) == []
    together = [*apart, (1, "P01", "2020-01-01")]
    assert [pair[2] for pair in find(numbers, together, OPERATION, EVENT)] == ["complements"]


def test_several_reasons_make_one_pair_that_stands_first() -> None:
    reserve = {"personal_id": "22560218Q0A0", "birth_date": "1959-02-18", "sex": "male"}
    weak = {"personal_id": "22560218Q0B0", "birth_date": "1959-02-18", "sex": "male"}
    care = [(place, "P01", "2020-05-01") for place in range(3)]
    found = find([reserve, {"personal_id": OTHER}, weak], care, OPERATION, EVENT)
    assert found == [(0, 1, "birth_and_unit complements", "strong"), (2, 1, "birth_and_unit", "weak")]


def test_numbers_of_one_person_already_are_no_pair() -> None:
    assert find([{"personal_id": OTHER}, {"personal_id": "5902189876", "person": 0}]) == []


def test_a_birth_date_that_everybody_has_says_nothing() -> None:
    reserves = [{"personal_id": f"X{place:07d}", "birth_date": "1959-02-18", "sex": "male"} for place in range(2_001)]
    care = [(place, "P01", "2020-01-01") for place in range(2_002)]
    assert find([*reserves, {"personal_id": OTHER}], care) == []
    assert len(find([*reserves[:5], {"personal_id": OTHER}], care[:6])) == 5


def test_numbers_in_a_series_are_no_pairs_of_each_other() -> None:
    assert find([{"personal_id": f"9901010{place:03d}"} for place in range(100)]) == []
