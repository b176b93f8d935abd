"""`indicator show | export | import | withdraw`, `list indicators | indicator-members` and `summary indicator`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.context import Context, warn_if_links_are_old, write_out
from kvalitetsapp.cli.lists import lists
from kvalitetsapp.cli.summaries import summary
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.domain.indicator import Prosthesis
from kvalitetsapp.domain.words import AGE_GROUPS, BIRTH_REGIONS, PayerRoute, Sex
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

_BECAUSE: Final = click.option("--because", required=True, metavar="SKÄL", help=_("Varför, i ord."))
_ID: Final = click.argument("indicator_id", metavar="INDIKATOR")


def _choice(words: type[Any] | tuple[str, ...]) -> click.Choice[str]:
    return click.Choice([str(each) for each in words])


def _filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a list be narrowed by every key that an indicator may be read by."""
    narrowed: tuple[tuple[str, dict[str, Any], str], ...] = (
        ("--provider", {"metavar": "ID"}, _("Bara operationer hos vårdgivaren.")),
        ("--unit", {"metavar": "ENHET"}, _("Bara enheten.")),
        ("--joint", {"type": options.FamilyName()}, _("Bara leden.")),
        ("--prosthesis", {"type": _choice(Prosthesis)}, _("Bara protesen.")),
        ("--year", {"type": options.ListedNumber()}, _("Bara operationer det året.")),
        ("--sex", {"type": _choice((Sex.MALE, Sex.FEMALE))}, _("Bara könet.")),
        ("--age-group", {"type": _choice(AGE_GROUPS)}, _("Bara åldersgruppen.")),
        ("--payer-route", {"type": _choice(PayerRoute)}, _("Bara ersättningsvägen.")),
        ("--education", {"metavar": "NIVÅ"}, _("Bara dem med utbildningen.")),
        ("--birth-country", {"metavar": "LAND"}, _("Bara dem som är födda i landet.")),
        ("--birth-region", {"type": _choice(BIRTH_REGIONS)}, _("Bara dem som är födda där.")),
        ("--municipality", {"metavar": "KOD"}, _("Bara dem som bor i kommunen.")),
    )
    for name, kind, told in reversed(narrowed):
        command = click.option(name, help=told, **kind)(command)
    return command


@click.group("indicator", cls=SwedishGroup, help=_("Visa indikatorernas recept, och ta in och lämna ut egna."))
def indicator() -> None:
    """Gather the commands about recipes."""


@indicator.command("show", help=_("Ett recept: vad som räknas, bland vilka, med vilka koder och hur länge."))
@_ID
@click.pass_obj
def show(context: Context, *, indicator_id: str) -> None:
    """Print a recipe as text."""
    from kvalitetsapp.services import indicators

    with context.open(write=False) as workspace:
        lines = indicators.recipe(workspace, indicator_id)
    write_out("".join(f"{label}: {text}\n" for label, text in lines))


@indicator.command("export", help=_("Skriv recept till en TOML-fil som går att läsa in. Utan namn: alla."))
@click.argument("ids", nargs=-1, metavar="[INDIKATOR]...")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="FIL", help=_("TOML-fil som ska skrivas.")
)
@click.pass_obj
def export(context: Context, *, ids: tuple[str, ...], out: Path) -> None:
    """Write recipes to a file."""
    from kvalitetsapp.services import indicators

    with context.open(write=True) as workspace:
        indicators.export(workspace, ids, out)
    click.echo(_("Skrev {path}.").format(path=out), err=True)


@indicator.command("import", help=_("Ta in egna recept ur en TOML-fil. Är något fel tas inget in."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FIL")
@_BECAUSE
@click.pass_obj
def import_(context: Context, *, file: Path, because: str) -> None:
    """Take in a file of recipes."""
    from kvalitetsapp.services import indicators

    with context.open(write=True) as workspace:
        done = indicators.import_file(workspace, file, because)
    if done.faults:
        raise InputError(
            "\n".join([_("Inget är inläst. Rätta det som står här:"), *(one.told() for one in done.faults)])
        )
    counts = (number(len(each)) for each in (done.added, done.changed, done.unchanged))
    told = _("Nya recept: {added}. Nya versioner: {changed}. Oförändrade: {unchanged}.")
    click.echo(told.format(**dict(zip(("added", "changed", "unchanged"), counts, strict=True))), err=True)


@indicator.command("withdraw", help=_("Dra tillbaka ett eget recept. Historiken finns kvar."))
@_ID
@_BECAUSE
@click.pass_obj
def withdraw(context: Context, *, indicator_id: str, because: str) -> None:
    """Take an own recipe out of use."""
    from kvalitetsapp.services import indicators

    with context.open(write=True) as workspace:
        indicators.withdraw_own(workspace, indicator_id, because)
    click.echo(_("Indikatorn {id} är tillbakadragen.").format(id=indicator_id), err=True)


@lists.command("indicators", help=_("Indikatorer som följer med, och egna."))
@options.output_format
@click.pass_obj
def listed(context: Context) -> None:
    """Print every indicator."""
    from kvalitetsapp.services import indicators

    with context.open(write=False) as workspace:
        context.print_table(indicators.listed(workspace))


@lists.command("indicator-members", help=_("Operationerna bakom en indikators siffra."))
@_ID
@_filters
@options.as_of
@options.output_format
@click.pass_obj
def members(context: Context, /, *, indicator_id: str, as_of: date | None, **filters: Any) -> None:  # noqa: ANN401 - as click gives them
    """Print the operations behind a figure."""
    from kvalitetsapp.services import indicators

    where = {key: str(value) for key, value in filters.items() if value is not None}
    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(indicators.members(workspace, indicator_id, where=where, as_of=as_of))


@summary.command("indicator", help=_("En indikators siffra, uppdelad."))
@_ID
@options.by("provider")
@options.as_of
@options.output_format
@click.pass_obj
def figures(context: Context, *, indicator_id: str, by: tuple[str, ...], as_of: date | None) -> None:
    """Print an indicator by group."""
    from kvalitetsapp.services import indicators

    with context.open(write=False) as workspace:
        warn_if_links_are_old(workspace)
        context.print_table(indicators.summary(workspace, indicator_id, by=by, as_of=as_of))


COMMANDS = (indicator,)
