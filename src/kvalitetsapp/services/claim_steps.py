"""A step in the life of a claim, written inside the transaction of what causes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import reasons
from kvalitetsapp.domain.claim import StepTaken, after
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.words import word
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.store import claims
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.claim import Claim
    from kvalitetsapp.domain.claim_words import ClaimStatus, ClaimStep
    from kvalitetsapp.services.workspace import Workspace


def write_step(
    workspace: Workspace,
    claim: Claim,
    kind: ClaimStep,
    *,
    day: date | None = None,
    reason: str = "",
    amount: int | None = None,
    basis: int | None = None,
) -> ClaimStatus:
    """Write a step into the history of a claim as it now stands, and return the status after it.

    Raises:
        InputError: the reason is too long, or has a personal number in it.
        RefusedError: the claim has not come so far, or has come too far, for the step.
    """
    if wrong := reasons.wrong_with(reason):
        raise InputError(wrong)
    status = after(claim.status, kind)
    if status is None:
        raise RefusedError(
            _("Kravet {number} är {status} och kan inte få steget ”{step}”.").format(
                number=claim.number,
                status=word("claim_status", claim.status).lower(),
                step=word("claim_step", kind).lower(),
            )
        )
    at = this_moment()
    taken = StepTaken(kind, status, workspace.user, at, day or workspace.today, reason, amount, basis)
    claims.add_step(workspace.store, claim.claim, taken)
    return status


def demanded(workspace: Workspace, number: int) -> Claim:
    """Return a claim by its number.

    Raises:
        InputError: there is none.
    """
    found = claims.of_number(workspace.store, number)
    if found is None:
        raise InputError(_("Det finns inget krav med nummer {number}.").format(number=number))
    return found
