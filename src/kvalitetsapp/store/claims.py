"""Claims, their lines, the steps they have taken, and the entries of the cap ledger."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.claim import CapEntry, Claim, ClaimLine, OperationKey, StepTaken
from kvalitetsapp.domain.claim_words import CapEntryKind, ClaimStatus, ClaimStep
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.store import agreements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.store.connection import Store

_READ: Final = """
SELECT c.claim, c.provider_id, p.name, c.terms, c.index_episode, c.index_joint, c.index_side, c.index_ref,
       c.operated_on, c.status, c.accepted, c.supplements, c.basis, c.drafted_by, c.drafted_at
FROM claims c JOIN providers p ON p.provider_id = c.provider_id
"""
_LINES: Final = """
SELECT l.claim, l.line, l.episode, l.joint, l.side, l.event_ref, l.event_date, l.days, l.complication_class, l.verdict,
       l.reviewer, l.reviewed_on, l.relation, l.cost, l.cost_basis, l.cost_source, l.price_year, l.deductible, l.amount
FROM claim_lines l JOIN claims c ON c.claim = l.claim
"""
OF_OPERATION: Final = """
WHERE c.index_episode = ?1 AND c.index_joint = ?2
  AND (coalesce(c.told_side, c.index_side) IN (?3, 'unknown') OR ?3 = 'unknown')
"""


def add(store: Store, draft: Claim) -> int:
    """Add a draft with its lines and return its number; its step and its draws are the caller's to write."""
    operation = draft.operation
    claim = store.write(
        "INSERT INTO claims (provider_id, agreement_id, terms, index_episode, index_joint, index_side, index_ref, "
        "operated_on, status, supplements, drafted_by, drafted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(draft.provider_id, draft.terms.agreement_id, agreements.to_terms(draft.terms)),
            *(operation.episode, operation.joint, operation.side, draft.index_ref, draft.operated_on.isoformat()),
            *(draft.status.value, draft.supplements, draft.drafted_by, draft.drafted_at),
        ),
    )
    store.write_many(
        "INSERT INTO claim_lines (claim, line, episode, joint, side, event_ref, event_date, days, complication_class, "
        "verdict, reviewer, reviewed_on, relation, cost, cost_basis, cost_source, price_year, deductible, amount) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(claim, one.line, one.key.episode, one.key.joint, one.key.side, one.event_ref),
                *(one.event_date.isoformat(), one.days, one.complication_class, one.verdict, one.reviewer),
                *(one.reviewed_on, one.relation, one.cost, one.cost_basis, one.cost_source, one.price_year),
                *(one.deductible, one.amount),
            )
            for one in draft.lines
        ],
    )
    return claim


def add_step(store: Store, claim: int, step: StepTaken) -> None:
    """Write a step into a claim's history and leave the claim with the status after it."""
    store.write(
        "INSERT INTO claim_steps (claim, kind, status, who, taken_at, day, reason, amount, basis) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(claim, step.kind.value, step.status.value, step.who, step.taken_at, step.day.isoformat(), step.reason),
            *(step.amount, step.basis),
        ),
    )
    store.write("UPDATE claims SET status = ? WHERE claim = ?", (step.status.value, claim))


def set_basis(store: Store, claim: int, basis: int) -> None:
    """Note the document that a claim was issued with."""
    store.write("UPDATE claims SET basis = ? WHERE claim = ?", (basis, claim))


def set_accepted(store: Store, claim: int, amount: int | None) -> None:
    """Note how much the provider has agreed to."""
    store.write("UPDATE claims SET accepted = ? WHERE claim = ?", (amount, claim))


def set_amount(store: Store, claim: int, line: int, amount: int) -> None:
    """Ask for another amount for a line of a draft; the store refuses it for one that is approved or issued."""
    store.write("UPDATE claim_lines SET amount = ? WHERE claim = ? AND line = ?", (amount, claim, line))


def tell_side(store: Store, claim: int, side: str) -> None:
    """Note the side of a claim's operation, which was not known when it was drafted; the cap is that side's then."""
    store.write("UPDATE claims SET told_side = ? WHERE claim = ? AND index_side = 'unknown'", (side, claim))


def add_cap_entry(store: Store, entry: CapEntry, at: str) -> None:
    """Write an entry of the ledger; the store refuses one that would pass the cap or give back too much."""
    store.write(
        "INSERT INTO cap_entries (claim, line, kind, amount, cap, cap_scope, day, who, entered_at, basis) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(entry.claim, entry.line, entry.kind.value, entry.amount, entry.cap, entry.cap_scope),
            *(entry.day.isoformat(), entry.who, at, entry.basis),
        ),
    )


def of_number(store: Store, claim: int) -> Claim | None:
    """Return one claim, None where there is none of that number."""
    found = _claims(store, "WHERE c.claim = ?", (claim,))
    return found[0] if found else None


def of_numbers(store: Store, claims: Sequence[int]) -> tuple[Claim, ...]:
    """Return some claims by their number."""
    marks = ", ".join("?" * len(claims))
    return _claims(store, f"WHERE c.claim IN ({marks})", tuple(claims))


def of_operation(store: Store, operation: OperationKey) -> tuple[Claim, ...]:
    """Return every claim for an operation by number; a correction may have told its side since."""
    return _claims(store, OF_OPERATION, (operation.episode, operation.joint, operation.side))


def of_basis(store: Store, basis: int) -> tuple[Claim, ...]:
    """Return the claims that a document gathers, by number."""
    return _claims(store, "WHERE c.basis = ?", (basis,))


def all_claims(store: Store, status: ClaimStatus | None = None) -> tuple[Claim, ...]:
    """Return every claim, or those of a status, by number."""
    return _claims(store, "", ()) if status is None else _claims(store, "WHERE c.status = ?", (status.value,))


def steps(store: Store, claim: int) -> tuple[StepTaken, ...]:
    """Return the history of a claim in order."""
    rows = store.rows(
        "SELECT kind, status, who, taken_at, day, reason, amount, basis FROM claim_steps "
        "WHERE claim = ? ORDER BY step",
        (claim,),
    )
    return tuple(
        StepTaken(ClaimStep(kind), ClaimStatus(status), who, at, date.fromisoformat(day), reason, amount, basis)
        for kind, status, who, at, day, reason, amount, basis in rows
    )


def cap_entries(store: Store, operation: OperationKey) -> tuple[CapEntry, ...]:
    """Return the ledger of an operation's cap in the order in which it was written."""
    rows = store.rows(
        "SELECT e.entry, e.claim, e.line, e.kind, e.amount, e.cap, e.cap_scope, e.day, e.who, e.basis "
        f"FROM cap_entries e JOIN claims c ON c.claim = e.claim {OF_OPERATION} ORDER BY e.entry",
        (operation.episode, operation.joint, operation.side),
    )
    return tuple(
        CapEntry(entry, claim, line, CapEntryKind(kind), amount, cap, scope, date.fromisoformat(day), who, basis)
        for entry, claim, line, kind, amount, cap, scope, day, who, basis in rows
    )


def _claims(store: Store, where: str, parameters: tuple[object, ...]) -> tuple[Claim, ...]:
    lines: dict[int, tuple[ClaimLine, ...]] = {
        claim: tuple(_line(row) for row in rows)
        for claim, rows in groupby(store.rows(f"{_LINES} {where} ORDER BY l.claim, l.line", parameters), itemgetter(0))
    }
    rows = store.rows(f"{_READ} {where} ORDER BY c.claim", parameters)
    return tuple(_claim(row, lines.get(row[0], ())) for row in rows)


def _claim(row: tuple[Any, ...], lines: tuple[ClaimLine, ...]) -> Claim:
    claim, provider_id, provider, terms, episode, joint, side, index_ref, operated_on, status, accepted, *rest = row
    supplements, basis, drafted_by, drafted_at = rest
    return Claim(
        claim,
        provider_id,
        provider,
        agreements.from_terms(terms),
        OperationKey(episode, joint, side),
        index_ref,
        date.fromisoformat(operated_on),
        ClaimStatus(status),
        accepted,
        supplements,
        basis,
        drafted_by,
        drafted_at,
        lines,
    )


def _line(row: tuple[Any, ...]) -> ClaimLine:
    _claim, line, episode, joint, side, event_ref, event_date, *rest = row
    return ClaimLine(line, EventKey(episode, joint, side), event_ref, date.fromisoformat(event_date), *rest)
