"""What patients answered: scores with the half rule, which operation an answer is about, gains and limits."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvalitetsapp.analysis.indicators.members import members
from kvalitetsapp.domain.indicator import Answered, Counted, Measure
from support.made_frames import OPERATED, operation, operations
from support.made_indicators import ANSWERS, AS_OF, figure, made, of_each, recipe, rows_as, rows_of

if TYPE_CHECKING:
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.indicator import Indicator

PAIN = ("1", "2", "3", "4")
YEAR = 365


def answer(value: float, item: str = "", on: int = YEAR, **told: object) -> dict[str, Any]:
    """An answer one year after a right hip on 1 January 2020, but for what is told."""
    usual = {"person": 0, "joint": "hip", "side": "right", "instrument": "hoos12", "occasion": "1y"}
    return usual | {"item": item, "value": value, "answered_on": OPERATED + timedelta(days=on)} | told


def sheet(values: str) -> list[dict[str, Any]]:
    """Twelve questions in order, a point for one that is not answered."""
    return [answer(int(value), str(number)) for number, value in enumerate(values, 1) if value != "."]


def asked(**parts: Any) -> Indicator:  # noqa: ANN401
    usual = {"instruments": ("hoos12", "koos12"), "occasion": "1y", "measure": Measure.MEAN}
    return recipe(Counted.ANSWER, **(usual | parts))


def answered(*rows: dict[str, Any], index: tuple[dict[str, Any], ...] = ()) -> IndicatorSource:
    return made(operations(*(index or (operation(),))), answers=rows_as(ANSWERS, rows))


@pytest.mark.parametrize(
    ("values", "items", "score"),
    [
        ("000000000000", (), 100),
        ("444444444444", (), 0),
        ("111122223333", (), 50),
        ("000400000000", PAIN, 75),
        ("00..........", PAIN, 100),  # half of them answered
        ("4...00000000", PAIN, None),
        ("02..00000000", (), (75 + 100 + 100) / 3),  # the mean of the subscales, not of the questions
        ("4...00000000", (), None),
        ("0000000044..", ("9", "10", "11", "12"), 0),
    ],
)
def test_a_score_is_100_minus_25_times_the_mean_of_at_least_half_the_questions(
    values: str, items: tuple[str, ...], score: float | None
) -> None:
    assert of_each(asked(items=items), answered(*sheet(values))) == [
        pytest.approx(score) if score is not None else None
    ]


def test_a_whole_score_is_taken_as_delivered_where_the_questions_are_not() -> None:
    assert of_each(asked(), answered(answer(61.5))) == [61.5]
    assert of_each(asked(), answered(answer(61.5), *sheet("4...00000000"))) == [61.5]
    assert of_each(asked(), answered(answer(61.5), *sheet("111111111111"))) == [75]


def test_a_value_outside_its_scale_is_no_answer() -> None:
    assert of_each(asked(items=PAIN), answered(*sheet("00.."), answer(9, "3"))) == [100]
    assert of_each(asked(), answered(answer(101))) == [None]


def test_other_instruments_are_taken_as_delivered() -> None:
    index = answered(answer(0.71, instrument="eq5d"), answer(3, "1", instrument="eq5d"))
    assert of_each(asked(instruments=("eq5d",)), index) == [0.71]
    prem = answered(*(answer(value, item, instrument="prem") for item, value in (("a", 4), ("b", 5))))
    assert of_each(asked(instruments=("prem",), items=("a", "b", "c", "d")), prem) == [4.5]
    assert of_each(asked(instruments=("prem",), items=("a", "c", "d")), prem) == [None]


@pytest.mark.parametrize(
    ("on", "found"), [(YEAR - 183, False), (YEAR - 182, True), (YEAR + 182, True), (YEAR + 183, False)]
)
def test_an_answer_is_about_an_operation_within_half_the_time_of_its_occasion(on: int, found: bool) -> None:
    assert of_each(asked(), answered(answer(50, on=on))) == [50 if found else None]


@pytest.mark.parametrize(("on", "found"), [(-366, False), (-365, True), (0, True), (1, False)])
def test_an_answer_before_the_operation_is_given_before_it(on: int, found: bool) -> None:
    assert of_each(asked(occasion="preop"), answered(answer(50, on=on, occasion="preop"))) == [50 if found else None]


@pytest.mark.parametrize(
    ("told", "found"),
    [({"side": ""}, True), ({"side": "left"}, False), ({"joint": "knee"}, False), ({"person": 5}, False)],
)
def test_an_answer_is_about_the_same_person_joint_and_side(told: dict[str, Any], found: bool) -> None:
    assert of_each(asked(), answered(answer(50, **told))) == [50 if found else None]


def test_an_answer_is_about_the_operation_whose_occasion_it_is_nearest() -> None:
    index = (operation(person=0), operation(person=0, operated_on=OPERATED + timedelta(days=100)))
    assert of_each(asked(), answered(answer(50, on=YEAR + 49), index=index)) == [50, None]
    assert of_each(asked(), answered(answer(50, on=YEAR + 51), index=index)) == [None, 50]


def test_an_answer_of_an_equally_near_operation_is_about_that_of_its_side() -> None:
    index = (operation(person=0), operation(person=0, side="left"))
    assert of_each(asked(), answered(answer(50, side="left"), index=index)) == [None, 50]


def test_of_several_answers_the_one_nearest_to_the_day_of_the_occasion_is_taken() -> None:
    rows = (answer(10, on=YEAR - 40), answer(20, on=YEAR + 30), answer(30, on=YEAR + 31))
    found = members(asked(), answered(*rows))
    assert rows_of(found, ("value", "days")) == [(20.0, YEAR + 30)]
    assert of_each(asked(), answered(answer(20, on=YEAR + 9), answer(10, on=YEAR - 9))) == [10]


def test_a_sheet_that_tells_no_score_does_not_stand_in_the_way_of_one_that_does() -> None:
    assert of_each(asked(), answered(*sheet("4..........."), answer(30, on=YEAR + 90))) == [30]


def test_a_gain_is_after_minus_before_of_the_same_instrument() -> None:
    gain = asked(answered=Answered.GAIN, before="preop")
    before, after = answer(40, on=-20, occasion="preop"), answer(85.5)
    assert of_each(gain, answered(before, after)) == [45.5]
    assert of_each(gain, answered(after)) == [None]
    assert of_each(gain, answered(before | {"instrument": "koos12"}, after)) == [None]


def test_a_limit_is_reached_from_it_on() -> None:
    satisfied = asked(instruments=("satisfaction",), answered=Answered.REACHED, at_least=4, measure=Measure.SHARE)
    rows = [answer(value, person=number, instrument="satisfaction") for number, value in enumerate((3, 4, 5))]
    source = answered(*rows, index=(operation(), operation(), operation(), operation()))
    assert of_each(satisfied, source) == [0, 1, 1, None]
    row = figure(satisfied, source)
    assert (row["eligible"], row["n"], row["events"], row["flags"]) == (4, 3, 2, "small_n low_coverage")
    at_most = asked(instruments=("satisfaction",), answered=Answered.REACHED, at_most=3, measure=Measure.SHARE)
    assert of_each(at_most, source) == [1, 0, 0, None]


def test_an_answer_is_waited_for_until_its_occasion_and_none_is_taken_from_later() -> None:
    day = AS_OF - timedelta(days=YEAR)
    index = (operation(operated_on=day), operation(operated_on=day + timedelta(days=1)))
    rows = [answer(50, person=number, answered_on=AS_OF) for number in range(2)]
    source = answered(*rows, answer(80, person=0, answered_on=AS_OF + timedelta(days=1)), index=index)
    assert of_each(asked(), source) == [50, None]
    assert of_each(asked(), source, "eligible") == [True, False]


def test_no_answers_at_all_are_told_as_not_delivered() -> None:
    row = figure(asked(), answered())
    assert (row["eligible"], row["n"], row["flags"]) == (1, 0, "no_reporting")
    assert row["value"] != row["value"]


@settings(max_examples=settings().max_examples // 2)
@given(st.integers(0, 2**32))
def test_which_answer_is_about_which_operation_agrees_with_a_plain_loop(seed: int) -> None:
    chance = Random(seed)
    sides = ("right", "left", "unknown")
    index = [
        operation(
            person=chance.randint(0, 1),
            side=chance.choice(sides),
            operated_on=OPERATED + timedelta(days=chance.choice((0, 0, 20, 150, 400))),
        )
        for _ in range(chance.randint(1, 5))
    ]
    rows = [
        answer(number, person=chance.randint(0, 1), side=chance.choice(("right", "left", "")), on=YEAR + on)
        for number, on in enumerate(chance.sample((-170, -20, 0, 10, 19, 20, 75, 183, 395, 410), 6))
    ]
    best: dict[int, tuple[int, Any, int]] = {}
    for row in rows:
        side = row["side"] or "unknown"
        near = [
            (abs((row["answered_on"] - one["operated_on"]).days - YEAR), side != one["side"], number)
            for number, one in enumerate(index)
            if one["person"] == row["person"] and (side == one["side"] or "unknown" in {side, one["side"]})
        ]
        if near and min(near)[0] <= YEAR // 2:
            distance, _, number = min(near)
            best[number] = min(best.get(number, (999, 0, 0)), (distance, row["answered_on"], row["value"]))
    expected = [best[number][2] if number in best else None for number in range(len(index))]
    assert of_each(asked(), answered(*rows, index=tuple(index))) == expected


def weighed(kilos: float, occasion: str = "1y", item: str = "weight_kg", **told: object) -> dict[str, Any]:
    days = {"preop": -10, "1y": YEAR}[occasion]
    return answer(kilos, item, days, instrument="weight", occasion=occasion, **told)


@pytest.mark.parametrize(
    ("before", "after", "height", "lost"),
    [
        (131, 106, 180, 50),  # 81 kg is BMI 25: half of 50 kg
        (131, 81, 180, 100),
        (131, 141, 180, -20),
        (81, 70, 180, None),  # nothing in excess
        (131, 106, 18, None),  # no height
    ],
)
def test_excess_weight_lost_is_the_share_of_what_lies_above_bmi_25(
    before: float, after: float, height: float, lost: float | None
) -> None:
    source = answered(weighed(before, "preop"), weighed(after), weighed(height, "preop", "height_cm"))
    assert of_each(asked(instruments=("weight",)), source) == [lost if lost is None else pytest.approx(lost)]


def test_a_height_from_afterwards_serves_and_a_share_that_was_delivered_is_taken_where_nothing_else_is() -> None:
    later = answered(weighed(131, "preop"), weighed(106), weighed(180, "1y", "height_cm"))
    assert of_each(asked(instruments=("weight",)), later) == [pytest.approx(50)]
    assert of_each(asked(instruments=("weight",)), answered(weighed(64, "1y", ""))) == [pytest.approx(64)]
    assert of_each(asked(instruments=("weight",), items=("weight_kg",)), later) == [pytest.approx(106)]
