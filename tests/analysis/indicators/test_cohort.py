"""Whose operations are meant, what their own dates tell, and whether the register has them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from kvalitetsapp.analysis import frames
from kvalitetsapp.analysis.indicators.figures import summary
from kvalitetsapp.analysis.indicators.members import members
from kvalitetsapp.domain.indicator import Anchor, Answered, CodeSpan, Cohort, Counted, Measure, Prosthesis
from support.made_frames import OPERATED, episodes, operation, operations, persons
from support.made_indicators import AS_OF, LEVELS, REGISTER, figure, made, of_each, recipe, rows_as, rows_of

if TYPE_CHECKING:
    import pandas as pd

    from kvalitetsapp.analysis.indicators.source import IndicatorSource


def coded(*codes: str, **told: object) -> pd.DataFrame:
    """Operations with these primary codes on one day."""
    return operations(*(operation(**told) for _ in codes)).assign(procedure_code=list(codes))


def stays(*rows: dict[str, Any]) -> pd.DataFrame:
    """The index stays of operations that `operations` made, three days unless told."""
    usual = {"admitted": OPERATED, "discharged": OPERATED + timedelta(days=3)}
    return episodes(*(usual | {"episode": 1000 + number} | row for number, row in enumerate(rows)))


def chosen(cohort: Cohort, source: IndicatorSource) -> list[int]:
    return members(recipe(Counted.LINKED, cohort=cohort), source)["operation"].tolist()


def test_total_and_partial_knees_are_told_apart() -> None:
    source = made(coded("NGB49", "NGB19", "NGB99", "NGX00"))
    for kind, wanted in ((Prosthesis.TOTAL, [0]), (Prosthesis.PARTIAL, [1]), (Prosthesis.OTHER, [2])):
        assert chosen(Cohort(prostheses=(kind,)), source) == wanted
    assert chosen(Cohort(), source) == [0, 1, 2, 3]


def test_a_primary_code_is_in_force_on_the_day_of_the_operation() -> None:
    source = made(coded("NFB49", "NFB29"))
    later = CodeSpan("NFB4", prefix=True, valid_from=OPERATED + timedelta(days=1))
    until = CodeSpan("NFB29", valid_to=OPERATED)
    assert chosen(Cohort(codes=(later, until)), source) == [1]
    assert chosen(Cohort(codes=(CodeSpan("NFB4", prefix=True, valid_from=OPERATED),)), source) == [0]


def test_joint_route_and_care_form_each_leave_out_what_is_something_else() -> None:
    index = operations(operation(), operation(joint="knee"), operation(payer_route="own"), operation())
    source = made(index, episodes=stays({}, {}, {}, {"care_form": "outpatient"}))
    assert chosen(Cohort(joints=("hip",)), source) == [0, 2, 3]
    assert chosen(Cohort(payer_routes=("contract",)), source) == [0, 1, 3]
    assert chosen(Cohort(care_forms=("inpatient",)), source) == [0, 1, 2]


def test_the_main_diagnosis_of_the_stay_lets_in_and_leaves_out() -> None:
    index = operations(*(operation() for _ in range(4)))
    source = made(index, episodes=stays({"main_diagnosis": "S7200"}, {"main_diagnosis": "M169"}, {}))
    fracture = (CodeSpan("S72", prefix=True),)
    assert chosen(Cohort(diagnoses=fracture), source) == [0]
    assert chosen(Cohort(not_diagnoses=fracture), source) == [1, 2, 3]  # also where no diagnosis is told


@pytest.mark.parametrize(("days", "value"), [(-1, 0), (0, 1), (90, 1), (91, 0)])
def test_a_death_counts_in_the_window_and_one_before_the_operation_is_ignored(days: int, value: int) -> None:
    people = persons({"death_date": OPERATED + timedelta(days=days)})
    found = members(recipe(Counted.DEATH, last=90), made(operations(operation()), persons=people))
    assert rows_of(found, ("value", "days")) == [(value, days if value else None)]


def test_without_any_death_delivered_nothing_is_known_of_deaths() -> None:
    row = figure(recipe(Counted.DEATH, last=90), made(operations(operation()), persons=persons({})))
    assert (row["eligible"], row["n"], row["flags"]) == (1, 0, "no_reporting")


def test_the_stay_is_counted_in_days_and_known_when_it_has_ended() -> None:
    index = operations(operation(), operation(operated_on=AS_OF))
    source = made(index, episodes=stays({}, {"admitted": AS_OF, "discharged": AS_OF + timedelta(days=1)}))
    found = members(recipe(Counted.STAY, measure=Measure.MEDIAN), source)
    assert rows_of(found, ("eligible", "value")) == [(True, 3.0), (False, None)]


def test_home_on_the_day_is_day_surgery_also_in_inpatient_care() -> None:
    index = operations(*(operation() for _ in range(3)))
    rows: tuple[dict[str, Any], ...] = ({}, {"discharged": OPERATED}, {"care_form": "outpatient"})
    assert of_each(recipe(Counted.DAY_SURGERY), made(index, episodes=stays(*rows))) == [0, 1, 1]


def registered(*entries: dict[str, Any]) -> list[Any]:
    usual = {"person": 0, "joint": "hip", "side": "right", "operated_on": OPERATED}
    far = usual | {"person": 77}
    around = [far | {"operated_on": OPERATED + timedelta(days=days)} for days in (-400, 400)]
    register = rows_as(REGISTER, [*around, *(usual | entry for entry in entries)])
    return of_each(recipe(Counted.COVERAGE), made(operations(operation()), register=register))


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ({}, 1),
        ({"operated_on": OPERATED + timedelta(days=7)}, 1),
        ({"operated_on": OPERATED - timedelta(days=7)}, 1),
        ({"operated_on": OPERATED + timedelta(days=8)}, 0),
        ({"side": ""}, 1),
        ({"side": "left"}, 0),
        ({"joint": "knee"}, 0),
        ({"person": 1}, 0),
    ],
)
def test_an_operation_is_covered_by_an_entry_within_a_week(entry: dict[str, Any], value: int) -> None:
    assert registered(entry) == [value]


def test_coverage_is_not_known_of_joints_and_times_that_the_register_has_not_delivered() -> None:
    index = operations(operation(), operation(operated_on=OPERATED + timedelta(days=8)), operation(joint="knee"))
    register = rows_as(REGISTER, [{"person": 0, "joint": "hip", "side": "right", "operated_on": OPERATED}])
    assert of_each(recipe(Counted.COVERAGE), made(index, register=register)) == [1, None, None]
    assert figure(recipe(Counted.COVERAGE), made(index))["flags"] == "no_reporting"


def test_low_coverage_is_told_by_the_figure_itself() -> None:
    index = operations(*(operation(person=number) for number in range(5)))
    entry = {"joint": "hip", "side": "right", "operated_on": OPERATED}
    for found, flags in ((4, "small_n"), (3, "small_n low_coverage")):
        register = rows_as(REGISTER, [entry | {"person": number} for number in range(found)])
        assert figure(recipe(Counted.COVERAGE), made(index, register=register))["flags"] == flags


def test_a_share_is_not_asked_of_a_number() -> None:
    source = made(operations(operation()))
    for indicator in (recipe(Counted.STAY), recipe(Counted.ANSWER, answered=Answered.GAIN)):
        with pytest.raises(ValueError, match="is a number"):
            members(indicator, source)


@pytest.mark.parametrize("kind", list(Counted))
@pytest.mark.parametrize("anchor", list(Anchor))
def test_nothing_at_all_gives_a_row_that_says_so(kind: Counted, anchor: Anchor) -> None:
    indicator = recipe(kind, last=90, anchor=anchor, instruments=("eq5d",), occasion="1y", answered=Answered.REACHED)
    if kind is Counted.STAY:
        indicator = recipe(kind, measure=Measure.MEDIAN)
    none = made(operations(), benchmarks=rows_as(frames.PUBLISHED, []))
    row = figure(indicator, none)
    assert row["value"] != row["value"]
    assert row["flags"] == ("no_reporting" if kind is Counted.PUBLISHED else "no_operations")
    assert len(members(indicator, none)) == 0
    assert len(summary(indicator, none, by=LEVELS)) == 0


@pytest.mark.parametrize("kind", [kind for kind in Counted if kind is not Counted.PUBLISHED])
def test_one_operation_that_nothing_else_is_known_of_has_a_row_by_any_keys(kind: Counted) -> None:
    measure = Measure.MEDIAN if kind is Counted.STAY else Measure.SHARE
    indicator = recipe(kind, measure=measure, last=90, instruments=("eq5d",), occasion="1y", answered=Answered.REACHED)
    found = summary(indicator, made(operations(operation())), by=LEVELS)
    keys = ("provider_id", "unit", "joint", "prosthesis", "year", "sex", "age_group", "payer_route")
    assert rows_of(found, keys) == [("P01", "", "hip", "total", 2020, "", "", "contract")]
    known = kind is Counted.LINKED
    assert found["flags"].tolist() == ["small_n" if known else "no_reporting"]
