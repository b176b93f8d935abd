"""Columns as numbers: the calendar, and where keys stand."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.analysis import columns

DAYS = st.lists(st.none() | st.dates(date(1800, 1, 1), date(2199, 12, 31)), max_size=30)


@given(DAYS, st.sampled_from(["datetime64[s]", "datetime64[D]", "datetime64[ns]"]))
def test_days_are_numbered_from_1970_and_written_as_the_calendar_has_them(days: list[date | None], unit: str) -> None:
    given = pd.Series(np.array(days, dtype="datetime64[D]").astype(unit))
    numbers = columns.day_numbers(given)
    epoch = date(1970, 1, 1)
    assert numbers.tolist() == [columns.NO_DAY if day is None else (day - epoch).days for day in days]
    assert columns.calendar(numbers).tolist() == [0 if day is None else int(f"{day:%Y%m%d}") for day in days]
    assert columns.calendar_years(numbers).tolist() == [0 if day is None else day.year for day in days]


def test_the_calendar_of_days_close_together_and_of_days_far_apart_is_the_same() -> None:
    close = np.array([(date(1969, 2, 27) + timedelta(days=place)).toordinal() for place in range(2_000)])
    numbers = np.append(close - date(1970, 1, 1).toordinal(), columns.NO_DAY)
    each = [columns.calendar(numbers[place : place + 1])[0] for place in range(len(numbers))]
    assert columns.calendar(numbers).tolist() == each


@pytest.mark.parametrize(
    "keys",
    [[4, 5, 6, 7], [6, 4, 7, 5], [4, 6, 9], [-3, 1_000_000_000, 5], []],
    ids=["row", "mixed", "gaps", "far", "0"],
)
def test_wanted_keys_stand_where_they_stand_and_others_nowhere(keys: list[int]) -> None:
    wanted = [-1, 3, 4, 5, 6, 7, 8, 9, 1_000_000_000, *reversed(keys)]
    found = columns.places(np.array(keys, dtype=np.int64), np.array(wanted))
    assert found.tolist() == [keys.index(one) if one in keys else -1 for one in wanted]
