"""What a command is told: which store, which passphrase, which format; and how it says what it found."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import click

from kvalitetsapp import settings
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.workspace import Workspace


@dataclass
class Context:
    """The global options of one call."""

    store: Path
    passphrase_file: Path | None
    form: Literal["csv", "json"]
    user: str | None = None

    def passphrase(self, *, twice: bool = False) -> str:
        """Return the passphrase from its file, the environment or, last, a prompt; never from an argument.

        Raises:
            InputError: the file cannot be read.
        """
        if self.passphrase_file is not None:
            return self._from_file(self.passphrase_file)
        if (given := os.environ.get(settings.ENV_PASSPHRASE)) is not None:
            return _as_typed(given)
        return _asked(twice=twice)

    @contextlib.contextmanager
    def open(self, *, write: bool) -> Iterator[Workspace]:
        """Open the store; what is only read is of one moment, whatever others write meanwhile."""
        from kvalitetsapp.services import places, workspace

        with workspace.open_workspace(self.store, self.passphrase(), write=write, user=self.user) as opened:
            if write and (warning := places.warning_about(self.store)):
                click.echo(_("Obs: {warning}").format(warning=warning), err=True)
            if write:
                yield opened
                return
            with opened.snapshot():
                yield opened

    def print_table(self, table: Table) -> None:
        """Write a table to standard output."""
        from kvalitetsapp.services import listings

        write_out(listings.as_text(table, self.form))

    def progress(self) -> Progress:
        """Return a progress that shows itself where someone watches."""
        if not sys.stderr.isatty():
            return Progress()
        shown = _Shown()
        shown.progress = Progress(shown)
        return shown.progress

    def _from_file(self, path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8").split("\n", maxsplit=1)[0].removesuffix("\r")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(_("Lösenfrasens fil {path} går inte att läsa.").format(path=path)) from error


def write_out(text: str) -> None:
    """Write to standard output, all of it or with a sentence that says so.

    Raises:
        RefusedError: it could not be written whole.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise  # whoever read has read enough
    except OSError as error:
        raise RefusedError(_("Utskriften gick inte att skriva färdigt. Finns det plats på disken?")) from error


def _asked(*, twice: bool) -> str:
    """Ask for a passphrase, until both answers agree where it is asked for twice (click would do that in English).

    It is hidden where someone types; from a pipe there is nothing to hide, and Python would warn that it cannot.
    """
    hidden = sys.stdin.isatty()
    while True:
        given = str(click.prompt(_("Lösenfras"), hide_input=hidden, err=True))
        if not twice or given == click.prompt(_("En gång till"), hide_input=hidden, err=True):
            return given
        click.echo(_("De två lösenfraserna är olika. Försök igen."), err=True)


def _as_typed(given: str) -> str:
    """Return a variable's text as UTF-8 also where the locale (C, for one) made Python read it as something else."""
    try:
        return os.fsencode(given).decode("utf-8")
    except UnicodeDecodeError:
        return given


def warn_if_links_are_old(workspace: Workspace) -> None:
    """Say so where links rest on less than what is stored."""
    from kvalitetsapp.services import listings

    if not listings.links_are_current(workspace):
        click.echo(_("Obs: något har lästs in efter senaste kopplingen. Kör ”kvalitetsapp link”."), err=True)


class _Shown:
    """Tells progress on one line: what, how far, and for files how many rows a second."""

    def __init__(self) -> None:
        self.progress = Progress()
        self._began = time.monotonic()

    def __call__(self, done: int, total: int | None, what: str) -> None:
        """Write the line again."""
        share = f"{done / total:4.0%}" if total else str(done)
        rows, seconds = self.progress.rows, time.monotonic() - self._began
        speed = _(" · {n} rader/s").format(n=number(round(rows / seconds))) if rows and seconds > 1 else ""
        click.echo(f"\r{what} {share}{speed}   ", nl=total is not None and done >= total, err=True)
