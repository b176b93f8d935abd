"""What becomes of a draft before it is issued: changed, made again, or withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.claim import NOT_YET_ISSUED
from kvalitetsapp.domain.claim_words import CapEntryKind, ClaimStatus, ClaimStep
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import claim_corrections, claim_drafts, claim_ledger
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.claim_outcome import ClaimOutcome
from kvalitetsapp.services.claim_steps import demanded, write_step
from kvalitetsapp.store import audit, claims, concerned
from kvalitetsapp.texts import _, kronor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.claim import Claim, OperationKey
    from kvalitetsapp.services.workspace import Workspace

_CHANGED: Final = "claim_changed"


@needs(Right.PREPARE_CLAIMS)
def withdraw(workspace: Workspace, number: int, reason: str) -> ClaimOutcome:
    """Take back a claim that is not issued, and give back what it has drawn on the cap.

    Raises:
        InputError: there is no such claim, or the reason is missing.
        RefusedError: it is issued: then it is withdrawn by crediting the whole of it.
    """
    with workspace.store.transaction():
        claim = _waiting(workspace, number, reason)
        _take_back(workspace, claim, reason.strip())
    return ClaimOutcome((number,), _("Återtaget: {number}").format(number=claim.number))


@needs(Right.PREPARE_CLAIMS)
def redraft(workspace: Workspace, number: int, reason: str) -> ClaimOutcome:
    """Withdraw a claim that is not issued and draft its operation again, by what can be claimed now.

    Raises:
        InputError: there is no such claim, or the reason is missing.
        RefusedError: it is issued, or nothing can be claimed any more: then withdraw it.
    """
    with workspace.store.transaction():
        claim = _waiting(workspace, number, reason)
        _take_back(workspace, claim, reason.strip())
        made, left_out = claim_drafts.write(workspace, [_operation_now(workspace, claim)], reason=reason.strip())
        claim_drafts.keep_undoable(workspace, made)
    new = made[0]
    said = _("{old} är återtaget, nytt utkast {new}: {amount}")
    return ClaimOutcome(
        (new.claim,), said.format(old=claim.number, new=new.number, amount=kronor(new.amount)), left_out
    )


@needs(Right.PREPARE_CLAIMS)
def change(workspace: Workspace, number: int, amounts: Mapping[int, int], reason: str) -> ClaimOutcome:
    """Claim less than a draft says: another amount for some of its lines, 0 to leave one out.

    Lines are never taken away from a claim: where one is left out, the draft is withdrawn and another made without it.

    Raises:
        InputError: there is no such claim or line, an amount is below zero or above the line's, nothing would be left,
            or the reason is missing.
        RefusedError: it is no draft.
    """
    with workspace.store.transaction():
        claim = _waiting(workspace, number, reason)
        if claim.status is not ClaimStatus.DRAFT:
            raise RefusedError(_("Kravet {number} är inte längre ett utkast.").format(number=claim.number))
        _check(claim, amounts)
        kept = {line.key: amounts.get(line.line, line.amount) for line in claim.lines}
        if all(kept.values()):
            _lower(workspace, claim, amounts, reason.strip())
            changed = claim
        else:
            _take_back(workspace, claim, reason.strip())
            wanted = {key: amount for key, amount in kept.items() if amount}
            made, _left_out = claim_drafts.write(workspace, [_operation_now(workspace, claim)], wanted, reason.strip())
            claim_drafts.keep_undoable(workspace, made)
            changed = made[0]
    return ClaimOutcome(
        (changed.claim,),
        _("Ändrat: {number}, {amount}").format(number=changed.number, amount=kronor(sum(kept.values()))),
    )


def _lower(workspace: Workspace, claim: Claim, amounts: Mapping[int, int], reason: str) -> None:
    for line in claim.lines:
        if less := line.amount - amounts.get(line.line, line.amount):
            claims.set_amount(workspace.store, claim.claim, line.line, line.amount - less)
            claim_drafts.write_entry(workspace, claim, line.line, CapEntryKind.RELEASE, less)
    total = sum(amounts.get(line.line, line.amount) for line in claim.lines)
    write_step(workspace, claim, ClaimStep.CHANGED, reason=reason, amount=total)
    claim_corrections.leave_rest(workspace, claim.claim, reason)
    about = concerned.of_claims(workspace.store, [claim.claim])
    audit.append(workspace.store, workspace.user, _CHANGED, target=claim.number, detail=reason, patients=about)


def _check(claim: Claim, amounts: Mapping[int, int]) -> None:
    known = {line.line: line.amount for line in claim.lines}
    for line, amount in amounts.items():
        if line not in known:
            raise InputError(_("Kravet {number} har ingen rad {line}.").format(number=claim.number, line=line))
        if not 0 <= amount <= known[line]:
            raise InputError(
                _("Rad {line} kan vara mellan 0 kr och {amount}.").format(line=line, amount=kronor(known[line]))
            )
    if not sum((known | dict(amounts)).values()):
        raise InputError(_("Då återstår inget att kräva. Återta kravet i stället."))


def _waiting(workspace: Workspace, number: int, reason: str) -> Claim:
    """Return a claim that is not issued, to be changed for a reason."""
    if not reason.strip():
        raise InputError(_("Skriv varför kravet ändras eller återtas."))
    claim = demanded(workspace, number)
    if claim.status not in NOT_YET_ISSUED:
        raise RefusedError(
            _("Kravet {number} är utställt eller återtaget. Det som är utställt ändras bara med kredit.").format(
                number=claim.number
            )
        )
    return claim


def _take_back(workspace: Workspace, claim: Claim, reason: str) -> None:
    claim_drafts.release(workspace, claim)
    write_step(workspace, claim, ClaimStep.WITHDRAWN, reason=reason)
    about = concerned.of_claims(workspace.store, [claim.claim])
    audit.append(
        *(workspace.store, workspace.user, claim_drafts.WITHDRAWN),
        target=claim.number,
        detail=reason,
        patients=about,
    )


def _operation_now(workspace: Workspace, claim: Claim) -> OperationKey:
    return claim_ledger.operation_now(claim_ledger.standing(workspace), claim)
