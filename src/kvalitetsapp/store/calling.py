"""Asking the window that has a store open to come forward: an empty file beside the store, which that window takes.

No socket is opened for it, and no other program can be told anything more than "come forward" (docs/decisions/0031).
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def call_of(path: Path) -> Path:
    """Return where the call to the window that has the store at `path` open lies."""
    return path.with_name(path.name + ".raise")


def call(path: Path) -> None:
    """Ask the window that has the store open to come forward."""
    with contextlib.suppress(OSError):
        call_of(path).touch(mode=0o600)


def answered(path: Path) -> bool:
    """Take a call away; tell whether there was one."""
    try:
        call_of(path).unlink()
    except OSError:
        return False
    return True
