"""`family list | follow | unfollow`: which families of procedures the store follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.cli.context import Context

_FAMILY = click.argument("family_id", metavar="FAMILJ")


@click.group("family", cls=SwedishGroup, help=_("Operationsfamiljer: vilka som finns och vilka som följs."))
def family() -> None:
    """Gather the commands about families of procedures."""


@family.command("list", help=_("Familjerna som programmet känner, och vilka som följs här."))
@options.output_format
@click.pass_obj
def list_families(context: Context) -> None:
    """Print every family."""
    from kvalitetsapp.services import families

    with context.open(write=False) as workspace:
        context.print_table(families.listed(workspace))


@family.command("follow", help=_("Följ en familj till; alla kopplas på nytt."))
@_FAMILY
@click.pass_obj
def follow(context: Context, *, family_id: str) -> None:
    """Follow a family."""
    _choose(context, family_id, on=True)


@family.command("unfollow", help=_("Sluta följa en familj; alla kopplas på nytt."))
@_FAMILY
@click.pass_obj
def unfollow(context: Context, *, family_id: str) -> None:
    """Follow a family no longer."""
    _choose(context, family_id, on=False)


def _choose(context: Context, family_id: str, *, on: bool) -> None:
    from kvalitetsapp.services import families

    with context.open(write=True) as workspace:
        click.echo(families.follow(workspace, family_id, on=on, progress=context.progress()).said, err=True)


COMMANDS = (family,)
