"""The one question that every fault ends with.

Does the store open, or explain itself in Swedish? Are the checks of pages, structure and references clean? Are rows
and öre those of a state that was committed, never between two? Does the trace hold? Is nothing in plain text?
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.errors import UserError, WrongPassphraseError
from kvalitetsapp.services.stores import check_store
from kvalitetsapp.services.workspace import open_workspace
from support import program
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

State = dict[str, int]
"""Rows of every table, and the sum of every column of whole numbers, öre among them, by `table` and `table.column`."""

Users = Sequence[tuple[str | None, str]]
"""Who may come in, and with what."""
ALONE: Final[Users] = ((None, PASSPHRASE),)
_OF_KEYS: Final = (
    "är inte likadan som nyckelfilen. Nyckelfilen gäller.",  # until somebody opens the store to write to it
    "som databasen inte känner till. Den öppnar inget.",  # until the next change of the keys
)
"""What `store check` tells of a change of the keys that was cut short, which is no damage."""
_OLDER: Final = "äldre än programmet"
_NUMBER: Final = re.compile(rb"(?:19|20)\d{6}[-+]?\d{4}")
_LETTERS: Final = re.compile("[a-zåäö]{3,}")
_DETAIL: Final = re.compile("(?<=^Skadad data: ).*$", re.MULTILINE)
_FOREIGN: Final = ("Traceback", "Error", "sqlite", "SQLITE", "database disk image", "unable to")
_HAND_WRITTEN: Final = ("196812099874", "195403159865")


@dataclass(frozen=True, slots=True)
class Found:
    """What the judge found: the state of a store that opened, or what was said instead."""

    state: State | None
    said: str = ""


def state(rows: Callable[[str], list[tuple[Any, ...]]]) -> State:
    """Return the control totals of a store, which is asked by `rows`."""
    totals: State = {}
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    for (table,) in rows(tables):
        columns = [name for _n, name, kind, *_more in rows(f"PRAGMA table_info({table})") if kind == "INTEGER"]
        sums = "".join(f", coalesce(sum({name}), 0)" for name in columns)
        (found,) = rows(f"SELECT count(*){sums} FROM {table}")
        totals |= dict(zip((table, *(f"{table}.{name}" for name in columns)), found, strict=True))
    return totals


def state_of(workspace: Workspace) -> State:
    """Return the control totals of an open store."""
    return state(workspace.store.rows)


def state_at(path: Path, users: Users = ALONE) -> State:
    """Return the control totals of a closed store, one of an earlier version as it is after its upgrade."""
    return _opened(path, state_of, users)


def judge(path: Path, committed: Sequence[State] = (), *, must_open: bool = True, users: Users = ALONE) -> Found:
    """Ask the question of a store that met a fault, where its state may be any of `committed` (empty: any at all).

    It is asked as the first of `users` who comes in.

    Where `must_open` does not hold, a store that says in Swedish why it does not open has survived as well.
    """
    demand_no_plain_text(path.parent)
    try:
        found = _opened(path, _sound_state, users)
    except UserError as error:
        if must_open:
            raise
        demand_swedish(error.message)
        return Found(None, error.message)
    if committed:
        assert found in committed, f"between committed states: {_differences(found, committed)}"
    demand_no_plain_text(path.parent)
    return Found(found)


def demand_swedish(said: str) -> None:
    """Let what is said be sentences in Swedish, not the words of a library; those may tell a damage more closely."""
    assert _LETTERS.search(said), f"nothing is said: {said!r}"
    sentences = _DETAIL.sub("", said)
    assert [word for word in _FOREIGN if word in sentences] == [], said


def demand_no_plain_text(folder: Path) -> None:
    """Let no file of a folder, of any kind, hold a personal number that can be read in one or two bytes a sign."""
    assert plain_text(folder) == []


def plain_text(folder: Path) -> list[str]:
    """Return the files of a folder in which a personal number can be read, or is the name."""
    found = []
    for file in (one for one in folder.rglob("*") if one.is_file()):
        content = file.read_bytes()
        read = (content, content.replace(b"\0", b""), bytes(file))
        if not _numbers().isdisjoint(number for text in read for number in _NUMBER.findall(text)):
            found.append(file.name)
    return found


@cache
def _numbers() -> frozenset[bytes]:
    """Return the personal numbers of all that the suite works with, with and without hyphen."""
    hyphened = {f"{number[:8]}-{number[8:]}" for number in _HAND_WRITTEN}
    return frozenset(number.encode() for number in {*program.numbers(), *_HAND_WRITTEN, *hyphened})


def _sound_state(workspace: Workspace) -> State:
    assert [fault for fault in check_store(workspace) if not fault.endswith(_OF_KEYS)] == []
    series = workspace.store.rows("SELECT issuer_org, count(*), max(counter) FROM bases GROUP BY issuer_org")
    assert [one for one in series if one[1] != one[2]] == [], "a number is lost or used twice"
    return state_of(workspace)


def _opened(path: Path, ask: Callable[[Workspace], State], users: Users) -> State:
    """Ask a store as whoever comes next meets it: to be read, or a copy to be written to if it must be upgraded."""
    for number, (user, passphrase) in enumerate(users, start=1):
        try:
            with open_workspace(path, passphrase, write=False, user=user) as workspace:
                return ask(workspace)
        except WrongPassphraseError:
            if number == len(users):
                raise
        except UserError as error:
            if _OLDER not in error.message:
                raise
    return _upgraded(path, ask)


def _upgraded(path: Path, ask: Callable[[Workspace], State]) -> State:
    folder = path.parent / "upgraded"
    folder.mkdir()
    try:
        again = copied(path, folder)
        with open_workspace(again, PASSPHRASE, write=True) as workspace:
            return ask(workspace)
    finally:
        shutil.rmtree(folder)


def copied(path: Path, folder: Path) -> Path:
    """Copy a store, which is all files whose names begin with its own, and return where it lies now."""
    folder.mkdir(exist_ok=True)
    for file in path.parent.glob(f"{path.name}*"):
        if file.is_file():
            shutil.copy(file, folder)
    return folder / path.name


def files_of(path: Path) -> list[Path]:
    """Return the files that a store is when nobody has it open: its own, and those of its keys where it has any."""
    passing = (".lock", ".owner", "-wal", "-shm", "-journal")
    return sorted(file for file in path.parent.glob(f"{path.name}*") if not file.name.endswith(passing))


def _differences(found: State, committed: Sequence[State]) -> str:
    last = committed[-1]
    names = sorted({name for name, _total in last.items() ^ found.items()})
    return str({name: (last.get(name), found.get(name)) for name in names})
