"""A store and its keys taking the place of others, so that a process that dies on the way leaves the one or the other.

Both are written beside the store first. From the moment that the keys lie there the change is decided: whoever opens
the store next finishes it (`finish`). Before that moment nothing of the store has been touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.errors import RefusedError, StoreError
from kvalitetsapp.store import copying, key_file, whole_file
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

_COMING: Final = ".coming"
_COMING_KEYS: Final = ".keys.coming"


def place_for(path: Path) -> Path:
    """Return where the store is made ready that is to take the place of the one at `path`."""
    return path.with_name(path.name + _COMING)


def decide(path: Path, keys: bytes) -> None:
    """Decide that what lies ready takes the place of the store at `path`; no keys where it has none.

    Raises:
        RefusedError: that could not be written down; nothing has changed.
    """
    try:
        whole_file.write(_keys_for(path), keys)
    except OSError as error:
        raise RefusedError(
            _("Det går inte att skriva till {path}. Har du skrivrätt där, och finns det plats?").format(path=path)
        ) from error


def is_decided(path: Path) -> bool:
    """Tell whether a change was decided on and not finished."""
    return _keys_for(path).exists()


def finish(path: Path) -> None:
    """Do what was decided on; it may have been begun.

    Raises:
        StoreError: it cannot be done from here now.
    """
    if not is_decided(path):
        return
    try:
        _put_in_place(path)
        _put_keys_in_place(path)
    except OSError as error:
        raise StoreError(
            _(
                "En återställning av {path} avbröts, och den går inte att göra färdig nu. Stäng andra program som har "
                "databasen öppen, och öppna den med skrivrätt."
            ).format(path=path)
        ) from error


def give_up(path: Path) -> None:
    """Take away what was made ready and not decided on."""
    if not is_decided(path):
        copying.take_away(place_for(path))


def _put_in_place(path: Path) -> None:
    made = place_for(path)
    if not made.exists():
        return
    for ending in copying.BESIDE:  # a log of the store that was there must not be taken for one of the new
        path.with_name(path.name + ending).unlink(missing_ok=True)
    whole_file.move(made, path)


def _put_keys_in_place(path: Path) -> None:
    content = _keys_for(path).read_bytes()
    if content:
        whole_file.write(key_file.copy_of(path), content)
        whole_file.move(_keys_for(path), key_file.path_of(path))
        return
    key_file.remove(path)
    _keys_for(path).unlink()
    whole_file.sync_folder(path.parent)


def _keys_for(path: Path) -> Path:
    return path.with_name(path.name + _COMING_KEYS)
