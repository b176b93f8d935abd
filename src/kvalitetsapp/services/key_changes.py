"""Changes of who can open a store: in the store and in its file of keys, which cannot be written at the same moment.

First the keys are written with what is new beside what there was, then the store says what counts, then the keys are
written with what the store knows alone. Whatever is cut short, everybody who could
open the store can, and nobody else.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from kvalitetsapp.errors import RefusedError, StoreError
from kvalitetsapp.services import old_stores
from kvalitetsapp.store import audit, key_file, users
from kvalitetsapp.store.key_file import Lack
from kvalitetsapp.store.keys import SlotKind
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.store.connection import Store
    from kvalitetsapp.store.key_file import Found
    from kvalitetsapp.store.key_form import KeyFile
    from kvalitetsapp.store.keys import Slot, StoreKey


@contextlib.contextmanager
def change(
    store: Store, who: str, action: str, slot: Slot | None = None, *, target: str, detail: str = ""
) -> Iterator[None]:
    """Do an action that changes who can open the store, `slot` being what is new; the block writes what counts.

    Raises:
        RefusedError: the keys or the store cannot be written to; nothing has changed.
    """
    with beside(store, slot), store.transaction():
        yield
        audit.append(store, who, action, target=target, detail=detail)


@contextlib.contextmanager
def beside(store: Store, slot: Slot | None) -> Iterator[None]:
    """Let `slot` lie beside what there is while the block writes to the store which one counts.

    What the store no longer knows is dropped from the file of keys at the end. Where it cannot be, it stays there
    without opening anything, `store check` tells of it, and the next change drops it.

    Raises:
        RefusedError: the keys cannot be written.
    """
    demand_writable(store)
    known = key_file.read(store.path).keys
    if slot is not None:
        known = key_file.write(store.path, known.adding(slot))
    try:
        yield
    finally:
        counts = standing(store, known)
        if counts != known:
            with contextlib.suppress(RefusedError):
                key_file.write(store.path, counts)


def data_key(store: Store) -> StoreKey:
    """Return the data key of an open store."""
    if isinstance(store.key, str):
        raise TypeError("a store of old has no data key")
    return store.key


def demand_writable(store: Store) -> None:
    """Make sure that the store is open for writing before its file of keys is touched.

    Raises:
        RefusedError: it is open to be read only.
    """
    with store.transaction():
        pass


def standing(store: Store, known: KeyFile) -> KeyFile:
    """Return the keys of those whom the store knows, by the public key that it knows them by."""
    slots = (slot for slot in known.slots if users.public_key_of(store, slot.owner) == slot.public_key)
    return replace(known, slots=tuple(slots))


def tidied(store: Store, found: Found, name: str) -> tuple[str, ...]:
    """Write the keys again where one of the two files is not as it should be, and tell what was found, in sentences.

    The data key of a file that this one has replaced is dropped, and so is what a rekeying or conversion left that was
    cut short. Without the right to write everything stays, and is told of.
    """
    quiet = (Lack.OLDER, Lack.NOT_COPIED)
    said = [key_file.in_words(path, lack) for path, lack in found.lacking if lack not in quiet]
    later = _("{found} Den skrivs om när databasen öppnas för att skrivas till.")
    if store.read_only:
        return tuple(later.format(found=one) for one in said)
    old_stores.clear_away(store.path)
    current = found.keys.with_key_for(key_file.mark_of(store.path))
    if not found.lacking and current == found.keys:
        return ()
    try:
        key_file.write(store.path, current)
        if said:
            audit.note(store, name, "keys_repaired", target=store.path.name, detail=" ".join(said))
    except RefusedError:
        return tuple(later.format(found=one) for one in said)
    return tuple(_("{found} Den är nu skriven på nytt.").format(found=one) for one in said)


def faults(store: Store) -> list[str]:
    """Return what is wrong with the keys of an open store, in sentences."""
    try:
        found = key_file.read(store.path)
    except StoreError as error:
        return [error.message]
    said = [key_file.in_words(path, lack) for path, lack in found.lacking if lack is not Lack.NOT_COPIED]
    if not found.keys.has_key_for(key_file.mark_of(store.path)):
        said.append(
            _(
                "Databasens första 16 byte är inte de som dess nyckel hör till: filen är skadad i början. Byt "
                "databasens nyckel, så skrivs hela filen om."
            )
        )
    counts = standing(store, found.keys)
    said += [
        _("Nyckelfilen har en plats för {user} som databasen inte känner till. Den öppnar inget.").format(
            user=slot.owner.name
        )
        for slot in found.keys.slots
        if slot not in counts.slots
    ]
    said += [
        _("{user} är användare men har ingen plats i nyckelfilen. Låt en administratör ange en ny lösenfras.").format(
            user=user.name
        )
        for user in users.all_users(store)
        if not any(slot.owner.name == user.name and slot.owner.kind is SlotKind.USER for slot in counts.slots)
    ]
    return said
