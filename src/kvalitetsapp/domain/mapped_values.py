"""What the values of a file mean: known, likely, said by somebody, or taken as they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Offered(StrEnum):
    """How sure the meaning of a value is."""

    SURE = "sure"
    LIKELY = "likely"
    CHOSEN = "chosen"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Meaning:
    """The canonical value that a value is known to stand for; unless `sure` it is only offered."""

    meaning: str
    sure: bool


@dataclass(frozen=True, slots=True)
class ValueMatch:
    """A value of a column, how often it stands there, and what it means; decided on and "": the cell is left empty."""

    column: str
    value: str
    count: int
    meaning: str = ""
    certainty: Offered = Offered.OPEN
    offered: str = ""

    @property
    def is_decided(self) -> bool:
        """Tell whether it is known what the value becomes."""
        return self.certainty in {Offered.SURE, Offered.CHOSEN}

    @property
    def is_kept(self) -> bool:
        """Tell whether somebody has said that the value is to be taken as it is."""
        return self.certainty is Offered.CHOSEN and self.meaning == self.value
