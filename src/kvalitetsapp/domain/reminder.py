"""Reminders of what a provider has not paid in time: when one is due, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kvalitetsapp.domain.receivable import Receivable


@dataclass(frozen=True, slots=True)
class PastReminder:
    """A reminder as it was sent: on which day, of how much, to be paid when."""

    reminded_on: date
    amount: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a reminder of a document says; `place` is 1 for the first. The letter is made of this and of the document.

    Before it is registered `reminded_on` and `due_on` are those that it would have.
    """

    basis: int
    number: str
    legal_number: str
    provider_id: str
    provider: str
    issued_on: date
    first_due_on: date
    amount: int
    paid: int
    place: int
    reminded_on: date
    due_on: date


def next_on(due_on: date, past: tuple[PastReminder, ...], reminder_days: int) -> date:
    """Return the first day to send a reminder on: so many days after the due date, or after the last one ran out."""
    if past:
        return past[-1].due_on + timedelta(days=1)
    return due_on + timedelta(days=max(1, reminder_days))


def proposed(owed: Receivable, past: tuple[PastReminder, ...], day: date, reminder_days: int) -> Reminder | None:
    """Return the reminder to send on a day, None where nothing undisputed is left or it is too early."""
    if owed.to_remind_of <= 0 or day < next_on(owed.due_on, past, reminder_days):
        return None
    sent = PastReminder(day, owed.to_remind_of, day + timedelta(days=reminder_days))
    return reminder_of(owed, sent, len(past) + 1)


def reminder_of(owed: Receivable, sent: PastReminder, place: int) -> Reminder:
    """Return what a reminder of a document says."""
    return Reminder(
        basis=owed.basis,
        number=owed.number,
        legal_number=owed.legal_number,
        provider_id=owed.provider_id,
        provider=owed.provider,
        issued_on=owed.issued_on,
        first_due_on=owed.due_on,
        amount=sent.amount,
        paid=owed.paid,
        place=place,
        reminded_on=sent.reminded_on,
        due_on=sent.due_on,
    )
