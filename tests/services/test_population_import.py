"""The population as it is taken in: beside what is stored, by itself or through the statistics office's profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.profiles import read_profile
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import imports, mapping
from kvalitetsapp.services.frames_of_store import StoreFrames
from kvalitetsapp.services.workspace import Workspace, create_workspace
from kvalitetsapp.store import population
from support import made_stores
from support.counties import PASSPHRASE
from support.reading import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.imports import ImportOutcome

HEAD = "year;municipality;sex;age_from;age_to;persons;source\n"
SAMPLE = RESOURCES / "samples" / "scb-folkmangd.csv"
PROFILE = RESOURCES / "profiles" / "scb-folkmangd.toml"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with made_stores.opened(tmp_path, make) as opened:
        yield opened


def make(folder: Path) -> Workspace:
    return create_workspace(folder / "prov.kvdb", PASSPHRASE)


def take(workspace: Workspace, folder: Path, *groups: str) -> ImportOutcome:
    path = folder / "population.csv"
    path.write_text(HEAD + "".join(f"2024;2380;male;{group};SCB\n" for group in groups), encoding="utf-8")
    return imports.import_file(workspace, KindOfFile.POPULATION, path)


def test_no_age_comes_to_lie_in_two_groups_whatever_was_taken_in_before(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "65;69;500", "70;;900")
    outcome = take(workspace, tmp_path, "65;65;90", "66;69;410", "60;65;7", "64;64;80", "80;84;300")
    assert [(one.row, one.code) for one in outcome.rejects] == [
        (4, "overlapping_ages"),
        (6, "overlapping_stored_ages"),
    ]
    assert (outcome.stored, outcome.corrected, outcome.rejected) == (2, 1, 2)
    assert "gruppen från 70 år" in outcome.rejects[1].reason
    assert population.ages(workspace.store) == {(2024, "2380", "male"): {64: 64, 65: 65, 66: 69, 70: None}}


def test_the_statistics_offices_table_goes_in_as_it_is_exported(workspace: Workspace) -> None:
    outcome = imports.import_file(workspace, KindOfFile.POPULATION, SAMPLE, profile=PROFILE)
    assert (outcome.read, outcome.stored, outcome.rejected) == (14, 8, 6)
    assert StoreFrames(workspace.store).population["persons"].sum() == 1790 + 1812 + 1835 + 1840 + 3 + 4 + 12 + 11


def test_the_wizard_says_that_it_cannot_show_a_wide_profile() -> None:
    seen = mapping.inspect(SAMPLE, Progress())
    with pytest.raises(InputError, match="scb-folkmangd läser kolumner som rader"):
        mapping.change(seen, read_profile(PROFILE))
