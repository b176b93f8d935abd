"""`agenda status | quarters | show | save` and `gap list | show`: the quality agenda and the gap analyses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.context import warn_if_links_are_old
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.cli.context import Context


@click.group("agenda", cls=SwedishGroup, help=_("Kvalitetsagendan: mål, läge, trend och sparade kvartal."))
def agenda() -> None:
    """Gather the commands on the agenda."""


@agenda.command("status", help=_("Varje mål som det står: resultat, gräns, status, trend och kommentar."))
@options.as_of
@options.output_format
@click.pass_obj
def status(context: Context, *, as_of: date | None) -> None:
    """Print the targets."""
    from kvalitetsapp.services import agenda as services

    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(services.table(workspace, as_of))


@agenda.command("quarters", help=_("De sparade kvartalen, det senaste först, och hur målen stod i dem."))
@options.output_format
@click.pass_obj
def quarters(context: Context) -> None:
    """Print the kept quarters."""
    from kvalitetsapp.services import agenda as services

    with context.open(write=False) as workspace:
        context.print_table(services.quarters_table(workspace))


@agenda.command("show", help=_("Målen i ett sparat kvartal, som de stod när det sparades."))
@click.argument("quarter", metavar="KVARTAL")
@options.output_format
@click.pass_obj
def show(context: Context, *, quarter: str) -> None:
    """Print a kept quarter."""
    from kvalitetsapp.domain.quarter import Quarter
    from kvalitetsapp.services import agenda as services

    with context.open(write=False) as workspace:
        context.print_table(services.quarter_table(workspace, Quarter.read(quarter)))


@agenda.command("save", help=_("Spara ett kvartal: dagens siffror fryses, kommentarerna följer med från senast."))
@click.argument("quarter", metavar="KVARTAL")
@click.pass_obj
def save(context: Context, *, quarter: str) -> None:
    """Keep a quarter."""
    from kvalitetsapp.domain.quarter import Quarter
    from kvalitetsapp.services import agenda as services

    with context.open(write=True) as workspace:
        wanted, words = Quarter.read(quarter), services.latest_words(workspace)
        versions = {one.quarter.quarter: one.paper.version for one in services.quarters(workspace)}
        done = services.save_quarter(workspace, wanted, words, based_on=versions.get(wanted))
    click.echo(done.said, err=True)


@click.group("gap", cls=SwedishGroup, help=_("Gapanalyserna, som de är sparade."))
def gap() -> None:
    """Gather the commands on gap analyses."""


@gap.command("list", help=_("Gapanalyserna med läge, ansvarig och gap, den som snarast följs upp först."))
@options.output_format
@click.pass_obj
def list_gaps(context: Context) -> None:
    """Print every analysis."""
    from kvalitetsapp.services import gaps

    with context.open(write=False) as workspace:
        context.print_table(gaps.table(workspace))


@gap.command("show", help=_("En gapanalys del för del, i den ordning som ett beslut behöver dem."))
@click.argument("paper", type=int, metavar="NUMMER")
@options.output_format
@click.pass_obj
def show_gap(context: Context, *, paper: int) -> None:
    """Print an analysis."""
    from kvalitetsapp.services import gaps

    with context.open(write=False) as workspace:
        context.print_table(gaps.told(workspace, paper))


COMMANDS = (agenda, gap)
