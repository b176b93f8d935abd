"""Whether a target is met: limits, intervals, the nation and its best quarter."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain.editable_words import NationalLevel, QualityArea
from kvalitetsapp.domain.indicator import Direction
from kvalitetsapp.domain.quality_target import Target, aim_text, wanted
from kvalitetsapp.domain.target_status import (
    Judgement,
    Limit,
    Obstacle,
    Quartile,
    Reading,
    TargetStatus,
    against,
    farthest,
    judged,
    quartile_of,
)
from support.target_readings import VALUES, mirrored, readings

SATISFIED = Target("T1", QualityArea.PREM, "Nöjda patienter", indicator="satisfaction_1y", at_least=0.95)
_MIRROR = {Direction.LOW: Direction.HIGH, Direction.HIGH: Direction.LOW}


def status(target: Target, reading: Reading | None, **published: object) -> Judgement:
    known = {"direction": Direction.HIGH, "nation": None, "quartile": None, **published}
    return judged(target, reading, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reading", "wanted_status", "crossed"),
    [
        (Reading(0.97, 0.955, 0.98, 900), TargetStatus.MET, False),
        (Reading(0.96, 0.93, 0.98, 200), TargetStatus.UNCERTAIN, True),
        (Reading(0.94, 0.90, 0.96, 200), TargetStatus.NOT_MET, True),
        (Reading(0.90, 0.88, 0.92, 900), TargetStatus.NOT_MET, False),
        (Reading(0.95, None, None, None), TargetStatus.MET, False),
    ],
)
def test_a_figure_is_held_against_the_limit_and_its_interval_says_how_sure_that_is(
    reading: Reading, wanted_status: TargetStatus, crossed: bool
) -> None:
    assert status(SATISFIED, reading) == Judgement(wanted_status, crossed=crossed)


def test_what_cannot_be_told_says_why() -> None:
    assert status(SATISFIED, None).obstacle is Obstacle.NO_FIGURES
    assert status(replace(SATISFIED, indicator=""), None).obstacle is Obstacle.NO_RESULT
    assert status(SATISFIED, Reading(1.0, 0.7, 1.0, 9)).obstacle is Obstacle.FEW
    assert status(replace(SATISFIED, at_least=None), Reading(1.0)).obstacle is Obstacle.NO_LIMIT


def test_the_nation_has_to_be_beaten_and_not_only_equalled() -> None:
    better = replace(SATISFIED, at_least=None, national=NationalLevel.BETTER)
    low = {"direction": Direction.LOW, "nation": 0.021}
    assert status(better, Reading(0.010, 0.005, 0.020, 800), **low).status is TargetStatus.MET
    assert status(better, Reading(0.021, 0.010, 0.040, 800), **low).status is TargetStatus.NOT_MET
    assert status(better, Reading(0.5), direction=Direction.HIGH).obstacle is Obstacle.NO_NATION
    assert status(better, Reading(0.5), direction=Direction.NEITHER).obstacle is Obstacle.NO_DIRECTION


def test_the_best_quarter_of_the_published_units_is_at_the_wanted_end() -> None:
    rates = (0.013, 0.027, 0.005, 0.009)
    for way, wanted_limit in ((Direction.LOW, 0.008), (Direction.HIGH, 0.0165)):
        limit, units = quartile_of(rates, way)
        assert limit == pytest.approx(wanted_limit)
        assert units == 4
    assert quartile_of(rates[:3], Direction.LOW) == (None, 3)
    upper = replace(SATISFIED, at_least=None, national=NationalLevel.UPPER_QUARTILE)
    told = {"direction": Direction.LOW, "quartile": Quartile(0.008, 4)}
    assert status(upper, Reading(0.007, 0.002, 0.02, 500), **told).status is TargetStatus.UNCERTAIN
    assert status(upper, Reading(0.007), quartile=Quartile(None, 3)).obstacle is Obstacle.FEW_UNITS
    assert status(upper, Reading(0.007), quartile=Quartile(None, 0, needs_joint=True)).obstacle is Obstacle.ONE_JOINT


def test_of_several_limits_the_one_farthest_from_decides() -> None:
    both = replace(SATISFIED, national=NationalLevel.BETTER)
    reading = Reading(0.96, 0.955, 0.98, 900)
    assert status(both, reading, nation=0.98).status is TargetStatus.NOT_MET
    assert status(both, reading).status is TargetStatus.CANNOT_TELL
    assert status(both, reading, nation=0.90).status is TargetStatus.MET
    assert farthest([]).obstacle is Obstacle.NO_LIMIT


def test_the_direction_of_a_target_is_its_indicators_or_that_of_its_only_limit() -> None:
    assert wanted(Direction.LOW, SATISFIED) is Direction.LOW
    assert wanted(Direction.NEITHER, SATISFIED) is Direction.HIGH
    assert wanted(Direction.NEITHER, replace(SATISFIED, at_most=1.0)) is Direction.NEITHER
    assert wanted(Direction.NEITHER, replace(SATISFIED, at_least=None, at_most=0.1)) is Direction.LOW


def test_a_target_says_what_it_aims_at() -> None:
    both = replace(SATISFIED, national=NationalLevel.UPPER_QUARTILE)
    assert aim_text(both, "%") == "minst 95\u00a0%, övre kvartilen i riket"
    assert aim_text(replace(SATISFIED, at_least=None, at_most=12.5), "") == "högst 12,5"
    assert aim_text(replace(SATISFIED, at_least=None), "%") == "inget gränsvärde"


def test_a_target_comes_back_from_what_was_kept_of_it() -> None:
    target = replace(SATISFIED, national=NationalLevel.BETTER, joint="hip", note="ur årsberättelsen")
    assert Target.from_row(target.contents()) == target


@given(readings(), VALUES, st.booleans())
def test_a_limit_on_a_mirrored_scale_judges_the_same(reading: Reading, limit: float, at_most: bool) -> None:
    told = against(reading, Limit(limit, at_most))
    assert told == against(mirrored(reading), Limit(-limit, not at_most))
    assert told.crossed or told.status is not TargetStatus.UNCERTAIN


@given(readings(), st.floats(0, 50), VALUES, st.booleans(), st.booleans())
def test_a_figure_that_moves_the_wanted_way_never_stops_meeting_a_limit(
    reading: Reading, step: float, limit: float, at_most: bool, strict: bool
) -> None:
    assert reading.low is not None
    assert reading.high is not None
    by = -step if at_most else step
    moved = Reading(reading.value + by, reading.low + by, reading.high + by, reading.n)
    aim = Limit(limit, at_most, strict)
    if against(reading, aim).status is not TargetStatus.NOT_MET:
        assert against(moved, aim).status is not TargetStatus.NOT_MET


@given(st.lists(st.floats(0, 1), min_size=4, max_size=60), st.sampled_from([Direction.LOW, Direction.HIGH]))
def test_at_least_a_quarter_of_the_units_reach_their_own_best_quarter(rates: list[float], way: Direction) -> None:
    limit, units = quartile_of(rates, way)
    assert limit is not None
    reached = sum(Limit(limit, at_most=way is Direction.LOW).holds(each) for each in rates)
    assert reached * 4 >= units
    opposite, _units = quartile_of([-each for each in rates], _MIRROR[way])
    assert opposite == pytest.approx(-limit)


@given(st.integers(0, 1000))
def test_what_is_printed_as_the_limit_reaches_it_however_the_fraction_was_worked_out(permille: int) -> None:
    told = str(Decimal(permille) / 10)
    for value in (float(told) / 100, 1 - float(1 - Decimal(permille) / 1000)):
        for at_most in (True, False):
            assert Limit(float(Decimal(told) / 100), at_most).holds(value)
            assert not Limit(float(Decimal(told) / 100), at_most, strict=True).holds(value)
