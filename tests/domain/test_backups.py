"""Names, ages and standing of backups."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain.backups import (
    Backup,
    BackupNote,
    Reason,
    State,
    age_in_words,
    is_old,
    name_for,
    newest_good,
)

NOW = datetime(2026, 4, 15, 12, tzinfo=UTC)
NOTE = BackupNote("s", NOW, Reason.TIMED, "1", 9, 1, "x", "y", "t", 1, "h", "m", NOW)


def backup(name: str, age: timedelta, fault: str = "") -> Backup:
    return Backup(name, replace(NOTE, made_at=NOW - age), fault)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 10**9).map(lambda seconds: NOW - timedelta(seconds=seconds, milliseconds=seconds % 999)),
            st.sampled_from(Reason),
        ),
        max_size=30,
    )
)
def test_names_never_collide_and_sort_by_time_then_by_the_order_of_making(made: list[tuple[datetime, Reason]]) -> None:
    made = made + [(moment, Reason.BY_HAND) for moment, _reason in made[:3]]
    names: list[str] = []
    for moment, reason in made:
        names.append(name_for(moment, reason, lambda begins: any(name.startswith(begins) for name in names)))
    assert len(set(names)) == len(names)
    seconds = [moment.replace(microsecond=0) for moment, _reason in made]
    in_order = sorted(range(len(made)), key=lambda n: (seconds[n], n))
    assert sorted(names) == [names[n] for n in in_order]
    assert all(reason.value in name for name, (_moment, reason) in zip(names, made, strict=True))


def test_the_newest_good_one_is_not_damaged_and_not_dated_ahead_where_there_is_another() -> None:
    future, damaged, good = backup("f", timedelta(days=-3)), backup("d", timedelta(0), "x"), backup("g", timedelta(9))
    assert newest_good([future, damaged, good], NOW) == good
    assert newest_good([future, damaged], NOW) == future
    assert newest_good([damaged], NOW) is None


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (timedelta(seconds=59), "nyss"),
        (timedelta(minutes=1), "1 minut sedan"),
        (timedelta(minutes=59, seconds=59), "59 minuter sedan"),
        (timedelta(hours=1), "1 timme sedan"),
        (timedelta(hours=23, minutes=59), "23 timmar sedan"),
        (timedelta(days=2), "2 dygn sedan"),
        (timedelta(seconds=-61), "daterad i framtiden"),
    ],
)
def test_the_age_is_said_as_people_say_it(age: timedelta, said: str) -> None:
    assert age_in_words(NOW - age, NOW) == said


def test_the_user_is_warned_only_when_something_changed_and_the_newest_is_more_than_two_days_old() -> None:
    old, new = (
        replace(NOTE, made_at=NOW - timedelta(days=2, seconds=1)),
        replace(NOTE, made_at=NOW - timedelta(days=2)),
    )
    assert is_old(old, NOW, changed=True)
    assert is_old(None, NOW, changed=True)
    assert not is_old(new, NOW, changed=True)
    assert not is_old(old, NOW, changed=False)


def test_a_backup_is_good_for_thirty_days_after_somebody_has_read_all_of_it() -> None:
    one = backup("g", timedelta(days=90))
    assert one.state(NOW) is State.GOOD
    assert one.state(NOW + timedelta(days=31)) is State.UNCHECKED
    assert replace(one, fault="x").state(NOW) is State.DAMAGED
