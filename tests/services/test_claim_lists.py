"""Nothing is forgotten: what is not claimed, what is, what rests on no review, and what came too late."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import claim_approval, claim_drafts, claim_lists, imports
from support import claiming, reviewing
from support.claiming import INDEX_REF, agreement
from support.reviewing import BO, EVENT, PERSON, decide
from support.undo_stores import episodes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.table import Table, Value
    from kvalitetsapp.services.workspace import Workspace

KR = 100
FAR_AHEAD = (date.today() - date(2020, 3, 5)).days + 100  # noqa: DTZ011 - the day on the wall, as the store's


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Return two confirmed events under a cap of 150 000 kr whose last day is still to come."""
    with claiming.make(tmp_path, agreement(claim_deadline_days=FAR_AHEAD)) as opened:
        yield opened


def told(table: Table, *names: str) -> list[tuple[Value, ...]]:
    return [tuple(row[name] for name in names) for row in table.records()]


def test_what_is_not_claimed_is_listed_with_days_left_until_it_is_issued(workspace: Workspace) -> None:
    names = ("event_ref", "to_claim", "drafted", "days_left")
    days = [100, 192]
    assert told(claim_lists.unclaimed(workspace), *names) == [
        ("bok/2", 90_000 * KR, 0, days[0]),
        ("bok/3", 60_000 * KR, 0, days[1]),
    ]
    (claim,) = claim_drafts.draft(workspace, [INDEX_REF]).claims
    assert told(claim_lists.unclaimed(workspace), *names[:3]) == [
        ("bok/2", 0, 90_000 * KR),
        ("bok/3", 0, 60_000 * KR),
    ]
    with reviewing.at_work(workspace, BO):
        claim_approval.approve(workspace, [claim])
        claiming.issue(workspace, claim)
    assert claim_lists.unclaimed(workspace).rows == []


def test_a_missing_cost_is_listed_as_money_that_waits(workspace: Workspace, tmp_path: Path) -> None:
    row = PERSON.format(7) + "OWN;own;inpatient;2020-02-01;2020-02-05;T84.5;NFC49 ZXA00;"
    reviewing.take(workspace, tmp_path, "episodes", episodes(row))
    decide(workspace, BO, "bok/7")
    assert ("bok/7", 0, 1) in told(claim_lists.unclaimed(workspace), "event_ref", "to_claim", "missing_cost")


def test_every_claim_is_listed_with_what_became_of_it(workspace: Workspace) -> None:
    claim = claiming.issued(workspace, sent=True)
    claiming.credit(workspace, claim, 2, 10_000 * KR)
    claiming.pay(workspace, claim, 100_000 * KR)
    (row,) = claim_lists.all_claims(workspace).records()
    assert (row["claim_status"], row["step"], row["events"]) == ("sent", "credited", 2)
    assert [row[name] for name in ("amount", "credited", "paid", "left")] == [
        150_000 * KR,
        10_000 * KR,
        100_000 * KR,
        40_000 * KR,
    ]
    assert str(row["document"]).startswith("ZVF")


def test_what_rests_on_no_signed_review_is_listed_and_says_why(tmp_path: Path) -> None:
    with reviewing.make(tmp_path) as workspace:
        claiming.agree(workspace, tmp_path, agreement())
        path = tmp_path / "verdicts.csv"
        verdict = "bok/2;confirmed;Cia;2021-01-05\n"
        path.write_text(f"event_ref;verdict;reviewer;reviewed_on\n{verdict}", encoding="utf-8")
        imports.import_file(workspace, KindOfFile.VERDICTS, path)
        decide(workspace, BO, "bok/3")
        claiming.issued(workspace)
        names = ("event_ref", "review_lack", "amount")
        assert told(claim_lists.without_review(workspace), *names) == [("bok/2", "imported", 90_000 * KR)]
        with workspace.store.transaction():
            workspace.store.write("UPDATE verdicts SET withdrawn_at = '2021-02-01' WHERE reviewer = ?", (BO,))
        assert told(claim_lists.without_review(workspace), *names)[1:] == [("bok/3", "withdrawn", 60_000 * KR)]


def test_what_passed_its_last_day_says_why(tmp_path: Path) -> None:
    with claiming.make(tmp_path, agreement(claim_deadline_days=30)) as workspace:
        names = ("event_ref", "past_deadline", "amount", "claim_by")
        assert told(claim_lists.past_deadline(workspace), *names) == [
            ("bok/3", "imported_late", 60_000 * KR, "2020-07-05"),
            ("bok/2", "imported_late", 90_000 * KR, "2020-04-04"),
        ]
        with workspace.store.transaction():
            workspace.store.write("UPDATE import_batches SET imported_at = '2020-03-06'")
        assert {why for _ref, why, *_rest in told(claim_lists.past_deadline(workspace), *names)} == {"reviewed_late"}
        with workspace.store.transaction():
            workspace.store.write("UPDATE verdicts SET reviewed_on = '2020-03-07'")
        assert {why for _ref, why, *_rest in told(claim_lists.past_deadline(workspace), *names)} == {"not_drafted"}
        claim_drafts.draft(workspace, [INDEX_REF])
        assert {why for _ref, why, *_rest in told(claim_lists.past_deadline(workspace), *names)} == {"not_issued"}


def test_an_event_that_nobody_has_reviewed_in_time_is_listed_with_what_it_would_have_given(tmp_path: Path) -> None:
    with reviewing.make(tmp_path) as workspace:
        claiming.agree(workspace, tmp_path, agreement(claim_deadline_days=30))
        found = told(claim_lists.past_deadline(workspace), "event_ref", "past_deadline", "amount")
        assert found == [("bok/3", "not_reviewed", 60_000 * KR), ("bok/2", "not_reviewed", 90_000 * KR)]


def test_r15_an_operations_ledger_tells_every_entry_with_what_is_left(workspace: Workspace) -> None:
    claim = claiming.issued(workspace)
    claiming.credit(workspace, claim, 1, 20_000 * KR)
    table = claim_lists.cap_ledger(workspace, INDEX_REF)
    assert told(table, "entry", "amount", "left") == [
        ("draw", 90_000 * KR, 60_000 * KR),
        ("draw", 60_000 * KR, 0),
        ("credit", -20_000 * KR, 20_000 * KR),
    ]
    with pytest.raises(InputError, match="ingen primäroperation bok/99"):
        claim_lists.cap_ledger(workspace, "bok/99")


def test_corrections_are_listed(workspace: Workspace, tmp_path: Path) -> None:
    claiming.issued(workspace)
    claiming.correct_cost(workspace, tmp_path, EVENT, 70_000)
    assert told(claim_lists.corrections(workspace), "event_ref", "correction_reason", "difference") == [
        ("bok/2", "cost", -20_000 * KR),
    ]
