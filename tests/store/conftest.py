"""The store itself is tested as it is in use, down to the derivation of its key by SQLCipher."""

from __future__ import annotations

import pytest
from sqlcipher3 import dbapi2

from support import derived_keys


@pytest.fixture(autouse=True)
def _sqlcipher_derives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dbapi2, "connect", derived_keys.LETTING_SQLCIPHER_DERIVE)
