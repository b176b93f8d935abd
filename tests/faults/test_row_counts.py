"""Files of as many rows as fit exactly into powers of two, one fewer and one more: every row and every öre goes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.exchange import reading
from kvalitetsapp.services import imports
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from support.counties import PASSPHRASE
from support.faults import judge
from support.undo_stores import HEADER, PROVIDERS

if TYPE_CHECKING:
    from pathlib import Path

    from support.faults.table import Faults

PEOPLE: Final = ("196812099874", "195403159865")
ROWS: Final = (reading.CHUNK - 1, reading.CHUNK, reading.CHUNK + 1, 8_191, 8_192, 8_193, 65_536)


def made(file: Path, rows: int) -> int:
    """Write a file of so many episodes and return what they cost together, in öre."""
    with file.open("w", encoding="utf-8", newline="\n") as out:
        out.write(HEADER + "\n")
        for number in range(rows):
            person = PEOPLE[number % 2]
            care = f"{person};P01;contract;inpatient;2020-01-01;2020-01-03;M16.1;NFB49"
            out.write(f"bok;{number};{care};{number},{number % 100:02d}\n")
    return sum(number * 100 + number % 100 for number in range(rows))


@pytest.mark.faults
@pytest.mark.parametrize("rows", ROWS)
def test_every_row_of_a_file_of_exactly_so_many_goes_in(faults: Faults, tmp_path: Path, rows: int) -> None:
    path, delivered = tmp_path / "store" / "prov.kvdb", tmp_path / "episodes.csv"
    providers = tmp_path / "providers.csv"
    providers.write_text(PROVIDERS, encoding="utf-8")
    ore = made(delivered, rows)
    create_workspace(path, PASSPHRASE).close()
    with faults.counted(f"import of exactly {rows} rows"):
        with open_workspace(path, PASSPHRASE, write=True) as workspace:
            imports.import_file(workspace, KindOfFile.PROVIDERS, providers, link=False)
            outcome = imports.import_file(workspace, KindOfFile.EPISODES, delivered, link=False)
            again = imports.import_file(workspace, KindOfFile.EPISODES, delivered, link=False)
        assert (outcome.read, outcome.stored) == (rows, rows)
        assert (again.read, again.unchanged) == (rows, rows)
        state = judge.judge(path).state
        assert state is not None
        assert (state["episodes"], state["episodes.cost"]) == (rows, ore)
