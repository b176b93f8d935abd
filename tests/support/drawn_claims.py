"""Claims written straight into a store, as much of them as the ledger of a cap needs."""

from __future__ import annotations

from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.analysis import frames
from kvalitetsapp.domain.claim import CapEntry, Claim, ClaimLine, OperationKey
from kvalitetsapp.domain.claim_words import CapEntryKind, ClaimStatus
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.services import frames_of_store
from kvalitetsapp.store import agreements, claims

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace

_TOLD: Final = (
    *("claimable", "agreement_id", "provider_id", "operation", "index_ref", "index_joint", "episode", "joint"),
    *("side", "event_ref", "event_date", "days", "complication_class", "cost", "cost_basis"),
)
DAY: Final = "2024-03-01T12:00:00+01:00"


def largest(workspace: Workspace) -> dict[str, Any]:
    """Return the confirmed event of the store for which most can be claimed."""
    basis = frames_of_store.load(workspace).claims_basis(potential=False)
    rows: list[tuple[Any, ...]] = frames.rows(basis, _TOLD)
    most: tuple[Any, ...] = max(rows, key=itemgetter(0, 9))
    return dict(zip(_TOLD, most, strict=True))


def draw(workspace: Workspace, amount: int, *, issued: bool = False) -> dict[str, Any]:
    """Draft a claim of so many öre for the largest event, draw it on the cap, and return the event."""
    event = largest(workspace)
    operation = _operation(workspace, event["operation"])
    terms = agreements.of_id(workspace.store, event["agreement_id"])
    assert terms is not None
    line = ClaimLine(
        line=1,
        key=EventKey(event["episode"], event["joint"], event["side"]),
        event_ref=event["event_ref"],
        event_date=operation["day"],
        days=event["days"],
        complication_class=event["complication_class"],
        verdict=None,
        reviewer="Anna",
        reviewed_on="2024-02-01",
        relation="",
        cost=event["cost"],
        cost_basis=event["cost_basis"],
        cost_source="",
        price_year=None,
        deductible=0,
        amount=amount,
    )
    draft = Claim(
        claim=0,
        provider_id=event["provider_id"],
        provider="",
        terms=terms,
        operation=operation["key"],
        index_ref=event["index_ref"],
        operated_on=operation["day"],
        status=ClaimStatus.DRAFT,
        accepted=None,
        supplements=None,
        basis=None,
        drafted_by="Anna",
        drafted_at=DAY,
        lines=(line,),
    )
    with workspace.store.transaction():
        claim = claims.add(workspace.store, draft)
        claims.add_cap_entry(workspace.store, _entry(claim, CapEntryKind.DRAW, amount, terms.cap), DAY)
        if issued:
            _issue(workspace, claim, event["provider_id"], amount)
    return event | {"claim": claim, "operated_on": operation["day"], "payer_route": operation["route"]}


def release(workspace: Workspace, claim: int, amount: int) -> None:
    """Give so much of a draw back."""
    with workspace.store.transaction():
        claims.add_cap_entry(workspace.store, _entry(claim, CapEntryKind.RELEASE, amount, 1), DAY)


def _operation(workspace: Workspace, operation: int) -> dict[str, Any]:
    found = frames_of_store.load(workspace).index_operations
    row = found[found["operation"] == operation].iloc[0]
    key = OperationKey(int(row["episode"]), str(row["joint"]), str(row["side"]))
    return {"key": key, "day": row["operated_on"].date(), "route": str(row["payer_route"])}


def _entry(claim: int, kind: CapEntryKind, amount: int, cap: int) -> CapEntry:
    return CapEntry(0, claim, 1, kind, amount, cap, "index_operation", date(2024, 3, 1), "Anna", None)


def _issue(workspace: Workspace, claim: int, provider_id: str, amount: int) -> None:
    """Give the claim a document, of which nothing but its number matters here."""
    basis = workspace.store.write(
        "INSERT INTO bases (number, issuer_org, counter, document_type, provider_id, issued_on, due_on, amount, "
        "content, issued_by, issued_at) "
        "VALUES (?, '2321000016', 1, 380, ?, '2024-03-02', '2024-04-01', ?, '{}', 'Anna', ?)",
        ("ZVF23210000162403000001", provider_id, amount, DAY),
    )
    claims.set_basis(workspace.store, claim, basis)
