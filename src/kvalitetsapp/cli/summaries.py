"""`summary reoperations | survival | recovery`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.context import Context, warn_if_links_are_old
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.domain.words import DAYS_TWO_YEARS
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date


@click.group("summary", cls=SwedishGroup, help=_("Skriv ut sammanställningar."))
def summary() -> None:
    """Gather the summaries."""


@summary.command("reoperations", help=_("Reoperationer inom ett antal dagar (regel R9 och R10)."))
@options.by("provider,joint")
@click.option("--within", type=options.NumberOfDays(), default=DAYS_TWO_YEARS, show_default=True, help=_("Dagar."))
@options.as_of
@options.output_format
@click.pass_obj
def reoperations(context: Context, *, by: tuple[str, ...], within: int, as_of: date | None) -> None:
    """Print reoperations by group."""
    from kvalitetsapp.services import summaries

    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(summaries.reoperations(workspace, by=by, within=within, as_of=as_of))


@summary.command("survival", help=_("Tid till första revision eller reoperation (regel R11)."))
@options.by("provider,joint")
@click.option("--at", type=options.Days(), required=True, help=_("Dagar efter operationen, t.ex. 365,730."))
@click.option("--event", type=click.Choice(["revision", "reoperation"]), default="revision", help=_("Vad som räknas."))
@options.as_of
@options.output_format
@click.pass_obj
def survival(context: Context, *, by: tuple[str, ...], at: tuple[int, ...], event: str, as_of: date | None) -> None:
    """Print survival by group."""
    from kvalitetsapp.services import summaries

    counted = cast("Literal['revision', 'reoperation']", event)
    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(summaries.survival(workspace, by=by, at=at, event=counted, as_of=as_of))


@summary.command("recovery", help=_("Vad som kan krävas och vad som har krävts (regel R12–R15)."))
@options.by("provider")
@click.option("--potential", is_flag=True, help=_("Räkna föreslagna kopplingar som bekräftade."))
@options.output_format
@click.pass_obj
def recovery(context: Context, *, by: tuple[str, ...], potential: bool) -> None:
    """Print recovery by group."""
    from kvalitetsapp.services import summaries

    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(summaries.recovery(workspace, by=by, potential=potential))


COMMANDS = (summary,)
