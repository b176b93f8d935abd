"""R15 over histories of a store: whatever is done to events and claims, caps hold and the end is what R15 gives."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kvalitetsapp.domain.claim import NOT_YET_ISSUED
from kvalitetsapp.domain.claim_words import ClaimStatus
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import (
    claim_approval,
    claim_corrections,
    claim_drafts,
    claim_ledger,
    claim_life,
    claim_lists,
    claim_staleness,
    imports,
    reviews,
    summaries,
    undo_steps,
)
from kvalitetsapp.services.claim_steps import demanded
from kvalitetsapp.store import cap_ledgers, claims, dialect
from support import agreeing_standings, claiming, reviewing, trials
from support.claiming import INDEX_REF, agreement
from support.reviewing import BO, EVENT, LATER_EVENT, at_work, decide
from support.undo_stores import PROVIDERS, episodes

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.domain.claim import Claim

KR = 100
REFS = {"bok/2": EVENT, "bok/3": LATER_EVENT}


class Claiming(RuleBasedStateMachine):
    """Two events of one operation; a refusal is an answer, anything else that fails is a fault."""

    @initialize()
    def a_store(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name)
        self.workspace = claiming.make(self.path)
        self.cap = 150_000 * KR

    def teardown(self) -> None:
        if not hasattr(self, "workspace"):
            return
        self.everything_is_handled()
        assert dialect.faults(self.workspace.store.conn) == []
        self.workspace.close()
        self.folder.cleanup()

    @rule(ref=st.sampled_from(sorted(REFS)), cost=st.sampled_from([20_000, 90_000, 200_000]))
    def a_cost_is_corrected(self, ref: str, cost: int) -> None:
        claiming.correct_cost(self.workspace, self.path, REFS[ref], cost)

    @rule(ref=st.sampled_from(sorted(REFS)), reject=st.booleans())
    def an_event_is_reviewed(self, ref: str, reject: bool) -> None:
        decide(self.workspace, BO, ref, reject=reject)

    @rule(cap=st.sampled_from([60_000, 150_000, 400_000]))
    def the_cap_is_another(self, cap: int) -> None:
        path = self.path / "avtal.toml"
        path.write_text(agreement(cap), encoding="utf-8")
        drawn = claim_ledger.of_operation(self.workspace, INDEX_REF).drawn
        refused = imports.import_file(self.workspace, KindOfFile.AGREEMENTS, path).rejected
        assert refused == (drawn > cap * KR), "an agreement with a cap below what is claimed is refused"
        self.cap = max(self.cap, cap * KR)

    @rule()
    def someone_drafts(self) -> None:
        self.tried(lambda: claim_drafts.draft(self.workspace, [INDEX_REF]))

    @rule()
    def someone_asks_for_less(self) -> None:
        for one in self.of(ClaimStatus.DRAFT)[:1]:
            half = {1: max(1, one.lines[0].amount // 2)}
            self.tried(partial(claim_life.change, self.workspace, one.claim, half, "prov"))

    @rule(back=st.booleans())
    def someone_undoes_or_does_again(self, back: bool) -> None:
        self.tried(lambda: (undo_steps.undo if back else undo_steps.redo)(self.workspace))

    @rule(how=st.sampled_from(["withdraw", "redraft"]))
    def a_waiting_claim_is_taken_back(self, how: str) -> None:
        for one in self.of(*NOT_YET_ISSUED)[:1]:
            self.tried(partial(getattr(claim_life, how), self.workspace, one.claim, "prov"))

    @rule()
    def claims_are_approved_and_issued(self) -> None:
        for one in self.of(ClaimStatus.DRAFT):
            with at_work(self.workspace, BO):
                self.tried(partial(claim_approval.approve, self.workspace, [one.claim]))
        waiting = self.of(ClaimStatus.APPROVED)
        blocked = claim_staleness.blocked_for_issue(self.workspace, waiting)
        for one in waiting:
            if one.claim not in blocked:
                claiming.issue(self.workspace, one.claim)

    @precondition(lambda self: self.of(ClaimStatus.ISSUED))
    @rule()
    def a_correction_is_credited(self) -> None:
        for one in [one for one in claim_corrections.corrections(self.workspace) if one.difference < 0][:1]:
            claiming.credit(self.workspace, one.claim, one.line, -one.difference)

    @rule()
    def everything_is_handled(self) -> None:
        for one in self.of(*NOT_YET_ISSUED):
            claim_life.withdraw(self.workspace, one.claim, "prov")
        for each in claim_corrections.corrections(self.workspace):
            if each.difference < 0:
                claiming.credit(self.workspace, each.claim, each.line, -each.difference)
        self.tried(lambda: claim_drafts.draft(self.workspace, [INDEX_REF]))
        standing = claim_ledger.standing(self.workspace)
        assert int(standing.ledger.events["net"].sum()) == int(standing.basis["claimable"].sum())
        assert claim_drafts.proposals(self.workspace) == ()
        assert claim_corrections.corrections(self.workspace) == ()
        claimed = sum(line.amount for one in self.of(*ClaimStatus) if one.basis for line in one.lines)
        assert summaries.recovery(self.workspace, by=("joint",)).records()[0]["claimed"] == claimed

    @invariant()
    def the_cap_holds(self) -> None:
        if hasattr(self, "workspace"):
            drawn = claim_ledger.of_operation(self.workspace, INDEX_REF).drawn
            assert 0 <= drawn <= self.cap
            assert drawn == sum(cap_ledgers.nets(self.workspace.store).values())

    @invariant()
    def what_keeps_claims_from_being_issued_is_the_same_from_what_is_kept_and_from_all(self) -> None:
        if hasattr(self, "workspace"):
            waiting = self.of(*NOT_YET_ISSUED)
            kept = claim_staleness.blocked_for_issue(self.workspace, waiting)
            assert kept == claim_staleness.blocked_for_issue(replace(self.workspace, kept={}), waiting)
            agreeing_standings.check(self.workspace, waiting)

    def of(self, *statuses: ClaimStatus) -> list[Claim]:
        return [one for one in claims.all_claims(self.workspace.store) if one.status in statuses]

    def tried(self, action: Callable[[], object]) -> None:
        with contextlib.suppress(RefusedError):
            action()


class TestR15OverHistoriesOfAStore(Claiming.TestCase):  # type: ignore[misc,valid-type]
    """R15: no history of a store passes a cap."""

    settings = settings(max_examples=trials.few(2, at_length=10), stateful_step_count=10, deadline=None)


def test_what_is_claimed_follows_an_operation_and_its_event_when_their_side_is_told(tmp_path: Path) -> None:
    operation = reviewing.OPERATION.replace(" ZXA00", "")
    event = EVENT.replace(" ZXA00", "")
    with reviewing.create(tmp_path, PROVIDERS, episodes(operation, event)) as workspace:
        claiming.agree(workspace, tmp_path, agreement())
        decide(workspace, BO)
        (claim,) = claim_drafts.draft(workspace, ["bok/1/hip/unknown"]).claims
        with at_work(workspace, BO):
            claim_approval.approve(workspace, [claim])
            claiming.issue(workspace, claim)
        reviewing.take(workspace, tmp_path, "episodes", episodes(reviewing.OPERATION, EVENT))
        assert claim_drafts.proposals(workspace) == ()
        assert claim_corrections.corrections(workspace) == ()
        assert claim_lists.cap_ledger(workspace, INDEX_REF).rows[0][4] == 90_000 * KR
        assert demanded(workspace, claim).operation.side == "unknown"
        (row,) = summaries.recovery(workspace).records()
        assert (row["claimed"], row["uncollected"]) == (90_000 * KR, 0)


def test_r16_what_a_reviewer_thinks_could_have_been_avoided_changes_no_amount(tmp_path: Path) -> None:
    with claiming.make(tmp_path) as workspace:
        before = [line.amount for line in claim_drafts.proposals(workspace)[0].lines]
        decide(workspace, BO, avoidability="4")
        decide(workspace, BO, "bok/3", avoidability="1")
        assert [line.amount for line in claim_drafts.proposals(workspace)[0].lines] == before


def test_what_is_claimed_follows_an_event_whose_side_is_corrected_as_its_decision_does(tmp_path: Path) -> None:
    with claiming.make(tmp_path) as workspace:
        claiming.issued(workspace)
        reviewing.take(workspace, tmp_path, "episodes", episodes(EVENT.replace("ZXA00", "ZXA05")))
        link = reviewing.event(workspace)
        assert (link.key.side, link.index_ref) == ("left", INDEX_REF)
        assert claim_drafts.proposals(workspace) == ()
        assert claim_corrections.corrections(workspace) == ()


def test_an_episodes_cost_that_is_claimed_is_not_claimed_again_under_another_operation(tmp_path: Path) -> None:
    """A reviewer moves the event after issue: its cost waits there until it is credited here."""
    with claiming.make(tmp_path) as workspace:
        claim = claiming.issued(workspace)
        reviewing.take(workspace, tmp_path, "episodes", episodes(EVENT.replace("ZXA00", "ZXA05")))
        answer = reviewing.confirmed(reviewing.event(workspace), comment="fel sida")
        answer = replace(answer, index_ref="bok/5/hip/left")
        with at_work(workspace, BO):
            reviews.decide(workspace, reviewing.event(workspace), answer)
        assert [one.index_ref for one in claim_drafts.proposals(workspace)] == []
        (gone,) = claim_corrections.corrections(workspace)
        assert (gone.reason, gone.difference) == ("relinked", -90_000 * KR)
        claiming.credit(workspace, claim, gone.line, -gone.difference)
        assert [(one.index_ref, one.amount) for one in claim_drafts.proposals(workspace)] == [
            ("bok/5/hip/left", 90_000 * KR),
            (INDEX_REF, 30_000 * KR),
        ]


def test_a_claim_from_before_the_sides_were_told_takes_nothing_of_the_cap_of_the_other_side(tmp_path: Path) -> None:
    """Both hips were operated on in one stay, and each has a cap of its own once the sides are known."""
    neither = reviewing.OPERATION.replace(" ZXA00", "")
    first, second = EVENT.replace(" ZXA00", ""), LATER_EVENT
    with reviewing.create(tmp_path, PROVIDERS, episodes(neither, first)) as workspace:
        claiming.agree(workspace, tmp_path, agreement(100_000))
        decide(workspace, BO)
        (claim,) = claim_drafts.draft(workspace, ["bok/1/hip/unknown"]).claims
        both, left = reviewing.OPERATION.replace("ZXA00", "ZXA10"), EVENT.replace("ZXA00", "ZXA05")
        reviewing.take(workspace, tmp_path, "episodes", episodes(both, left, second))
        decide(workspace, BO, "bok/3")
        (other,) = claim_drafts.draft(workspace, [INDEX_REF]).claims
        assert cap_ledgers.net_of_claim(workspace.store, other) == {1: 90_000 * KR}
        assert claim_drafts.proposals(workspace) == ()
        drawn = {ref: claim_ledger.of_operation(workspace, ref).drawn for ref in ("bok/1/hip/left", INDEX_REF)}
        assert drawn == {"bok/1/hip/left": 90_000 * KR, INDEX_REF: 90_000 * KR}
        assert demanded(workspace, claim).operation.side == "unknown"
