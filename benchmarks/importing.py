"""A checked import into the encrypted store against `sqlite-utils insert --csv` into a plain file."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.timing import Comparison
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.exchange.sample import write_county
from kvalitetsapp.services import imports
from kvalitetsapp.services.workspace import create_workspace

ROWS: Final = 200_000
_LAST_DAY: Final = date(2025, 6, 30)


def compare() -> list[Comparison]:
    """Time both on the same file; what is asked for is the import alone, without linking."""
    with TemporaryDirectory(prefix="kvalitetsapp-matning-") as name:
        folder = Path(name)
        write_county(folder, last_day=_LAST_DAY)
        file = _many_episodes(folder)
        theirs = _by_sqlite_utils(folder, file)
        ours = _by_kvalitetsapp(folder, file)
    _print_peak_memory()
    return [
        Comparison(f"import of {ROWS:,} episodes, checked and encrypted", ours, "sqlite-utils insert --csv", theirs, 2)
    ]


def _print_peak_memory() -> None:
    if sys.platform != "win32":
        import resource

        print(f"peak memory of the import: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _many_episodes(folder: Path) -> Path:
    """Return a file with the sample county's episodes over and over, each under a reference of its own."""
    with (folder / "episodes.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, delimiter=";")
    place = header.index("episode_id")
    path = folder / "many.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(header)
        for number in range(ROWS):
            row = rows[number % len(rows)].copy()
            row[place] = str(10_000_000 + number)
            writer.writerow(row)
    return path


def _by_sqlite_utils(folder: Path, file: Path) -> float:
    program = str(Path(sys.executable).with_name("sqlite-utils"))
    words = [
        program,
        "insert",
        str(folder / "plain.db"),
        "episodes",
        str(file),
        "--csv",
        "--delimiter",
        ";",
        "--silent",
    ]
    begun = time.perf_counter()
    subprocess.run(words, check=True)
    return time.perf_counter() - begun


def _by_kvalitetsapp(folder: Path, file: Path) -> float:
    with closing(create_workspace(folder / "prov.kvdb", "mätning")) as workspace:
        imports.import_file(workspace, KindOfFile.PROVIDERS, folder / "providers.csv", link=False)
        begun = time.perf_counter()
        outcome = imports.import_file(workspace, KindOfFile.EPISODES, file, link=False)
        seconds = time.perf_counter() - begun
    if outcome.stored < ROWS * 0.95:
        raise RuntimeError("the file was not taken in as it should be")
    return seconds
