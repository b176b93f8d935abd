"""Stores that many tests begin with: made the first time a process asks for one, and copied from then on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kvalitetsapp.services.workspace import open_workspace
from support import store_files
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Made:
    """A closed store with its keys: all of it is in its files."""

    name: str
    files: dict[str, bytes]
    user: str

    def copy(self, folder: Path) -> Path:
        for name, content in self.files.items():
            (folder / name).write_bytes(content)
        return folder / self.name


def opened(folder: Path, make: Callable[..., Workspace], *told: str) -> Workspace:
    """Return a store in `folder` with what `make(folder, *told)` makes in one, open; the caller closes it."""
    made = _today(make, *told)
    workspace = open_workspace(made.copy(folder), PASSPHRASE, write=True)
    workspace.user = made.user
    return workspace


def closed(folder: Path, make: Callable[..., Workspace], *told: str) -> Path:
    """Return where in `folder` a closed store lies with what `make(folder, *told)` makes in one."""
    return _today(make, *told).copy(folder)


def _today(make: Callable[..., Workspace], *told: str) -> _Made:
    return _made(make, told, date.today())  # noqa: DTZ011 - imports carry the day they were made on


@cache
def _made(make: Callable[..., Workspace], told: tuple[str, ...], _today: date) -> _Made:
    with TemporaryDirectory() as folder:
        with make(Path(folder), *told) as workspace:
            path, user = workspace.path, workspace.user
        return _Made(path.name, {file.name: file.read_bytes() for file in store_files.of(path)}, user)
