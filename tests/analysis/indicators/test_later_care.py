"""Adverse events, codes of the recipe and readmissions: which later care counts after an operation."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvalitetsapp.analysis import linking, missed_events
from kvalitetsapp.analysis.indicators.members import members
from kvalitetsapp.domain.indicator import Anchor, CodeSpan, Counted, Position
from support.code_tables import code_tables
from support.made_frames import PROVIDERS
from support.made_indicators import empty, figure, instrument, made, of_county, of_each, recipe, rows_of
from support.nasty_counties import nasty_county
from support.slow_missed import SlowSearch
from support.tiny_county import TinyCounty, day

if TYPE_CHECKING:
    from kvalitetsapp.domain.indicator import Indicator

ADVERSE = recipe(Counted.ADVERSE, last=30)
LATER_ONLY = "M246F"


def operated(diagnoses: str = "M169", procedures: str = "NFB49 ZXA00") -> TinyCounty:
    """A right hip on day 0, discharged on day 2, and care that has nothing to do with it."""
    county = TinyCounty().episode("faktura/1", 0, procedures, diagnoses)
    return county.episode("cosmic/0", 1, diagnoses="I109", person=99)


def value(indicator: Indicator, county: TinyCounty, place: int = 0) -> float | None:
    found: float | None = of_each(indicator, of_county(county))[place]
    return found


@pytest.mark.parametrize(
    ("stay", "later", "counts"),
    [
        ("M169 I219", "", 1),  # any diagnosis at the index stay
        ("I219", "", 1),
        ("M169", "I219", 1),  # or the main diagnosis later
        ("M169", "Z000 I219", 0),  # not another diagnosis later
        (f"M169 {LATER_ONLY}", "", 0),  # main later only
        ("M169", LATER_ONLY, 1),
        ("M169", f"Z000 {LATER_ONLY}", 0),
        ("M169", "N390", 0),  # for fractures only
        ("S7200", "N390", 1),
    ],
)
def test_a_diagnosis_counts_where_the_instrument_says_that_it_must_stand(stay: str, later: str, counts: int) -> None:
    county = operated(stay)
    if later:
        county.episode("cosmic/2", 9, diagnoses=later)
    assert value(ADVERSE, county) == counts


@pytest.mark.parametrize(
    ("on", "procedures", "counts"),
    [
        (9, "QDB05", 1),
        (30, "QDB05", 1),
        (31, "QDB05", 0),
        (1, "QDB05", 1),
        (0, "QDB05", 0),  # of the day itself: part of the index stay
        (9, "QDB05 ZXA00", 1),
        (9, "QDB05 ZXA05", 0),  # another known side
        (9, "QDB05 ZXA10", 1),
        (9, "NGA11 ZXA00", 0),  # a procedure on another joint
    ],
)
def test_a_later_procedure_counts_unless_on_another_side(on: int, procedures: str, counts: int) -> None:
    assert value(ADVERSE, operated().episode("cosmic/2", on, procedures, "Z000")) == counts


def test_the_instruments_procedures_at_the_index_stay_do_not_count() -> None:
    assert value(ADVERSE, operated(procedures="NFB49 ZXA00 QDB05")) == 0


def test_a_procedure_is_dated_by_its_own_day() -> None:
    county = operated().episode("cosmic/2", 28, "QDB05", "Z000", operated=31)
    assert value(ADVERSE, county) == 0
    county.detail("cosmic/2", "QDB05", on=29)
    assert of_each(ADVERSE, of_county(county), "days") == [29]


@pytest.mark.parametrize(("on", "counts"), [(-1, 0), (0, 1), (30, 1), (31, 0)])
def test_both_ends_of_the_window_are_in(on: int, counts: int) -> None:
    assert value(ADVERSE, operated().episode("cosmic/2", on, diagnoses="I219")) == counts


def test_only_the_groups_asked_for_count_by_the_beginning_of_their_names() -> None:
    county = operated().episode("cosmic/2", 9, diagnoses=LATER_ONLY)  # DB2
    assert [value(recipe(Counted.ADVERSE, last=30, groups=(name,)), county) for name in ("DB", "DB2", "DA")] == [
        1,
        1,
        0,
    ]


def test_an_adverse_event_is_reviewed_when_a_person_has_decided_on_its_episode() -> None:
    county = operated().episode("cosmic/2", 9, diagnoses="T845F")
    assert of_each(ADVERSE, of_county(county), "reviewed") == [0]
    assert of_each(ADVERSE, of_county(county.verdict("cosmic/2", "rejected")), "reviewed") == [1]
    assert value(ADVERSE, county) == 1  # the instrument counts codes


def test_without_any_later_care_nothing_is_known() -> None:
    county = TinyCounty().episode("faktura/1", 0, "NFB49 ZXA00")
    for kind in (Counted.ADVERSE, Counted.CODES, Counted.READMISSION):
        row = figure(recipe(kind, last=30), of_county(county))
        assert (row["n"], row["events"], row["flags"]) == (0, 0, "no_reporting")


def coded(code: str = "I26", position: Position = Position.MAIN, **span: Any) -> Indicator:  # noqa: ANN401
    spans = (CodeSpan(code, **({"prefix": True} | span)),)
    return recipe(Counted.CODES, last=90, codes=spans, position=position)


@pytest.mark.parametrize(
    ("position", "diagnoses", "counts"),
    [
        (Position.MAIN, "I269", 1),
        (Position.MAIN, "Z000 I269", 0),
        (Position.ANY, "Z000 I269", 1),
        (Position.ANY, "I109", 0),
        (Position.PROCEDURE, "I269", 0),
    ],
)
def test_a_code_of_the_recipe_counts_in_its_position(position: Position, diagnoses: str, counts: int) -> None:
    assert value(coded(position=position), operated().episode("cosmic/2", 9, diagnoses=diagnoses)) == counts


def test_a_code_of_the_recipe_is_a_whole_code_or_the_beginning_of_one() -> None:
    county = operated().episode("cosmic/2", 9, diagnoses="I269")
    assert [value(coded("I26", prefix=prefix), county) for prefix in (True, False)] == [1, 0]
    assert value(coded("I269", prefix=False), county) == 1


@pytest.mark.parametrize(
    ("first", "last", "counts"), [(9, None, 1), (10, None, 0), (None, 9, 1), (None, 8, 0), (9, 9, 1)]
)
def test_a_code_counts_while_it_is_in_force_on_the_day_of_the_later_care(
    first: int | None, last: int | None, counts: int
) -> None:
    span = {"valid_from": None if first is None else day(first), "valid_to": None if last is None else day(last)}
    assert value(coded("I26", Position.MAIN, **span), operated().episode("cosmic/2", 9, diagnoses="I269")) == counts


@pytest.mark.parametrize(
    ("procedures", "counts"), [("NFH20", 1), ("NFH20 ZXA00", 1), ("NFH20 ZXA05", 0), ("NGH20", 0), ("AAA99", 1)]
)
def test_a_procedure_of_the_recipe_counts_on_the_joint_and_side(procedures: str, counts: int) -> None:
    spans = tuple(CodeSpan(code) for code in ("NFH20", "NGH20", "AAA99"))
    indicator = recipe(Counted.CODES, last=90, codes=spans, position=Position.PROCEDURE)
    assert value(indicator, operated().episode("cosmic/2", 9, procedures)) == counts


def test_a_diagnosis_that_concerns_a_joint_counts_for_that_joint() -> None:
    county = operated().episode("cosmic/2", 9, diagnoses="T845G")  # of the knee
    assert value(coded("T845"), county) == 0
    assert value(coded("T845"), operated().episode("cosmic/2", 9, diagnoses="T845F")) == 1


def test_codes_of_the_index_stay_are_no_later_care() -> None:
    assert value(coded(), operated("I269")) == 0


def readmitted(first: int = 1, last: int = 30) -> Indicator:
    return recipe(Counted.READMISSION, first=first, last=last, anchor=Anchor.DISCHARGE)


@pytest.mark.parametrize(
    ("on", "from_next_day", "from_same_day"),
    [(1, 0, 0), (2, 0, 1), (3, 1, 1), (32, 1, 1), (33, 0, 0)],  # discharged on day 2
)
def test_a_readmission_begins_after_the_stay_has_ended(on: int, from_next_day: int, from_same_day: int) -> None:
    county = operated().episode("cosmic/2", on, diagnoses="Z000")
    assert value(readmitted(1), county) == from_next_day
    assert value(readmitted(0), county) == from_same_day


def test_outpatient_care_and_other_persons_are_no_readmission() -> None:
    county = operated().episode("cosmic/2", 9).correct("cosmic/2", care_form="outpatient")
    assert value(readmitted(), county.episode("cosmic/3", 9, person=2)) == 0


def test_a_readmission_after_operations_on_both_sides_is_one_of_both() -> None:
    county = operated(procedures="NFB49 ZXA10").episode("cosmic/2", 9)
    found = members(readmitted(), of_county(county))
    assert rows_of(found, ("value", "days", "reviewed")) == [(1.0, 7, None)] * 2


def test_an_operation_is_followed_when_the_window_after_its_discharge_has_ended() -> None:
    county = operated().episode("cosmic/2", 9)
    for as_of, eligible in ((day(32), True), (day(31), False)):
        assert of_each(readmitted(), of_county(county, as_of=as_of), "eligible") == [eligible]


def test_care_under_an_alias_is_that_of_the_person() -> None:
    """Frames have aliases resolved: the same person whatever number each delivery knew."""
    county = operated().episode("cosmic/2", 9, person=2)
    assert value(readmitted(), county) == 0
    assert value(readmitted(), county.correct("cosmic/2", person=1)) == 1


@settings(max_examples=settings().max_examples // 2)
@given(st.integers(0, 2**32), st.integers(0, 1), st.sampled_from((1, 30, 90)))
def test_readmissions_agree_with_a_plain_loop(seed: int, first: int, last: int) -> None:
    county = nasty_county(Random(seed))
    run = linking.run(county.episodes, county.details, county.verdicts, county.pins, code_tables())
    source = made(run.index_operations, run.links, county.episodes, details=county.details, as_of=date(2019, 6, 1))
    episodes = county.episodes.to_dict("records")
    stays = {row["episode"]: row for row in episodes}
    expected = []
    for one in run.index_operations.to_dict("records"):
        stay = stays[one["episode"]]
        if one["operated_on"].date() > source.as_of:
            continue
        followed = stay["discharged"].date() + timedelta(days=last) <= source.as_of
        days = [
            (row["admitted"] - stay["discharged"]).days
            for row in episodes
            if row["person"] == one["person"] and row["episode"] != one["episode"] and row["care_form"] == "inpatient"
        ]
        soon = [number for number in days if first <= number <= last]
        only_stays = {row["episode"] for row in episodes} == set(run.index_operations["episode"])
        value = float(bool(soon)) if followed and not only_stays else None
        expected.append((followed, value, min(soon) if value else None))
    assert rows_of(members(readmitted(first, last), source), ("eligible", "value", "days")) == expected


@settings(max_examples=settings().max_examples // 2)
@given(st.integers(0, 2**32), st.sampled_from((0, 30, 90)))
def test_adverse_events_agree_with_a_plain_loop_over_the_instrument(seed: int, last: int) -> None:
    county = nasty_county(Random(seed))
    run = linking.run(county.episodes, county.details, county.verdicts, county.pins, code_tables())
    source = made(run.index_operations, run.links, county.episodes, details=county.details)
    none = empty(missed_events.MISSED_DECISIONS)
    sources = missed_events.Sources(county.episodes, county.details, run.index_operations, run.links, PROVIDERS, none)
    slow = SlowSearch(sources, code_tables(), instrument())
    episodes: list[Any] = list(county.episodes.itertuples())
    every: list[Any] = list(run.index_operations.itertuples())
    expected = [
        float(any(any(slow.points(one, each, last, 0)) for each in episodes if each.person == one.person))
        for one in every
    ]
    if {each.episode for each in episodes} != set(run.index_operations["episode"]):
        assert of_each(recipe(Counted.ADVERSE, last=last), source) == expected


def test_the_order_of_episodes_never_matters() -> None:
    county = nasty_county(Random(5), people=6)
    run = linking.run(county.episodes, county.details, county.verdicts, county.pins, code_tables())
    mixed = county.episodes.sample(frac=1, random_state=3).reset_index(drop=True)
    spans = (CodeSpan("T", prefix=True),)
    for indicator in (ADVERSE, readmitted(), recipe(Counted.CODES, last=400, codes=spans, position=Position.ANY)):
        one, other = (
            members(indicator, made(run.index_operations, run.links, each, details=county.details))
            for each in (county.episodes, mixed)
        )
        assert one.equals(other)
