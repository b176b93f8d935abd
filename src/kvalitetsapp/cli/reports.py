"""`report provider | total`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.cli.context import Context


@click.group("report", cls=SwedishGroup, help=_("Skriv rapporter som PDF."))
def report() -> None:
    """Gather the reports."""


@report.command("provider", help=_("Uppföljningsrapport för en vårdgivare."))
@click.argument("provider_id", metavar="VÅRDGIVARE")
@options.pdf_out
@options.hide_small
@options.strict
@click.pass_obj
def provider(context: Context, *, provider_id: str, out: Path, hide_small: bool, strict: bool) -> None:
    """Write the follow-up report of one provider."""
    from kvalitetsapp.services import reports

    mode = options.treatment(hide_small=hide_small, strict=strict)
    with context.open(write=True) as workspace:
        reports.provider_report(
            workspace,
            provider_id,
            out,
            small_numbers=mode,
            progress=context.progress(),
        )
    click.echo(_("Skrev {path}.").format(path=out), err=True)


@report.command("total", help=_("Samlad uppföljning av all köpt vård."))
@options.pdf_out
@options.hide_small
@options.strict
@click.pass_obj
def total(context: Context, *, out: Path, hide_small: bool, strict: bool) -> None:
    """Write the total follow-up."""
    from kvalitetsapp.services import reports

    mode = options.treatment(hide_small=hide_small, strict=strict)
    with context.open(write=True) as workspace:
        reports.total_report(
            workspace,
            out,
            small_numbers=mode,
            progress=context.progress(),
        )
    click.echo(_("Skrev {path}.").format(path=out), err=True)


COMMANDS = (report,)
