"""`report provider | total | claims | cases | providers`, and the final ones: `report sign | finals | hand-out`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kvalitetsapp.cli import file_passwords, options
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.domain.case_annex import PersonalNumbers
from kvalitetsapp.domain.provider_comparison import USUAL_INDICATOR
from kvalitetsapp.domain.released import ReportKind
from kvalitetsapp.domain.words import Joint
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.cli.context import Context
    from kvalitetsapp.services.report_batch import BatchRow

_number = click.argument("number", metavar="NUMMER")


@click.group("report", cls=SwedishGroup, help=_("Skriv rapporter som PDF."))
def report() -> None:
    """Gather the reports."""


@report.command("provider", help=_("Uppföljningsrapport för en vårdgivare."))
@click.argument("provider_id", metavar="VÅRDGIVARE")
@options.pdf_out
@options.workbook_out
@options.may_leave
@click.pass_obj
def provider(context: Context, /, *, provider_id: str, out: Path, workbook: Path | None, **leaving: Any) -> None:  # noqa: ANN401 - as click gives them
    """Write the follow-up report of one provider; the other options tell how it may leave the department."""
    _write(context, ReportKind.PROVIDER, provider_id, out, workbook, leaving)


@report.command("total", help=_("Samlad uppföljning av all köpt vård."))
@options.pdf_out
@options.workbook_out
@options.may_leave
@click.pass_obj
def total(context: Context, /, *, out: Path, workbook: Path | None, **leaving: Any) -> None:  # noqa: ANN401 - as click gives them
    """Write the total follow-up; the other options tell how it may leave the department."""
    _write(context, ReportKind.TOTAL, "", out, workbook, leaving)


@report.command("claims", help=_("Kravsammanställning: krävt, betalt, bestritt, och vad som brådskar."))
@click.argument("provider_id", metavar="VÅRDGIVARE", required=False, default="")
@options.pdf_out
@options.workbook_out
@options.may_leave
@click.pass_obj
def claims(context: Context, /, *, provider_id: str, out: Path, workbook: Path | None, **leaving: Any) -> None:  # noqa: ANN401 - as click gives them
    """Write the account of claims on a provider, or on all; the other options tell how it may leave the department."""
    _write(context, ReportKind.CLAIMS, provider_id, out, workbook, leaving)


@report.command("cases", help=_("Ärendebilaga för en vårdgivare, bakom ett lösenord. Utlämnandet antecknas."))
@click.argument("provider_id", metavar="VÅRDGIVARE")
@options.pdf_out
@click.option("--receiver", required=True, metavar="NAMN", help=_("Vem som får bilagan."))
@click.option("--ground", required=True, metavar="GRUND", help=_("Grund för utlämnandet: en kod eller egna ord."))
@click.option("--identified", is_flag=True, help=_("Ta med patientens personnummer, de fyra sista siffrorna dolda."))
@click.option("--whole-numbers", is_flag=True, help=_("Ta med hela personnummer."))
@file_passwords.password_file(_("Fil med bilagans lösenord på första raden."))
@file_passwords.new_password
@click.pass_obj
def cases(
    context: Context,
    /,
    *,
    provider_id: str,
    out: Path,
    receiver: str,
    ground: str,
    password_file: Path | None,
    new_password: bool,
    **numbers: bool,
) -> None:
    """Write the annex with a provider's cases; the other options tell how patients are told."""
    from kvalitetsapp.domain import file_password
    from kvalitetsapp.services import case_annex

    asked = _("Bilagans lösenord")
    password = file_password.generated() if new_password else file_passwords.told(password_file, asked)
    order = case_annex.AnnexOrder(provider_id, receiver, ground, _personal_numbers(**numbers))
    with context.open(write=True) as workspace:
        done = case_annex.write(workspace, order, out, password, progress=context.progress())
    if new_password:
        click.echo(password)
    click.echo(done.said, err=True)


def _personal_numbers(*, identified: bool, whole_numbers: bool) -> PersonalNumbers:
    if whole_numbers:
        return PersonalNumbers.WHOLE
    return PersonalNumbers.MASKED if identified else PersonalNumbers.NONE


def _write(
    context: Context, kind: ReportKind, subject: str, out: Path, workbook: Path | None, rest: dict[str, Any]
) -> None:
    from kvalitetsapp.services import reports
    from kvalitetsapp.services.report_making import Order

    as_of = rest.pop("as_of", None)
    order = Order(kind, subject, *options.leaving(**rest), as_of=as_of)
    with context.open(write=True) as workspace:
        reports.write(workspace, order, out, workbook, progress=context.progress())
    for path in (out, workbook) if workbook else (out,):
        click.echo(_("Skrev {path}.").format(path=path), err=True)


@report.command("comparison", help=_("Vårdgivare bredvid varandra, led för led, i ordning efter volym."))
@click.option(
    "--indicator", default=USUAL_INDICATOR, metavar="ID", help=_("Utfallet (annars reoperation inom två år).")
)
@options.as_of
@options.pdf_out
@options.workbook_out
@options.may_leave
@click.pass_obj
def comparison(context: Context, /, *, out: Path, workbook: Path | None, indicator: str, **rest: Any) -> None:  # noqa: ANN401 - as click gives them
    """Write the comparison of providers; the other options tell as of when, and how it may leave the department."""
    _write(context, ReportKind.COMPARISON, indicator, out, workbook, rest)


@report.command("equity", help=_("Jämlik vård: ett utfall efter grupper av personer, profildiagram och arbetspapper."))
@click.option(
    "--indicator", default=USUAL_INDICATOR, metavar="ID", help=_("Utfallet (annars reoperation inom två år).")
)
@click.option("--joint", type=click.Choice([joint.value for joint in Joint]), default=None, help=_("Bara leden."))
@options.as_of
@options.pdf_out
@options.workbook_out
@options.may_leave
@click.pass_obj
def equity(
    context: Context,
    /,
    *,
    out: Path,
    workbook: Path | None,
    indicator: str,
    joint: str | None,
    **rest: Any,  # noqa: ANN401 - as click gives them
) -> None:
    """Write the report on equal care; the other options tell as of when, and how it may leave the department."""
    subject = f"{indicator}/{joint}" if joint else indicator
    _write(context, ReportKind.EQUITY, subject, out, workbook, rest)


@report.command("providers", help=_("Alla vårdgivares rapporter på en gång."))
@click.option(
    "--out-dir",
    "folder",
    required=True,
    type=click.Path(path_type=Path),
    metavar="MAPP",
    help=_("Mapp som rapporterna skrivs i."),
)
@click.option("--xlsx", "workbooks", is_flag=True, help=_("Skriv också en Excel-fil för varje rapport."))
@options.may_leave
@click.pass_obj
def providers(context: Context, /, *, folder: Path, workbooks: bool, **leaving: Any) -> None:  # noqa: ANN401 - as click gives them
    """Write the report of every provider; the other options tell how they may leave the department."""
    from kvalitetsapp.services import report_batch
    from kvalitetsapp.services.report_making import Order

    order = Order(ReportKind.PROVIDER, "", *options.leaving(**leaving))
    with context.open(write=True) as workspace:
        report_batch.all_providers(
            workspace, folder, order, workbooks=workbooks, told=_tell_row, progress=context.progress()
        )


def _tell_row(row: BatchRow) -> None:
    """Say what became of a report as soon as it is written: who stops the command has the files so far."""
    for path in (row.path, row.workbook):
        if path is not None:
            click.echo(_("Skrev {path}.").format(path=path), err=True)
    if row.why_not:
        click.echo(f"{row.name}: {row.why_not}", err=True)


@report.command("sign", help=_("Fastställ en rapport: den får nummer, sparas och kan lämnas ut likadan igen."))
@click.argument("provider_id", metavar="VÅRDGIVARE", required=False, default=None)
@options.pdf_out
@click.option("--by", "signed_by", required=True, metavar="NAMN", help=_("Den som fastställer rapporten."))
@click.option("--role", required=True, metavar="ROLL", help=_("I vilken roll, t.ex. verksamhetschef."))
@click.option("--claims", is_flag=True, help=_("Fastställ kravsammanställningen i stället för uppföljningen."))
@click.option(
    "--comparison", default="", metavar="ID", help=_("Fastställ jämförelsen av vårdgivare efter ett utfall.")
)
@click.option("--replaces", default="", metavar="NUMMER", help=_("Rapport som ersätts och återkallas."))
@options.may_leave
@click.pass_obj
def sign(context: Context, /, *, provider_id: str | None, out: Path, signed_by: str, role: str, **rest: Any) -> None:  # noqa: ANN401 - as click gives them
    """Make the report of a provider, the total one, the account of claims or the comparison final."""
    from kvalitetsapp.services import final_reports
    from kvalitetsapp.services.report_making import Order

    replaces = str(rest.pop("replaces"))
    about = _to_sign(provider_id, claims=rest.pop("claims"), comparison=rest.pop("comparison"))
    order = Order(*about, *options.leaving(**rest))
    with context.open(write=True) as workspace:
        outcome = final_reports.sign(
            workspace, order, out, by=signed_by, role=role, replaces=replaces, progress=context.progress()
        )
    click.echo(outcome.said, err=True)


def _to_sign(provider_id: str | None, *, claims: bool, comparison: str) -> tuple[ReportKind, str]:
    """Return what is to be made final; a blank provider is no word for all of them."""
    if comparison and (provider_id or claims):
        raise InputError(_("En jämförelse gäller alla vårdgivare. Ange --comparison ensamt."))
    if comparison:
        return ReportKind.COMPARISON, comparison
    if claims:
        return ReportKind.CLAIMS, provider_id or ""
    return (ReportKind.TOTAL, "") if provider_id is None else (ReportKind.PROVIDER, provider_id)


@report.command("finals", help=_("Fastställda rapporter, den senaste först."))
@options.output_format
@click.pass_obj
def finals(context: Context) -> None:
    """Print the final reports."""
    from kvalitetsapp.services import final_reports

    with context.open(write=False) as workspace:
        context.print_table(final_reports.finals(workspace))


@report.command("hand-out", help=_("Skriv en fastställd rapport igen, byte för byte som den fastställdes."))
@_number
@options.pdf_out
@options.receiver
@options.purpose
@click.pass_obj
def hand_out(context: Context, *, number: str, out: Path, receiver: str, purpose: str) -> None:
    """Write a final report again."""
    from kvalitetsapp.services import final_reports
    from kvalitetsapp.services.releases import Receiver

    with context.open(write=True) as workspace:
        final_reports.hand_out(workspace, number, out, Receiver(receiver, purpose))
    click.echo(_("Skrev {path}.").format(path=out), err=True)


@report.command("verify", help=_("Säg om samma data i dag ger samma rapport, byte för byte."))
@_number
@click.pass_obj
def verify(context: Context, *, number: str) -> None:
    """Tell whether the store would give a final report again."""
    from kvalitetsapp.services import final_reports

    with context.open(write=False) as workspace:
        same = final_reports.is_same_today(workspace, number)
    click.echo(
        _("Databasen ger samma rapport i dag.")
        if same
        else _("Databasen ger en annan rapport i dag: data eller definitioner har ändrats sedan den fastställdes.")
    )


@report.command("withdraw", help=_("Återkalla en fastställd rapport. Den finns kvar, med skälet."))
@_number
@click.option("--because", required=True, metavar="SKÄL", help=_("Varför."))
@click.pass_obj
def withdraw(context: Context, *, number: str, because: str) -> None:
    """Take a final report out of effect."""
    from kvalitetsapp.services import final_reports

    with context.open(write=True) as workspace:
        outcome = final_reports.withdraw(workspace, number, because=because)
    click.echo(outcome.said, err=True)


@report.command("releases", help=_("Loggen över vad som har lämnat kliniken."))
@options.output_format
@click.pass_obj
def released(context: Context) -> None:
    """Print the log of what has left the department."""
    from kvalitetsapp.services import releases

    with context.open(write=False) as workspace:
        context.print_table(releases.log(workspace))


COMMANDS = (report,)
