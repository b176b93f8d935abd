"""Two stores that began as the same one: a store and its copy, each open, and packages from one to the other."""

from __future__ import annotations

import itertools
import shutil
from typing import TYPE_CHECKING, Final

from kvalitetsapp.services import exchange_packages
from support import reviewing
from support.reviewing import ANNA, BO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.exchange_packages import TakenOutcome
    from kvalitetsapp.services.workspace import Workspace

PASSPHRASE: Final = "bäver mossa lykta 93"
_NUMBERS = itertools.count(1)


def parted(workspace: Workspace, folder: Path, *users: str) -> Iterator[Workspace]:
    """Close a store and give it and its copies open again, a user at work in each; they are closed at the end."""
    path = workspace.path
    workspace.close()
    opened = []
    for number, user in enumerate(users or (ANNA, BO)):
        home = folder / f"del-{number}"
        home.mkdir()
        for file in path.parent.glob(f"{path.name}*"):
            shutil.copy2(file, home / file.name)
        opened.append(reviewing.reopened(_At(home / path.name), user))  # type: ignore[arg-type]
    try:
        yield from opened
    finally:
        for one in opened:
            one.close()


class _At:
    """Where a store lies."""

    def __init__(self, path: Path) -> None:
        self.path = path


def package(workspace: Workspace, folder: Path) -> Path:
    """Write a package of a store and return it."""
    return exchange_packages.make(workspace, folder / f"paket-{next(_NUMBERS)}.kvpaket", PASSPHRASE).path


def take(workspace: Workspace, path: Path) -> TakenOutcome:
    """Take a package into a store."""
    return exchange_packages.take(workspace, path, PASSPHRASE)


def send(one: Workspace, other: Workspace, folder: Path) -> TakenOutcome:
    """Let a store take what another has."""
    return take(other, package(one, folder))
