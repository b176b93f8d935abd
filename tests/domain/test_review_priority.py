"""Why an event should be reviewed now: steps that exclude each other, points that add up, and the words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kvalitetsapp.domain.review_priority import (
    DEFAULT_POINTS,
    LARGE_ORE,
    MEDIUM_ORE,
    Reason,
    Urgency,
    points,
    reasons,
    told,
    weights_from,
)
from support.manual import section, table_rows

TODAY = date(2025, 6, 30)
POINTS: dict[str, object] = {reason.value: worth for reason, worth in DEFAULT_POINTS.items()}
CALM = Urgency(None, None, "proposed", another_look=False, competing=False, complication_class="dislocation")


def in_days(number: int) -> Urgency:
    return replace(CALM, claim_by=TODAY + timedelta(days=number))


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        (-400, Reason.DEADLINE_PASSED),
        (-1, Reason.DEADLINE_PASSED),
        (0, Reason.DEADLINE_NEAR),
        (30, Reason.DEADLINE_NEAR),
        (31, Reason.DEADLINE_COMING),
        (90, Reason.DEADLINE_COMING),
    ],
)
def test_a_deadline_counts_when_it_has_passed_or_is_within_ninety_days(days: int, reason: Reason) -> None:
    assert reasons(in_days(days), TODAY) == (reason,)


def test_a_deadline_further_off_does_not_count() -> None:
    assert reasons(in_days(91), TODAY) == ()


@pytest.mark.parametrize(
    ("ore", "reason"),
    [(LARGE_ORE, Reason.STAKE_LARGE), (MEDIUM_ORE, Reason.STAKE_MEDIUM), (1, Reason.STAKE_SOME)],
)
def test_only_the_highest_step_of_money_counts(ore: int, reason: Reason) -> None:
    assert reasons(replace(CALM, at_stake=ore), TODAY) == (reason,)


def test_nothing_at_stake_is_no_reason() -> None:
    assert reasons(replace(CALM, at_stake=0), TODAY) == ()


def test_reasons_add_up_and_are_told_in_words() -> None:
    event = Urgency(TODAY + timedelta(days=12), 84_000_00, "ambiguous", True, True, "infection")  # noqa: FBT003
    found = reasons(event, TODAY)
    assert points(found, DEFAULT_POINTS) == 40 + 20 + 25 + 15 + 10 + 15
    assert told(event, TODAY) == (
        "utgår om 12 dagar · 84\u00a0000\u00a0kr · ny titt · tvetydig · annan kirurgi emellan · infektion"
    )


def test_a_deadline_is_told_as_one_says_it() -> None:
    said = [told(in_days(days), TODAY) for days in (-2, -1, 0, 1)]
    assert said == ["utgick för 2 dagar sedan", "utgick för 1 dag sedan", "utgår i dag", "utgår om 1 dag"]


@pytest.mark.parametrize(
    "stated",
    [
        None,
        [],
        {},
        {**POINTS, "other": 1},
        {**POINTS, "infection": -1},
        {**POINTS, "infection": 101},
        {**POINTS, "infection": True},
        {**POINTS, "infection": "10"},
    ],
)
def test_points_that_are_not_all_there_or_out_of_range_are_not_taken(stated: object) -> None:
    assert weights_from(stated) is None


def test_points_are_read_as_they_are_stated() -> None:
    assert weights_from({reason.value: 0 for reason in Reason}) == dict.fromkeys(Reason, 0)


def test_the_manual_tells_every_reason_with_its_points() -> None:
    rows = {row[0].strip("`"): row for row in table_rows(section("12-definitioner", "Poäng i granskningskön"))}
    assert {name: (row[1], row[2]) for name, row in rows.items()} == {
        reason.value: (reason.label, str(worth)) for reason, worth in DEFAULT_POINTS.items()
    }
