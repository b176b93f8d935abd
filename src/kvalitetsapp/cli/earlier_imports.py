"""`imports list | undo | rejects | findings`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.domain import undo
from kvalitetsapp.errors import ExitStatus
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.cli.context import Context
    from kvalitetsapp.domain.undo import UndoPlan


@click.group("imports", cls=SwedishGroup, help=_("Tidigare importer: visa och ångra."))
def earlier_imports() -> None:
    """Gather what is done with imports that were made."""


@earlier_imports.command("list", help=_("Alla importer med räkenskap, den äldsta först."))
@options.output_format
@click.pass_obj
def list_imports(context: Context) -> None:
    """Print every import."""
    from kvalitetsapp.services import import_listings

    with context.open(write=False) as workspace:
        context.print_table(import_listings.accounts(workspace))


@earlier_imports.command("rejects", help=_("En imports avvisade rader."))
@click.argument("batch", type=options.ListedNumber(), metavar="NR")
@options.output_format
@click.pass_obj
def rejects(context: Context, *, batch: int) -> None:
    """Print the rejected rows of an import."""
    from kvalitetsapp.services import import_listings

    with context.open(write=False) as workspace:
        context.print_table(import_listings.rejects(workspace, batch))


@earlier_imports.command("findings", help=_("En imports fynd."))
@click.argument("batch", type=options.ListedNumber(), metavar="NR")
@options.output_format
@click.pass_obj
def findings(context: Context, *, batch: int) -> None:
    """Print the findings of an import."""
    from kvalitetsapp.services import import_listings

    with context.open(write=False) as workspace:
        context.print_table(import_listings.findings(workspace, batch))


@earlier_imports.command("undo", help=_("Ångra importer, den nyaste först. Skriver vad som togs bort."))
@click.argument("batch", type=options.ListedNumber(), metavar="NR", nargs=-1, required=True)
@click.option("--because", required=True, metavar="SKÄL", help=_("Varför. Sparas i loggen."))
@click.option("--dry-run", is_flag=True, help=_("Pröva bara; ändra inget."))
@click.pass_obj
def undo_imports(context: Context, *, batch: tuple[int, ...], because: str, dry_run: bool) -> int:
    """Undo imports and print what went, what came back and what stood in the way."""
    from kvalitetsapp.services import undo_import

    with context.open(write=True) as workspace:
        plan = undo_import.rests_on(workspace, batch, context.progress())
        if plan.is_possible and not dry_run:
            plan = undo_import.undo_imports(workspace, batch, because, context.progress()).plan
    for line in undo.plan_lines(plan):
        click.echo(line, err=True)
    if dry_run and plan.is_possible:
        click.echo(_("Inget har ändrats; så här hade det blivit."), err=True)
    return _status(plan)


def _status(plan: UndoPlan) -> int:
    if plan.is_possible:
        return int(ExitStatus.OK)
    click.echo(_("Importen går inte att ångra. Inget har ändrats."), err=True)
    return int(ExitStatus.REFUSED)


COMMANDS = (earlier_imports,)
