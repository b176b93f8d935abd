"""What a process holds of the computer: memory, open files, threads and temporary files."""

from __future__ import annotations

import ctypes
import gc
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Held:
    """What was held at a moment; the memory is what is left when everything free was given back."""

    memory: float
    handles: int
    threads: int
    temporary: int

    def __str__(self) -> str:
        told = f"{self.memory:.1f} MiB, {self.handles} open files, {self.threads} threads"
        return f"{told}, {self.temporary} temporary files"


def held(*folders: Path) -> Held:
    """Measure this process, and the files in `folders` and where temporary files go that are not there to stay."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return Held(
        pages * os.sysconf("SC_PAGE_SIZE") / _MIB,
        len(list(Path("/proc/self/fd").iterdir())),
        len(list(Path("/proc/self/task").iterdir())),
        sum(_is_passing(file) for folder in (*folders, Path(tempfile.gettempdir())) for file in folder.rglob("*")),
    )


def _is_passing(file: Path) -> bool:
    return file.name.startswith(".") or file.suffix in {".tmp", ".part", ".earlier", ".coming"}
