"""A document before it is issued, for whoever is to decide: nothing is written."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kvalitetsapp.domain.issuing_preview import IssuingPreview
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.services import bases, issuing_checks
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import billing, claims

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.services.workspace import Workspace


@needs(Right.ISSUE_BASES)
def of_claims(workspace: Workspace, wanted: Sequence[int]) -> IssuingPreview:
    """Return what issuing some claims today would make, with everything that keeps it from being issued."""
    found = claims.of_numbers(workspace.store, wanted)
    providers = {one.provider_id for one in found}
    receiver = issuing_checks.receiver_of(workspace, providers.pop()) if len(providers) == 1 else None
    due_on = workspace.today + timedelta(days=billing.rules(workspace.store).payment_days)
    return IssuingPreview(found, receiver, due_on, bases.lacking(workspace, wanted))
