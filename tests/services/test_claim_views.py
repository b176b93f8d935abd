"""What the window shows of claims: their money, their last day, and what differs from what a draft was made of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.claim_views import APPROVED, DISPUTED, DONE, DRAFTS, OUT
from kvalitetsapp.domain.claim_words import ClaimStatus, ClaimStep
from kvalitetsapp.services import claim_answers, claim_drafts, claim_views
from support import claiming
from support.claiming import INDEX_REF, agreement
from support.reviewing import EVENT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

KR = 100


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with claiming.make(tmp_path, agreement(claim_deadline_days=30)) as opened:
        yield opened


def test_a_draft_has_its_first_last_day_and_counts_as_drafted(workspace: Workspace) -> None:
    before = claim_views.to_claim(workspace)
    assert (len(before.ready), before.drafted) == (1, 0)
    claim_drafts.draft(workspace, [INDEX_REF])
    after = claim_views.to_claim(workspace)
    assert (after.ready, after.drafted) == ((), 150_000 * KR)
    (seen,) = claim_views.claims_seen(workspace)
    assert (seen.claim_by, seen.changed, seen.left) == (date(2020, 4, 4), (), None)


def test_a_draft_can_be_made_again_only_when_something_has_changed(workspace: Workspace, tmp_path: Path) -> None:
    claim_drafts.draft(workspace, [INDEX_REF])
    (seen,) = claim_views.claims_seen(workspace)
    assert not seen.can(ClaimStep.DRAFTED)
    claiming.correct_cost(workspace, tmp_path, EVENT, 70_000)
    (seen,) = claim_views.claims_seen(workspace)
    assert seen.can(ClaimStep.DRAFTED)
    assert "Kostnaden är ändrad" in seen.changed[0]


def test_an_issued_claim_is_told_net_of_credits_and_payments_and_is_never_withdrawn(workspace: Workspace) -> None:
    number = claiming.issued(workspace, sent=True)
    claiming.credit(workspace, number, 1, 10_000 * KR)
    claiming.pay(workspace, number, 40_000 * KR)
    claim_answers.accept_partly(workspace, number, 120_000 * KR, None, "Resten bestrids")
    (seen,) = claim_views.claims_seen(workspace)
    assert (seen.credited, seen.paid, seen.left) == (10_000 * KR, 40_000 * KR, 100_000 * KR)
    assert (seen.to_credit, seen.claim_by) == (20_000 * KR, None)
    assert seen.document
    assert not seen.can(ClaimStep.WITHDRAWN)
    past = claim_views.past(workspace, number)
    assert past.account.lines[-1].left == 10_000 * KR
    assert past.steps[-1].kind is ClaimStep.PARTLY_ACCEPTED


def test_every_status_stands_in_exactly_one_part() -> None:
    parts = [*DRAFTS, *APPROVED, *OUT, *DISPUTED, *DONE]
    assert sorted(parts) == sorted(ClaimStatus)
