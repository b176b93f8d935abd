"""The program is offline: whoever tries to open a connection in a test, or in a process that it starts, is told so.

Python tells of everything that its sockets do (`sys.addaudithook`), also to those that take them from inside another
library. What a library opens by itself is seen among the open files (`sockets`).
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pytest

ATTEMPTS: Final = "KVALITETSAPP_TEST_ATTEMPTS"
ALLOWED: Final = frozenset({"socket.gethostname"})
_OFFLINE: Final = Path(__file__).parent / "offline"
_attempts: list[str] = []


class _Watch:
    """Whether Python asks first before it does something with a socket; a hook stays as long as the process lives."""

    is_on = False
    is_there = False


_watch: Final = _Watch()


def _asked(event: str, _told: tuple[object, ...]) -> None:
    # Python asks of everything it does, a million times a run: a plain function with one look is what that may cost.
    if event[:7] == "socket." and _watch.is_on and event not in ALLOWED:
        _attempts.append(event)
        message = "the program opens no connection"
        raise AssertionError(message)


def forbid(patch: pytest.MonkeyPatch, attempts: Path) -> None:
    """Close the ways out, here and in every Python that is started with this environment."""
    if not _watch.is_there:
        sys.addaudithook(_asked)
        _watch.is_there = True
    patch.setattr(_watch, "is_on", True)
    patch.setenv(ATTEMPTS, str(attempts))
    patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(_OFFLINE), os.environ.get("PYTHONPATH")))))


def taken() -> list[str]:
    """Return what has been tried since this was last asked, also where the program swallowed the refusal."""
    found, path = _attempts.copy(), Path(os.environ[ATTEMPTS])
    _attempts.clear()
    with contextlib.suppress(FileNotFoundError):
        found += path.read_text(encoding="utf-8").split()
        path.unlink()
    return found


def sockets() -> set[str]:
    """Return the sockets that this process has open, whoever opened them; nothing where the system does not tell."""
    folder, found = Path("/proc/self/fd"), set[str]()
    for entry in folder.iterdir() if folder.is_dir() else ():
        with contextlib.suppress(OSError):
            found.add(str(entry.readlink()))
    return {target for target in found if target.startswith("socket:")}
