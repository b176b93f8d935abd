"""The way into a store: who comes, with what, and the store as it opens to them.

First somebody knocks, which writes nothing: the file of keys tells whether what they say fits. Then they enter, under
the right to write where they asked for it: the store itself says whether it still knows them.
"""

from __future__ import annotations

import contextlib
import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import user_name
from kvalitetsapp.errors import InputError, RefusedError, StoreError, WrongPassphraseError
from kvalitetsapp.services import key_changes, old_stores
from kvalitetsapp.store import audit, backup_making, key_file, key_form, keys, lock, meta, store_file, users
from kvalitetsapp.store.connection import AtWork, Store
from kvalitetsapp.store.key_form import KeyFile
from kvalitetsapp.store.keys import AlteredError, Owner, SlotKind, StoreKey, WrongKeyError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sqlcipher3 import dbapi2

    from kvalitetsapp.store.users import User

REFUSED: Final = "refused"


@dataclass(frozen=True, slots=True)
class Remembered:
    """What this workstation remembers of a user instead of a passphrase: which slot, and the secret that opens it."""

    place: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who knocked, with the private keys that what they said opens, by public key.

    Without any the store is one of old, whose passphrase is its key. More than one has only somebody whose key pair
    was being exchanged when the program was ended.
    """

    name: str
    is_named: bool = True
    """Whether somebody said who comes; else the name is that of the login, or of the only user."""
    passphrase: str = field(default="", repr=False)
    private_keys: Mapping[bytes, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Entered:
    """A store that opened, to whom, the name that is written where they did something, and what was found on the way.

    A store that was made without saying who one is has one passphrase, which several may know: whoever is logged in at
    the workstation is who did it, until users are added.
    """

    store: Store
    user: User
    signs_as: str
    findings: tuple[str, ...] = ()


def login() -> str:
    """Return who is logged in at this workstation, as the name of a user."""
    return user_name.tidied(lock.user_name())


def names(path: Path) -> tuple[str, ...]:
    """Return the names of those who can open a store, none where there is no store or its keys cannot be read."""
    known = key_file.peek(path)
    return () if known is None else known.users


def knock(path: Path, told: str | Remembered, user: str | None) -> Visitor:
    """Find out whether a passphrase, or what the workstation remembers, fits a user; nothing is written.

    `user` None is the only one there is, else whoever is logged in at this workstation.

    Raises:
        StoreError: there is no store, nobody says who comes, it does not fit, or the file of keys is damaged.
    """
    store_file.demand_file(path)
    if isinstance(told, str):
        store_file.demand_passphrase(told)
    has_keys = key_file.exists(path)
    known = key_file.read(path).keys if has_keys else None
    if isinstance(told, str) and (known is None or not known.has_key_for(key_file.mark_of(path))):
        if old_stores.opens(path, told):
            return Visitor(named(user), bool(user), told)
        if known is None:
            raise without_keys(path)
    if known is None:
        raise without_keys(path)
    name = _name_told(known, user)
    return Visitor(name, bool(user), private_keys=_private_keys(path, known, name, told))


def enter(path: Path, visitor: Visitor, *, write: bool) -> Entered:
    """Open a store for who knocked; what was cut short the last time is tidied up where they may write.

    Raises:
        StoreError: the store is damaged, newer than the program, or not the one that the keys are of.
        RefusedError: the user may no longer open it.
    """
    said: tuple[str, ...] = ()
    if not visitor.private_keys:
        visitor, said = _adopted(path, visitor, write=write)
    found = key_file.read(path)
    key = _data_key(path, found.keys, visitor)
    store = Store.open(path, key, read_only=not write, before_migration=_backed_up(path, key))
    try:
        user = _admitted(store, visitor)
        store.at_work = AtWork(user.unit, " ".join(sorted(user.roles)))
        return Entered(store, user, _signs_as(store, user), said + key_changes.tidied(store, found, user.name))
    except BaseException:
        store.close()
        raise


def make(path: Path, passphrase: str, user: str | None, unit: str, *, sample: bool) -> Entered:
    """Make a new store with its first user, who may do everything.

    Raises:
        RefusedError: something lies at `path` already, or it cannot be written to.
        InputError: the user's name cannot be used.
        StoreError: the passphrase cannot be used.
    """
    store_file.demand_passphrase(passphrase)
    if path.exists() and not store_file.may_be_unfinished(path):
        raise store_file.taken(path)
    name = named(user)
    key, store_id = StoreKey.new(), key_form.new_store_id()
    slot = keys.new_slot(store_id, Owner(name), passphrase, (key,))

    def first(store: Store) -> None:
        meta.put(store, meta.SAMPLE, "1" if sample else "0")
        meta.put(store, meta.SHARED, "0" if user else "1")
        old_stores.introduce(store, store_id, name, unit, slot.public_key)
        audit.append(store, name, "store_created", target=path.name)

    store_file.demand_folder(path)
    aside = old_stores.set_keys_aside(path)
    try:
        key_file.write(path, KeyFile(store_id, (slot,)))
        store = Store.create(path, key, first)
    except BaseException:
        key_file.remove(path)
        old_stores.put_keys_back(path, aside)
        raise
    return Entered(store, users.all_users(store)[0], name)


def _backed_up(path: Path, key: StoreKey | str) -> Callable[[dbapi2.Connection], None]:
    """Return what backs up a store of an earlier version before it is brought up to date."""

    def make(conn: dbapi2.Connection) -> None:
        backup_making.before_migration(path, key, conn)

    return make


def is_passphrase_of(store: Store, user: str, passphrase: str) -> bool:
    """Tell whether a passphrase is that of a user of an open store; of the store itself nothing is asked or written.

    May be asked from any thread.

    Raises:
        StoreError: the file of keys cannot be read.
    """
    return _proved(store, user, passphrase) is not None


def change_over(store: Store, user: str, passphrase: str) -> Entered:
    """Let another user come to a store that is open; it is never closed, so that nobody else can slip in.

    Raises:
        StoreError: the passphrase does not fit.
        RefusedError: the user may no longer open it.
    """
    visitor = _proved(store, user, passphrase)
    if visitor is None:
        raise _wrong_passphrase(store.path, user_name.tidied(user))
    found = _admitted(store, visitor)
    store.at_work = AtWork(found.unit, " ".join(sorted(found.roles)))
    return Entered(store, found, found.name)


def _proved(store: Store, user: str, passphrase: str) -> Visitor | None:
    """Return who a passphrase shows to be a user of an open store.

    The key that it gives must be the one that the store is open with: somebody who can write to the file of keys could
    have put a slot there whose passphrase is theirs.
    """
    if not store_file.is_usable(passphrase):
        return None
    try:
        visitor = knock(store.path, passphrase, user)
        found = _data_key(store.path, key_file.read(store.path).keys, visitor)
    except WrongPassphraseError:
        return None
    is_same = isinstance(store.key, StoreKey) and hmac.compare_digest(found.data_key, store.key.data_key)
    return visitor if is_same else None


def without_keys(path: Path) -> StoreError:
    """Return what is said where the file of keys is not there."""
    return WrongPassphraseError(
        _(
            "Nyckelfilen {keys} finns inte bredvid databasen. Är databasen från en äldre version utan nyckelfil "
            "passar inte lösenfrasen. Annars: lägg tillbaka nyckelfilen från säkerhetskopian. Inget har ändrats."
        ).format(keys=key_file.path_of(path))
    )


def named(user: str | None) -> str:
    """Return the name of a first user: the one that is told, else that of the login.

    Raises:
        InputError: it cannot be used.
    """
    name = user_name.tidied(user or lock.user_name())
    if fault := user_name.fault(name):
        raise InputError(_("{fault} Ange namnet med ”--user” eller i fönstret.").format(fault=fault))
    return name


def who(known: KeyFile, user: str | None) -> str | None:
    """Return whom the file of keys knows by a name; without one the only user, or whoever is logged in here."""
    if user:
        return known.user(user)
    return known.users[0] if len(known.users) == 1 else known.user(login())


def _name_told(known: KeyFile, user: str | None) -> str:
    """Return the user that is meant; one that is not known comes back as it was told."""
    if (found := who(known, user)) is not None:
        return found
    if user:
        return user_name.tidied(user)
    raise StoreError(
        _("Databasen har flera användare. Säg vem du är med ”--user” eller KVALITETSAPP_USER, eller i fönstret.")
    )


def _private_keys(path: Path, known: KeyFile, name: str, told: str | Remembered) -> dict[bytes, bytes]:
    """Return what was told opens; a user who is not known gets the same sentence after the same time."""
    if isinstance(told, Remembered):
        secret, owner = told.secret, Owner(name, SlotKind.WORKSTATION, told.place)
    else:
        secret, owner = told, Owner(name)
    # Another's slot never opens under this name, and costs what one's own does.
    slots = known.of(owner) or (keys.of_another(known.slots[0], owner),)
    opened = {}
    try:
        for slot in slots:
            with contextlib.suppress(WrongKeyError):
                opened[slot.public_key] = keys.private_key(slot, known.store_id, secret)
    except AlteredError as error:
        raise StoreError(
            _(
                "Platsen för {user} i nyckelfilen {path} är ändrad utanför programmet och används inte. Lägg tillbaka "
                "nyckelfilen från den senaste säkerhetskopian."
            ).format(user=name, path=key_file.path_of(path))
        ) from error
    if opened:
        return opened
    if isinstance(told, Remembered):
        raise WrongPassphraseError(
            _("Det som den här datorn kom ihåg öppnar inte längre databasen för {user}. Skriv lösenfrasen.").format(
                user=name
            )
        )
    raise _wrong_passphrase(path, name)


def _wrong_passphrase(path: Path, name: str) -> WrongPassphraseError:
    return WrongPassphraseError(
        _(
            "Lösenfrasen passar inte till {path} för användaren {user}. Kontrollera namnet, lösenfrasen och "
            "Caps Lock. Inget har ändrats."
        ).format(path=path, user=name)
    )


def _data_key(path: Path, known: KeyFile, visitor: Visitor) -> StoreKey:
    mark = key_file.mark_of(path)
    for slot in known.slots:
        private = visitor.private_keys.get(slot.public_key)
        if private is not None and slot.owner.name == visitor.name:
            with contextlib.suppress(WrongKeyError):
                return key_file.key_of(known, slot, private, mark)
    raise StoreError(
        _(
            "Nyckelfilen öppnades, men har ingen nyckel till {path}: filerna hör inte ihop. Lägg tillbaka båda ur "
            "samma säkerhetskopia. Inget har ändrats."
        ).format(path=path)
    )


def _admitted(store: Store, visitor: Visitor) -> User:
    """Return the user as the store knows it: a file of keys may be older than the store, or not be the store's."""
    found = users.named(store, visitor.name)
    if found is not None and found.public_key in visitor.private_keys:
        return found
    with contextlib.suppress(RefusedError):
        audit.note(store, visitor.name, REFUSED, detail="enter")
    raise RefusedError(
        _("{user} får inte längre öppna databasen. Fråga den som är administratör.").format(user=visitor.name)
    )


def _signs_as(store: Store, user: User) -> str:
    """Return whose name is written; a login that cannot be a user's name, such as somebody's number, is not."""
    is_shared = meta.get(store, meta.SHARED) == "1" and not user_name.fault(login())
    return login() if is_shared else user.name


def _adopted(path: Path, visitor: Visitor, *, write: bool) -> tuple[Visitor, tuple[str, ...]]:
    """Return who comes to a store of old, now that it has keys, and what they must hear: it may be the wrong one."""
    aside = old_stores.adopt(path, visitor.passphrase, visitor.name, shared=not visitor.is_named, write=write)
    known = key_file.read(path).keys
    came = Visitor(visitor.name, private_keys=_private_keys(path, known, visitor.name, visitor.passphrase))
    if aside is None:
        return came, ()
    told = _(
        "Databasen var från en äldre version, men nyckelfilen bredvid hörde till en annan. Den är undanlagd som "
        "{aside}. Väntade du dig en nyare databas: någon har bytt ut filen. Återställ då från säkerhetskopia."
    )
    return came, (told.format(aside=aside),)
