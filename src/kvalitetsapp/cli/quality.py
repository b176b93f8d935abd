"""`quality summary | rows | coverage`."""

from __future__ import annotations

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.context import Context, warn_if_links_are_old
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.texts import _

KINDS = ("all", "inpatient", "outpatient", "operations")


@click.group("quality", cls=SwedishGroup, help=_("Skriv ut datakvalitet."))
def quality() -> None:
    """Gather the tables about data quality."""


@quality.command("summary", help=_("Reglerna och hur många rader de pekar ut."))
@options.output_format
@click.pass_obj
def summary(context: Context) -> None:
    """Print every rule with its counts."""
    from kvalitetsapp.domain.quality import summary_table
    from kvalitetsapp.services import data_quality

    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(summary_table(data_quality.overview(workspace, context.progress())))


@quality.command("rows", help=_("Raderna bakom en regel och vad som är beslutat om dem."))
@click.argument("rule", metavar="REGEL")
@options.identified
@options.output_format
@click.pass_obj
def rows(context: Context, *, rule: str, identified: bool) -> None:
    """Print the rows behind a rule."""
    from kvalitetsapp.services import data_quality

    with context.open(write=identified) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(data_quality.rows(workspace, rule, identified=identified).table)


@quality.command("coverage", help=_("Vårdkontakter per vårdgivare och månad, och vilka månader som är tysta."))
@click.option("--contacts", type=click.Choice(KINDS), default="all", show_default=True, help=_("Vad som räknas."))
@options.output_format
@click.pass_obj
def coverage(context: Context, *, contacts: str) -> None:
    """Print deliveries by provider and month."""
    from kvalitetsapp.domain.quality import coverage_table
    from kvalitetsapp.services import data_quality

    with context.open(write=False) as workspace:
        context.print_table(coverage_table(data_quality.coverage(workspace, contacts)))


COMMANDS = (quality,)
