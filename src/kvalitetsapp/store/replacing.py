"""A store and its keys taking the place of others, so that a process that dies on the way leaves the one or the other.

The store is made ready beside the one that is there. From the moment that the decision lies beside it (the keys, and
the name that the present store is kept under) the change is made: whoever opens the store next finishes it. Before
that moment nothing of the present store has been touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.errors import RefusedError, StoreError
from kvalitetsapp.store import copying, key_file, store_file, whole_file
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

_COMING: Final = ".coming"
_DECISION: Final = ".keys.coming"
_KEYS: Final = (key_file.SUFFIX, key_file.COPY_SUFFIX)


def place_for(path: Path) -> Path:
    """Return where the store is made ready that is to take the place of the one at `path`."""
    return path.with_name(path.name + _COMING)


def decide(path: Path, aside: Path, keys: bytes) -> None:
    """Decide that what lies ready takes the place of the store at `path`, which is kept as `aside` beside it.

    Raises:
        RefusedError: that could not be written down; nothing has changed.
    """
    try:
        whole_file.write(_decision(path), aside.name.encode() + b"\n" + keys)
    except OSError as error:
        raise RefusedError(
            _("Det går inte att skriva till {path}. Har du skrivrätt där, och finns det plats?").format(path=path)
        ) from error


def is_decided(path: Path) -> bool:
    """Tell whether a change was decided on and not finished."""
    return store_file.is_file(_decision(path))


def finish(path: Path) -> None:
    """Do what was decided on; some of it may have been done.

    Raises:
        StoreError: it cannot be done from here now.
    """
    if not is_decided(path):
        return
    try:
        aside, _newline, keys = _decision(path).read_bytes().partition(b"\n")
        if place_for(path).exists():
            keep_aside(path, _beside(path, aside.decode()))
            put_in_place(path)
        put_keys_in_place(path, keys)
    except (OSError, ValueError) as error:
        raise StoreError(
            _(
                "En återställning av {path} avbröts, och den går inte att göra färdig nu. Stäng andra program som har "
                "databasen öppen, och öppna den med skrivrätt."
            ).format(path=path)
        ) from error


def give_up(path: Path) -> None:
    """Take away what was made ready and not decided on."""
    if is_decided(path):
        return
    place = place_for(path)
    copying.take_away(place)
    key_file.remove(place)


def keep_aside(path: Path, aside: Path) -> None:
    """Keep a store, whatever state it is in, under another name with all that lies beside it."""
    for ending in ("", *copying.BESIDE, *_KEYS):
        present = path.with_name(path.name + ending)
        if present.exists():
            copying.keep_aside(present, aside.with_name(aside.name + ending))


def put_in_place(path: Path) -> None:
    """Let the store that was made ready have the name of the other."""
    for ending in copying.BESIDE:  # a log of the store that was there must not be taken for one of the new
        path.with_name(path.name + ending).unlink(missing_ok=True)
    whole_file.move(place_for(path), path)


def put_keys_in_place(path: Path, keys: bytes) -> None:
    """Let the new keys have the names of the others, and forget the decision, which is done."""
    whole_file.write(key_file.path_of(path), keys)
    whole_file.write(key_file.copy_of(path), keys)
    key_file.remove(place_for(path))
    _decision(path).unlink()
    whole_file.sync_folder(path.parent)


def _beside(path: Path, name: str) -> Path:
    """Return where a store is kept, from a decision that anybody who can write to the folder may have written."""
    if not name.startswith(path.stem):
        raise ValueError(name)
    return path.with_name(name)


def _decision(path: Path) -> Path:
    return path.with_name(path.name + _DECISION)
