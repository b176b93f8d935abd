"""Whether a place is a good one for an encrypted store: on this computer's own disk, not where files are synced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStorageInfo

from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

SYNCED: Final = ("OneDrive", "Dropbox", "Google Drive", "GoogleDrive", "iCloud", "Nextcloud", "SharePoint", "Box Sync")
NETWORK: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "fuse.sshfs", "9p", "davfs"}
)


def warning_about(path: Path) -> str:
    """Return a sentence on why a store should not lie at `path`, "" where nothing speaks against it."""
    for part in path.parts:
        for name in SYNCED:
            if name.casefold() in part.casefold():
                return _(
                    "Mappen ser ut att synkroniseras av {service}. Då kan databasen skadas och kopior av den hamna "
                    "utanför er kontroll. Välj en mapp på datorns egen disk."
                ).format(service=name)
    if _is_on_network(path):
        return _(
            "Mappen ligger på nätverket. Databasen blir långsammare och kan skadas om förbindelsen bryts. Välj hellre "
            "en mapp på datorns egen disk."
        )
    return ""


def _is_on_network(path: Path) -> bool:
    if str(path).startswith(("\\\\", "//")):
        return True
    existing = next((place for place in (path, *path.parents) if place.exists()), path)
    return bytes(QStorageInfo(str(existing)).fileSystemType().data()).decode(errors="replace").lower() in NETWORK
