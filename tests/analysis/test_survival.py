"""R11: the curves against R, scipy and statsmodels, and who is followed until when."""

from __future__ import annotations

import csv
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.analysis import survival
from kvalitetsapp.domain import table
from support.examples import FOLDER
from support.made_frames import OPERATED, link, links, operation, operations, persons

CUT = OPERATED + timedelta(days=1000)
TIED = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 8), st.integers(0, 2)), min_size=1, max_size=60)


def statistics(name: str) -> list[dict[str, str]]:
    with (FOLDER / "statistics" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_r11_kaplan_meier_with_log_log_interval_is_that_of_r() -> None:
    given, wanted = statistics("survival_lung_input.csv"), statistics("survival_lung_expected.csv")
    days = sorted({int(row["time_days"]) for row in wanted})
    columns = (
        [row["group"] for row in given],
        [int(row["time"]) for row in given],
        [int(row["status"]) for row in given],
    )
    found = survival.of_table(*columns, days)
    assert list(found["group"]) == [row["group"] for row in wanted]
    assert list(found["time_days"]) == [int(row["time_days"]) for row in wanted]
    assert list(found["at_risk"]) == [int(row["at_risk"]) for row in wanted]
    for name in ("km", "km_low", "km_high"):
        np.testing.assert_allclose(found[name], [float(row[name]) for row in wanted], rtol=0, atol=1e-8)
    np.testing.assert_allclose(found["cif"], found["km"], rtol=0, atol=1e-12)  # nobody dies of anything else here


def test_r11_kaplan_meier_of_tied_times_is_that_of_scipy() -> None:
    from scipy import stats

    random = np.random.default_rng(11)
    time, status = random.integers(1, 40, 300), random.integers(0, 2, 300)
    data = stats.CensoredData(time[status == 1], right=time[status == 0])
    curve: Any = stats.ecdf(data).sf
    band = curve.confidence_interval(0.95, method="log-log")
    at = np.arange(1, 38)
    found = survival.of_table(["a"] * 300, time.tolist(), status.tolist(), at.tolist())
    np.testing.assert_allclose(1 - found["km"], curve.evaluate(at), rtol=0, atol=1e-12)
    np.testing.assert_allclose(1 - found["km_high"], band.low.evaluate(at), rtol=0, atol=1e-12)
    np.testing.assert_allclose(1 - found["km_low"], band.high.evaluate(at), rtol=0, atol=1e-12)


def test_r11_cumulative_incidence_of_tied_times_is_that_of_statsmodels() -> None:
    from statsmodels.duration.survfunc import CumIncidenceRight

    random = np.random.default_rng(12)
    time, status = random.integers(1, 25, 200), random.integers(0, 3, 200)
    oracle = CumIncidenceRight(time, status)
    found = survival.of_table(["a"] * 200, time.tolist(), status.tolist(), oracle.times.tolist())
    np.testing.assert_allclose(found["cif"], oracle.cinc[0], rtol=0, atol=1e-12)
    assert (found["cif"] <= found["km"] + 1e-12).all()
    assert found["cif"].iloc[-1] < found["km"].iloc[-1]


@given(TIED)
def test_r11_cumulative_incidence_of_every_group_is_that_of_statsmodels(rows: list[tuple[str, int, int]]) -> None:
    from statsmodels.duration.survfunc import CumIncidenceRight

    # statsmodels numbers the causes that there are, and divides by those who are left: each group has some of all
    rows = [*rows, *((group, 9 + (kind == 0), kind) for group, _, _ in rows for kind in (0, 1, 2))]
    days = range(12)
    found = survival.of_table([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows], days)
    for group, mine in found.groupby("group"):
        time, status = np.array([row[1:] for row in rows if row[0] == group]).T
        oracle = CumIncidenceRight(time, status)
        place = np.searchsorted(oracle.times, days, side="right")
        np.testing.assert_allclose(mine["cif"], np.append(0.0, oracle.cinc[0])[place], rtol=0, atol=1e-12)


@given(TIED, st.lists(st.integers(0, 10), min_size=1, max_size=4))
def test_r11_every_row_is_that_of_the_textbook(rows: list[tuple[str, int, int]], at: list[int]) -> None:
    found = survival.of_table([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows], at)
    expected = [
        (group, day, *by_the_book([r[1:] for r in rows if r[0] == group], day)) for group, day in moments(rows, at)
    ]
    names = ["group", "time_days", "operations", "at_risk", "events", "deaths"]
    assert found[names].to_numpy().tolist() == [list(row[:6]) for row in expected]
    np.testing.assert_allclose(found[["km", "cif"]].to_numpy(), [row[6:] for row in expected], rtol=0, atol=1e-12)
    assert (found["km_low"].isna() == (found["km"] == 0) | (found["km"] == 1)).all()


def moments(rows: list[tuple[str, int, int]], at: list[int]) -> list[tuple[str, int]]:
    return [(group, day) for group in sorted({row[0] for row in rows}) for day in sorted(set(at))]


def by_the_book(rows: list[tuple[int, int]], day: int) -> tuple[int, int, int, int, float, float]:
    """Counts, 1 − KM and Aalen–Johansen of one group, a day at a time."""
    free, alive, incidence = 1.0, 1.0, 0.0
    for t in range(day + 1):
        at_risk = sum(time >= t for time, _ in rows)
        events, deaths = (sum(row == (t, kind) for row in rows) for kind in (1, 2))
        if at_risk:
            incidence += alive * events / at_risk
            free *= (at_risk - events) / at_risk
            alive *= (at_risk - events - deaths) / at_risk
    counts = [sum(time <= day and status == kind for time, status in rows) for kind in (1, 2)]
    return len(rows), sum(time >= day for time, _ in rows), counts[0], counts[1], 1 - free, incidence


@pytest.mark.parametrize(
    ("person", "event", "expected"),
    [
        ({}, {}, (1000, 0)),
        ({}, {"days": 1000}, (1000, 1)),  # on the day of the cut
        ({}, {"days": 1001}, (1000, 0)),
        ({}, {"days": 0}, (0, 1)),
        ({}, {"days": -3}, (1000, 0)),  # confirmed to a later operation
        ({}, {"days": 5, "status": "proposed"}, (5, 1)),
        ({}, {"days": 5, "status": "ambiguous"}, (1000, 0)),
        ({}, {"days": 5, "status": "rejected"}, (1000, 0)),
        ({}, {"days": 5, "surgery_level": "reoperation"}, (1000, 0)),
        ({"death": 50}, {"days": 50}, (50, 1)),  # on one day: events, then deaths, then censorings
        ({"death": 50, "moved": 50}, {}, (50, 2)),
        ({"death": 1000}, {}, (1000, 2)),
        ({"death": 1001}, {}, (1000, 0)),
        ({"death": 50}, {"days": 51}, (50, 2)),  # an event after death
        ({"moved": 50}, {"days": 50}, (50, 1)),
        ({"moved": 50}, {"days": 51}, (50, 0)),
        ({"moved": 50, "death": 60}, {}, (50, 0)),
        ({"death": 0}, {}, (0, 2)),
        ({"death": -1, "moved": -1}, {"days": 70}, (70, 1)),  # before the operation: a finding, ignored
    ],
)
def test_r11_follow_up_ends_with_the_first_of_event_death_move_and_cut(
    person: dict[str, int], event: dict[str, Any], expected: tuple[int, int]
) -> None:
    names = {"death": "death_date", "moved": "moved_out"}
    told = {names[name]: OPERATED + timedelta(days=days) for name, days in person.items()}
    made = operations(operation())
    events = links(made, link(0, **event)) if event else links(made)
    _, time, status = survival.follow_up(made, events, persons(told), by=(), as_of=CUT, event="revision")
    assert (time[0], status[0]) == expected


def test_r11_the_first_reoperation_is_not_always_a_revision() -> None:
    made = operations(operation())
    events = links(made, link(0, 90), link(0, 30, surgery_level="reoperation"), link(0, 10, surgery_level="none"))
    days = [
        survival.follow_up(made, events, persons(), by=(), as_of=CUT, event="revision")[1][0],
        survival.follow_up(made, events, persons(), by=(), as_of=CUT, event="reoperation")[1][0],
    ]
    assert days == [90, 30]


def test_r11_operations_after_the_cut_are_not_in_the_cohort() -> None:
    made = operations(operation(operated_on=CUT), operation(operated_on=CUT + timedelta(days=1)))
    found = survival.summary(made, links(made, link(0, 0)), persons(), by=("joint",), at=[0, 5], as_of=CUT)
    assert found[["operations", "at_risk", "events"]].to_numpy().tolist() == [[1, 1, 1], [1, 0, 1]]
    assert found["km"].tolist() == [1.0, 1.0]
    assert found[["km_low", "km_high"]].isna().all(axis=None)


def test_r11_after_the_last_follow_up_the_curves_stay_flat() -> None:
    found = survival.of_table(["a"] * 4, [10, 20, 30, 40], [1, 2, 1, 0], [30, 40, 41, 9999])
    assert found["at_risk"].tolist() == [2, 1, 0, 0]
    assert found["km"].nunique() == 1
    assert found["km"][0] == pytest.approx(1 - 3 / 4 * 1 / 2)
    assert found["cif"].tolist() == pytest.approx([1 / 4 + 1 / 2 * 1 / 2] * 4)


def test_r11_rows_stand_by_key_and_then_by_day_as_a_number() -> None:
    found = survival.of_table(["b", "a"], [3.5, 900], [1, 1], [1000, 90, 365, 90])
    rows = [("a", 90), ("a", 365), ("a", 1000), ("b", 90), ("b", 365), ("b", 1000)]
    assert list(zip(found["group"], found["time_days"], strict=True)) == rows
    assert found["events"].tolist() == [0, 0, 1, 1, 1, 1]


def test_r11_nobody_to_follow_gives_columns_without_rows_or_a_total_without_curves() -> None:
    none = operations()
    found = survival.summary(none, links(none), persons(), by=("joint", "sex"), at=[365], as_of=CUT)
    assert found.empty
    assert list(found.columns) == ["joint", "sex", *(column.name for column in table.SURVIVAL_VALUES)]
    total = survival.summary(none, links(none), persons(), by=(), at=[365], as_of=CUT)
    assert total[["operations", "at_risk", "events", "deaths"]].to_numpy().tolist() == [[0, 0, 0, 0]]
    assert total[["km", "km_low", "km_high", "cif"]].isna().all(axis=None)
    assert survival.of_table([], [], [], [365]).empty
    assert survival.curves(none, links(none), persons(), by=("joint",), as_of=CUT).empty


def test_r11_the_drawn_curve_is_the_tabled_one_at_every_step() -> None:
    random = np.random.default_rng(13)
    made = operations(*[operation(joint=joint) for joint in random.choice(["hip", "knee"], 150)])
    people = [{"death_date": OPERATED + timedelta(days=int(days))} for days in random.integers(1, 3000, 150)]
    events = links(made, *[link(number, int(random.integers(0, 900))) for number in range(0, 150, 3)])
    drawn = survival.curves(made, events, persons(*people), by=("joint",), as_of=CUT)
    first = drawn.drop_duplicates("joint")
    assert first[["time_days", "km", "cif"]].to_numpy().tolist() == [[0, 0.0, 0.0]] * 2
    assert first["at_risk"].sum() == 150
    days = sorted(set(drawn["time_days"]))
    tabled = survival.summary(made, events, persons(*people), by=("joint",), at=days, as_of=CUT)
    names = ["km", "km_low", "km_high", "cif", "at_risk"]
    last = drawn.drop_duplicates(["joint", "time_days"], keep="last")
    same = last.merge(tabled, on=["joint", "time_days"], suffixes=("", "_tabled"))
    assert len(same) == len(last) > 40
    for name in names:
        np.testing.assert_allclose(same[name].to_numpy(dtype=float), same[f"{name}_tabled"].to_numpy(dtype=float))


def test_r11_many_groups_are_told_apart() -> None:
    groups = [f"{number:03d}" for number in range(200) for _ in range(5)]
    time = [float(place % 5 + 1) for place in range(1000)]
    status = [int(place % 1000 // 5 % 2) for place in range(1000)]
    found = survival.of_table(groups, time, status, [3])
    assert found["at_risk"].tolist() == [3] * 200
    assert found["events"].tolist() == [0, 3] * 100
    np.testing.assert_allclose(found["km"], [0.0, 0.6] * 100)
