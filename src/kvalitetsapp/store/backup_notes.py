"""The note beside a backup, written last: a backup without one was never finished and does not count.

A backup is `NAME.kvdb`, the file of keys as it was then (`NAME.kvdb.keys`), and the note (`NAME.kvdb.json`). Names
begin with the moment, so that a folder sorts by time. docs/store-files.md tells what
stands in the note, docs/decisions/0029 why.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import Field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.backups import Backup, BackupNote, Reason
from kvalitetsapp.store import key_file, whole_file
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTE_SUFFIX: Final = ".json"
PART_SUFFIX: Final = ".part"
FOLDER_SUFFIX: Final = ".backups"
ELSEWHERE: Final = "elsewhere.txt"
_FORM: Final = 1
_NAME: Final = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{6}Z)-\d{2,}-([a-z_]+)\.kvdb")
_BLOCK: Final = 1 << 20
_LARGEST: Final = 64 * 1024
_EARLIEST: Final = 1970
_LATEST: Final = 9998


def folder_beside(store: Path) -> Path:
    """Return where the backups of a store lie unless another folder was chosen."""
    return store.with_name(store.name.removesuffix(".kvdb") + FOLDER_SUFFIX)


def folder_of(store: Path) -> Path:
    """Return where the backups of a store lie, also of one that does not open: the choice is noted beside it."""
    try:
        told = (folder_beside(store) / ELSEWHERE).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        told = ""
    return Path(told) if told else folder_beside(store)


def point_to(store: Path, folder: Path | None) -> None:
    """Note beside a store that its backups lie in `folder`; `None` is beside the store."""
    beside = folder_beside(store)
    if folder is None:
        (beside / ELSEWHERE).unlink(missing_ok=True)
        return
    beside.mkdir(mode=0o700, exist_ok=True)
    whole_file.write(beside / ELSEWHERE, str(folder).encode())


def note_of(path: Path) -> Path:
    """Return where the note of a backup lies."""
    return path.with_name(path.name + NOTE_SUFFIX)


def is_ours(name: str) -> bool:
    """Tell whether a file has a name that only a backup, or a part of one, has."""
    return _NAME.match(name) is not None


def write(path: Path, note: BackupNote) -> None:
    """Write the note of a backup; from then on the backup counts.

    Raises:
        OSError: it could not be written.
    """
    told = {field.name: _told(getattr(note, field.name)) for field in fields(note)}
    whole_file.write(note_of(path), json.dumps({"form": _FORM, **told}, ensure_ascii=False, indent=1).encode() + b"\n")


def all_in(folder: Path, store_id: str | None = None) -> tuple[Backup, ...]:
    """Return the backups in a folder, the newest first; with `store_id` those of that store alone.

    What can be seen at once is seen: a file that is gone or has another length, keys that do not belong to it. One
    from before the store had keys has no store's name and is anybody's.
    """
    found = [_as_found(note) for note in folder.glob(f"*.kvdb{NOTE_SUFFIX}") if is_ours(note.name)]
    wanted = [one for one in found if store_id is None or one.note.store_id in ("", store_id)]
    return tuple(sorted(wanted, key=lambda one: (one.note.made_at, one.name), reverse=True))


def checked(folder: Path, backup: Backup, now: datetime) -> Backup:
    """Read all of a backup, note beside it what was found, and return it as it is now known."""
    looked = _as_found(note_of(folder / backup.name))
    fault = looked.fault if looked.note.fault == "" else ""
    try:
        if not fault and sha256_of(folder / backup.name) != looked.note.sha256:
            fault = _("innehållet är inte det som skrevs")
    except OSError:
        fault = _("filen går inte att läsa")
    note = replace(looked.note, checked_at=now, fault=fault)
    _try_to_write(folder / backup.name, note)
    return Backup(backup.name, note, fault)


def sha256_of(path: Path) -> str:
    """Return the checksum of a file.

    Raises:
        OSError: it cannot be read, or is no file but something that may never end.
    """
    _demand_file(path)
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _try_to_write(path: Path, note: BackupNote) -> None:
    """Keep what a check found, unless the folder is one that is only read."""
    try:
        if note.sha256:
            write(path, note)
    except OSError:
        return


def _as_found(note_path: Path) -> Backup:
    name = note_path.name.removesuffix(NOTE_SUFFIX)
    try:
        note = _read(note_path)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Backup(name, _guessed(name), _("uppgifterna bredvid kopian är skadade"))
    return Backup(name, note, note.fault or _seen(note_path.with_name(name), note))


def _seen(path: Path, note: BackupNote) -> str:
    try:
        if path.stat().st_size != note.size:
            return _("filen har fel storlek")
        if note.keys_sha256 and sha256_of(key_file.path_of(path)) != note.keys_sha256:
            return _("nyckelfilen bredvid kopian är skadad")
    except OSError:
        return _("en av kopians filer saknas")
    return ""


def _told(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _read(path: Path) -> BackupNote:
    """Return what stands in a note, which anybody who can write to the folder may have written."""
    _demand_file(path)
    if path.stat().st_size > _LARGEST:
        raise ValueError
    told: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if told["form"] != _FORM:
        raise ValueError
    found = {field.name: told[field.name] for field in fields(BackupNote)}
    made_at, checked_at = (datetime.fromisoformat(found[name]) for name in ("made_at", "checked_at"))
    if not (_is_moment(made_at) and _is_moment(checked_at) and all(map(_fits, fields(BackupNote), found.values()))):
        raise ValueError
    found |= {"made_at": made_at, "checked_at": checked_at, "reason": Reason(found["reason"])}
    return BackupNote(**found)


def _demand_file(path: Path) -> None:
    if not path.is_file():
        raise FileNotFoundError(path)


def _is_moment(told: datetime) -> bool:
    """Tell whether a moment is one that can be shown by any clock."""
    return told.tzinfo is not None and _EARLIEST <= told.year <= _LATEST


def _fits(field: Field[Any], value: object) -> bool:
    """Tell whether a value is what the field of a note holds: a number, or words on one line that can be seen."""
    if field.type == "int":
        return type(value) is int and value >= 0
    return isinstance(value, str) and value.isprintable()


def _guessed(name: str) -> BackupNote:
    """Return what the name alone tells of a backup."""
    told = _NAME.fullmatch(name)
    made_at, reason = datetime(1970, 1, 1, tzinfo=UTC), Reason.BY_HAND
    if told is not None:
        try:
            made_at = datetime.strptime(told[1], "%Y-%m-%dT%H%M%SZ").replace(tzinfo=UTC)
            reason = Reason(told[2])
        except ValueError:
            pass
    return BackupNote("", made_at, reason, "", 0, 0, "", "", "", 0, "", "", made_at)
