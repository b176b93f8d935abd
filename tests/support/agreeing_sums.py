"""What must agree in every store with claims, whatever has happened to it, reckoned from the rows in plain Python."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.claim import NOT_YET_ISSUED
from kvalitetsapp.domain.claim_words import CapEntryKind, ClaimStatus
from kvalitetsapp.services import ageing, bases, claim_account, claim_lists, payments, stores, summaries
from kvalitetsapp.store import claims, receivables

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.domain.claim import Claim, ClaimLine
    from kvalitetsapp.services.workspace import Workspace

Sums = dict[tuple[str, ...], tuple[int, int, int]]
"""What is claimed, credited and paid, by some keys."""
KEYS: Final[dict[str, Callable[[Claim, ClaimLine], str]]] = {
    "provider": lambda claim, _line: claim.provider_id,
    "agreement": lambda claim, _line: claim.terms.agreement_id,
    "year": lambda _claim, line: str(line.event_date.year),
    "class": lambda _claim, line: line.complication_class,
}


def disagreements(workspace: Workspace) -> list[str]:
    """Return everything in a store that does not agree with the rest of it, in words for whoever mends it."""
    return [
        *stores.check_store(workspace),
        *_of_series(workspace),
        *_of_caps(workspace),
        *_of_entries(workspace),
        *_of_lines(workspace),
        *_of_summaries(workspace),
        *_of_ageing(workspace),
        *_of_list(workspace),
    ]


def totals(workspace: Workspace) -> tuple[int, int, int]:
    """Return what is claimed and credited by the documents, and what payments pay of what is still asked for."""
    every = bases.all_bases(workspace)
    claimed = sum(one.basis.amount for one in every if one.basis.credits is None)
    credited = sum(one.basis.amount for one in every if one.basis.credits is not None)
    owed = receivables.all_receivables(workspace.store)
    placed = sum(match.amount for one in payments.payments(workspace) for match in one.matches)
    return claimed, credited, placed - sum(one.overpaid for one in owed)


def of_documents(workspace: Workspace, *keys: str) -> Sums:
    """Return what is claimed, credited and paid by the lines of the documents."""
    told = {one.claim: one for one in claims.all_claims(workspace.store)}
    paid = {one.basis: one.paid_by_line() for one in receivables.all_receivables(workspace.store)}
    found: dict[tuple[str, ...], Counter[str]] = {}
    for view in bases.all_bases(workspace):
        is_credit = view.basis.credits is not None
        for line in view.basis.lines:
            claim = told[line.claim]
            (of,) = (one for one in claim.lines if one.line == line.claim_line)
            sums = found.setdefault(tuple(KEYS[key](claim, of) for key in keys), Counter())
            sums["credited" if is_credit else "claimed"] += line.amount
            sums["paid"] += 0 if is_credit else paid[view.basis.basis][line.line]
    return {name: (sums["claimed"], sums["credited"], sums["paid"]) for name, sums in found.items()}


def of_summary(workspace: Workspace, *keys: str) -> Sums:
    """Return the same by `summary recovery`."""
    table = summaries.recovery(workspace, by=keys)
    names = [column.name for column in table.columns[: len(keys)]]
    found = {}
    for row in table.records():
        amounts = tuple(int(str(row[name])) for name in ("claimed", "credited", "paid"))
        if any(amounts):
            found[tuple(str(row[name]) for name in names)] = (amounts[0], amounts[1], amounts[2])
    return found


def _of_series(workspace: Workspace) -> list[str]:
    counters = [one.basis.counter for one in bases.all_bases(workspace)]
    return [] if counters == list(range(1, len(counters) + 1)) else [f"numbers with a gap: {counters}"]


def _of_caps(workspace: Workspace) -> list[str]:
    """Return every moment at which more was drawn on a cap than it holds, or less than nothing."""
    wrong = []
    every = claims.all_claims(workspace.store)
    for operation in {one.operation for one in every}:
        episodes = {(one.claim, line.line): line.key.episode for one in every for line in one.lines}
        drawn: Counter[int | None] = Counter()
        for entry in claims.cap_entries(workspace.store, operation):
            of = None if entry.cap_scope == "index_operation" else episodes[entry.claim, entry.line]
            drawn[of] += entry.amount if entry.kind is CapEntryKind.DRAW else -entry.amount
            if not 0 <= drawn[of] <= entry.cap:
                wrong.append(f"{operation}: {drawn[of]} of {entry.cap}")
    return wrong


def _of_entries(workspace: Workspace) -> list[str]:
    """Return where the cap's entries and the documents do not tell the same of what is issued."""
    kinds: Counter[CapEntryKind] = Counter()
    for one in claims.all_claims(workspace.store):
        if one.basis is not None:
            for entry in claims.cap_entries(workspace.store, one.operation):
                if entry.claim == one.claim:
                    kinds[entry.kind] += entry.amount
    claimed, credited, _paid = totals(workspace)
    by_entries = (kinds[CapEntryKind.DRAW] - kinds[CapEntryKind.RELEASE], kinds[CapEntryKind.CREDIT])
    return [] if by_entries == (claimed, credited) else [f"entries {by_entries}, documents {claimed, credited}"]


def _of_lines(workspace: Workspace) -> list[str]:
    """Return the claims whose account is not that of their document."""
    owed = receivables.all_receivables(workspace.store)
    by_claim: dict[int, Counter[str]] = {}
    for one in owed:
        paid = one.paid_by_line()
        for line in one.lines:
            sums = by_claim.setdefault(line.claim, Counter())
            sums.update(claimed=line.amount, credited=line.credited, paid=paid[line.line])
    documents = {claim: (each["claimed"], each["credited"], each["paid"]) for claim, each in by_claim.items()}
    account = claim_account.of_claims(workspace)
    return [] if account == documents else [f"accounts of claims {account}, of documents {documents}"]


def _of_summaries(workspace: Workspace) -> list[str]:
    documents, summary = of_documents(workspace, *KEYS), of_summary(workspace, *KEYS)
    wrong = [] if documents == summary else [f"documents {documents}, summary {summary}"]
    whole = tuple(map(sum, zip(*summary.values(), strict=True))) or (0, 0, 0)
    return [*wrong, *([] if whole == totals(workspace) else [f"{whole} in all, documents {totals(workspace)}"])]


def _of_ageing(workspace: Workspace) -> list[str]:
    """Return where what is owed by age is not what is claimed, less credited and paid."""
    claimed, credited, paid = totals(workspace)
    *each, total = ageing.by_provider(workspace)
    left = sum(total.by_age) + total.disputed + total.written_off
    wrong = [] if left == claimed - credited - paid else [f"ageing {left}, else {claimed - credited - paid}"]
    if (sum(one.open for one in each), sum(one.overpaid for one in each)) != (total.open, total.overpaid):
        wrong.append("the providers' ages do not add up to the whole")
    return wrong


def _of_list(workspace: Workspace) -> list[str]:
    """Return where the list of claims tells other sums, and claims whose status does not fit what is owed."""
    rows = [row for row in claim_lists.all_claims(workspace).records() if row["document"]]
    paid = sum(int(str(row["paid"])) for row in rows)
    credited = sum(int(str(row["credited"])) for row in rows)
    left = sum(int(str(row["left"])) for row in rows)
    claimed, *_rest = totals(workspace)
    told = (claimed - credited - paid, credited, paid)
    wrong = [] if (left, credited, paid) == told else [f"the list of claims has {left} left, documents {told[0]}"]
    wrong += [] if (credited, paid) == totals(workspace)[1:] else [f"the list of claims has {credited, paid}"]
    settled = {str(row["claim"]): row["left"] for row in rows if row["claim_status"] == ClaimStatus.SETTLED}
    wrong += [f"{claim} is settled with {amount} left" for claim, amount in settled.items() if amount]
    waiting = [one.number for one in claims.all_claims(workspace.store) if one.status in NOT_YET_ISSUED and one.basis]
    return [*wrong, *(f"{number} waits and has a document" for number in waiting)]
