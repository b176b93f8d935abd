"""What a user has done step by step, as it can be undone and done again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kvalitetsapp.texts import N_, _


class StepState(StrEnum):
    """What has become of a step: an undone one is dropped, and can no more be done again, by a new step."""

    DONE = "done"
    UNDONE = "undone"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """Return its Swedish name."""
        return _(_LABELS[self])


_LABELS: Final = {
    StepState.DONE: N_("Gjord"),
    StepState.UNDONE: N_("Ångrad"),
    StepState.DROPPED: N_("Ångrad, kan inte göras om"),
}


@dataclass(frozen=True, slots=True)
class UndoStep:
    """A step of one user's: what it is called, when it was done, and what has become of it."""

    step: int
    kind: str
    name: str
    done_at: str
    state: StepState
