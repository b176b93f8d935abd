"""The way into a store: who comes, with which passphrase, and the store as it opens to them.

A store that an earlier version made, whose passphrase was its key, gets a data key and a file of keys the first time
it is opened to be written to; the file as it was stays beside it.
"""

from __future__ import annotations

import hmac
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.rights import FOUNDER
from kvalitetsapp.errors import RefusedError, StoreError
from kvalitetsapp.store import audit, copying, key_file, keys, lock, meta, store_file, users
from kvalitetsapp.store.connection import AtWork, Store
from kvalitetsapp.store.key_file import KeyFile
from kvalitetsapp.store.keys import SlotKind, StoreKey, WrongKeyError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kvalitetsapp.domain.rights import Role
    from kvalitetsapp.store.users import User

BEFORE_KEYS: Final = ".before-keys"
_ADOPTING: Final = ".adopting"
_SET_ASIDE: Final = ".keys.earlier"


@dataclass(frozen=True, slots=True)
class Entered:
    """A store that opened, to whom, and the name that is written where that user did something.

    A store that was made without saying who one is has one passphrase, which several may know: whoever is logged in at
    the workstation is who did it, until users are added.
    """

    store: Store
    user: User
    signs_as: str


def enter(path: Path, passphrase: str, user: str | None, *, write: bool) -> Entered:
    """Open a store for a user; `None` is the only one there is, else whoever is logged in at this workstation.

    Raises:
        StoreError: there is no store, the passphrase does not fit, or the store is damaged or newer than the program.
        RefusedError: the user may no longer open it.
    """
    store_file.demand_file(path)
    store_file.demand_passphrase(passphrase)
    mark = key_file.mark_of(path)
    if not _has_key_for(path, mark):
        _enter_old(path, passphrase, user, write=write)
        mark = key_file.mark_of(path)
    told = key_file.read(path).keys
    name = _who(told, user)
    store = Store.open(path, _unlocked(path, told, name, passphrase, mark), read_only=not write)
    try:
        found = _admitted(store, told, name)
        return Entered(store, found, name if user else _signs_as(store, name))
    except BaseException:
        store.close()
        raise


def make(path: Path, passphrase: str, user: str | None, unit: str, *, sample: bool) -> Entered:
    """Make a new store with its first user, who may do everything.

    Raises:
        RefusedError: something lies at `path` already, or it cannot be written to.
        StoreError: the passphrase cannot be used.
    """
    store_file.demand_passphrase(passphrase)
    if path.exists() and not store_file.may_be_unfinished(path):
        raise store_file.taken(path)
    name = tidied(user or lock.user_name())
    key, store_id = StoreKey.new(), key_file.new_store_id()
    slot = keys.new_slot(store_id, name, SlotKind.USER, passphrase, (key,))

    def first(store: Store) -> None:
        meta.put(store, meta.SAMPLE, "1" if sample else "0")
        meta.put(store, meta.SHARED, "0" if user else "1")
        _introduce(store, store_id, name, unit, FOUNDER, slot.public_key)
        audit.append(store, name, "store_created", target=path.name)

    store_file.demand_folder(path)
    earlier = _set_aside(path)
    try:
        key_file.write(path, KeyFile(store_id, (slot,)))
        store = Store.create(path, key, first)
    except BaseException:
        key_file.remove(path)
        _put_back(path, earlier)
        raise
    return Entered(store, _admitted(store, KeyFile(store_id, (slot,)), name), name)


def names(path: Path) -> tuple[str, ...]:
    """Return the names of those who can open a store.

    Raises:
        StoreError: its file of keys cannot be read.
    """
    return key_file.read(path).keys.users


def is_passphrase_of(store: Store, user: str, passphrase: str) -> bool:
    """Tell whether a passphrase is that of a user of an open store; of the store itself nothing is asked or written.

    May be asked from any thread. The key that the passphrase gives must be the one that the store is open with:
    somebody who can write to the file of keys could have put a slot there whose passphrase is theirs.

    Raises:
        StoreError: the file of keys cannot be read.
    """
    told = key_file.read(store.path).keys
    slot, key = told.slot(tidied(user)), store.key
    if slot is None or not isinstance(key, StoreKey):
        return False
    try:
        # Not `key_file.mark_of`: closing the file would let go of the locks that the open store has on it.
        found = keys.data_key(slot, told.store_id, keys.private_key(slot, told.store_id, passphrase), key.mark)
    except WrongKeyError:
        return False
    return hmac.compare_digest(found.data_key, key.data_key)


def change_over(store: Store, user: str, passphrase: str) -> Entered:
    """Let another user come to a store that is open; it is never closed, so that nobody else can slip in.

    Raises:
        StoreError: the passphrase does not fit.
        RefusedError: the user may no longer open it.
    """
    name = tidied(user)
    if not is_passphrase_of(store, name, passphrase):
        raise _wrong_passphrase(store.path, name)
    return Entered(store, _admitted(store, key_file.read(store.path).keys, name), name)


def tidied(name: str) -> str:
    """Return a user's name as it is kept: without blanks around it, its letters composed."""
    return unicodedata.normalize("NFC", name.strip())


def _who(told: KeyFile, user: str | None) -> str:
    if user:
        return tidied(user)
    if len(told.users) == 1:
        return told.users[0]
    if (login := tidied(lock.user_name())) in told.users:
        return login
    raise StoreError(
        _("Databasen har flera användare. Säg vem du är med ”--user” eller KVALITETSAPP_USER, eller i fönstret.")
    )


def _signs_as(store: Store, name: str) -> str:
    return tidied(lock.user_name()) if meta.get(store, meta.SHARED) == "1" else name


def _unlocked(path: Path, told: KeyFile, name: str, passphrase: str, mark: bytes) -> StoreKey:
    slot = told.slot(name)
    try:
        if slot is None:
            raise WrongKeyError
        return key_file.key_of(told, slot, keys.private_key(slot, told.store_id, passphrase), mark)
    except WrongKeyError as error:
        raise _wrong_passphrase(path, name) from error


def _wrong_passphrase(path: Path, name: str) -> StoreError:
    return StoreError(
        _(
            "Lösenfrasen passar inte till {path} för användaren {user}. Kontrollera namnet, lösenfrasen och "
            "Caps Lock. Inget har ändrats."
        ).format(path=path, user=name)
    )


def _admitted(store: Store, told: KeyFile, name: str) -> User:
    """Return the user as the store knows it: a file of keys may be older than the store, or not be the store's."""
    found, slot = users.named(store, name), told.slot(name)
    if found is None or slot is None or found.public_key != slot.public_key:
        raise RefusedError(
            _("{user} får inte längre öppna databasen. Fråga den som är administratör.").format(user=name)
        )
    store.at_work = AtWork(found.unit, " ".join(sorted(found.roles)))
    return found


def _introduce(store: Store, store_id: str, name: str, unit: str, roles: Iterable[Role], public_key: bytes) -> None:
    meta.put(store, meta.STORE_ID, store_id)
    users.add(store, name, unit, roles, public_key, name)
    store.at_work = AtWork(unit, " ".join(sorted(roles)))


# stores of old


def _has_key_for(path: Path, mark: bytes) -> bool:
    """Tell whether the file of keys is of this file; a conversion that was cut short left it beside an old one."""
    if not key_file.exists(path):
        return False
    is_cut_short = path.with_name(path.name + _ADOPTING).exists()
    return not is_cut_short or any(mark in slot.sealed for slot in key_file.read(path).keys.slots)


def _enter_old(path: Path, passphrase: str, user: str | None, *, write: bool) -> None:
    """Give a store whose passphrase is its key a data key and a file of keys.

    Raises:
        StoreError: the passphrase does not fit or it is no store, or it is opened to be read only.
    """
    old = Store.open(path, passphrase, read_only=not write)
    name = tidied(user or lock.user_name())
    key, store_id = StoreKey.new(), key_file.new_store_id()
    slot = keys.new_slot(store_id, name, SlotKind.USER, passphrase, (key,))
    made = path.with_name(path.name + _ADOPTING)
    with old:
        copying.demand_alone(old)
        copying.copy(old.conn, made, key)
    with Store.open(made, key) as new, new.transaction():
        meta.put(new, meta.SHARED, "0" if user else "1")
        _introduce(new, store_id, name, "", FOUNDER, slot.public_key)
        audit.append(new, name, "keys_introduced", target=path.name)
    copying.demand_whole(made, key)
    key_file.write(path, KeyFile(store_id, (slot,)))
    copying.keep_aside(path, path.with_name(path.name + BEFORE_KEYS))
    copying.replace(path, made)


def _set_aside(path: Path) -> Path | None:
    """Put keys out of the way that lie where there is no store: somebody may still have the store that they are of."""
    found = key_file.path_of(path)
    if not found.exists():
        return None
    aside = path.with_name(path.name + _SET_ASIDE)
    found.replace(aside)
    return aside


def _put_back(path: Path, earlier: Path | None) -> None:
    if earlier is not None and earlier.exists():
        earlier.replace(key_file.path_of(path))
