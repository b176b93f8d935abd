"""Files that a user asks for: written whole under their names, with their entry in the trace, or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kvalitetsapp.errors import RefusedError
from kvalitetsapp.store import audit, whole_file
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kvalitetsapp.services.workspace import Workspace

    Writer = Callable[[Path], object]

_LONGEST_WRITING: Final = 3600.0
_LEFT_BEHIND: Final = (".rapport-*.tmp", ".arbetsbok-*")


def keep(
    workspace: Workspace,
    write: Writer,
    out: Path,
    *,
    action: str,
    target: str,
    detail: str,
    patients: Iterable[str] = (),
) -> Path:
    """Let `write` make a file, put it under the name `out` together with its entry in the trace, and return `out`.

    Raises:
        RefusedError: the file cannot be written, or the store is open to be read only; what lay there lies there yet.
    """
    keep_all(
        workspace,
        {out: write},
        lambda: audit.append(workspace.store, workspace.user, action, target=target, detail=detail, patients=patients),
    )
    return out


def keep_all(workspace: Workspace, files: Mapping[Path, Writer], record: Callable[[], object]) -> None:
    """Make several files and put them under their names together with what `record` writes in the same transaction.

    Raises:
        RefusedError: one cannot be written, or the store is open to be read only; what lay there lies there yet.
    """
    made: list[_Made] = []
    try:
        for out, write in files.items():
            with _explained(out):
                made.append(_Made(out, _write_beside(write, out)))
        with workspace.store.transaction():
            for one in made:
                with _explained(one.out):
                    one.take_place()
            record()
    except BaseException:
        for one in made:
            one.put_back()
        raise
    finally:
        for one in made:
            one.tidy()


@dataclass(frozen=True, slots=True)
class _Made:
    """A file that is written under a name of its own until it takes the place of what lies under the real one."""

    out: Path
    temporary: Path

    @property
    def earlier(self) -> Path:
        return self.temporary.with_suffix(".earlier")

    def take_place(self) -> None:
        """Give the file its name, so that the name is never without one and stays also if the power is cut."""
        if self.out.is_file():
            self._keep_earlier()
        self.temporary.replace(self.out)
        with contextlib.suppress(OSError):  # a share where names cannot be synced keeps them as it does
            whole_file.sync_folder(self.out.parent)

    def put_back(self) -> None:
        """Leave under the name what lay there before: the trace does not know of the new file."""
        if self.earlier.exists():
            self.earlier.replace(self.out)
        elif not self.temporary.exists():
            self.out.unlink(missing_ok=True)

    def _keep_earlier(self) -> None:
        """Give what lies there a second name; on a disk that knows no such thing, another one."""
        try:
            os.link(self.out, self.earlier)
        except OSError:
            self.out.replace(self.earlier)

    def tidy(self) -> None:
        self.temporary.unlink(missing_ok=True)
        self.earlier.unlink(missing_ok=True)


@contextlib.contextmanager
def _explained(out: Path) -> Iterator[None]:
    """Say of a file that cannot be written which one it is."""
    try:
        yield
    except OSError as error:
        raise RefusedError(
            _("Filen kunde inte skrivas till {path}. Är filen öppen, eller får du inte skriva i mappen?").format(
                path=out
            )
        ) from error


def _write_beside(write: Writer, out: Path) -> Path:
    """Write to a new file in the same folder, readable for its owner only, through to the disk."""
    _sweep(out.parent)
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=".rapport-", suffix=".tmp")
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _sweep(folder: Path) -> None:
    """Take away what a process left that died while it wrote here: it is half of something, and perhaps of people."""
    longest_ago = time.time() - _LONGEST_WRITING
    for left in (path for pattern in _LEFT_BEHIND for path in folder.glob(pattern)):
        with contextlib.suppress(OSError):
            if left.stat().st_mtime < longest_ago:
                shutil.rmtree(left) if left.is_dir() else left.unlink()
