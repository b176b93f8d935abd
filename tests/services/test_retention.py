"""What is old is proposed, decided about with a reason, and erased only on a decision where nothing rests on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.retention import RULES, RetentionDecision, RetentionKind, years_before
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import imports, papers, retention, reviews, stores, undo_import
from kvalitetsapp.store import audit
from support import made_stores, paper_calls, reviewing
from support.undo_stores import episodes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

ERASABLE = (RetentionKind.REJECTED_VALUES, RetentionKind.UNDONE_ROWS, RetentionKind.DRAFTS)
OLD = "2015-03-31T08:30:15+02:00"
REASON = "Enligt dokumenthanteringsplanen"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with made_stores.opened(tmp_path, make) as made:
        yield made


def make(folder: Path) -> Workspace:
    """Make a store with old things of every kind but documents and final reports."""
    made = reviewing.make(folder)
    reviewing.take(made, folder, "episodes", episodes(reviewing.EVENT.replace("90000", "91000")))
    undo_import.undo_imports(made, [3], "fel fil")
    path = folder / "persons.csv"
    path.write_text("personal_id;sex\n196812099874;okänt värde\n", encoding="utf-8")
    assert imports.import_file(made, KindOfFile.PERSONS, path).rejected == 1
    reviewing.take(made, folder, "episodes", episodes(reviewing.EVENT.replace("90000", "92000")))
    reviews.keep_draft(made, reviewing.event(made).key, Answer(comment="påbörjat"))
    with made.store.transaction():
        made.store.write("UPDATE import_batches SET imported_at = ?", (OLD,))
        made.store.write("UPDATE import_batches SET undone_at = ? WHERE undone_at IS NOT NULL", (OLD,))
        made.store.write("UPDATE review_drafts SET kept_at = ?", (OLD,))
        made.store.write("DROP TRIGGER audit_is_not_edited")
        made.store.write("UPDATE audit SET happened_at = ? WHERE entry <= 2", ("2015-03-31T06:30:15+00:00",))
        made.store.write("UPDATE audit SET happened_at = ? WHERE entry = 3", ("2016-03-31T06:30:15+00:00",))
    return made


def proposed(workspace: Workspace) -> dict[RetentionKind, int]:
    return {one.kind: one.found for one in retention.proposals(workspace) if one.kind is not RetentionKind.LOG_ENTRIES}


def through(workspace: Workspace, kind: RetentionKind) -> date:
    return next(one.through for one in retention.proposals(workspace) if one.kind is kind)


def test_what_is_old_is_proposed_kind_by_kind_and_the_log_year_by_year(workspace: Workspace) -> None:
    assert proposed(workspace) == {
        RetentionKind.REJECTED_VALUES: 1,
        RetentionKind.UNDONE_ROWS: workspace.store.value("SELECT count(*) FROM undone_rows"),
        RetentionKind.EARLIER_VALUES: 1,
        RetentionKind.DRAFTS: 1,
    }
    log = [one for one in retention.proposals(workspace) if one.kind is RetentionKind.LOG_ENTRIES]
    assert [(one.through, one.found) for one in log] == [(date(2015, 12, 31), 2), (date(2016, 12, 31), 1)]


def test_papers_of_which_nothing_is_saved_for_long_and_old_waiting_lists_are_proposed(
    workspace: Workspace, tmp_path: Path
) -> None:
    reviewing.take(
        workspace,
        tmp_path,
        "waiting",
        "source;snapshot_on;entry_id;personal_id;county;provider_id;procedure_code;decided_on\n"
        "k;2015-03-31;1;196812099874;23;OWN;NFB29;2015-01-01\n"
        f"k;{workspace.today.isoformat()};1;196812099874;23;OWN;NFB29;2015-01-01\n",
    )
    old, alive = paper_calls.paper(workspace), paper_calls.paper(workspace)
    with workspace.store.transaction():
        workspace.store.write("DROP TRIGGER paper_versions_stand")
        workspace.store.write("UPDATE paper_versions SET saved_at = ?", (OLD,))
    papers.save(workspace, replace(papers.one(workspace, alive).draft, title="Annat"), paper=alive)
    found = proposed(workspace)
    assert (found[RetentionKind.PAPERS], found[RetentionKind.WAITING_LISTS]) == (1, 1)
    assert papers.one(workspace, old).saved_at == OLD


def test_nothing_is_proposed_in_a_new_store(tmp_path: Path) -> None:
    with reviewing.make(tmp_path) as made:
        assert retention.proposals(made) == ()


@pytest.mark.parametrize("kind", ERASABLE)
def test_what_is_decided_to_be_erased_is_gone_at_once_and_the_rest_stands(
    workspace: Workspace, kind: RetentionKind
) -> None:
    before, day = proposed(workspace), through(workspace, kind)
    done = retention.erase(workspace, kind, day, REASON)
    assert "gallrade" in done.said
    assert proposed(workspace) == {other: found for other, found in before.items() if other is not kind}
    (decided,) = retention.decisions(workspace)
    assert (decided.kind, decided.through, decided.found) == (kind, day, before[kind])
    assert (decided.decision, decided.keep_until, decided.reason) == (RetentionDecision.ERASE, None, REASON)
    latest = audit.entries(workspace.store, 1)[0]
    assert (latest.action, latest.object) == (retention.DECIDED, kind.value)
    assert REASON in latest.detail
    assert workspace.store.value("SELECT count(*) FROM import_rejects") == 1, "that a row was rejected stands"
    assert [one for one in stores.check_store(workspace) if "Loggen är bruten" not in one] == []


def test_an_import_can_be_undone_after_what_can_be_erased_is_erased(workspace: Workspace) -> None:
    for kind in ERASABLE:
        retention.erase(workspace, kind, through(workspace, kind), REASON)
    undone = undo_import.undo_imports(workspace, [5], "prov")
    assert undone.plan.is_possible
    assert workspace.store.value("SELECT cost FROM episodes WHERE episode_id = '2'") == 9_000_000


@pytest.mark.parametrize("kind", [kind for kind in RetentionKind if kind not in ERASABLE])
def test_what_others_rest_on_is_never_erased_and_says_why(workspace: Workspace, kind: RetentionKind) -> None:
    with pytest.raises(RefusedError, match="gallras inte"):
        retention.erase(workspace, kind, date(2015, 12, 31), REASON)
    assert retention.decisions(workspace) == ()
    assert RULES[kind].kept_because


def test_a_decision_to_keep_stands_beside_the_proposal_until_its_day(workspace: Workspace) -> None:
    until = workspace.today + timedelta(days=365)
    retention.keep(workspace, RetentionKind.LOG_ENTRIES, date(2015, 12, 31), until, REASON)
    retention.keep(workspace, RetentionKind.DRAFTS, through(workspace, RetentionKind.DRAFTS), until, REASON)
    told = {(row["kind"], row["through"]): row["keep_until"] for row in retention.listed(workspace).records()}
    assert told["log_entries", "2015-12-31"] == until.isoformat()
    assert told["log_entries", "2016-12-31"] == ""
    assert told["drafts", through(workspace, RetentionKind.DRAFTS).isoformat()] == until.isoformat()


def test_a_decision_needs_a_reason_a_day_to_come_and_something_old_enough(workspace: Workspace) -> None:
    day, today = through(workspace, RetentionKind.DRAFTS), workspace.today
    for reason in (" ", "gäller 19681209-9874", "x" * 1001):
        with pytest.raises(InputError):
            retention.erase(workspace, RetentionKind.DRAFTS, day, reason)
    with pytest.raises(InputError, match="framåt"):
        retention.keep(workspace, RetentionKind.DRAFTS, day, today, REASON)
    with pytest.raises(RefusedError, match="så unga"):
        retention.erase(workspace, RetentionKind.DRAFTS, today, REASON)
    with pytest.raises(RefusedError, match="inget att besluta"):
        retention.erase(workspace, RetentionKind.DRAFTS, date(2001, 1, 1), REASON)
    assert retention.decisions(workspace) == ()


def test_years_are_counted_by_the_calendar() -> None:
    assert years_before(date(2024, 2, 29), 5) == date(2019, 2, 28)
    assert years_before(date(2024, 2, 29), 4) == date(2020, 2, 29)
