"""`identities doubles | join`: numbers are named by their keys, since a command line is kept by the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.context import warn_if_links_are_old
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.cli.context import Context


@click.group("identities", cls=SwedishGroup, help=_("Nummer som hör till samma person."))
def identities() -> None:
    """Gather the commands about numbers."""


@identities.command("doubles", help=_("Nummer som kan vara samma person, de säkraste först."))
@click.option("--dismissed", is_flag=True, help=_("Ta med par som någon har sagt inte är samma person."))
@options.identified
@options.output_format
@click.pass_obj
def doubles(context: Context, *, dismissed: bool, identified: bool) -> None:
    """Print pairs of numbers that may be one person."""
    from kvalitetsapp.services import identity_pairs

    with context.open(write=identified) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(identity_pairs.pairs_table(workspace, dismissed=dismissed, identified=identified))


@identities.command("join", help=_("För ihop två nummer, angivna med nycklarna ur listan. Skriver vad som ändras."))
@click.argument("key", type=int, metavar="NYCKEL")
@click.argument("same_as_key", type=int, metavar="NYCKEL_SAMMA_SOM")
@click.option("--dry-run", is_flag=True, help=_("Pröva bara; ändra inget."))
@click.option("--change-existing", is_flag=True, help=_("Ändra en hopföring som redan finns."))
@click.option("--two-personal-numbers", is_flag=True, help=_("Båda är riktiga nummer för samma person."))
@options.output_format
@click.pass_obj
def join(
    context: Context,
    *,
    key: int,
    same_as_key: int,
    dry_run: bool,
    change_existing: bool,
    two_personal_numbers: bool,
) -> None:
    """Print what joining changes, and join unless it is only to be tried."""
    from kvalitetsapp.domain.joining import Permit, consequences_table
    from kvalitetsapp.services import joining

    given = ((change_existing, Permit.CHANGE_EXISTING), (two_personal_numbers, Permit.TWO_PERSONAL_NUMBERS))
    permits = {permit for is_given, permit in given if is_given}
    with context.open(write=True) as workspace:
        numbers = joining.numbers_of_keys(workspace, key, same_as_key)
        found = joining.consequences(workspace, *numbers, permits=permits, progress=context.progress())
        if not dry_run:
            done = joining.join(workspace, *numbers, permits=permits, progress=context.progress())
    context.print_table(consequences_table(found))
    if dry_run:
        click.echo(_("Inget har ändrats; så här hade det blivit."), err=True)
    else:
        click.echo(_("Numren är hopförda. Import nr {batch}.").format(batch=done.batch), err=True)


COMMANDS = (identities,)
