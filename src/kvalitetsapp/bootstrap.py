"""The only place that wires the program together: which of its two faces it shows."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from kvalitetsapp import settings, texts
from kvalitetsapp.errors import ExitStatus

if TYPE_CHECKING:
    from collections.abc import Sequence


def command_line(arguments: Sequence[str]) -> int:
    """Run a command; Qt is not imported."""
    _speak()
    from kvalitetsapp.cli.main import main

    return main(arguments)


def window() -> int:
    """Open the window and return when it is closed."""
    _speak()
    if not _has_display():
        sys.stderr.write(
            texts._("Det finns ingen skärm att öppna fönstret på. Se kommandona med ”kvalitetsapp --help”.") + "\n"
        )
        return int(ExitStatus.BAD_INPUT)
    from kvalitetsapp.gui.app import run

    return run()


def _speak() -> None:
    """Choose the language of the program; Swedish is the language of the source."""
    texts.install(os.environ.get("KVALITETSAPP_LANGUAGE", "sv"), settings.resources_dir() / "i18n")


def _has_display() -> bool:
    """Tell whether Qt would find a screen; without one it ends the process."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
