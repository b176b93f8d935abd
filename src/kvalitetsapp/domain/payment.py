"""Payments from providers and what they pay for. Amounts are integer öre; one paid back is below zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.claim_words import PaymentOrigin


@dataclass(frozen=True, slots=True)
class NewPayment:
    """A payment as typed or read from a file; `entry_reference` is the bank's own, so that none is read twice."""

    received_on: date
    amount: int
    reference: str
    payer: str = ""
    entry_reference: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """So much of a payment that pays a document; `how` is `reference` or `hand`."""

    match: int
    payment: int
    basis: int
    number: str
    amount: int
    how: str
    who: str
    matched_at: str


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment as stored, with what it pays for; what is left over is an overpayment until someone places it."""

    payment: int
    received_on: date
    amount: int
    reference: str
    payer: str
    origin: PaymentOrigin
    file_name: str
    note: str
    who: str
    recorded_at: str
    matches: tuple[Match, ...] = ()

    @property
    def placed(self) -> int:
        """Return how much of it pays for something."""
        return sum(match.amount for match in self.matches)

    @property
    def left(self) -> int:
        """Return how much of it pays for nothing yet."""
        return self.amount - self.placed
