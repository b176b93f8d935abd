"""`review rounds | cases | new | close | discard | compare | agreement | protocol`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.context import warn_if_links_are_old
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.cli.context import Context
    from kvalitetsapp.domain.review_round import Round, RoundDefinition

WAYS = ("cases", "counts", "agreement")


@click.group("review", cls=SwedishGroup, help=_("Granskningsomgångar."))
def review() -> None:
    """Gather the commands about review rounds."""


@review.command("rounds", help=_("Omgångarna och hur långt de har kommit, den senaste först."))
@click.option("--reviewers", is_flag=True, help=_("Visa i stället vem som har svarat och hur lång tid det tog."))
@options.output_format
@click.pass_obj
def rounds(context: Context, *, reviewers: bool) -> None:
    """Print every round with its progress, or who did what."""
    from kvalitetsapp.domain.round_tables import reviewers_table, rounds_table
    from kvalitetsapp.services import round_definitions, round_overview

    with context.open(write=False) as workspace:
        found = round_overview.rounds(workspace)
        text = round_definitions.text
        table = reviewers_table(found) if reviewers else rounds_table(found, lambda one: text(workspace, one))
        context.print_table(table)


@review.command("cases", help=_("Händelserna i en omgång. Omgången anges med namn eller nummer."))
@click.argument("name", metavar="OMGÅNG")
@options.output_format
@click.pass_obj
def cases(context: Context, *, name: str) -> None:
    """Print the cases of a round."""
    from kvalitetsapp.domain.round_tables import cases_table
    from kvalitetsapp.services import review_rounds, round_overview

    with context.open(write=False) as workspace:
        found = review_rounds.named(workspace, name)
        context.print_table(cases_table(round_overview.cases(workspace, found.round_id)))


@review.command("new", help=_("Frys en ny omgång. Skriver vad den innehåller."))
@click.argument("name", metavar="NAMN")
@click.option("--from", "event_from", type=options.IsoDate(), required=True, help=_("Första händelsedagen."))
@click.option("--to", "event_to", type=options.IsoDate(), required=True, help=_("Sista händelsedagen."))
@click.option("--joint", "joints", type=options.Words(), help=_("Leder."))
@click.option("--class", "complication_classes", type=options.Words(), help=_("Komplikationer."))
@click.option("--provider", "index_providers", type=options.Words(), help=_("Vårdgivare som har opererat."))
@click.option("--all-care", is_flag=True, help=_("Också händelser som vårdats hos andra."))
@click.option("--all-levels", is_flag=True, help=_("Också händelser utan kirurgi."))
@click.option("--purchased", is_flag=True, help=_("Bara efter köpt vård eller utan känd operation."))
@click.option("--two-reviewers", is_flag=True, help=_("Två granskare svarar var för sig."))
@click.option("--require", "required", type=options.Words(), help=_("Frågor som måste besvaras."))
@click.option("--repeats", type=str, metavar="OMGÅNG", help=_("Upprepa en tidigare omgång."))
@click.option("--dry-run", is_flag=True, help=_("Pröva bara; ändra inget."))
@options.output_format
@click.pass_obj
def new(
    context: Context,
    /,
    *,
    name: str,
    event_from: date,
    event_to: date,
    repeats: str | None,
    dry_run: bool,
    **given: object,
) -> None:
    """Print what a round holds, and freeze it unless it is only to be tried."""
    from kvalitetsapp.domain.round_tables import preview_table
    from kvalitetsapp.services import review_rounds, round_definitions

    with context.open(write=not dry_run) as workspace:
        warn_if_links_are_old(workspace)
        repeated = None if repeats is None else review_rounds.named(workspace, repeats)
        definition = _definition(repeated, event_from, event_to, given)
        previous = None if repeated is None else repeated.round_id
        preview = review_rounds.preview(workspace, definition, previous=previous)
        done = None if dry_run else review_rounds.create(workspace, name, definition, previous=previous)
        context.print_table(preview_table(preview, round_definitions.provider_names(workspace)))
        click.echo(f"{round_definitions.text(workspace, definition)}.", err=True)
    click.echo(_("Inget har ändrats; så här hade det blivit.") if done is None else f"{done.said}.", err=True)


@review.command("close", help=_("Stäng en omgång för gott. Skriver vilka händelser som blev utan beslut."))
@click.argument("name", metavar="OMGÅNG")
@click.option("--leave-open", is_flag=True, help=_("Stäng fast alla händelser inte är klara."))
@options.output_format
@click.pass_obj
def close(context: Context, *, name: str, leave_open: bool) -> None:
    """Close a round and print the cases that were left."""
    from kvalitetsapp.domain.round_progress import LEFT
    from kvalitetsapp.domain.round_tables import cases_table
    from kvalitetsapp.services import review_rounds, round_overview

    with context.open(write=True) as workspace:
        found = review_rounds.named(workspace, name)
        done = review_rounds.close(workspace, found.round_id, leave_open=leave_open)
        left = [one for one in round_overview.cases(workspace, found.round_id) if one.state in LEFT]
    context.print_table(cases_table(left))
    click.echo(f"{done.said}.", err=True)


@review.command("discard", help=_("Ta bort en omgång som ingen har svarat i."))
@click.argument("name", metavar="OMGÅNG")
@click.pass_obj
def discard(context: Context, *, name: str) -> None:
    """Take away a round that was never answered."""
    from kvalitetsapp.services import review_rounds

    with context.open(write=True) as workspace:
        done = review_rounds.discard(workspace, review_rounds.named(workspace, name).round_id)
    click.echo(f"{done.said}.", err=True)


@review.command("compare", help=_("Två omgångar bredvid varandra."))
@click.argument("earlier", metavar="TIDIGARE")
@click.argument("later", metavar="SENARE")
@click.option("--by", type=click.Choice(WAYS), default="cases", show_default=True, help=_("Vad som skrivs ut."))
@options.output_format
@click.pass_obj
def compare(context: Context, *, earlier: str, later: str, by: str) -> None:
    """Print what two rounds say of every event, their answers counted, or how they agree."""
    from kvalitetsapp.domain import round_tables
    from kvalitetsapp.services import review_rounds, round_comparison

    tables = (round_tables.comparison_table, round_tables.counts_table, round_tables.agreement_table)
    with context.open(write=False) as workspace:
        numbers = [review_rounds.named(workspace, name).round_id for name in (earlier, later)]
        found = round_comparison.compare(workspace, *numbers)
        context.print_table(dict(zip(WAYS, tables, strict=True))[by](found))


@review.command("agreement", help=_("Hur väl två granskare är överens, fråga för fråga."))
@click.argument("name", metavar="OMGÅNG")
@options.output_format
@click.pass_obj
def agreement(context: Context, *, name: str) -> None:
    """Print the agreement between two reviewers' first answers."""
    from kvalitetsapp.domain.round_tables import kappa_table
    from kvalitetsapp.services import review_rounds, reviewer_agreement

    with context.open(write=False) as workspace:
        found = review_rounds.named(workspace, name)
        context.print_table(kappa_table(reviewer_agreement.agreement(workspace, found.round_id)))
    if not found.is_blinded:
        click.echo(_("Varje händelse i ”{name}” granskas av en person.").format(name=found.name), err=True)


@review.command("protocol", help=_("Skriv omgångens protokoll som PDF, och om så önskas som Excel-fil."))
@click.argument("name", metavar="OMGÅNG")
@options.pdf_out
@click.option("--workbook", type=click.Path(path_type=Path), metavar="FIL", help=_("Excel-fil som också ska skrivas."))
@options.hide_small
@click.pass_obj
def protocol(context: Context, *, name: str, out: Path, workbook: Path | None, hide_small: bool) -> None:
    """Write the protocol of a round."""
    from kvalitetsapp.services import review_protocols, review_rounds

    if workbook is not None and workbook.absolute() == out.absolute():
        raise InputError(_("PDF-filen och Excel-filen ska ha olika namn."))
    mode = options.treatment(hide_small=hide_small)
    with context.open(write=True) as workspace:
        round_id, progress = review_rounds.named(workspace, name).round_id, context.progress()
        review_protocols.protocol_pdf(workspace, round_id, out, small_numbers=mode, progress=progress)
        if workbook is not None:
            review_protocols.protocol_workbook(
                workspace,
                round_id,
                workbook,
                small_numbers=mode,
                progress=progress,
            )
    for path in filter(None, (out, workbook)):
        click.echo(_("Skrev {path}.").format(path=path), err=True)


def _definition(repeated: Round | None, event_from: date, event_to: date, given: dict[str, object]) -> RoundDefinition:
    """Return a definition as it was given; what was not is as in the round to repeat."""
    from kvalitetsapp.domain.review_round import RoundDefinition

    base = RoundDefinition(event_from, event_to) if repeated is None else repeated.definition
    flags: dict[str, dict[str, Any]] = {
        "all_care": {"own_care": False},
        "all_levels": {"surgery_levels": ()},
        "purchased": {"purchased": True},
        "two_reviewers": {"reviewers_per_case": 2},
    }
    told: dict[str, Any] = {name: value for name, value in given.items() if name not in flags and value is not None}
    for flag, meaning in flags.items():
        told |= meaning if given[flag] else {}
    return replace(base, event_from=event_from, event_to=event_to, **told)


COMMANDS = (review,)
