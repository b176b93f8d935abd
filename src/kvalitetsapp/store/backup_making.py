"""The making of a backup: copied from one moment of the store, read again whole, compared, and only then counted."""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import kvalitetsapp
from kvalitetsapp.domain.backups import Backup, BackupNote, Reason, name_for
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.store import (
    backup_notes,
    control_totals,
    copying,
    dialect,
    key_file,
    key_form,
    meta,
    migrations,
    trouble,
    whole_file,
)
from kvalitetsapp.store.connection import Store
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sqlcipher3 import dbapi2

    from kvalitetsapp.store.control_totals import Totals
    from kvalitetsapp.store.keys import StoreKey

# Entries about backups themselves change nothing that a backup is for.
OWN_ENTRIES: Final = ("backup_made", "backup_drill", "backup_folder", "backup_checked")
_GIVEN_UP: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Order:
    """What is needed to make a backup, in any thread: the store with its key, where to, and why."""

    store: Path
    key: StoreKey | str
    folder: Path
    store_id: str
    reason: Reason


def carry_out(order: Order, progress: Progress | None = None) -> Backup:
    """Make a backup through a connection of its own: others read and write meanwhile.

    Raises:
        RefusedError: it could not be written; nothing of it remains, and the earlier ones are as they were.
        StoreError: the store is damaged.
        CancelledError: the user cancelled; nothing of it remains.
    """
    with Store.open(order.store, order.key, read_only=True) as store:
        return of_connection(store.conn, order, mark_of(store.conn), progress)


def of_connection(conn: dbapi2.Connection, order: Order, mark: str, progress: Progress | None = None) -> Backup:
    """Make a backup of what a connection sees, which may be a store of an earlier version; as `carry_out` does."""
    told, moment = progress or Progress(), datetime.now(UTC).replace(microsecond=0)
    with _one_moment(conn), _place(order, moment) as path:
        totals, keys = control_totals.read(conn), _keys_of(order.store)
        part = path.with_name(path.name + backup_notes.PART_SUFFIX)
        copying.copy(conn, part, order.key, told)
        told.step(0, None, _("Kontrollerar kopian"))
        demand_same(part, order.key, totals, told)
        note = BackupNote(
            store_id=order.store_id,
            made_at=moment,
            reason=order.reason,
            program=kvalitetsapp.__version__,
            schema=migrations.version(conn),
            size=part.stat().st_size,
            sha256=backup_notes.sha256_of(part),
            keys_sha256=hashlib.sha256(keys).hexdigest() if keys else "",
            totals=totals.fingerprint(),
            entry=totals.entry,
            head=totals.head,
            mark=mark,
            checked_at=moment,
        )
        count(path, part, keys, note)
    return Backup(path.name, note)


def count(path: Path, part: Path, keys: bytes, note: BackupNote) -> None:
    """Give a copy that was found whole its keys and its name, and write the note last.

    Raises:
        OSError: it could not be written.
    """
    if keys:
        whole_file.write(key_file.path_of(path), keys)
    whole_file.move(part, path)
    backup_notes.write(path, note)


def before_migration(path: Path, key: StoreKey | str, conn: dbapi2.Connection) -> None:
    """Back up a store of an earlier version, as a connection sees it, before it is brought up to date.

    Raises:
        RefusedError: it could not be written; the store must stay as it is.
    """
    found = conn.execute("SELECT value FROM meta WHERE name = ?", (meta.STORE_ID,)).fetchone()
    folder = backup_notes.folder_of(path)
    of_connection(conn, Order(path, key, folder, str(found[0]) if found else "", Reason.MIGRATION), "")


@trouble.explained()
def mark_of(conn: dbapi2.Connection) -> str:
    """Return what stays the same while nothing that a backup is for is changed, also after the program was closed."""
    own = ", ".join("?" * len(OWN_ENTRIES))
    last = f"SELECT hash FROM audit WHERE action NOT IN ({own}) ORDER BY entry DESC LIMIT 1"
    drafts = "SELECT count(*), ifnull(max(kept_at), '') FROM review_drafts"
    told = (conn.execute(last, OWN_ENTRIES).fetchone(), conn.execute(drafts).fetchone())
    return hashlib.sha256(repr(told).encode()).hexdigest()


@trouble.explained()
def holds_anything(conn: dbapi2.Connection) -> bool:
    """Tell whether anything was done in a store since it was made."""
    own = ", ".join("?" * len(OWN_ENTRIES))
    done = f"SELECT EXISTS (SELECT 1 FROM audit WHERE entry > 1 AND action NOT IN ({own}))"
    return bool(conn.execute(done, OWN_ENTRIES).fetchone()[0])


def demand_same(path: Path, key: StoreKey | str, totals: Totals, progress: Progress | None = None) -> None:
    """Read all of a copy through its key and make sure that it is whole and has the totals of what it is a copy of.

    Raises:
        RefusedError: it is not, or has not.
        CancelledError: the user cancelled.
    """
    told = progress or Progress()
    with closing(dialect.connect(path, key, mode=dialect.Mode.FROZEN)) as copy:
        dialect.stop_when(copy, lambda: told.is_cancelled)
        found = dialect.faults(copy)
        told.heed()
        found = found or list(control_totals.read(copy).differences(totals))
    if found:
        raise RefusedError(
            _("Säkerhetskopian blev inte lik databasen ({fault}) och har tagits bort. Disken kan vara trasig.").format(
                fault=found[0]
            )
        )


def remove(folder: Path, names: Iterable[str]) -> None:
    """Take backups away, each first in its note, so that one that is half gone does not count."""
    for name in names:
        path = folder / name
        backup_notes.note_of(path).unlink(missing_ok=True)
        copying.take_away(path)
        key_file.path_of(path).unlink(missing_ok=True)


def remove_unfinished(folder: Path) -> None:
    """Take away what backups left that were cut short more than a day ago."""
    counted = {one.name for one in backup_notes.all_in(folder)}
    oldest = time.time() - _GIVEN_UP.total_seconds()
    for path in folder.iterdir():
        belongs = any(path.name.startswith(name) for name in counted)
        if backup_notes.is_ours(path.name.lstrip(".")) and not belongs and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def demand_folder(order: Order) -> None:
    """Make the folder beside the store where it is missing; one that was chosen must be there.

    Raises:
        RefusedError: it cannot be reached.
    """
    try:
        if order.folder == backup_notes.folder_beside(order.store) and not order.folder.exists():
            order.folder.mkdir(mode=0o700, exist_ok=True)
            whole_file.sync_folder(order.folder.parent)  # else what is synced in it may go with its name
        if order.folder.is_dir():
            return
    except OSError:
        pass
    raise RefusedError(out_of_reach(order.folder))


def out_of_reach(folder: Path) -> str:
    """Return what is said of a folder for backups that cannot be reached."""
    return _("Mappen för säkerhetskopior, {folder}, går inte att nå. Anslut den, eller välj en annan.").format(
        folder=folder
    )


@contextmanager
def _one_moment(conn: dbapi2.Connection) -> Iterator[None]:
    if conn.in_transaction:
        yield
        return
    conn.execute("BEGIN")
    try:
        yield
    finally:
        conn.rollback()


@contextmanager
def _place(order: Order, moment: datetime) -> Iterator[Path]:
    """Take a name of its own for the block, which leaves nothing under it where it fails."""
    demand_folder(order)
    path = None
    try:
        path = _reserved(order.folder, order.reason, moment)
        yield path
    except BaseException as error:
        with suppress(OSError):
            _leave(path)
        if isinstance(error, OSError):
            raise RefusedError(
                _("Säkerhetskopian kunde inte skrivas i {folder}. Har du skrivrätt där, och finns det plats?").format(
                    folder=order.folder
                )
            ) from error
        raise


def _reserved(folder: Path, reason: Reason, moment: datetime) -> Path:
    """Return a name that nobody else gets, however the clock goes."""
    while True:
        path = folder / name_for(moment, reason, lambda place: any(folder.glob(f"{place}*")))
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            continue
        return path


def _leave(path: Path | None) -> None:
    if path is None:
        return
    backup_notes.note_of(path).unlink(missing_ok=True)
    key_file.path_of(path).unlink(missing_ok=True)
    copying.take_away(path.with_name(path.name + backup_notes.PART_SUFFIX))
    copying.take_away(path)


def _keys_of(store: Path) -> bytes:
    """Return the content of a store's file of keys, nothing for a store that has none."""
    return key_form.as_bytes(key_file.read(store).keys) if key_file.exists(store) else b""
