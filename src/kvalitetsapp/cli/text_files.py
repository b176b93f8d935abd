"""Texts that a command is given in files, since a shell keeps arguments: `-` is standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

FILE: Final = click.Path(path_type=Path)
_STDIN: Final = "-"


def text_of(path: Path | None) -> str:
    """Return the text of a file, or of standard input under the name `-`; no file holds no text.

    Raises:
        InputError: it cannot be read, or is no text in UTF-8.
    """
    if path is None:
        return ""
    try:
        content = sys.stdin.buffer.read() if str(path) == _STDIN else path.read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise InputError(_("Filen {path} går inte att läsa.").format(path=path)) from error
    except UnicodeDecodeError as error:
        raise InputError(_("Filen {path} är ingen text i UTF-8.").format(path=path)) from error


def lines_of(path: Path | None) -> tuple[str, ...]:
    """Return the lines of a file that hold something.

    Raises:
        InputError: it cannot be read, or is no text in UTF-8.
    """
    return tuple(line.strip() for line in text_of(path).splitlines() if line.strip())
