"""Files that a user asks for: written whole under their names, with their entry in the trace, or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kvalitetsapp.errors import RefusedError
from kvalitetsapp.store import audit
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kvalitetsapp.services.workspace import Workspace

    Writer = Callable[[Path], object]


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
        if self.out.is_file():
            self.out.replace(self.earlier)
        self.temporary.replace(self.out)

    def put_back(self) -> None:
        """Leave under the name what lay there before: the trace does not know of the new file."""
        if not self.temporary.exists():
            self.out.unlink(missing_ok=True)
        if self.earlier.exists():
            self.earlier.replace(self.out)

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
