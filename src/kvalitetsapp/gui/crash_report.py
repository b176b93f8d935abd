"""A bug told as text that holds no patient data: where in the program it was, never with which values.

An exception's own message and the values of variables are left out; both may hold a personal number. Reports lie among
the user's own files, the newest ones only, and one that nobody has seen is offered when the program starts again.
"""

from __future__ import annotations

import contextlib
import platform
import re
import traceback
from datetime import datetime
from pathlib import Path
from typing import Final

import kvalitetsapp
from kvalitetsapp import settings
from kvalitetsapp.domain import identity
from kvalitetsapp.texts import _

MOST_KEPT: Final = 20
SEEN: Final = ".txt"
UNSEEN: Final = ".ny.txt"
_NATIVE_FRAME: Final = re.compile(r'File "([^"\n]*)"')
_MODULE_PATH: Final = re.compile(r"(?<![\w.-])(?:[A-Za-z]:)?[/\\][^\s\"',:;]*[/\\]([^\s\"',:;/\\]+)")


def describe(error: BaseException) -> str:
    """Return the report of an error."""
    lines = head()
    told: BaseException | None = error
    while told is not None:
        lines += _one(told)
        told = told.__cause__ or told.__context__
    return scrubbed("\n".join(lines) + "\n")


def head() -> list[str]:
    """Return what every report begins with: the program, the system, and when."""
    return [
        f"Kvalitetsapp {kvalitetsapp.__version__}, Python {platform.python_version()}, {platform.platform()}",
        datetime.now().astimezone().isoformat(timespec="seconds"),
        "",
    ]


def scrubbed(text: str) -> str:
    """Return a report without the folders that files lie in, and without anything that looks like a personal number.

    Reports are made of nothing else than names in the program; this is for what nobody thought of.
    """
    named = _NATIVE_FRAME.sub(lambda found: f'File "{short(found[1])}"', text)
    return identity.hidden(_MODULE_PATH.sub(lambda found: found[1], named))


def write(text: str) -> Path:
    """Keep a report that nobody has seen yet among the user's own files, and return where."""
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / f"felrapport-{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}{UNSEEN}"
    path.write_text(text, encoding="utf-8")
    _thin()
    return path


def unseen() -> list[Path]:
    """Return the reports that nobody has seen, oldest first."""
    return sorted(folder().glob(f"*{UNSEEN}"))


def mark_seen(path: Path) -> None:
    """Note that a report was seen; it is not offered again."""
    with contextlib.suppress(OSError):
        path.replace(path.with_name(path.name.removesuffix(UNSEEN) + SEEN))


def throw_away(path: Path) -> None:
    """Remove a report."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def folder() -> Path:
    """Return where reports lie."""
    return settings.data_dir() / "felrapporter"


def short(file: str) -> str:
    """Return a file's place without the folders above the program, which may tell a user's name."""
    parts = Path(file.replace("\\", "/")).parts
    return "/".join(parts[parts.index("kvalitetsapp") :]) if "kvalitetsapp" in parts else parts[-1] if parts else ""


def _thin() -> None:
    """Remove all but the newest reports; their names tell when they were made."""
    for path in sorted(folder().glob("felrapport-*.txt"))[:-MOST_KEPT]:
        throw_away(path)


def _one(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    where = [
        _("  {file}, rad {line}, i {function}").format(file=short(f.filename), line=f.lineno, function=f.name)
        for f in frames
    ]
    return [type(error).__name__, *where, ""]
