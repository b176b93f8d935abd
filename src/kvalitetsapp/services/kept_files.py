"""Files that a user asks for: written whole under their name, with their entry in the trace, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kvalitetsapp.errors import RefusedError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.services.workspace import Workspace


def keep(
    workspace: Workspace, write: Callable[[Path], object], out: Path, *, action: str, target: str, detail: str
) -> Path:
    """Let `write` make a file, put it under the name `out` together with its entry in the trace, and return `out`.

    Raises:
        RefusedError: the file cannot be written, or the store is open to be read only; what lay there lies there yet.
    """
    try:
        temporary = _write_beside(write, out)
    except OSError as error:
        raise _not_written(out) from error
    earlier = temporary.with_suffix(".earlier")
    try:
        with workspace.action(action, target=target, detail=detail):
            if out.is_file():
                out.replace(earlier)
            temporary.replace(out)
    except BaseException as error:
        _put_back(temporary, out, earlier)
        if isinstance(error, OSError):
            raise _not_written(out) from error
        raise
    finally:
        temporary.unlink(missing_ok=True)
        earlier.unlink(missing_ok=True)
    return out


def _put_back(temporary: Path, out: Path, earlier: Path) -> None:
    """Leave under the name what lay there before: the trace does not know of the new file."""
    if not temporary.exists():
        out.unlink(missing_ok=True)
    if earlier.exists():
        earlier.replace(out)


def _write_beside(write: Callable[[Path], object], out: Path) -> Path:
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


def _not_written(out: Path) -> RefusedError:
    return RefusedError(
        _("Filen kunde inte skrivas till {path}. Är filen öppen, eller får du inte skriva i mappen?").format(path=out)
    )
