"""A small store that two people share at one workstation, each with a passphrase and roles of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.rights import Role
from kvalitetsapp.services.workspace import create_workspace
from kvalitetsapp.store import key_file, keys, users
from kvalitetsapp.store.keys import Owner, StoreKey

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

REVIEWER: Final = "Granskaren Åsa"
REVIEWERS: Final = "granskarens långa fras"
FINANCE: Final = "Ekonomen Örjan"
FINANCES: Final = "ekonomens långa fras"


def make(folder: Path) -> Path:
    """Make the store; the first may do everything, the second is finance only."""
    path = folder / "gemensam.kvdb"
    with create_workspace(path, REVIEWERS, user=REVIEWER) as workspace:
        store = workspace.store
        assert isinstance(store.key, StoreKey)
        known = key_file.read(path).keys
        slot = keys.new_slot(known.store_id, Owner(FINANCE), FINANCES, (store.key,))
        with store.transaction():
            users.add(store, FINANCE, "Ekonomi", {Role.FINANCE}, slot.public_key, REVIEWER)
        key_file.write(path, known.replacing(slot))
    return path


def remove(path: Path, passphrase: str, names: Iterable[str]) -> None:
    """Take users away in the store alone, as where a file of keys from before was put back."""
    from kvalitetsapp.services.workspace import open_workspace

    with open_workspace(path, passphrase, write=True, user=REVIEWER) as workspace, workspace.store.transaction():
        for one in users.all_users(workspace.store):
            if one.name in names:
                users.remove(workspace.store, one.user, REVIEWER)
