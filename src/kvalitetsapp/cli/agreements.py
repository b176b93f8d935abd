"""`agreement list | effect | export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.context import warn_if_links_are_old
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.domain.agreement_effect import case_table, correction_table, provider_table
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.cli.context import Context


@click.group("agreement", cls=SwedishGroup, help=_("Visa avtal, pröva ändringar och skriv avtal till fil."))
def agreement() -> None:
    """Gather the commands about agreements."""


@agreement.command("list", help=_("Alla avtal och hur mycket av det inlästa de gäller."))
@options.output_format
@click.pass_obj
def listed(context: Context) -> None:
    """Print every agreement."""
    from kvalitetsapp.services import agreements

    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(agreements.as_table(workspace))


@agreement.command("effect", help=_("Vad avtalen i en fil skulle göra, innan de läses in. Inget ändras."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FIL")
@click.option(
    "--by",
    type=click.Choice(["provider", "case", "claim"]),
    default="provider",
    show_default=True,
    help=_("En rad per vårdgivare, per ärende som ändras eller per utställt krav att rätta."),
)
@click.option("--potential", is_flag=True, help=_("Räkna föreslagna kopplingar som bekräftade."))
@options.output_format
@click.pass_obj
def effect(context: Context, *, file: Path, by: str, potential: bool) -> None:
    """Print what agreements would change."""
    from kvalitetsapp.services import agreement_effect

    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        found = agreement_effect.of_file(workspace, file, context.progress())
    effects = found.potential if potential else found.confirmed
    tables = {"provider": lambda: provider_table(effects), "case": lambda: case_table(effects)}
    context.print_table(tables[by]() if by in tables else correction_table(found))


@agreement.command("export", help=_("Skriv alla avtal till en TOML-fil som går att läsa in."))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="FIL", help=_("TOML-fil som ska skrivas.")
)
@click.pass_obj
def export(context: Context, *, out: Path) -> None:
    """Write every agreement to a file."""
    from kvalitetsapp.services import agreements

    with context.open(write=True) as workspace:
        agreements.export(workspace, out)
    click.echo(_("Skrev {path}.").format(path=out), err=True)


COMMANDS = (agreement,)
