"""A bug told as text that holds no patient data: where in the program it was, never with which values.

An exception's own message and the values of variables are left out; both may hold a personal number.
"""

from __future__ import annotations

import platform
import traceback
from datetime import datetime
from pathlib import Path

import kvalitetsapp
from kvalitetsapp import settings
from kvalitetsapp.texts import _


def describe(error: BaseException) -> str:
    """Return the report of an error."""
    lines = [
        f"Kvalitetsapp {kvalitetsapp.__version__}, Python {platform.python_version()}, {platform.platform()}",
        datetime.now().astimezone().isoformat(timespec="seconds"),
        "",
    ]
    told: BaseException | None = error
    while told is not None:
        lines += _one(told)
        told = told.__cause__ or told.__context__
    return "\n".join(lines) + "\n"


def write(text: str) -> Path:
    """Keep a report among the user's own files and return where."""
    folder = settings.data_dir() / "felrapporter"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"felrapport-{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}.txt"
    path.write_text(text, encoding="utf-8")
    return path


def _one(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    where = [
        _("  {file}, rad {line}, i {function}").format(file=_short(f.filename), line=f.lineno, function=f.name)
        for f in frames
    ]
    return [type(error).__name__, *where, ""]


def _short(file: str) -> str:
    """Return a file's place without the folders above the program, which may tell a user's name."""
    parts = Path(file).parts
    return "/".join(parts[parts.index("kvalitetsapp") :]) if "kvalitetsapp" in parts else parts[-1]
