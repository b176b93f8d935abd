"""R1 to R8 over counties made at random of hard cases: against the plain oracle, and what must always hold."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from kvalitetsapp.analysis import linking
from support.code_tables import code_tables
from support.nasty_counties import nasty_county
from support.slow_linking import Slow, compatible

if TYPE_CHECKING:
    from support.county_frames import CountyFrames

seeds = st.integers(min_value=0, max_value=2**32)
PEOPLE = 12
"""Enough for the time that a run takes to be of use; nobody's links are anybody else's."""
EVENT = ["event_ref", "joint", "side"]


def linked(county: CountyFrames, pins: pd.DataFrame | None = None) -> linking.LinkRun:
    """Return what linking makes of a county."""
    return linking.run(
        county.episodes, county.details, county.verdicts, county.pins if pins is None else pins, code_tables()
    )


def text(value: object) -> str:
    """Return a cell as text, "" for nothing."""
    return "" if value is None or value is pd.NaT or value is pd.NA else str(value)


def rows(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return a frame as text."""
    return [tuple(text(value) for value in row) for row in frame.itertuples(index=False)]


def joined(one: CountyFrames, other: CountyFrames) -> CountyFrames:
    """Return the county `one` with the episodes and details of the other as later data."""
    episodes = other.episodes.assign(
        episode=other.episodes["episode"] + 10_000, episode_ref="z" + other.episodes["episode_ref"]
    )
    details = other.details.assign(episode=other.details["episode"] + 10_000)
    return type(one)(_stacked(one.episodes, episodes), _stacked(one.details, details), one.verdicts, one.pins)


def _stacked(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    whole = pd.concat([first.astype(object), second.astype(object)], ignore_index=True)
    for name, dtype in first.dtypes.items():
        whole[name] = whole[name].astype("category" if isinstance(dtype, pd.CategoricalDtype) else dtype)
    return whole


@given(seeds)
def test_r1_to_r8_agree_with_the_plain_row_by_row_rules(seed: int) -> None:
    county = nasty_county(Random(seed), PEOPLE)
    run, slow = linked(county), Slow(county.episodes, county.details, code_tables())
    expected = slow.links(county.verdicts)

    assert list(run.index_operations["index_ref"]) == [o.index_ref for o in slow.operations]
    assert rows(run.index_operations[["provider_id", "operated_on", "procedure_code"]]) == [
        (o.provider, text(o.day), o.code) for o in slow.operations
    ]
    assert len(run.links) == len(expected)
    if expected:
        assert rows(run.links[list(expected[0])]) == [tuple(map(text, row.values())) for row in expected]


@settings(max_examples=settings().max_examples // 2)
@given(seeds)
def test_r3_to_r8_the_order_of_episodes_never_matters(seed: int) -> None:
    chance = Random(seed)
    county = nasty_county(chance, PEOPLE)
    shuffled = county.episodes.sample(frac=1, random_state=chance.randint(0, 2**31)).reset_index(drop=True)
    one, other = linked(county), linked(type(county)(shuffled, county.details, county.verdicts, county.pins))

    for name in ("index_operations", "links", "findings"):
        assert rows(getattr(one, name)) == rows(getattr(other, name))
    assert sorted(rows(one.pins)) == sorted(rows(other.pins))


@settings(max_examples=settings().max_examples // 2)
@given(seeds)
def test_r3_to_r8_an_unrelated_person_changes_nothing(seed: int) -> None:
    county, others = nasty_county(Random(seed), PEOPLE), nasty_county(Random(seed + 1), PEOPLE)
    others.episodes["person"] += 1_000_000
    one, other = linked(county), linked(joined(county, others))
    kept = other.links[~other.links["event_ref"].str.startswith("z")]

    assert rows(one.links.drop(columns="operation")) == rows(kept.drop(columns="operation"))


@settings(max_examples=settings().max_examples // 2)
@given(seeds)
def test_r6_decided_links_never_change_by_new_data(seed: int) -> None:
    county = nasty_county(Random(seed), PEOPLE)
    first = linked(county)
    second = linked(joined(county, nasty_county(Random(seed + 1), PEOPLE)), first.pins)
    before, after = (run.links[run.links["status"].isin(["confirmed", "rejected"])] for run in (first, second))
    columns = [*EVENT, "index_ref", "status", "verdict"]
    known = set(rows(second.links[EVENT]))
    lasting = [row for row in rows(before[columns]) if row[:3] in known]

    assert set(lasting) <= set(rows(after[columns]))


@settings(max_examples=settings().max_examples // 2)
@given(seeds)
def test_r6_a_second_run_over_the_same_data_changes_nothing(seed: int) -> None:
    county = nasty_county(Random(seed), PEOPLE)
    first = linked(county)
    second = linked(county, first.pins)

    assert rows(first.links) == rows(second.links)
    assert rows(first.pins) == rows(second.pins)


@settings(max_examples=settings().max_examples // 2)
@given(seeds)
def test_r5_every_undecided_link_is_to_a_candidate(seed: int) -> None:
    run = linked(nasty_county(Random(seed), PEOPLE))
    operations = run.index_operations.set_index("operation")
    undecided: list[Any] = list(run.links[run.links["verdict"].isna()].itertuples(index=False))
    for link in undecided:
        assert (link.operation < 0) == (link.candidates == 0) == (link.status == "unlinked")
        if link.operation >= 0:
            operation = operations.loc[link.operation]
            assert (operation["person"], operation["joint"]) == (link.person, link.joint)
            assert operation["operated_on"] <= link.event_date
            assert compatible(operation["side"], link.side)
            assert operation["episode"] != link.episode
            assert operation["index_ref"] == link.index_ref
