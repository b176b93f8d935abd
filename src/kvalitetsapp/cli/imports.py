"""`import`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli import backups as backed_up
from kvalitetsapp.cli import rejects
from kvalitetsapp.cli.context import write_out
from kvalitetsapp.cli.swedish import SwedishCommand
from kvalitetsapp.domain import identity
from kvalitetsapp.domain.drg import UNITS
from kvalitetsapp.domain.imports import (
    AMOUNT_COLUMNS,
    WEIGHT_COLUMN,
    AmountAccount,
    ChangedCell,
    Finding,
    KindOfFile,
    Reject,
    shown_value,
)
from kvalitetsapp.errors import ExitStatus
from kvalitetsapp.texts import _, kronor

if TYPE_CHECKING:
    from kvalitetsapp.cli.context import Context
    from kvalitetsapp.services.imports import ImportOutcome


@click.command("import", cls=SwedishCommand, help=_("Läs in en fil. Skriver vad som hände med varje rad."))
@click.option(
    "--kind",
    required=True,
    type=click.Choice([kind.value for kind in KindOfFile]),
    help=_("Vad filen innehåller."),
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FIL")
@click.option(
    "--profile",
    metavar="FIL",
    help=_("Mappningsprofil för filer i annan form: en TOML-fil, eller namnet på en känd profil."),
)
@click.option("--dry-run", is_flag=True, help=_("Pröva bara; ändra inget."))
@click.option("--all-or-nothing", is_flag=True, help=_("Läs in allt eller inget om någon rad avvisas."))
@click.option("--no-link", is_flag=True, help=_("Koppla inte på nytt efteråt."))
@click.option("--without-backup", is_flag=True, help=_("Läs in utan att först göra en säkerhetskopia."))
@click.option("--json", "as_json", is_flag=True, help=_("Skriv redovisningen som JSON."))
@click.pass_obj
def import_file(  # noqa: PLR0913 - the options of the command
    context: Context,
    *,
    kind: str,
    file: Path,
    profile: str | None,
    dry_run: bool,
    all_or_nothing: bool,
    no_link: bool,
    without_backup: bool,
    as_json: bool,
) -> int:
    """Take a file in and print its account."""
    from kvalitetsapp.services import imports, known_profiles

    with context.open(write=True) as workspace:
        if not (dry_run or without_backup):
            backed_up.before_import(workspace, context.progress())
        outcome = imports.import_file(
            workspace,
            KindOfFile(kind),
            file,
            profile=None if profile is None else known_profiles.chosen(profile),
            dry_run=dry_run,
            all_or_nothing=all_or_nothing,
            link=not no_link,
            progress=context.progress(),
        )
    if as_json:
        write_out(json.dumps(_account(outcome), ensure_ascii=False, indent=1) + "\n")
    else:
        _tell(outcome)
    return int(ExitStatus.SOME_REJECTED if outcome.rejected else ExitStatus.OK)


def _account(outcome: ImportOutcome) -> dict[str, object]:
    account: dict[str, object] = {
        "file": outcome.file,
        "kind": outcome.kind.value,
        "read": outcome.read,
        "stored": outcome.stored,
        "corrected": outcome.corrected,
        "unchanged": outcome.unchanged,
        "rejected": outcome.rejected,
        "batch": outcome.batch,
        "applied": outcome.applied,
        "rejects": [_reject(reject) for reject in outcome.rejects],
        "findings": [_finding(found) for found in outcome.findings],
        "amounts": [_amount(amount) for amount in outcome.amounts],
        "changed_cells": [_changed(cell) for cell in outcome.changed_cells],
    }
    return account


def _reject(reject: Reject) -> dict[str, object]:
    shown = shown_value(reject.column, reject.value)
    return {"row": reject.row, "column": reject.column or None, "value": shown, "reason": reject.reason}


def _finding(found: Finding) -> dict[str, object]:
    column, shown = identity.hidden(found.column) or None, shown_value(found.column, found.value)
    return {"row": found.row, "rule": found.rule, "column": column, "value": shown}


def _amount(amount: AmountAccount) -> dict[str, object]:
    plain = {"column", "unreadable"}
    return {name: value if name in plain else _sek(value) for name, value in asdict(amount).items()}


def _changed(cell: ChangedCell) -> dict[str, object]:
    return {**asdict(cell), "before": _cell(cell.column, cell.before), "after": _cell(cell.column, cell.after)}


def _sek(ore: int) -> str:
    return f"{ore // 100}.{ore % 100:02d}"


def _cell(column: str, value: str | int) -> str | int:
    """Return a changed value as it stands in files; amounts in öre and weights in parts are of the program alone."""
    if isinstance(value, int) and column == WEIGHT_COLUMN:
        return f"{value // UNITS}.{value % UNITS:04d}"
    if isinstance(value, int):
        return _sek(value) if column in AMOUNT_COLUMNS else value
    return identity.hidden(value)


def _tell(outcome: ImportOutcome) -> None:
    click.echo(
        _(
            "{file}: {read} lästa = {stored} nya + {corrected} rättade + "
            "{unchanged} oförändrade + {rejected} avvisade."
        ).format(
            file=outcome.file,
            read=outcome.read,
            stored=outcome.stored,
            corrected=outcome.corrected,
            unchanged=outcome.unchanged,
            rejected=outcome.rejected,
        ),
        err=True,
    )
    for amount in outcome.amounts:
        if amount.read or amount.unreadable:
            click.echo(_amount_line(amount), err=True)
    if not outcome.applied:
        click.echo(_("Inget har ändrats; så här hade det blivit."), err=True)
    if outcome.findings:
        found = _("Fynd: {n} värden som har släppts in men ser fel ut.").format(n=outcome.finding_count)
        click.echo(found, err=True)
    rejects.tell(outcome.rejects)


def _amount_line(amount: AmountAccount) -> str:
    told = _(
        "  {column}: {read} lästa = {stored} nya + {corrected} rättade + {unchanged} oförändrade + {rejected}"
    ).format(
        column=amount.column,
        read=kronor(amount.read),
        stored=kronor(amount.stored),
        corrected=kronor(amount.corrected),
        unchanged=kronor(amount.unchanged),
        rejected=_("{amount} avvisade").format(amount=kronor(amount.rejected)),
    )
    if not amount.unreadable:
        return told + "."
    return told + _("; {n} belopp gick inte att läsa.").format(n=amount.unreadable)


COMMANDS = (import_file,)
