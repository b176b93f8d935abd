"""The value compass of 2016, the flow and the cost strip."""

from __future__ import annotations

import csv
import statistics

import pytest

from kvalitetsapp.analysis.charts import compass, money
from kvalitetsapp.domain.chart_data import CaseCost, Flow
from kvalitetsapp.domain.report_data import Recovery
from kvalitetsapp.settings import resources_dir


def published() -> dict[str, dict[str, float | None]]:
    with (resources_dir() / "benchmarks" / "compass_2016.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return {row["unit"]: {name: float(value) for name, value in row.items() if name != "unit"} for row in rows}


def case(cost: int, key: str) -> CaseCost:
    return CaseCost(cost, confirmed=True, infection=False, key=key)


def test_a_unit_stands_where_the_formula_of_the_register_puts_it() -> None:
    figures = published()
    chart = compass.compass(figures, "Östersund")
    assert chart.axes[0].name == "Nöjdhet"
    assert len(chart.axes) == 8
    units = [one["ae90"] or 0 for unit, one in figures.items() if unit != "Riket"]
    low, high = min(units) - statistics.stdev(units), max(units) + statistics.stdev(units)
    adverse = chart.axes[3]
    assert adverse.value == pytest.approx(1 - (3.19 - low) / (high - low))  # low is good
    assert adverse.nation == pytest.approx(1 - (5.16 - low) / (high - low))
    assert adverse.shown == "3,19"
    assert all(0 < (axis.value or 0) < 1 and 0 < (axis.nation or 0) < 1 for axis in chart.axes)


def test_the_best_unit_lies_one_standard_deviation_inside() -> None:
    figures = published()
    values = [one["satisfaction"] or 0 for unit, one in figures.items() if unit != "Riket"]
    spread = statistics.stdev(values)
    best = compass.compass(figures, "Sophiahemmet").axes[0].value
    assert best == pytest.approx(1 - spread / (max(values) - min(values) + 2 * spread))


@pytest.mark.filterwarnings("error")
def test_what_is_missing_or_all_alike_has_no_place() -> None:
    assert compass.compass(published(), "Finns inte").axes == ()
    alike: dict[str, dict[str, float | None]] = {"A": {"coverage": 98.0}, "B": {"coverage": 98.0, "ae90": None}}
    axes = compass.compass(alike, "B").axes
    assert {axis.value for axis in axes} == {axis.nation for axis in axes} == {None}
    assert axes[3].shown == "–"


def test_the_flow_ends_in_what_is_paid_and_the_strip_begins_with_the_cheapest() -> None:
    flow = Flow(100, 80, 12, 10, 8, 6, 900_000, 700_000, 650_000)
    recovery = Recovery("", 6, 8, 900_000, 700_000, 200_000, 0, 0, 650_000, 600_000, 50_000, 400_000, 100_000)
    chart = money.case_flow("Flöde", flow, recovery)
    assert [(step.key, step.count, step.amount) for step in chart.steps][3:] == [
        ("reviewed", 10, None),
        ("confirmed", 8, 900_000),
        ("covered", 6, 700_000),
        ("claimable", None, 650_000),
        ("claimed", None, 550_000),
        ("paid", None, 400_000),
    ]
    strip = money.cost_strip("Kostnad", [case(5, "b"), case(3, "a")])
    assert [case.key for case in strip.cases] == ["a", "b"]
    assert [line for line, _word in strip.lines] == [6_000_000, 20_000_000, 80_000_000]
    assert money.cost_strip("Kostnad", []).cases == ()
