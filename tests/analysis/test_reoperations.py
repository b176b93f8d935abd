"""R9: which operations are followed, and what counts as reoperated."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kvalitetsapp.analysis import proportions, reoperations
from kvalitetsapp.domain import table
from support.made_frames import (
    OPERATED,
    benchmark,
    benchmarks,
    link,
    links,
    operation,
    operations,
    persons,
)

CUT = date(2024, 6, 30)


def summarised(
    made: pd.DataFrame,
    *events: dict[str, Any],
    people: tuple[dict[str, Any], ...] = (),
    published: tuple[dict[str, Any], ...] = (),
    by: tuple[str, ...] = ("joint",),
    within: int = 730,
) -> pd.DataFrame:
    frames = (made, links(made, *events), persons(*people), benchmarks(*published))
    return reoperations.summary(*frames, by=by, as_of=CUT, within=within)


@pytest.mark.parametrize(
    ("event", "reoperated", "revised", "ambiguous"),
    [
        (link(0, 0), 1, 1, 0),
        (link(0, 730), 1, 1, 0),
        (link(0, 731), 0, 0, 0),
        (link(0, -1), 0, 0, 0),  # confirmed to a later operation by a reviewer
        (link(0, 9, status="proposed"), 1, 1, 0),
        (link(0, 9, status="rejected"), 0, 0, 0),
        (link(0, 9, status="ambiguous"), 0, 0, 1),
        (link(0, 9, status="ambiguous", surgery_level="closed_reduction"), 0, 0, 0),
        (link(0, 9, surgery_level="reoperation"), 1, 0, 0),
        (link(0, 9, surgery_level="closed_reduction"), 0, 0, 0),
        (link(0, 9, surgery_level="none"), 0, 0, 0),
    ],
)
def test_r9_what_counts_as_reoperated(event: dict[str, Any], reoperated: int, revised: int, ambiguous: int) -> None:
    row = summarised(operations(operation()), event).iloc[0]
    assert (row["reoperated"], row["revised"], row["ambiguous"]) == (reoperated, revised, ambiguous)


def test_r9_several_windows_at_once_give_the_summary_of_each() -> None:
    made = operations(operation(), operation(joint="knee"), operation(operated_on=CUT - timedelta(days=60)))
    events = links(made, link(0, 12), link(0, 80, status="ambiguous"), link(1, 400), link(2, 31))
    given = (made, events, persons(), benchmarks(benchmark(), benchmark(indicator="reoperation_30d", value=0.5)))
    found = reoperations.summaries(*given, by=("joint",), as_of=CUT, windows=(30, 730))
    assert list(found) == [30, 730]
    for within, each in found.items():
        alone = reoperations.summary(*given, by=("joint",), as_of=CUT, within=within)
        pd.testing.assert_frame_equal(each, alone)
    assert found[30][["eligible", "reoperated"]].to_numpy().tolist() == [[2, 1], [1, 0]]
    assert found[730][["eligible", "reoperated", "ambiguous"]].to_numpy().tolist() == [[1, 1, 1], [1, 1, 0]]


def test_r9_a_group_of_later_operations_alone_is_not_shown() -> None:
    made = operations(operation(), operation(joint="knee", operated_on=CUT + timedelta(days=1)))
    assert list(summarised(made)["joint"]) == ["hip"]
    assert summarised(made, by=()).iloc[0]["operations"] == 1


def test_r9_an_operation_is_eligible_from_the_day_it_has_been_followed_for_730_days() -> None:
    days = [CUT - timedelta(days=730), CUT - timedelta(days=729), CUT, CUT + timedelta(days=1)]
    made = operations(*(operation(operated_on=day) for day in days))
    row = summarised(made, link(0, 5), link(1, 5), link(2, 0), link(3, 0)).iloc[0]
    assert (row["operations"], row["eligible"], row["reoperated"]) == (3, 1, 1)


def test_r9_two_events_of_one_operation_reoperate_it_once_and_it_can_be_ambiguous_too() -> None:
    made = operations(operation(), operation())
    row = summarised(made, link(0, 5), link(0, 9), link(0, 7, status="ambiguous")).iloc[0]
    assert (row["reoperated"], row["revised"], row["ambiguous"]) == (1, 1, 1)
    assert row["rate"] == 0.5
    low, high = proportions.wilson([1], [2])
    assert (row["ci_low"], row["ci_high"]) == (low[0], high[0])


def test_r9_the_dead_stay_in_the_denominator() -> None:
    dead = {"death_date": OPERATED + timedelta(days=3)}
    row = summarised(operations(operation(), operation()), link(1, 5), people=(dead, dead)).iloc[0]
    assert (row["eligible"], row["reoperated"]) == (2, 1)


def test_r9_a_shorter_window_follows_more_operations_and_sees_fewer_events() -> None:
    made = operations(operation(operated_on=CUT - timedelta(days=100)), operation())
    for within, eligible, reoperated in ((30, 2, 1), (90, 2, 2), (730, 1, 1)):
        row = summarised(made, link(0, 31), link(1, 30), within=within).iloc[0]
        assert (row["eligible"], row["reoperated"]) == (eligible, reoperated), within


def test_r9_the_benchmark_is_the_nations_figure_of_the_latest_period_as_a_fraction() -> None:
    published = (
        benchmark(period="2024"),
        benchmark(period="2023", value=9.0),
        benchmark(period="2025", country="NO", value=8.0),
        benchmark(period="2025", level="unit", value=7.0),
        benchmark(period="2025", indicator="reoperation_90d", value=1.5),
        benchmark(period="2025", indicator="reoperation_30d", value=0.005, unit_of_value="fraction"),
    )
    made = operations(operation(), operation(joint="knee"))
    for within, expected in ((730, 0.025), (90, 0.015), (30, 0.005)):
        found = summarised(made, published=published, within=within)
        assert found["benchmark"][0] == pytest.approx(expected)
        assert np.isnan(found["benchmark"][1])
    assert summarised(made, published=published, within=365)["benchmark"].isna().all()


def test_r10_without_a_benchmark_the_target_is_the_joints_pooled_rate() -> None:
    units = [operation(provider_id="P01")] * 40 + [operation(provider_id="P02")] * 40
    made = operations(*units, *[operation(joint="knee")] * 5)
    events = [link(number, 5) for number in (0, 1, 2, 3, 80)]
    found = summarised(made, *events, by=("provider", "joint"))
    assert found[["provider_id", "joint"]].to_numpy().tolist() == [["P01", "hip"], ["P01", "knee"], ["P02", "hip"]]
    pooled = 4 / 80
    by_benchmark = summarised(made, *events, by=("provider", "joint"), published=(benchmark(value=100 * pooled),))
    np.testing.assert_allclose(found["pi95_high"], by_benchmark["pi95_high"])
    assert found["benchmark"].isna().all()


def test_r10_without_joint_among_the_keys_the_target_is_the_pooled_rate_of_all() -> None:
    made = operations(*[operation()] * 30, *[operation(joint="knee", provider_id="P02")] * 30)
    events = [link(number, 5) for number in range(12)]
    found = summarised(made, *events, by=("provider",), published=(benchmark(value=40.0), benchmark(joint="knee")))
    assert found["benchmark"].isna().all()
    assert found["pi95_low"][0] == found["pi95_low"][1]
    assert list(found["flag"]) == ["high_95", "low_95"]  # 12 and 0 of 30 around 0.2


def test_r9_a_group_without_eligible_operations_has_counts_but_no_figures() -> None:
    made = operations(operation(operated_on=CUT))
    row = summarised(made, link(0, 0), published=(benchmark(),)).iloc[0]
    assert (row["operations"], row["eligible"], row["reoperated"], row["flag"]) == (1, 0, 0, "")
    assert row[["rate", "ci_low", "ci_high", "pi95_low", "pi95_high", "pi998_low", "pi998_high"]].isna().all()
    assert row["benchmark"] == 0.025


def test_r9_no_operations_give_a_table_of_the_right_columns_without_rows() -> None:
    found = summarised(operations(), by=("provider", "joint", "year", "sex", "age_group", "payer_route"))
    assert found.empty
    keys = ["provider_id", "joint", "year", "sex", "age_group", "payer_route"]
    assert list(found.columns) == [*keys, *(column.name for column in table.REOPERATION_VALUES)]
    total = summarised(operations(), by=())
    assert (total["operations"][0], total["flag"][0]) == (0, "")


def test_r9_a_part_of_the_operations_in_another_order_is_counted_by_their_numbers() -> None:
    made = operations(*[operation(operated_on=OPERATED + timedelta(days=day)) for day in range(6)])
    events = links(made, link(1, 5), link(4, 5), link(5, 5))
    part = made.iloc[[4, 3, 1]]
    row = reoperations.summary(part, events, persons(), benchmarks(), by=("joint",), as_of=CUT).iloc[0]
    assert (row["eligible"], row["reoperated"]) == (3, 2)
