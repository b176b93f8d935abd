"""Where a file lies: on this computer's own disk, on the network, or in a folder that a service copies elsewhere."""

from __future__ import annotations

import ctypes
import os
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from kvalitetsapp.texts import _

SYNCED: Final = ("OneDrive", "Dropbox", "Google Drive", "GoogleDrive", "iCloud", "Nextcloud", "SharePoint", "Box Sync")
NETWORK: Final = frozenset({"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "fuse.sshfs", "davfs"})
MOUNTS: Final = Path("/proc/self/mountinfo")
_DRIVE_REMOTE: Final = 4  # what Windows calls a drive on another computer


class PlaceKind(StrEnum):
    """What sort of place it is."""

    LOCAL = "local"
    NETWORK = "network"
    SYNCED = "synced"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file lies; `service` is the one that copies a synced folder."""

    kind: PlaceKind
    service: str = ""

    @property
    def is_shared(self) -> bool:
        """Tell whether others than this computer may touch what lies there."""
        return self.kind is not PlaceKind.LOCAL


def of(path: Path) -> Place:
    """Return where `path` lies, or would lie; what cannot be told is taken for this computer's own disk."""
    for part in path.parts:
        for name in SYNCED:
            if name.casefold() in part.casefold():
                return Place(PlaceKind.SYNCED, name)
    return Place(PlaceKind.NETWORK if _is_on_network(path) else PlaceKind.LOCAL)


def warning_about(path: Path) -> str:
    """Return a sentence on why a store should not lie at `path`, "" where nothing speaks against it."""
    place = of(path)
    if place.kind is PlaceKind.SYNCED:
        return _(
            "Mappen ser ut att synkroniseras av {service}. Då kan databasen skadas och kopior av den hamna "
            "utanför er kontroll. Välj en mapp på datorns egen disk."
        ).format(service=place.service)
    if place.kind is PlaceKind.NETWORK:
        return _(
            "Mappen ligger på nätverket. Databasen blir långsammare och kan skadas om förbindelsen bryts. Välj hellre "
            "en mapp på datorns egen disk."
        )
    return ""


def _is_on_network(path: Path) -> bool:
    if str(path).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        drive = path.absolute().drive
        return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _DRIVE_REMOTE)
    return file_system(path, _mounts()) in NETWORK


def file_system(path: Path, mounts: str) -> str:
    """Return the kind of file system that `path` lies on, by Linux' list of mounts; "" where it is not told."""
    where = os.path.realpath(path)
    found: dict[str, str] = {}
    for line in mounts.splitlines():
        before, separator, after = line.partition(" - ")
        if separator:
            point = before.split(" ")[4].replace("\\040", " ")
            found[point] = after.split(" ", maxsplit=1)[0]
    above = [point for point in found if where == point or where.startswith(point.rstrip("/") + "/")]
    return found[max(above, key=len)] if above else ""


def _mounts() -> str:
    try:
        return MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
