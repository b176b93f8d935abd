"""The file of keys beside a store, and its copy: who can open the store, each with a slot.

It holds nothing that opens the store without a passphrase. The file itself counts; its copy is for the day when it is
damaged. What stands in it is told in docs/key-file.md, and written and read in `key_form.py`.
"""

from __future__ import annotations

import contextlib
import os
import stat
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import user_name
from kvalitetsapp.errors import DamageError, RefusedError, StoreError
from kvalitetsapp.store import file_marks, key_form, keys, whole_file
from kvalitetsapp.store.key_form import DamagedError, KeyFile
from kvalitetsapp.store.keys import Slot, StoreKey
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.store.keys import Slot, StoreKey

SUFFIX: Final = ".keys"
COPY_SUFFIX: Final = ".keys.copy"
_LARGEST: Final = 4 * 1024 * 1024


class Lack(Enum):
    """What is the matter with one of the two files, while the other serves.

    A copy that is not there yet, as beside a backup, is nothing to tell of.
    """

    MISSING = auto()
    DAMAGED = auto()
    FOREIGN = auto()
    OLDER = auto()
    NOT_COPIED = auto()


@dataclass(frozen=True, slots=True)
class Found:
    """The keys as found, and what was the matter with one of the two files."""

    keys: KeyFile
    lacking: tuple[tuple[Path, Lack], ...] = ()


def path_of(store: Path) -> Path:
    """Return where the keys of a store lie."""
    return store.with_name(store.name + SUFFIX)


def copy_of(store: Path) -> Path:
    """Return where the copy of the keys of a store lies."""
    return store.with_name(store.name + COPY_SUFFIX)


def exists(store: Path) -> bool:
    """Tell whether a store has a file of keys or at least its copy."""
    return path_of(store).exists() or copy_of(store).exists()


def read(store: Path) -> Found:
    """Return the keys of a store: those in the file itself where it is whole and of this store, else in its copy.

    Raises:
        DamageError: neither can be read.
    """
    mark = mark_of(store)
    told = {path: _read_one(path) for path in (path_of(store), copy_of(store))}
    whole = {path: one for path, one in told.items() if isinstance(one, KeyFile)}
    if not whole:
        raise DamageError(
            _(
                "Nyckelfilen {path} är skadad, och dess kopia också. Lägg tillbaka nyckelfilen från den senaste "
                "säkerhetskopian, eller återställ hela databasen därifrån."
            ).format(path=path_of(store))
        )
    chosen = next((one for one in whole.values() if one.has_key_for(mark)), next(iter(whole.values())))
    if told[copy_of(store)] is Lack.MISSING:
        told[copy_of(store)] = Lack.NOT_COPIED
    lacks = ((path, _lack(one, chosen, mark)) for path, one in told.items())
    return Found(chosen, tuple((path, lack) for path, lack in lacks if lack is not None))


def write(store: Path, told: KeyFile) -> KeyFile:
    """Write the keys of a store, the copy first, and return them as written: they count from when the file is whole.

    Raises:
        RefusedError: they could not be written; those that lay there still count.
    """
    counted = replace(told, count=told.count + 1)
    content = key_form.as_bytes(counted)
    try:
        whole_file.write(copy_of(store), content)
        whole_file.write(path_of(store), content)
    except OSError as error:
        raise _not_written(store) from error
    return counted


@contextlib.contextmanager
def written(store: Path, told: KeyFile) -> Iterator[None]:
    """Write the keys of a store; if the block then fails, what lay there lies there again, which takes no room.

    Raises:
        RefusedError: they could not be written; those that lay there still count.
    """
    before = {path: path.with_name(f".{path.name}.before.tmp") for path in (path_of(store), copy_of(store))}
    try:
        try:
            for path, aside in before.items():
                _keep_as(path, aside)
        except OSError as error:
            raise _not_written(store) from error
        write(store, told)
        yield
    except BaseException:
        for path, aside in before.items():
            if aside.exists():
                whole_file.move(aside, path)
        raise
    finally:
        for aside in before.values():
            aside.unlink(missing_ok=True)


def remove(store: Path) -> None:
    """Take away the keys of a store that was never finished."""
    for path in (path_of(store), copy_of(store)):
        path.unlink(missing_ok=True)


def peek(store: Path) -> KeyFile | None:
    """Return the keys of a store where there are any that can be read, for what is only offered."""
    try:
        return read(store).keys if exists(store) else None
    except (StoreError, OSError, ValueError):
        return None


def mark_of(store: Path) -> bytes:
    """Return the first bytes of a store's file, which tell which data key it has; none where there is no file."""
    return file_marks.of(store)


def key_of(told: KeyFile, slot: Slot, private_key: bytes, mark: bytes) -> StoreKey:
    """Return the data key of the file with `mark`; the only one there is where the mark itself may be damaged.

    Raises:
        WrongKeyError: the slot holds none that could be it.
    """
    if mark not in slot.sealed and len(slot.sealed) == 1:
        mark = next(iter(slot.sealed))
    return keys.data_key(slot, told.store_id, private_key, mark)


def in_words(path: Path, lack: Lack) -> str:
    """Return what is the matter with a file of keys, in a sentence."""
    if lack is Lack.MISSING:
        return _("Nyckelfilen {path} saknas. Det andra exemplaret används.").format(path=path)
    if lack is Lack.DAMAGED:
        return _("Nyckelfilen {path} är skadad eller går inte att läsa. Det andra exemplaret används.").format(
            path=path
        )
    if lack is Lack.FOREIGN:
        return _("Nyckelfilen {path} hör till en annan databas. Det andra exemplaret används.").format(path=path)
    return _("Nyckelfilens kopia {path} är inte likadan som nyckelfilen. Nyckelfilen gäller.").format(path=path)


def _not_written(store: Path) -> RefusedError:
    return RefusedError(
        _("Nyckelfilen {path} kunde inte skrivas. Har du skrivrätt i mappen, och finns det plats?").format(
            path=path_of(store)
        )
    )


def _keep_as(path: Path, aside: Path) -> None:
    """Give a file a second name, if it is there; on a disk that knows no such thing, copy it."""
    aside.unlink(missing_ok=True)
    try:
        os.link(path, aside)
    except FileNotFoundError:
        return
    except OSError:
        whole_file.copy(path, aside)


def _read_one(path: Path) -> KeyFile | Lack:
    try:
        told_of = path.stat()
        if not stat.S_ISREG(told_of.st_mode) or told_of.st_size > _LARGEST:
            return Lack.DAMAGED
        told = key_form.from_bytes(path.read_bytes())
    except FileNotFoundError:
        return Lack.MISSING
    except (OSError, ValueError, DamagedError):
        return Lack.DAMAGED
    # What is shown as a name must not be able to turn a sentence round, or be somebody's number.
    names_told = [slot.owner.name for slot in told.slots]
    return Lack.DAMAGED if any(map(user_name.fault, names_told)) else told


def _lack(one: KeyFile | Lack, chosen: KeyFile, mark: bytes) -> Lack | None:
    if isinstance(one, Lack):
        return one
    if one.store_id != chosen.store_id or (chosen.has_key_for(mark) and not one.has_key_for(mark)):
        return Lack.FOREIGN
    return Lack.OLDER if one != chosen else None
