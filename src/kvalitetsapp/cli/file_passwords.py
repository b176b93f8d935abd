"""The password of a file that leaves the department: from a file, the environment or a prompt, never an argument."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.cli.options import Decorator

PASSWORD_VARIABLE: Final = "KVALITETSAPP_FILEPASSWORD"  # noqa: S105 - where it stands, not what it is

new_password: Decorator = click.option(
    "--new-password", is_flag=True, help=_("Ta fram ett lösenord och visa det en gång.")
)


def password_file(meaning: str) -> Decorator:
    """Return the option that names the file with a password on its first line."""
    return click.option("--password-file", type=click.Path(path_type=Path), metavar="FIL", help=meaning)


def told(file: Path | None, asked: str) -> str:
    """Return the password that the user tells; `asked` is what a prompt says."""
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").split("\n", maxsplit=1)[0].removesuffix("\r")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(_("Lösenordets fil {path} går inte att läsa.").format(path=file)) from error
    if (given := os.environ.get(PASSWORD_VARIABLE)) is not None:
        return given
    hidden = sys.stdin.isatty()
    return str(click.prompt(asked, hide_input=hidden, err=True))
