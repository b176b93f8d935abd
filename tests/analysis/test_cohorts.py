"""The keys of the summaries."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from kvalitetsapp.analysis import cohorts
from support.made_frames import operation, operations, persons


@pytest.mark.parametrize(
    ("born", "operated", "expected"),
    [
        (date(1960, 2, 29), date(2015, 2, 28), "<55"),  # a year older from 1 March
        (date(1960, 2, 29), date(2015, 3, 1), "55-64"),
        (date(1952, 2, 29), date(2016, 2, 28), "55-64"),
        (date(1951, 2, 28), date(2016, 2, 28), "65-74"),
        (date(1960, 6, 15), date(2015, 6, 14), "<55"),
        (date(1960, 6, 15), date(2015, 6, 15), "55-64"),
        (date(1940, 12, 31), date(2015, 12, 30), "65-74"),
        (date(1940, 12, 31), date(2015, 12, 31), "75-84"),
        (date(1930, 1, 1), date(2014, 12, 31), "75-84"),
        (date(1930, 1, 1), date(2015, 1, 1), "85+"),
        (date(1919, 5, 5), date(2020, 1, 1), "85+"),
    ],
)
def test_r9_the_age_group_is_the_one_on_the_day_of_the_operation(born: date, operated: date, expected: str) -> None:
    made = operations(operation(operated_on=operated))
    assert list(cohorts.age_group(made, persons({"birth_date": born}))) == [expected]


def test_r9_a_person_without_row_sex_or_birth_date_has_empty_keys() -> None:
    made = operations(operation(), operation(), operation(person=77))
    people = persons({"sex": "female"}, {"birth_date": "1950-01-01"})
    keys = cohorts.operation_keys(made, people, ["sex", "age_group"])
    assert list(cohorts.sex(made, people)) == ["female", "", ""]
    assert keys.to_numpy().tolist() == [["female", ""], ["", "65-74"], ["", ""]]


def test_r9_groups_are_sorted_by_code_point_and_ages_in_age_order() -> None:
    keys = pd.DataFrame(
        {
            "provider_id": ["ö", "P2", "P10", "Z", "a", "P2"],
            "age_group": ["85+", "<55", "", "55-64", "65-74", ""],
            "year": [2020, 2019, 2021, 2020, 2020, 2019],
        }
    )
    by_unit = cohorts.group(keys[["provider_id"]])
    assert list(by_unit.keys["provider_id"]) == ["P10", "P2", "Z", "a", "ö"]
    assert list(by_unit.of_row) == [4, 1, 0, 2, 3, 1]
    assert list(cohorts.group(keys[["age_group"]]).keys["age_group"]) == ["", "<55", "55-64", "65-74", "85+"]
    both = cohorts.group(keys[["year", "age_group"]])
    assert both.keys.to_numpy().tolist() == [
        [2019, ""],
        [2019, "<55"],
        [2020, "55-64"],
        [2020, "65-74"],
        [2020, "85+"],
        [2021, ""],
    ]


def test_r9_without_keys_everything_is_one_group_and_so_is_nothing() -> None:
    assert list(cohorts.group(pd.DataFrame(index=range(3))).count()) == [3]
    assert list(cohorts.group(pd.DataFrame(index=range(0))).count()) == [0]
    assert list(cohorts.group(pd.DataFrame({"joint": []}, dtype=object)).count()) == []


def test_r9_text_and_category_columns_give_the_same_groups() -> None:
    text = pd.DataFrame({"joint": ["knee", "", "hip", "knee"]}, dtype=object)
    category = text.astype(pd.CategoricalDtype(["knee", "shoulder", "hip", ""]))
    for one, other in ((text, category), (text.astype("str"), category)):
        pd.testing.assert_frame_equal(cohorts.group(one).keys, cohorts.group(other).keys)
        assert list(cohorts.group(one).of_row) == list(cohorts.group(other).of_row) == [2, 0, 1, 2]
