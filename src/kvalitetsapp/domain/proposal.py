"""What can be drafted now: a claim that has not been made, with what is left out of it and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.domain.claim import OperationKey
    from kvalitetsapp.domain.patient import EventKey


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """An event that can be claimed for; `amount` is what is left to claim of it, in öre."""

    key: EventKey
    event_ref: str
    event_date: date
    days: int
    complication_class: str
    cost: int
    deductible: int
    amount: int
    claim_by: date | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An event of the case that cannot be claimed for yet, and why in Swedish."""

    event_ref: str
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """All that can be claimed for an index operation now; `supplements` is the claim that it would add to.

    Nothing can be drafted where there are no lines: `left_out` then says why.
    """

    operation: OperationKey
    index_ref: str
    provider_id: str
    provider: str
    operated_on: date
    agreement: Agreement
    lines: tuple[ProposalLine, ...]
    left_out: tuple[LeftOut, ...]
    supplements: int | None = None
    supplements_number: str = ""

    @property
    def amount(self) -> int:
        """Return what it comes to."""
        return sum(line.amount for line in self.lines)

    @property
    def claim_by(self) -> date | None:
        """Return the first of the last days on which a part of it can be claimed, None without deadline."""
        return min((line.claim_by for line in self.lines if line.claim_by), default=None)
