"""What becomes of a claim that has been issued: sent, answered by the provider, settled or written off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.claim_words import ClaimStatus, ClaimStep
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.words import word
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import claim_account
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.claim_outcome import ClaimOutcome
from kvalitetsapp.services.claim_steps import demanded, write_step
from kvalitetsapp.store import audit, cap_ledgers, claims, concerned
from kvalitetsapp.texts import _, kronor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kvalitetsapp.domain.claim import Claim
    from kvalitetsapp.services.workspace import Workspace

STEP_TAKEN: Final = "claim_step"


@needs(Right.PREPARE_CLAIMS)
def mark_sent(workspace: Workspace, numbers: Sequence[int], day: date | None = None) -> ClaimOutcome:
    """Note that issued claims have been sent to the provider, all of them or none.

    Raises:
        InputError: there is no such claim, or the day is to come.
        RefusedError: one of them is not issued, or sent already.
    """
    with workspace.store.transaction():
        found = [demanded(workspace, number) for number in dict.fromkeys(numbers)]
        for claim in found:
            _write(workspace, claim, ClaimStep.SENT, day, "")
    told = ", ".join(one.number for one in found)
    return ClaimOutcome(tuple(one.claim for one in found), _("Skickat: {numbers}").format(numbers=told))


@needs(Right.PREPARE_CLAIMS)
def accept(workspace: Workspace, number: int, day: date | None = None, reason: str = "") -> ClaimOutcome:
    """Note that the provider has agreed to the whole claim.

    Raises:
        InputError: there is no such claim, or the day is to come.
        RefusedError: it has not been sent, or is settled.
    """
    with workspace.store.transaction():
        claim = demanded(workspace, number)
        net = _net(workspace, claim)
        _write(workspace, claim, ClaimStep.ACCEPTED, day, reason, net)
        claims.set_accepted(workspace.store, number, net)
    return _outcome(claim, ClaimStep.ACCEPTED)


@needs(Right.PREPARE_CLAIMS)
def accept_partly(workspace: Workspace, number: int, amount: int, day: date | None, reason: str) -> ClaimOutcome:
    """Note that the provider has agreed to a part of the claim, and why not to the rest.

    Raises:
        InputError: there is no such claim, the amount is not between 0 and what is claimed, the reason is missing, or
            the day is to come.
        RefusedError: it has not been sent, or is settled.
    """
    return _agreed(workspace, number, ClaimStep.PARTLY_ACCEPTED, amount, day, reason)


@needs(Right.PREPARE_CLAIMS)
def dispute(workspace: Workspace, number: int, reason: str, day: date | None = None) -> ClaimOutcome:
    """Note that the provider disputes the claim: why, and the day of its letter.

    Raises:
        InputError: there is no such claim, the reason is missing, or the day is to come.
        RefusedError: it has not been sent, is disputed already, or is settled.
    """
    return _step(workspace, number, ClaimStep.DISPUTED, day, _demand_reason(reason))


@needs(Right.PREPARE_CLAIMS)
def answer(workspace: Workspace, number: int, text: str, day: date | None = None) -> ClaimOutcome:
    """Note what the region has answered to a dispute.

    Raises:
        InputError: there is no such claim, the answer is missing, or the day is to come.
        RefusedError: the claim is not disputed.
    """
    return _step(workspace, number, ClaimStep.ANSWERED, day, _demand_reason(text))


@needs(Right.PREPARE_CLAIMS)
def redetermine(workspace: Workspace, number: int, amount: int, reason: str, day: date | None = None) -> ClaimOutcome:
    """Note what the region holds to after a dispute; the outcome says what is then to be credited.

    Raises:
        InputError: there is no such claim, the amount is not between 0 and what is claimed, the reason is missing, or
            the day is to come.
        RefusedError: the claim is neither disputed nor partly accepted.
    """
    done = _agreed(workspace, number, ClaimStep.REDETERMINED, amount, day, reason)
    left = to_credit(workspace, number)
    if not left:
        return done
    said = _("{said}. Kreditera {amount}.").format(said=done.said, amount=kronor(left))
    return ClaimOutcome(done.claims, said)


def to_credit(workspace: Workspace, number: int) -> int:
    """Return what is claimed above what was agreed to, 0 where nothing was said of that."""
    claim = demanded(workspace, number)
    return 0 if claim.accepted is None else max(0, _net(workspace, claim) - claim.accepted)


@needs(Right.PREPARE_CLAIMS)
def settle(workspace: Workspace, number: int, day: date | None = None, reason: str = "") -> ClaimOutcome:
    """Close a claim of which nothing is left to pay.

    Raises:
        InputError: there is no such claim, or the day is to come.
        RefusedError: something is left to pay, or it has not been sent.
    """
    with workspace.store.transaction():
        claim = demanded(workspace, number)
        left = claim_account.left_of(workspace, claim)
        if left:
            raise RefusedError(
                _("Av kravet {number} är {amount} inte betalt. Kreditera eller skriv av resten.").format(
                    number=claim.number, amount=kronor(left)
                )
            )
        _write(workspace, claim, ClaimStep.SETTLED, day, reason)
    return _outcome(claim, ClaimStep.SETTLED)


@needs(Right.PREPARE_CLAIMS)
def write_off(workspace: Workspace, number: int, reason: str, day: date | None = None) -> ClaimOutcome:
    """Give up what is left to pay of a claim.

    Raises:
        InputError: there is no such claim, the reason is missing, or the day is to come.
        RefusedError: it has not been sent, or is settled.
    """
    return _step(workspace, number, ClaimStep.WRITTEN_OFF, day, _demand_reason(reason))


@needs(Right.PREPARE_CLAIMS)
def reopen(workspace: Workspace, number: int, reason: str) -> ClaimOutcome:
    """Open a claim again that was settled or written off.

    Raises:
        InputError: there is no such claim, or the reason is missing.
        RefusedError: it is open.
    """
    return _step(workspace, number, ClaimStep.REOPENED, None, _demand_reason(reason))


def _agreed(
    workspace: Workspace, number: int, kind: ClaimStep, amount: int, day: date | None, reason: str
) -> ClaimOutcome:
    told = _demand_reason(reason)
    with workspace.store.transaction():
        claim = demanded(workspace, number)
        net = _net(workspace, claim)
        if not 0 <= amount <= net:
            raise InputError(_("Beloppet kan vara mellan 0 kr och {amount}.").format(amount=kronor(net)))
        _write(workspace, claim, kind, day, told, amount)
        claims.set_accepted(workspace.store, number, amount)
    return _outcome(claim, kind)


def _step(workspace: Workspace, number: int, kind: ClaimStep, day: date | None, reason: str) -> ClaimOutcome:
    with workspace.store.transaction():
        claim = demanded(workspace, number)
        _write(workspace, claim, kind, day, reason)
    return _outcome(claim, kind)


def _write(
    workspace: Workspace, claim: Claim, kind: ClaimStep, day: date | None, reason: str, amount: int | None = None
) -> ClaimStatus:
    if day is not None and day > workspace.today:
        raise InputError(_("Dagen {day} har inte varit än.").format(day=day.isoformat()))
    status = write_step(workspace, claim, kind, day=day, reason=reason.strip(), amount=amount)
    about = concerned.of_claims(workspace.store, [claim.claim])
    audit.append(workspace.store, workspace.user, STEP_TAKEN, target=claim.number, detail=kind.value, patients=about)
    return status


def _net(workspace: Workspace, claim: Claim) -> int:
    """Return what the claim asks for net of its credits."""
    return sum(cap_ledgers.net_of_claim(workspace.store, claim.claim).values())


def _demand_reason(reason: str) -> str:
    if not reason.strip():
        raise InputError(_("Skriv varför, med vårdgivarens eller regionens egna ord."))
    return reason.strip()


def _outcome(claim: Claim, kind: ClaimStep) -> ClaimOutcome:
    return ClaimOutcome((claim.claim,), f"{word('claim_step', kind)}: {claim.number}")
