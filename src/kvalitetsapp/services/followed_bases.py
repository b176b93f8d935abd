"""What finance follows: every document with its credits, steps and payments, and what is open on it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kvalitetsapp.domain.followed_basis import FollowedBases, FollowedBasis, PaidPart
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import bases, payments, receivables

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace


@needs(Right.READ_CLAIMS)
def followed(workspace: Workspace) -> FollowedBases:
    """Return every document, the latest issued first."""
    owed = {one.basis: one for one in receivables.all_receivables(workspace.store)}
    paid: dict[int, list[PaidPart]] = defaultdict(list)
    for payment in reversed(payments.all_payments(workspace.store)):
        for match in payment.matches:
            paid[match.basis].append(PaidPart(payment.payment, payment.received_on, match.amount))
    found = (
        FollowedBasis(one, owed.get(one.basis.basis), tuple(paid[one.basis.basis]))
        for one in reversed(bases.all_views(workspace.store))
    )
    return FollowedBases(tuple(found), workspace.today)
