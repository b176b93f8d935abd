"""`list unclaimed | claims | cap-ledger | claimed-without-review | past-deadline | claim-corrections`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.context import Context, warn_if_links_are_old
from kvalitetsapp.cli.lists import lists
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.workspace import Workspace


@lists.command("unclaimed", help=_("Pengar som inte är krävda än, med dagar kvar till sista anspråksdag."))
@options.output_format
@click.pass_obj
def unclaimed(context: Context) -> None:
    """Print what is not issued yet."""
    from kvalitetsapp.services import claim_lists as service

    _print(context, service.unclaimed)


@lists.command("claims", help=_("Alla krav med status, belopp, kredit och betalning."))
@options.output_format
@click.pass_obj
def claims(context: Context) -> None:
    """Print every claim."""
    from kvalitetsapp.services import claim_lists as service

    _print(context, service.all_claims)


@lists.command("cap-ledger", help=_("En operations takräkning: allt som har krävts, återtagits och krediterats."))
@click.argument("index_ref", metavar="PRIMÄROPERATION")
@options.output_format
@click.pass_obj
def cap_ledger(context: Context, *, index_ref: str) -> None:
    """Print the ledger of an operation's cap."""
    from kvalitetsapp.services import claim_lists as service

    _print(context, lambda workspace: service.cap_ledger(workspace, index_ref))


@lists.command("claimed-without-review", help=_("Utställda krav som ingen signerad granskning står bakom."))
@options.output_format
@click.pass_obj
def claimed_without_review(context: Context) -> None:
    """Print what was issued without a signed review."""
    from kvalitetsapp.services import claim_lists as service

    _print(context, service.without_review)


@lists.command("past-deadline", help=_("Vad som inte krävdes i tid, och varför."))
@options.output_format
@click.pass_obj
def past_deadline(context: Context) -> None:
    """Print what passed its last day."""
    from kvalitetsapp.services import claim_lists as service

    _print(context, service.past_deadline)


@lists.command("claim-corrections", help=_("Utställda krav som händelserna inte längre ger stöd för."))
@options.output_format
@click.pass_obj
def claim_corrections(context: Context) -> None:
    """Print what is to be corrected of issued claims."""
    from kvalitetsapp.services import claim_lists as service

    _print(context, service.corrections)


def _print(context: Context, listed: Callable[[Workspace], Table]) -> None:
    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(listed(workspace))


COMMANDS: tuple[click.Command, ...] = ()
"""They stand in the group `list`, which the command line has already."""
