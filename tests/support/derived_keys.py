"""The keys that passphrases give, each derived once a process instead of at every opening.

Argon2id takes an eighth of a second on purpose, which the tests would pay thousands of times over. Here the same
derivation is done once for each passphrase, salt and cost, and passphrases that are new in this process share a salt.
The file of keys, the data key in it and what a wrong passphrase meets are the same; any other process opens the store
with its passphrase. The tests of the file of keys derive as the program does.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from kvalitetsapp.store import keys

if TYPE_CHECKING:
    import pytest

DERIVED: Final = keys.derived
NEW_SALT: Final = keys.new_salt

_SALT: Final = NEW_SALT()


def remember(patch: pytest.MonkeyPatch) -> None:
    """Derive each key once for as long as the patch holds."""
    patch.setattr(keys, "derived", cache(DERIVED))
    patch.setattr(keys, "new_salt", lambda: _SALT)
