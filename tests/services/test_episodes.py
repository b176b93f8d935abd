"""The table over every episode: found, filtered and sorted in the store, and one of them with its timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.episode import EPISODES, EpisodeQuery
from kvalitetsapp.domain.timeline import MarkKind
from kvalitetsapp.services import episodes
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.services.workspace import Workspace

NAMES = [column.name for column in EPISODES]


@pytest.fixture
def workspace(county_store: Path) -> Iterator[Workspace]:
    with opened(county_store, write=False) as each:
        yield each


def found(workspace: Workspace, query: EpisodeQuery) -> list[dict[str, Value]]:
    rows = episodes.rows(workspace, episodes.find(workspace, query))
    return [dict(zip(NAMES, row, strict=True)) for row in rows]


def test_everything_is_found_with_the_latest_first(workspace: Workspace) -> None:
    rows = found(workspace, EpisodeQuery())
    assert len(rows) == episodes.choices(workspace).total == 3183
    days = [str(row["admitted"]) for row in rows]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("name", NAMES)
def test_every_column_can_be_sorted_by_and_loses_no_row(workspace: Workspace, name: str) -> None:
    up = episodes.find(workspace, EpisodeQuery(sort=name, descending=False))
    down = episodes.find(workspace, EpisodeQuery(sort=name, descending=True))
    assert sorted(up) == sorted(down)
    assert list(up) != list(down)


def test_a_code_is_found_as_written_with_dot_and_in_any_case(workspace: Workspace) -> None:
    plain = found(workspace, EpisodeQuery("T845"))
    assert plain
    assert all("T845" in f"{row['main_diagnosis']} {row['other_diagnoses']}" for row in plain)
    assert found(workspace, EpisodeQuery("t84.5")) == plain


def test_every_word_must_be_found(workspace: Workspace) -> None:
    rows = found(workspace, EpisodeQuery("fjällkliniken NFB"))
    assert rows
    assert all(row["provider"] == "Fjällkliniken" and "NFB" in str(row["procedures"]) for row in rows)
    assert len(rows) < len(found(workspace, EpisodeQuery("NFB")))


def test_a_person_is_found_by_number_with_and_without_century_and_hyphen(workspace: Workspace) -> None:
    number = str(found(workspace, EpisodeQuery())[0]["personal_id"])
    whole = found(workspace, EpisodeQuery(number))
    assert {row["personal_id"] for row in whole} == {number}
    assert found(workspace, EpisodeQuery(f"{number[2:8]}-{number[8:]}")) == whole


@pytest.mark.parametrize("text", ["%", "_", "!", "'", '"; DROP TABLE episodes; --'])
def test_signs_that_mean_something_to_the_store_are_only_signs(workspace: Workspace, text: str) -> None:
    rows = found(workspace, EpisodeQuery(text))
    shown = [" ".join(str(value) for value in row.values()) for row in rows]
    assert all(word in each for each in shown for word in text.split())


def test_filters_hold_together(workspace: Workspace) -> None:
    rows = found(workspace, EpisodeQuery(provider_id="OSD", care_form="outpatient", payer_route="own"))
    assert rows
    assert {(row["provider"], row["care_form"], row["payer_route"]) for row in rows} == {
        ("Ortopedi Östersund", "outpatient", "own")
    }


def test_rows_come_in_the_order_of_their_keys_and_without_those_that_are_gone(workspace: Workspace) -> None:
    keys = episodes.find(workspace, EpisodeQuery())[:5]
    rows = episodes.rows(workspace, list(reversed(keys)))
    assert rows == list(reversed(episodes.rows(workspace, keys)))
    assert episodes.rows(workspace, [-1]) == []


def test_the_timeline_shows_every_episode_of_the_person_and_points_out_the_chosen_one(workspace: Workspace) -> None:
    keys = episodes.find(workspace, EpisodeQuery())
    for key in keys[::97]:
        view = episodes.view(workspace, key)
        assert view is not None
        same = episodes.find(workspace, EpisodeQuery(view.personal_id))
        marks = view.timeline.marks
        assert set(same) <= {mark.episode for mark in marks}
        assert {mark.episode for mark in marks if mark.selected} == {key}
        assert all(0 <= mark.lane < len(view.timeline.lanes) for mark in marks)
        assert all(mark.lane == len(view.timeline.lanes) - 1 for mark in marks if mark.kind is MarkKind.CONTACT)


def test_codes_have_titles_in_the_facts(workspace: Workspace) -> None:
    (key, *_rest) = episodes.find(workspace, EpisodeQuery("M170"))
    view = episodes.view(workspace, key)
    assert view is not None
    facts = {fact.label: fact.lines for fact in view.facts}
    assert facts["Huvuddiagnos"] == ("M170 Primär gonartros, dubbelsidig",)


def test_an_episode_that_is_gone_has_no_view(workspace: Workspace) -> None:
    assert episodes.view(workspace, -1) is None
