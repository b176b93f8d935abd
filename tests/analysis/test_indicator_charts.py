"""The data of an indicator's charts: figures by provider and over time, from its members."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from kvalitetsapp.analysis import cohorts, expected
from kvalitetsapp.analysis.charts import caterpillar, figures, heat_map, over_time, profile
from kvalitetsapp.analysis.charts.rows import chart_rows
from kvalitetsapp.domain.indicator import Count, Counted, Direction, Indicator, Measure
from support.made_frames import operation, operations, persons

NAMES = {"P01": "Ett", "P02": "Två"}
SHARE = Indicator(
    "infection",
    "1",
    "Infektion",
    "",
    "",
    "",
    "",
    "",
    Measure.SHARE,
    Count(Counted.LINKED),
    Direction.LOW,
    ("provider",),
)
GAIN = replace(SHARE, measure=Measure.MEAN, count=Count(Counted.ANSWER), direction=Direction.HIGH)


def made(*told: tuple[str, int, bool], value: float | None = None, indicator: Indicator = SHARE) -> pd.DataFrame:
    """Return chart rows of (provider, day after 1 January 2020, counted); every other person is a woman."""
    start = date(2020, 1, 1)
    done = operations(*(operation(provider_id=who, operated_on=start + timedelta(day)) for who, day, _hit in told))
    known = persons(*({"sex": ("female", "male")[place % 2]} for place in range(len(told))))
    days = [day + 10 for _who, day, _hit in told]
    members = pd.DataFrame(
        {
            "operation": np.arange(len(told)),
            "counted": indicator.is_share or value is not None,
            "value": [float(hit) if value is None else value for _who, _day, hit in told],
            "event_date": [start + timedelta(day) for day in days],
        }
    ).astype({"event_date": "datetime64[s]", "counted": "bool", "value": "float64"})
    return chart_rows(members, done, known, indicator)


def many(provider: str, n: int, events: int) -> list[tuple[str, int, bool]]:
    return [(provider, 3 * place, place < events) for place in range(n)]


def test_rows_are_in_the_order_of_the_operations_and_only_those_in_the_figure() -> None:
    told = made(("P01", 9, True), ("P02", 3, False), ("P01", 3, False))
    assert told["index_ref"].tolist() == ["faktura/1/hip/right", "faktura/2/hip/right", "faktura/0/hip/right"]
    assert made(("P01", 9, True), indicator=GAIN).empty  # no answer: not in a mean
    assert len(made(("P01", 9, True), value=3.0, indicator=GAIN)) == 1


def test_providers_stand_by_volume_with_their_interval_and_their_flag() -> None:
    rows = made(*many("P02", 60, 8), *many("P01", 200, 4))
    chart = caterpillar.by_provider("Infektion", rows, SHARE, NAMES, benchmark=0.02, highlighted="P02")
    assert [(bar.name, bar.events, bar.n, bar.flag, bar.highlighted) for bar in chart.bars] == [
        ("Ett", 4, 200, "", False),
        ("Två", 8, 60, "high_998", True),
    ]
    wilson = stats.binomtest(8, 60).proportion_ci(method="wilson")
    assert (chart.bars[1].low, chart.bars[1].high) == pytest.approx(tuple(wilson))
    assert (chart.target, chart.target_label) == (0.02, "Riket")
    pooled = caterpillar.by_provider("Infektion", rows, SHARE, NAMES)
    assert pooled.target == pytest.approx(12 / 260)
    assert pooled.target_label == "Alla vårdgivare här"


def test_means_and_medians_have_the_intervals_of_scipy_and_no_flags() -> None:
    rows = made(*many("P01", 40, 0), *many("P02", 1, 0), value=1.0, indicator=GAIN)
    values = np.random.default_rng(2).gamma(2, 10, 41)
    rows["value"] = values
    one = values[rows["provider_id"] == "P01"]
    bars = caterpillar.by_provider("Gain", rows, GAIN, NAMES).bars
    wanted = stats.t.interval(0.95, 39, one.mean(), one.std(ddof=1) / np.sqrt(40))
    assert (bars[0].value, bars[0].low, bars[0].high) == pytest.approx((one.mean(), *wanted))
    assert (bars[1].n, bars[1].low, bars[1].flag) == (1, None, "")
    median = figures.of_groups(rows, cohorts.group(rows[["provider_id"]]), replace(GAIN, measure=Measure.MEDIAN))
    test: Any = stats.quantile_test(one, q=0.0, p=0.5).confidence_interval(0.95)
    assert median.value[0] == pytest.approx(np.median(one))
    assert (median.low[0], median.high[0]) == pytest.approx(tuple(test))
    assert np.isnan(median.low[1])


def test_ratios_stand_around_one_without_flags() -> None:
    cases = pd.DataFrame({"operation": range(40), "provider_id": ["P01"] * 30 + ["P02"] * 10, "joint": "hip"})
    cases = cases.assign(sex="male", diagnosis="other", age=70, year=2020, numerator=[True, False, False, False] * 10)
    chart = caterpillar.ratios("O/E", expected.standardise(cases), "hip", NAMES)
    assert chart.ratio
    assert chart.target == 1
    assert [(bar.name, bar.n) for bar in chart.bars] == [("Ett", 30), ("Två", 10)]
    assert sum(bar.events for bar in chart.bars) == 10


def test_months_and_quarters_in_between_are_shown_although_nobody_was_operated_on() -> None:
    rows = made(("P01", 0, True), ("P01", 5, False), ("P01", 200, False))
    chart = over_time.run_chart("Infektion", rows, target=0.02)
    assert [(point.key, point.label, point.events, point.n) for point in chart.points] == [
        ("2020-Q1", "2020 kv 1", 1, 2),
        ("2020-Q2", "2020 kv 2", 0, 0),
        ("2020-Q3", "2020 kv 3", 0, 1),
    ]
    months = over_time.run_chart("Infektion", rows, period=over_time.MONTH)
    assert [point.key for point in months.points] == [f"2020-0{month}" for month in range(1, 8)]


def test_gaps_are_operations_between_events_or_days_between_them() -> None:
    rows = made(*((("P01", day, day in {2, 3, 8})) for day in range(10)))
    chart = over_time.g_chart("Infektion", rows, SHARE)
    assert [(point.between, point.day) for point in chart.points] == [
        (2, "2020-01-03"),
        (0, "2020-01-04"),
        (4, "2020-01-09"),
    ]
    assert chart.since_last == 1
    days = over_time.g_chart_of_days("Infektion", rows, SHARE, date(2020, 2, 1))
    assert [(point.between, point.day) for point in days.points] == [
        (12, "2020-01-13"),
        (1, "2020-01-14"),
        (5, "2020-01-19"),
    ]
    assert (days.counted, days.since_last) == ("days", 13)


def test_where_high_is_wanted_what_is_missing_is_what_is_waited_for() -> None:
    wanted = replace(SHARE, measure=Measure.SHARE_WITHOUT, direction=Direction.HIGH)
    rows = made(*((("P01", day, day != 4)) for day in range(10)))
    assert [point.between for point in over_time.g_chart("Kvar", rows, wanted, target=0.98).points] == [4]
    chart = over_time.cusums(rows, wanted, NAMES, target=0.98)["P01"]
    assert chart.target == pytest.approx(0.02)
    assert sum(step.value > 0 for step in chart.steps) == 6


def test_every_provider_has_its_cusum_adjusted_where_every_risk_is_known() -> None:
    rows = made(*many("P02", 10, 5), *many("P01", 20, 1))
    plain = over_time.cusums(rows, SHARE, NAMES, target=0.02)
    assert list(plain) == ["P01", "P02"]
    assert (plain["P02"].title, plain["P02"].alarms, plain["P02"].adjusted) == ("Två", 1, False)
    risks = pd.Series(0.4, index=rows.loc[rows["provider_id"] == "P02", "operation"])
    some = over_time.cusums(rows, SHARE, NAMES, target=0.02, risks=risks)
    assert (some["P01"].adjusted, some["P02"].adjusted, some["P02"].alarms) == (False, True, 0)
    assert over_time.cusums(rows, SHARE, NAMES, target=None)["P01"].target == pytest.approx(0.2)


def test_a_heat_map_has_providers_by_volume_and_the_cells_that_a_click_asks_for() -> None:
    rows = made(("P02", 0, True), ("P01", 0, False), ("P01", 400, True), ("P01", 401, False))
    chart = heat_map.provider_by_year("Infektion", rows, SHARE, NAMES, target=0.25)
    assert (chart.rows, chart.columns, chart.middle, chart.low_is_good) == (
        ("Ett", "Två"),
        ("2020", "2021"),
        0.25,
        True,
    )
    assert [(cell.key, cell.value) for cell in chart.cells[0]] == [("P01/2020", 0.0), ("P01/2021", 0.5)]
    assert (chart.cells[1][1].value, chart.cells[1][1].shown) == (None, "–")
    both = heat_map.provider_by_indicator("Alla", [(SHARE, rows), (GAIN, rows.iloc[:0])], NAMES)
    assert both.cells[0][0].value == pytest.approx(1 / 3)  # 1 of 3 against 2 of 4, and low is wanted
    assert both.cells[1][1].shown == "–"


def test_a_profile_points_right_in_the_wanted_direction() -> None:
    rows = made(*((("P01", day, day == 0)) for day in range(8)))  # one of four women, none of four men
    bar = profile.profile("Jämlik", [profile.ProfileEntry(SHARE, rows, 0.2)]).bars[0]
    assert (bar.women, bar.men) == pytest.approx((-0.25, 1.0))
    assert (bar.n_women, bar.n_men) == (4, 4)
    assert (bar.key, bar.note) == ("infection", "")
    high = replace(SHARE, direction=Direction.HIGH)
    assert profile.profile("", [profile.ProfileEntry(high, rows, 0.2)]).bars[0].women == pytest.approx(0.25)
    nothing = profile.profile("", [profile.ProfileEntry(SHARE, rows, None)]).bars[0]
    assert (nothing.women, nothing.note) == (None, "Ingen siffra att jämföra med")


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("told", [[], many("P01", 1, 1), [("P01", 5, True)] * 30], ids=["nothing", "one", "one day"])
def test_whatever_comes_gives_charts_without_nan(told: list[tuple[str, int, bool]]) -> None:
    rows = made(*told)
    charts = [
        caterpillar.by_provider("", rows, SHARE, NAMES),
        caterpillar.by_provider("", rows.assign(value=1.0), GAIN, NAMES),
        caterpillar.by_provider("", rows.assign(value=1.0), replace(GAIN, measure=Measure.MEDIAN), NAMES),
        over_time.run_chart("", rows),
        over_time.g_chart("", rows, SHARE),
        over_time.g_chart_of_days("", rows, SHARE, date(2019, 1, 1)),  # every event after the day looked at
        over_time.cusums(rows, SHARE, NAMES, target=None),
        over_time.cusums(rows, SHARE, NAMES, target=0.02),
        heat_map.provider_by_year("", rows, SHARE, NAMES),
        heat_map.provider_by_indicator("", [(SHARE, rows)], NAMES),
        profile.profile("", [profile.ProfileEntry(SHARE, rows, figures.whole(rows, SHARE))]),
    ]
    assert "nan" not in repr(charts)
    assert "inf" not in repr(charts).replace("infection", "")
