"""What is owed on documents, as of a day: their lines, credits, payments and how far their claims had come."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.basis import BasisStepTaken
from kvalitetsapp.domain.claim_words import BasisStep, ClaimStatus, DocumentType
from kvalitetsapp.domain.receivable import OwedLine, Receivable
from kvalitetsapp.domain.reminder import PastReminder
from kvalitetsapp.store import bases

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

_BASES: Final = """
SELECT b.basis, b.number, b.provider_id, p.name, b.issued_on, b.due_on, coalesce((
    SELECT sum(m.amount) FROM payment_matches m JOIN payments paid ON paid.payment = m.payment
    WHERE m.basis = b.basis AND m.withdrawn_at IS NULL AND paid.received_on <= ?1
), 0)
FROM bases b JOIN providers p ON p.provider_id = b.provider_id
WHERE b.document_type = ?2 AND b.issued_on <= ?1
"""
# A claim's status on the day is that after the last step that holds for the day or an earlier one.
_LINES: Final = """
SELECT l.basis, l.line, l.claim, coalesce((
    SELECT s.status FROM claim_steps s WHERE s.claim = l.claim AND s.day <= ?1 ORDER BY s.step DESC LIMIT 1
), c.status), l.amount, coalesce((
    SELECT sum(k.amount) FROM basis_lines k JOIN bases note ON note.basis = k.basis
    WHERE k.credited_basis = l.basis AND k.credited_line = l.line AND note.issued_on <= ?1
), 0)
FROM basis_lines l JOIN bases b ON b.basis = l.basis JOIN claims c ON c.claim = l.claim
WHERE b.document_type = ?2 AND b.issued_on <= ?1
"""
_OF_BASIS: Final = " AND b.basis = ?3"
_LAST_DAY: Final = "9999-12-31"


def all_receivables(store: Store, as_of: date | None = None) -> tuple[Receivable, ...]:
    """Return every document that asks for money, as of a day or as it is now, the first due first."""
    return _receivables(store, as_of, None)


def latest_day(store: Store) -> date | None:
    """Return the last day that a document was issued or a payment received on, None where none was."""
    told = store.value(
        "SELECT max(day) FROM (SELECT max(issued_on) AS day FROM bases UNION ALL "
        "SELECT max(received_on) FROM payments WHERE withdrawn_at IS NULL)"
    )
    return None if told is None else date.fromisoformat(told)


def of_basis(store: Store, basis: int) -> Receivable | None:
    """Return what is owed on a document now, None where it asks for no money or does not exist."""
    found = _receivables(store, None, basis)
    return found[0] if found else None


def documents_by_number(store: Store) -> dict[str, tuple[int, int | None]]:
    """Return every document by its number: its key, and the key of the one that it credits."""
    return {
        number: (basis, credited) for number, basis, credited in store.rows("SELECT number, basis, credits FROM bases")
    }


def legal_numbers(store: Store, basis: int | None = None) -> dict[int, str]:
    """Return the legal invoice number that the finance system last gave each document, or one of them."""
    only, told = ("", ()) if basis is None else (" AND basis = ?", (basis,))
    rows = store.rows(
        f"SELECT basis, content FROM basis_steps WHERE kind = ?{only} ORDER BY step",
        (BasisStep.LEGAL_NUMBER.value, *told),
    )
    return {of: str(json.loads(content)["legal_number"]).strip() for of, content in rows}


def reminders(store: Store) -> dict[int, tuple[PastReminder, ...]]:
    """Return the reminders of each document that has any, in order."""
    rows = store.rows(
        "SELECT basis, day, content FROM basis_steps WHERE kind = ? ORDER BY step", (BasisStep.REMINDER.value,)
    )
    found: dict[int, tuple[PastReminder, ...]] = {}
    for basis, day, content in rows:
        told = json.loads(content)
        one = PastReminder(date.fromisoformat(day), int(told["amount"]), date.fromisoformat(told["due_on"]))
        found[basis] = (*found.get(basis, ()), one)
    return found


def add_reminder(store: Store, basis: int, reminder: PastReminder, who: str, at: str) -> None:
    """Note that a document was reminded of."""
    content = {"amount": str(reminder.amount), "due_on": reminder.due_on.isoformat()}
    bases.add_step(store, basis, BasisStepTaken(BasisStep.REMINDER, reminder.reminded_on, content, who, at))


def _receivables(store: Store, as_of: date | None, basis: int | None) -> tuple[Receivable, ...]:
    day = _LAST_DAY if as_of is None else as_of.isoformat()
    only, told = ("", ()) if basis is None else (_OF_BASIS, (basis,))
    parameters = (day, int(DocumentType.INVOICE), *told)
    lines: dict[int, list[OwedLine]] = defaultdict(list)
    for of, line, claim, status, amount, credited in store.rows(
        f"{_LINES}{only} ORDER BY l.basis, l.line", parameters
    ):
        lines[of].append(OwedLine(line, claim, ClaimStatus(status), amount, credited))
    legal = legal_numbers(store, basis)
    rows = store.rows(f"{_BASES}{only} ORDER BY b.due_on, b.number", parameters)
    return tuple(_receivable(row, tuple(lines[row[0]]), legal.get(row[0], "")) for row in rows)


def _receivable(row: tuple[Any, ...], lines: tuple[OwedLine, ...], legal_number: str) -> Receivable:
    basis, number, provider_id, provider, issued_on, due_on, paid = row
    issued, due = date.fromisoformat(issued_on), date.fromisoformat(due_on)
    return Receivable(basis, number, provider_id, provider, issued, due, paid, lines, legal_number)
