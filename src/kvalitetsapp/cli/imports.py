"""`import`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kvalitetsapp.cli.context import write_out
from kvalitetsapp.cli.swedish import SwedishCommand
from kvalitetsapp.domain import identity
from kvalitetsapp.domain.imports import AmountAccount, KindOfFile, Reject
from kvalitetsapp.errors import ExitStatus
from kvalitetsapp.texts import _, kronor

if TYPE_CHECKING:
    from kvalitetsapp.cli.context import Context
    from kvalitetsapp.services.imports import ImportOutcome

_AMOUNTS: Final = frozenset({"cost", "price", "cap", "deductible", "unit_price"})
_PERSONAL: Final = frozenset({"personal_id", "same_as"})


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
    type=click.Path(path_type=Path),
    metavar="FIL",
    help=_("Mappningsprofil (TOML) för filer i annan form."),
)
@click.option("--dry-run", is_flag=True, help=_("Pröva bara; ändra inget."))
@click.option("--all-or-nothing", is_flag=True, help=_("Läs in allt eller inget om någon rad avvisas."))
@click.option("--no-link", is_flag=True, help=_("Koppla inte på nytt efteråt."))
@click.option("--json", "as_json", is_flag=True, help=_("Skriv redovisningen som JSON."))
@click.pass_obj
def import_file(
    context: Context,
    *,
    kind: str,
    file: Path,
    profile: Path | None,
    dry_run: bool,
    all_or_nothing: bool,
    no_link: bool,
    as_json: bool,
) -> int:
    """Take a file in and print its account."""
    from kvalitetsapp.services import imports

    with context.open(write=True) as workspace:
        outcome = imports.import_file(
            workspace,
            KindOfFile(kind),
            file,
            profile=profile,
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
        "rejects": [
            {"row": reject.row, "column": reject.column or None, "value": _shown(reject), "reason": reject.reason}
            for reject in outcome.rejects
        ],
        "findings": [
            {
                "row": found.row,
                "rule": found.rule,
                "column": identity.hidden(found.column) or None,
                "value": identity.masked(found.value) if found.column in _PERSONAL else identity.hidden(found.value),
            }
            for found in outcome.findings
        ],
        "amounts": [
            {
                name: value if name in {"column", "unreadable"} else _sek(value)
                for name, value in asdict(amount).items()
            }
            for amount in outcome.amounts
        ],
        "changed_cells": [
            {**asdict(cell), "before": _cell(cell.column, cell.before), "after": _cell(cell.column, cell.after)}
            for cell in outcome.changed_cells
        ],
    }
    return account


def _sek(ore: int) -> str:
    return f"{ore // 100}.{ore % 100:02d}"


def _cell(column: str, value: str | int) -> str | int:
    """Return a changed value as it stands in files; amounts are öre only inside the program."""
    if isinstance(value, int):
        return _sek(value) if column in _AMOUNTS else value
    return identity.hidden(value)


def _shown(reject: Reject) -> str:
    """Return a rejected value; a personal number, also a damaged one, is masked and found by its row."""
    if reject.column in _PERSONAL and reject.value:
        return identity.masked(reject.value)
    return identity.hidden(reject.value)


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
    for reject in outcome.rejects:
        click.echo(
            _("  rad {row}, {column}: ”{value}” – {reason}").format(
                row=reject.row, column=reject.column or "–", value=_shown(reject), reason=reject.reason
            ),
            err=True,
        )


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
