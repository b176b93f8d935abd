"""`retention list | decisions | decide`: what is old enough to decide about, and the decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.cli.text_files import FILE, text_of
from kvalitetsapp.domain.retention import RetentionKind
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kvalitetsapp.cli.context import Context


@click.group("retention", cls=SwedishGroup, help=_("Bevarande och gallring: förslag och beslut."))
def retention() -> None:
    """Gather the commands about retention."""


@retention.command("list", help=_("Det som är gammalt nog att besluta om."))
@options.output_format
@click.pass_obj
def list_proposals(context: Context) -> None:
    """Print the proposals."""
    from kvalitetsapp.services import retention as service

    with context.open(write=False) as workspace:
        context.print_table(service.listed(workspace))


@retention.command("decisions", help=_("Alla beslut om bevarande och gallring."))
@options.output_format
@click.pass_obj
def list_decisions(context: Context) -> None:
    """Print every decision."""
    from kvalitetsapp.domain import retention as domain
    from kvalitetsapp.services import retention as service

    with context.open(write=False) as workspace:
        context.print_table(domain.decisions_table(service.decisions(workspace)))


@retention.command("decide", help=_("Besluta att något bevaras eller gallras. Gallringen görs genast."))
@click.argument("kind", type=click.Choice([one.value for one in RetentionKind]), metavar="SLAG")
@click.option("--through", type=options.IsoDate(), required=True, help=_("Till och med vilken dag, som i listan."))
@click.option("--keep-until", type=options.IsoDate(), help=_("Bevara till den dagen."))
@click.option("--erase", is_flag=True, help=_("Gallra. Det går inte att ångra."))
@click.option("--reason-file", type=FILE, required=True, metavar="FIL", help=_("Fil med skälet; - är standard in."))
@click.pass_obj
def decide(
    context: Context, *, kind: str, through: date, keep_until: date | None, erase: bool, reason_file: Path
) -> None:
    """Decide that something is kept, or erased."""
    from kvalitetsapp.services import retention as service

    if erase == (keep_until is not None):
        raise InputError(_("Ange antingen --keep-until eller --erase."))
    reason = text_of(reason_file)
    with context.open(write=True) as workspace:
        if keep_until is None:
            done = service.erase(workspace, RetentionKind(kind), through, reason)
        else:
            done = service.keep(workspace, RetentionKind(kind), through, keep_until, reason)
    click.echo(done.said, err=True)


COMMANDS = (retention,)
