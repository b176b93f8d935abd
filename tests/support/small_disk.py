"""A small real file system that fills up."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def mounted(place: Path, kilobytes: int) -> Iterator[Path]:
    """Mount a file system of a size at `place`; skips where nobody may."""
    place.mkdir(exist_ok=True)
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only who administers a computer can mount a small disk")
    told = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place)]
    if subprocess.run(told, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk cannot be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path, leave_kilobytes: int) -> Path:
    """Fill a file system but for what is to be left, and return the file that does."""
    found = os.statvfs(place)
    filler = place / "filler"
    with contextlib.suppress(OSError):
        filler.write_bytes(b"\0" * max(0, found.f_bavail * found.f_frsize - leave_kilobytes * 1024))
    return filler
