"""The file of a package: opened by its passphrase alone, and never in part or changed."""

from __future__ import annotations

import json
import unicodedata
import zlib
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kvalitetsapp.store import keys, package_file
from kvalitetsapp.store.keys import Cost, WrongKeyError
from kvalitetsapp.store.package_file import MAGIC, NotAPackageError

if TYPE_CHECKING:
    from pathlib import Path

PASSPHRASE = "bäver mossa lykta 93"
CONTENT = b'{"form":1}'
CHEAP = Cost(64, 1, 1)


@pytest.fixture(scope="module")
def package() -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(package_file, "Cost", lambda: CHEAP)
        return package_file.sealed(CONTENT, PASSPHRASE)


def headed(package: bytes, **told: object) -> bytes:
    """Return a package with another header on the same content."""
    end = package.index(b"\n", len(MAGIC))
    header = json.loads(package[len(MAGIC) : end]) | told
    return MAGIC + json.dumps(header).encode() + package[end:]


def test_what_was_sealed_is_opened_however_the_letters_were_typed(package: bytes) -> None:
    assert package_file.opened(package, PASSPHRASE) == CONTENT
    assert package_file.opened(package, unicodedata.normalize("NFD", PASSPHRASE)) == CONTENT
    assert CONTENT not in package
    with pytest.raises(WrongKeyError):
        package_file.opened(package, "bäver mossa lykta 94")


def test_no_byte_can_be_changed_and_no_end_cut(package: bytes) -> None:
    for place in range(len(package)):
        changed = bytearray(package)
        changed[place] ^= 1
        with pytest.raises((WrongKeyError, NotAPackageError)):
            package_file.opened(bytes(changed), PASSPHRASE)
    for length in range(0, len(package), 7):
        with pytest.raises((WrongKeyError, NotAPackageError)):
            package_file.opened(package[:length], PASSPHRASE)
    with pytest.raises(WrongKeyError):
        package_file.opened(package + b"\0", PASSPHRASE)


@pytest.mark.parametrize(
    "told",
    [
        {"memory_kib": 2 * keys.MOST_MEMORY_KIB},
        {"iterations": 10_000},
        {"lanes": 1_000},
        {"memory_kib": 4, "lanes": 4},
        {"iterations": 0},
        {"iterations": "3"},
        {"iterations": True},
        {"salt": ""},
        {"nonce": "zz"},
        {"memory_kib": None},
    ],
)
def test_a_header_that_asks_for_too_much_or_says_nothing_is_refused_at_once(
    package: bytes, told: dict[str, object]
) -> None:
    with pytest.raises(NotAPackageError):
        package_file.opened(headed(package, **told), PASSPHRASE)


def test_the_header_is_bound_to_the_content(package: bytes) -> None:
    with pytest.raises(WrongKeyError):
        package_file.opened(headed(package, more="something"), PASSPHRASE)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", MAGIC, MAGIC + b"{}\n", MAGIC + b"[" * 900 + b"\n"])
def test_other_files_are_no_packages(content: bytes) -> None:
    with pytest.raises(NotAPackageError):
        package_file.opened(content, PASSPHRASE)


def test_what_would_grow_beyond_all_bounds_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(package_file, "LARGEST_CONTENT", 1_000)
    monkeypatch.setattr(package_file, "LARGEST_FILE", 2_000)
    told = {"memory_kib": 64, "iterations": 1, "lanes": 1, "salt": "00" * 16, "nonce": "00" * 12}
    header = MAGIC + json.dumps(told).encode() + b"\n"
    key = keys.derived(PASSPHRASE, bytes(16), CHEAP)
    bomb = header + AESGCM(key).encrypt(bytes(12), zlib.compress(b"0" * 1_000_000), header)
    with pytest.raises(NotAPackageError):
        package_file.opened(bomb, PASSPHRASE)
    path = tmp_path / "stor.kvpaket"
    path.write_bytes(b"0" * 2_001)
    with pytest.raises(NotAPackageError):
        package_file.read(path)
