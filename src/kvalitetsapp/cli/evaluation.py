"""`evaluate links`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli import options, rejects
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.errors import ExitStatus
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.cli.context import Context


@click.group("evaluate", cls=SwedishGroup, help=_("Mät hur väl reglerna stämmer med ett facit."))
def evaluate() -> None:
    """Gather the evaluations."""


@evaluate.command("links", help=_("Precision och täckning för händelser och automatiska kopplingar."))
@click.option(
    "--truth",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FIL",
    help=_("Facit: en fil med granskningsbeslut. Den läses inte in."),
)
@click.option(
    "--profile",
    metavar="FIL",
    help=_("Mappningsprofil för filer i annan form: en TOML-fil, eller namnet på en känd profil."),
)
@options.output_format
@click.pass_obj
def links(context: Context, *, truth: Path, profile: str | None) -> int:
    """Print how well the rules agree with a truth."""
    from kvalitetsapp.services import evaluation, known_profiles

    chosen = None if profile is None else known_profiles.chosen(profile)
    with context.open(write=False) as workspace:
        found = evaluation.evaluate_links(workspace, truth, profile=chosen, progress=context.progress())
    context.print_table(found.table)
    rejects.tell(found.rejects)
    return int(ExitStatus.SOME_REJECTED if found.rejects else ExitStatus.OK)


COMMANDS = (evaluate,)
