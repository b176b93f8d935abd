"""`exchange`: packages with decisions and claims between two stores, and what could not be taken of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kvalitetsapp.cli import file_passwords, options
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.domain import file_password
from kvalitetsapp.errors import ExitStatus
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.cli.context import Context
    from kvalitetsapp.services.exchange_packages import TakenOutcome

_FILE: Final = click.argument("file", type=click.Path(path_type=Path), metavar="FIL")
_PASSWORD: Final = file_passwords.password_file(
    _("Fil med paketets lösenord på första raden (annars KVALITETSAPP_FILEPASSWORD eller fråga).")
)
_ASKED: Final = _("Paketets lösenord")


@click.group("exchange", cls=SwedishGroup, help=_("Utbyt beslut och krav med en annan databas."))
def exchange() -> None:
    """Gather the commands of exchange."""


@exchange.command("make", help=_("Skriv ett paket med alla beslut och krav."))
@_FILE
@_PASSWORD
@file_passwords.new_password
@click.pass_obj
def make(context: Context, *, file: Path, password_file: Path | None, new_password: bool) -> None:
    """Write a package."""
    from kvalitetsapp.services import exchange_packages

    password = file_password.generated() if new_password else file_passwords.told(password_file, _ASKED)
    with context.open(write=True) as workspace:
        done = exchange_packages.make(workspace, file, password)
    if new_password:
        click.echo(password)
    click.echo(done.said, err=True)


@exchange.command("preview", help=_("Visa vad som skulle hända om ett paket togs emot. Inget ändras."))
@_FILE
@_PASSWORD
@options.output_format
@click.pass_obj
def preview(context: Context, *, file: Path, password_file: Path | None) -> int:
    """Tell what would come of a package."""
    from kvalitetsapp.services import exchange_packages

    password = file_passwords.told(password_file, _ASKED)
    with context.open(write=True) as workspace:
        outcome = exchange_packages.preview(workspace, file, password, context.progress())
    return _tell(context, outcome)


@exchange.command("take", help=_("Ta emot ett paket. Det som inte kan tas väntar på avgörande."))
@_FILE
@_PASSWORD
@options.output_format
@click.pass_obj
def take(context: Context, *, file: Path, password_file: Path | None) -> int:
    """Take a package."""
    from kvalitetsapp.services import exchange_packages

    password = file_passwords.told(password_file, _ASKED)
    with context.open(write=True) as workspace:
        outcome = exchange_packages.take(workspace, file, password, context.progress())
    return _tell(context, outcome)


@exchange.command("conflicts", help=_("Det som inte kunde tas emot, eller en konflikt sida vid sida."))
@click.option("--number", type=int, metavar="NR", help=_("Visa en konflikt: som det är här och som det är i paketet."))
@options.output_format
@click.pass_obj
def conflicts(context: Context, *, number: int | None) -> None:
    """Print the conflicts, or one of them."""
    from kvalitetsapp.services import exchange_conflicts

    with context.open(write=False) as workspace:
        if number is None:
            context.print_table(exchange_conflicts.listed(workspace))
        else:
            context.print_table(exchange_conflicts.sides(workspace, number))


@exchange.command("settle", help=_("Avgör en konflikt: behåll vårt eller ta deras."))
@click.argument("number", type=int, metavar="NR")
@click.option("--keep", type=click.Choice(["ours", "theirs"]), required=True, help=_("Vad som ska gälla."))
@click.option("--reason", required=True, metavar="SKÄL", help=_("Varför. Skälet sparas i loggen."))
@click.pass_obj
def settle(context: Context, *, number: int, keep: str, reason: str) -> None:
    """Settle a conflict."""
    from kvalitetsapp.domain.exchange_conflict import Settled
    from kvalitetsapp.services import exchange_conflicts

    with context.open(write=True) as workspace:
        done = exchange_conflicts.settle(workspace, number, Settled(keep), reason, context.progress())
    click.echo(done.said, err=True)


def _tell(context: Context, outcome: TakenOutcome) -> int:
    """Print how the things of a package stood, and say what could not be taken and why."""
    context.print_table(outcome.table)
    click.echo(outcome.origin, err=True)
    click.echo(outcome.said, err=True)
    for one in outcome.held:
        click.echo(f"  {one.reason}", err=True)
    return int(ExitStatus.SOME_REJECTED if outcome.held else ExitStatus.OK)


COMMANDS = (exchange,)
