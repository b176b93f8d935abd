"""`summary reoperations | survival | recovery` and those of costs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.context import Context, warn_if_links_are_old
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.domain.provider_comparison import USUAL_INDICATOR
from kvalitetsapp.domain.words import DAYS_TWO_YEARS
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date

potential_links = click.option("--potential", is_flag=True, help=_("Räkna föreslagna kopplingar som bekräftade."))


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
@potential_links
@options.output_format
@click.pass_obj
def recovery(context: Context, *, by: tuple[str, ...], potential: bool) -> None:
    """Print recovery by group."""
    from kvalitetsapp.services import summaries

    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(summaries.recovery(workspace, by=by, potential=potential))


@summary.command("complication-cost", help=_("Vad ett ärende kostar, mot pris och tak (regel R14)."))
@click.option("--by", type=options.Words(), help=_("Uppdelning. Utan: alla ärenden i en rad."))
@potential_links
@options.output_format
@click.pass_obj
def complication_cost(context: Context, *, by: tuple[str, ...] | None, potential: bool) -> None:
    """Print what cases cost by group."""
    from kvalitetsapp.services import summaries

    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(summaries.complication_cost(workspace, by=by or (), potential=potential))


@summary.command("expected-cost", help=_("Vad en operation kostar med sina komplikationer (regel R9 och R14)."))
@options.by("provider")
@click.option("--within", type=options.NumberOfDays(), default=DAYS_TWO_YEARS, show_default=True, help=_("Dagar."))
@options.as_of
@potential_links
@options.output_format
@click.pass_obj
def expected_cost(context: Context, *, by: tuple[str, ...], within: int, as_of: date | None, potential: bool) -> None:
    """Print the expected cost of an operation by group."""
    from kvalitetsapp.services import summaries

    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        found = summaries.expected_cost(workspace, by=by, within=within, as_of=as_of, potential=potential)
        context.print_table(found)


@summary.command("comparison", help=_("Vårdgivare bredvid varandra för en led, i ordning efter volym."))
@click.option("--joint", type=options.FamilyName(), required=True, help=_("Leden."))
@click.option("--indicator", default=USUAL_INDICATOR, show_default=True, metavar="ID", help=_("Utfallet."))
@options.as_of
@options.output_format
@click.pass_obj
def comparison(context: Context, *, joint: str, indicator: str, as_of: date | None) -> None:
    """Print the providers of a joint beside each other."""
    from kvalitetsapp.services import families, provider_comparison

    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        families.check_followed(workspace, joint)
        context.print_table(provider_comparison.summary(workspace, joint=joint, indicator_id=indicator, as_of=as_of))


@summary.command("before-after", help=_("Vad vården kostade före och efter ett datum."))
@click.option("--days", type=options.NumberOfDays(), required=True, help=_("Dagar före och efter."))
@click.option(
    "--cohort",
    "kind",
    type=click.Choice(["operations", "events"]),
    default="operations",
    help=_("Vems vård, och från när."),
)
@click.option("--file", "file", type=click.Path(path_type=Path), metavar="FIL", help=_("Fil med personer och datum."))
@click.option("--provider", metavar="ID", help=_("Bara operationer hos vårdgivaren."))
@click.option("--joint", type=options.FamilyName(), default=None, help=_("Bara leden."))
@click.option("--year", type=options.ListedNumber(), help=_("Bara index det året."))
@click.option("--without-index", is_flag=True, help=_("Räkna inte vårdkontakten på indexdagen."))
@potential_links
@options.output_format
@click.pass_obj
def before_after(context: Context, /, *, days: int, without_index: bool, **cohort: Any) -> None:  # noqa: ANN401 - as click gives them
    """Print what the care of a cohort cost before and after its index dates; other options tell the cohort."""
    from kvalitetsapp.services import before_after as service
    from kvalitetsapp.services import families

    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        families.check_followed(workspace, cohort["joint"])
        found = service.before_after(workspace, service.Cohort(**cohort), days=days, with_index=not without_index)
        context.print_table(found)


@summary.command("what-if", help=_("Vad andra villkor hade gett (regel R12–R15)."))
@click.option("--cap", type=options.Words(), help=_("Tak i kronor, eller none för inget tak. Flera ställs bredvid."))
@click.option("--cap-scope", type=click.Choice(["index_operation", "episode"]), default=None, help=_("Taket gäller."))
@click.option("--deductible", metavar="KRONOR", help=_("Självrisk i kronor."))
@click.option("--window", type=options.Days(), help=_("Garantins dagar. Flera ställs bredvid."))
@click.option("--infection-days", type=options.NumberOfDays(), help=_("Dagar för infektion som började i garantin."))
@click.option("--cost-basis", type=options.Words(), help=_("Kostnadsgrunder i ordning."))
@click.option("--agreement", type=options.Words(), help=_("Bara dessa avtal ändras."))
@options.output_format
@click.pass_obj
def what_if(context: Context, /, *, agreement: tuple[str, ...] | None, **changes: Any) -> None:  # noqa: ANN401 - as above
    """Print what can be recovered by other terms, side by side."""
    from kvalitetsapp.services import what_if as service

    scenarios = service.scenarios(**changes)
    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(service.what_if(workspace, scenarios, agreement_ids=agreement or ()))


COMMANDS = (summary,)
