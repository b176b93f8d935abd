"""`store init | info | check | export | receive`, and `link`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli.context import write_out
from kvalitetsapp.cli.swedish import SwedishCommand, SwedishGroup
from kvalitetsapp.domain import passphrase as passphrases
from kvalitetsapp.errors import ExitStatus, InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.cli.context import Context


_journey = click.option(
    "--journey-passphrase-file",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help=_("Fil med lösenfrasen för resan på första raden (annars fråga)."),
)


@click.group("store", cls=SwedishGroup, help=_("Skapa, beskriv eller kontrollera databasen."))
def store() -> None:
    """Gather the commands about the store."""


@store.command("init", help=_("Skapa en ny, tom och krypterad databas."))
@click.pass_obj
def init(context: Context) -> None:
    """Make a new store."""
    from kvalitetsapp.services import workspace

    passphrase = context.passphrase(twice=True)
    if weak := passphrases.weakness(passphrase, context.user or "", context.store.stem):
        if context.is_typed_at:
            raise InputError(weak)
        click.echo(_("Obs: {warning}").format(warning=weak), err=True)  # whoever wrote it down has decided on it
    workspace.create_workspace(context.store, passphrase, user=context.user).close()
    click.echo(_("Skapade {path}.").format(path=context.store), err=True)


@store.command("info", help=_("Visa vad databasen innehåller."))
@click.pass_obj
def info(context: Context) -> None:
    """Print what the store holds, as JSON."""
    from kvalitetsapp.services import stores

    with context.open(write=False) as workspace:
        found = stores.store_info(workspace)
    facts = {
        "path": str(found.path),
        "size_bytes": found.size_bytes,
        "version": found.version,
        "cipher": found.cipher,
        "sample": found.sample,
        "links_current": found.links_current,
        "data_cut": found.data_cut,
        **found.counts,
    }
    write_out(json.dumps(facts, ensure_ascii=False, indent=1) + "\n")


@store.command("check", help=_("Kontrollera att databasen är hel och att loggen är orörd."))
@click.pass_obj
def check(context: Context) -> int:
    """Print what is wrong; exit status 0 where all is well."""
    from kvalitetsapp.services import saved_copies, stores

    with context.open(write=False) as workspace:
        faults = stores.check_store(workspace)
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        click.echo(saved_copies.newest_in_words(context.store), err=True)
        return int(ExitStatus.STORE_NOT_OPENED)
    click.echo(_("Databasen är hel och loggen orörd."), err=True)
    return int(ExitStatus.OK)


@store.command("export", help=_("Skriv hela databasen i en krypterad fil, för en annan dator."))
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FIL", help=_("Fil som ska skrivas."))
@_journey
@click.pass_obj
def export(context: Context, *, out: Path, journey_passphrase_file: Path | None) -> None:
    """Write all of the store into a file with a passphrase of its own."""
    from kvalitetsapp.services import store_export

    with context.open(write=False) as workspace:
        passphrase = context.journey_passphrase(journey_passphrase_file, twice=True)
        done = store_export.export_store(workspace, out, passphrase, context.progress())
    click.echo(_("Skrev {path}. Lämna lösenfrasen för resan på annat sätt än filen.").format(path=done.path), err=True)


@store.command("receive", help=_("Gör en ny databas av en fil från ”store export”."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FIL")
@_journey
@click.option("--unit", default="", metavar="ENHET", help=_("Enheten där du arbetar."))
@click.pass_obj
def receive(context: Context, *, file: Path, journey_passphrase_file: Path | None, unit: str) -> None:
    """Make a new store of an exported one, with whoever receives it as its first user."""
    from kvalitetsapp.services import store_export

    journey = context.journey_passphrase(journey_passphrase_file, twice=False)
    own = context.passphrase(twice=True)
    store_export.import_store(
        file, context.store, journey, own, user=context.user, unit=unit, progress=context.progress()
    )
    click.echo(_("Skapade {path}.").format(path=context.store), err=True)


@store.command(
    "unlock", help=_("Ta över ett lås som en annan dator har lämnat efter sig. Fråga först den som står i det.")
)
@click.option("--yes", is_flag=True, help=_("Ja, ingen skriver i databasen från den andra datorn."))
@click.pass_obj
def unlock(context: Context, yes: bool) -> None:
    """Take over the lock that another computer left, which is noted in the trace; say whose it is."""
    from kvalitetsapp.services import workspace

    with workspace.open_workspace(
        context.store, context.passphrase(), write=True, user=context.user, take_over=yes
    ) as opened:
        taken = opened.writer_lock is not None and opened.writer_lock.left_by is not None
    click.echo(_("Låset är övertaget.") if taken else _("Databasen är inte låst."), err=True)


@click.command("link", cls=SwedishCommand, help=_("Koppla komplikationer till operationer på nytt (regel R1–R8)."))
@click.pass_obj
def link(context: Context) -> None:
    """Run R1–R8 over what is stored."""
    from kvalitetsapp.services import linking

    with context.open(write=True) as workspace:
        outcome = linking.run_links(workspace, context.progress())
    click.echo(
        _("{operations} primäroperationer, {events} händelser, {again} att titta på igen.").format(
            operations=outcome.operations, events=outcome.events, again=outcome.another_look
        ),
        err=True,
    )


COMMANDS = (store, link)
