"""Later contacts without a trigger of their own that may belong to an event: offered by a rule, never added by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class FollowUpRule:
    """Which contacts are offered: within `days` of the event's discharge (both ends in), for at least one reason."""

    days: int = 90
    same_joint: bool = True
    same_chapter: bool = True


@dataclass(frozen=True, slots=True)
class FollowUpOffer:
    """A contact that the rule offers: what it was, why it is offered, and what it cost in öre (None: not known)."""

    episode: int
    episode_ref: str
    day: date
    provider: str
    codes: tuple[str, ...]
    why: str
    cost: int | None
