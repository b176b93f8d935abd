"""A small store to claim in: two confirmed events under an agreement, and documents written as issuing writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.claim_words import CapEntryKind, ClaimStep
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.services import claim_approval, claim_drafts, imports
from kvalitetsapp.services.claim_steps import demanded, write_step
from kvalitetsapp.store import cap_ledgers, claims
from support import made_stores, reviewing
from support.reviewing import ANNA, BO, at_work, decide
from support.undo_stores import episodes

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

INDEX_REF = "bok/1/hip/right"
_ORGANISATION = "5560360793"
_NUMBER = f"ZVF{_ORGANISATION}2601{{:06d}}"


def agreement(cap: int = 150_000, **told: object) -> str:
    """Return an agreement on hips at the private clinic, amounts in kronor."""
    more = "\n".join(f"{name} = {value}" for name, value in told.items())
    return f"""
[[agreement]]
id = "fjall"
name = "Fjällavtalet"
providers = ["P01"]
joints = ["hip"]
payer_routes = ["contract"]
valid_from = 2018-01-01
cap = {cap}
cap_scope = "index_operation"
cost_basis = ["kpp"]
warranty = [{{ classes = ["*"], days = 730 }}]
{more}
"""


def agree(workspace: Workspace, folder: Path, text: str) -> None:
    """Take in an agreement, or another content of it."""
    path = folder / "avtal.toml"
    path.write_text(text, encoding="utf-8")
    assert imports.import_file(workspace, KindOfFile.AGREEMENTS, path).rejected == 0


def make(folder: Path, terms: str = "") -> Workspace:
    """Make the store of `reviewing` with an agreement and both events confirmed; the caller closes it."""
    return made_stores.opened(folder, _make, terms or agreement())


def _make(folder: Path, terms: str) -> Workspace:
    workspace = reviewing.make(folder)
    agree(workspace, folder, terms)
    decide(workspace, BO)
    decide(workspace, BO, "bok/3")
    return workspace


def correct_cost(workspace: Workspace, folder: Path, row: str, cost: int) -> None:
    """Let an episode's cost (the last value of its row) be corrected by an import."""
    reviewing.take(workspace, folder, "episodes", episodes(f"{row.rsplit(';', 1)[0]};{cost}"))


def issued(workspace: Workspace, *, sent: bool = False) -> int:
    """Draft what can be claimed, let another approve it, issue it, and return the claim."""
    (claim,) = claim_drafts.draft(workspace, [INDEX_REF]).claims
    with at_work(workspace, BO):
        claim_approval.approve(workspace, [claim])
        issue(workspace, claim)
        if sent:
            from kvalitetsapp.services import claim_answers

            claim_answers.mark_sent(workspace, [claim])
    return claim


def issue(workspace: Workspace, number: int) -> int:
    """Write an invoice basis on one claim and return it."""
    store = workspace.store
    with store.transaction():
        claim = demanded(workspace, number)
        basis = _document(workspace, claim.provider_id, 380, claim.amount, None)
        for line in claim.lines:
            store.write(
                "INSERT INTO basis_lines (basis, line, claim, claim_line, amount, reason) VALUES (?, ?, ?, ?, ?, '')",
                (basis, line.line, number, line.line, line.amount),
            )
        claims.set_basis(store, number, basis)
        write_step(workspace, claim, ClaimStep.ISSUED, basis=basis)
    return basis


def credit(workspace: Workspace, number: int, line: int, amount: int) -> None:
    """Write a credit note on one line of an issued claim."""
    store = workspace.store
    with store.transaction():
        claim = demanded(workspace, number)
        assert claim.basis is not None
        basis = _document(workspace, claim.provider_id, 381, amount, claim.basis)
        store.write(
            "INSERT INTO basis_lines (basis, line, claim, claim_line, amount, credited_basis, credited_line, "
            "credit_reason, reason) VALUES (?, 1, ?, ?, ?, ?, ?, 9, 'rättat')",
            (basis, number, line, amount, claim.basis, line),
        )
        claim_drafts.write_entry(workspace, claim, line, CapEntryKind.CREDIT, amount)
        write_step(workspace, claim, ClaimStep.CREDITED, amount=amount, basis=basis)


def pay(workspace: Workspace, number: int, amount: int) -> None:
    """Write down a payment of a claim's document."""
    basis = demanded(workspace, number).basis
    with workspace.store.transaction():
        payment = workspace.store.write(
            "INSERT INTO payments (received_on, amount, reference, payer, origin, file_name, file_sha256, note, who, "
            "recorded_at) VALUES ('2026-02-01', ?, '', '', 'typed', '', '', '', ?, '2026-02-01')",
            (amount, ANNA),
        )
        workspace.store.write(
            "INSERT INTO payment_matches (payment, basis, amount, how, who, matched_at) "
            "VALUES (?, ?, ?, 'hand', ?, '2026-02-01')",
            (payment, basis, amount, ANNA),
        )


def drawn(workspace: Workspace, number: int) -> dict[int, int]:
    """Return what is drawn and not given back for each line of a claim."""
    return cap_ledgers.net_of_claim(workspace.store, number)


def _document(workspace: Workspace, provider: str, kind: int, amount: int, credits_: int | None) -> int:
    counter = int(workspace.store.value("SELECT count(*) FROM bases")) + 1
    return workspace.store.write(
        "INSERT INTO bases (number, issuer_org, counter, document_type, provider_id, credits, issued_on, due_on, "
        "amount, content, issued_by, issued_at) "
        "VALUES (?, ?, ?, ?, ?, ?, '2026-01-10', '2026-02-10', ?, '{}', ?, '2026-01-10')",
        (_NUMBER.format(counter), _ORGANISATION, counter, kind, provider, credits_, amount, workspace.user),
    )
