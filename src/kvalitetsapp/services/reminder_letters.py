"""The letter of a reminder: made of what was registered and of the document as issued, any number of times."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changes
from kvalitetsapp.domain.reminder import Reminder, reminder_of
from kvalitetsapp.domain.reminder_letter import ReminderLetter
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import kept_files
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.payments import document
from kvalitetsapp.store import bases, receivables
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class LetterOutcome:
    """The letter that was written, in a sentence; the store holds nothing new but the entry in its trace."""

    path: Path
    said: str
    changes: Changes = NOTHING_CHANGED


@needs(Right.READ_CLAIMS)
def latest(workspace: Workspace, number: str) -> Reminder:
    """Return the last reminder of a document as it was registered.

    Raises:
        InputError: there is no such document, it is a credit note, or it was never reminded of.
    """
    owed = document(workspace, number)
    past = receivables.reminders(workspace.store).get(owed.basis, ())
    if not past:
        raise InputError(_("Underlaget {number} har ingen påminnelse.").format(number=owed.number))
    return reminder_of(owed, past[-1], len(past))


@needs(Right.PREPARE_CLAIMS)
def write(workspace: Workspace, reminder: Reminder, folder: Path) -> LetterOutcome:
    """Write the letter of a reminder into a folder as PDF, from the parties as they stand on the document.

    Raises:
        InputError: the document is not there.
        RefusedError: the file cannot be written, or the store is open to be read only.
    """
    from kvalitetsapp.reports import reminder as report

    pdf = report.build(_letter(workspace, reminder), sample=workspace.is_sample)
    path = kept_files.keep(
        workspace,
        lambda out: out.write_bytes(pdf),
        folder / _("{number}-paminnelse-{place}.pdf").format(number=reminder.number, place=reminder.place),
        action="reminder_written",
        target=reminder.number,
        detail=json.dumps({"place": reminder.place, "amount": reminder.amount}),
    )
    return LetterOutcome(path, _("Påminnelsen är skriven till {path}.").format(path=path))


def _letter(workspace: Workspace, reminder: Reminder) -> ReminderLetter:
    basis = bases.of_key(workspace.store, reminder.basis)
    if basis is None:
        raise InputError(_("Det finns inget underlag med nummer {number}.").format(number=reminder.number))
    return ReminderLetter(
        number=basis.number,
        legal_number=reminder.legal_number,
        issuer=basis.issuer,
        receiver=basis.receiver,
        issued_on=basis.issued_on,
        due_on=basis.due_on,
        amount=basis.amount,
        open_amount=reminder.amount,
        reminded_on=reminder.reminded_on,
        pay_by=reminder.due_on,
        count=reminder.place,
    )
