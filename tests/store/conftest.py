"""The store itself is tested as it is in use, down to the derivation of its keys."""

from __future__ import annotations

import pytest

from kvalitetsapp.store import keys
from support import derived_keys


@pytest.fixture(autouse=True)
def _derived_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "derived", derived_keys.DERIVED)
    monkeypatch.setattr(keys, "new_salt", derived_keys.NEW_SALT)
