"""What lies in a folder at every moment when a process could be killed: before and after each change of a name.

The names of files, and what is safe on the disk, change through a handful of functions of the operating system. Each
is let through to what it does, and the folder is copied before and after. SQLite's own files are copied as they lie.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CHANGING = ("replace", "rename", "link", "unlink", "fsync")


class CrashImages:
    """Copies of a folder, one for each moment that differs from the one before."""

    def __init__(self, folder: Path, into: Path) -> None:
        self._folder = folder
        self._into = into
        self._last: dict[str, bytes] = {}
        self.folders: list[Path] = []
        into.mkdir()

    def take(self) -> None:
        """Copy the folder as it lies now."""
        files = sorted(path for path in self._folder.iterdir() if path.is_file())
        now = {path.name: path.read_bytes() for path in files}
        if now == self._last:
            return
        self._last = now
        image = self._into / str(len(self.folders))
        image.mkdir()
        for path in files:
            shutil.copy2(path, image / path.name)
        self.folders.append(image)


@contextlib.contextmanager
def taken(folder: Path, into: Path) -> Iterator[CrashImages]:
    """Take an image of `folder` at every moment of the block, into folders of their own."""
    images = CrashImages(folder, into)
    with pytest.MonkeyPatch.context() as patch:
        images.take()
        for name in CHANGING:
            patch.setattr(os, name, _watched(getattr(os, name), images))
        yield images
    images.take()


def _watched(real: Callable[..., Any], images: CrashImages) -> Callable[..., Any]:
    inside = False

    def watched(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - the operating system's own
        nonlocal inside
        if inside:
            return real(*args, **kwargs)
        inside = True
        try:
            images.take()
            result = real(*args, **kwargs)
            images.take()
        finally:
            inside = False
        return result

    return watched
