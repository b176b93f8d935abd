"""The example county with few of its persons, for what says the same however many they are."""

from __future__ import annotations

import csv
import zlib
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.services import imports, linking
from kvalitetsapp.services.workspace import create_workspace
from support import examples, made_stores
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

    Row = dict[str, str]

NAME: Final = "county"
ONE_IN: Final = 12
"""Of so many persons, one is kept."""


def copy(folder: Path) -> Path:
    """Return the small county in a closed store in `folder`, the test's own to change."""
    return made_stores.closed(folder, _make)


def _make(folder: Path) -> Workspace:
    workspace = create_workspace(folder / f"{NAME}.kvdb", PASSPHRASE)
    keeps = _kept()
    for kind, file, profile in examples.files_of(NAME):
        taken = _thinned(file, folder / file.name, keeps) if file.suffix == ".csv" else file
        imports.import_file(workspace, KindOfFile(kind), taken, profile=profile, link=False)
    linking.run_links(workspace)
    return workspace


def _kept() -> Callable[[Row], bool]:
    """Return what tells whether a row stays: one of a kept person, of such a person's contact, or of nobody."""
    same = {row["personal_id"]: row["same_as"] for row in _rows("aliases.csv")}
    person = {
        row["episode_id"]: row["personal_id"]
        for name in ("episodes.csv", "episodes_late.csv", "episodes_corrections.csv")
        for row in _rows(name)
    }

    def keeps(row: Row) -> bool:
        episode = row.get("episode_id") or row.get("event_ref", "").rpartition("/")[2]
        number = row.get("personal_id") or person.get(episode, "")
        return not number or zlib.crc32(same.get(number, number).encode()) % ONE_IN == 0

    return keeps


def _rows(name: str) -> list[Row]:
    with (examples.FOLDER / NAME / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _thinned(file: Path, target: Path, keeps: Callable[[Row], bool]) -> Path:
    rows = _rows(file.name)
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(row for row in rows if keeps(row))
    return target
