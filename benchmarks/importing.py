"""Checked imports into the encrypted store: CSV against sqlite-utils and DuckDB, XLSX against pandas, and memory.

Each rival and each of ours is a process of its own, so that none profits from what another has warmed up, and the
peak of memory is its own. What is asked for is the import alone, without linking.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from benchmarks.timing import Comparison

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS: Final = 1_000_000
SHEET_ROWS: Final = 200_000
_LAST_DAY: Final = date(2025, 6, 30)
_KIB: Final = 1024


def compare() -> list[Comparison]:
    """Time all on the same files."""
    with TemporaryDirectory(prefix="kvalitetsapp-matning-") as name:
        folder = Path(name)
        _sample(folder)
        return [*_compare_csv(folder), *_compare_xlsx(folder)]


def _compare_csv(folder: Path) -> list[Comparison]:
    file = folder / "many.csv"
    _write_csv(folder, file)
    plain, duck = _run("sqlite_utils", folder, file), _run("duckdb", folder, file)
    ours, again = _run("ours", folder, file), _run("ours_again", folder, file)
    what = f"import of {ROWS:,} episodes, checked and encrypted"
    return [
        Comparison(what, ours, "sqlite-utils insert --csv", plain, 1),
        Comparison(what, ours, "DuckDB read_csv", duck, float("inf")),
        Comparison("the same file again: nothing new", again, "sqlite-utils insert --csv", plain, 1),
    ]


def _compare_xlsx(folder: Path) -> list[Comparison]:
    file = folder / "many.xlsx"
    _write_xlsx(folder, file)
    pandas, ours = _run("pandas", folder, file), _run("ours", folder, file)
    return [Comparison(f"import of {SHEET_ROWS:,} rows of XLSX", ours, "pandas.read_excel", pandas, 1)]


# the files


def _sample(folder: Path) -> None:
    from kvalitetsapp.exchange.sample import write_county

    write_county(folder, last_day=_LAST_DAY)


def _rows(folder: Path, number_of_rows: int) -> Iterator[list[str]]:
    """Give the sample county's episodes over and over, each under a reference of its own; the header first."""
    with (folder / "episodes.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, delimiter=";")
    place = header.index("episode_id")
    yield header
    for number in range(number_of_rows):
        row = rows[number % len(rows)].copy()
        row[place] = str(10_000_000 + number)
        yield row


def _write_csv(folder: Path, file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, delimiter=";", lineterminator="\n").writerows(_rows(folder, ROWS))


def _write_xlsx(folder: Path, file: Path) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Vårdkontakter")
    for row in _rows(folder, SHEET_ROWS):
        sheet.append(row)
    book.save(file)


# the processes


def _run(rival: str, folder: Path, file: Path) -> float:
    """Run a rival in its own process, print its peak of memory, and return its seconds."""
    words = [sys.executable, "-m", "benchmarks.importing", rival, str(folder), str(file)]
    told = json.loads(subprocess.run(words, check=True, capture_output=True, encoding="utf-8").stdout.splitlines()[-1])
    print(f"{file.name:10} {rival:14} {told['seconds']:7.1f} s {told['peak_mb']:6.0f} MB")
    return float(told["seconds"])


def _sqlite_utils(folder: Path, file: Path) -> None:
    program = str(Path(sys.executable).with_name("sqlite-utils"))
    words = ["insert", str(folder / "plain.db"), "episodes", str(file), "--csv", "--delimiter", ";", "--silent"]
    subprocess.run([program, *words], check=True)


def _duckdb(folder: Path, file: Path) -> None:
    import duckdb

    with duckdb.connect(str(folder / "plain.duckdb")) as connection:
        connection.execute("CREATE TABLE episodes AS SELECT * FROM read_csv(?, delim = ';')", [str(file)])


def _pandas(_folder: Path, file: Path) -> None:
    import pandas as pd

    pd.read_excel(file)


def _ours(folder: Path, file: Path) -> float:
    """Import into a new store and return the seconds of the import, without those of making the store."""
    from kvalitetsapp.domain.imports import KindOfFile
    from kvalitetsapp.services import imports
    from kvalitetsapp.services.workspace import create_workspace

    store = folder / f"{file.suffix[1:]}.kvdb"
    store.unlink(missing_ok=True)
    with closing(create_workspace(store, "mätning")) as workspace:
        imports.import_file(workspace, KindOfFile.PROVIDERS, folder / "providers.csv", link=False)
        begun = time.perf_counter()
        outcome = imports.import_file(workspace, KindOfFile.EPISODES, file, link=False)
        seconds = time.perf_counter() - begun
    if outcome.stored < outcome.read * 0.95:
        raise RuntimeError("the file was not taken in as it should be")
    return seconds


def _ours_again(folder: Path, file: Path) -> float:
    """Import the same file into the store that has it."""
    from kvalitetsapp.domain.imports import KindOfFile
    from kvalitetsapp.services import imports
    from kvalitetsapp.services.workspace import open_workspace

    with closing(open_workspace(folder / f"{file.suffix[1:]}.kvdb", "mätning", write=True)) as workspace:
        begun = time.perf_counter()
        outcome = imports.import_file(workspace, KindOfFile.EPISODES, file, link=False)
        seconds = time.perf_counter() - begun
    if outcome.stored or not outcome.unchanged:
        raise RuntimeError("the file was taken for a new one")
    return seconds


_RIVALS: Final = {
    "sqlite_utils": _sqlite_utils,
    "duckdb": _duckdb,
    "pandas": _pandas,
    "ours": _ours,
    "ours_again": _ours_again,
}


def _main(rival: str, folder: str, file: str) -> None:
    begun = time.perf_counter()
    seconds = _RIVALS[rival](Path(folder), Path(file))
    told = {"seconds": time.perf_counter() - begun if seconds is None else seconds, "peak_mb": _peak_mb()}
    print(json.dumps(told))


def _peak_mb() -> float:
    if sys.platform == "win32":
        return float("nan")
    import resource

    own, others = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(own, others) / _KIB


if __name__ == "__main__":
    _main(*sys.argv[1:])
