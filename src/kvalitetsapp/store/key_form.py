"""What stands in a file of keys: JSON under a checksum, of a form that docs/key-file.md tells."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import user_name
from kvalitetsapp.store import keys
from kvalitetsapp.store.keys import Cost, Owner, Slot, SlotKind

if TYPE_CHECKING:
    from collections.abc import Mapping

FORM: Final = 1
RECOVERY: Final = Owner("recovery", SlotKind.RECOVERY)


class DamagedError(Exception):
    """The content is not whole, or not ours."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Who can open a store, each with a slot; `count` grows with every writing.

    While a key pair is exchanged its owner has two slots, and either opens, until the store has said which one counts.
    """

    store_id: str
    slots: tuple[Slot, ...]
    count: int = 0

    @property
    def users(self) -> tuple[str, ...]:
        """Return the names of the users, in the order in which they came."""
        return tuple(dict.fromkeys(slot.owner.name for slot in self.slots if slot.owner.kind is SlotKind.USER))

    def user(self, name: str) -> str | None:
        """Return a user's name as it stands here, however it was typed."""
        return user_name.found_in(self.users, name)

    def of(self, owner: Owner) -> tuple[Slot, ...]:
        """Return the slots of an owner."""
        return tuple(slot for slot in self.slots if slot.owner == owner)

    def has_key_for(self, mark: bytes) -> bool:
        """Tell whether somebody has a data key for the file with a mark."""
        return any(mark in slot.sealed for slot in self.slots)

    def with_key_for(self, mark: bytes) -> KeyFile:
        """Return the file with the data key of the file with `mark` alone, where everyone has it."""
        if not all(mark in slot.sealed for slot in self.slots):
            return self
        return replace(self, slots=tuple(replace(slot, sealed={mark: slot.sealed[mark]}) for slot in self.slots))

    def adding(self, slot: Slot) -> KeyFile:
        """Return the file with one more slot, beside those that the owner may have already."""
        return replace(self, slots=(*self.slots, slot))

    def replacing(self, slot: Slot) -> KeyFile:
        """Return the file with a slot in place of its owner's."""
        return self.without(slot.owner).adding(slot)

    def without(self, owner: Owner) -> KeyFile:
        """Return the file without an owner's slots."""
        return replace(self, slots=tuple(slot for slot in self.slots if slot.owner != owner))


def new_store_id() -> str:
    """Return a random name for a new store, which its keys are bound to."""
    return secrets.token_hex(16)


def as_bytes(told: KeyFile) -> bytes:
    """Return the file's content: a checksum on the first line, then the keys as JSON."""
    content = {
        "form": FORM,
        "store": told.store_id,
        "count": told.count,
        "slots": [_slot_told(slot) for slot in told.slots],
    }
    body = json.dumps(content, ensure_ascii=False, indent=1).encode()
    return _head(body) + b"\n" + body + b"\n"


def from_bytes(content: bytes) -> KeyFile:
    """Return the keys that `as_bytes` wrote.

    Raises:
        DamagedError: the content is not whole, or asks for more than a derivation may cost.
    """
    head, _newline, rest = content.partition(b"\n")
    body = rest[:-1]
    if head != _head(body) or rest[-1:] != b"\n":
        raise DamagedError
    try:
        told = json.loads(body)
        if told["form"] != FORM:
            raise DamagedError
        found = KeyFile(_text(told["store"]), tuple(map(_slot_read, told["slots"])), int(told["count"]))
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise DamagedError from error
    if not found.users:
        raise DamagedError
    return found


def _head(body: bytes) -> bytes:
    return f"kvalitetsapp-keys {hashlib.sha256(body).hexdigest()}".encode()


def _slot_told(slot: Slot) -> dict[str, object]:
    return {
        "name": slot.owner.name,
        "kind": slot.owner.kind.value,
        "place": slot.owner.place,
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
        Owner(_text(told["name"]), SlotKind(told["kind"]), _text(told["place"])),
        _bytes(told["salt"], keys.SALT_BYTES),
        cost,
        _bytes(told["public_key"], keys.KEY_BYTES),
        _bytes(told["wrapped"], keys.WRAPPED_BYTES),
        {_bytes(mark, keys.MARK_BYTES): bytes.fromhex(sealed) for mark, sealed in told["sealed"].items()},
    )


def _text(told: object) -> str:
    text = str(told)
    text.encode()  # half a character is none, and cannot be bound to
    return text


def _bytes(told: str, length: int) -> bytes:
    found = bytes.fromhex(told)
    if len(found) != length:
        raise DamagedError
    return found
