"""What a command is told: which store, which passphrase, which format; and how it says what it found."""

from __future__ import annotations

import contextlib
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import click

from kvalitetsapp import settings
from kvalitetsapp.cli import secret_prompts
from kvalitetsapp.errors import RefusedError, WrongPassphraseError
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

    used: str = field(default="", repr=False)
    """The passphrase that opened the store, where one did."""

    def passphrase(self, *, twice: bool = False) -> str:
        """Return the passphrase from its file, the environment or, last, a prompt; never from an argument.

        Raises:
            InputError: the file cannot be read.
        """
        given = self._given()
        return secret_prompts.asked(_("Lösenfras"), twice=twice) if given is None else given

    @property
    def is_typed_at(self) -> bool:
        """Tell whether somebody types the passphrase just now; else it comes of a file, the environment or a pipe."""
        return self._given() is None and sys.stdin.isatty()

    def own_passphrase(self) -> str:
        """Return the passphrase of whoever has the store open, asked for where the store opened without one."""
        return self.used or self.passphrase()

    def journey_passphrase(self, path: Path | None, *, twice: bool) -> str:
        """Return the passphrase of a store on its way to another computer, from its file or a prompt.

        Raises:
            InputError: the file cannot be read.
        """
        if path is None:
            return secret_prompts.asked(_("Lösenfras för resan"), twice=twice)
        return secret_prompts.first_line(path)

    @contextlib.contextmanager
    def open(self, *, write: bool) -> Iterator[Workspace]:
        """Open the store; what is only read is of one moment, whatever others write meanwhile."""
        from kvalitetsapp.services import places

        with self._entered(write=write) as opened:
            for finding in opened.findings:
                click.echo(_("Obs: {warning}").format(warning=finding), err=True)
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

    def _given(self) -> str | None:
        """Return the passphrase from its file or the environment."""
        if self.passphrase_file is not None:
            return secret_prompts.first_line(self.passphrase_file)
        return secret_prompts.of_environment(settings.ENV_PASSPHRASE)

    def _entered(self, *, write: bool) -> Workspace:
        """Open the store with what is given, with what this workstation remembers, or by asking until it opens."""
        from kvalitetsapp.services import remembering

        given = self._given()
        if given is not None:
            return self._with(given, write=write)
        if remembering.is_remembered(self.store, self.user):
            try:
                return self._with("", write=write)
            except WrongPassphraseError as error:
                click.echo(error.message, err=True)
        return secret_prompts.until_it_fits(lambda: self._with(self.passphrase(), write=write))

    def _with(self, passphrase: str, *, write: bool) -> Workspace:
        from kvalitetsapp.services import workspace

        opened = workspace.open_workspace(self.store, passphrase, write=write, user=self.user)
        self.used = passphrase
        return opened


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
