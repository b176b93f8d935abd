"""An empty store to run commands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.services.workspace import create_workspace
from support import made_stores
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


def make(folder: Path) -> Path:
    """Return an empty store, closed, in a folder."""
    with made_stores.opened(folder, _make) as workspace:
        return workspace.path


def _make(folder: Path) -> Workspace:
    return create_workspace(folder / "prov.kvdb", PASSPHRASE)
