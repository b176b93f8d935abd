"""Stores that an earlier version made, whose passphrase was their key: they get a data key and a file of keys.

The store is copied under the new key and the copy is brought up to date, so that the file as it was can stay beside,
for the version that made it. A process that dies on the way leaves the store of old or the new one, and both open.
"""

from __future__ import annotations

import glob
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.rights import FOUNDER
from kvalitetsapp.errors import WrongPassphraseError
from kvalitetsapp.store import audit, backup_making, copying, key_file, key_form, keys, meta, users
from kvalitetsapp.store.connection import AtWork, Store
from kvalitetsapp.store.key_form import KeyFile
from kvalitetsapp.store.keys import Owner, StoreKey
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

BEFORE_KEYS: Final = ".before-keys"
KEYS_ASIDE: Final = ".earlier"
ADOPTING: Final = ".adopting"
REKEYING: Final = ".rekeying"


def opens(path: Path, passphrase: str) -> bool:
    """Tell whether a passphrase is the key of the file at `path`.

    Raises:
        StoreError: it is, but the file is empty or not a store; or it cannot be read at all.
    """
    try:
        Store.open(path, passphrase, read_only=True, migrate=False).close()
    except WrongPassphraseError:
        return False
    return True


def adopt(path: Path, passphrase: str, name: str, *, shared: bool, write: bool) -> Path | None:
    """Give the store of old at `path` a data key and a file of keys, with `name` as its first user.

    Returns where keys of another store were put that lay there; those of a conversion that was cut short are nobody's.

    Raises:
        StoreError: it is not one, is damaged or newer than the program, or is opened to be read only.
        RefusedError: somebody else has it open, or there is no room.
    """
    key, store_id = StoreKey.new(), key_form.new_store_id()
    slot = keys.new_slot(store_id, Owner(name), passphrase, (key,))
    made = path.with_name(path.name + ADOPTING)
    was_cut_short = made.exists()
    if write:
        with Store.open(path, passphrase, read_only=True, migrate=False) as old:
            backup_making.before_migration(path, passphrase, old.conn)
    try:
        with Store.open(path, passphrase, read_only=not write, migrate=not write) as old, copying.held_alone(old):
            copying.copy(old.conn, made, key)
            with Store.open(made, key) as new, new.transaction():
                meta.put(new, meta.SHARED, "1" if shared else "0")
                introduce(new, store_id, name, "", slot.public_key)
                audit.append(new, name, "keys_introduced", target=path.name)
            copying.demand_whole(made, key)
        aside = set_keys_aside(path)
        key_file.write(path, KeyFile(store_id, (slot,)))
        copying.keep_aside(path, _name_for(path))
        copying.replace(path, made)
    except BaseException:
        copying.take_away(made)
        raise
    return None if was_cut_short else aside


def introduce(store: Store, store_id: str, name: str, unit: str, public_key: bytes) -> None:
    """Write the first user into a store, who may do everything."""
    meta.put(store, meta.STORE_ID, store_id)
    users.add(store, name, unit, FOUNDER, public_key, name)
    store.at_work = AtWork(unit, " ".join(sorted(FOUNDER)))


def clear_away(path: Path) -> None:
    """Take away what a process left beside a store that died while it made a copy to take the store's place."""
    for ending in (ADOPTING, REKEYING):
        copying.take_away(path.with_name(path.name + ending))
    for left in path.parent.iterdir():
        if left.name.startswith(f".{path.name}.") and left.suffix == ".tmp":
            left.unlink(missing_ok=True)


def left_behind(path: Path) -> str:
    """Return what is to be said of files from before there were keys, which their old passphrase opens for ever."""
    left = sorted(one.name for one in path.parent.glob(f"{glob.escape(path.name + BEFORE_KEYS)}*"))
    if not left:
        return ""
    return _(
        "Kvar ligger {files}, som öppnas med den gamla lösenfrasen. Radera det när en säkerhetskopia är prövad."
    ).format(files=", ".join(left))


def _name_for(path: Path) -> Path:
    """Return under which name a store of old stays: the one that it has got already, or one that is free."""
    aside = path.with_name(path.name + BEFORE_KEYS)
    return aside if aside.exists() and aside.samefile(path) else copying.free_name(path, BEFORE_KEYS)


def set_keys_aside(path: Path) -> Path | None:
    """Put keys aside that are not of the store at `path`: somebody may still have the one that they are of."""
    found = key_file.path_of(path)
    if not found.exists():
        return None
    aside = copying.free_name(found, KEYS_ASIDE)
    found.replace(aside)
    return aside


def put_keys_back(path: Path, aside: Path | None) -> None:
    """Take back `set_keys_aside`."""
    if aside is not None:
        aside.replace(key_file.path_of(path))
