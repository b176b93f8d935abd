"""Backups as they lie in a folder, whether or not the store that they are of can be opened."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import backups as told
from kvalitetsapp.domain.backup_thinning import Aged, to_take_away
from kvalitetsapp.errors import DamageError, InputError, StoreError
from kvalitetsapp.store import backup_making, backup_notes
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.backups import Backup
    from kvalitetsapp.domain.table import Table

NEWEST: Final = "newest"


def in_folder(folder: Path) -> tuple[Backup, ...]:
    """Return all backups in a folder, also from another computer, the newest first.

    Raises:
        InputError: the folder cannot be read.
    """
    if not folder.is_dir():
        raise InputError(_("Mappen {folder} finns inte.").format(folder=folder))
    return backup_notes.all_in(folder)


def listing(folder: Path) -> Table:
    """Return all backups in a folder as a table; raises as `in_folder`."""
    return told.backups_table(in_folder(folder), now())


def folder_of(path: Path) -> Path:
    """Return where the backups of a store lie, also of one that does not open."""
    return backup_notes.folder_of(path)


def naming_the_newest(error: StoreError, path: Path) -> StoreError:
    """Return what is said of a store that does not open, with its newest good backup where that would help."""
    if isinstance(error, DamageError):
        return DamageError(f"{error.message} {newest_in_words(path)}")
    if not os.path.exists(path) and _newest(path) is not None:  # noqa: PTH110 - Path is no judge of too long a name
        return StoreError(f"{error.message} {newest_in_words(path)}")
    return error


def newest_in_words(path: Path) -> str:
    """Return a sentence that names the newest good backup of a store, also of one that does not open."""
    newest = _newest(path)
    if newest is None:
        return _("Ingen hel säkerhetskopia hittades i {folder}.").format(folder=backup_notes.folder_of(path))
    return _("Den senaste hela säkerhetskopian är {name}, gjord {made_at} ({age}).").format(
        name=newest.name,
        made_at=told.on_the_wall(newest.note.made_at),
        age=told.age_in_words(newest.note.made_at, now()),
    )


def chosen(among: tuple[Backup, ...], name: str) -> Backup:
    """Return the backup of a name, or the newest good one for `newest`.

    Raises:
        InputError: there is none.
    """
    if name == NEWEST:
        one = told.newest_good(among, now())
    else:
        one = next((each for each in among if each.name in (name, name + told.SUFFIX)), None)
    if one is None:
        raise InputError(
            _("Det finns ingen säkerhetskopia ”{name}”. Se ”kvalitetsapp backup list”.").format(name=name)
        )
    return one


def folder_warning(store: Path, folder: Path) -> str:
    """Return what speaks against a folder for backups, "" where nothing does."""
    place = store.parent if folder == backup_notes.folder_beside(store) else folder
    try:
        is_same = place.stat().st_dev == store.parent.stat().st_dev
    except OSError:
        return backup_making.out_of_reach(folder)
    return _("Kopiorna ligger på samma disk som databasen. Går disken sönder försvinner båda.") if is_same else ""


def thin(folder: Path, store_id: str) -> frozenset[str]:
    """Take away the backups of a store that need not be kept, and what was left unfinished; return their names."""
    aged = [
        Aged(one.name, one.note.made_at, not one.fault, one.note.entry)
        for one in backup_notes.all_in(folder, store_id)
    ]
    away = to_take_away(aged, now())
    backup_making.remove(folder, away)
    backup_making.remove_unfinished(folder)
    return away


def now() -> datetime:
    """Return the moment."""
    return datetime.now(UTC)


def _newest(path: Path) -> Backup | None:
    try:
        return told.newest_good(backup_notes.all_in(backup_notes.folder_of(path)), now())
    except OSError:
        return None
