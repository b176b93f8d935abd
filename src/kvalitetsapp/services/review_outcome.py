"""What a reviewer's action came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed, Changes

if TYPE_CHECKING:
    from kvalitetsapp.domain.patient import EventKey

LINKS_CHANGED: Final[Changes] = frozenset({Changed.VERDICTS, Changed.LINKS, Changed.FINDINGS})
ANSWERS_CHANGED: Final[Changes] = frozenset({Changed.VERDICTS})


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """What was decided, taken back or done again, and on which event (None: on none)."""

    key: EventKey | None
    said: str
    changes: Changes = NOTHING_CHANGED
