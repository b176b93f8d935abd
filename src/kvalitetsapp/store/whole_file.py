"""Files that are there whole or not at all, also after the power was cut."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_AT_A_TIME: Final = 1024 * 1024


def write(path: Path, content: bytes) -> None:
    """Put `content` under the name `path`, readable for its owner alone; what lay there is replaced in one step.

    Raises:
        OSError: it could not be written; what lay there lies there yet.
    """
    with _replacing(path) as file:
        file.write(content)


def copy(source: Path, target: Path) -> None:
    """Put what `source` holds, however much, under the name `target` too, as `write` does.

    Raises:
        OSError: it could not be read or written; what lay at `target` lies there yet.
    """
    with source.open("rb") as read, _replacing(target) as file:
        shutil.copyfileobj(read, file, _AT_A_TIME)


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        move(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def move(source: Path, target: Path) -> None:
    """Give a file that is safe on the disk the name `target`, in place of what has it, and keep the new name safe."""
    source.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """See to it that the names in a folder are on the disk; Windows does so by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
