"""Power cuts: what an action wrote is recorded, and the disk built as it may be after a cut at any moment.

What was not synced by the time of the cut is dropped, kept, or kept in part: some writes and not others, and some of
them torn where a sector (512 bytes) or a page (4096) ends. A file's name is another matter than its content: that a
file was made, renamed or removed is safe only once its folder is synced. Until then names may be as they were, or as
they became in their order, up to any of them, which is how file systems with a journal keep them.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from support.faults.done import surroundings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from random import Random

    from support.faults.done import Doer

_HEAD: Final = struct.Struct("=5Q")
_TEARS: Final = (512, 4096)


class Kind(IntEnum):
    """What was done; as `recorder.c` counts."""

    OPENED = 1
    WROTE = 2
    CUT = 3
    SYNCED = 4
    RENAMED = 5
    UNLINKED = 6
    LINKED = 7
    MARKED = 8


@dataclass(frozen=True, slots=True)
class Call:
    """One call that changed files or made them safe."""

    kind: Kind
    number: int
    place: int
    data: bytes
    other: str

    @property
    def path(self) -> str:
        """Return the path that the call is about."""
        return os.fsdecode(self.data)


@dataclass(eq=False)
class _File:
    """The content of a file: what is safe, and what was done to it since."""

    safe: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)  # None: cut to that size

    def sync(self) -> None:
        self.safe, self.pending = _applied(self.safe, self.pending), []

    def after_a_cut(self, chance: Random) -> bytes:
        match chance.choice(("dropped", "kept", "some")):
            case "dropped":
                return self.safe
            case "kept":
                return _applied(self.safe, self.pending)
            case _:
                return _applied(self.safe, _some(self.pending, chance))


class Disk:
    """The files of a folder as calls go by, each name and each content safe or not yet."""

    def __init__(self, safe: dict[str, bytes]) -> None:
        self.marks = 0
        self._safe = {path: _File(content) for path, content in safe.items()}
        self._now = dict(self._safe)
        self._journal: list[dict[str, _File | None]] = []  # changes of names that are not safe yet
        self._open: dict[int, str | _File] = {}  # a folder by its path

    def follow(self, call: Call) -> None:
        """Let a call happen."""
        match call.kind:
            case Kind.OPENED:
                self._opened(call)
            case Kind.WROTE:
                self._file(call.number).pending.append((call.place, call.data))
            case Kind.CUT:
                self._file(call.number).pending.append((call.place, None))
            case Kind.SYNCED:
                self._synced(self._open[call.number])
            case Kind.RENAMED:
                self._rename({call.path: None, call.other: self._now[call.path]})
            case Kind.LINKED:
                self._rename({call.other: self._now[call.path]})
            case Kind.UNLINKED:
                self._rename({call.path: None})
            case Kind.MARKED:
                self.marks = call.number

    def after_a_cut(self, chance: Random) -> dict[str, bytes]:
        """Return what may be found when the power comes back."""
        names: dict[str, _File | None] = dict(self._safe)
        for change in self._journal[: chance.randint(0, len(self._journal))]:
            names |= change
        return {path: file.after_a_cut(chance) for path, file in names.items() if file is not None}

    def _opened(self, call: Call) -> None:
        if call.path not in self._now:
            if not call.place & os.O_CREAT:
                self._open[call.number] = call.path
                return
            self._rename({call.path: _File()})
        file = self._open[call.number] = self._now[call.path]
        if call.place & os.O_TRUNC:
            file.pending.append((0, None))

    def _synced(self, what: str | _File) -> None:
        if isinstance(what, _File):
            what.sync()
            return
        last = max((n for n, change in enumerate(self._journal, 1) if what in _folders(change)), default=0)
        for change in self._journal[:last]:
            _change(self._safe, change)
        del self._journal[:last]

    def _rename(self, change: dict[str, _File | None]) -> None:
        _change(self._now, change)
        self._journal.append(change)

    def _file(self, descriptor: int) -> _File:
        file = self._open[descriptor]
        assert isinstance(file, _File)
        return file


@dataclass(frozen=True, slots=True)
class Cut:
    """A power cut: after which call, how many commits were told to be safe by then, and what the disk holds."""

    after: int
    commits: int
    files: dict[str, bytes]

    def restore(self, folder: Path) -> None:
        """Write the files to a folder."""
        folder.mkdir(parents=True)
        for name, content in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)


@dataclass(frozen=True, slots=True)
class Recording:
    """All that an action did to the files of a folder."""

    folder: Path
    before: dict[str, bytes]
    calls: tuple[Call, ...]

    def cuts(self, many: int, chance: Random) -> Iterator[Cut]:
        """Cut the power so many times: around everything that is synced, renamed or marked, and anywhere else."""
        last = len(self.calls)
        edges = [n for n, call in enumerate(self.calls, 1) if call.kind not in {Kind.WROTE, Kind.OPENED}]
        wanted = sorted([*chance.choices(edges, k=many // 2), *chance.choices(range(last + 1), k=many - many // 2)])
        disk, done = Disk({f"{self.folder}/{name}": content for name, content in self.before.items()}), 0
        for after in wanted:
            for call in self.calls[done:after]:
                disk.follow(call)
            done = after
            found = disk.after_a_cut(chance)
            inside = {os.path.relpath(path, self.folder): content for path, content in found.items()}
            yield Cut(after, disk.marks, inside)


def record(doer: Doer, library: Path) -> Recording:
    """Let an action be done from its beginning to its end, and return what it did to the files."""
    store = doer.copy()
    folder, trace = store.parent, store.parent.with_suffix(".trace")
    before = _files_in(folder)
    ran = subprocess.run(
        [sys.executable, "-m", "support.faults.doer", "once", doer.action.name, store],
        env=surroundings(LD_PRELOAD=str(library), FAULT_FOLDER=str(folder), FAULT_TRACE=str(trace)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert {kind for kind, _value in told} <= {"state"}, told
    calls = tuple(_calls(trace.read_bytes()))
    trace.unlink()
    assert {Kind.WROTE, Kind.SYNCED, Kind.MARKED} <= {call.kind for call in calls}, "the record is not whole"
    recording = Recording(folder, before, calls)
    _demand_whole(recording)
    return recording


def _demand_whole(recording: Recording) -> None:
    """Let the record, played to its end with all that is pending, give the very files that lie there."""
    disk = Disk({f"{recording.folder}/{name}": content for name, content in recording.before.items()})
    for call in recording.calls:
        disk.follow(call)
    played = {
        os.path.relpath(path, recording.folder): _applied(file.safe, file.pending) for path, file in disk._now.items()
    }
    lie_there = _files_in(recording.folder)
    lie_there = {name: content for name, content in lie_there.items() if not name.endswith((".lock", "-shm"))}
    assert {name: played.get(name) == content for name, content in lie_there.items()} == dict.fromkeys(lie_there, True)
    assert {name for name in played if played[name]} <= set(lie_there), set(played) ^ set(lie_there)


def _files_in(folder: Path) -> dict[str, bytes]:
    """Return the content of every file in a folder and below it, by its path from there."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _calls(trace: bytes) -> Iterator[Call]:
    at = 0
    while at < len(trace):
        kind, number, place, length, other = _HEAD.unpack_from(trace, at)
        at += _HEAD.size
        data = trace[at : at + length]
        yield Call(Kind(kind), number, place, data, os.fsdecode(trace[at + length : at + length + other]))
        at += length + other


def _applied(content: bytes, changes: Iterable[tuple[int, bytes | None]]) -> bytes:
    made = bytearray(content)
    for place, data in changes:
        end = place if data is None else place + len(data)
        if len(made) < end:
            made.extend(bytes(end - len(made)))
        if data is None:
            del made[end:]
        else:
            made[place:end] = data
    return bytes(made)


def _some(changes: Sequence[tuple[int, bytes | None]], chance: Random) -> Iterator[tuple[int, bytes | None]]:
    """Return some of the changes, a few of them torn."""
    for place, data in changes:
        if chance.random() < 0.5:
            continue
        if data is None or chance.random() < 0.7:
            yield place, data
        else:
            tear = chance.choice(_TEARS)
            middle = min(len(data), (chance.randint(place, place + len(data)) // tear + 1) * tear - place)
            yield chance.choice(((place, data[:middle]), (place + middle, data[middle:])))


def _change(names: dict[str, _File], change: dict[str, _File | None]) -> None:
    for path, file in change.items():
        if file is None:
            names.pop(path, None)
        else:
            names[path] = file


def _folders(change: dict[str, _File | None]) -> set[str]:
    return {str(Path(path).parent) for path in change}
