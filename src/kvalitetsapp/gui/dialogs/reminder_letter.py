"""The letter of a reminder: asked for where the reminder is, and written into a folder that the user chooses."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.remembered import recall, remember
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.domain.reminder import Reminder
    from kvalitetsapp.gui.pages.page import Page
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.reminder_letters import LetterOutcome
    from kvalitetsapp.services.workspace import Workspace

    Done = Callable[[LetterOutcome], None]

FOLDER: Final = "reminders/folder"


def offer(page: Page, reminder: Reminder, said: str, on_done: Done) -> None:
    """Tell that a reminder is registered, and let the user have its letter written at once."""
    question = _("{said} Skriva brevet till {provider}?").format(said=said, provider=reminder.provider)
    if messages.ask(page, question, yes=_("Skriv påminnelsen …"), no=_("Inte nu")):
        _write_with(page, partial(_write, reminder), on_done)


def write_latest(page: Page, basis_number: str, on_done: Done) -> None:
    """Let the user choose a folder and write the letter of the last reminder of a document there."""
    _write_with(page, partial(_write_latest, basis_number), on_done)


def _write_with(page: Page, work: partial[LetterOutcome], on_done: Done) -> None:
    chosen = messages.choose_folder(page, _("Var ska påminnelsen sparas?"), recall(FOLDER) or str(Path.home()))
    if chosen:
        remember(FOLDER, chosen)
        page.runner.run(partial(work, Path(chosen)), on_done)


def _write(reminder: Reminder, folder: Path, workspace: Workspace, _progress: Progress) -> LetterOutcome:
    from kvalitetsapp.services import reminder_letters

    return reminder_letters.write(workspace, reminder, folder)


def _write_latest(basis_number: str, folder: Path, workspace: Workspace, _progress: Progress) -> LetterOutcome:
    from kvalitetsapp.services import reminder_letters

    return reminder_letters.write(workspace, reminder_letters.latest(workspace, basis_number), folder)
