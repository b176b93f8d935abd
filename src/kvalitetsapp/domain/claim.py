"""A claim: what the region asks a provider to pay for an index operation's events, and how far that has come.

Amounts are integer öre. A claim is of one index operation; a document gathers claims on one provider.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.claim_words import ClaimStatus, ClaimStep

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.domain.claim_words import CapEntryKind
    from kvalitetsapp.domain.patient import EventKey


@dataclass(frozen=True, slots=True)
class OperationKey:
    """What knows an index operation: its episode, joint and side."""

    episode: int
    joint: str
    side: str


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One event of a claim as it stood when the draft was made; `amount` is what is claimed for it.

    `verdict` is the review that the claim rests on, None where the link was confirmed in another way. Nothing of a
    patient's history is here but what verifies the amount.
    """

    line: int
    key: EventKey
    event_ref: str
    event_date: date
    days: int
    complication_class: str
    verdict: int | None
    reviewer: str
    reviewed_on: str
    relation: str
    cost: int
    cost_basis: str
    cost_source: str
    price_year: int | None
    deductible: int
    amount: int


@dataclass(frozen=True, slots=True)
class StepTaken:
    """An entry in the history of a claim: what was done, by whom, when, why, and the status after it.

    `day` is the day that it holds for (of the provider's letter, say), `amount` what the step says in öre.
    """

    kind: ClaimStep
    status: ClaimStatus
    who: str
    taken_at: str
    day: date
    reason: str
    amount: int | None = None
    basis: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as stored. `terms` are those of the agreement when the draft was made; `accepted` what was agreed to."""

    claim: int
    provider_id: str
    provider: str
    terms: Agreement
    operation: OperationKey
    index_ref: str
    operated_on: date
    status: ClaimStatus
    accepted: int | None
    supplements: int | None
    basis: int | None
    drafted_by: str
    drafted_at: str
    lines: tuple[ClaimLine, ...]

    @property
    def amount(self) -> int:
        """Return what is claimed in all."""
        return sum(line.amount for line in self.lines)

    @property
    def number(self) -> str:
        """Return the number that people know the claim by: `K-2026-00012`."""
        return claim_number(self.claim, self.drafted_at)


@dataclass(frozen=True, slots=True)
class CapEntry:
    """One entry of the ledger of an operation's cap, in the order in which they were made."""

    entry: int
    claim: int
    line: int
    kind: CapEntryKind
    amount: int
    cap: int
    cap_scope: str
    day: date
    who: str
    basis: int | None


def claim_number(claim: int, drafted_at: str) -> str:
    """Return the number that people know a claim by."""
    return f"K-{drafted_at[:4]}-{claim:05d}"


_S: Final = ClaimStatus
TRANSITIONS: Final[dict[ClaimStep, dict[ClaimStatus, ClaimStatus]]] = {
    ClaimStep.CHANGED: {_S.DRAFT: _S.DRAFT},
    ClaimStep.APPROVED: {_S.DRAFT: _S.APPROVED},
    ClaimStep.RETURNED: {_S.APPROVED: _S.DRAFT},
    ClaimStep.ISSUED: {_S.APPROVED: _S.ISSUED},
    ClaimStep.SENT: {_S.ISSUED: _S.SENT},
    ClaimStep.ACCEPTED: dict.fromkeys((_S.SENT, _S.DISPUTED, _S.PARTLY_ACCEPTED), _S.ACCEPTED),
    ClaimStep.PARTLY_ACCEPTED: dict.fromkeys((_S.SENT, _S.DISPUTED, _S.ACCEPTED), _S.PARTLY_ACCEPTED),
    ClaimStep.DISPUTED: dict.fromkeys((_S.SENT, _S.ACCEPTED, _S.PARTLY_ACCEPTED), _S.DISPUTED),
    ClaimStep.ANSWERED: {_S.DISPUTED: _S.DISPUTED},
    ClaimStep.REDETERMINED: {_S.DISPUTED: _S.PARTLY_ACCEPTED, _S.PARTLY_ACCEPTED: _S.PARTLY_ACCEPTED},
    ClaimStep.CREDITED: {
        one: one
        for one in (_S.ISSUED, _S.SENT, _S.ACCEPTED, _S.PARTLY_ACCEPTED, _S.DISPUTED, _S.SETTLED, _S.WRITTEN_OFF)
    },
    ClaimStep.SETTLED: dict.fromkeys((_S.SENT, _S.ACCEPTED, _S.PARTLY_ACCEPTED, _S.DISPUTED), _S.SETTLED),
    ClaimStep.REOPENED: {_S.SETTLED: _S.SENT, _S.WRITTEN_OFF: _S.SENT},
    ClaimStep.WRITTEN_OFF: dict.fromkeys((_S.SENT, _S.ACCEPTED, _S.PARTLY_ACCEPTED, _S.DISPUTED), _S.WRITTEN_OFF),
    ClaimStep.WITHDRAWN: dict.fromkeys(
        (_S.DRAFT, _S.APPROVED, _S.ISSUED, _S.SENT, _S.ACCEPTED, _S.PARTLY_ACCEPTED, _S.DISPUTED), _S.WITHDRAWN
    ),
}
"""From which status each step leads to which. What is issued is withdrawn only by crediting the whole of it."""

NOT_YET_ISSUED: Final = frozenset({_S.DRAFT, _S.APPROVED})
OPEN: Final = frozenset({_S.ISSUED, _S.SENT, _S.ACCEPTED, _S.PARTLY_ACCEPTED, _S.DISPUTED})


def after(status: ClaimStatus, step: ClaimStep) -> ClaimStatus | None:
    """Return the status that a step leads to, None where it cannot be taken."""
    return TRANSITIONS.get(step, {}).get(status)
