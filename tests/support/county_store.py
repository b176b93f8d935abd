"""The example county in a store, taken in and linked once a session; every test gets a copy of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.services.workspace import Workspace, open_workspace
from support import store_files
from support.counties import PASSPHRASE, take_in

if TYPE_CHECKING:
    from pathlib import Path


def make(folder: Path, county: str = "county") -> Path:
    """Take in every file of a county, link, and return the closed store."""
    path = folder / f"{county}.kvdb"
    workspace, _outcomes = take_in(path, county)
    workspace.close()
    return path


def copy(made: Path, folder: Path) -> Path:
    """Return a copy that a test may change; the store is closed, so its file is whole."""
    return store_files.copy(made, folder)


def opened(path: Path, *, user: str = "granskare2", write: bool = True) -> Workspace:
    """Open a copy as a named user."""
    workspace = open_workspace(path, PASSPHRASE, write=write)
    workspace.user = user
    return workspace
