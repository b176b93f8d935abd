"""`profile inspect | suggest | list`: what a file shows, and a mapping profile made of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.domain import identity
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.inspection import Asked
from kvalitetsapp.domain.mapping_words import open_text, question_text
from kvalitetsapp.errors import ExitStatus, InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kvalitetsapp.cli.context import Context
    from kvalitetsapp.domain.inspection import FileSeen
    from kvalitetsapp.domain.mapping import ColumnMapping

FORM: Final = ("encoding", "delimiter", "sheet", "header_row")


def form_of_file(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how a file is written, where that cannot be worked out."""
    for option in (
        click.option("--header-row", type=int, default=0, metavar="RAD", help=_("Rubrikernas rad.")),
        click.option("--sheet", default="", metavar="BLAD", help=_("Arbetsbokens blad.")),
        click.option("--delimiter", default="", metavar="TECKEN", help=_("Tecknet mellan fälten.")),
        click.option("--encoding", default="", metavar="NAMN", help=_("Teckenkodning.")),
    ):
        command = option(command)
    return command


@click.group("profile", cls=SwedishGroup, help=_("Mappningsprofiler: vad en fil visar, och en profil av det."))
def profile() -> None:
    """Gather the work with profiles."""


@profile.command("inspect", help=_("Visa en fils kolumner och hur de ser ut. Inga värden skrivs ut."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FIL")
@form_of_file
@options.output_format
@click.pass_obj
def inspect(context: Context, *, file: Path, encoding: str, delimiter: str, sheet: str, header_row: int) -> None:
    """Print a row for every column of a file, and the questions it raises on standard error."""
    from kvalitetsapp.services import mapping

    seen = mapping.inspect(
        file, context.progress(), encoding=encoding, delimiter=delimiter, sheet=sheet, header_row=header_row
    )
    context.print_table(mapping.columns_table(seen))
    _tell_form(seen)
    for question in seen.questions:
        asked = question_text(question.asked, question.column)
        click.echo(
            _("Fråga: {asked} Svar: {choices}").format(asked=asked, choices=" | ".join(question.choices)), err=True
        )


@profile.command("suggest", help=_("Skriv en mappningsprofil av det som är säkert. Slutstatus 3 om något återstår."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FIL")
@click.option(
    "--kind",
    required=True,
    type=click.Choice([kind.value for kind in KindOfFile if kind is not KindOfFile.AGREEMENTS]),
    help=_("Vad filen innehåller."),
)
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FIL", help=_("Profilens fil."))
@click.option("--set", "columns", multiple=True, metavar="KOLUMN=RUBRIK", help=_("Ta en kolumn ur en rubrik."))
@click.option("--constant", "constants", multiple=True, metavar="KOLUMN=VÄRDE", help=_("Fast värde i alla rader."))
@click.option("--value", "values", multiple=True, metavar="KOLUMN:VÄRDE=BETYDELSE", help=_("Vad ett värde betyder."))
@click.option("--answer", "answers", multiple=True, metavar="RUBRIK=SVAR", help=_("Svar på en fråga om en kolumn."))
@click.option("--shorten", multiple=True, metavar="KOLUMN", help=_("Korta främmande systems personnummer."))
@click.option("--accept", is_flag=True, help=_("Godta allt som är troligt."))
@click.option("--keep-values", is_flag=True, help=_("Ta värden utan känd betydelse som de är."))
@click.option("--providers", is_flag=True, help=_("Slå upp vårdgivarnas namn i databasen."))
@form_of_file
@click.pass_obj
def suggest(context: Context, /, *, file: Path, kind: str, out: Path, **said: Any) -> int:  # noqa: ANN401
    """Write a profile of what is sure and what was said; list what is still to be said."""
    from kvalitetsapp.services import known_profiles, mapping

    seen = mapping.inspect(file, context.progress(), **{name: said[name] for name in FORM})
    providers = _providers(context) if said["providers"] else None
    made = _with_columns(mapping.suggest(seen, KindOfFile(kind), providers), said["columns"], said["constants"])
    if said["accept"]:
        made = made.accept_all()
    made = _with_answers(_with_values(made, said["values"]), said["answers"])
    for column in said["shorten"]:
        made = made.set_shorten(_column(made, column), on=True)
    if said["keep_values"]:
        made = _keeping_values(made)
    known_profiles.write(out, mapping.profile_text(made))
    for one in made.open():
        click.echo(identity.hidden(open_text(one, one.column)), err=True)
    return int(ExitStatus.OK if made.is_complete else ExitStatus.SOME_REJECTED)


@profile.command("list", help=_("Lista sparade och medföljande mappningsprofiler."))
@options.output_format
@click.pass_obj
def list_profiles(context: Context) -> None:
    """Print every profile that need not be named."""
    from kvalitetsapp.services import mapping

    context.print_table(mapping.profiles_table())


def _providers(context: Context) -> tuple[tuple[str, str], ...]:
    from kvalitetsapp.services import mapping

    with context.open(write=False) as workspace:
        return mapping.providers_of(workspace)


def _with_columns(made: ColumnMapping, columns: Sequence[str], constants: Sequence[str]) -> ColumnMapping:
    headers: dict[str, list[str]] = {}
    for said in columns:
        name, header = _split(said)
        if not made.places(header):
            raise InputError(_("Filen har ingen kolumn med rubriken ”{header}”.").format(header=header))
        headers.setdefault(_column(made, name), []).append(header)
    for name, several in headers.items():
        made = made.choose(name, several)
    for said in constants:
        name, text = _split(said)
        made = made.set_constant(_column(made, name), text)
    return made


def _with_values(made: ColumnMapping, values: Sequence[str]) -> ColumnMapping:
    for said in values:
        name, colon, rest = said.partition(":")
        value, equals, meaning = rest.rpartition("=")
        if not colon or not equals:
            raise _not_understood(said)
        made = made.set_meaning(_column(made, name), value.strip(), meaning.strip())
    return made


def _with_answers(made: ColumnMapping, answers: Sequence[str]) -> ColumnMapping:
    for said in answers:
        header, answer = _split(said)
        asked = {q.asked for q in made.seen.questions if q.column == header} or {Asked.NO_DATE_FORMAT}
        for each in asked:
            made = made.answer(each, header, answer)
    return made


def _keeping_values(made: ColumnMapping) -> ColumnMapping:
    for one in made.values():
        if not one.is_decided:
            made = made.set_meaning(one.column, one.value, one.value)
    return made


def _split(said: str) -> tuple[str, str]:
    name, equals, rest = said.partition("=")
    if not equals or not name.strip():
        raise _not_understood(said)
    return name.strip(), rest.strip()


def _column(made: ColumnMapping, name: str) -> str:
    if name not in {one.name for one in made.wanted}:
        known = ", ".join(one.name for one in made.wanted)
        raise InputError(
            _("{name} är ingen kolumn i {kind}. Kolumnerna är {known}.").format(
                name=name, kind=made.kind.value, known=known
            )
        )
    return name


def _not_understood(said: str) -> InputError:
    return InputError(_("”{said}” går inte att tyda. Skriv namn=värde.").format(said=identity.hidden(said)))


def _tell_form(seen: FileSeen) -> None:
    told = [part for part in (seen.form, seen.encoding, seen.delimiter, seen.sheet) if part]
    line = _("{file}: {rows} rader, rubriker på rad {row}, {form}").format(
        file=seen.file_name, rows=seen.rows, row=seen.header_row, form=" ".join(told).replace("\t", _("tabb"))
    )
    click.echo(identity.hidden(line), err=True)


COMMANDS = (profile,)
