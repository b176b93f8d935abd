"""What care cost before and after an index date: which days, which episodes, who is left out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kvalitetsapp.analysis import before_after, frames
from support import made_frames

INDEX = date(2021, 6, 1)


def day(offset: int) -> str:
    return (INDEX + timedelta(days=offset)).isoformat()


def cohort(*rows: tuple[int, int]) -> pd.DataFrame:
    """A cohort of persons with index dates so many days after the usual one."""
    columns: dict[str, list[object]] = {"person": [row[0] for row in rows], "episode": [None] * len(rows)}
    return frames.frame(before_after.COHORT, columns | {"index_date": [day(row[1]) for row in rows]})


def stay(person: int, offset: int, **told: object) -> dict[str, Any]:
    usual = {"person": person, "admitted": day(offset), "discharged": day(offset), "care_form": "outpatient"}
    return usual | {"cost": 100_00, "price": None} | told


def compared(
    members: pd.DataFrame,
    *stays: dict[str, Any],
    persons: pd.DataFrame | None = None,
    days: int = 90,
    **told: Any,  # noqa: ANN401 - passed on
) -> pd.Series[Any]:
    """The comparison, with a stay of nobody long before and one long after so that no data are cut."""
    rows = [stay(99, -2000), *stays, stay(99, 2000)]
    columns = {
        name: [row.get(name, n if name == "episode" else "") for n, row in enumerate(rows)] for name in frames.EPISODES
    }
    for name in frames.EPISODES:
        if frames.EPISODES[name] == "nullable":
            columns[name] = [row.get(name) for row in rows]
    episodes = frames.frame(frames.EPISODES, columns)
    episodes["price"] = pd.array([row["price"] for row in rows], dtype="Int64")
    known = made_frames.persons({}, {}, {}) if persons is None else persons
    return before_after.compare(members, episodes, known, days=days, **told).iloc[0]


@pytest.mark.parametrize(
    ("offset", "before", "after"), [(-91, 0, 0), (-90, 1, 0), (-1, 1, 0), (0, 0, 1), (89, 0, 1), (90, 0, 0)]
)
def test_there_are_as_many_days_before_as_from_the_index_date_on(offset: int, before: int, after: int) -> None:
    row = compared(cohort((0, 0)), stay(0, offset))
    assert (row["cost_before"], row["cost_after"]) == (before * 100_00, after * 100_00)
    assert (row["visits_before"], row["visits_after"]) == (before, after)


def test_a_stay_belongs_whole_to_the_day_it_began_and_has_at_least_a_day() -> None:
    long = stay(0, -2, discharged=day(8), care_form="inpatient")
    row = compared(cohort((0, 0)), long, stay(0, 3, care_form="inpatient"))
    assert (row["inpatient_days_before"], row["inpatient_days_after"], row["cost_before"]) == (10, 1, 100_00)


def test_the_charge_stands_in_for_a_cost_that_is_not_known_and_neither_is_told() -> None:
    row = compared(cohort((0, 0)), stay(0, 1, price=7), stay(0, 2, cost=None, price=60_000_00), stay(0, 3, cost=None))
    assert (row["cost_after"], row["missing_cost"]) == (60_100_00, 1)


def test_r14_a_cost_entered_by_hand_counts_after_kpp_and_before_the_charge_and_drg_not_at_all() -> None:
    by_hand = {"manual_cost": 50_00, "price": 7}
    drg = {"cost": None, "drg_weight": 1_0000, "drg_price": 60_000_00}
    row = compared(cohort((0, 0)), stay(0, 1, **by_hand), stay(0, 2, cost=None, **by_hand), stay(0, 3, **drg))
    assert (row["cost_after"], row["missing_cost"]) == (150_00, 1)


def test_the_first_of_several_dates_of_a_person_counts() -> None:
    row = compared(cohort((0, 500), (0, 0), (1, 3)), stay(0, 1), stay(0, 501), stay(1, -1))
    assert (row["persons"], row["cost_before"], row["cost_after"]) == (2, 100_00, 100_00)


def test_the_index_episode_can_be_left_out() -> None:
    members = cohort((0, 0)).assign(episode=1)
    stays = (stay(0, 0), stay(0, 0, cost=5_00))
    assert compared(members, *stays)["cost_after"] == 105_00
    assert compared(members, *stays, with_index=False)["cost_after"] == 5_00


def test_who_cannot_be_followed_the_whole_time_is_left_out_for_one_reason() -> None:
    persons = made_frames.persons(
        {"death_date": day(89), "moved_out": day(5)}, {"moved_out": day(89)}, {"death_date": day(90)}
    )
    row = compared(cohort((0, 0), (1, 0), (2, 0)), stay(0, 1), stay(1, 1), stay(2, 1), persons=persons)
    assert (row["persons"], row["left_out_dead"], row["left_out_moved"], row["cost_after"]) == (1, 1, 1, 100_00)


@pytest.mark.parametrize(("offset", "early", "late"), [(-1911, 1, 0), (-1910, 0, 0), (1911, 0, 0), (1912, 0, 1)])
def test_the_data_must_reach_over_all_the_days(offset: int, early: int, late: int) -> None:
    row = compared(cohort((0, offset)))
    assert (row["left_out_early"], row["left_out_late"], row["persons"]) == (early, late, 1 - early - late)


def test_nobody_has_no_figures() -> None:
    row = compared(cohort())
    assert (row["persons"], row["cost_before"]) == (0, 0)
    assert row[["mean_before", "median_after", "difference", "difference_low"]].isna().all()


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)), min_size=1, max_size=9))
def test_the_means_are_those_of_the_sums(costs: list[tuple[int, int]]) -> None:
    stays = [
        stay(person, offset, cost=cost)
        for person, pair in enumerate(costs)
        for offset, cost in zip((-5, 5), pair, strict=True)
    ]
    persons = made_frames.persons(*[{}] * len(costs))
    row = compared(cohort(*((person, 0) for person in range(len(costs)))), *stays, persons=persons)
    n = len(costs)
    assert (row["persons"], row["cost_before"]) == (n, sum(before for before, _after in costs))
    assert abs(row["difference"] * n - (row["cost_after"] - row["cost_before"])) <= n / 2
    assert abs(row["median_before"] - np.median([before for before, _after in costs])) <= 0.5


def test_the_interval_of_the_difference_is_the_paired_one_that_scipy_draws() -> None:
    random = np.random.default_rng(4)
    before = random.lognormal(13, 1, 40).astype(np.int64)
    after = (before * random.uniform(0.2, 1.1, 40)).astype(np.int64)
    stays = [stay(n, -5, cost=int(before[n])) for n in range(40)] + [stay(n, 5, cost=int(after[n])) for n in range(40)]
    row = compared(cohort(*((n, 0) for n in range(40))), *stays, persons=made_frames.persons(*[{}] * 40))
    drawn = stats.bootstrap((after - before,), np.mean, n_resamples=20_000, method="percentile", rng=1)
    spread = float(np.std(drawn.bootstrap_distribution))
    assert row["difference_low"] == pytest.approx(drawn.confidence_interval.low, abs=0.25 * spread)
    assert row["difference_high"] == pytest.approx(drawn.confidence_interval.high, abs=0.25 * spread)
