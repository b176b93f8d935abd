"""A package for exchange as a file: a header in clear, and content that only the journey's passphrase opens.

Its form is told in docs/exchange-package.md. The whole header is bound to what follows it, so that neither can be
changed or moved to another file.
"""

from __future__ import annotations

import json
import os
import zlib
from typing import TYPE_CHECKING, Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kvalitetsapp.store import keys
from kvalitetsapp.store.keys import Cost

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX: Final = ".kvpaket"
MAGIC: Final = b"kvalitetsapp-paket 1\n"
LARGEST_FILE: Final = 64 * 1024 * 1024
LARGEST_CONTENT: Final = 512 * 1024 * 1024
_LONGEST_HEADER: Final = 1024


class NotAPackageError(Exception):
    """The file is not a package of this form, or it is cut short or larger than packages are."""


def sealed(content: bytes, passphrase: str) -> bytes:
    """Return the bytes of a package of `content`, under a key of its own."""
    salt, nonce, cost = keys.new_salt(), os.urandom(keys.NONCE_BYTES), Cost()
    told = {
        "memory_kib": cost.memory_kib,
        "iterations": cost.iterations,
        "lanes": cost.lanes,
        "salt": salt.hex(),
        "nonce": nonce.hex(),
    }
    header = MAGIC + json.dumps(told).encode() + b"\n"
    return header + AESGCM(keys.derived(passphrase, salt, cost)).encrypt(nonce, zlib.compress(content), header)


def read(path: Path) -> bytes:
    """Return the bytes of a file that may be a package.

    Raises:
        NotAPackageError: it is larger than a package may be.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise NotAPackageError
    return content


def opened(package: bytes, passphrase: str) -> bytes:
    """Return what a package holds.

    Raises:
        NotAPackageError: it is none, or asks for more than a derivation may cost.
        WrongKeyError: the passphrase does not fit, or something of the file was changed.
    """
    header, cost, salt, nonce = _header(package)
    try:
        packed = AESGCM(keys.derived(passphrase, salt, cost)).decrypt(nonce, package[len(header) :], header)
    except (InvalidTag, ValueError) as error:
        raise keys.WrongKeyError from error
    return _unpacked(packed)


def _header(package: bytes) -> tuple[bytes, Cost, bytes, bytes]:
    end = package.find(b"\n", len(MAGIC), _LONGEST_HEADER)
    if not package.startswith(MAGIC) or end < 0:
        raise NotAPackageError
    try:
        told: dict[str, Any] = json.loads(package[len(MAGIC) : end])
        cost = Cost(*(_whole(told[name]) for name in ("memory_kib", "iterations", "lanes")))
        salt, nonce = bytes.fromhex(told["salt"]), bytes.fromhex(told["nonce"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotAPackageError from error
    if not cost.is_bearable or len(salt) != keys.SALT_BYTES or len(nonce) != keys.NONCE_BYTES:
        raise NotAPackageError
    return package[: end + 1], cost, salt, nonce


def _whole(told: object) -> int:
    if type(told) is not int:
        raise NotAPackageError
    return told


def _unpacked(packed: bytes) -> bytes:
    """Return content that was compressed; what would grow beyond all bounds is refused before it has."""
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(packed, LARGEST_CONTENT)
    except zlib.error as error:
        raise NotAPackageError from error
    if not unpacking.eof:
        raise NotAPackageError
    return content
