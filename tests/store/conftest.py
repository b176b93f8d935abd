"""The derivation of keys, for the tests that it is part of: as in use, and not once a process as elsewhere."""

from __future__ import annotations

import pytest

from kvalitetsapp.store import keys
from support import derived_keys


@pytest.fixture
def derived_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive every key as the program does, with a salt of its own."""
    monkeypatch.setattr(keys, "derived", derived_keys.DERIVED)
    monkeypatch.setattr(keys, "new_salt", derived_keys.NEW_SALT)
