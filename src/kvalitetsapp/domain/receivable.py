"""What a provider owes on a document: its lines, less what is credited and paid, and how much of it is contested.

A document's payments are laid on its lines (net of credits) in line order: first on lines of claims that nobody
contests, then on disputed ones, last on those that were written off. What is paid beyond the lines is owed back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.claim_words import ClaimStatus

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

PAID_AFTER: Final = {ClaimStatus.DISPUTED: 1, ClaimStatus.WRITTEN_OFF: 2}
"""How late a line's turn to be paid comes by its claim's status; that of all others is 0."""
REMINDED: Final = frozenset({ClaimStatus.SENT, ClaimStatus.ACCEPTED, ClaimStatus.PARTLY_ACCEPTED})


@dataclass(frozen=True, slots=True)
class OwedLine:
    """A line of a document: what it asks for, what is credited on it, and how far its claim has come."""

    line: int
    claim: int
    status: ClaimStatus
    amount: int
    credited: int

    @property
    def net(self) -> int:
        """Return what the line asks for now."""
        return self.amount - self.credited


@dataclass(frozen=True, slots=True)
class Receivable:
    """A document to a provider on a day, with what is paid on it."""

    basis: int
    number: str
    provider_id: str
    provider: str
    issued_on: date
    due_on: date
    paid: int
    lines: tuple[OwedLine, ...]
    legal_number: str = ""

    @property
    def amount(self) -> int:
        """Return what the document asked for when it was issued."""
        return sum(line.amount for line in self.lines)

    @property
    def credited(self) -> int:
        """Return what is credited on it."""
        return sum(line.credited for line in self.lines)

    @property
    def open(self) -> int:
        """Return what is left to pay; below zero is what the provider has paid too much."""
        return self.amount - self.credited - self.paid

    @property
    def overpaid(self) -> int:
        """Return what is paid beyond what it asks for now."""
        return max(0, -self.open)

    @property
    def is_paid(self) -> bool:
        """Tell whether payments cover all that it asks for."""
        return self.paid > 0 and self.open <= 0

    @property
    def disputed(self) -> int:
        """Return what is left to pay on lines that the provider disputes."""
        return self.left_on({ClaimStatus.DISPUTED})

    @property
    def written_off(self) -> int:
        """Return what was never paid and is no longer asked for."""
        return self.left_on({ClaimStatus.WRITTEN_OFF})

    @property
    def undisputed(self) -> int:
        """Return what is left to pay and neither disputed nor written off."""
        return max(0, self.open) - self.disputed - self.written_off

    @property
    def to_remind_of(self) -> int:
        """Return what is left to pay on claims that have been sent and not disputed, settled or written off."""
        return self.left_on(REMINDED)

    def left_on(self, statuses: Iterable[ClaimStatus]) -> int:
        """Return what is left to pay on the lines of claims with one of these statuses."""
        wanted = frozenset(statuses)
        left = self.left_by_line()
        return sum(left[line.line] for line in self.lines if line.status in wanted)

    def left_by_line(self) -> dict[int, int]:
        """Return what is left to pay of every line, by its number."""
        paid = self.paid_by_line()
        return {line.line: line.net - paid[line.line] for line in self.lines}

    def paid_by_line(self) -> dict[int, int]:
        """Return what is paid on every line, by its number; what is paid beyond all of them is on none."""
        left_to_lay, paid = self.paid, {}
        for line in sorted(self.lines, key=lambda one: (PAID_AFTER.get(one.status, 0), one.line)):
            paid[line.line] = min(left_to_lay, line.net)
            left_to_lay -= paid[line.line]
        return paid
