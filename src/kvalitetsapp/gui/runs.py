"""Whether earlier runs of the program ended as they should: each leaves a file that its end takes away.

A run that crashed in a library tells there where it was (`faulthandler`); one that was cut off, as when the power
fails, tells nothing. The file is locked as long as the run lives, so that a second window is not taken for one that
died.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
from dataclasses import dataclass
from datetime import datetime
from typing import IO, TYPE_CHECKING, Final

from PySide6.QtCore import QLockFile

from kvalitetsapp import settings
from kvalitetsapp.gui import crash_report
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

_LOCK: Final = ".lock"
_TRACE: Final = ".trace"
_MOST_OF_A_TRACE: Final = 100_000


@dataclass(frozen=True, slots=True)
class EarlierEnd:
    """How an earlier run ended: its report, and whether the program crashed or was only cut off."""

    report: str
    crashed: bool


class Run:
    """The run of the program that is going on, from `begin` to `end`."""

    def __init__(self, lock: QLockFile, trace: Path, file: IO[str]) -> None:
        self._lock = lock
        self._trace = trace
        self._file = file

    @classmethod
    def begin(cls) -> Run | None:
        """Begin a run; None where nothing can be written, which must keep nobody from working."""
        name = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}-{os.getpid()}"
        try:
            _folder().mkdir(parents=True, exist_ok=True)
            trace = _folder() / f"{name}{_TRACE}"
            file = trace.open("w", encoding="utf-8")
        except OSError:
            return None
        lock = _lock(_folder() / f"{name}{_LOCK}")
        if not lock.tryLock(0):
            file.close()
            trace.unlink(missing_ok=True)
            return None
        faulthandler.enable(file, all_threads=True)
        return cls(lock, trace, file)

    def end(self) -> None:
        """End the run as it should end: nothing is left of it."""
        faulthandler.disable()
        self._file.close()
        with contextlib.suppress(OSError):
            self._trace.unlink(missing_ok=True)
        self._lock.unlock()


def earlier_ends() -> list[EarlierEnd]:
    """Return how earlier runs ended that did not end as they should, oldest first, and forget them."""
    return [end for path in sorted(_folder().glob(f"*{_LOCK}")) if (end := _taken(path)) is not None]


def _taken(path: Path) -> EarlierEnd | None:
    """Return how the run of a lock ended, None where it still lives; its files are gone after that."""
    lock = _lock(path)
    began = _told_time(path)
    if not lock.tryLock(0):
        return None
    trace = path.with_suffix(_TRACE)
    try:
        with trace.open(encoding="utf-8", errors="replace") as file:
            told = file.read(_MOST_OF_A_TRACE)
    except OSError:
        told = ""
    with contextlib.suppress(OSError):
        trace.unlink(missing_ok=True)
    lock.unlock()
    what = told or _("Programmet slutade utan att stängas.")
    report = "\n".join((*crash_report.head(), _("Körningen började {time}.").format(time=began), "", what, ""))
    return EarlierEnd(crash_report.scrubbed(report), bool(told))


def _told_time(path: Path) -> str:
    """Return when a run began, as its file's name tells."""
    try:
        return f"{datetime.strptime(path.name[:15], '%Y%m%d-%H%M%S'):%Y-%m-%d %H:%M}"  # noqa: DTZ007 - on the wall
    except ValueError:
        return _("okänd tid")


def _lock(path: Path) -> QLockFile:
    """Return a lock that is never too old: it is free when its process is gone, however long that has lived."""
    made = QLockFile(str(path))
    made.setStaleLockTime(0)
    return made


def _folder() -> Path:
    return settings.data_dir() / "pågående"
