"""The search for missed events: what points to harm, when it counts, and what a person has already judged."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.analysis import frames, linking, missed_events
from kvalitetsapp.analysis.missed_events import MISSED_DECISIONS, Sources
from kvalitetsapp.exchange.adverse_events import read_adverse_events
from support.code_tables import CODES, code_tables
from support.nasty_counties import nasty_county
from support.slow_missed import SlowSearch
from support.tiny_county import TinyCounty

if TYPE_CHECKING:
    import pandas as pd

    from support.county_frames import CountyFrames

INSTRUMENT = read_adverse_events(CODES / "adverse_events.csv")
PROVIDERS = frames.frame(
    frames.PROVIDERS,
    {"provider_id": ["OSD", "P01", "P02"], "name": ["", "", ""], "kind": ["own", "private", "public"]},
)
LATER_ONLY = "M246F"
HIP = "faktura/1/hip/right"


def operated(diagnoses: str = "M169", provider: str = "P01") -> TinyCounty:
    """A right hip at a purchased provider on day 0."""
    return TinyCounty().episode("faktura/1", 0, "NFB49 ZXA00", diagnoses, provider=provider)


def decisions(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Decisions made in the search: index episode, joint, side, episode."""
    columns = zip(*rows, strict=True) if rows else ([] for _ in MISSED_DECISIONS)
    return frames.frame(MISSED_DECISIONS, dict(zip(MISSED_DECISIONS, map(list, columns), strict=True)))


def sources(county: TinyCounty, decided: pd.DataFrame | None = None) -> Sources:
    run = county.run()
    episodes, details = (
        frames.frame(shape, {name: [row[name] for row in rows] for name in shape})
        for shape, rows in ((frames.EPISODES, county.episodes), (frames.PROCEDURE_DETAILS, county.details))
    )
    made = decisions() if decided is None else decided
    return Sources(episodes, details, run.index_operations, run.links, PROVIDERS, made)


def search(
    county: TinyCounty, columns: str = "event_ref code condition", decided: pd.DataFrame | None = None, **days: int
) -> list[tuple[Any, ...]]:
    """Columns of what is found, within 90 days for codes and 730 for surgery unless told."""
    wanted = {"window_days": 90, "surgery_days": 730} | days
    found = missed_events.search(sources(county, decided), code_tables(), INSTRUMENT, **wanted)
    return [tuple(row) for row in found[columns.split()].itertuples(index=False)]


def test_a_later_main_diagnosis_of_the_instrument_is_found() -> None:
    county = operated().episode("cosmic/2", 30, diagnoses="I219", provider="OSD")
    assert search(county, "index_ref event_ref days code condition group status") == [
        (HIP, "cosmic/2", 30, "I219", "index_any_or_later_main", "DC", "")
    ]


def test_a_later_other_diagnosis_is_not_found() -> None:
    assert search(operated().episode("cosmic/2", 30, diagnoses="Z000 I219")) == []


def test_any_diagnosis_of_the_index_stay_counts_where_the_condition_says_so() -> None:
    assert search(operated("M169 I219")) == [("faktura/1", "I219", "index_any_or_later_main")]
    assert search(operated(f"M169 {LATER_ONLY}")) == []
    assert len(search(operated().episode("cosmic/2", 5, diagnoses=LATER_ONLY))) == 1


@pytest.mark.parametrize(("on", "found"), [(0, True), (1, True), (30, True), (31, False)])
def test_both_ends_of_the_window_are_in(on: int, found: bool) -> None:
    county = operated().episode("cosmic/2", on, diagnoses="I219")
    assert bool(search(county, window_days=30)) is found


def test_care_before_the_operation_points_to_nothing() -> None:
    county = TinyCounty().episode("faktura/1", 40, "NFB49 ZXA00").episode("cosmic/2", 39, diagnoses="I219")
    assert search(county) == []


def test_a_code_for_fracture_patients_counts_only_where_the_stay_was_for_a_fracture() -> None:
    assert search(operated().episode("cosmic/2", 5, diagnoses="N390")) == []
    assert search(operated("S7200").episode("cosmic/2", 5, diagnoses="N390")) == [
        ("cosmic/2", "N390", "index_any_or_later_main")
    ]


def test_operations_at_the_own_department_are_not_searched() -> None:
    assert search(operated(provider="OSD").episode("cosmic/2", 30, diagnoses="I219")) == []


def test_a_later_procedure_on_no_joint_counts_as_the_instrument_says() -> None:
    county = operated().episode("cosmic/2", 10, "QDB05", provider="P02")
    assert search(county) == [("cosmic/2", "QDB05", "later_procedure")]


def test_surgery_of_the_day_itself_belongs_to_the_index_stay() -> None:
    assert search(operated().episode("cosmic/2", 0, "QDB05")) == []


def test_a_procedure_on_the_other_side_says_nothing() -> None:
    assert search(operated().episode("cosmic/2", 10, "QDB05 ZXA05 NFA12")) == []


def two_hips() -> TinyCounty:
    """Both hips at a purchased provider, and open surgery at home on a side that is not told."""
    county = operated().episode("faktura/3", 100, "NFB49 ZXA05")
    return county.episode("cosmic/2", 400, "NFS19", provider="OSD")


def test_surgery_at_home_that_is_an_event_of_another_operation_is_offered_to_this_one() -> None:
    columns = "index_ref event_ref days condition group status linked_to in_queue"
    assert search(two_hips(), columns) == [
        (HIP, "cosmic/2", 400, "home_surgery", "", "ambiguous", "faktura/3/hip/left", False)
    ]


def test_surgery_at_home_counts_to_its_own_limit_and_only_at_an_own_provider() -> None:
    assert search(two_hips(), surgery_days=399) == []
    assert search(two_hips().correct("cosmic/2", provider_id="P02")) == []


def test_an_event_of_the_operation_that_waits_is_told_to_be_in_the_queue() -> None:
    county = operated().episode("cosmic/2", 30, diagnoses="T845F", provider="OSD")
    assert search(county, "event_ref status linked_to in_queue") == [("cosmic/2", "proposed", "", True)]


@pytest.mark.parametrize("verdict", ["confirmed", "rejected"])
def test_what_a_reviewer_has_decided_is_left_out(verdict: str) -> None:
    county = operated().episode("cosmic/2", 30, diagnoses="T845F", provider="OSD").verdict("cosmic/2", verdict)
    assert search(county) == []


def test_an_event_decided_for_one_hip_is_not_offered_to_the_other_where_its_side_is_unknown() -> None:
    assert search(two_hips().verdict("cosmic/2", "confirmed")) == []


def test_what_was_decided_in_the_search_is_left_out_also_when_the_side_is_told_later() -> None:
    county = operated().episode("cosmic/2", 30, diagnoses="I219")
    index, about = county.key("faktura/1"), county.key("cosmic/2")
    assert search(county, decided=decisions((index, "hip", "right", about))) == []
    assert search(county, decided=decisions((index, "hip", "unknown", about))) == []
    assert len(search(county, decided=decisions((index, "hip", "left", about)))) == 1
    assert len(search(county, decided=decisions((index, "knee", "right", about)))) == 1


def test_an_episode_is_one_row_with_all_its_codes_and_the_plainest_first() -> None:
    county = two_hips().correct("cosmic/2", main_diagnosis="I219")
    assert search(county, "index_ref code codes condition", window_days=400) == [
        (HIP, "NFS19", "NFS19 I219", "home_surgery"),
        ("faktura/3/hip/left", "I219", "I219 NFS19", "index_any_or_later_main"),
    ]


def test_nothing_stored_gives_nothing() -> None:
    assert search(TinyCounty()) == []


def nasty(county: CountyFrames, chance: Random) -> Sources:
    run = linking.run(county.episodes, county.details, county.verdicts, county.pins, code_tables())
    made = [
        (
            row.episode,
            row.joint,
            chance.choice(("right", "left", "unknown")),
            chance.choice(list(county.episodes["episode"])),
        )
        for row in run.index_operations.itertuples()
        if chance.random() < 0.3
    ]
    return Sources(county.episodes, county.details, run.index_operations, run.links, PROVIDERS, decisions(*made))


@given(st.integers(0, 2**32), st.integers(0, 730), st.integers(0, 730))
def test_the_search_agrees_with_a_plain_one(seed: int, window: int, surgery: int) -> None:
    chance = Random(seed)
    given_ = nasty(nasty_county(chance, people=8), chance)
    found = missed_events.search(given_, code_tables(), INSTRUMENT, window_days=window, surgery_days=surgery)
    plain = SlowSearch(given_, code_tables(), INSTRUMENT).found(window, surgery)
    assert [(row.index_ref, row.event_ref) for row in found.itertuples()] == sorted(plain)
    for row in found.itertuples():
        points = plain[str(row.index_ref), str(row.event_ref)]
        assert (row.code, row.condition) in points
        assert set(str(row.codes).split()) == {code for code, _ in points}
        assert len(str(row.codes).split()) == len({code for code, _ in points})
        assert (row.condition == "home_surgery") == any(condition == "home_surgery" for _, condition in points)
