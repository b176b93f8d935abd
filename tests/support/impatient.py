"""The program waits five seconds for another that writes to the store; where a test holds it, a tenth of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.store import dialect, lock

if TYPE_CHECKING:
    import pytest


def become(patch: pytest.MonkeyPatch) -> None:
    """Wait a tenth of a second for others, in stores that are opened for as long as the patch holds."""
    patch.setattr(lock, "SECONDS_TO_WAIT", 0.1)
    usual = dialect.connect.__kwdefaults__ or {}
    patch.setattr(dialect.connect, "__kwdefaults__", {**usual, "busy_ms": 100})
