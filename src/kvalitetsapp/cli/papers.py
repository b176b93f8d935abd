"""`need list | show`, `meeting list | show | pdf`, `paper due`: working papers around the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kvalitetsapp.cli.context import Context

_paper = click.argument("number", type=options.ListedNumber(), metavar="NR")


@click.group("need", cls=SwedishGroup, help=_("Behov av data, på väg att bli indikatorer."))
def need() -> None:
    """Gather the commands on needs."""


@need.command("list", help=_("Alla behov med läge, ansvarig och nästa uppföljning."))
@options.output_format
@click.pass_obj
def list_needs(context: Context) -> None:
    """Print every need."""
    from kvalitetsapp.services import need_papers

    with context.open(write=False) as workspace:
        context.print_table(need_papers.listed(workspace))


@need.command("show", help=_("Ett behov med alla svar, recept, levererade siffror och genomgång."))
@_paper
@options.output_format
@click.pass_obj
def show_need(context: Context, *, number: int) -> None:
    """Print all that is known of a need."""
    from kvalitetsapp.services import need_papers

    with context.open(write=False) as workspace:
        context.print_table(need_papers.shown(workspace, number))


@click.group("meeting", cls=SwedishGroup, help=_("Avstämningar och deras protokoll."))
def meeting() -> None:
    """Gather the commands on follow-up meetings."""


@meeting.command("list", help=_("Alla avstämningar, den senaste först."))
@options.output_format
@click.pass_obj
def list_meetings(context: Context) -> None:
    """Print every meeting."""
    from kvalitetsapp.services import meeting_papers

    with context.open(write=False) as workspace:
        context.print_table(meeting_papers.listed(workspace))


@meeting.command("show", help=_("En avstämning med dagens siffror bredvid dem från den dagen."))
@_paper
@options.output_format
@click.pass_obj
def show_meeting(context: Context, *, number: int) -> None:
    """Print all that is known of a meeting."""
    from kvalitetsapp.services import meeting_papers

    with context.open(write=False) as workspace:
        context.print_table(meeting_papers.shown(workspace, number))


@meeting.command("pdf", help=_("Protokollet från en avstämning som PDF."))
@_paper
@options.pdf_out
@options.may_leave
@click.pass_obj
def print_meeting(context: Context, /, *, number: int, out: Path, **leaving: Any) -> None:  # noqa: ANN401 - as click gives them
    """Write the minutes of a meeting; the other options tell how they may leave the department."""
    from kvalitetsapp.services import minutes

    mode, to = options.leaving(**leaving)
    with context.open(write=True) as workspace:
        minutes.write(workspace, number, out, small_numbers=mode, receiver=to)
    click.echo(_("Protokollet är skrivet: {file}").format(file=out.name), err=True)


@click.group("paper", cls=SwedishGroup, help=_("Arbetspapper av alla slag."))
def paper() -> None:
    """Gather the commands on all kinds of papers."""


@paper.command("due", help=_("Arbetspapper vars uppföljning har förfallit."))
@click.option("--until", type=options.IsoDate(), help=_("Till och med dagen (annars i dag)."))
@options.output_format
@click.pass_obj
def list_due(context: Context, *, until: date | None) -> None:
    """Print what is to be followed up."""
    from kvalitetsapp.services import papers

    with context.open(write=False) as workspace:
        context.print_table(papers.due_listed(workspace, until))


COMMANDS = (need, meeting, paper)
