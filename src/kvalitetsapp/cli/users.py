"""`user list | add | remove | roles | passphrase | reset`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli import secret_prompts
from kvalitetsapp.cli.options import output_format
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.domain.rights import Role
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.cli.context import Context

_ROLES = click.Choice([role.value for role in Role])


@click.group("user", cls=SwedishGroup, help=_("Vem som får öppna databasen, och som vad."))
def user() -> None:
    """Gather the commands about users."""


@user.command("list", help=_("Lista användarna och deras roller."))
@click.option("--removed", is_flag=True, help=_("Ta med dem som inte längre får öppna databasen."))
@output_format
@click.pass_obj
def list_(context: Context, removed: bool) -> None:
    """Print the users."""
    from kvalitetsapp.services import users

    with context.open(write=False) as workspace:
        table = users.table(workspace, removed=removed)
    context.print_table(table)


@user.command("add", help=_("Lägg till en användare med en första lösenfras."))
@click.argument("name", metavar="NAMN")
@click.option("--role", "roles", type=_ROLES, multiple=True, required=True, help=_("Roll. Får anges flera gånger."))
@click.option("--unit", default="", metavar="ENHET", help=_("Enheten där användaren arbetar."))
@secret_prompts.new_passphrase_file
@click.pass_obj
def add(context: Context, name: str, roles: tuple[str, ...], unit: str, new_passphrase_file: Path | None) -> None:
    """Let somebody open the store."""
    from kvalitetsapp.services import users

    with context.open(write=True) as workspace:
        passphrase = secret_prompts.new_passphrase(new_passphrase_file)
        outcome = users.add(workspace, name, unit, frozenset(map(Role, roles)), passphrase)
    click.echo(outcome.said, err=True)


@user.command("remove", help=_("Låt en användare inte längre öppna databasen."))
@click.argument("name", metavar="NAMN")
@click.pass_obj
def remove(context: Context, name: str) -> None:
    """Let somebody open the store no longer."""
    from kvalitetsapp.services import users

    with context.open(write=True) as workspace:
        outcome = users.remove(workspace, name)
    click.echo(outcome.said, err=True)


@user.command("roles", help=_("Ge en användare andra roller eller en annan enhet."))
@click.argument("name", metavar="NAMN")
@click.option("--role", "roles", type=_ROLES, multiple=True, help=_("Roll, i stället för dem som användaren har."))
@click.option("--unit", default=None, metavar="ENHET", help=_("Enheten där användaren arbetar."))
@click.pass_obj
def roles(context: Context, name: str, roles: tuple[str, ...], unit: str | None) -> None:
    """Change a user's roles or unit."""
    from kvalitetsapp.services import users

    with context.open(write=True) as workspace:
        outcome = users.change(workspace, name, unit=unit, roles=frozenset(map(Role, roles)) or None)
    click.echo(outcome.said, err=True)


@user.command("passphrase", help=_("Byt din egen lösenfras."))
@secret_prompts.new_passphrase_file
@click.pass_obj
def passphrase(context: Context, new_passphrase_file: Path | None) -> None:
    """Change one's own passphrase."""
    from kvalitetsapp.services import users

    with context.open(write=True) as workspace:
        old = context.own_passphrase()
        outcome = users.change_passphrase(workspace, old, secret_prompts.new_passphrase(new_passphrase_file))
    click.echo(outcome.said, err=True)


@user.command("reset", help=_("Ge en användare som har glömt sin lösenfras en ny första."))
@click.argument("name", metavar="NAMN")
@secret_prompts.new_passphrase_file
@click.pass_obj
def reset(context: Context, name: str, new_passphrase_file: Path | None) -> None:
    """Give a user a new first passphrase."""
    from kvalitetsapp.services import users

    with context.open(write=True) as workspace:
        outcome = users.reset_passphrase(workspace, name, secret_prompts.new_passphrase(new_passphrase_file))
    click.echo(outcome.said, err=True)


COMMANDS = (user,)
