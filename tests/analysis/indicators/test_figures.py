"""Figures: intervals, keys, benchmarks, what is printed elsewhere, and that parts add up to the whole."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kvalitetsapp.analysis import frames, proportions
from kvalitetsapp.analysis.indicators import intervals
from kvalitetsapp.analysis.indicators.figures import summary
from kvalitetsapp.analysis.indicators.members import members
from kvalitetsapp.domain.indicator import Cohort, Counted, Measure
from kvalitetsapp.domain.indicator_tables import INDICATOR_KEYS, INDICATOR_VALUES
from support.made_frames import OPERATED, benchmark, benchmarks, episodes, link, links, operation, operations, persons
from support.made_indicators import AS_OF, LEVELS, UNITS, figure, made, recipe, rows_as, rows_of

if TYPE_CHECKING:
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.indicator import Indicator

VALUES = [column.name for column in INDICATOR_VALUES]
REVISION = recipe(Counted.LINKED, last=90, levels=("revision",), benchmark="reoperation_2y")
NIGHTS = recipe(Counted.STAY, measure=Measure.MEAN)


def stay(measure: Measure, *nights: int) -> dict[str, Any]:
    index = operations(*(operation() for _ in nights))
    rows = [
        {"episode": 1000 + number, "admitted": OPERATED, "discharged": OPERATED + timedelta(days=each)}
        for number, each in enumerate(nights)
    ]
    return figure(recipe(Counted.STAY, measure=measure), made(index, episodes=episodes(*rows)))


def test_a_mean_has_students_interval_and_no_events() -> None:
    row = stay(Measure.MEAN, 1, 2, 2, 7)
    low, high = stats.t.interval(0.95, 3, loc=3, scale=stats.sem([1, 2, 2, 7]))
    assert (row["value"], row["ci_low"], row["ci_high"]) == (3, pytest.approx(low), pytest.approx(high))
    assert (row["n"], row["flags"]) == (4, "small_n")
    assert all(pd.isna(row[name]) for name in ("events", "reviewed", "ambiguous"))


def test_one_value_has_a_mean_and_no_interval_and_five_have_a_median_and_none() -> None:
    for row in (stay(Measure.MEAN, 4), stay(Measure.MEDIAN, 9, 4, 1, 4, 2)):
        assert row["value"] == 4
        assert np.isnan(row["ci_low"])
        assert np.isnan(row["ci_high"])


def test_a_median_has_the_interval_of_order_statistics() -> None:
    row = stay(Measure.MEDIAN, 7, 1, 6, 2, 5, 3)
    assert (row["value"], row["ci_low"], row["ci_high"]) == (4, 1, 7)


@pytest.mark.parametrize("n", [*range(1, 120), 1000, 99_999])
def test_the_interval_of_a_median_is_the_narrowest_that_is_sure_enough(n: int) -> None:
    values = np.arange(n, dtype=np.float64)[::-1]
    _, low, high = intervals.median(values, np.zeros(n, dtype=np.int64), 1)
    if np.isnan(low[0]):
        assert stats.binom.cdf(0, n, 0.5) > 0.025
        return
    r = int(low[0]) + 1
    assert high[0] == n - r
    assert stats.binom.cdf(r - 1, n, 0.5) <= 0.025 < stats.binom.cdf(r, n, 0.5)


def county(seed: int) -> IndicatorSource:
    """Some operations of every kind with links, stays and units."""
    chance = Random(seed)
    index = operations(
        *(
            operation(
                provider_id=chance.choice(("P01", "P02")),
                joint=chance.choice(("hip", "knee")),
                payer_route=chance.choice(("contract", "own")),
                operated_on=AS_OF - timedelta(days=chance.randint(-5, 900)),
            )
            for _ in range(chance.randint(0, 12))
        )
    )
    index["procedure_code"] = [chance.choice(("NFB49", "NGB19", "NGB49", "NGX00")) for _ in range(len(index))]
    told = [
        link(chance.randrange(len(index)), chance.randint(0, 120), status=chance.choice(("proposed", "ambiguous")))
        for _ in range(chance.randint(0, 9) if len(index) else 0)
    ]
    rows = [
        {"episode": 1000 + number, "admitted": day.date(), "discharged": day.date() + timedelta(days=number % 5)}
        for number, day in enumerate(index["operated_on"])
    ]
    people = persons(
        *({"sex": chance.choice(("male", "female", "")), "birth_date": "1950-02-03"} for _ in range(len(index)))
    )
    units = rows_as(UNITS, [{"operation": n, "unit": chance.choice(("A", "B", ""))} for n in range(len(index))])
    return made(index, links(index, *told), episodes(*rows), persons=people, units=units)


@settings(max_examples=settings().max_examples // 2)
@given(st.integers(0, 2**32), st.sets(st.sampled_from(LEVELS), max_size=4), st.sampled_from((REVISION, NIGHTS)))
def test_figures_by_any_keys_add_up_to_the_whole(seed: int, by: set[str], indicator: Indicator) -> None:
    source, keys = county(seed), sorted(by)
    parts, whole = summary(indicator, source, by=keys), figure(indicator, source)
    assert list(parts.columns) == [INDICATOR_KEYS[key].name for key in keys] + VALUES
    counts = ("operations", "eligible", "n", *(("events", "reviewed", "ambiguous") if indicator.is_share else ()))
    assert [parts[name].sum() for name in counts] == [whole[name] for name in counts]
    total = (parts["value"] * parts["n"].astype(float)).sum()
    assert total == pytest.approx(0 if np.isnan(whole["value"]) else whole["value"] * whole["n"])


@pytest.mark.parametrize("seed", range(5))
def test_a_figure_is_how_its_members_group(seed: int) -> None:
    source = county(seed)
    found = members(REVISION, source)
    provider = source.index_operations["provider_id"].to_numpy()[found["operation"].to_numpy()]
    for row in summary(REVISION, source, by=("provider",)).to_dict("records"):
        theirs = found[provider == row["provider_id"]]
        counted = theirs[theirs["counted"]]
        assert (row["operations"], row["eligible"], row["n"]) == (len(theirs), theirs["eligible"].sum(), len(counted))
        assert (row["events"], row["ambiguous"]) == (counted["value"].sum(), theirs["ambiguous"].sum())
        low, high = proportions.wilson([row["events"]], [row["n"]])
        np.testing.assert_array_equal([row["ci_low"], row["ci_high"]], [low[0], high[0]])


def test_rows_are_sorted_by_their_keys_and_ages_in_their_order() -> None:
    index = operations(*(operation(person=n, provider_id=p) for n, p in enumerate(("P02", "P01", "P01", "P01"))))
    born = ("1990-01-01", "1930-01-01", "1980-01-01", "1950-01-01")
    source = made(index, persons=persons(*({"birth_date": day} for day in born)))
    found = summary(REVISION, source, by=("provider", "age_group"))
    assert rows_of(found, ("provider_id", "age_group")) == [
        ("P01", "<55"),
        ("P01", "65-74"),
        ("P01", "85+"),
        ("P02", "<55"),
    ]


def test_one_provider_only_is_a_row_like_any_other() -> None:
    index = operations(operation(), operation())
    found = summary(REVISION, made(index, links(index, link(0, 9))), by=("provider",))
    assert rows_of(found, ("provider_id", "n", "events", "value")) == [("P01", 2, 1, 0.5)]


def test_a_row_without_anyone_followed_says_so_beside_rows_with() -> None:
    index = operations(operation(), operation(provider_id="P02", operated_on=AS_OF))
    found = summary(REVISION, made(index), by=("provider",))
    told = rows_of(found, ("provider_id", "eligible", "events", "value", "flags"))
    assert told == [("P01", 1, 0, 0.0, "small_n"), ("P02", 0, 0, None, "no_operations short_follow_up")]


def test_a_figure_of_joints_and_another_family_says_so_and_those_of_each_do_not() -> None:
    joints = ("hip", "knee", "bariatric", "bariatric")
    source = made(operations(*(operation(joint=joint, person=at) for at, joint in enumerate(joints))))
    assert figure(REVISION, source)["flags"] == "small_n families_pooled"
    assert summary(REVISION, source, by=("joint",))["flags"].tolist() == ["small_n"] * 3
    chosen = recipe(Counted.LINKED, last=90, levels=("revision",), cohort=Cohort(joints=("hip", "knee")))
    assert figure(chosen, source)["flags"] == "small_n"


@pytest.mark.parametrize(("n", "unfollowed", "flags"), [(50, 12, ""), (50, 13, "short_follow_up"), (49, 0, "small_n")])
def test_flags_begin_where_their_limits_are_passed(n: int, unfollowed: int, flags: str) -> None:
    index = operations(*(operation() for _ in range(n)), *(operation(operated_on=AS_OF) for _ in range(unfollowed)))
    assert figure(REVISION, made(index))["flags"] == flags


def test_the_benchmark_is_the_nations_of_the_joint() -> None:
    index = operations(operation(), operation(joint="knee"))
    source = made(index, benchmarks=benchmarks(benchmark(), benchmark(period="2023", value=9)))
    assert rows_of(summary(REVISION, source, by=("joint",)), ("joint", "benchmark")) == [
        ("hip", 0.025),
        ("knee", None),
    ]
    assert np.isnan(figure(REVISION, source)["benchmark"])
    hips = recipe(Counted.LINKED, last=90, benchmark="reoperation_2y", cohort=Cohort(joints=("hip",)))
    assert figure(hips, source)["benchmark"] == 0.025


def test_a_benchmark_in_points_stands_as_printed() -> None:
    index = operations(operation())
    points = benchmark(indicator="hoos12_qol_gain_1y", value=44, unit_of_value="points")
    gain = recipe(Counted.STAY, measure=Measure.MEAN, benchmark="hoos12_qol_gain_1y", cohort=Cohort(joints=("hip",)))
    assert figure(gain, made(index, benchmarks=benchmarks(points)))["benchmark"] == 44


def printed(**told: object) -> dict[str, Any]:
    return benchmark(level="unit", unit="Nacka", n=412, indicator="patient_satisfaction", value=91, **told)


PRINTED = recipe(Counted.PUBLISHED, published="patient_satisfaction")


def as_printed(*rows: dict[str, Any]) -> IndicatorSource:
    index = operations(operation(), operation())
    units = rows_as(UNITS, [{"operation": n, "unit": "Nacka"} for n in range(2)])
    columns = {name: [row.get(name, "") for row in rows] for name in frames.PUBLISHED}
    columns["n"] = [row.get("n") for row in rows]
    return made(index, units=units, benchmarks=frames.frame(frames.PUBLISHED, columns))


def test_a_printed_figure_stands_with_its_n_and_is_never_turned_into_a_count() -> None:
    knee = printed(joint="knee") | {"n": 12}
    source = as_printed(printed(), printed(period="2023") | {"value": 5}, knee, printed(country="DK"))
    found = summary(PRINTED, source, by=("provider", "unit", "joint"))
    told = rows_of(found, ("provider_id", "unit", "joint", "value", "n", "events", "ci_low", "flags"))
    assert told == [
        ("P01", "Nacka", "hip", 0.91, 412, None, None, ""),
        ("P01", "Nacka", "knee", 0.91, 12, None, None, "small_n"),
    ]
    assert list(found.columns) == ["provider_id", "unit", "joint", *VALUES]
    assert len(members(PRINTED, source)) == 0


def test_printed_figures_of_several_joints_are_not_put_together() -> None:
    source = as_printed(printed(), printed(joint="knee"))
    assert rows_of(summary(PRINTED, source, by=("unit",)), ("unit", "value", "flags")) == [
        ("Nacka", None, "no_reporting")
    ]


def test_printed_figures_of_providers_go_by_name_or_key() -> None:
    rows = [printed() | {"level": "provider", "unit": name} for name in ("Ett", "P02", "Tre")]
    found = summary(PRINTED, as_printed(*rows), by=("provider", "year", "sex"))
    assert rows_of(found, ("provider_id", "year", "sex", "value")) == [
        ("P01", 2024, "", 0.91),
        ("P02", 2024, "", 0.91),
    ]


def test_the_nations_printed_figure_is_told_without_keys() -> None:
    row = figure(PRINTED, as_printed(printed() | {"level": "national", "unit": ""}))
    assert (row["value"], row["n"]) == (0.91, 412)
