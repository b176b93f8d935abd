"""Decisions and claims carried between two stores that began as the same one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.claim_words import ClaimStatus
from kvalitetsapp.domain.exchanged import Standing, ThingKind
from kvalitetsapp.services import claim_approval, claim_drafts, exchange_merge, exchange_packages
from kvalitetsapp.services.claim_steps import demanded
from kvalitetsapp.store import audit, dialect, exchanges
from support import claiming, reviewing, two_stores
from support.claiming import INDEX_REF
from support.reviewing import ANNA, BO, at_work, decide, event
from support.two_stores import send

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Workspace, Workspace]]:
    """Return the department's and finance's store, both with the same data and nothing decided."""
    yield from _both(two_stores.parted(reviewing.make(tmp_path), tmp_path))


@pytest.fixture
def agreed(tmp_path: Path) -> Iterator[tuple[Workspace, Workspace]]:
    """Return two stores with an agreement and both events confirmed."""
    yield from _both(two_stores.parted(claiming.make(tmp_path), tmp_path))


def _both(parted: Iterator[Workspace]) -> Iterator[tuple[Workspace, Workspace]]:
    one, other = next(parted), next(parted)
    yield one, other
    for each in (one, other):
        assert dialect.faults(each.store.conn) == []
        assert audit.first_broken(each.store) is None
    assert list(parted) == []


def things(workspace: Workspace) -> dict[str, object]:
    """Return what travels, without the order in which it was written."""
    return {one.id: (one.base, frozenset(one.told_acts), one.state) for one in exchange_merge.things_here(workspace)}


def test_a_decision_made_there_holds_here_under_its_reviewers_name(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    there, here = two
    decide(there, BO)
    outcome = send(there, here, tmp_path)
    assert (outcome.taken, outcome.held) == (1, ())
    found = event(here)
    assert found.status == "confirmed"
    told = here.store.rows(
        "SELECT reviewer, reviewed_on, seconds FROM review_answers JOIN verdicts USING (verdict)".replace(
            "reviewer,", "review_answers.reviewer,"
        )
    )
    assert told == [(BO, there.today.isoformat(), 0)]
    assert things(here) == things(there)


def test_the_same_package_twice_and_the_same_content_again_change_nothing(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    there, here = two
    decide(there, BO)
    path = two_stores.package(there, tmp_path)
    two_stores.take(here, path)
    before = things(here)
    again = two_stores.take(here, path)
    assert (again.applied, again.taken) == (False, 0)
    assert send(there, here, tmp_path).taken == 0
    assert things(here) == before
    assert exchanges.conflicts(here.store) == ()


def test_what_was_taken_back_there_is_taken_back_here(two: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    from kvalitetsapp.services import undo_steps

    there, here = two
    decide(there, ANNA)
    send(there, here, tmp_path)
    assert event(here).status == "confirmed"
    undo_steps.undo(there)
    send(there, here, tmp_path)
    assert event(here).status == event(there).status != "confirmed"
    undo_steps.redo(there)
    decide(there, ANNA, reject=True)
    send(there, here, tmp_path)
    assert event(here).status == "rejected"
    assert things(here) == things(there)


def test_decisions_apart_are_a_conflict_and_neither_is_overwritten(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    there, here = two
    decide(there, BO)
    decide(here, ANNA, reject=True)
    before = things(here)
    outcome = send(there, here, tmp_path)
    assert outcome.taken == 0
    assert [one.standing for one in outcome.held] == [Standing.CONFLICT]
    assert things(here) == before
    (noted,) = exchanges.conflicts(here.store)
    assert (noted.kind, noted.settled) == ("decision", None)
    assert send(there, here, tmp_path).held == ()  # it waits already


def test_a_claim_drafted_there_is_drawn_on_the_cap_here(agreed: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    there, here = agreed
    (claim,) = claim_drafts.draft(there, [INDEX_REF]).claims
    outcome = send(there, here, tmp_path)
    assert outcome.held == ()
    assert demanded(here, claim).amount == demanded(there, claim).amount
    assert claiming.drawn(here, claim) == claiming.drawn(there, claim)
    with at_work(there, BO):
        claim_approval.approve(there, [claim])
    assert send(there, here, tmp_path).taken == 1
    assert things(here) == things(there)
    assert send(here, there, tmp_path).taken == 0


def test_the_same_case_claimed_in_both_is_a_conflict(agreed: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    there, here = agreed
    claim_drafts.draft(there, [INDEX_REF])
    claim_drafts.draft(here, [INDEX_REF])
    outcome = send(there, here, tmp_path)
    assert outcome.taken == 0
    assert [one.kind for one in outcome.held] == ["claim"]


def test_the_cap_r15_holds_whatever_comes_in_a_package(tmp_path: Path) -> None:
    terms = claiming.agreement(cap=100_000)
    parted = two_stores.parted(claiming.make(tmp_path, terms), tmp_path)
    for there, here in _both(parted):
        claim_drafts.draft(here, [INDEX_REF])
        (claim,) = claim_drafts.draft(there, [INDEX_REF]).claims
        from kvalitetsapp.services import claim_life

        claim_life.redraft(there, claim, "på nytt")
        outcome = send(there, here, tmp_path)
        assert outcome.taken == 0
        assert sum(claiming.drawn(here, 1).values()) == 100_000_00


def test_a_preview_changes_nothing(two: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    there, here = two
    decide(there, BO)
    path = two_stores.package(there, tmp_path)
    before = here.store.rows("SELECT count(*) FROM verdicts")
    told = exchange_packages.preview(here, path, two_stores.PASSPHRASE)
    assert (told.taken, told.applied) == (1, False)
    row = next(row for row in told.table.rows if row[0] == ThingKind.DECISION)
    assert row[1] == 1
    assert here.store.rows("SELECT count(*) FROM verdicts") == before
    assert exchanges.all_exchanges(here.store) == ()


def test_what_is_about_a_contact_that_is_not_here_is_told_as_missing(tmp_path: Path) -> None:
    one = reviewing.make(tmp_path)
    decide(one, ANNA)
    path = two_stores.package(one, tmp_path)
    one.close()
    home = tmp_path / "annan"
    home.mkdir()
    from support.undo_stores import PROVIDERS, episodes

    with reviewing.create(home, PROVIDERS, episodes(reviewing.OPERATION, reviewing.VISIT)) as other:
        outcome = two_stores.take(other, path)
        assert [held.standing for held in outcome.held] == [Standing.MISSING]
        assert "bok/2" in outcome.held[0].reason


def test_a_draft_that_was_taken_is_approved_here_as_one_made_here(
    agreed: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    there, here = agreed
    decide(there, ANNA, avoidability="1")  # a review here must be the one that the claim rests on
    (claim,) = claim_drafts.draft(there, [INDEX_REF]).claims
    assert send(there, here, tmp_path).held == ()
    with at_work(here, "Cia"):
        claim_approval.approve(here, [claim])
    assert demanded(here, claim).status is ClaimStatus.APPROVED
    assert send(here, there, tmp_path).taken == 1


def test_a_case_that_two_review_here_is_not_decided_from_elsewhere(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    from kvalitetsapp.services import reviews

    there, here = two
    round_id = reviewing.make_round(here, event(here).key, event(here, "bok/3").key)
    with at_work(here, "Cia"):
        link = event(here)
        reviews.decide(here, link, reviewing.confirmed(link), round_id=round_id)
    decide(there, BO)
    decide(there, BO, "bok/3")
    outcome = send(there, here, tmp_path)
    assert outcome.taken == 1  # nobody has answered the other case yet
    (held,) = outcome.held
    assert "granskas av två i omgången Våren" in held.reason
