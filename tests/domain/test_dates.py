from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain.dates import DateFormat, iso_format, this_moment, to_the_minute

FORMATS = ("%Y-%m-%d", "%Y%m%d", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S")
DAYS = st.dates(date(1000, 1, 1), date(9999, 12, 31))


def form(pattern: str) -> DateFormat:
    found = DateFormat.of(pattern)
    assert found is not None
    return found


@given(DAYS, st.sampled_from(FORMATS))
def test_a_date_written_in_a_format_is_read_back(day: date, pattern: str) -> None:
    assert form(pattern).iso(day.strftime(pattern)) == day.isoformat()


@given(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99))
def test_only_calendar_dates_are_dates(year: int, month: int, day: int) -> None:
    text = f"{year:04d}-{month:02d}-{day:02d}"
    try:
        expected: str | None = date(year, month, day).isoformat()
    except ValueError:
        expected = None
    assert iso_format().iso(text) == expected


@given(st.text("0123456789-/ WTZ", max_size=12))
def test_nothing_but_the_stated_format_is_read(text: str) -> None:
    found = iso_format().iso(text)
    assert found is None or found == text


@pytest.mark.parametrize(
    "text", ["2021-13-01", "2022-00-10", "2019-02-30", "i går", "20210101", "2021-1-5", "٢٠٢١-٠١-٠١"]
)
def test_a_date_that_is_none_is_refused(text: str) -> None:
    assert iso_format().iso(text) is None


@pytest.mark.parametrize(
    "pattern", ["", "%Y%m", "%y%m%d", "%d %b %Y", "%Y%m%d%d", "%Y%m%d%", "ÅÅÅÅ-MM-DD", "%Y%%m%d", "%x"]
)
def test_a_format_without_exactly_year_month_and_day_is_none(pattern: str) -> None:
    assert DateFormat.of(pattern) is None


def test_a_day_is_written_with_all_its_zeros_whatever_the_year_and_a_moment_with_its_time() -> None:
    for day, pattern, written in (
        (date(987, 1, 2), "%Y-%m-%d", "0987-01-02"),
        (date(2024, 2, 29), "%d.%m.%Y %H:%M", "29.02.2024 00:00"),
        (datetime(2024, 2, 29, 8, 5, 9), "%Y%m%d%H%M%S", "20240229080509"),  # noqa: DTZ001 - a workbook tells no zone
    ):
        stated = DateFormat.of(pattern)
        assert stated is not None
        assert stated.text_of(day) == written


def test_a_moment_is_read_to_the_minute_and_one_that_never_came_is_nothing() -> None:
    assert to_the_minute("2024-03-31T08:30:15+02:00") == "2024-03-31 08:30"
    assert to_the_minute("") == ""


def test_what_is_stored_now_is_read_as_the_clock_on_the_wall_shows_it() -> None:
    before = f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"
    read = to_the_minute(this_moment())
    assert before <= read <= f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"
