"""The keys of stores, each derived once a process instead of at every opening.

SQLCipher derives a store's key from its passphrase and the salt in its file with 256 000 rounds of PBKDF2: a tenth of
a second, which the tests would pay thousands of times over. Here the same derivation is done once for each passphrase
and salt, and its result given to SQLCipher as the key. The file, its key and what a wrong passphrase meets are the
same; any other process opens the store with its passphrase. `tests/store` lets SQLCipher derive, and holds the two
together.
"""

from __future__ import annotations

import hashlib
import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit
from urllib.request import url2pathname

from sqlcipher3 import dbapi2

if TYPE_CHECKING:
    import pytest

SALT_BYTES: Final = 16
KEY_BYTES: Final = 32
ROUNDS: Final = 256_000
LETTING_SQLCIPHER_DERIVE: Final = dbapi2.connect

_NEW_SALT: Final = os.urandom(SALT_BYTES)  # of every store that this process makes
_KEY: Final = re.compile(r"PRAGMA key = '(.*)'", re.DOTALL)


class Connection(dbapi2.Connection):  # type: ignore[misc]  # sqlcipher3 tells no types
    """A connection that gives SQLCipher the derived key where the program gives it the passphrase."""

    def __init__(self, database: str, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - as sqlcipher3 takes them
        super().__init__(database, *arguments, **named)
        self._file = Path(url2pathname(urlsplit(database).path))

    def execute(self, sql: str, *parameters: Any) -> Any:  # noqa: ANN401 - as sqlcipher3 takes them
        """Run a statement; the one that tells the passphrase, with the key derived from it."""
        if told := _KEY.fullmatch(sql):
            sql = self._with_derived_key(told[1].replace("''", "'"))
        return super().execute(sql, *parameters)

    def _with_derived_key(self, passphrase: str) -> str:
        with self._file.open("rb") as file:
            salt = file.read(SALT_BYTES)
        salt = salt if len(salt) == SALT_BYTES else _NEW_SALT
        return f"PRAGMA key = \"x'{_derived(passphrase, salt).hex()}{salt.hex()}'\""


def remember(patch: pytest.MonkeyPatch) -> None:
    """Derive each key once for as long as the patch holds."""
    patch.setattr(dbapi2, "connect", _connect)


def _connect(database: str, **named: Any) -> Connection:  # noqa: ANN401 - as sqlcipher3 takes them
    return Connection(database, **named)


@cache
def _derived(passphrase: str, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt, ROUNDS, KEY_BYTES)
