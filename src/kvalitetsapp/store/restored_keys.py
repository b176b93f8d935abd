"""The keys that a restored store gets: those of the backup, opened by today's passphrases where they can be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kvalitetsapp.errors import StoreError
from kvalitetsapp.store import key_file, key_form

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.store.key_form import KeyFile
    from kvalitetsapp.store.keys import Slot


def candidates(path: Path, backup: Path) -> tuple[KeyFile, ...]:
    """Return the keys that a backup may get in the place of the store at `path`, the best first.

    The last are those that lie beside the backup; there are none for a backup from before the store had keys.
    """
    if not key_file.exists(backup):
        return ()
    own = key_file.read(backup).keys
    try:
        present = key_file.read(path).keys
    except StoreError:
        return (own,)
    best = with_passphrases_of(own, present)
    return (own,) if best == own else (best, own)


def with_passphrases_of(own: KeyFile, present: KeyFile) -> KeyFile:
    """Return keys that hold what `own` hold, opened as in `present` by those whose key pair is the same there."""
    if own.store_id != present.store_id:
        return own
    slots = tuple(_opened_as(slot, next(iter(present.of(slot.owner)), None)) for slot in own.slots)
    return replace(own, slots=slots, count=max(own.count, present.count))


def content_beside(path: Path) -> bytes:
    """Return the content of the keys that lie beside a store that was made ready."""
    return key_form.as_bytes(key_file.read(path).keys)


def _opened_as(slot: Slot, present: Slot | None) -> Slot:
    same = present is not None and present.public_key == slot.public_key
    return replace(present, sealed=slot.sealed) if present is not None and same else slot
