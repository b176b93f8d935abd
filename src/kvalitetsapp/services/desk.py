"""The desk where the program stands: that it was locked and unlocked is in the trace like everything else."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.rights import Right
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import audit

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace

LOCKED: Final = "desk_locked"
UNLOCKED: Final = "desk_unlocked"


class Why(StrEnum):
    """Why a window was locked; what the trace tells as the entry's detail."""

    IDLE = "idle"
    ASKED = "asked"
    SESSION = "session"
    USERS = "users"


@needs(Right.CHECK_STORE)
def note_locked(workspace: Workspace, why: Why, moment: str) -> None:
    """Note that the window was locked at `moment`, which may have passed before the store had time to note it."""
    audit.note(workspace.store, workspace.user, LOCKED, target=why.value, detail=moment)


@needs(Right.CHECK_STORE)
def note_unlocked(workspace: Workspace, moment: str, wrong: int) -> None:
    """Note that the window was unlocked at `moment`, after `wrong` passphrases that did not fit."""
    audit.note(workspace.store, workspace.user, UNLOCKED, target=str(wrong), detail=moment)
