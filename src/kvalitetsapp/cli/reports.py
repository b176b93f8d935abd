"""`report provider | total | claims | cases | comparison | waiting | equity | agenda | gap`: as things stand now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kvalitetsapp.cli import file_passwords, options
from kvalitetsapp.cli.options import IsoDate
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.domain.case_annex import PersonalNumbers
from kvalitetsapp.domain.provider_comparison import USUAL_INDICATOR
from kvalitetsapp.domain.released import ReportKind
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.cli.context import Context
    from kvalitetsapp.services.report_batch import BatchRow


@click.group("report", cls=SwedishGroup, help=_("Skriv rapporter som PDF."))
def report() -> None:
    """Gather the reports."""


@report.command("provider", help=_("Uppföljningsrapport för en vårdgivare."))
@click.argument("provider_id", metavar="VÅRDGIVARE")
@options.written_report
@click.pass_obj
def provider(context: Context, /, *, provider_id: str, out: Path, workbook: Path | None, **leaving: Any) -> None:  # noqa: ANN401 - as click gives them
    """Write the follow-up report of one provider; the other options tell how it may leave the department."""
    _write(context, ReportKind.PROVIDER, provider_id, out, workbook, leaving)


@report.command("total", help=_("Samlad uppföljning av all köpt vård."))
@options.written_report
@click.pass_obj
def total(context: Context, /, *, out: Path, workbook: Path | None, **leaving: Any) -> None:  # noqa: ANN401 - as click gives them
    """Write the total follow-up; the other options tell how it may leave the department."""
    _write(context, ReportKind.TOTAL, "", out, workbook, leaving)


@report.command("claims", help=_("Kravsammanställning: krävt, betalt, bestritt, och vad som brådskar."))
@click.argument("provider_id", metavar="VÅRDGIVARE", required=False, default="")
@options.written_report
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
@options.written_report
@click.pass_obj
def comparison(context: Context, /, *, out: Path, workbook: Path | None, indicator: str, **rest: Any) -> None:  # noqa: ANN401 - as click gives them
    """Write the comparison of providers; the other options tell as of when, and how it may leave the department."""
    _write(context, ReportKind.COMPARISON, indicator, out, workbook, rest)


@report.command("waiting", help=_("Väntanderapport: från län till åtgärdskod, kapacitet och omfördelning."))
@click.option("--as-of", type=IsoDate(), help=_("En dag i månaden vars listor visas (annars den senaste)."))
@options.written_report
@click.pass_obj
def waiting(context: Context, /, *, out: Path, workbook: Path | None, **rest: Any) -> None:  # noqa: ANN401 - as click gives them
    """Write the report of waiting lists; the other options tell of which month, and how it may leave."""
    _write(context, ReportKind.WAITING, "", out, workbook, rest)


@report.command("agenda", help=_("Kvalitetsagendan: målen per område, läge, trend och kommentarer."))
@click.option("--quarter", default="", metavar="KVARTAL", help=_("Ett sparat kvartal, 2026-Q3 (annars läget nu)."))
@options.as_of
@options.written_report
@click.pass_obj
def agenda(context: Context, /, *, quarter: str, out: Path, workbook: Path | None, **rest: Any) -> None:  # noqa: ANN401 - as click gives them
    """Write the quality agenda; the other options tell as of when, and how it may leave the department."""
    _write(context, ReportKind.AGENDA, quarter, out, workbook, rest)


@report.command("gap", help=_("Beslutsunderlag ur en gapanalys, med siffrorna."))
@click.argument("paper", metavar="NUMMER")
@options.written_report
@click.pass_obj
def gap(context: Context, /, *, paper: str, out: Path, workbook: Path | None, **leaving: Any) -> None:  # noqa: ANN401 - as click gives them
    """Write the basis for a decision; the other options tell how it may leave the department."""
    _write(context, ReportKind.GAP, paper, out, workbook, leaving)


@report.command("equity", help=_("Jämlik vård: ett utfall efter grupper av personer, profildiagram och arbetspapper."))
@click.option(
    "--indicator", default=USUAL_INDICATOR, metavar="ID", help=_("Utfallet (annars reoperation inom två år).")
)
@click.option("--joint", type=options.FamilyName(), default=None, help=_("Bara leden."))
@options.as_of
@options.written_report
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


COMMANDS = (report,)
