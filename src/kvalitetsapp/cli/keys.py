"""`key recovery | recover | rekey | remember | forget`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli import secret_prompts
from kvalitetsapp.cli.options import pdf_out
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.cli.context import Context


@click.group("key", cls=SwedishGroup, help=_("Databasens nyckel, och nyckeln på papper."))
def key() -> None:
    """Gather the commands about keys."""


@key.command("recovery", help=_("Ta fram en ny återställningsnyckel och skriv dess ark."))
@pdf_out
@click.pass_obj
def recovery(context: Context, out: Path) -> None:
    """Make a recovery key and write its sheet."""
    from kvalitetsapp.services import recovery

    with context.open(write=True) as workspace:
        outcome = recovery.make_key(workspace, out)
    click.echo(outcome.said, err=True)


@key.command("recover", help=_("Ge en administratör en ny lösenfras med återställningsnyckeln."))
@click.argument("name", metavar="NAMN")
@click.option(
    "--recovery-key-file",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help=_("Fil med återställningsnyckeln på första raden (annars frågar programmet)."),
)
@secret_prompts.new_passphrase_file
@click.pass_obj
def recover(context: Context, name: str, recovery_key_file: Path | None, new_passphrase_file: Path | None) -> None:
    """Give an administrator a new passphrase."""
    from kvalitetsapp.services import recovery

    def attempt() -> str:
        if recovery_key_file is None:
            typed = str(click.prompt(_("Återställningsnyckel"), err=True))  # shown: it is long, and read off a sheet
        else:
            typed = secret_prompts.first_line(recovery_key_file)
        recovery.demand_fits(context.store, typed)
        new = secret_prompts.new_passphrase(new_passphrase_file)
        return recovery.recover(context.store, typed, name, new)

    click.echo(attempt() if recovery_key_file else secret_prompts.until_it_fits(attempt), err=True)


@key.command("rekey", help=_("Ge hela databasen en ny nyckel."))
@click.pass_obj
def rekey(context: Context) -> None:
    """Give the store a new data key."""
    from kvalitetsapp.services import rekeying

    with context.open(write=True) as workspace:
        outcome = rekeying.rekey(workspace, context.progress())
    click.echo(outcome.said, err=True)


@key.command("remember", help=_("Låt den här datorn öppna databasen för dig utan lösenfras."))
@click.pass_obj
def remember(context: Context) -> None:
    """Let this workstation remember the user."""
    from kvalitetsapp.services import remembering

    with context.open(write=True) as workspace:
        outcome = remembering.remember(workspace, context.own_passphrase())
    click.echo(outcome.said, err=True)


@key.command("forget", help=_("Låt den här datorn fråga efter din lösenfras igen."))
@click.pass_obj
def forget(context: Context) -> None:
    """Let this workstation forget the user."""
    from kvalitetsapp.services import remembering

    with context.open(write=True) as workspace:
        outcome = remembering.forget(workspace)
    click.echo(outcome.said, err=True)


COMMANDS = (key,)
