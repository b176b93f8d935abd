"""Where the program's own files lie, and what a user has chosen."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

STORE_SUFFIX: Final = ".kvdb"
ENV_STORE: Final = "KVALITETSAPP_STORE"
ENV_PASSPHRASE: Final = "KVALITETSAPP_PASSPHRASE"  # noqa: S105 - the variable's name, not a secret
ENV_NEW_PASSPHRASE: Final = "KVALITETSAPP_NEW_PASSPHRASE"  # noqa: S105 - the variable's name
ENV_USER: Final = "KVALITETSAPP_USER"
ENV_RESOURCES: Final = "KVALITETSAPP_RESOURCES"


def resources_dir() -> Path:
    """Return the folder of code tables, fonts and texts: in a bundle, an installed package or the source tree."""
    if chosen := os.environ.get(ENV_RESOURCES):
        return Path(chosen)
    bundled = getattr(sys, "_MEIPASS", None)
    if bundled is not None:
        return Path(bundled) / "resources"
    package = Path(__file__).parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parents[1] / "resources"


def manual_dir() -> Path:
    """Return the folder of the Swedish manual, which is also the help in the window."""
    beside = resources_dir() / "manual"
    return beside if beside.is_dir() else resources_dir().parent / "docs" / "manual"


def data_dir() -> Path:
    """Return the folder for this user's own files: the default store and what the window remembers."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "Kvalitetsapp"


def default_store_path() -> Path:
    """Return where the store lies if nobody says otherwise."""
    return data_dir() / f"kvalitetsapp{STORE_SUFFIX}"
