"""What a user has done step by step, as it can be undone and done again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable

STEPS: Final[tuple[Column, ...]] = (
    Column("done_at", Kind.TEXT, N_("När")),
    Column("name", Kind.TEXT, N_("Vad")),
    Column("state", Kind.CODE, N_("Läge"), "step_state"),
)
"""`state` is a value of `StepState`, which has its words itself."""


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


def steps_table(steps: Iterable[UndoStep]) -> Table:
    """Return steps as rows of `STEPS`, in their order."""
    return Table(STEPS, [(to_the_minute(one.done_at), one.name, one.state.value) for one in steps])
