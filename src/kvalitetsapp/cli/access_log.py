"""`log list | extract | sample | check | checks | print | rule`: numbers and texts of people come from files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.cli.text_files import FILE, lines_of, text_of
from kvalitetsapp.domain.audit_words import ActionKind, LogOutcome, SampleChoice
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from kvalitetsapp.cli.context import Context
    from kvalitetsapp.domain.log_check import SamplePlan
    from kvalitetsapp.services.workspace import Workspace

_PATIENT = click.option(
    "--patient-file", type=FILE, metavar="FIL", help=_("Fil med patientens nummer; - är standard in.")
)
_FIRST = click.option("--from", "first", type=options.IsoDate(), help=_("Första dagen."))
_LAST = click.option("--to", "last", type=options.IsoDate(), help=_("Sista dagen."))
_WHO = click.option("--who", default="", metavar="NAMN", help=_("Bara poster av en användare."))
_NUMBER = click.argument("log_check", type=options.ListedNumber(), metavar="NR")


def _of_sample(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command be told how a sample is drawn."""
    for option in (
        click.option("--patients-file", type=FILE, metavar="FIL", help=_("Fil med de utvalda patienternas nummer.")),
        click.option("--each-user", is_flag=True, help=_("Dra lika många av varje användares poster.")),
        _WHO,
        click.option(
            "--choice",
            type=click.Choice([one.value for one in SampleChoice]),
            default=SampleChoice.ANY.value,
            help=_("Vilka poster som dras."),
        ),
        click.option("--size", type=options.Count(), required=True, help=_("Hur många poster som dras.")),
        click.option("--to", "last", type=options.IsoDate(), required=True, help=_("Sista dagen.")),
        click.option("--from", "first", type=options.IsoDate(), required=True, help=_("Första dagen.")),
    ):
        command = option(command)
    return command


@click.group("log", cls=SwedishGroup, help=_("Loggen: läs, lämna ut till patienten och kontrollera."))
def log() -> None:
    """Gather the commands about the log."""


@log.command("list", help=_("Loggens poster, de senaste först, med maskerade nummer."))
@_PATIENT
@_WHO
@click.option("--kind", type=click.Choice([one.value for one in ActionKind]), help=_("Slag av åtgärd."))
@click.option("--action", default="", metavar="ÅTGÄRD", help=_("En enda åtgärd, med dess kod."))
@_FIRST
@_LAST
@click.option("--text", default="", metavar="ORD", help=_("Text i posten."))
@click.option("--limit", type=options.Count(), default=500, help=_("Högst så många poster (annars 500)."))
@options.output_format
@click.pass_obj
def list_entries(
    context: Context,
    /,
    *,
    patient_file: Path | None,
    who: str,
    kind: str | None,
    limit: int,
    **asked: Any,  # noqa: ANN401 - options of several kinds
) -> None:
    """Print entries; `asked` is action, first, last and text."""
    from kvalitetsapp.domain.access_log import LogQuery
    from kvalitetsapp.services import access_log

    query = LogQuery(patient=text_of(patient_file), user=who, kind=kind or "", **asked)
    with context.open(write=False) as workspace:
        context.print_table(access_log.listed(workspace, query, limit=limit, progress=context.progress()))


@log.command("extract", help=_("Skriv en patients loggutdrag. Det antecknas som ett utlämnande."))
@click.option(
    "--patient-file", type=FILE, required=True, metavar="FIL", help=_("Fil med patientens nummer; - är standard in.")
)
@_FIRST
@_LAST
@click.option("--with-names", is_flag=True, help=_("Ta med namnen på dem som har haft åtkomst."))
@click.option("--receiver", default="", metavar="NAMN", help=_("Vem som får utdraget (annars patienten)."))
@options.pdf_out
@click.option("--csv", type=click.Path(path_type=Path), metavar="FIL", help=_("Skriv också utdraget som CSV-fil."))
@click.pass_obj
def extract(context: Context, /, *, patient_file: Path, out: Path, csv: Path | None, **ordered: Any) -> None:  # noqa: ANN401 - options of several kinds
    """Write the extract; `ordered` is first, last, with_names and receiver."""
    from kvalitetsapp.services import log_extracts

    order = log_extracts.ExtractOrder(text_of(patient_file), **ordered)
    with context.open(write=True) as workspace:
        done = log_extracts.write(workspace, order, out, csv, progress=context.progress())
    click.echo(done.said, err=True)


@log.command("sample", help=_("Dra ett stickprov ur loggen. Fyll i bedömningen i filen och läs in den med check."))
@_of_sample
@click.option("--seed", type=options.Count(), help=_("Frö, för att dra samma stickprov igen (annars slumpas det)."))
@click.option("--last-entry", type=options.Count(), help=_("Loggens sista post, för att dra samma stickprov igen."))
@options.output_format
@click.pass_obj
def sample(context: Context, /, *, last_entry: int | None, seed: int | None, **wished: Any) -> None:  # noqa: ANN401 - options of several kinds
    """Print the entries that are drawn, with columns to fill in."""
    from kvalitetsapp.domain import log_check as domain
    from kvalitetsapp.services import access_log, log_checks

    with context.open(write=False) as workspace:
        plan = _plan(workspace, seed, last_entry, wished)
        found = log_checks.draw(workspace, plan, context.progress())
        context.print_table(domain.sample_table(found, access_log.names(workspace), workspace.user))
    told = _("{drawn} av {population} poster. Signera med --seed {seed} --last-entry {last}.").format(
        drawn=number(len(found.entries)), population=number(found.population), seed=plan.seed, last=plan.last_entry
    )
    click.echo(told, err=True)


@log.command("check", help=_("Signera en kontroll av ett stickprov."))
@_of_sample
@click.option("--seed", type=options.Count(), required=True, help=_("Stickprovets frö, som sample skrev."))
@click.option("--last-entry", type=options.Count(), required=True, help=_("Loggens sista post, som sample skrev."))
@click.option("--findings", type=FILE, metavar="FIL", help=_("Stickprovets fil med bedömningarna ifyllda."))
@click.option("--all-justified", is_flag=True, help=_("Alla poster i stickprovet är befogade."))
@click.option(
    "--outcome", type=click.Choice([one.value for one in LogOutcome]), required=True, help=_("Kontrollens utfall.")
)
@click.option("--note-file", type=FILE, metavar="FIL", help=_("Fil med vad kontrollen kom fram till."))
@click.option("--signed-as", required=True, metavar="ROLL", help=_("I vilken roll du signerar."))
@click.pass_obj
def check(
    context: Context,
    /,
    *,
    seed: int,
    last_entry: int,
    findings: Path | None,
    all_justified: bool,
    outcome: str,
    note_file: Path | None,
    signed_as: str,
    **wished: Any,  # noqa: ANN401 - options of several kinds
) -> None:
    """Sign what was found of a sample."""
    from kvalitetsapp.services import log_checks

    note = text_of(note_file)
    with context.open(write=True) as workspace:
        plan = _plan(workspace, seed, last_entry, wished)
        judged = log_checks.judged(workspace, plan, findings, all_justified=all_justified)
        done = log_checks.sign(workspace, plan, judged, LogOutcome(outcome), note=note, signed_as=signed_as)
    click.echo(done.said, err=True)


@log.command("checks", help=_("Alla loggkontroller, de senaste först, och när nästa ska göras."))
@options.output_format
@click.pass_obj
def checks(context: Context) -> None:
    """Print every check."""
    from kvalitetsapp.domain import log_check as domain
    from kvalitetsapp.services import log_checks

    with context.open(write=False) as workspace:
        context.print_table(log_checks.listed(workspace))
        when = log_checks.due(workspace)
    click.echo(domain.due_in_words(when), err=True)


@log.command("print", help=_("Skriv en loggkontroll som PDF."))
@_NUMBER
@options.pdf_out
@click.pass_obj
def print_check(context: Context, *, log_check: int, out: Path) -> None:
    """Write a signed check as PDF."""
    from kvalitetsapp.services import log_checks

    with context.open(write=True) as workspace:
        written = log_checks.print_check(workspace, log_check, out)
    click.echo(_("Skrev {path}.").format(path=written), err=True)


@log.command("rule", help=_("Bestäm hur ofta loggen ska kontrolleras."))
@click.option("--days", type=options.NumberOfDays(), required=True, help=_("Högst så många dagar mellan kontroller."))
@click.pass_obj
def rule(context: Context, *, days: int) -> None:
    """Say how often the log is to be checked."""
    from kvalitetsapp.services import log_checks

    with context.open(write=True) as workspace:
        done = log_checks.set_rule(workspace, days)
    click.echo(done.said, err=True)


def _plan(workspace: Workspace, seed: int | None, last_entry: int | None, wished: dict[str, Any]) -> SamplePlan:
    from dataclasses import replace

    from kvalitetsapp.services import log_checks

    first: date = wished["first"]
    wish = log_checks.SampleWish(
        *(first, wished["last"], wished["size"], SampleChoice(wished["choice"]), wished["who"], wished["each_user"]),
        patients=lines_of(wished["patients_file"]),
        seed=seed,
    )
    plan = log_checks.plan(workspace, wish)
    return plan if last_entry is None else replace(plan, last_entry=min(last_entry, plan.last_entry))


COMMANDS = (log,)
