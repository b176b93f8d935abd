"""Thinning of backups: whatever the history and however the clock went, what must be kept is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain.backup_thinning import Aged, to_take_away

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOW = datetime(2026, 4, 15, 12, tzinfo=UTC)
MOMENTS = st.one_of(
    st.integers(0, 60 * 24 * 4),  # minutes: close together, around now
    st.integers(0, 60 * 24 * 900),
    st.integers(-60 * 24 * 900, 0),  # dated after now
).map(lambda minutes: NOW - timedelta(minutes=minutes))


@st.composite
def histories(draw: st.DrawFn) -> list[Aged]:
    """Return backups made at any moments, some damaged, whose traces grow in an order that no clock tells."""
    moments = draw(st.lists(MOMENTS, max_size=40))
    good = draw(st.lists(st.booleans(), min_size=len(moments), max_size=len(moments)))
    return [Aged(f"{at:%Y%m%d%H%M}-{n:02}", at, good[n], entry=n) for n, at in enumerate(moments)]


def kept(found: list[Aged], now: datetime = NOW) -> list[Aged]:
    away = to_take_away(found, now, STOCKHOLM)
    return [one for one in found if one.name not in away]


@given(histories())
def test_the_newest_good_one_is_never_taken_away_by_the_clock_nor_by_the_trace(found: list[Aged]) -> None:
    left = kept(found)
    good = [one for one in found if one.good]
    if good:
        assert max(good, key=lambda one: (one.made_at, one.name)) in left
        assert max(good, key=lambda one: one.entry) in left
    else:
        assert left == found


@given(histories())
def test_everything_younger_than_two_days_and_everything_dated_ahead_stays(found: list[Aged]) -> None:
    left = kept(found)
    assert all(one in left for one in found if one.made_at > NOW - timedelta(days=2))


@given(histories())
def test_thinning_twice_is_thinning_once(found: list[Aged]) -> None:
    once = kept(found)
    assert kept(once) == once


@given(histories())
def test_the_newest_of_each_period_is_kept(found: list[Aged]) -> None:
    left = kept(found)
    settled = [one for one in found if one.good and one.made_at <= NOW]
    for periods, count in ((_day, 14), (_week, 8), (_month, 24)):
        newest: dict[object, Aged] = {}
        for one in sorted(settled, key=lambda one: (one.made_at, one.name)):
            newest[periods(one)] = one
        for key in sorted(newest, reverse=True)[:count]:  # type: ignore[type-var]
            assert newest[key] in left


@given(histories(), st.integers(0, 400))
def test_no_more_is_kept_than_the_periods_ask_for(found: list[Aged], quiet_days: int) -> None:
    now = NOW + timedelta(days=900 + quiet_days)  # all are settled and old by then
    left = kept(found, now)
    days = sorted({_day(one) for one in found if one.good})[-2:]
    of_two_days = [one for one in found if one.good and _day(one) in days]
    assert len(left) <= len(of_two_days) + 14 + 8 + 24 + 1 or not any(one.good for one in found)


@given(histories(), st.sampled_from([timedelta(days=-730), timedelta(days=730)]))
def test_one_backup_by_a_clock_that_is_years_off_spends_one_period_of_each_kind_and_no_more(
    found: list[Aged], off: timedelta
) -> None:
    """What would be kept with the clock right, and is not, is at most the oldest of each kind."""
    found = [one for one in found if one.good and NOW - timedelta(days=2) < one.made_at <= NOW]
    wrong = NOW + off
    left = kept([*found, Aged("wrong", wrong, good=True, entry=99)], max(wrong, NOW))
    days = sorted({_day(one) for one in found})
    assert all(one in left for one in found if _day(one) in days[-1:])
    for day in days:
        assert max((one for one in found if _day(one) == day), key=lambda one: (one.made_at, one.name)) in left


@pytest.mark.parametrize("moment", ["2026-03-28T23:30:00+00:00", "2026-10-24T22:30:00+00:00"])
def test_days_are_those_of_the_wall_also_when_summer_time_begins_or_ends(moment: str) -> None:
    """Just after midnight in Sweden belongs to the new day, whose newest it is not."""
    midnight = datetime.fromisoformat(moment)
    later = midnight + timedelta(hours=20)
    before = midnight - timedelta(hours=2)
    found = [Aged(name, at, good=True) for name, at in (("a", before), ("b", midnight), ("c", later))]
    recent = [Aged(f"r{n}", NOW + timedelta(days=300 + n), good=True) for n in range(3)]
    away = to_take_away([*found, *recent], NOW + timedelta(days=310), STOCKHOLM)
    assert away == {"b"}


def test_damaged_ones_stand_for_no_day_and_go_when_they_are_old() -> None:
    day = NOW - timedelta(days=10)
    found = [
        Aged("good", day, good=True),
        Aged("damaged", day + timedelta(hours=1), good=False),
        Aged("now", NOW, good=True),
    ]
    assert to_take_away(found, NOW, STOCKHOLM) == {"damaged"}


def test_a_year_of_half_hours_is_thinned_to_days_weeks_and_months() -> None:
    found = [Aged(f"{n:05}", NOW - timedelta(minutes=30 * n), good=True) for n in range(2 * 24 * 365)]
    left = kept(found)
    assert 96 <= sum(one.made_at > NOW - timedelta(days=2) for one in left) <= 97
    assert len({_day(one) for one in left}) == 14 + 6 + 11  # days, then weeks and months before those
    assert len(left) < 160


def _day(one: Aged) -> tuple[int, ...]:
    day = one.made_at.astimezone(STOCKHOLM).date()
    return day.year, day.month, day.day


def _week(one: Aged) -> tuple[int, ...]:
    return one.made_at.astimezone(STOCKHOLM).date().isocalendar()[:2]


def _month(one: Aged) -> tuple[int, ...]:
    return _day(one)[:2]
