"""One writer at a time: a lock that the operating system lets go of when its holder dies, however it dies.

Beside it lies a note of who holds it. On this computer the lock itself decides, and a note that a dead process left
stands in nobody's way. A note of another computer, where this one's locks may not reach, is asked about and never
broken by itself.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from kvalitetsapp.errors import HeldError, RefusedError
from kvalitetsapp.store import whole_file
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

SECONDS_TO_WAIT: Final = 5.0
_LONGEST_NOTE: Final = 10_000
_LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes to a store: a login, on a computer, in a process; `window` where a window can be raised."""

    user: str
    host: str
    pid: int
    window: bool = False

    @property
    def is_here(self) -> bool:
        """Tell whether it is on this computer."""
        return self.host == platform.node()

    @property
    def is_own_window(self) -> bool:
        """Tell whether it is another window of the one who asks."""
        return self.window and self.is_here and self.user == user_name()

    def in_words(self) -> str:
        """Return the holder as people read it."""
        return _("{user} på {host} (process {pid})").format(user=self.user, host=self.host, pid=self.pid)


class WriterLock:
    """The right to write to the store at `path`, until `release`; who holds it can be read beside it."""

    def __init__(
        self, path: Path, *, wait_seconds: float | None = None, window: bool = False, take_over: bool = False
    ) -> None:
        self._path = path
        self._note = note_of(path)
        self._lock = FileLock(
            path.with_name(path.name + ".lock"), timeout=SECONDS_TO_WAIT if wait_seconds is None else wait_seconds
        )
        self._window = window
        self._take_over = take_over
        self.left_by: Holder | None = None
        """Who held the lock before and never let go of it properly."""

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            HeldError: someone else holds it, or may hold it on another computer and it was not said to take it over.
            RefusedError: the folder cannot be written to.
        """
        try:
            self._lock.acquire()
            self.left_by = holder_of(self._path)
            self._demand_not_elsewhere()
            whole_file.write(self._note, _told(_this_process(window=self._window)))
        except Timeout as error:
            raise _held(holder_of(self._path)) from error
        except HeldError:
            self._lock.release()
            raise
        except OSError as error:
            self.release()
            raise RefusedError(
                _("Det går inte att skriva i mappen {folder}. Har du skrivrätt där, och finns det plats?").format(
                    folder=self._note.parent
                )
            ) from error

    def release(self) -> None:
        """Let go of the lock and take the note of its holder away."""
        with contextlib.suppress(OSError):
            self._note.unlink(missing_ok=True)
        self._lock.release()

    def give_back(self) -> None:
        """Let go of the lock that nothing came of, and leave the note of another computer as it was."""
        self.release()
        if self.left_by is not None and not self.left_by.is_here:
            with contextlib.suppress(OSError):
                whole_file.write(self._note, _told(self.left_by))

    def _demand_not_elsewhere(self) -> None:
        if self.left_by is None or self.left_by.is_here or self._take_over:
            return
        raise HeldError(
            _(
                "Enligt låset skriver {holder} i databasen, och härifrån går det inte att se om det stämmer. Fråga. "
                "Är du säker på att ingen gör det kan du ta över låset."
            ).format(holder=self.left_by.in_words()),
            may_be_taken_over=True,
        )


def note_of(path: Path) -> Path:
    """Return where the note of who writes to a store lies."""
    return path.with_name(path.name + ".owner")


def holder_of(path: Path) -> Holder | None:
    """Return who writes to a store, by the note beside it; None where there is none or it cannot be read."""
    try:
        with note_of(path).open(encoding="utf-8") as file:
            told = json.loads(file.read(_LONGEST_NOTE))
        user, host = (_seen(str(told[name])) for name in ("user", "host"))
        return Holder(user, host, int(told["pid"]), bool(told.get("window", False)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _seen(text: str) -> str:
    """Return a name without what cannot be seen: whoever can write to the folder may have put anything there."""
    return "".join(letter for letter in text if letter.isprintable())[:_LONGEST_NAME]


def is_held(path: Path) -> bool:
    """Tell whether anybody on this computer has the right to write to a store just now."""
    trial = FileLock(path.with_name(path.name + ".lock"), timeout=0)
    try:
        trial.acquire()
    except (Timeout, OSError):
        return True
    trial.release()
    return False


def user_name() -> str:
    """Return who is logged in at this workstation."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return _("okänd användare")


def _held(holder: Holder | None) -> HeldError:
    who = _("ett annat program") if holder is None else holder.in_words()
    return HeldError(
        _("Databasen används för skrivning av {holder}. Försök igen när den är ledig.").format(holder=who),
        by_own_window=holder is not None and holder.is_own_window,
    )


def _this_process(*, window: bool) -> Holder:
    return Holder(user_name(), platform.node(), os.getpid(), window)


def _told(holder: Holder) -> bytes:
    told = {"user": holder.user, "host": holder.host, "pid": holder.pid, "window": holder.window}
    return json.dumps(told, ensure_ascii=False).encode()
