"""`summary equity`, and `equity list | show | profile`: groups of people, working papers, women and men."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.context import Context, warn_if_links_are_old
from kvalitetsapp.cli.summaries import summary
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.domain import equity_paper_words, equity_tables, equity_words
from kvalitetsapp.domain.chart_tables import table_of
from kvalitetsapp.domain.equity import Comparison
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

_joint: Final = click.option("--joint", type=options.FamilyName(), default=None, help=_("Bara leden."))
_provider: Final = click.option("--provider", default="", metavar="ID", help=_("Bara operationer hos vårdgivaren."))


@click.group("equity", cls=SwedishGroup, help=_("Jämlik vård: arbetspapper och profildiagram."))
def equity() -> None:
    """Gather what is about equal care."""


@summary.command("equity", help=_("En indikator efter grupper av personer, med skillnader, kvoter och intervall."))
@click.argument("indicator_id", metavar="INDIKATOR")
@click.option(
    "--by", type=options.Words(), required=True, help=_("Vad som jämförs; det som följer är inom vad det jämförs.")
)
@click.option("--reference", default="", metavar="GRUPP", help=_("Jämförelsegruppen (annars den största)."))
@click.option("--standardised", is_flag=True, help=_("Åldersstandardisera mot den europeiska befolkningen 2013."))
@_joint
@_provider
@options.as_of
@click.option(
    "--xlsx", "workbook", type=click.Path(path_type=Path), metavar="FIL", help=_("Skriv också en Excel-fil.")
)
@options.output_format
@click.pass_obj
def groups(
    context: Context,
    /,
    *,
    indicator_id: str,
    by: tuple[str, ...],
    reference: str,
    standardised: bool,
    workbook: Path | None,
    **scope: Any,  # noqa: ANN401 - as click gives them
) -> None:
    """Print an indicator by groups of people; what came out and what weakens it is told beside the table."""
    from kvalitetsapp.services import chart_files, equity_papers

    with context.open(write=workbook is not None) as workspace:
        warn_if_links_are_old(workspace)
        asked = Comparison(indicator_id, _scope(**scope), by, reference, standardised)
        seen = equity_papers.seen(workspace, asked)
        found = seen.figures
        context.print_table(equity_tables.equity_table(found))
        if workbook is not None:
            chart_files.save_table(workspace, equity_tables.equity_table(found), workbook, title=found.indicator.name)
    headline = equity_words.headline(found, processed=seen.is_processed)
    for text in filter(None, (headline, *equity_words.finding_texts(found))):
        click.echo(text, err=True)


@equity.command("list", help=_("Arbetspapper om jämlik vård, med steg, ansvarig och uppföljning."))
@options.output_format
@click.pass_obj
def listed(context: Context) -> None:
    """Print the working papers."""
    from kvalitetsapp.services import equity_papers

    with context.open(write=False) as workspace:
        context.print_table(equity_papers.listed(workspace))


@equity.command("show", help=_("Ett arbetspapper: vad som är skrivet i de fem stegen."))
@click.argument("paper", type=options.ListedNumber(), metavar="NR")
@options.output_format
@click.pass_obj
def show(context: Context, *, paper: int) -> None:
    """Print a working paper, step by step."""
    from kvalitetsapp.services import equity_papers

    with context.open(write=False) as workspace:
        seen = equity_papers.one(workspace, paper)
        context.print_table(equity_paper_words.told_table(seen.paper, seen.work))


@equity.command("profile", help=_("Profildiagrammet: hur kvinnor och män ligger mot riket, mått för mått."))
@_joint
@_provider
@options.as_of
@options.output_format
@click.pass_obj
def profile(context: Context, /, **scope: Any) -> None:  # noqa: ANN401 - as click gives them
    """Print how far women and men lie from the nation; what is left out is told beside the table."""
    from kvalitetsapp.services import equity_profile

    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        found = equity_profile.profile(workspace, _scope(**scope), context.progress())
        if found.chart is not None:
            context.print_table(table_of(found.chart))
    for text in equity_words.left_out(found.no_direction, found.no_data):
        click.echo(text, err=True)


def _scope(*, joint: str | None, provider: str, as_of: date | None) -> OutcomeScope:
    return OutcomeScope(joint=joint or "", provider_id=provider, as_of=as_of)


COMMANDS = (equity,)
