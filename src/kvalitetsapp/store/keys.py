"""The keys of a store: one random data key, which each user opens with a passphrase of their own.

A user has a key pair. The private key is wrapped by a key that Argon2id derives from the passphrase (AES-256-GCM); the
data key is sealed to the public key (HPKE). So a new data key is given to everyone without asking for anybody's
passphrase, and a passphrase is changed without touching the store (docs/decisions/0027).
"""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

KEY_BYTES: Final = 32
MARK_BYTES: Final = 16
SALT_BYTES: Final = 16
NONCE_BYTES: Final = 12
MOST_MEMORY_KIB: Final = 256 * 1024
MOST_ITERATIONS: Final = 16
MOST_LANES: Final = 16
WRAPPED_BYTES: Final = NONCE_BYTES + KEY_BYTES + 16
_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_PRIVATE_KEY: Final = "kvalitetsapp private key 1"
_DATA_KEY: Final = "kvalitetsapp data key 1"


class WrongKeyError(Exception):
    """What was told does not open the slot, or what it is bound to was altered: the two cannot be told apart."""


class AlteredError(Exception):
    """The passphrase fits, but something else in the slot is not what was written with it."""


@dataclass(frozen=True, slots=True)
class StoreKey:
    """The data key of a store's file, and the file's mark: its first bytes, which tell which key it has."""

    data_key: bytes
    mark: bytes

    @classmethod
    def new(cls) -> StoreKey:
        """Return a random key for a new file."""
        return cls(os.urandom(KEY_BYTES), os.urandom(MARK_BYTES))

    def __repr__(self) -> str:
        """Tell the mark alone: a key must not come into a trace of a fault."""
        return f"StoreKey(mark={self.mark.hex()})"


class SlotKind(StrEnum):
    """What opens a slot: a user's passphrase, what one workstation keeps for a user, or the recovery key on paper."""

    USER = "user"
    WORKSTATION = "workstation"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a guess at a passphrase costs: Argon2id's memory in KiB, passes, and lanes (RFC 9106, section 4)."""

    memory_kib: int = 64 * 1024
    iterations: int = 3
    lanes: int = 4

    @property
    def is_bearable(self) -> bool:
        """Tell whether this program derives a key at that cost: a file may ask for any."""
        return (
            8 * self.lanes <= self.memory_kib <= MOST_MEMORY_KIB
            and 1 <= self.iterations <= MOST_ITERATIONS
            and 1 <= self.lanes <= MOST_LANES
        )


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose slot it is: a user's, a user's at one workstation (`place`), or the recovery key's."""

    name: str
    kind: SlotKind = SlotKind.USER
    place: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """What one user, or the recovery key, opens the store with; `sealed` holds a data key for every mark."""

    owner: Owner
    salt: bytes
    cost: Cost
    public_key: bytes
    wrapped: bytes
    sealed: Mapping[bytes, bytes]


def new_slot(store_id: str, owner: Owner, passphrase: str, known: Iterable[StoreKey]) -> Slot:
    """Return a slot with a new key pair, which `passphrase` opens and to which every key of `known` is sealed."""
    slot = _wrapped(store_id, owner, passphrase, X25519PrivateKey.generate())
    return replace(slot, sealed={key.mark: sealed_to(slot.public_key, store_id, key) for key in known})


def slot_for(pair_of: Slot, store_id: str, private_key: bytes, owner: Owner, passphrase: str) -> Slot:
    """Return a slot with the key pair of another, wrapped anew for `owner` to be opened by `passphrase`."""
    slot = _wrapped(store_id, owner, passphrase, X25519PrivateKey.from_private_bytes(private_key))
    return replace(slot, sealed=dict(pair_of.sealed))


def of_another(slot: Slot, owner: Owner) -> Slot:
    """Return a slot that nothing opens, for an owner who has none: trying costs what trying that slot does."""
    return replace(slot, owner=owner)


def with_key(slot: Slot, store_id: str, key: StoreKey, *, alone: bool = False) -> Slot:
    """Return the slot with one more data key in it, `alone` with that key only."""
    added = {key.mark: sealed_to(slot.public_key, store_id, key)}
    return replace(slot, sealed=added if alone else {**slot.sealed, **added})


def sealed_to(public_key: bytes, store_id: str, key: StoreKey) -> bytes:
    """Return a data key that only the holder of the private key can read."""
    public = X25519PublicKey.from_public_bytes(public_key)
    return _SUITE.encrypt(key.data_key, public, info=_bound(_DATA_KEY, store_id, key.mark.hex()))


def private_key(slot: Slot, store_id: str, passphrase: str) -> bytes:
    """Open a slot with its passphrase.

    Raises:
        WrongKeyError: the passphrase does not fit.
        AlteredError: it does, but the public key beside is not the private key's.
    """
    nonce, wrapped = slot.wrapped[:NONCE_BYTES], slot.wrapped[NONCE_BYTES:]
    bound = _bound_of(store_id, slot.owner, slot.salt, slot.cost)
    try:
        found = AESGCM(derived(passphrase, slot.salt, slot.cost)).decrypt(nonce, wrapped, bound)
        public = X25519PrivateKey.from_private_bytes(found).public_key().public_bytes_raw()
    except (InvalidTag, ValueError) as error:
        raise WrongKeyError from error
    if public != slot.public_key:
        raise AlteredError
    return found


def data_key(slot: Slot, store_id: str, private: bytes, mark: bytes) -> StoreKey:
    """Return the data key of the file with `mark`, from a slot that was opened.

    Raises:
        WrongKeyError: the slot holds no key for it, or what it holds was altered.
    """
    try:
        pair = X25519PrivateKey.from_private_bytes(private)
        found = _SUITE.decrypt(slot.sealed[mark], pair, info=_bound(_DATA_KEY, store_id, mark.hex()))
    except (InvalidTag, ValueError, KeyError) as error:
        raise WrongKeyError from error
    return StoreKey(found, mark)


def derived(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """Return the key that a passphrase gives; letters count the same however the keyboard composed them (NFC)."""
    told = unicodedata.normalize("NFC", passphrase).encode()
    kdf = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return kdf.derive(told)


def new_salt() -> bytes:
    """Return a random salt for a new passphrase."""
    return os.urandom(SALT_BYTES)


def _wrapped(store_id: str, owner: Owner, passphrase: str, pair: X25519PrivateKey) -> Slot:
    salt, cost, nonce = new_salt(), Cost(), os.urandom(NONCE_BYTES)
    cipher, bound = AESGCM(derived(passphrase, salt, cost)), _bound_of(store_id, owner, salt, cost)
    wrapped = nonce + cipher.encrypt(nonce, pair.private_bytes_raw(), bound)
    return Slot(owner, salt, cost, pair.public_key().public_bytes_raw(), wrapped, {})


def _bound_of(store_id: str, owner: Owner, salt: bytes, cost: Cost) -> bytes:
    told = (owner.kind.value, owner.name, owner.place, salt.hex())
    return _bound(_PRIVATE_KEY, store_id, *told, str(cost.memory_kib), str(cost.iterations), str(cost.lanes))


def _bound(*told: str) -> bytes:
    """Return what a sealed thing is bound to, so that it cannot be moved to another owner, store or file."""
    return "\x1f".join(told).encode()
