"""Reminders of documents that are not paid in time: which are due, and that one was sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain.changes import Changed, Changes
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.reminder import PastReminder, proposed
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.payments import document
from kvalitetsapp.store import audit, billing, receivables
from kvalitetsapp.texts import _, kronor

if TYPE_CHECKING:
    from kvalitetsapp.domain.reminder import Reminder
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ReminderOutcome:
    """What was registered; the letter is made of `reminder` and of the document as issued."""

    reminder: Reminder
    said: str
    changes: Changes = frozenset({Changed.BASES})


@needs(Right.READ_CLAIMS)
def due(workspace: Workspace) -> tuple[Reminder, ...]:
    """Return the reminders to send today, the first due first; disputed and written off money is not reminded of."""
    rules, past = billing.rules(workspace.store), receivables.reminders(workspace.store)
    found = (
        proposed(one, past.get(one.basis, ()), workspace.today, rules.reminder_days)
        for one in receivables.all_receivables(workspace.store)
    )
    return tuple(one for one in found if one is not None)


@needs(Right.PREPARE_CLAIMS)
def register(workspace: Workspace, number: str) -> ReminderOutcome:
    """Note that a document is reminded of today, with what is left to pay and when it is to be paid.

    Raises:
        InputError: there is no such document, or it is a credit note.
        RefusedError: nothing is left to be reminded of, or it is too early.
    """
    with workspace.store.transaction():
        owed = document(workspace, number)
        past = receivables.reminders(workspace.store).get(owed.basis, ())
        reminder = proposed(owed, past, workspace.today, billing.rules(workspace.store).reminder_days)
        if reminder is None:
            raise RefusedError(
                _("{number} ska inte påminnas i dag: inget obestritt är obetalt, eller så är det för tidigt.").format(
                    number=owed.number
                )
            )
        at = this_moment()
        sent = PastReminder(reminder.reminded_on, reminder.amount, reminder.due_on)
        receivables.add_reminder(workspace.store, owed.basis, sent, workspace.user, at)
        told = {"amount": reminder.amount, "due_on": reminder.due_on.isoformat(), "place": reminder.place}
        audit.append(
            workspace.store, workspace.user, "reminder_registered", target=owed.number, detail=json.dumps(told)
        )
    said = _("Påminnelse nr {place} om {amount} på {number} är antecknad. Betalas senast {day}.")
    text = said.format(
        place=reminder.place, amount=kronor(reminder.amount), number=owed.number, day=reminder.due_on.isoformat()
    )
    return ReminderOutcome(reminder, text)
