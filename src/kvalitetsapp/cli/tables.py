"""`table list | show | set | remove | reset | history | import | export`: the tables that people keep themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.domain.editable_table import EDITABLE
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.cli.context import Context

_TABLE: Final = click.argument("name", type=click.Choice(list(EDITABLE)), metavar="TABELL")
_KEY: Final = click.argument("key", nargs=-1, required=True, metavar="NYCKEL...")
_BECAUSE: Final = click.option("--because", default="", metavar="SKÄL", help=_("Varför, i ord."))


@click.group("table", cls=SwedishGroup, help=_("Tabeller som ni håller själva: mål, områden, tider, källor."))
def table() -> None:
    """Gather the commands on tables."""


@table.command("list", help=_("Tabellerna, hur många rader de har och vad de används till."))
@options.output_format
@click.pass_obj
def list_tables(context: Context) -> None:
    """Print every table."""
    from kvalitetsapp.services import editable_tables

    with context.open(write=False) as workspace:
        context.print_table(editable_tables.listed(workspace))


@table.command("show", help=_("Raderna i en tabell, och var varje rad kommer ifrån."))
@_TABLE
@options.output_format
@click.pass_obj
def show(context: Context, *, name: str) -> None:
    """Print what stands in a table."""
    from kvalitetsapp.services import editable_tables

    with context.open(write=False) as workspace:
        context.print_table(editable_tables.table(workspace, name))


@table.command("set", help=_("Ändra eller lägg till en rad. Kolumner som inte nämns står kvar."))
@_TABLE
@click.argument("cells", nargs=-1, required=True, metavar="KOLUMN=VÄRDE...")
@_BECAUSE
@click.pass_obj
def set_cells(context: Context, *, name: str, cells: tuple[str, ...], because: str) -> None:
    """Change some cells of a row, or make the row."""
    from kvalitetsapp.services import editable_tables

    told = dict(_cell(text) for text in cells)
    with context.open(write=True) as workspace:
        done = editable_tables.set_cells(workspace, name, told, reason=because)
    if done.faults:
        raise InputError("\n".join(f"{fault.field}: {fault.message}" for fault in done.faults))
    click.echo("\n".join((done.said, *done.warnings)), err=True)


@table.command("remove", help=_("Ta bort en rad, även en som medföljer. Historiken finns kvar."))
@_TABLE
@_KEY
@_BECAUSE
@click.pass_obj
def remove(context: Context, *, name: str, key: tuple[str, ...], because: str) -> None:
    """Take a row away."""
    from kvalitetsapp.services import editable_tables

    with context.open(write=True) as workspace:
        done = editable_tables.remove(workspace, name, key, reason=because)
    click.echo(done.said, err=True)


@table.command("reset", help=_("Låt en rad bli som den medföljer programmet."))
@_TABLE
@_KEY
@click.pass_obj
def reset(context: Context, *, name: str, key: tuple[str, ...]) -> None:
    """Let a row be as it comes along."""
    from kvalitetsapp.services import editable_tables

    with context.open(write=True) as workspace:
        done = editable_tables.reset(workspace, name, key)
    click.echo(done.said, err=True)


@table.command("history", help=_("Allt som har stått på en rad, av vem och varför."))
@_TABLE
@_KEY
@options.output_format
@click.pass_obj
def history(context: Context, *, name: str, key: tuple[str, ...]) -> None:
    """Print everything that has stood under a key."""
    from kvalitetsapp.services import editable_tables

    with context.open(write=False) as workspace:
        context.print_table(editable_tables.history_table(workspace, name, key))


@table.command("import", help=_("Läs in rader ur en CSV-fil. Är något fel läses inget in."))
@_TABLE
@click.argument("file", type=click.Path(path_type=Path), metavar="FIL")
@click.option("--preview", is_flag=True, help=_("Visa bara vad filen skulle ändra."))
@_BECAUSE
@click.pass_obj
def import_(context: Context, *, name: str, file: Path, preview: bool, because: str) -> None:
    """Take in a file of rows."""
    from kvalitetsapp.services import editable_tables

    with context.open(write=not preview) as workspace:
        if preview:
            done = editable_tables.look_at_file(workspace, name, file)
        else:
            done = editable_tables.take_file(workspace, name, file, reason=because)
    if done.faults:
        raise InputError(
            "\n".join([_("Inget är inläst. Rätta det som står här:"), *(fault.told() for fault in done.faults)])
        )
    click.echo("\n".join((done.said(), *done.warnings)), err=True)


@table.command("export", help=_("Skriv en tabell till en CSV-fil som går att läsa in."))
@_TABLE
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="FIL", help=_("CSV-fil som ska skrivas.")
)
@click.pass_obj
def export(context: Context, *, name: str, out: Path) -> None:
    """Write a table to a file."""
    from kvalitetsapp.services import editable_tables

    with context.open(write=True) as workspace:
        editable_tables.export(workspace, name, out)
    click.echo(_("Skrev {path}.").format(path=out), err=True)


def _cell(text: str) -> tuple[str, str]:
    column, is_cell, value = text.partition("=")
    if not is_cell:
        raise InputError(_("Skriv varje cell som KOLUMN=VÄRDE, till exempel minutes=90."))
    return column.strip(), value


COMMANDS = (table,)
