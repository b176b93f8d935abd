"""`check figures`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.cli.context import Context


@click.group("check", cls=SwedishGroup, help=_("Pröva om siffror kan stämma."))
def check() -> None:
    """Gather the checks."""


@check.command("figures", help=_("Publicerade värden: i databasen, eller i en fil som inte läses in."))
@click.argument("file", type=click.Path(path_type=Path), metavar="[FIL]", required=False)
@click.option(
    "--profile",
    metavar="FIL",
    help=_("Mappningsprofil för filer i annan form: en TOML-fil, eller namnet på en känd profil."),
)
@options.output_format
@click.pass_obj
def figures(context: Context, *, file: Path | None, profile: str | None) -> None:
    """Print every published figure and what the check says of it."""
    from kvalitetsapp.services import known_profiles, typed_figures

    if file is not None:
        chosen = None if profile is None else known_profiles.chosen(profile)
        checked = typed_figures.check_file(file, profile=chosen, progress=context.progress())
    elif profile is not None:
        raise InputError(_("En profil behöver en fil att läsa. Ange filen också."))
    else:
        with context.open(write=False) as workspace:
            checked = typed_figures.check_figures(workspace)
    context.print_table(checked.table)


COMMANDS = (check,)
