"""The one file that a whole store travels in: a ZIP without compression, whose parts are told in docs/store-files.md.

The parts have names of their own; nothing else in the file is looked at, so that no name in it can lead elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Final

from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX: Final = ".kvexport"
FORM: Final = 1
_ABOUT, _DATABASE, _KEYS = "about.json", "store.kvdb", "store.kvdb.keys"
_LARGEST_SMALL_PART: Final = 4 * 1024 * 1024
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class About:
    """What stands in plain text in the file: nothing in it concerns a patient."""

    form: int
    made_at: str
    program: str
    schema: int
    size: int
    sha256: str
    totals: str


def write(target: Path, database: Path, keys: bytes, about: About) -> None:
    """Write a store and its keys into one new file, through to the disk, and read it again.

    Raises:
        RefusedError: it could not be written, or there is a file already; nothing of it remains.
    """
    try:
        with target.open("xb") as file:
            target.chmod(0o600)
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as parcel:
                parcel.writestr(_ABOUT, json.dumps(asdict(about), indent=1))
                parcel.writestr(_KEYS, keys)
                parcel.write(database, _DATABASE)
            file.flush()
            os.fsync(file.fileno())
        if not _is_whole(target, about):
            raise OSError
    except FileExistsError as error:
        raise RefusedError(_("Det finns redan en fil på {path}. Välj ett annat namn.").format(path=target)) from error
    except OSError as error:
        target.unlink(missing_ok=True)
        raise RefusedError(
            _("Det går inte att skriva till {path}. Har du skrivrätt där, och finns det plats?").format(path=target)
        ) from error


def read_about(source: Path) -> About:
    """Return what a file tells about itself.

    Raises:
        InputError: it is no exported store, is damaged, or was made by a newer program.
    """
    with _opened(source) as parcel:
        told = json.loads(_small(parcel, _ABOUT))
        about = About(**{field.name: told[field.name] for field in fields(About)})
    if about.form != FORM:
        raise InputError(
            _("Exporten {path} är gjord av en nyare version av Kvalitetsapp. Uppdatera programmet.").format(
                path=source
            )
        )
    return about


def unpack(source: Path, database: Path, keys: Path) -> None:
    """Write the store and its keys as two new files.

    Raises:
        InputError: the file is damaged.
        RefusedError: there is no room, or no right to write.
    """
    about = read_about(source)
    with _opened(source) as parcel, parcel.open(_DATABASE) as packed:
        if parcel.getinfo(_DATABASE).file_size != about.size:
            raise zipfile.BadZipFile
        content = _small(parcel, _KEYS)
        try:
            with database.open("xb") as written:
                database.chmod(0o600)
                shutil.copyfileobj(packed, written, _BLOCK)
            with keys.open("xb") as written:
                keys.chmod(0o600)
                written.write(content)
        except zipfile.BadZipFile:
            raise
        except OSError as error:
            raise RefusedError(
                _("Det går inte att skriva till {path}. Har du skrivrätt där, och finns det plats?").format(
                    path=database
                )
            ) from error
    with database.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != about.sha256:
            raise damaged(source)


def damaged(source: Path) -> InputError:
    """Return what is said of a file that is not as it was written."""
    return InputError(_("Exporten {path} är skadad eller ofullständig. Hämta den på nytt.").format(path=source))


class _opened:  # noqa: N801 - used as a function
    """Open a file as a parcel; whatever is wrong with its form becomes one sentence."""

    def __init__(self, source: Path) -> None:
        self._source = source

    def __enter__(self) -> zipfile.ZipFile:
        try:
            self._parcel = zipfile.ZipFile(self._source)
        except (OSError, zipfile.BadZipFile) as error:
            raise damaged(self._source) from error
        return self._parcel

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self._parcel.close()
        if isinstance(error, zipfile.BadZipFile | ValueError | KeyError | TypeError | NotImplementedError):
            raise damaged(self._source) from error


def _small(parcel: zipfile.ZipFile, name: str) -> bytes:
    if parcel.getinfo(name).file_size > _LARGEST_SMALL_PART:
        raise zipfile.BadZipFile
    return parcel.read(name)


def _is_whole(target: Path, about: About) -> bool:
    digest = hashlib.sha256()
    with zipfile.ZipFile(target) as parcel, parcel.open(_DATABASE) as packed:
        while block := packed.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest() == about.sha256
