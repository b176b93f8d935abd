"""`question list | ask | answer | deadline | close | withdraw`: a shell keeps arguments, so texts come from files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.context import warn_if_links_are_old
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.cli.text_files import FILE, text_of
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kvalitetsapp.cli.context import Context

_NUMBER = click.argument("number", type=options.ListedNumber(), metavar="NR")


@click.group("question", cls=SwedishGroup, help=_("Frågor till vårdgivare om enskilda händelser."))
def question() -> None:
    """Gather the commands about questions."""


@question.command("list", help=_("Alla frågor, de sena först."))
@options.output_format
@click.pass_obj
def list_questions(context: Context) -> None:
    """Print every question."""
    from kvalitetsapp.services import provider_questions

    with context.open(write=False) as workspace:
        context.print_table(provider_questions.all_questions(workspace))


@question.command("ask", help=_("Spara en fråga som har skickats, och anteckna utlämnandet."))
@click.argument("event_ref", metavar="HÄNDELSE")
@click.option("--joint", type=options.FamilyName(), help=_("Händelsens led."))
@click.option("--side", type=click.Choice(["right", "left", "unknown"]), help=_("Händelsens sida."))
@click.option("--wording-file", required=True, type=FILE, metavar="FIL", help=_("Fil med frågan; - är standard in."))
@click.option("--channel", required=True, metavar="SÄTT", help=_("Hur frågan skickades."))
@click.option("--deadline", type=options.IsoDate(), help=_("Svar senast."))
@click.option("--ground", required=True, metavar="GRUND", help=_("Grund för utlämnandet: en kod eller egna ord."))
@click.option("--receiver", default="", metavar="MOTTAGARE", help=_("Vem som fick frågan (annars vårdgivaren)."))
@click.option(
    "--disclosed-file", type=FILE, metavar="FIL", help=_("Fil med vad som lämnades ut, om det är mer än frågan.")
)
@click.pass_obj
def ask(
    context: Context,
    /,
    *,
    event_ref: str,
    joint: str | None,
    side: str | None,
    wording_file: Path,
    disclosed_file: Path | None,
    deadline: date | None,
    **sent: str,
) -> None:
    """Keep a question about an event; `sent` is its channel, ground and receiver."""
    from kvalitetsapp.services import provider_questions

    wording, disclosed = text_of(wording_file), text_of(disclosed_file)
    with context.open(write=True) as workspace:
        warn_if_links_are_old(workspace)
        key = provider_questions.event_key(workspace, event_ref, joint, side)
        done = provider_questions.ask(workspace, key, wording=wording, disclosed=disclosed, deadline=deadline, **sent)
    click.echo(done.said, err=True)


@question.command("answer", help=_("Spara eller rätta svaret på en fråga."))
@_NUMBER
@click.option("--on", "answered_on", required=True, type=options.IsoDate(), help=_("Dagen då svaret kom."))
@click.option("--answer-file", required=True, type=FILE, metavar="FIL", help=_("Fil med svaret; - är standard in."))
@click.option("--comment-file", type=FILE, metavar="FIL", help=_("Fil med kommentaren som skrivs i rapporten."))
@click.pass_obj
def answer(context: Context, *, number: int, answered_on: date, answer_file: Path, comment_file: Path | None) -> None:
    """Keep the answer to a question."""
    from kvalitetsapp.services import provider_questions

    told, comment = text_of(answer_file), text_of(comment_file)
    with context.open(write=True) as workspace:
        done = provider_questions.record_answer(workspace, number, answered_on, told, comment)
    click.echo(done.said, err=True)


@question.command("deadline", help=_("Ge en fråga en ny svarsdag, eller ingen."))
@_NUMBER
@click.option("--deadline", type=options.IsoDate(), help=_("Svar senast (annars ingen svarsdag)."))
@click.pass_obj
def deadline(context: Context, *, number: int, deadline: date | None) -> None:
    """Give a question another deadline."""
    from kvalitetsapp.services import provider_questions

    with context.open(write=True) as workspace:
        done = provider_questions.change_deadline(workspace, number, deadline)
    click.echo(done.said, err=True)


@question.command("close", help=_("Avsluta en fråga, besvarad eller inte."))
@_NUMBER
@click.pass_obj
def close(context: Context, *, number: int) -> None:
    """Say that no more is expected of a question."""
    from kvalitetsapp.services import provider_questions

    with context.open(write=True) as workspace:
        done = provider_questions.close(workspace, number)
    click.echo(done.said, err=True)


@question.command("withdraw", help=_("Ta tillbaka en fråga som inte är besvarad."))
@_NUMBER
@click.pass_obj
def withdraw(context: Context, *, number: int) -> None:
    """Take a question back."""
    from kvalitetsapp.services import provider_questions

    with context.open(write=True) as workspace:
        done = provider_questions.withdraw(workspace, number)
    click.echo(done.said, err=True)


COMMANDS = (question,)
