"""What is paid of each claim is the same wherever it is asked: on its document, and in the account of claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.claim_words import ClaimStatus
from kvalitetsapp.domain.payment import NewPayment
from kvalitetsapp.services import claim_account, payments
from kvalitetsapp.store import receivables
from support.made_bases import ISSUED, issue, set_status

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace


@pytest.mark.parametrize("amount", [30_00, 70_00, 130_00, 170_00])
def test_what_is_written_off_is_paid_last_and_what_is_disputed_before_it(workspace: Workspace, amount: int) -> None:
    made = issue(workspace, 50_00, 40_00, 60_00)
    given_up, disputed, agreed = (claim for claim, _amount in made.lines)
    set_status(workspace, given_up, ClaimStatus.WRITTEN_OFF)
    set_status(workspace, disputed, ClaimStatus.DISPUTED)
    payments.record(workspace, NewPayment(ISSUED, amount, made.number))
    owed = receivables.of_basis(workspace.store, made.basis)
    assert owed is not None
    on_document = {line.claim: owed.paid_by_line()[line.line] for line in owed.lines}
    assert {claim: paid for claim, (_, _, paid) in claim_account.of_claims(workspace).items()} == on_document
    first = min(amount, 60_00)
    second = min(amount - first, 40_00)
    assert on_document == {agreed: first, disputed: second, given_up: min(amount - first - second, 50_00)}
