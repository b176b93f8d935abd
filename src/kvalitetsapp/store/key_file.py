"""The file of keys beside a store, and its copy: JSON with a checksum, written whole or not at all.

It holds nothing that opens the store without a passphrase. Its form is told in docs/key-file.md.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.errors import RefusedError, StoreError
from kvalitetsapp.store import keys, whole_file
from kvalitetsapp.store.keys import Cost, Slot, SlotKind, StoreKey
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SUFFIX: Final = ".keys"
COPY_SUFFIX: Final = ".keys.copy"
RECOVERY: Final = "recovery"
FORM: Final = 1
_LARGEST: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Who can open a store, each with a slot; `count` grows with every writing."""

    store_id: str
    slots: tuple[Slot, ...]
    count: int = 0

    @property
    def users(self) -> tuple[str, ...]:
        """Return the names of the users, in the order in which they came."""
        return tuple(slot.name for slot in self.slots if slot.kind is SlotKind.USER)

    def slot(self, name: str, kind: SlotKind = SlotKind.USER) -> Slot | None:
        """Return the slot of a user, or of the recovery key."""
        return next((slot for slot in self.slots if slot.kind is kind and slot.name == name), None)

    def with_slot(self, slot: Slot) -> KeyFile:
        """Return the file with a slot in place of the one of the same name, or added."""
        kept = [one for one in self.slots if (one.kind, one.name) != (slot.kind, slot.name)]
        return replace(self, slots=(*kept, slot))

    def without(self, name: str, kind: SlotKind = SlotKind.USER) -> KeyFile:
        """Return the file without a slot."""
        return replace(self, slots=tuple(one for one in self.slots if (one.kind, one.name) != (kind, name)))


class DamagedError(Exception):
    """The file is not whole, or not ours."""


@dataclass(frozen=True, slots=True)
class Found:
    """The keys as found; `damaged` is the one of the two files that was not whole, if one was not."""

    keys: KeyFile
    damaged: Path | None = None


def new_store_id() -> str:
    """Return a random name for a new store, which its keys are bound to."""
    return secrets.token_hex(16)


def path_of(store: Path) -> Path:
    """Return where the keys of a store lie."""
    return store.with_name(store.name + SUFFIX)


def copy_of(store: Path) -> Path:
    """Return where the copy of the keys of a store lies."""
    return store.with_name(store.name + COPY_SUFFIX)


def exists(store: Path) -> bool:
    """Tell whether a store has a file of keys or at least its copy."""
    return path_of(store).exists() or copy_of(store).exists()


def read(store: Path) -> Found:
    """Return the keys of a store, from the copy where the file itself is damaged or gone.

    Raises:
        StoreError: neither can be read.
    """
    damaged = None
    for path in (path_of(store), copy_of(store)):
        try:
            return Found(_read_one(path), damaged)
        except (OSError, DamagedError):
            damaged = path
    raise StoreError(
        _(
            "Nyckelfilen {path} är skadad, och dess kopia också. Lägg tillbaka nyckelfilen från den senaste "
            "säkerhetskopian, eller återställ hela databasen därifrån."
        ).format(path=path_of(store))
    )


def write(store: Path, told: KeyFile) -> KeyFile:
    """Write the keys of a store, then their copy, and return them as written.

    Raises:
        RefusedError: they could not be written; those that lay there still hold.
    """
    written = replace(told, count=told.count + 1)
    content = as_bytes(written)
    try:
        whole_file.write(path_of(store), content)
        whole_file.write(copy_of(store), content)
    except OSError as error:
        raise RefusedError(
            _("Nyckelfilen {path} kunde inte skrivas. Har du skrivrätt i mappen, och finns det plats?").format(
                path=path_of(store)
            )
        ) from error
    return written


def remove(store: Path) -> None:
    """Take away the keys of a store that was never finished."""
    for path in (path_of(store), copy_of(store)):
        path.unlink(missing_ok=True)


def mark_of(store: Path) -> bytes:
    """Return the first bytes of a store's file, which tell which data key it has."""
    with store.open("rb") as file:
        return file.read(keys.MARK_BYTES)


def key_of(told: KeyFile, slot: Slot, private_key: bytes, mark: bytes) -> StoreKey:
    """Return the data key of the file with `mark`; the only one there is where the mark itself may be damaged.

    Raises:
        WrongKeyError: the slot holds none that could be it.
    """
    if mark not in slot.sealed and len(slot.sealed) == 1:
        mark = next(iter(slot.sealed))
    return keys.data_key(slot, told.store_id, private_key, mark)


def as_bytes(told: KeyFile) -> bytes:
    """Return the file's content: a checksum on the first line, then the keys as JSON."""
    content = {
        "form": FORM,
        "store": told.store_id,
        "count": told.count,
        "slots": [_slot_told(slot) for slot in told.slots],
    }
    body = json.dumps(content, ensure_ascii=False, indent=1).encode()
    return f"kvalitetsapp-keys {hashlib.sha256(body).hexdigest()}\n".encode() + body + b"\n"


def from_bytes(content: bytes) -> KeyFile:
    """Return the keys that `as_bytes` wrote.

    Raises:
        DamagedError: the content is not whole, or asks for more than a derivation may cost.
    """
    head, _newline, body = content.partition(b"\n")
    body = body.removesuffix(b"\n")
    if head != f"kvalitetsapp-keys {hashlib.sha256(body).hexdigest()}".encode():
        raise DamagedError
    try:
        told = json.loads(body)
        if told["form"] != FORM:
            raise DamagedError
        return KeyFile(str(told["store"]), tuple(map(_slot_read, told["slots"])), int(told["count"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedError from error


def _read_one(path: Path) -> KeyFile:
    if path.stat().st_size > _LARGEST:
        raise DamagedError
    return from_bytes(path.read_bytes())


def _slot_told(slot: Slot) -> dict[str, object]:
    return {
        "name": slot.name,
        "kind": slot.kind.value,
        "salt": slot.salt.hex(),
        "memory_kib": slot.cost.memory_kib,
        "iterations": slot.cost.iterations,
        "lanes": slot.cost.lanes,
        "public_key": slot.public_key.hex(),
        "wrapped": slot.wrapped.hex(),
        "sealed": {mark.hex(): sealed.hex() for mark, sealed in slot.sealed.items()},
    }


def _slot_read(told: Mapping[str, Any]) -> Slot:
    cost = Cost(int(told["memory_kib"]), int(told["iterations"]), int(told["lanes"]))
    if not cost.is_bearable:
        raise DamagedError
    return Slot(
        str(told["name"]),
        SlotKind(told["kind"]),
        bytes.fromhex(told["salt"]),
        cost,
        bytes.fromhex(told["public_key"]),
        bytes.fromhex(told["wrapped"]),
        {bytes.fromhex(mark): bytes.fromhex(sealed) for mark, sealed in told["sealed"].items()},
    )
