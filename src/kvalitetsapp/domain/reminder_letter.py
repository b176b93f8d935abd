"""A reminder of a document that is not paid in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.basis import Issuer, Receiver


@dataclass(frozen=True, slots=True)
class ReminderLetter:
    """What a reminder tells: the document, what is still open of it on a day, and how late it then is.

    `open_amount` is what is reminded of, öre: the amount less credit notes, payments and what is disputed or written
    off. `pay_by` is the day it is to be paid; `count` says which reminder of it this is.
    """

    number: str
    legal_number: str
    issuer: Issuer
    receiver: Receiver
    issued_on: date
    due_on: date
    amount: int
    open_amount: int
    reminded_on: date
    pay_by: date
    count: int = 1

    @property
    def days_late(self) -> int:
        """Return how many days have gone since it was due."""
        return (self.reminded_on - self.due_on).days
