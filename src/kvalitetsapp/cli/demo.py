"""`demo`: the whole job on a county that does not exist."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli.swedish import SwedishCommand
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.cli.context import Context


@click.command(
    "demo",
    cls=SwedishCommand,
    help=_("Gör hela arbetet på exempeldata: filer, databas, kopplingar, tabeller och rapporter."),
)
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="MAPP", help=_("Mapp som ska skapas."))
@click.pass_obj
def demo(context: Context, *, out: Path) -> None:
    """Make the sample county and everything that comes out of it."""
    from kvalitetsapp.services import demo as services

    made = services.make_demo(out, context.progress())
    click.echo(_("Databas: {path}").format(path=made.store), err=True)
    for path in made.reports:
        click.echo(_("Rapport: {path}").format(path=path), err=True)
    click.echo(made.accuracy, err=True)


COMMANDS = (demo,)
