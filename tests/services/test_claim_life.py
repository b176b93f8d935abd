"""The life of a claim, from what can be drafted to settled, and what each step refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.claim_words import ClaimStatus, ClaimStep
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import (
    claim_answers,
    claim_approval,
    claim_corrections,
    claim_drafts,
    claim_ledger,
    claim_life,
    claim_staleness,
    report_contents,
    summaries,
    undo_steps,
)
from kvalitetsapp.services.claim_steps import demanded
from kvalitetsapp.store import claims
from support import claiming, reviewing
from support.claiming import INDEX_REF, agreement, drawn, issued
from support.reviewing import ANNA, BO, EVENT, at_work, decide
from support.undo_stores import episodes
from support.whole_store import left_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

KR = 100


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Return a store with two confirmed events of 90 000 kr each under a cap of 150 000 kr, Anna at work."""
    with left_whole(claiming.make(tmp_path)) as opened:
        yield opened


def drafted(workspace: Workspace) -> int:
    (claim,) = claim_drafts.draft(workspace, [INDEX_REF]).claims
    return claim


def status(workspace: Workspace, claim: int) -> ClaimStatus:
    return demanded(workspace, claim).status


def recovery(workspace: Workspace) -> dict[str, object]:
    (row,) = summaries.recovery(workspace).records()
    return {name: row[name] for name in ("claimable", "claimed", "credited", "paid", "uncollected")}


def test_r15_what_can_be_drafted_is_what_the_cap_gives_by_event(workspace: Workspace) -> None:
    (one,) = claim_drafts.proposals(workspace)
    assert (one.index_ref, one.provider, one.amount, one.supplements) == (
        INDEX_REF,
        "Fjällkliniken",
        150_000 * KR,
        None,
    )
    assert [(line.event_ref, line.amount) for line in one.lines] == [("bok/2", 90_000 * KR), ("bok/3", 60_000 * KR)]


def test_a_draft_keeps_what_it_rests_on_and_draws_on_the_cap_at_once(workspace: Workspace) -> None:
    claim = demanded(workspace, drafted(workspace))
    first = claim.lines[0]
    assert (first.reviewer, first.relation, first.cost, first.cost_basis) == (BO, "certain", 90_000 * KR, "kpp")
    assert (claim.status, claim.drafted_by, claim.terms.cap) == (ClaimStatus.DRAFT, ANNA, 150_000 * KR)
    assert drawn(workspace, claim.claim) == {1: 90_000 * KR, 2: 60_000 * KR}
    assert claim_drafts.proposals(workspace) == ()
    with pytest.raises(RefusedError, match="inget att kräva för Höger höft"):
        claim_drafts.draft(workspace, [demanded(workspace, 1).operation])
    with pytest.raises(RefusedError, match="inget att kräva för bok/1/hip/right"):
        claim_drafts.draft(workspace, [INDEX_REF])


def test_an_event_without_cost_is_left_out_with_its_reason(workspace: Workspace, tmp_path: Path) -> None:
    reviewing.take(
        workspace,
        tmp_path,
        "episodes",
        episodes(reviewing.PERSON.format(7) + ("OWN;own;inpatient;2020-02-01;2020-02-05;T84.5;NFC49 ZXA00;")),
    )
    decide(workspace, BO, "bok/7")
    outcome = claim_drafts.draft(workspace, [INDEX_REF])
    assert [(one.event_ref, one.why) for one in outcome.left_out] == [("bok/7", "Kostnaden saknas")]


def test_nothing_is_drafted_or_approved_while_something_imported_is_not_linked(
    workspace: Workspace, tmp_path: Path
) -> None:
    claim = drafted(workspace)
    from kvalitetsapp.domain.imports import KindOfFile
    from kvalitetsapp.services import imports

    path = tmp_path / "episodes.csv"
    path.write_text(episodes(EVENT.rsplit(";", 1)[0] + ";91000"), encoding="utf-8")
    imports.import_file(workspace, KindOfFile.EPISODES, path, link=False)
    with pytest.raises(RefusedError, match="inte kopplat än"):
        claim_drafts.draft(workspace, [INDEX_REF])
    with at_work(workspace, BO), pytest.raises(RefusedError, match="inte kopplat än"):
        claim_approval.approve(workspace, [claim])


def test_another_than_the_one_who_drafted_approves(workspace: Workspace) -> None:
    claim = drafted(workspace)
    with pytest.raises(RefusedError, match="Någon annan ska godkänna"):
        claim_approval.approve(workspace, [claim])
    with at_work(workspace, BO):
        claim_approval.approve(workspace, [claim])
    assert status(workspace, claim) is ClaimStatus.APPROVED
    claim_approval.return_to_draft(workspace, claim, "fel pris")
    assert status(workspace, claim) is ClaimStatus.DRAFT


def test_an_operation_named_by_key_and_by_reference_is_drafted_once(workspace: Workspace) -> None:
    (one,) = claim_drafts.proposals(workspace)
    (claim,) = claim_drafts.draft(workspace, [one.operation, one.index_ref, INDEX_REF]).claims
    assert drawn(workspace, claim) == {1: 90_000 * KR, 2: 60_000 * KR}


def test_who_drafted_a_claim_approves_it_under_no_other_spelling_of_the_name(workspace: Workspace) -> None:
    claim = drafted(workspace)
    for spelled in (ANNA.upper(), f" {ANNA.lower()} "):
        with at_work(workspace, spelled), pytest.raises(RefusedError, match="Någon annan ska godkänna"):
            claim_approval.approve(workspace, [claim])
    assert status(workspace, claim) is ClaimStatus.DRAFT


def test_a_draft_whose_events_have_changed_is_made_again_before_it_is_approved(
    workspace: Workspace, tmp_path: Path
) -> None:
    claim = drafted(workspace)
    claiming.correct_cost(workspace, tmp_path, EVENT, 70_000)
    assert claim_staleness.stale(workspace, claim) == ("bok/2: Kostnaden är ändrad",)
    with at_work(workspace, BO), pytest.raises(RefusedError, match="Gör om utkastet"):
        claim_approval.approve(workspace, [claim])
    (again,) = claim_life.redraft(workspace, claim, "rättad kostnad").claims
    assert status(workspace, claim) is ClaimStatus.WITHDRAWN
    assert [line.amount for line in demanded(workspace, again).lines] == [70_000 * KR, 80_000 * KR]
    assert claim_staleness.stale(workspace, again) == ()


def test_a_draft_that_was_reviewed_anew_or_has_other_terms_says_so(workspace: Workspace, tmp_path: Path) -> None:
    claim = drafted(workspace)
    decide(workspace, "Cia", relation="probable")
    assert claim_staleness.stale(workspace, claim) == ("bok/2: Händelsen är granskad på nytt",)
    claiming.agree(workspace, tmp_path, agreement(160_000))
    assert len(claim_staleness.stale(workspace, claim)) == 2


def test_claiming_less_releases_the_rest_which_is_not_asked_for_again(workspace: Workspace) -> None:
    claim = drafted(workspace)
    claim_life.change(workspace, claim, {1: 50_000 * KR}, "bara proteskostnaden")
    assert drawn(workspace, claim) == {1: 50_000 * KR, 2: 60_000 * KR}
    assert demanded(workspace, claim).amount == 110_000 * KR
    assert claim_drafts.proposals(workspace) == ()
    (step,) = [one for one in claims.steps(workspace.store, claim) if one.kind is ClaimStep.CHANGED]
    assert (step.amount, step.reason) == (110_000 * KR, "bara proteskostnaden")


def test_leaving_a_line_out_makes_another_draft_without_it(workspace: Workspace) -> None:
    claim = drafted(workspace)
    (other,) = claim_life.change(workspace, claim, {1: 0}, "annan tvist").claims
    assert status(workspace, claim) is ClaimStatus.WITHDRAWN
    assert [line.event_ref for line in demanded(workspace, other).lines] == ["bok/3"]
    for amounts, why in (({9: 1}, "ingen rad 9"), ({1: -1}, "mellan 0 kr"), ({1: 0}, "återstår inget")):
        with pytest.raises(InputError, match=why):
            claim_life.change(workspace, other, amounts, "prov")


def test_a_draft_is_undone_with_release_and_drafted_again(workspace: Workspace) -> None:
    claim = drafted(workspace)
    assert undo_steps.undo_name(workspace).startswith("utkast till K-")
    undo_steps.undo(workspace)
    assert (status(workspace, claim), sum(drawn(workspace, claim).values())) == (ClaimStatus.WITHDRAWN, 0)
    undo_steps.redo(workspace)
    undo_steps.undo(workspace)
    assert {one.status for one in claims.all_claims(workspace.store)} == {ClaimStatus.WITHDRAWN}
    assert claim_drafts.proposals(workspace)[0].amount == 150_000 * KR


def test_an_approval_is_undone_unless_the_claim_is_issued(workspace: Workspace) -> None:
    claim = drafted(workspace)
    with at_work(workspace, BO):
        claim_approval.approve(workspace, [claim])
        undo_steps.undo(workspace)
        assert status(workspace, claim) is ClaimStatus.DRAFT
        undo_steps.redo(workspace)
        claiming.issue(workspace, claim)
        with pytest.raises(RefusedError, match="Godkännandet ligger kvar"):
            undo_steps.undo(workspace)
    with pytest.raises(RefusedError, match="Utkasten ligger kvar"):
        undo_steps.undo(workspace)


def test_what_is_issued_is_withdrawn_only_by_credit(workspace: Workspace) -> None:
    claim = issued(workspace)
    with pytest.raises(RefusedError, match="ändras bara med kredit"):
        claim_life.withdraw(workspace, claim, "ångrar")


def test_r15_a_dispute_a_part_credit_and_a_part_payment_agree_to_the_ore(workspace: Workspace) -> None:
    claim = issued(workspace, sent=True)
    assert recovery(workspace) == {
        "claimable": 150_000 * KR,
        "claimed": 150_000 * KR,
        "credited": 0,
        "paid": 0,
        "uncollected": 0,
    }
    claim_answers.dispute(workspace, claim, "vårdtiden", workspace.today - timedelta(days=3))
    claim_answers.answer(workspace, claim, "vi håller fast vid större delen")
    with pytest.raises(InputError, match="mellan 0 kr"):
        claim_answers.redetermine(workspace, claim, 150_001 * KR, "för mycket")
    said = claim_answers.redetermine(workspace, claim, 140_000 * KR, "tio dagar för mycket").said
    assert "Kreditera 10\N{NO-BREAK SPACE}000,00\N{NO-BREAK SPACE}kr" in said
    claiming.credit(workspace, claim, 2, 10_000 * KR)
    assert claim_answers.to_credit(workspace, claim) == 0
    claiming.pay(workspace, claim, 100_000 * KR)
    with pytest.raises(RefusedError, match="inte betalt"):
        claim_answers.settle(workspace, claim)
    claiming.pay(workspace, claim, 40_000 * KR)
    claim_answers.settle(workspace, claim)
    assert recovery(workspace) == {
        "claimable": 150_000 * KR,
        "claimed": 150_000 * KR,
        "credited": 10_000 * KR,
        "paid": 140_000 * KR,
        "uncollected": 10_000 * KR,
    }
    account = claim_ledger.of_operation(workspace, INDEX_REF)
    assert [line.left for line in account.lines] == [60_000 * KR, 0, 10_000 * KR]
    assert account.drawn == 140_000 * KR


def test_steps_out_of_turn_and_days_to_come_are_refused(workspace: Workspace) -> None:
    claim = issued(workspace)
    with pytest.raises(RefusedError, match="kan inte få steget"):
        claim_answers.accept(workspace, claim)
    with pytest.raises(InputError, match="har inte varit än"):
        claim_answers.mark_sent(workspace, [claim], workspace.today + timedelta(days=1))
    claim_answers.mark_sent(workspace, [claim])
    claim_answers.accept_partly(workspace, claim, 100 * KR, None, "delar av vården")
    claim_answers.accept(workspace, claim)
    with pytest.raises(InputError, match="Skriv varför"):
        claim_answers.write_off(workspace, claim, " ")
    claim_answers.write_off(workspace, claim, "liten summa")
    claim_answers.reopen(workspace, claim, "kom ändå")
    assert status(workspace, claim) is ClaimStatus.SENT


def test_a_change_after_issue_is_a_correction_and_never_changes_the_claim(workspace: Workspace) -> None:
    claim = issued(workspace)
    before = demanded(workspace, claim)
    decide(workspace, "Cia", reject=True)
    found = claim_corrections.corrections(workspace)
    assert demanded(workspace, claim) == before
    assert [(one.line, one.reason, one.difference) for one in found] == [(1, "rejected", -90_000 * KR)]
    assert found[0].suggestion.startswith("Kreditera 90")
    claiming.credit(workspace, claim, 1, 90_000 * KR)
    assert [one.difference for one in claim_corrections.corrections(workspace)] == [30_000 * KR]
    (supplement,) = claim_drafts.proposals(workspace)
    assert (supplement.amount, supplement.supplements) == (30_000 * KR, claim)


def test_a_difference_that_is_left_as_it_is_comes_back_when_it_changes(workspace: Workspace, tmp_path: Path) -> None:
    claim = issued(workspace)
    claiming.correct_cost(workspace, tmp_path, EVENT, 40_000)
    with pytest.raises(InputError, match="Skriv varför"):
        claim_corrections.leave(workspace, claim, 1, "")
    claim_corrections.leave(workspace, claim, 1, "överenskommet")
    left = next(one for one in claim_corrections.corrections(workspace) if one.line == 1)
    assert (left.is_left, left.left_by, left.left_because) == (True, ANNA, "överenskommet")
    claiming.correct_cost(workspace, tmp_path, EVENT, 39_000)
    assert not any(one.is_left for one in claim_corrections.corrections(workspace))


def test_a_supplement_that_is_left_as_it_is_is_not_proposed(workspace: Workspace, tmp_path: Path) -> None:
    claim = issued(workspace)
    claiming.agree(workspace, tmp_path, agreement(170_000))
    assert claim_drafts.proposals(workspace)[0].amount == 20_000 * KR
    claim_corrections.leave(workspace, claim, 2, "för litet att bråka om")
    assert claim_drafts.proposals(workspace) == ()
    claim_corrections.take_up(workspace, claim, 2)
    assert len(claim_drafts.proposals(workspace)) == 1


def test_what_blocks_an_issue_is_told(workspace: Workspace) -> None:
    claim = drafted(workspace)
    told = claim_staleness.blocked_for_issue(workspace, [demanded(workspace, claim)])
    assert told == {claim: ("Kravet är inte godkänt.",)}
    with at_work(workspace, BO):
        claim_approval.approve(workspace, [claim])
    assert claim_staleness.blocked_for_issue(workspace, [demanded(workspace, claim)]) == {}
    decide(workspace, BO, reject=True)
    assert claim in claim_staleness.blocked_for_issue(workspace, [demanded(workspace, claim)])


def test_r15_the_reports_money_tells_what_was_claimed_credited_and_paid(workspace: Workspace) -> None:
    claim = issued(workspace)
    claiming.credit(workspace, claim, 1, 30_000 * KR)
    claiming.pay(workspace, claim, 50_000 * KR)
    source = report_contents.source_of(workspace, workspace.today, "P01")
    money = report_contents.provider_report(workspace, source, small_numbers=SmallNumbers.OPEN).recovery[-1]
    assert (money.claimed, money.credited, money.paid) == (150_000 * KR, 30_000 * KR, 50_000 * KR)
    assert money.uncollected == 30_000 * KR
    nobodys = report_contents.source_of(workspace, workspace.today, "P99").claims_account
    assert nobodys is not None
    assert nobodys.empty


def test_a_reason_that_names_a_patient_is_kept_nowhere(workspace: Workspace) -> None:
    claim, reason = drafted(workspace), "Gäller 19681209-9874"
    entries = workspace.store.rows("SELECT * FROM cap_entries")
    for tried in (claim_life.withdraw, claim_life.redraft):
        with pytest.raises(InputError, match="Skälet innehåller ett personnummer"):
            tried(workspace, claim, reason)
    with pytest.raises(InputError, match="Skälet innehåller ett personnummer"):
        claim_life.change(workspace, claim, {1: 0}, reason)
    assert status(workspace, claim) is ClaimStatus.DRAFT
    assert workspace.store.rows("SELECT * FROM cap_entries") == entries
