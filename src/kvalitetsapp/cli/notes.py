"""`note list | write | done | withdraw`: what is written down about a provider for its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.domain.released import ProviderNote
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.cli.context import Context

_provider = click.argument("provider_id", metavar="VÅRDGIVARE")
_note = click.argument("note", type=options.ListedNumber(), metavar="NR")


@click.group("note", cls=SwedishGroup, help=_("Anteckningar om en vårdgivare, till dess rapport."))
def note() -> None:
    """Gather the commands on notes."""


@note.command("list", help=_("Vårdgivarens kommentarer och överenskomna åtgärder."))
@_provider
@options.output_format
@click.pass_obj
def list_notes(context: Context, *, provider_id: str) -> None:
    """Print what stands about a provider."""
    from kvalitetsapp.services import provider_notes

    with context.open(write=False) as workspace:
        context.print_table(provider_notes.table(workspace, provider_id))


@note.command("write", help=_("Skriv en anteckning."))
@_provider
@click.argument("text", metavar="ANTECKNING")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in ProviderNote]),
    default="comment",
    help=_("Slag av anteckning."),
)
@click.option("--said-on", type=options.IsoDate(), help=_("Dagen som den gäller (annars i dag)."))
@click.option("--responsible", default="", metavar="NAMN", help=_("Vem som ansvarar för åtgärden."))
@click.option("--due", "due_on", type=options.IsoDate(), help=_("När åtgärden ska vara klar."))
@click.option("--answers", type=options.ListedNumber(), default=0, help=_("Åtgärden som uppföljningen gäller."))
@click.pass_obj
def write(
    context: Context,
    *,
    provider_id: str,
    text: str,
    kind: str,
    said_on: date | None,
    responsible: str,
    due_on: date | None,
    answers: int,
) -> None:
    """Keep a note about a provider."""
    from kvalitetsapp.domain.provider_note import NoteOnProvider
    from kvalitetsapp.services import provider_notes

    with context.open(write=True) as workspace:
        day = said_on or workspace.today
        new = NoteOnProvider(
            0, provider_id, ProviderNote(kind), text, responsible, due_on, None, answers, day, workspace.user
        )
        outcome = provider_notes.write(workspace, new)
    click.echo(outcome.said, err=True)


@note.command("done", help=_("Säg att en åtgärd är klar."))
@_note
@click.option("--on", "day", type=options.IsoDate(), help=_("Dagen (annars i dag)."))
@click.pass_obj
def done(context: Context, *, note: int, day: date | None) -> None:
    """Say that an action is done."""
    from kvalitetsapp.services import provider_notes

    with context.open(write=True) as workspace:
        outcome = provider_notes.done(workspace, note, day or workspace.today)
    click.echo(outcome.said, err=True)


@note.command("withdraw", help=_("Ta bort en anteckning ur rapporten."))
@_note
@click.pass_obj
def withdraw(context: Context, *, note: int) -> None:
    """Take a note out of the report."""
    from kvalitetsapp.services import provider_notes

    with context.open(write=True) as workspace:
        outcome = provider_notes.withdraw(workspace, note)
    click.echo(outcome.said, err=True)


COMMANDS = (note,)
