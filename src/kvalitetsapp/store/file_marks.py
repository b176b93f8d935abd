"""The first bytes of a store's file, which tell which data key it has, read without harm to a store that is open.

Where locks are those of POSIX, a process that closes any handle of a file lets go of every lock that it has on it:
the file of a store that is open in this process is therefore not opened a second time. What was read before it was
opened is told instead.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from kvalitetsapp.store import store_file

if TYPE_CHECKING:
    from pathlib import Path

BYTES: Final = 16

_guard: Final = threading.Lock()
_open: Final[dict[tuple[int, int], list[bytes]]] = {}
"""The marks of the files that are open in this process, once for each opening."""


def of(path: Path) -> bytes:
    """Return the mark of the file at `path`; none where there is no file."""
    with _guard:
        known = _open.get(store_file.which_file(path))
        if known:
            return known[0]
        try:
            with path.open("rb") as file:
                return file.read(BYTES)
        except OSError:
            return b""


def opened(path: Path, mark: bytes) -> tuple[int, int]:
    """Note that the file at `path`, which had `mark` before, is open, and return what `closed` is to be told."""
    place = store_file.which_file(path)
    with _guard:
        _open.setdefault(place, []).append(mark)
    return place


def closed(place: tuple[int, int]) -> None:
    """Note that a file is closed."""
    with _guard:
        known = _open.get(place, [])
        if known:
            known.pop()
        if not known:
            _open.pop(place, None)
