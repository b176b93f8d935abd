"""The file of keys read as docs/key-file.md tells it, without a line of the program."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from sqlcipher3 import dbapi2

from kvalitetsapp.services.workspace import create_workspace

PAGE = Path(__file__).parents[2] / "docs" / "key-file.md"
PASSPHRASE = "fem ord i en följd"


@pytest.mark.usefixtures("derived_every_time")
def test_whoever_has_the_page_and_a_passphrase_opens_the_store(tmp_path: Path) -> None:
    path = tmp_path / "klinik.kvdb"
    create_workspace(path, PASSPHRASE, user="Anna").close()
    head, rest = path.with_name("klinik.kvdb.keys").read_bytes().split(b"\n", maxsplit=1)
    body = rest.removesuffix(b"\n")
    assert head.split() == [b"kvalitetsapp-keys", hashlib.sha256(body).hexdigest().encode()]
    told = json.loads(body)
    (slot,) = told["slots"]
    wanted = Argon2id(
        salt=bytes.fromhex(slot["salt"]),
        length=32,
        iterations=slot["iterations"],
        lanes=slot["lanes"],
        memory_cost=slot["memory_kib"],
    ).derive(unicodedata.normalize("NFC", PASSPHRASE).encode())
    parts = ["kvalitetsapp private key 1", told["store"], slot["kind"], slot["name"], slot["place"], slot["salt"]]
    parts += [str(slot[name]) for name in ("memory_kib", "iterations", "lanes")]
    wrapped = bytes.fromhex(slot["wrapped"])
    private = AESGCM(wanted).decrypt(wrapped[:12], wrapped[12:], "\x1f".join(parts).encode())
    mark = path.read_bytes()[:16].hex()
    info = "\x1f".join(("kvalitetsapp data key 1", told["store"], mark)).encode()
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    data_key = suite.decrypt(
        bytes.fromhex(slot["sealed"][mark]), X25519PrivateKey.from_private_bytes(private), info=info
    )
    connection = dbapi2.connect(str(path))
    connection.execute(f"PRAGMA key = \"x'{data_key.hex()}{mark}'\"")
    assert connection.execute("SELECT name FROM users").fetchall() == [("Anna",)]
    connection.close()


def test_the_page_names_every_field(tmp_path: Path) -> None:
    path = tmp_path / "klinik.kvdb"
    create_workspace(path, PASSPHRASE, user="Anna").close()
    told = json.loads(path.with_name("klinik.kvdb.keys").read_bytes().partition(b"\n")[2])
    named = set(re.findall(r"`([a-z_]+)`", PAGE.read_text(encoding="utf-8")))
    assert {*told, *told["slots"][0]} <= named
