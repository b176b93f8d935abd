"""Five users of a store, one for each role, and the store open to one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.rights import Role
from kvalitetsapp.services.workspace import open_workspace
from kvalitetsapp.store import key_file, keys, meta, users
from kvalitetsapp.store.keys import Owner
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.keys import StoreKey

NAMES: Final = {
    Role.REVIEWER: "Rut",
    Role.FINANCE: "Erik",
    Role.ANALYST: "Alva",
    Role.LOG_CONTROLLER: "Love",
    Role.ADMINISTRATOR: "Adam",
}
UNIT: Final = "Ortopedi"


def add_users(path: Path) -> None:
    """Let five more open a closed store, each in one role and with the passphrase of the tests."""
    with open_workspace(path, PASSPHRASE, write=True) as workspace:
        store, told = workspace.store, key_file.read(path).keys
        key: StoreKey = store.key  # type: ignore[assignment]
        with store.transaction():
            meta.put(store, meta.SHARED, "0")
            for role, name in NAMES.items():
                slot = keys.new_slot(told.store_id, Owner(name), PASSPHRASE, (key,))
                told = told.replacing(slot)
                users.add(store, name, UNIT, [role], slot.public_key, workspace.user)
        key_file.write(path, told)


def opened(path: Path, role: Role, *, write: bool = True) -> Workspace:
    """Return the store open to the user of a role; the caller closes it."""
    return open_workspace(path, PASSPHRASE, write=write, user=NAMES[role])
