"""Passphrases and keys from a file, the environment or a prompt; never from an argument, where others can see them."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import click

from kvalitetsapp import settings
from kvalitetsapp.errors import InputError, WrongPassphraseError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.cli.options import Decorator

T = TypeVar("T")
SECONDS_BEFORE_ANOTHER_TRY: Final = (1, 2)

new_passphrase_file: Decorator = click.option(
    "--new-passphrase-file",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help=_("Fil med den nya lösenfrasen på första raden (annars KVALITETSAPP_NEW_PASSPHRASE eller fråga)."),
)


def new_passphrase(file: Path | None) -> str:
    """Return a passphrase that is to count from now on.

    Raises:
        InputError: its file cannot be read.
    """
    given = of_environment(settings.ENV_NEW_PASSPHRASE) if file is None else first_line(file)
    return asked(_("Ny lösenfras"), twice=True) if given is None else given


def until_it_fits(attempt: Callable[[], T]) -> T:
    """Ask again after a passphrase that does not fit, at most three times and every time after a longer wait.

    Raises:
        WrongPassphraseError: none did, or nobody answers any longer.
    """
    wrong: WrongPassphraseError | None = None
    waits = iter(SECONDS_BEFORE_ANOTHER_TRY)
    while True:
        try:
            return attempt()
        except WrongPassphraseError as error:
            wrong, seconds = error, next(waits, None)
            if seconds is None:
                raise
        except click.Abort:
            if wrong is None:
                raise
            raise wrong from None
        click.echo(wrong.message, err=True)
        time.sleep(seconds)


def asked(question: str, *, twice: bool = False) -> str:
    """Ask for a passphrase, until both answers agree where it is asked for twice (click would do that in English).

    It is hidden where someone types; from a pipe there is nothing to hide, and Python would warn that it cannot.
    """
    hidden = sys.stdin.isatty()
    while True:
        given = str(click.prompt(question, hide_input=hidden, err=True))
        if not twice or given == click.prompt(_("En gång till"), hide_input=hidden, err=True):
            return given
        click.echo(_("De två lösenfraserna är olika. Försök igen."), err=True)


def first_line(path: Path) -> str:
    """Return the first line of a file.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8").split("\n", maxsplit=1)[0].removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(_("Lösenfrasens fil {path} går inte att läsa.").format(path=path)) from error


def of_environment(name: str) -> str | None:
    """Return a variable's text as UTF-8 also where the locale (C, for one) made Python read it as something else."""
    given = os.environ.get(name)
    if given is None:
        return None
    try:
        return os.fsencode(given).decode("utf-8")
    except UnicodeDecodeError:
        return given
