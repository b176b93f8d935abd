"""The file of a store as the operating system sees it: whether it is there, may be made, and is still the same."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kvalitetsapp.errors import DamageError, RefusedError, StoreError, WrongPassphraseError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path


def demand_file(path: Path) -> None:
    """Make sure that there is a file at `path`.

    Raises:
        StoreError: there is none.
    """
    if not is_file(path):
        raise StoreError(
            _("Det finns ingen databas på {path}. Skapa en med ”kvalitetsapp store init”.").format(path=path)
        )


def is_file(path: Path) -> bool:
    """Tell whether there is a file at `path`, also where no file can have such a name."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def demand_passphrase(passphrase: str) -> None:
    """Make sure that a passphrase can be used at all.

    Raises:
        StoreError: it is empty, or no text.
    """
    if not passphrase:
        raise StoreError(_("Lösenfrasen saknas. Ange den när du blir tillfrågad eller i KVALITETSAPP_PASSPHRASE."))
    if not is_usable(passphrase):
        raise StoreError(_("Lösenfrasen innehåller tecken som inte kan användas. Skriv den som UTF-8."))


def is_usable(passphrase: str) -> bool:
    """Tell whether a passphrase is text, and some."""
    return bool(passphrase) and "\0" not in passphrase and not any("\ud800" <= one <= "\udfff" for one in passphrase)


def demand_folder(path: Path) -> None:
    """Make the folder of a store that is about to be made.

    Raises:
        RefusedError: it cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise _no_right(path) from error


def reserve(path: Path) -> None:
    """Make the empty file with rights for its owner alone, so that it is never open to others.

    An empty file, or one with the journal of a transaction that was never finished, may be what a process left that
    died while it made a store: it is taken, unless it turns out to hold something.
    """
    try:
        demand_folder(path)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        if not may_be_unfinished(path):
            raise (taken(path) if path.parent.is_dir() else _no_right(path)) from error
        path.chmod(0o600)
    except (OSError, ValueError) as error:
        raise _no_right(path) from error


def may_be_unfinished(path: Path) -> bool:
    """Tell whether a file may be what a process left that died while it made a store."""
    return path.is_file() and (path.stat().st_size == 0 or path.with_name(path.name + "-journal").exists())


def taken(path: Path) -> RefusedError:
    """Return what is said where something lies in the way of a new store."""
    return RefusedError(_("Det finns redan en fil på {path}. Välj ett annat namn.").format(path=path))


def not_opened(path: Path, *, by_passphrase: bool) -> StoreError:
    """Return what is said where a passphrase, or a data key that somebody's passphrase opened, does not fit a file."""
    if by_passphrase:
        return WrongPassphraseError(
            _(
                "Lösenfrasen passar inte till {path}, eller så är filen inte en databas från Kvalitetsapp. "
                "Kontrollera lösenfrasen. Inget har ändrats."
            ).format(path=path)
        )
    return DamageError(
        _(
            "Nyckelfilen öppnades, men nyckeln i den passar inte till {path}: filerna hör inte ihop, eller så är "
            "databasens början skadad. Lägg tillbaka båda ur samma säkerhetskopia. Inget har ändrats."
        ).format(path=path)
    )


def _no_right(path: Path) -> RefusedError:
    return RefusedError(_("Det går inte att skriva i mappen {folder}. Välj en annan mapp.").format(folder=path.parent))


def which_file(path: Path) -> tuple[int, int]:
    """Return what tells one file from another at the same path; nothing there is a file of its own."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return found.st_dev, found.st_ino


def content_mark(path: Path) -> tuple[int, int]:
    """Return what changes whenever somebody writes to a file."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def has_content(path: Path) -> bool:
    """Tell whether a file is there and holds something."""
    return path.exists() and path.stat().st_size > 0
