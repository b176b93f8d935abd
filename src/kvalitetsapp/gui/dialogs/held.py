"""Somebody else has the right to write: their window comes forward, or one reads meanwhile, or one takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.services import second_window
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.errors import HeldError

    Reopen = Callable[[bool, bool], None]  # with the right to write, taking over


def told(parent: QWidget, error: HeldError, path: Path, reopen: Reopen) -> str:
    """Deal with it as far as the user wants to, and return what is still to be said, "" where it was dealt with."""
    if error.by_own_window and second_window.calls_the_first(path):
        return _("Databasen är redan öppen i ett annat fönster. Det fönstret visas nu.")
    if error.may_be_taken_over:
        if messages.ask(parent, error.message, yes=_("Ta över låset")):
            reopen(True, True)  # noqa: FBT003 - told by the type
            return ""
        return error.message
    question = _("{trouble} Vill du öppna den skrivskyddat så länge?").format(trouble=error.message)
    if messages.ask(parent, question, yes=_("Öppna skrivskyddat")):
        reopen(False, False)  # noqa: FBT003 - told by the type
        return ""
    return error.message
