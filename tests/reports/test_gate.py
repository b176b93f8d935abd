"""Charts that leave the department: nothing in them, or in their words, tells of one to four persons."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain import chart_data as charts
from kvalitetsapp.domain import chart_words
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.report_data import Share
from kvalitetsapp.reports.cells import ALSO_HIDDEN, Cells
from kvalitetsapp.reports.figures import any_chart, gate
from support import drawn, made_charts

INSIDE, OUTSIDE, STRICT = Cells(), Cells(SmallNumbers.PLAIN), Cells(SmallNumbers.STRICT)
HIDDEN = "<5"
LEAST = 5


@pytest.mark.parametrize("chart", [pytest.param(chart, id=name) for name, chart in made_charts.ORDINARY.items()])
def test_inside_the_department_a_chart_is_whole(chart: charts.Chart) -> None:
    assert gate.without_small(chart, INSIDE) == chart
    assert gate.remark(chart, chart) == ""


@pytest.mark.parametrize("chart", [pytest.param(chart, id=name) for name, chart in made_charts.ORDINARY.items()])
def test_what_is_left_can_be_drawn_and_told(chart: charts.Chart) -> None:
    kept = gate.without_small(chart, OUTSIDE)
    if kept is not None:
        assert chart_words.empty_reason(kept) == ""
        assert all(drawn.faults(drawing) == [] for drawing in any_chart.drawings(kept))


@pytest.mark.parametrize("chart", [pytest.param(chart, id=name) for name, chart in made_charts.EMPTY.items()])
def test_an_empty_chart_still_says_why(chart: charts.Chart) -> None:
    assert gate.without_small(chart, OUTSIDE) == chart


@pytest.mark.parametrize("name", ["g_chart", "cusum", "cost_strip"])
def test_marks_of_single_persons_do_not_leave(name: str) -> None:
    assert gate.without_small(made_charts.ORDINARY[name], OUTSIDE) is None


def test_points_of_few_events_are_taken_from_a_funnel() -> None:
    chart = made_charts.funnel(12)
    kept = gate.without_small(chart, OUTSIDE)
    assert isinstance(kept, charts.Funnel)
    assert {point.events for point in chart.points} & {1, 2, 3, 4}
    assert all(point.events == 0 or point.events >= LEAST for point in kept.points)
    assert gate.remark(chart, kept)


def test_a_chart_about_a_group_that_is_hidden_is_not_shown() -> None:
    few = charts.FunnelPoint("Klinik A", 2, 90, 2 / 90, "", highlighted=True)
    many = replace(few, name="", events=20, n=400, highlighted=False)
    assert gate.without_small(replace(made_charts.funnel(1), points=(few, many)), OUTSIDE) is None
    bars = (_bar("Klinik A", 2, 90, highlighted=True), _bar("Klinik B", 20, 400))
    assert gate.without_small(replace(made_charts.caterpillar(1), bars=bars), OUTSIDE) is None


def _bar(name: str, events: int, n: int, *, highlighted: bool = False) -> charts.Bar:
    return charts.Bar(name, name, events, n, events / n, 0.0, 0.1, "", highlighted)


def test_one_hidden_bar_takes_the_next_smallest_with_it() -> None:
    bars = (_bar("A", 30, 900), _bar("B", 12, 500), _bar("C", 3, 100), _bar("D", 0, 50))
    kept = gate.without_small(replace(made_charts.caterpillar(1), bars=bars), OUTSIDE)
    assert isinstance(kept, charts.Caterpillar)
    assert [bar.name for bar in kept.bars] == ["A", "D"]


def test_a_period_of_few_events_is_a_gap_and_takes_the_median_with_it() -> None:
    chart = made_charts.run_chart(30)
    kept = gate.without_small(chart, OUTSIDE)
    assert isinstance(kept, charts.RunChart)
    assert all(point.value is None or point.events >= LEAST for point in kept.points)
    assert (kept.median, kept.rules, any(point.signal for point in kept.points)) == (None, (), False)
    assert not {1, 2, 3, 4} & {point.events for point in kept.points}


def _share(events: int, n: int) -> Share:
    return Share(events, n, events / n, None, None)


def test_a_cell_of_few_events_has_neither_text_nor_colour() -> None:
    cells = (
        charts.HeatCell("a", 0.03, HIDDEN),
        charts.HeatCell("b", 0.05, "5,0 %"),
        charts.HeatCell("c", 0.02, "2,0 %"),
        charts.HeatCell("unknown", 0.07, "7,0 %"),
    )
    chart = charts.HeatMap("Test", ("A",), ("1", "2", "3", "4"), (cells,))
    kept = gate.without_small(chart, OUTSIDE, {"b": _share(20, 400), "c": _share(2, 100)})
    assert isinstance(kept, charts.HeatMap)
    assert [cell.value for cell in kept.cells[0]] == [None, 0.05, None, None]
    assert [cell.shown for cell in kept.cells[0]] == [HIDDEN, "5,0 %", ALSO_HIDDEN, ALSO_HIDDEN]
    assert gate.without_small(chart, OUTSIDE) is None


def test_both_sexes_are_hidden_where_one_is_few() -> None:
    chart = charts.Profile("Test", (charts.ProfileBar("a", "Mått", 12.0, -3.0, 2.0, 90, 300),))
    shares = {"a": _share(40, 390), "a/female": _share(3, 90), "a/male": _share(37, 300)}
    kept = gate.without_small(chart, OUTSIDE, shares)
    assert isinstance(kept, charts.Profile)
    assert [(one.women, one.men, one.everyone) for one in kept.bars] == [(None, None, 2.0)]
    assert gate.without_small(chart, OUTSIDE, shares | {"a/female": _share(9, 90)}) == chart
    assert gate.without_small(chart, OUTSIDE) is None


def test_an_amount_goes_with_the_count_that_it_belongs_to() -> None:
    counts: tuple[tuple[int | None, int | None], ...] = (
        (240, None),
        (31, 500_00),
        (3, 90_00),
        (None, 80_00),
        (6, 7_00),
    )
    steps = tuple(charts.FlowStep(str(place), "Steg", *each) for place, each in enumerate(counts))
    kept = gate.without_small(charts.CaseFlow("Test", steps), OUTSIDE)
    assert isinstance(kept, charts.CaseFlow)
    shown = [(step.count, step.amount) for step in kept.steps]
    assert shown == [(240, None), (31, 500_00), (None, None), (None, None), (6, 7_00)]


def test_a_compass_tells_nothing_of_a_hidden_figure() -> None:
    axes = (charts.CompassAxis("A", 0.4, 0.5, HIDDEN), charts.CompassAxis("B", 0.7, 0.5, "93,1"))
    kept = gate.without_small(charts.Compass("Enheten", axes), OUTSIDE)
    assert isinstance(kept, charts.Compass)
    assert [axis.value for axis in kept.axes] == [None, 0.7]


@st.composite
def curves(draw: st.DrawFn) -> tuple[charts.Curve, list[tuple[int, int, int]]]:
    """Give a curve with what happened each day: the day, the events, the deaths."""
    days = sorted(draw(st.sets(st.integers(1, 1500), max_size=40)))
    what = st.tuples(st.integers(0, 3), st.integers(0, 3))
    happened = [(day, *draw(what)) for day in days]
    steps, gone = [charts.CurveStep(0, 0.0, None, None, 0.0)], 0
    for day, events, _deaths in happened:
        gone += events
        steps.append(charts.CurveStep(day, gone / 500, gone / 600, gone / 400, gone / 510))
    risk = tuple(
        charts.AtRisk(
            day,
            500 - sum(e + d for at, e, d in happened if at < day),
            sum(e for at, e, _d in happened if at <= day),
            sum(d for at, _e, d in happened if at <= day),
        )
        for day in range(0, 1500, 365)
    )
    return charts.Curve("hip", 500, tuple(steps), risk), happened


@given(curves())
def test_no_step_of_a_curve_and_no_difference_in_its_table_is_of_few_events(
    drawn_curve: tuple[charts.Curve, list[tuple[int, int, int]]],
) -> None:
    curve, happened = drawn_curve
    kept = gate.without_small(charts.Survival("revision", 50, (curve,), ()), OUTSIDE)
    every = sum(events for _day, events, _deaths in happened)
    if kept is None:
        rises = sum(events > 0 for _day, events, _deaths in happened)
        known = max(rises, curve.risk[-1].events)  # of those after the last row a curve tells only that there are some
        assert every > 0
        assert known < LEAST
        return
    assert isinstance(kept, charts.Survival)
    (shown,) = kept.curves
    told = sorted({round(step.value * 500) for step in shown.steps} | {row.events for row in shown.risk} | {0})
    assert all(after - before >= LEAST for before, after in pairwise(told))
    deaths = sorted({row.deaths for row in shown.risk} | {0})
    assert all(after - before >= LEAST for before, after in pairwise(deaths))
    assert shown.steps[-1].value == curve.steps[-1].value
    assert shown.steps[-1].day == curve.steps[-1].day


def test_a_curve_of_few_events_is_not_shown_and_one_of_none_is() -> None:
    def curve(*values: float) -> charts.Survival:
        steps = tuple(charts.CurveStep(day * 90, value, None, None) for day, value in enumerate(values))
        return charts.Survival("revision", 50, (charts.Curve("hip", 300, steps, ()),), ())

    assert gate.without_small(curve(0, 0.01, 0.02), OUTSIDE) is None
    assert gate.without_small(curve(0, 0, 0), OUTSIDE) is not None


def test_in_the_strict_mode_a_funnel_places_points_where_the_rounded_counts_do() -> None:
    point = charts.FunnelPoint("Klinik A", 18, 47, 18 / 47, "high_998", highlighted=True, low=0.258, high=0.526)
    chart = replace(made_charts.funnel(1), points=(point,))
    kept = gate.without_small(chart, STRICT)
    assert isinstance(kept, charts.Funnel)
    (shown,) = kept.points
    assert (shown.events, shown.n, shown.rate, shown.low, shown.high) == (20, 45, 0.44, 0.26, 0.53)
    assert "avrundade" in gate.remark(chart, kept)
    assert gate.without_small(chart, OUTSIDE) == chart


def test_in_the_strict_mode_a_curve_has_rounded_counts_and_whole_per_cents() -> None:
    steps = tuple(charts.CurveStep(day * 10, day * 0.0037, None, None, day * 0.0036) for day in range(24))
    risk = (charts.AtRisk(0, 301, 0, 0), charts.AtRisk(365, 243, 23, 11))
    chart = charts.Survival("revision", 50, (charts.Curve("hip", 301, steps, risk),), ())
    kept = gate.without_small(chart, STRICT)
    assert isinstance(kept, charts.Survival)
    (curve,) = kept.curves
    assert [(row.at_risk, row.events, row.deaths) for row in curve.risk] == [(300, 0, 0), (245, 25, 10)]
    assert all(step.value == round(step.value, 2) for step in curve.steps)
    assert curve.steps[-1].value == 0.09
