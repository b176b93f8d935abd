"""`statistics funnel | survival | interval | detectable`: any table, or any two numbers, no store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.cli.context import Context


@click.group("statistics", cls=SwedishGroup, help=_("Räkna på en egen tabell."))
def statistics() -> None:
    """Gather the statistics."""


@statistics.command("funnel", help=_("Trattdiagrammets gränser för en tabell med unit; events; n."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FIL")
@click.option(
    "--target", type=float, metavar="ANDEL", help=_("Målet som andel (annars alla enheters sammanlagda andel).")
)
@options.output_format
@click.pass_obj
def funnel(context: Context, *, file: Path, target: float | None) -> None:
    """Print every unit against its limits."""
    from kvalitetsapp.services import statistics as services

    context.print_table(services.funnel(file, target=target))


@statistics.command(
    "survival", help=_("1 − Kaplan–Meier och kumulativ incidens för en tabell med group; time; status.")
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FIL")
@click.option("--at", type=options.Days(), required=True, help=_("Tidpunkter, t.ex. 365,730."))
@options.output_format
@click.pass_obj
def survival(context: Context, *, file: Path, at: tuple[int, ...]) -> None:
    """Print every group's curves at the given times."""
    from kvalitetsapp.services import statistics as services

    context.print_table(services.survival(file, at=at))


@statistics.command("interval", help=_("95-procentiga intervall för en andel, med tre metoder."))
@click.option("--events", type=options.Count(), required=True, help=_("Antal händelser."))
@click.option("--n", type=options.Count(), required=True, help=_("Antal operationer."))
@options.output_format
@click.pass_obj
def interval(context: Context, *, events: int, n: int) -> None:
    """Print the intervals of a share."""
    from kvalitetsapp.services import statistics as services

    context.print_table(services.interval(events=events, n=n))


@statistics.command("detectable", help=_("Vad ett antal operationer kan visa, och hur många som krävs."))
@click.option("--n", type=options.Count(), required=True, help=_("Antal operationer."))
@click.option("--target", type=float, required=True, metavar="ANDEL", help=_("Jämförelsen som andel."))
@options.output_format
@click.pass_obj
def detectable(context: Context, *, n: int, target: float) -> None:
    """Print what so many operations can show."""
    from kvalitetsapp.services import statistics as services

    context.print_table(services.detectable(n=n, target=target))


COMMANDS = (statistics,)
