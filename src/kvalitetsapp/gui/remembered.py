"""What the window remembers between starts, in an INI file of the user's own; never anything about a patient."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from kvalitetsapp import settings


def remembered() -> QSettings:
    """Return the window's memory."""
    return QSettings(str(settings.data_dir() / "window.ini"), QSettings.Format.IniFormat)


def remember(key: str, value: object) -> None:
    """Keep `value` under `key`."""
    remembered().setValue(key, value)


def recall(key: str) -> str:
    """Return the text kept under `key`, "" if there is none."""
    value = remembered().value(key)
    return "" if value is None else str(value)
