"""Claims written down as rows, approved and drawn on their cap, and the details that documents are made with."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.agreement import Agreement, Tariff, Warranty
from kvalitetsapp.domain.claim import CapEntry, Claim, ClaimLine, OperationKey, StepTaken
from kvalitetsapp.domain.claim_words import CapEntryKind, ClaimStatus, ClaimStep
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.store import agreements, billing, claims
from support import made_documents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.services.workspace import Workspace

CAP: Final = 20_000_000
AT: Final = "2026-01-15T10:00:00+00:00"
TERMS: Final = Agreement(
    agreement_id="A1",
    name="Vårdval höft och knä",
    providers=("P01",),
    joints=("hip", "knee"),
    payer_routes=("contract",),
    valid_from=date(2018, 1, 1),
    valid_to=None,
    cap=CAP,
    cap_scope="index_operation",
    deductible=0,
    cost_basis=("kpp",),
    warranties=(Warranty(("*",), 730),),
    tariff=Tariff(),
)
INDEX: Final = "1"
EVENTS: Final = ("2", "3")
"""The operation that is claimed for, and the events that are linked to it."""
CLASSES: Final = {"2": "infection", "3": "mechanical"}
COST: Final = 9_000_000


def set_up(workspace: Workspace) -> None:
    """Tell everything that documents to P01 need."""
    with workspace.store.transaction():
        billing.set_rules(workspace.store, made_documents.RULES)
        billing.set_receiver(workspace.store, made_documents.RECEIVER, workspace.user)


def approved(
    workspace: Workspace,
    *amounts: int,
    provider: str = "P01",
    events: Sequence[str] = EVENTS,
    status: ClaimStatus = ClaimStatus.APPROVED,
) -> int:
    """Write down a claim of a line for every amount, on events that bear it out, and return its number."""
    _bear_out(workspace)
    draft = _draft(workspace, amounts, provider, events)
    store = workspace.store
    with store.transaction():
        claim = claims.add(store, draft)
        for line in draft.lines:
            draw = CapEntry(
                0, claim, line.line, CapEntryKind.DRAW, line.amount, CAP, TERMS.cap_scope, _day(), "Anna", None
            )
            claims.add_cap_entry(store, draw, AT)
        claims.add_step(store, claim, StepTaken(ClaimStep.DRAFTED, ClaimStatus.DRAFT, "Anna", AT, _day(), ""))
        if status is not ClaimStatus.DRAFT:
            claims.add_step(store, claim, StepTaken(ClaimStep.APPROVED, status, "Bo", AT, _day(), ""))
    return claim


def status(workspace: Workspace, claim: int) -> ClaimStatus:
    found = claims.of_number(workspace.store, claim)
    assert found is not None
    return found.status


def left_under_the_cap(workspace: Workspace, claim: int) -> int:
    """Return what is left of the cap of a claim's operation."""
    found = claims.of_number(workspace.store, claim)
    assert found is not None
    entries = claims.cap_entries(workspace.store, found.operation)
    return CAP - sum(one.amount if one.kind is CapEntryKind.DRAW else -one.amount for one in entries)


def _draft(workspace: Workspace, amounts: Sequence[int], provider: str, events: Sequence[str]) -> Claim:
    def episode(ref: str) -> int:
        return int(workspace.store.value("SELECT episode FROM episodes WHERE episode_id = ?", (ref,)))

    lines = tuple(
        ClaimLine(
            place,
            EventKey(episode(event), "hip", "right"),
            f"bok/{event}",
            date(2020, 3, 2),
            60,
            CLASSES[event],
            None,
            "Bo Granskare",
            "2021-03-14",
            "certain",
            COST,
            "kpp",
            "KPP 2020",
            2020,
            0,
            amount,
        )
        for place, (amount, event) in enumerate(zip(amounts, events, strict=False), start=1)
    )
    operation = OperationKey(episode(INDEX), "hip", "right")
    ref = f"bok/{INDEX}/hip/right"
    return Claim(
        0,
        provider,
        "",
        TERMS,
        operation,
        ref,
        date(2020, 1, 1),
        ClaimStatus.DRAFT,
        None,
        None,
        None,
        "Anna",
        AT,
        lines,
    )


def _bear_out(workspace: Workspace) -> None:
    """Let the agreement hold and every event of an operation be confirmed, without a review behind it."""
    store = workspace.store
    with store.transaction():
        store.write(
            "INSERT OR IGNORE INTO agreements (agreement_id, terms) VALUES (?, ?)",
            (TERMS.agreement_id, agreements.to_terms(TERMS)),
        )
        store.write("UPDATE links SET status = 'confirmed' WHERE operation IS NOT NULL")


def _day() -> date:
    return date(2026, 1, 15)
