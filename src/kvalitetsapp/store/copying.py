"""Copies of a whole store under a key of their own, and a copy taking the store's place."""

from __future__ import annotations

import contextlib
import itertools
import os
from typing import TYPE_CHECKING

from kvalitetsapp.errors import RefusedError, StoreError
from kvalitetsapp.progress import Progress
from kvalitetsapp.store import dialect, place, trouble, whole_file
from kvalitetsapp.store.connection import Store
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlcipher3 import dbapi2

    from kvalitetsapp.store.keys import StoreKey

BESIDE = ("-wal", "-shm", "-journal")


def copy(source: dbapi2.Connection, target: Path, key: StoreKey | str, progress: Progress | None = None) -> None:
    """Write the database of a connection, as it is now, to a new file under `key`, through to the disk.

    Raises:
        RefusedError: it could not be written, for want of room or rights; nothing of it remains.
        CancelledError: the user cancelled; nothing of it remains.
    """

    def tell(left: int, total: int) -> None:
        if progress is not None:
            progress.step(total - left, total, _("Kopierar databasen"))

    take_away(target)
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with trouble.explained():
            made = dialect.connect(target, key, mode=dialect.Mode.CREATE)
            try:
                dialect.copy(source, made, tell)
            finally:
                made.close()
        with target.open("rb+") as file:
            os.fsync(file.fileno())
    except OSError as error:
        take_away(target)
        raise RefusedError(
            _("Det går inte att skriva till {path}. Har du skrivrätt där, och finns det plats?").format(path=target)
        ) from error
    except BaseException:
        take_away(target)
        raise


def demand_alone(store: Store) -> None:
    """Move all of a store into its one file, whose place another can then take.

    Raises:
        RefusedError: somebody else has it open.
    """
    if not dialect.put_log_away(store.conn):
        raise _others_have_it()


@contextlib.contextmanager
def held_alone(store: Store) -> Iterator[None]:
    """Move all of a store into its one file, and let nobody else write to it while the block copies it.

    Not even a reading can be traced in it meanwhile, so that nothing is missing in the copy.

    Raises:
        RefusedError: somebody else has it open.
    """
    demand_alone(store)
    try:
        dialect.keep_others_out(store.conn)
    except dialect.OperationalError as error:
        raise _others_have_it() from error
    try:
        yield
    finally:
        if not place.of(store.path).is_shared:  # there it is held alone for as long as it is open
            dialect.let_others_in(store.conn)


def _others_have_it() -> RefusedError:
    return RefusedError(_("Någon annan har databasen öppen. Stäng den överallt och försök igen."))


def demand_whole(path: Path, key: StoreKey, progress: Progress | None = None) -> None:
    """Read all of a file through its key and make sure that nothing in it is damaged.

    Raises:
        StoreError: something is.
        CancelledError: the user cancelled.
    """
    progress = progress or Progress()
    with Store.open(path, key) as store, store.heeding(progress):
        progress.step(0, None, _("Läser igenom kopian"))
        faults = dialect.faults(store.conn)
        progress.heed()
    if faults:
        raise StoreError(_("Kopian {path} är inte hel: {fault}.").format(path=path, fault=faults[0]))


def replace(path: Path, source: Path) -> None:
    """Let `source` take the place of the store at `path`, which nobody may have open.

    Raises:
        RefusedError: it cannot be replaced; it lies there yet.
    """
    try:
        whole_file.move(source, path)
    except OSError as error:
        raise RefusedError(
            _("Databasen {path} gick inte att byta ut. Stäng andra program som har den öppen.").format(path=path)
        ) from error


def keep_aside(path: Path, aside: Path) -> None:
    """Give a file a second name, under which it stays when the first is given to another; copied where it must be."""
    try:
        os.link(path, aside)
        whole_file.sync_folder(aside.parent)
    except FileExistsError:
        return
    except OSError:  # a file system without second names
        whole_file.copy(path, aside)


def free_name(path: Path, ending: str) -> Path:
    """Return the name of a file with `ending`, or with the first number after it that no file has yet."""
    numbered = (path.with_name(f"{path.name}{ending}-{number}") for number in itertools.count(2))
    return next(name for name in itertools.chain([path.with_name(path.name + ending)], numbered) if not name.exists())


def take_away(path: Path) -> None:
    """Remove a file of a store and what SQLite keeps beside it."""
    for name in (path.name, *(path.name + ending for ending in BESIDE)):
        path.with_name(name).unlink(missing_ok=True)
