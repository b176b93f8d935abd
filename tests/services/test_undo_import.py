"""Undoing imports: all of it or nothing, refused where something rests on it, and nothing left dangling."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.undo import Hindrance, RowCount, obstacle_text
from kvalitetsapp.domain.words import Verdict
from kvalitetsapp.errors import CancelledError, InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import imports, overview, reviews, undo_import
from kvalitetsapp.services.workspace import Workspace, create_workspace
from kvalitetsapp.store import audit, batches, dialect, meta
from support import examples, made_stores, queues
from support.counties import PASSPHRASE
from support.link_steps import AGREEMENTS
from support.undo_stores import PROVIDERS, content, episodes
from support.whole_store import left_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.undo import UndoPlan

OPERATION = "bok;1;196812099874;P01;contract;inpatient;2020-01-01;2020-01-03;M16.1;NFB49 ZXA00;60 000,50"
EVENT = "bok;2;196812099874;OWN;own;inpatient;2020-03-01;2020-03-05;T84.0;NFC49 ZXA00;90 000"
OTHER = "bok;3;196812099874;P01;contract;inpatient;2019-06-01;2019-06-03;M17.1;NGB49 ZXA00;50 000"
EARLIER = "bok;4;196812099874;OWN;own;inpatient;2020-02-01;2020-02-03;M16.1;NFB49 ZXA00;60 000"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with left_whole(made_stores.opened(tmp_path, with_providers)) as opened:
        yield opened


def with_providers(folder: Path) -> Workspace:
    workspace = create_workspace(folder / "prov.kvdb", PASSPHRASE)
    take(workspace, folder, "providers", PROVIDERS)
    return workspace


def take(workspace: Workspace, folder: Path, kind: str, text: str) -> int:
    path = folder / f"{kind}.{'toml' if kind == 'agreements' else 'csv'}"
    path.write_text(text, encoding="utf-8")
    outcome = imports.import_file(workspace, KindOfFile(kind), path)
    assert outcome.rejected == 0, outcome.rejects
    assert outcome.batch is not None
    return outcome.batch


def hindrances(plan: UndoPlan) -> list[tuple[Hindrance, str, int, int | None]]:
    return [(one.hindrance, one.table, one.rows, one.later) for one in plan.obstacles]


def decide(workspace: Workspace, decision: Verdict, index_ref: str = "", comment: str = "skäl") -> None:
    (link,) = [one for one in queues.all_links(workspace) if one.event_ref == "bok/2"]
    reviews.decide(workspace, link, Answer(decision, index_ref or link.index_ref or "", "", comment))


# what is given back


def test_added_rows_go_and_what_went_can_still_be_read(workspace: Workspace, tmp_path: Path) -> None:
    before = content(workspace)
    batch = take(workspace, tmp_path, "episodes", episodes(OPERATION, EVENT))
    assert len(content(workspace)["links"]) == 1
    outcome = undo_import.undo_import(workspace, batch, "fel fil")
    assert content(workspace) == before
    assert outcome.plan.removed == (RowCount("episodes", 2),)
    assert outcome.plan.persons == 1
    assert Changed.EPISODES in outcome.changes
    kept = workspace.store.rows("SELECT table_name, content FROM undone_rows WHERE batch = ? ORDER BY 1", (batch,))
    assert [table for table, _content in kept] == ["episodes", "episodes", "identities"]
    assert json.loads(kept[0][1])["cost"] == 6_000_050
    assert json.loads(kept[2][1])["personal_id"] == "196812099874"


def test_corrected_rows_hold_again_what_they_held_also_after_two_corrections_in_one_file(
    workspace: Workspace, tmp_path: Path
) -> None:
    take(workspace, tmp_path, "episodes", episodes(OPERATION, EVENT))
    before = content(workspace)
    rows = [OPERATION.replace("60 000,50", cost) for cost in ("70000", "80000")]
    batch = take(workspace, tmp_path, "episodes", episodes(*rows, EARLIER, EARLIER.replace("60 000", "61 000")))
    history = workspace.store.rows("SELECT previous_batch FROM row_history ORDER BY history")
    assert history == [(batch - 1,), (batch,), (batch,)]
    outcome = undo_import.undo_import(workspace, batch, "fel belopp")
    assert content(workspace) == before
    assert outcome.plan.restored == (RowCount("episodes", 1),)
    assert outcome.plan.removed == (RowCount("episodes", 1),)
    assert workspace.store.value("SELECT count(*) FROM row_history WHERE undone_at IS NULL") == 0


def test_the_account_the_rejects_and_the_findings_stay_but_the_findings_count_no_more(
    workspace: Workspace, tmp_path: Path
) -> None:
    batch = take(workspace, tmp_path, "episodes", episodes(OPERATION, EVENT.removesuffix("90 000")))
    counted = dict(overview.waiting(workspace).findings)
    found = imports.import_details(workspace, batch).findings
    assert counted == {"missing_cost": 1}
    undo_import.undo_import(workspace, batch, "fel fil")
    assert overview.waiting(workspace).findings == ()
    assert batches.findings_of_rule(workspace.store, "missing_cost") == []
    assert imports.import_details(workspace, batch).findings == found
    (kept,) = [one for one in imports.list_imports(workspace) if one.batch == batch]
    assert (kept.stored, kept.undone_by, kept.undone_because) == (2, workspace.user, "fel fil")
    assert kept.undone_at is not None


def test_the_trace_tells_who_undid_what_and_why_without_personal_numbers(workspace: Workspace, tmp_path: Path) -> None:
    batch = take(workspace, tmp_path, "episodes", episodes(OPERATION))
    undo_import.undo_import(workspace, batch, "rad om 19681209-9874 var fel")
    entry = audit.entries(workspace.store)[0]
    assert (entry.action, entry.object) == ("import_undone", f"{batch} episodes.csv")
    assert "rad om" in entry.detail
    assert "9874" not in entry.detail


def test_the_file_can_be_taken_in_again_after_the_undo(workspace: Workspace, tmp_path: Path) -> None:
    batch = take(workspace, tmp_path, "episodes", episodes(OPERATION, EVENT))
    before = content(workspace)
    undo_import.undo_import(workspace, batch, "prov")
    again = take(workspace, tmp_path, "episodes", episodes(OPERATION, EVENT))
    after = content(workspace)
    assert again == batch + 1
    assert [row[:-1] for row in after["episodes"]] == [row[:-1] for row in before["episodes"]]
    assert after["links"] == before["links"]


def test_several_imports_are_undone_newest_first_in_one_go(workspace: Workspace, tmp_path: Path) -> None:
    before = content(workspace)
    first = take(workspace, tmp_path, "episodes", episodes(OPERATION, EVENT))
    second = take(workspace, tmp_path, "procedures", "source;episode_id;code;side\nbok;1;NFB49;right\n")
    third = take(workspace, tmp_path, "episodes", episodes(OPERATION.replace("60 000,50", "70000")))
    outcome = undo_import.undo_imports(workspace, [second, first, third], "alla tre")
    assert outcome.plan.batches == (third, second, first)
    assert content(workspace) == before


def test_every_kind_of_file_is_undone_from_the_last_to_the_first(workspace: Workspace, tmp_path: Path) -> None:
    files = {
        "persons": "personal_id;sex;death_date\n196812099874;;2021-01-01\n",
        "agreements": AGREEMENTS.format(cap=300, days=730),
        "episodes": episodes(OPERATION, EVENT),
        "procedures": "source;episode_id;code;side\nbok;1;NFB49;right\n",
        "aliases": "personal_id;same_as\nRESERV01;196812099874\n",
        "verdicts": _VERDICT,
        "benchmarks": _BENCHMARK,
    }
    assert {*files, "providers"} == {kind for kind, _file, _profile in examples.files_of("county")}
    states = []
    for kind, text in files.items():
        states.append(content(workspace))
        assert take(workspace, tmp_path, kind, text) == len(states) + 1
    for batch, before in reversed(list(enumerate(states, start=2))):
        undo_import.undo_import(workspace, batch, "prov")
        assert content(workspace) == before


@pytest.mark.long  # a few rows of every kind are undone above
def test_every_file_of_the_example_county_is_undone_from_the_last_to_the_first(tmp_path: Path) -> None:
    states = []
    with create_workspace(tmp_path / "prov.kvdb", PASSPHRASE) as workspace:
        for kind, file, profile in examples.files_of("county"):
            states.append(content(workspace))
            imports.import_file(workspace, KindOfFile(kind), file, profile=profile)
        for before in reversed(states):
            newest = next(one.batch for one in imports.list_imports(workspace) if one.undone_at is None)
            undo_import.undo_import(workspace, newest, "prov")
            after = content(workspace)
            assert {table: rows for table, rows in after.items() if rows != before[table]} == {}
        assert dialect.faults(workspace.store.conn) == []


def test_a_file_of_agreements_leaves_the_links_alone(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "episodes", episodes(OPERATION, EVENT))
    before, changes = content(workspace), meta.get(workspace.store, meta.CHANGES)
    batch = take(workspace, tmp_path, "benchmarks", _BENCHMARK)
    undo_import.undo_import(workspace, batch, "fel år")
    assert content(workspace) == before
    assert meta.get(workspace.store, meta.CHANGES) == changes


_BENCHMARK = (
    "country;level;unit;joint;indicator;period;value;unit_of_value;n;source;note\n"
    "SE;national;Riket;hip;reoperation_2y;2020;1,9;percent;100;Årsrapport;\n"
)


# what stands in the way


def test_a_later_correction_is_to_be_undone_first_and_then_the_way_is_free(
    workspace: Workspace, tmp_path: Path
) -> None:
    first = take(workspace, tmp_path, "episodes", episodes(OPERATION, EVENT))
    later = take(workspace, tmp_path, "episodes", episodes(OPERATION.replace("60 000,50", "70000")))
    before = content(workspace)
    plan = undo_import.rests_on(workspace, [first])
    assert hindrances(plan) == [(Hindrance.CORRECTED_SINCE, "episodes", 1, later)]
    assert plan.obstacles[0].refs == ("bok 1",)
    assert obstacle_text(plan.obstacles[0]) == (
        f"1 rad (vårdkontakter) har rättats av import {later} (episodes.csv). Ångra import {later} först."
    )
    with pytest.raises(RefusedError, match=f"Ångra import {later} först"):
        undo_import.undo_import(workspace, first, "fel fil")
    assert content(workspace) == before
    undo_import.undo_import(workspace, later, "först")
    assert undo_import.rests_on(workspace, [first]).is_possible


def test_details_and_verdicts_of_later_files_are_to_be_undone_first(workspace: Workspace, tmp_path: Path) -> None:
    first = take(workspace, tmp_path, "episodes", episodes(OPERATION, EVENT))
    details = take(workspace, tmp_path, "procedures", "source;episode_id;code;side\nbok;1;NFB49;right\n")
    verdicts = take(workspace, tmp_path, "verdicts", _VERDICT)
    plan = undo_import.rests_on(workspace, [first])
    assert hindrances(plan) == [
        (Hindrance.REFERRED_TO, "procedure_details", 1, details),
        (Hindrance.REFERRED_TO, "verdicts", 1, verdicts),
    ]
    assert plan.obstacles[0].refs == ("bok/1 NFB49 höger",)
    assert undo_import.rests_on(workspace, [first, details, verdicts]).is_possible


_VERDICT = (
    "event_ref;joint;side;index_ref;verdict;complication_class;reviewer;reviewed_on;comment\n"
    "bok/2;hip;right;bok/1/hip/right;confirmed;;granskare1;2020-05-01;\n"
)


def test_providers_that_care_is_bought_from_stay(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "episodes", episodes(OPERATION))
    assert hindrances(undo_import.rests_on(workspace, [1])) == [(Hindrance.REFERRED_TO, "episodes", 1, 2)]


def test_a_provider_that_a_correction_took_away_is_still_held_by_the_undo_of_that_correction(
    workspace: Workspace, tmp_path: Path
) -> None:
    providers = take(workspace, tmp_path, "providers", PROVIDERS.splitlines()[0] + "\nP02;Skogskliniken;private\n")
    take(workspace, tmp_path, "episodes", episodes(OPERATION.replace(";P01;", ";P02;")))
    later = take(workspace, tmp_path, "episodes", episodes(OPERATION))
    plan = undo_import.rests_on(workspace, [providers])
    assert hindrances(plan) == [(Hindrance.ONCE_REFERRED_TO, "episodes", 1, later)]


def test_rows_that_a_later_file_brought_again_unchanged_are_not_taken_from_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    first = take(workspace, tmp_path, "episodes", episodes(OPERATION))
    later = take(workspace, tmp_path, "episodes", episodes(OPERATION, EVENT))
    plan = undo_import.rests_on(workspace, [first])
    assert hindrances(plan) == [(Hindrance.UNCHANGED_SINCE, "episodes", 1, later)]
    assert undo_import.rests_on(workspace, [later]).is_possible


def test_a_decision_of_a_person_is_never_swept_away(workspace: Workspace, tmp_path: Path) -> None:
    first = take(workspace, tmp_path, "episodes", episodes(OPERATION))
    second = take(workspace, tmp_path, "episodes", episodes(EVENT))
    decide(workspace, Verdict.CONFIRMED)
    for batch in (first, second):
        plan = undo_import.rests_on(workspace, [batch])
        assert hindrances(plan) == [(Hindrance.DECIDED, "review_answers", 1, None)]
        assert plan.obstacles[0].refs[0].startswith("bok/2 höft höger")
    reviews.undo_last(workspace)
    undo_import.undo_imports(workspace, [first, second], "beslutet är taget tillbaka")
    assert content(workspace)["verdicts"] == []


def test_a_decision_on_an_event_and_an_operation_of_the_same_import_is_told_once(
    workspace: Workspace, tmp_path: Path
) -> None:
    batch = take(workspace, tmp_path, "episodes", episodes(OPERATION, EVENT))
    decide(workspace, Verdict.CONFIRMED)
    (only,) = undo_import.rests_on(workspace, [batch]).obstacles
    assert (only.hindrance, only.table, only.rows) == (Hindrance.DECIDED, "review_answers", 1)
    assert obstacle_text(only).startswith(
        f"1 uppgift (granskningssvar) har lagts till i programmet och bygger på import {batch}."
    )


def test_an_import_is_undone_once_and_with_a_reason(workspace: Workspace, tmp_path: Path) -> None:
    batch = take(workspace, tmp_path, "episodes", episodes(OPERATION))
    with pytest.raises(InputError, match="varför"):
        undo_import.undo_import(workspace, batch, "  ")
    with pytest.raises(InputError, match="nummer 99"):
        undo_import.undo_import(workspace, 99, "prov")
    undo_import.undo_import(workspace, batch, "prov")
    with pytest.raises(RefusedError, match="redan ångrad"):
        undo_import.undo_import(workspace, batch, "prov")


# decisions that stay


def test_a_decision_whose_grounds_are_undone_is_set_for_another_look(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "episodes", episodes(OPERATION, EVENT.replace("ZXA00", "ZXA05")))
    correction = take(workspace, tmp_path, "episodes", episodes(EVENT))
    decide(workspace, Verdict.REJECTED)
    plan = undo_import.rests_on(workspace, [correction])
    assert plan.is_possible
    undo_import.undo_import(workspace, correction, "fel sida")
    (link,) = [one for one in queues.all_links(workspace) if one.event_ref == "bok/2"]
    assert workspace.store.value("SELECT count(*) FROM verdicts") == 1
    assert link.another_look
    assert plan.another_look == (f"bok/2/hip/{link.key.side}",)


def test_a_decision_against_a_proposal_that_goes_is_set_for_another_look(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "episodes", episodes(OPERATION, EVENT))
    batch = take(workspace, tmp_path, "episodes", episodes(EARLIER))
    (link,) = queues.all_links(workspace)
    assert link.index_ref == "bok/4/hip/right"
    decide(workspace, Verdict.REJECTED)
    outcome = undo_import.undo_import(workspace, batch, "fel fil")
    assert outcome.plan.another_look == ("bok/2/hip/right",)
    (link,) = queues.all_links(workspace)
    assert (link.index_ref, link.another_look) == ("bok/1/hip/right", True)


def test_a_verdict_that_a_file_overwrote_means_again_what_it_was_taken_to_mean(
    workspace: Workspace, tmp_path: Path
) -> None:
    take(workspace, tmp_path, "episodes", episodes(OPERATION, EVENT))
    take(workspace, tmp_path, "verdicts", _VERDICT.replace("bok/1/hip/right", ""))
    take(workspace, tmp_path, "episodes", episodes(EARLIER))  # from now on another operation would be proposed
    before = content(workspace)
    batch = take(workspace, tmp_path, "verdicts", _VERDICT.replace("confirmed", "rejected"))
    assert content(workspace)["pins"] != before["pins"]
    undo_import.undo_import(workspace, batch, "fel beslut")
    assert content(workspace) == before


def test_a_verdict_given_in_the_program_and_overwritten_by_a_file_is_given_in_the_program_again(
    workspace: Workspace, tmp_path: Path
) -> None:
    take(workspace, tmp_path, "episodes", episodes(OPERATION, EVENT))
    decide(workspace, Verdict.CONFIRMED)
    before = content(workspace)
    day = workspace.store.value("SELECT reviewed_on FROM verdicts")
    text = _VERDICT.replace("granskare1", workspace.user).replace("2020-05-01", day).replace("confirmed", "rejected")
    batch = take(workspace, tmp_path, "verdicts", text)
    assert content(workspace) != before
    undo_import.undo_import(workspace, batch, "fel fil")
    assert content(workspace) == before


def test_unfinished_answers_go_with_their_events(workspace: Workspace, tmp_path: Path) -> None:
    batch = take(workspace, tmp_path, "episodes", episodes(OPERATION, EVENT))
    (link,) = queues.all_links(workspace)
    reviews.keep_draft(workspace, link.key, Answer(None, "", "", "kolla röntgen"))
    outcome = undo_import.undo_import(workspace, batch, "fel fil")
    assert outcome.plan.drafts == 1
    assert workspace.store.value("SELECT count(*) FROM review_drafts") == 0
    (kept,) = workspace.store.rows("SELECT content FROM undone_rows WHERE table_name = 'review_drafts'")
    assert "kolla röntgen" in kept[0]


# trying, cancelling


def test_trying_tells_what_the_undo_does_and_writes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    first = take(workspace, tmp_path, "episodes", episodes(OPERATION, EVENT))
    later = take(workspace, tmp_path, "episodes", episodes(OPERATION.replace("60 000,50", "70000"), OTHER))
    before = content(workspace)
    entries = workspace.store.value("SELECT count(*) FROM audit")
    tried = undo_import.undo_imports(workspace, [first, later], "", dry_run=True)
    assert not tried.applied
    assert content(workspace) == before
    assert workspace.store.value("SELECT count(*) FROM audit") == entries
    assert workspace.store.value("SELECT count(*) FROM undone_rows") == 0
    assert undo_import.undo_imports(workspace, [first, later], "prov").plan == tried.plan


@pytest.mark.parametrize("step", range(5))
def test_a_cancelled_undo_leaves_everything(workspace: Workspace, tmp_path: Path, step: int) -> None:
    take(workspace, tmp_path, "episodes", episodes(OPERATION, EVENT))
    batch = take(workspace, tmp_path, "episodes", episodes(OPERATION.replace("60 000,50", "70000"), OTHER))
    before = content(workspace)
    steps: list[str] = []

    def cancel(_done: int, _total: int | None, what: str) -> None:
        steps.append(what)
        if len(steps) > step:
            progress.cancel()

    progress = Progress(cancel)
    with pytest.raises(CancelledError):
        undo_import.undo_import(workspace, batch, "prov", progress)
    assert content(workspace) == before
    assert workspace.store.value("SELECT count(*) FROM undone_rows") == 0
