"""Claims follow what is paid on their document: settled when it is paid in full, open again when it no longer is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kvalitetsapp.domain.claim import OPEN
from kvalitetsapp.domain.claim_words import ClaimStatus, ClaimStep
from kvalitetsapp.services.claim_steps import write_step
from kvalitetsapp.store import claims, receivables
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace


def settle_if_paid(workspace: Workspace, basis: int) -> int:
    """Settle the open claims of a document that is paid in full, inside a transaction, and return how many.

    Also to be called when something is credited on a document, for that may be what makes it paid in full.
    """
    owed = receivables.of_basis(workspace.store, basis)
    if owed is None or not owed.is_paid:
        return 0
    settled = [claim for claim in claims.of_basis(workspace.store, basis) if claim.status in OPEN]
    for claim in settled:
        if claim.status is ClaimStatus.ISSUED:
            reason = _("Underlaget är betalt, alltså har det kommit fram")
            status = write_step(workspace, claim, ClaimStep.SENT, reason=reason, basis=basis)
            claim = replace(claim, status=status)  # noqa: PLW2901 - the claim after the step
        write_step(workspace, claim, ClaimStep.SETTLED, reason=_("Betalt i sin helhet"), basis=basis)
    return len(settled)


def reopen_if_owed(workspace: Workspace, basis: int, reason: str) -> int:
    """Open the settled claims of a document for which something is left to pay again, and return how many."""
    owed = receivables.of_basis(workspace.store, basis)
    if owed is None:
        return 0
    left = owed.left_by_line()
    short = {line.claim for line in owed.lines if left[line.line]}
    settled = [one for one in claims.of_basis(workspace.store, basis) if one.status is ClaimStatus.SETTLED]
    reopened = [one for one in settled if one.claim in short]
    for claim in reopened:
        write_step(workspace, claim, ClaimStep.REOPENED, reason=reason, basis=basis)
    return len(reopened)
