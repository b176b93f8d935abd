"""What an action on claims came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.changes import Changed, Changes

if TYPE_CHECKING:
    from kvalitetsapp.domain.proposal import LeftOut

CLAIMS_CHANGED: Final[Changes] = frozenset({Changed.CLAIMS})


@dataclass(frozen=True, slots=True)
class ClaimOutcome:
    """Which claims it was about, what to say of it, and which events were left out, each with its reason."""

    claims: tuple[int, ...]
    said: str
    left_out: tuple[LeftOut, ...] = ()
    changes: Changes = CLAIMS_CHANGED
