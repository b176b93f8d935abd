"""`report provider | total`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.cli.context import Context

_OUT = click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="FIL", help=_("PDF-fil som ska skrivas.")
)
_HIDE_SMALL = click.option(
    "--hide-small", is_flag=True, help=_("Dölj små tal, för en rapport som ska lämna kliniken.")
)


@click.group("report", cls=SwedishGroup, help=_("Skriv rapporter som PDF."))
def report() -> None:
    """Gather the reports."""


@report.command("provider", help=_("Uppföljningsrapport för en vårdgivare."))
@click.argument("provider_id", metavar="VÅRDGIVARE")
@_OUT
@_HIDE_SMALL
@click.pass_obj
def provider(context: Context, *, provider_id: str, out: Path, hide_small: bool) -> None:
    """Write the follow-up report of one provider."""
    from kvalitetsapp.services import reports

    with context.open(write=True) as workspace:
        reports.provider_report(workspace, provider_id, out, suppress_small=hide_small, progress=context.progress())
    click.echo(_("Skrev {path}.").format(path=out), err=True)


@report.command("total", help=_("Samlad uppföljning av all köpt vård."))
@_OUT
@_HIDE_SMALL
@click.pass_obj
def total(context: Context, *, out: Path, hide_small: bool) -> None:
    """Write the total follow-up."""
    from kvalitetsapp.services import reports

    with context.open(write=True) as workspace:
        reports.total_report(workspace, out, suppress_small=hide_small, progress=context.progress())
    click.echo(_("Skrev {path}.").format(path=out), err=True)


COMMANDS = (report,)
