"""What two stores cannot agree on by themselves, with both sides' content, until a person has settled it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kvalitetsapp.domain.exchanged import Thing


class Settled(StrEnum):
    """How a conflict was settled: by keeping what is here, or by taking what came."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Things that hang together and could not be taken: what they are here (nothing where they are not), and there.

    `kind` is `decision` or `claim`; `reason` says why in Swedish.
    """

    number: int
    noted_at: str
    other_user: str
    kind: str
    subject: str
    reason: str
    ours: tuple[Thing, ...]
    theirs: tuple[Thing, ...]
    settled: Settled | None
    settled_because: str
    settled_at: str
    settled_by: str
    package_id: str
