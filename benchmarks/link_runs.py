"""A link run from the store at growing sizes, each in a process of its own: time, rows a second, memory.

`python -m benchmarks.link_runs` takes some minutes; it has no rival, since no other program reads the store.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import numpy as np

from benchmarks.many_events import EPISODES_SQL, PASSPHRASE, PROVIDERS
from kvalitetsapp.services import linking
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from kvalitetsapp.store.batches import NewBatch, begin

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES: Final = (10_000, 100_000, 1_000_000)
_OTHERS_EACH: Final = 3
_EVENTS: Final = 1 / 6
_PRIMARY: Final = ("NFB49 ZXA00", "NFB49 ZXA05", "NGB49 ZXA00", "NGB49 ZXA05")
_REVISION: Final = ("NFC49 ZXA00", "NFC49 ZXA05", "NGC49 ZXA00", "NGC49 ZXA05")
_FIRST: Final = date(2015, 1, 1)
_DAYS: Final = [(_FIRST + timedelta(days=days)).isoformat() for days in range(4_100)]


def make(path: Path, operations: int) -> None:
    """Make a store of so many index operations, two to a person, and three times as many later episodes."""
    with create_workspace(path, PASSPHRASE) as workspace:
        store = workspace.store
        people = operations // 2 + 1
        with store.transaction():
            begin(store, NewBatch("episodes", "påhittade.csv", "", "", ""))
            store.write_many("INSERT INTO providers (provider_id, name, kind, batch) VALUES (?, ?, ?, 1)", PROVIDERS)
            numbers = ((person, f"R{person:09d}") for person in range(1, people + 1))
            store.write_many("INSERT INTO identities (identity, personal_id) VALUES (?, ?)", numbers)
            store.write_many(EPISODES_SQL, _episodes(operations))


def link(path: Path) -> None:
    """Link the store and print episodes, seconds and the most memory that the process held, in MB."""
    with open_workspace(path, PASSPHRASE, write=True) as workspace:
        begun = time.perf_counter()
        linking.run_links(workspace)
        seconds = time.perf_counter() - begun
        count = int(workspace.store.value("SELECT count(*) FROM episodes"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count:>10,} episodes {seconds:8.1f} s {count / seconds:10,.0f} rows/s {peak:6.0f} MB")


def main() -> int:
    """Make and link a store of every size."""
    with TemporaryDirectory(prefix="kvalitetsapp-") as folder:
        for operations in SIZES:
            path = Path(folder) / f"{operations}.kvdb"
            make(path, operations)
            subprocess.run([sys.executable, "-m", "benchmarks.link_runs", str(path)], check=True)
            path.unlink()
    return 0


def _episodes(operations: int) -> Iterator[tuple[object, ...]]:
    dice = np.random.default_rng(1)
    others = _OTHERS_EACH * operations
    whose = dice.integers(0, operations, others)
    place = dice.integers(0, len(_PRIMARY), operations)
    operated = dice.integers(0, 2_500, operations)
    later = operated[whose] + dice.integers(1, 1_500, others)
    is_event = dice.random(others) < _EVENTS
    for number, (kind, day) in enumerate(zip(place.tolist(), operated.tolist(), strict=True)):
        yield f"o{number}", number // 2 + 1, "P01", "contract", _DAYS[day], _DAYS[day + 2], "M169", _PRIMARY[kind]
    rows = zip(whose.tolist(), later.tolist(), is_event.tolist(), strict=True)
    for number, (operation, day, event) in enumerate(rows):
        codes = _REVISION[place[operation]] if event else ""
        yield f"e{number}", operation // 2 + 1, "E01", "own", _DAYS[day], _DAYS[day + 3], "Z098", codes


if __name__ == "__main__":
    if len(sys.argv) > 1:
        link(Path(sys.argv[1]))
    else:
        sys.exit(main())
