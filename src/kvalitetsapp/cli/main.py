"""The command line: global options, Swedish messages and exit statuses; heavy libraries are imported by commands."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

import kvalitetsapp
from kvalitetsapp import settings
from kvalitetsapp.cli import (
    access_log,
    agenda,
    agreements,
    backups,
    bases,
    checks,
    claim_lists,
    claims,
    demo,
    earlier_imports,
    equity,
    evaluation,
    families,
    final_reports,
    identities,
    imports,
    indicators,
    keys,
    lists,
    notes,
    packages,
    papers,
    payments,
    profiles,
    quality,
    questions,
    retention,
    reviews,
    statistics,
    stores,
    summaries,
    tables,
    users,
    waiting,
)
from kvalitetsapp.cli.context import Context
from kvalitetsapp.cli.swedish import SwedishGroup, explain
from kvalitetsapp.domain import identity
from kvalitetsapp.errors import CancelledError, ExitStatus, UserError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.group(cls=SwedishGroup, help=_("Uppföljning av köpt ortopedisk vård. Utan kommando öppnas fönstret."))
@click.option(
    "--store",
    type=click.Path(path_type=Path),
    metavar="FIL",
    envvar=settings.ENV_STORE,
    help=_("Databasens fil (annars KVALITETSAPP_STORE)."),
)
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help=_("Fil med lösenfrasen på första raden (annars KVALITETSAPP_PASSPHRASE eller fråga)."),
)
@click.option(
    "--user",
    metavar="NAMN",
    envvar=settings.ENV_USER,
    help=_("Vem du är, i en databas med flera användare (annars KVALITETSAPP_USER eller inloggningen)."),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "json"]),
    default="csv",
    help=_("Hur tabeller skrivs: csv (standard) eller json."),
)
@click.version_option(kvalitetsapp.__version__, prog_name="kvalitetsapp", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context, store: Path | None, passphrase_file: Path | None, user: str | None, form: str) -> None:
    """Keep what every command needs to know."""
    shape: Literal["csv", "json"] = "json" if form == "json" else "csv"
    context.obj = Context(store or settings.default_store_path(), passphrase_file, shape, user)


for module in (
    *(stores, backups, imports, earlier_imports, profiles, identities, lists, questions, summaries, quality),
    *(
        agreements,
        claim_lists,
        claims,
        bases,
        payments,
        statistics,
        checks,
        evaluation,
        final_reports,
        notes,
        reviews,
        demo,
    ),
    *(indicators, families, access_log, retention, users, keys, packages, tables, papers, waiting, agenda, equity),
):
    for command in module.COMMANDS:
        cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status (data contract, section 3)."""
    for stream in (sys.stdout, sys.stderr):
        # Tables are UTF-8 with plain line feeds wherever they are written.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[union-attr]
    try:
        status = cli.main(args=arguments, prog_name="kvalitetsapp", standalone_mode=False)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        return _say(explain(error), ExitStatus.BAD_INPUT)
    except UserError as error:
        return _say(error.message, error.exit_status)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - what is left has no reader
        return int(ExitStatus.OK)
    except (CancelledError, click.Abort, KeyboardInterrupt):
        return _say(_("Avbrutet. Det som pågick är inte gjort."), ExitStatus.BUG)
    except Exception as error:  # noqa: BLE001 - the last line of defence: say where, never with which values
        if isinstance(error, UnicodeEncodeError) and not _is_text(sys.argv[1:] if arguments is None else arguments):
            return _say(
                _("Ett argument innehåller tecken som inte går att läsa. Skriv det i UTF-8."), ExitStatus.BAD_INPUT
            )
        return _report_bug(error)
    return int(status or 0)


def _is_text(arguments: Sequence[str]) -> bool:
    """Tell whether a shell gave nothing but text; bytes that are none come as halves of characters."""
    return "".join(arguments).encode("utf-8", "replace").decode() == "".join(arguments)


def _say(message: str, status: ExitStatus) -> int:
    click.echo(identity.hidden(message), err=True)
    return int(status)


def _report_bug(error: Exception) -> int:
    """Print where the program failed; an exception's own text may hold patient data and is left out."""
    click.echo(_("Ett fel i programmet: {kind}. Inget har ändrats.").format(kind=type(error).__name__), err=True)
    for frame in traceback.extract_tb(error.__traceback__):
        click.echo(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}", err=True)
    return int(ExitStatus.BUG)
