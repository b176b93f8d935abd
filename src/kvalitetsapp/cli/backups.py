"""`backup now | list | check | restore | drill | folder`, and what is done before an import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kvalitetsapp.cli.options import output_format
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.domain.backups import Reason, on_the_wall
from kvalitetsapp.errors import DamageError, ExitStatus, RefusedError, StoreError
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.cli.context import Context
    from kvalitetsapp.domain.backups import Backup
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.restoring import Consequences, Restored
    from kvalitetsapp.services.workspace import Workspace

NEWEST: Final = "newest"
_folder = click.option(
    "--folder",
    type=click.Path(path_type=Path),
    metavar="MAPP",
    help=_("Mapp med säkerhetskopior, om den är en annan."),
)


def before_import(workspace: Workspace, progress: Progress) -> None:
    """Make a backup where there is something that the newest one does not have.

    Raises:
        RefusedError: it could not be made, and the import must not begin.
    """
    from kvalitetsapp.services import backups

    try:
        backups.before(workspace, Reason.IMPORT, progress)
    except RefusedError as error:
        without = _("Inget har lästs in. Med ”--without-backup” läses filen in ändå.")
        raise RefusedError(f"{error.message} {without}") from error


@click.group("backup", cls=SwedishGroup, help=_("Säkerhetskopiera, kontrollera och återställ databasen."))
def backup() -> None:
    """Gather the commands about backups."""


@backup.command("now", help=_("Gör en säkerhetskopia nu."))
@click.pass_obj
def make(context: Context) -> None:
    """Make a backup."""
    from kvalitetsapp.services import backups

    with context.open(write=False) as workspace:
        made = backups.make(workspace, progress=context.progress())
        standing = backups.standing(workspace)
    click.echo(_("Gjorde {name} i {folder}.").format(name=made.name, folder=standing.folder), err=True)
    if standing.warning:
        click.echo(standing.warning, err=True)


@backup.command("list", help=_("Alla säkerhetskopior, den nyaste först."))
@_folder
@output_format
@click.pass_obj
def list_backups(context: Context, folder: Path | None) -> None:
    """Print the backups of the store, or those in a folder, which need no store that opens."""
    from kvalitetsapp.services import backups, saved_copies

    if folder is not None:
        context.print_table(saved_copies.listing(folder))
        return
    try:
        with context.open(write=False) as workspace:
            table, standing = backups.listing(workspace), backups.standing(workspace)
    except DamageError as error:
        click.echo(error.message, err=True)
        context.print_table(saved_copies.listing(saved_copies.folder_of(context.store)))
        return
    context.print_table(table)
    if standing.drill:
        told = _("Senaste prov {moment}: {result}.")
        click.echo(told.format(moment=standing.drilled_at, result=standing.drill), err=True)
    if standing.is_old:
        click.echo(_("Obs: det finns ändringar som ingen säkerhetskopia från de två senaste dygnen har."), err=True)


@backup.command("check", help=_("Läs igenom en säkerhetskopia, eller alla."))
@click.argument("name", metavar="NAMN", required=False)
@click.pass_obj
def check(context: Context, name: str | None) -> int:
    """Print which backups are damaged; exit status 0 where none is."""
    from kvalitetsapp.services import backups, saved_copies

    with context.open(write=False) as workspace:
        checked = backups.check(workspace, name, context.progress())
    damaged = [one for one in checked if one.fault]
    for one in damaged:
        click.echo(_("{name} är skadad: {fault}.").format(name=one.name, fault=one.fault), err=True)
    whole = len(checked) - len(damaged)
    told = ngettext("{n} säkerhetskopia är hel.", "{n} säkerhetskopior är hela.", whole)
    click.echo(told.format(n=number(whole)), err=True)
    click.echo(saved_copies.newest_in_words(context.store), err=True)
    return int(ExitStatus.STORE_NOT_OPENED if damaged else ExitStatus.OK)


@backup.command(
    "restore", help=_("Låt en säkerhetskopia ta databasens plats. Utan --yes visas bara vad som går förlorat.")
)
@click.argument("name", metavar="NAMN", default=NEWEST)
@_folder
@click.option("--yes", is_flag=True, help=_("Återställ. Den databas som finns sparas bredvid."))
@click.pass_obj
def restore(context: Context, *, name: str, folder: Path | None, yes: bool) -> int:
    """Restore a backup, or say what that would undo."""
    from kvalitetsapp.services import restoring, saved_copies

    place = folder or saved_copies.folder_of(context.store)
    if not yes:
        return _tell_consequences(context, place, name)
    done = restoring.restore(
        context.store, place, name, context.passphrase(), user=context.user, progress=context.progress()
    )
    _tell_restored(done)
    return int(ExitStatus.OK)


@backup.command(
    "drill", help=_("Prova att återställa: öppna en kopia som en annan dator skulle göra, och räkna efter.")
)
@click.argument("name", metavar="NAMN", default=NEWEST)
@click.pass_obj
def drill(context: Context, name: str) -> int:
    """Try a backup out; exit status 0 where all went well."""
    from kvalitetsapp.services import backup_drill
    from kvalitetsapp.services.workspace import open_workspace

    passphrase = context.passphrase()
    with open_workspace(context.store, passphrase, write=False, user=context.user) as workspace:
        done = backup_drill.drill(workspace, passphrase, name, user=context.user, progress=context.progress())
    click.echo(f"{done.backup.name}: {done.in_words}.", err=True)
    return int(ExitStatus.STORE_NOT_OPENED if done.faults else ExitStatus.OK)


@backup.command("folder", help=_("Var säkerhetskopior ska ligga. Utan mapp: bredvid databasen."))
@click.argument("folder", type=click.Path(path_type=Path), metavar="MAPP", required=False)
@click.pass_obj
def choose_folder(context: Context, folder: Path | None) -> None:
    """Choose the folder."""
    from kvalitetsapp.services import backups

    with context.open(write=True) as workspace:
        warning = backups.choose_folder(workspace, folder)
        chosen = backups.standing(workspace).folder
    click.echo(_("Säkerhetskopior läggs i {folder}.").format(folder=chosen), err=True)
    if warning:
        click.echo(warning, err=True)


def _tell_consequences(context: Context, folder: Path, name: str) -> int:
    from kvalitetsapp.services import restoring, saved_copies

    try:
        with context.open(write=False) as workspace:
            _tell_lost(restoring.consequences(workspace, folder, name))
    except StoreError as error:
        click.echo(error.message, err=True)
        chosen = saved_copies.chosen(saved_copies.in_folder(folder), name)
        click.echo(_("Databasen kan inte öppnas. {name} skulle ta dess plats.").format(name=_named(chosen)), err=True)
    click.echo(_("Inget har ändrats. Kör igen med ”--yes” för att återställa."), err=True)
    return int(ExitStatus.REFUSED)


def _tell_lost(found: Consequences) -> None:
    click.echo(_("{name} skulle ta databasens plats.").format(name=_named(found.backup)), err=True)
    told = ngettext(
        "{n} post i loggen har tillkommit sedan dess.", "{n} poster i loggen har tillkommit sedan dess.", found.entries
    )
    click.echo(told.format(n=number(found.entries)), err=True)
    for line in found.differences():
        click.echo(f"  {line}", err=True)


def _tell_restored(done: Restored) -> None:
    click.echo(_("Återställde {path} från {name}.").format(path=done.path, name=done.backup), err=True)
    if done.aside is not None:
        click.echo(_("Den som fanns ligger kvar som {path}.").format(path=done.aside), err=True)
    if done.returned:
        names = ", ".join(done.returned)
        click.echo(
            _("Obs: de här får öppna databasen igen, fast de var borttagna: {names}.").format(names=names), err=True
        )


def _named(one: Backup) -> str:
    return _("Kopian {name}, gjord {made_at},").format(name=one.name, made_at=on_the_wall(one.note.made_at))


COMMANDS = (backup,)
