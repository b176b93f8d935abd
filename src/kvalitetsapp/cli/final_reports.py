"""`report sign | finals | hand-out | verify | withdraw | releases`: reports that stay as they are, and what left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.reports import report
from kvalitetsapp.domain.released import ReportKind
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kvalitetsapp.cli.context import Context

_number = click.argument("number", metavar="NUMMER")
_SIGNED_BY_OPTION: Final = {
    "claims": ReportKind.CLAIMS,
    "comparison": ReportKind.COMPARISON,
    "waiting": ReportKind.WAITING,
    "equity": ReportKind.EQUITY,
    "quarter": ReportKind.AGENDA,
    "gap": ReportKind.GAP,
}


@report.command("sign", help=_("Fastställ en rapport: den får nummer, sparas och kan lämnas ut likadan igen."))
@click.argument("provider_id", metavar="VÅRDGIVARE", required=False, default=None)
@options.pdf_out
@click.option("--by", "signed_by", required=True, metavar="NAMN", help=_("Den som fastställer rapporten."))
@click.option("--role", required=True, metavar="ROLL", help=_("I vilken roll, t.ex. verksamhetschef."))
@click.option("--claims", is_flag=True, help=_("Fastställ kravsammanställningen i stället för uppföljningen."))
@click.option("--comparison", metavar="ID", help=_("Fastställ jämförelsen av vårdgivare efter ett utfall."))
@click.option("--waiting", is_flag=True, help=_("Fastställ väntanderapporten."))
@click.option("--equity", metavar="ID", help=_("Fastställ rapporten om jämlik vård för ett utfall."))
@click.option("--quarter", metavar="KVARTAL", help=_("Fastställ kvalitetsagendan för ett sparat kvartal, 2026-Q3."))
@click.option("--gap", metavar="NUMMER", help=_("Fastställ beslutsunderlaget ur en gapanalys."))
@click.option("--replaces", default="", metavar="NUMMER", help=_("Rapport som ersätts och återkallas."))
@options.may_leave
@click.pass_obj
def sign(context: Context, /, *, provider_id: str | None, out: Path, signed_by: str, role: str, **rest: Any) -> None:  # noqa: ANN401 - as click gives them
    """Make a report final: of a provider, the total one, or the one of another kind that an option names."""
    from kvalitetsapp.services import final_reports
    from kvalitetsapp.services.report_making import Order

    replaces = str(rest.pop("replaces"))
    named = {kind: rest.pop(name) for name, kind in _SIGNED_BY_OPTION.items()}
    order = Order(*_to_sign(provider_id, named), *options.leaving(**rest))
    with context.open(write=True) as workspace:
        outcome = final_reports.sign(
            workspace, order, out, by=signed_by, role=role, replaces=replaces, progress=context.progress()
        )
    click.echo(outcome.said, err=True)


def _to_sign(provider_id: str | None, named: Mapping[ReportKind, str | bool | None]) -> tuple[ReportKind, str]:
    """Return what is to be made final; a blank provider is no word for all of them."""
    chosen = [(kind, "" if told is True else str(told)) for kind, told in named.items() if told]
    if len(chosen) > 1 or (chosen and provider_id and chosen[0][0] is not ReportKind.CLAIMS):
        raise InputError(_("Ange en rapport i taget: en vårdgivare, eller ett av valen som nämner ett annat slag."))
    if chosen:
        kind, subject = chosen[0]
        return kind, (provider_id or "") if kind is ReportKind.CLAIMS else subject
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
