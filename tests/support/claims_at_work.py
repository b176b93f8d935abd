"""Who sits at the computer, and what a store holds, seen through the window that has it open."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kvalitetsapp.services.claim_steps import demanded
from kvalitetsapp.store import claims
from support import pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.domain.claim import Claim, StepTaken
    from kvalitetsapp.gui.pages.page import Page
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

    T = TypeVar("T")


def asked(view: Page, qtbot: QtBot, ask: Callable[[Workspace], T]) -> T:
    """Return what a function finds in the store that a view has open, on the store's own thread."""
    found: list[T] = []

    def work(workspace: Workspace, _progress: Progress) -> T:
        return ask(workspace)

    view.runner.run(work, found.append)
    pages.settle(qtbot, view)
    return found[0]


def sits_down(view: Page, qtbot: QtBot, user: str) -> None:
    """Let another sit at the computer."""
    asked(view, qtbot, lambda workspace: setattr(workspace, "user", user))


def claim(view: Page, qtbot: QtBot, number: int) -> Claim:
    """Return a claim as it is stored."""
    return asked(view, qtbot, lambda workspace: demanded(workspace, number))


def last_step(view: Page, qtbot: QtBot, number: int) -> StepTaken:
    """Return the latest step of a claim."""
    return asked(view, qtbot, lambda workspace: claims.steps(workspace.store, number))[-1]
