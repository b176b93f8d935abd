"""One writer at a time: a lock that the operating system lets go of when its holder dies, however it dies."""

from __future__ import annotations

import contextlib
import getpass
import os
import platform
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from kvalitetsapp.errors import RefusedError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path


class WriterLock:
    """The right to write to the store at `path`, until `release`; who holds it can be read beside it."""

    def __init__(self, path: Path, *, wait_seconds: float = 5.0) -> None:
        self._owner = path.with_name(path.name + ".owner")
        self._lock = FileLock(path.with_name(path.name + ".lock"), timeout=wait_seconds)

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            RefusedError: someone else holds it, or the folder cannot be written to.
        """
        try:
            self._lock.acquire()
            self._owner.write_text(_whoami(), encoding="utf-8")
        except Timeout as error:
            raise RefusedError(
                _("Databasen används för skrivning av {holder}. Försök igen när den är ledig.").format(
                    holder=self._holder()
                )
            ) from error
        except OSError as error:
            self.release()
            raise RefusedError(
                _("Det går inte att skriva i mappen {folder}. Har du skrivrätt där, och finns det plats?").format(
                    folder=self._owner.parent
                )
            ) from error

    def release(self) -> None:
        """Let go of the lock and take the note of its holder away."""
        with contextlib.suppress(OSError):
            self._owner.unlink(missing_ok=True)
        self._lock.release()

    def _holder(self) -> str:
        try:
            return self._owner.read_text(encoding="utf-8")
        except OSError:
            return _("ett annat program")


def user_name() -> str:
    """Return who is logged in at this workstation."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return _("okänd användare")


def _whoami() -> str:
    return _("{user} på {host} (process {pid})").format(user=user_name(), host=platform.node(), pid=os.getpid())
