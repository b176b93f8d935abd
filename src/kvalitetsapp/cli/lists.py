"""Listings: operations, links and changes in them, claims, costs, missed events, follow-ups, disclosures."""

from __future__ import annotations

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.context import Context, warn_if_links_are_old
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.domain.missed_event import CODE_DAYS, SURGERY_DAYS
from kvalitetsapp.texts import _


@click.group("list", cls=SwedishGroup, help=_("Skriv ut listor."))
def lists() -> None:
    """Gather the lists."""


@lists.command("index-operations", help=_("Primäroperationer och det avtal som gäller för dem."))
@options.identified
@options.output_format
@click.pass_obj
def index_operations(context: Context, *, identified: bool) -> None:
    """Print every index operation."""
    from kvalitetsapp.services import listings

    with context.open(write=identified) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(listings.index_operations(workspace, identified=identified))


@lists.command("links", help=_("Komplikationer och de operationer de är kopplade till."))
@options.identified
@options.output_format
@click.pass_obj
def links(context: Context, *, identified: bool) -> None:
    """Print every link."""
    from kvalitetsapp.services import listings

    with context.open(write=identified) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(listings.links(workspace, identified=identified))


@lists.command("link-changes", help=_("Vad den senaste kopplingen som ändrade något ändrade."))
@options.output_format
@click.pass_obj
def link_changes(context: Context) -> None:
    """Print the events that the latest link run changed."""
    from kvalitetsapp.services import link_changes as service

    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(service.as_table(workspace))


@lists.command("claims-basis", help=_("Vad som kan krävas för varje händelse, och varför inte mer."))
@click.option("--potential", is_flag=True, help=_("Räkna föreslagna kopplingar som bekräftade."))
@options.identified
@options.output_format
@click.pass_obj
def claims_basis(context: Context, *, potential: bool, identified: bool) -> None:
    """Print what can be claimed for every event."""
    from kvalitetsapp.services import listings

    with context.open(write=identified) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(listings.claims_basis(workspace, potential=potential, identified=identified))


@lists.command("missing-costs", help=_("Täckta händelser utan kostnad, och varför den saknas."))
@click.option("--potential", is_flag=True, help=_("Räkna föreslagna kopplingar som bekräftade."))
@options.output_format
@click.pass_obj
def missing_costs(context: Context, *, potential: bool) -> None:
    """Print the covered events that have no cost."""
    from kvalitetsapp.services import event_costs as service

    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(service.listed_missing(workspace, potential=potential))


@lists.command("missed-events", help=_("Köpta operationer där senare vård pekar på skada som ingen har granskat."))
@click.option(
    "--days",
    type=options.NumberOfDays(),
    default=CODE_DAYS,
    show_default=True,
    help=_("Hur länge efter operationen koderna räknas."),
)
@click.option(
    "--surgery-days",
    type=options.NumberOfDays(),
    default=SURGERY_DAYS,
    show_default=True,
    help=_("Hur länge kirurgi i egen regi räknas."),
)
@options.output_format
@click.pass_obj
def missed_events(context: Context, *, days: int, surgery_days: int) -> None:
    """Print what points to harm and has not been judged."""
    from kvalitetsapp.services import missed_events as service

    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(service.listed(workspace, days, surgery_days))


@lists.command("follow-ups", help=_("Uppföljande kontakter som granskare har tagit med i ärenden."))
@options.output_format
@click.pass_obj
def follow_ups(context: Context) -> None:
    """Print the follow-up contacts that were taken into cases."""
    from kvalitetsapp.services import follow_ups as service

    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(service.listed(workspace))


@lists.command("bases", help=_("Fakturaunderlag och kreditunderlag, i den ordning de ställdes ut."))
@options.output_format
@click.pass_obj
def bases(context: Context) -> None:
    """Print every document."""
    from kvalitetsapp.services import bases as service

    with context.open(write=False) as workspace:
        context.print_table(service.listed(workspace))


@lists.command("disclosures", help=_("Vad som har lämnats ut, till vem, när och på vilken grund."))
@options.output_format
@click.pass_obj
def disclosures(context: Context) -> None:
    """Print every disclosure."""
    from kvalitetsapp.services import provider_questions

    with context.open(write=False) as workspace:
        context.print_table(provider_questions.disclosures(workspace))


COMMANDS = (lists,)
