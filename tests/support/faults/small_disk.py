"""A real file system of a few megabytes, which can be filled up and made read-only."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MEGABYTES: Final = 12
_BLOCK: Final = 4096


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """Where the file system is."""

    folder: Path

    @contextlib.contextmanager
    def filled(self, left: int) -> Iterator[None]:
        """Let only so many bytes be free while the block runs."""
        filler = self.folder / "filler"
        with filler.open("wb") as file:
            free = shutil.disk_usage(self.folder).free
            file.write(bytes(max(0, (free - left) // _BLOCK * _BLOCK)))
        try:
            yield
        finally:
            filler.unlink()

    @contextlib.contextmanager
    def read_only(self) -> Iterator[None]:
        """Let nothing be written while the block runs."""
        _call("mount", "-o", "remount,ro", self.folder)
        try:
            yield
        finally:
            _call("mount", "-o", "remount,rw", self.folder)


@contextlib.contextmanager
def mounted(folder: Path) -> Iterator[SmallDisk]:
    """Mount a small file system; the test is skipped where that is not allowed."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("a small file system is mounted by root on Linux only")
    folder.mkdir()
    try:
        _call("mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", folder)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("mounting a file system is not allowed here")
    try:
        yield SmallDisk(folder)
    finally:
        _call("umount", folder)


def _call(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True)
