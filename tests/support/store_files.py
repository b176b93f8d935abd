"""A closed store as the set of files that it is: the database, its keys and their copy."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from kvalitetsapp.store import key_file, keys
from kvalitetsapp.store.connection import Store

if TYPE_CHECKING:
    from pathlib import Path


def copy(store: Path, target: Path) -> Path:
    """Copy a closed store to another name or folder, and return where its database lies."""
    if target.is_dir():
        target = target / store.name
    for path, to in zip(of(store), of(target), strict=True):
        if path.exists():
            shutil.copy(path, to)
    return target


def open_below(store: Path, passphrase: str, *, read_only: bool = False) -> Store:
    """Open a store as its file only: no user, no lock, no rights; for its first user's passphrase."""
    told = key_file.read(store).keys
    slot = told.slots[0]
    private = keys.private_key(slot, told.store_id, passphrase)
    return Store.open(store, key_file.key_of(told, slot, private, key_file.mark_of(store)), read_only=read_only)


def of(store: Path) -> tuple[Path, Path, Path]:
    """Return the files that a store consists of."""
    return store, key_file.path_of(store), key_file.copy_of(store)
