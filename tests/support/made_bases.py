"""Documents written straight into a store, as issuing them leaves it: claims, bases, lines, credits, legal numbers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kvalitetsapp.domain.agreement import Agreement, Tariff
from kvalitetsapp.domain.basis import basis_number
from kvalitetsapp.domain.claim import Claim, ClaimLine, OperationKey, StepTaken
from kvalitetsapp.domain.claim_words import BasisStep, ClaimStatus, ClaimStep
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.store import claims as claims_store

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace

ORG = "2321000131"
WHO, AT = "Eko", "2024-01-01T12:00:00+00:00"
ISSUED = date(2024, 1, 15)
_CAP = (0, "index_operation", 0, ("kpp",))
_STEP_OF = {
    ClaimStatus.SENT: ClaimStep.SENT,
    ClaimStatus.DISPUTED: ClaimStep.DISPUTED,
    ClaimStatus.ISSUED: ClaimStep.ISSUED,
    ClaimStatus.WRITTEN_OFF: ClaimStep.WRITTEN_OFF,
}


@dataclass
class MadeBasis:
    """A document: its key, number and provider, and its lines as (claim, amount)."""

    basis: int
    number: str
    provider: str
    lines: list[tuple[int, int]] = field(default_factory=list)


def issue(
    workspace: Workspace,
    *amounts: int,
    issued_on: date = ISSUED,
    days: int = 30,
    provider: str = "P01",
    status: ClaimStatus = ClaimStatus.SENT,
) -> MadeBasis:
    """Issue a document with one claim of one line for every amount, all with the same status."""
    store = workspace.store
    with store.transaction():
        made = _document(workspace, 380, sum(amounts), issued_on, issued_on + timedelta(days=days), provider)
        for line, amount in enumerate(amounts, 1):
            claim = _claim(workspace, made, amount, issued_on, status)
            _line(workspace, made.basis, line, claim, amount)
            made.lines.append((claim, amount))
    return made


def credit(
    workspace: Workspace, of: MadeBasis, line: int, amount: int, issued_on: date = ISSUED + timedelta(days=5)
) -> MadeBasis:
    """Credit so much of a line of a document."""
    with workspace.store.transaction():
        made = _document(workspace, 381, amount, issued_on, issued_on, of.provider, of.basis)
        claim = of.lines[line - 1][0]
        _line(workspace, made.basis, 1, claim, amount, of.basis, line)
    return made


def set_status(workspace: Workspace, claim: int, status: ClaimStatus, day: date = ISSUED) -> None:
    """Let a claim take a step to a status."""
    with workspace.store.transaction():
        step = StepTaken(_STEP_OF[status], status, WHO, AT, day, "prov")
        claims_store.add_step(workspace.store, claim, step)


def legal_number(workspace: Workspace, of: MadeBasis, number: str) -> None:
    """Write the finance system's number back."""
    with workspace.store.transaction():
        workspace.store.write(
            "INSERT INTO basis_steps (basis, kind, day, content, who, taken_at) VALUES (?, ?, ?, ?, ?, ?)",
            (
                of.basis,
                BasisStep.LEGAL_NUMBER.value,
                ISSUED.isoformat(),
                json.dumps({"legal_number": number}),
                WHO,
                AT,
            ),
        )


def statuses(workspace: Workspace, of: MadeBasis) -> list[str]:
    """Return how far each claim of a document has come."""
    return [claim.status.value for claim in claims_store.of_basis(workspace.store, of.basis)]


def _document(
    workspace: Workspace, kind: int, amount: int, issued_on: date, due_on: date, provider: str, of: int | None = None
) -> MadeBasis:
    counter = 1 + (workspace.store.value("SELECT max(counter) FROM bases WHERE issuer_org = ?", (ORG,)) or 0)
    number = basis_number(ORG, issued_on, counter)
    basis = workspace.store.write(
        "INSERT INTO bases (number, issuer_org, counter, document_type, provider_id, credits, issued_on, due_on, "
        "amount, content, issued_by, issued_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '{}', ?, ?)",
        (
            *(number, ORG, counter, kind, provider, of, issued_on.isoformat(), due_on.isoformat(), amount),
            *(WHO, AT),
        ),
    )
    return MadeBasis(basis, number, provider)


def _claim(workspace: Workspace, made: MadeBasis, amount: int, day: date, status: ClaimStatus) -> int:
    store = workspace.store
    episode = store.value("SELECT min(episode) FROM episodes")
    terms = Agreement("A", "A", (made.provider,), ("hip",), ("contract",), day, None, *_CAP, (), Tariff(None, None))
    line = ClaimLine(
        *(1, EventKey(episode, "hip", "right"), "x", day, 10, "infection", None, "", "", ""),
        *(amount, "kpp", "", None, 0, amount),
    )
    operation = OperationKey(episode, "hip", "right")
    draft = Claim(
        *(0, made.provider, "", terms, operation, "x", day, ClaimStatus.DRAFT, None, None, None, WHO, AT, (line,)),
    )
    claim = claims_store.add(store, draft)
    claims_store.set_basis(store, claim, made.basis)
    claims_store.add_step(store, claim, StepTaken(_STEP_OF[status], status, WHO, AT, day, ""))
    return claim


def _line(
    workspace: Workspace,
    basis: int,
    line: int,
    claim: int,
    amount: int,
    of: int | None = None,
    of_line: int | None = None,
) -> None:
    workspace.store.write(
        "INSERT INTO basis_lines VALUES (?, ?, ?, 1, ?, ?, ?, ?, '')",
        (basis, line, claim, amount, of, of_line, None if of is None else 2),
    )
