"""What reading a file of payments gives: payments with their rows, and what there is to say of the other rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kvalitetsapp.domain.imports import Reject
from kvalitetsapp.exchange.values import fault

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.claim_words import PaymentOrigin
    from kvalitetsapp.domain.payment import NewPayment


@dataclass(slots=True)
class ReadPayments:
    """What a file holds: payments and rejects with their rows, and what looks wrong though it was let in.

    `rejected_amount` is the öre of rejected rows whose amount can be read; `unreadable` counts the others.
    """

    origin: PaymentOrigin
    file_name: str
    sha256: str
    payments: list[tuple[int, NewPayment]] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    remarks: list[tuple[int, str]] = field(default_factory=list)
    rejected_amount: int = 0
    unreadable: int = 0

    def reject(self, row: int, wrong: WrongRowError, amount: int | None) -> None:
        """Keep a row out."""
        self.rejects.append(Reject(row, wrong.column, wrong.value, wrong.code, wrong.reason))
        if amount is None:
            self.unreadable += 1
        else:
            self.rejected_amount += amount


class WrongRowError(Exception):
    """Why a row is no payment: where in it, the value as delivered, a word for programs, a sentence for people."""

    def __init__(self, column: str, value: str, code: str, reason: str = "", **details: object) -> None:
        super().__init__(column)
        self.column, self.value, self.code = column, value, code
        self.reason = reason or fault(code, **details).reason


def refuse_late(column: str, day: date, today: date) -> None:
    """Refuse a payment of a day that has not come.

    Raises:
        WrongRowError: always tells the day.
    """
    if day > today:
        raise WrongRowError(column, day.isoformat(), "after_today", today=today.isoformat())
