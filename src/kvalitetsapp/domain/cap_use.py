"""What is already drawn on an operation's cap, against the cap that an agreement gives it (R15)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.case import PER_OPERATION
from kvalitetsapp.domain.words import Side

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kvalitetsapp.domain.agreement import Agreement

_BOTH: Final = (Side.RIGHT.value, Side.LEFT.value)


@dataclass(frozen=True, slots=True)
class NetDrawn:
    """What is net drawn for one episode of an operation as its claims know it, drafts included. Öre."""

    index_episode: int
    index_joint: str
    index_side: str
    index_ref: str
    provider_id: str
    payer_route: str
    operated_on: date
    episode: int
    amount: int


def most_drawn(drawn: Iterable[NetDrawn], agreement: Agreement) -> tuple[int, str]:
    """Return the most that is drawn on one cap of the agreement, and the operation that it is drawn for.

    (0, "") where nothing is drawn for an operation of the agreement. A claim whose operation has no known side draws
    on the cap of both.
    """
    mine = [
        one for one in drawn if agreement.accepts(one.provider_id, one.index_joint, one.payer_route, one.operated_on)
    ]
    sums: defaultdict[tuple[int, str, str, int], int] = defaultdict(int)
    refs: dict[tuple[int, str, str, int], str] = {}
    for one in mine:
        whole = agreement.cap_scope == PER_OPERATION
        for side in (one.index_side,) if one.index_side in _BOTH else _BOTH:
            cap = (one.index_episode, one.index_joint, side, 0 if whole else one.episode)
            sums[cap] += one.amount
            refs.setdefault(cap, one.index_ref)
    most = max(sums, key=lambda cap: (sums[cap], cap), default=None)
    return (0, "") if most is None else (sums[most], refs[most])
