"""Linked events (R9): the same as the summary of reoperations, and what classes, reviews and windows change."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvalitetsapp.analysis import reoperations
from kvalitetsapp.analysis.indicators.figures import summary
from kvalitetsapp.analysis.indicators.members import members
from kvalitetsapp.domain.indicator import Anchor, Counted, Measure, Reviewed
from support import expected_frames
from support.made_frames import OPERATED, episodes, link, links, operation, operations, persons
from support.made_indicators import AS_OF, figure, made, of_each, recipe, rows_of

if TYPE_CHECKING:
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.indicator import Indicator

LEVELS = ("revision", "reoperation")
LATEST = AS_OF - timedelta(days=730)
SAME = {"reoperated": "events", "rate": "value"}


def reoperation(last: int = 730, **parts: Any) -> Indicator:  # noqa: ANN401
    usual: dict[str, Any] = {"levels": LEVELS, "last": last, "benchmark": "reoperation_2y"}
    return recipe(Counted.LINKED, **(usual | parts))


def one(*events: dict[str, Any], **more: Any) -> IndicatorSource:  # noqa: ANN401
    index = operations(operation())
    return made(index, links(index, *events), **more)


@pytest.mark.parametrize("within", [730, 90, 30])
@pytest.mark.parametrize("by", [("provider", "joint"), ("sex", "age_group"), ("joint", "year", "payer_route"), ()])
def test_r9_of_an_example_county_is_that_of_the_summary_of_reoperations(within: int, by: tuple[str, ...]) -> None:
    given_ = expected_frames.county_frames("county")
    source = made(
        given_.index_operations,
        given_.links,
        given_.episodes,
        persons=given_.persons,
        benchmarks=given_.benchmarks,
        as_of=given_.as_of,
    )
    expected = reoperations.summary(
        given_.index_operations,
        given_.links,
        given_.persons,
        given_.benchmarks,
        by=by,
        as_of=given_.as_of,
        within=within,
    )
    benchmark = {730: "reoperation_2y", 90: "reoperation_90d", 30: "reoperation_30d"}[within]
    found = summary(reoperation(within, benchmark=benchmark), source, by=by)
    keys = [name for name in expected.columns if name in found.columns and name != "benchmark"]
    for name in (*keys, "reoperated", "rate", "benchmark"):
        same = found[SAME.get(name, name)]
        if expected[name].dtype == np.float64:
            np.testing.assert_array_equal(same.to_numpy(dtype=np.float64), expected[name].to_numpy(), err_msg=name)
        else:
            assert same.tolist() == expected[name].tolist(), name
    revised = summary(reoperation(within, levels=("revision",)), source, by=by)
    assert revised["events"].tolist() == expected["revised"].tolist()


@pytest.mark.parametrize(
    ("event", "value", "ambiguous"),
    [
        (link(0, 0), 1, False),
        (link(0, 730), 1, False),
        (link(0, 731), 0, False),
        (link(0, -1), 0, False),
        (link(0, 9, status="rejected"), 0, False),
        (link(0, 9, status="ambiguous"), 0, True),
        (link(0, 731, status="ambiguous"), 0, False),
        (link(0, 9, surgery_level="closed_reduction"), 0, False),
    ],
)
def test_r9_what_counts(event: dict[str, Any], value: int, ambiguous: bool) -> None:
    assert of_each(reoperation(), one(event)) == [value]
    assert of_each(reoperation(), one(event), "ambiguous") == [ambiguous]


@pytest.mark.parametrize(("first", "last", "value"), [(8, 9, 1), (9, 9, 1), (10, 12, 0), (1, 8, 0)])
def test_both_ends_of_the_window_are_in(first: int, last: int, value: int) -> None:
    assert of_each(reoperation(last, first=first), one(link(0, 9))) == [value]


def test_only_the_classes_asked_for_count() -> None:
    source = one(link(0, 9, complication_class="dislocation"))
    assert of_each(reoperation(classes=("infection",)), source) == [0]
    assert of_each(reoperation(classes=("infection", "dislocation")), source) == [1]
    assert of_each(reoperation(levels=(), classes=("dislocation",)), source) == [1]


def test_the_first_event_is_told_with_its_episode_and_day() -> None:
    source = one(link(0, 30), link(0, 9, surgery_level="reoperation"), link(0, 9))
    row = members(reoperation(), source).iloc[0]
    assert (row["event_episode"], row["event_date"].date(), row["days"]) == (1, OPERATED + timedelta(days=9), 9)


def test_share_reviewed_is_that_of_the_operations_that_count() -> None:
    index = operations(*(operation() for _ in range(4)))
    proposed = [link(n, 9, status="proposed") for n in range(1, 4)]
    row = figure(reoperation(), made(index, links(index, link(0, 5), *proposed, link(0, 8, status="proposed"))))
    assert (row["n"], row["events"], row["reviewed"]) == (4, 4, 1)
    assert "unreviewed" in row["flags"]


def test_where_only_confirmed_links_count_those_that_wait_are_flagged() -> None:
    source = one(link(0, 9, status="proposed"))
    row = figure(reoperation(reviewed=Reviewed.CONFIRMED), source)
    assert (row["events"], row["reviewed"]) == (0, 0)
    assert "unreviewed" in row["flags"]
    confirmed = figure(reoperation(reviewed=Reviewed.CONFIRMED), one(link(0, 9)))
    assert (confirmed["events"], confirmed["reviewed"]) == (1, 1)
    assert "unreviewed" not in confirmed["flags"]


def test_the_dead_stay_in_the_denominator_and_an_event_after_death_is_told() -> None:
    index = operations(operation(), operation())
    people = persons({"death_date": OPERATED}, {"death_date": OPERATED + timedelta(days=3)})
    row = figure(reoperation(), made(index, links(index, link(1, 9)), persons=people))
    assert (row["n"], row["events"]) == (2, 1)


def test_the_share_without_is_the_mirror_of_the_share_with() -> None:
    index = operations(*(operation() for _ in range(60)))
    source = made(index, links(index, link(0, 5), link(1, 9, status="proposed")))
    having, without = figure(reoperation(), source), figure(reoperation(measure=Measure.SHARE_WITHOUT), source)
    assert (without["events"], without["n"], without["reviewed"]) == (58, 60, 1)
    for name, mirror in (("value", "value"), ("ci_low", "ci_high"), ("ci_high", "ci_low")):
        assert without[name] == pytest.approx(1 - having[mirror], abs=1e-15)
    assert of_each(reoperation(measure=Measure.SHARE_WITHOUT), source, "days")[:3] == [5, 9, None]


def test_operations_are_followed_from_the_last_day_of_the_window() -> None:
    days = (LATEST, LATEST + timedelta(days=1), AS_OF, AS_OF + timedelta(days=1))
    index = operations(*(operation(operated_on=day) for day in days))
    source = made(index, links(index, link(0, 5), link(1, 5)))
    assert of_each(reoperation(), source, "eligible") == [True, False, False]
    assert of_each(reoperation(), source) == [1, None, None]
    row = figure(reoperation(), source)
    assert (row["operations"], row["eligible"], row["events"]) == (3, 1, 1)
    assert row["flags"] == "small_n short_follow_up"


def test_a_window_without_end_waits_for_nothing_and_looks_no_further_than_the_day_it_reaches_to() -> None:
    index = operations(operation(), operation(operated_on=AS_OF))
    source = made(index, links(index, link(0, 900), link(1, 1)))
    assert of_each(recipe(Counted.LINKED), source) == [1, 0]


def test_a_window_may_be_counted_from_discharge() -> None:
    index = operations(operation())
    stay = episodes({"episode": 1000, "admitted": OPERATED, "discharged": OPERATED + timedelta(days=4)})
    found = members(
        recipe(Counted.LINKED, last=5, anchor=Anchor.DISCHARGE), made(index, links(index, link(0, 9)), stay)
    )
    assert rows_of(found, ("value", "days")) == [(1.0, 5)]


@settings(max_examples=settings().max_examples // 2)
@given(st.integers(0, 2**32))
def test_linked_events_agree_with_a_plain_loop(seed: int) -> None:
    chance = Random(seed)
    index = operations(*(operation(operated_on=AS_OF - timedelta(days=chance.randint(0, 200))) for _ in range(8)))
    told = [
        link(
            chance.randrange(8),
            chance.choice((-1, 0, 29, 30, 31, 90)),
            status=chance.choice(("proposed", "confirmed", "ambiguous", "rejected")),
            surgery_level=chance.choice(("revision", "reoperation", "none")),
        )
        for _ in range(chance.randint(0, 20))
    ]
    expected: list[tuple[Any, ...]] = []
    for number, day in enumerate(index["operated_on"]):
        followed = (AS_OF - day.date()).days >= 30
        theirs = [
            e for e in told if e["operation"] == number and e["surgery_level"] in LEVELS and 0 <= e["days"] <= 30
        ]
        counting = [one["days"] for one in theirs if one["status"] in {"proposed", "confirmed"}]
        value = float(bool(counting)) if followed else None
        doubtful = followed and any(one["status"] == "ambiguous" for one in theirs)
        decided = int(any(one["status"] == "confirmed" for one in theirs)) if followed and counting else None
        expected.append((followed, value, min(counting) if followed and counting else None, decided, doubtful))
    found = members(reoperation(30), made(index, links(index, *told)))
    assert rows_of(found, ("eligible", "value", "days", "reviewed", "ambiguous")) == expected
