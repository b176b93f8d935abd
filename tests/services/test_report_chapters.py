"""The chapters of a report out of a real store: agreed actions, and recipes with their fingerprint."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp import settings
from kvalitetsapp.domain.provider_note import NoteOnProvider
from kvalitetsapp.domain.released import ProviderNote, SmallNumbers
from kvalitetsapp.services import provider_notes, report_contents, report_making
from support import store_files
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.report_data import ProviderReport
    from kvalitetsapp.services.workspace import Workspace


def note(kind: ProviderNote, text: str, *, due_on: date | None = None, answers: int = 0) -> NoteOnProvider:
    return NoteOnProvider(0, "P01", kind, text, "Chefen", due_on, None, answers, date(2025, 1, 2), "")


@pytest.fixture(scope="module")
def workspace(county_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Return the county with an agreed action that is followed up."""
    with opened(store_files.copy(county_store, tmp_path_factory.mktemp("chapters"))) as each:
        action = provider_notes.write(each, note(ProviderNote.ACTION, "Ny rutin", due_on=date(2025, 3, 1)))
        provider_notes.write(each, note(ProviderNote.FOLLOW_UP, "Den är införd", answers=action.note))
        yield each


@pytest.fixture(scope="module")
def told(workspace: Workspace) -> dict[str, ProviderReport]:
    """Return what is told of the provider that agreed on it, and of another."""
    source = report_contents.source_of(workspace, report_making.data_cut(workspace))
    return {
        one: report_contents.provider_report(workspace, source.of_provider(one), small_numbers=SmallNumbers.OPEN)
        for one in ("P01", "P03")
    }


def test_a_report_tells_of_actions_and_which_recipes_it_follows(
    workspace: Workspace, told: dict[str, ProviderReport]
) -> None:
    data, other = told["P01"], told["P03"]
    (agreed,) = data.chapters.actions.agreed
    assert (agreed.text, agreed.due_on, agreed.how) == ("Ny rutin", "2025-03-01", (("2025-01-02", "Den är införd"),))
    assert data.chapters.actions.as_of == workspace.today.isoformat()
    assert other.chapters.actions.as_of == ""
    recipes = settings.resources_dir() / "indicators" / "outcomes.toml"
    assert hashlib.sha256(recipes.read_bytes()).hexdigest() in dict(data.manifest.definitions).values()
    assert {one.indicator_id for one in data.chapters.recipes} == {
        one.indicator_id for one in data.chapters.indicators
    }


def test_r9_the_indicators_of_a_report_are_the_outcomes_beside_them(told: dict[str, ProviderReport]) -> None:
    data = told["P03"]
    found = {one.joint: one for one in data.chapters.indicators if one.indicator_id == "reoperation_2y"}
    outcomes = [one for one in data.outcomes if one.level == "reoperation" and one.within == 730 and one.share.n]
    assert {one.joint: (one.share.events, one.share.n) for one in outcomes} == {
        joint: (one.events, one.n) for joint, one in found.items()
    }
    assert {one.joint: one.benchmark for one in outcomes} == {
        joint: one.target if one.is_national else None for joint, one in found.items()
    }
