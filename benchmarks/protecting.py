"""What protection costs: the sample county's whole job with encryption and trace against a plain store without them.

And opening a large store with its passphrase, against the derivation of the key alone.
"""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks.many_events import EPISODES_SQL, PROVIDERS
from benchmarks.timing import Comparison, best

PASSPHRASE: Final = "mätning"  # noqa: S105 - of a store that is thrown away
EPISODES: Final = 1_000_000
_ROUNDS: Final = 3
_OPENINGS: Final = 7


def compare() -> list[Comparison]:
    """Do the county's job in turns, each in a process of its own, and open a store of a million episodes."""
    with TemporaryDirectory(prefix="kvalitetsapp-matning-") as name:
        return [_job(Path(name)), _opening(Path(name))]


def _job(folder: Path) -> Comparison:
    from kvalitetsapp.exchange.sample import write_county

    files = folder / "files"
    files.mkdir()
    listed = folder / "files.txt"
    kinds = [f"{kind};{file}" for kind, file in write_county(files, last_day=date(2025, 6, 30))]
    listed.write_text("\n".join(kinds), encoding="utf-8")
    seconds: dict[str, list[float]] = {"ours": [], "plain": []}
    for number in range(_ROUNDS):
        for whose, found in seconds.items():
            place = folder / f"{whose}{number}"
            place.mkdir()
            found.append(_in_a_process(whose, place, listed))
    return Comparison(
        "import, link and report of the sample county",
        min(seconds["ours"]),
        "plain store, no trace",
        min(seconds["plain"]),
        1.25,
    )


def _in_a_process(whose: str, folder: Path, listed: Path) -> float:
    command = [sys.executable, "-m", "benchmarks.protecting", whose, str(folder), str(listed)]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return float(done.stdout)


def _do_the_job(folder: Path, listed: Path) -> float:
    """Return the seconds of import, link run and report, without those of making the store and its key."""
    from kvalitetsapp.domain.imports import KindOfFile
    from kvalitetsapp.services import imports, linking, reports
    from kvalitetsapp.services.workspace import create_workspace

    files = [line.split(";", maxsplit=1) for line in listed.read_text(encoding="utf-8").splitlines()]
    with closing(create_workspace(folder / "prov.kvdb", PASSPHRASE, sample=True)) as workspace:
        begun = time.perf_counter()
        for kind, file in files:
            imports.import_file(workspace, KindOfFile(kind), Path(file), link=False)
        linking.run_links(workspace)
        reports.total_report(workspace, folder / "total.pdf")
        return time.perf_counter() - begun


def _without_protection() -> None:
    """Let the store be plain SQLite, and leave no trace."""
    from sqlcipher3 import dbapi2

    from kvalitetsapp.store import audit

    class Plain(dbapi2.Connection):  # type: ignore[misc]  # sqlcipher3 tells no types
        def execute(self, sql: str, *parameters: Any) -> Any:  # noqa: ANN401 - as sqlcipher3 takes them
            return super().execute("SELECT 1" if sql.startswith("PRAGMA key") else sql, *parameters)

    dbapi2.connect = partial(dbapi2.connect, factory=Plain)
    audit.append = _nothing
    audit.note = _nothing


def _nothing(*_told: object, **_more: object) -> None:
    """Do nothing."""


def _opening(folder: Path) -> Comparison:
    from kvalitetsapp.services.workspace import open_workspace
    from kvalitetsapp.store import keys

    path = folder / "stor.kvdb"
    _make_large(path)
    salt, cost = keys.new_salt(), keys.Cost()
    ours = best(lambda: open_workspace(path, PASSPHRASE, write=True).close(), _OPENINGS)
    derivation = best(lambda: keys.derived(PASSPHRASE, salt, cost), _OPENINGS)
    return Comparison(f"opening a store of {EPISODES} episodes", ours, "the key derivation alone", derivation, 1.5)


def _make_large(path: Path) -> None:
    from kvalitetsapp.services.workspace import create_workspace
    from kvalitetsapp.store.batches import NewBatch, begin

    told = ("own", "2024-01-01", "2024-01-03", "M169", "NFB49 ZXA00")
    with create_workspace(path, PASSPHRASE) as workspace:
        store = workspace.store
        with store.transaction():
            begin(store, NewBatch("episodes", "påhittade.csv", "", "", ""))
            store.write_many("INSERT INTO providers (provider_id, name, kind, batch) VALUES (?, ?, ?, 1)", PROVIDERS)
            people = ((number, f"R{number:07d}") for number in range(1, EPISODES // 4 + 1))
            store.write_many("INSERT INTO identities (identity, personal_id) VALUES (?, ?)", people)
            rows = ((str(number), number // 4 + 1, "E01", *told) for number in range(EPISODES))
            store.write_many(EPISODES_SQL, rows)


if __name__ == "__main__":
    if sys.argv[1] == "plain":
        _without_protection()
    print(_do_the_job(Path(sys.argv[2]), Path(sys.argv[3])))
