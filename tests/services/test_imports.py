"""Taking files in: accounts that add up, corrections with history, all or nothing."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.errors import CancelledError, InputError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import imports
from kvalitetsapp.services.workspace import Workspace, create_workspace
from kvalitetsapp.store import dialect, meta
from support import examples, made_stores, trials
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.imports import ImportOutcome

PROVIDERS = "provider_id;name;kind\nOWN;Egna kliniken;own\nP01;Fjällkliniken;private\n"
HEADER = (
    "source;episode_id;personal_id;provider_id;payer_route;care_form;admitted;discharged;main_diagnosis;"
    "procedures;cost"
)
EPISODE = "bok;1;196812099874;P01;contract;inpatient;2020-01-01;2020-01-03;M16.1;NFB49 ZXA00;60 000,50"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with made_stores.opened(tmp_path, with_providers) as opened:
        yield opened


def with_providers(folder: Path) -> Workspace:
    workspace = create_workspace(folder / "prov.kvdb", PASSPHRASE)
    take(workspace, folder, "providers", PROVIDERS)
    return workspace


def take(
    workspace: Workspace,
    folder: Path,
    kind: str,
    text: str,
    *,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    link: bool = True,
) -> ImportOutcome:
    path = folder / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    return imports.import_file(
        workspace, KindOfFile(kind), path, dry_run=dry_run, all_or_nothing=all_or_nothing, link=link
    )


def episodes(*rows: str) -> str:
    return "\n".join((HEADER, *rows)) + "\n"


def account(outcome: ImportOutcome) -> tuple[int, int, int, int, int]:
    return (outcome.read, outcome.stored, outcome.corrected, outcome.unchanged, outcome.rejected)


@pytest.mark.parametrize("county", examples.COUNTIES)
def test_the_account_of_every_example_file_is_the_expected_one(tmp_path: Path, county: str) -> None:
    found: dict[str, list[ImportOutcome]] = {}
    with create_workspace(tmp_path / "prov.kvdb", PASSPHRASE) as workspace:
        for kind, file, profile in examples.files_of(county):
            outcome = imports.import_file(workspace, KindOfFile(kind), file, profile=profile, link=False)
            found.setdefault(file.name.replace("_own", "").replace("_bought", ""), []).append(outcome)
    for expected in examples.expected_import(county):
        parts = found[expected["file"]]
        for name in ("read", "stored", "corrected", "unchanged", "rejected"):
            assert sum(getattr(part, name) for part in parts) == expected[name], (expected["file"], name)
        if len(parts) == 1:
            assert_rejects_equal(parts[0], expected)


def assert_rejects_equal(outcome: ImportOutcome, expected: dict[str, list[dict[str, object]]]) -> None:
    assert [reject.row for reject in outcome.rejects] == [reject["row"] for reject in expected["rejects"]]
    for reject, wanted in zip(outcome.rejects, expected["rejects"], strict=True):
        columns = wanted["column"]
        assert columns is None or (isinstance(columns, list) and reject.column in columns), reject
        assert reject.reason


def test_the_same_file_again_is_unchanged_and_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    assert account(take(workspace, tmp_path, "episodes", episodes(EPISODE))) == (1, 1, 0, 0, 0)
    before = workspace.store.rows("SELECT * FROM episodes")
    assert account(take(workspace, tmp_path, "episodes", episodes(EPISODE))) == (1, 0, 0, 1, 0)
    assert workspace.store.rows("SELECT * FROM episodes") == before


def test_the_same_content_in_another_notation_is_unchanged(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "episodes", episodes(EPISODE))
    other = EPISODE.replace("M16.1", "m161").replace("60 000,50", "60000.5").replace("196812099874", "681209-9874")
    assert account(take(workspace, tmp_path, "episodes", episodes(other))) == (1, 0, 0, 1, 0)


def test_a_blank_never_overwrites_a_value(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "episodes", episodes(EPISODE))
    blank = EPISODE.replace("60 000,50", "").replace("M16.1", "")
    assert account(take(workspace, tmp_path, "episodes", episodes(blank))) == (1, 0, 0, 1, 0)
    assert workspace.store.value("SELECT cost FROM episodes") == 6_000_050


def test_a_correction_replaces_the_row_and_the_old_one_stays_in_history(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "episodes", episodes(EPISODE))
    outcome = take(workspace, tmp_path, "episodes", episodes(EPISODE.replace("60 000,50", "70000")))
    assert account(outcome) == (1, 0, 1, 0, 0)
    assert workspace.store.value("SELECT cost FROM episodes") == 7_000_000
    content, batch = workspace.store.rows("SELECT content, replaced_by FROM row_history")[0]
    assert json.loads(content)["cost"] == 6_000_050
    assert batch == outcome.batch


def test_rows_of_one_file_meet_each_other_in_order(workspace: Workspace, tmp_path: Path) -> None:
    costs = ("60 000,50", "70000", "70000", "80000")
    rows = [EPISODE.replace("60 000,50", cost) for cost in costs]
    assert account(take(workspace, tmp_path, "episodes", episodes(*rows))) == (4, 1, 2, 1, 0)
    assert workspace.store.value("SELECT cost FROM episodes") == 8_000_000
    history = workspace.store.rows("SELECT content FROM row_history ORDER BY history")
    assert [json.loads(content)["cost"] for (content,) in history] == [6_000_050, 7_000_000]


def test_the_value_as_delivered_is_kept_beside_the_code(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "episodes", episodes(EPISODE))
    row = workspace.store.rows(
        "SELECT main_diagnosis, main_diagnosis_delivered, procedures, procedures_delivered FROM episodes"
    )
    assert row == [("M161", "M16.1", "NFB49 ZXA00", None)]


def test_an_episode_of_an_unknown_provider_is_turned_away_with_its_place(workspace: Workspace, tmp_path: Path) -> None:
    outcome = take(workspace, tmp_path, "episodes", episodes(EPISODE, EPISODE.replace(";P01;", ";P99;")))
    assert account(outcome) == (2, 1, 0, 0, 1)
    assert [(reject.row, reject.column, reject.value) for reject in outcome.rejects] == [(3, "provider_id", "P99")]
    assert imports.import_details(workspace, outcome.batch or 0).rejects == outcome.rejects


def test_a_rejected_row_leaves_no_person_behind(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "episodes", episodes(EPISODE.replace(";P01;", ";P99;")))
    assert workspace.store.value("SELECT count(*) FROM identities") == 0


@pytest.mark.parametrize(("dry_run", "all_or_nothing"), [(True, False), (False, True), (True, True)])
def test_a_dry_run_or_a_whole_import_with_a_reject_tells_what_would_have_happened(
    workspace: Workspace, tmp_path: Path, *, dry_run: bool, all_or_nothing: bool
) -> None:
    before = _state(workspace)
    text = episodes(EPISODE, EPISODE.replace(";P01;", ";P99;"))
    outcome = take(workspace, tmp_path, "episodes", text, dry_run=dry_run, all_or_nothing=all_or_nothing)
    assert account(outcome) == (2, 1, 0, 0, 1)
    assert (outcome.applied, outcome.batch, outcome.changes) == (False, None, frozenset())
    assert _state(workspace) == before


def test_all_or_nothing_without_a_reject_is_all(workspace: Workspace, tmp_path: Path) -> None:
    outcome = take(workspace, tmp_path, "episodes", episodes(EPISODE), all_or_nothing=True)
    assert outcome.applied
    assert workspace.store.value("SELECT count(*) FROM episodes") == 1


@pytest.mark.parametrize("steps", range(8))
def test_an_import_cancelled_at_any_step_leaves_nothing(workspace: Workspace, tmp_path: Path, steps: int) -> None:
    before = _state(workspace)
    left = [steps]

    def count(_done: int, _total: int | None, _what: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            progress.cancel()

    progress = Progress(count)
    path = tmp_path / "many.csv"
    rows = (EPISODE.replace("bok;1;", f"bok;{number};") for number in range(12_000))
    path.write_text(episodes(*rows), encoding="utf-8")
    try:
        imports.import_file(workspace, KindOfFile.EPISODES, path, progress=progress)
    except CancelledError:
        assert _state(workspace) == before
    else:
        pytest.fail("the import has fewer steps than the test believes")


def test_a_file_that_cannot_be_used_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    before = _state(workspace)
    with pytest.raises(InputError):
        take(workspace, tmp_path, "episodes", "a;b\n1;2\n")
    assert _state(workspace) == before


def test_two_agreements_that_both_match_are_told_apart_by_turning_the_later_away(
    workspace: Workspace, tmp_path: Path
) -> None:
    outcome = imports.import_file(
        workspace, KindOfFile.AGREEMENTS, examples.FOLDER / "county" / "agreements.toml", link=False
    )
    assert account(outcome) == (9, 8, 0, 0, 1)
    assert [(reject.row, reject.value) for reject in outcome.rejects] == [(9, "x-dubbel")]
    assert tmp_path.exists()


def test_a_later_verdict_of_the_same_reviewer_and_day_corrects_the_first(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "episodes", episodes(EPISODE))
    text = "event_ref;verdict;reviewer;reviewed_on\nbok/1;confirmed;a;2021-01-01\nbok/1;rejected;a;2021-01-01\n"
    assert account(take(workspace, tmp_path, "verdicts", text)) == (2, 1, 1, 0, 0)
    assert workspace.store.rows("SELECT decision FROM verdicts") == [("rejected",)]


def test_links_are_made_anew_after_an_import_unless_told_otherwise(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "episodes", episodes(EPISODE), link=False)
    assert not meta.links_are_current(workspace.store)
    assert workspace.store.value("SELECT count(*) FROM index_operations") == 0
    take(workspace, tmp_path, "episodes", episodes(EPISODE))
    assert meta.links_are_current(workspace.store)
    assert workspace.store.rows("SELECT index_ref FROM index_operations") == [("bok/1/hip/right",)]


@settings(max_examples=trials.few(8, at_length=40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["1", "2", "3"]),
            st.sampled_from(["", "100", "200,50"]),
            st.sampled_from(["P01", "OWN", "P99"]),
            st.sampled_from(["", "M161", "T84.5F"]),
        ),
        max_size=12,
    ),
    st.integers(0, 12),
)
def test_read_is_always_stored_plus_corrected_plus_unchanged_plus_rejected(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str, str]], cut: int
) -> None:
    """A file in two parts ends in the same rows as the file in one, and every account adds up."""
    lines = [
        f"bok;{number};196812099874;{provider};contract;inpatient;2020-01-01;2020-01-03;{code};NFB49;{cost}"
        for number, cost, provider, code in rows
    ]
    states = []
    for parts in ([lines], [lines[:cut], lines[cut:]]):
        folder = tmp_path_factory.mktemp("delar")
        with made_stores.opened(folder, with_providers) as workspace:
            outcomes = [take(workspace, folder, "episodes", episodes(*part), link=False) for part in parts]
            for outcome in outcomes:
                assert outcome.read == outcome.stored + outcome.corrected + outcome.unchanged + outcome.rejected
            total = [sum(numbers) for numbers in zip(*map(account, outcomes), strict=True)]
            content = workspace.store.rows("SELECT episode_id, provider_id, main_diagnosis, cost FROM episodes")
            states.append((total, sorted(content, key=str)))
    assert states[0] == states[1]


def test_care_on_the_day_of_the_import_is_let_in_and_the_day_after_is_not(
    workspace: Workspace, tmp_path: Path
) -> None:
    today = workspace.today
    tomorrow = today + dt.timedelta(days=1)
    rows = [EPISODE.replace("2020-01-03", day.isoformat()) for day in (today, tomorrow)]
    outcome = take(workspace, tmp_path, "episodes", episodes(*rows))
    assert account(outcome) == (2, 1, 0, 0, 1)
    assert outcome.rejects[0].column == "discharged"


def _state(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    tables = [name for (name,) in workspace.store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert dialect.faults(workspace.store.conn) == []
    return {table: workspace.store.rows(f"SELECT * FROM {table}") for table in tables}


def test_a_corrected_verdict_means_what_it_now_says(workspace: Workspace, tmp_path: Path) -> None:
    """The operation that the verdict was first taken to mean does not outlive its correction."""
    rows = [
        EPISODE,
        EPISODE.replace("bok;1;", "bok;2;").replace("2020-01-0", "2020-02-0"),
        EPISODE.replace("bok;1;", "bok;3;").replace("2020-01-0", "2020-05-0").replace("NFB49", "NFC49"),
    ]
    take(workspace, tmp_path, "episodes", episodes(*rows))
    head = "event_ref;verdict;reviewer;reviewed_on;index_ref\n"
    take(workspace, tmp_path, "verdicts", f"{head}bok/3;confirmed;a;2021-01-01;bok/1/hip/right\n")
    assert workspace.store.rows("SELECT status, index_ref FROM links") == [("confirmed", "bok/1/hip/right")]
    take(workspace, tmp_path, "verdicts", f"{head}bok/3;confirmed;a;2021-01-01;bok/2/hip/right\n")
    assert workspace.store.rows("SELECT status, index_ref FROM links") == [("confirmed", "bok/2/hip/right")]


def test_new_data_never_undoes_a_decision_but_marks_it_for_another_look(workspace: Workspace, tmp_path: Path) -> None:
    event = EPISODE.replace("bok;1;", "bok;3;").replace("2020-01-0", "2020-05-0").replace("NFB49", "NFC49")
    take(workspace, tmp_path, "episodes", episodes(EPISODE, event))
    take(
        workspace,
        tmp_path,
        "verdicts",
        "event_ref;verdict;reviewer;reviewed_on\nbok/3;confirmed;a;2021-01-01\n",
    )
    later = EPISODE.replace("bok;1;", "bok;2;").replace("2020-01-0", "2020-02-0")
    take(workspace, tmp_path, "episodes", episodes(later))
    found = workspace.store.rows("SELECT status, index_ref, another_look FROM links")
    assert found == [("confirmed", "bok/1/hip/right", 1)]


def test_an_agreement_with_an_unknown_provider_is_let_in_as_a_finding(workspace: Workspace) -> None:
    outcome = imports.import_file(workspace, KindOfFile.AGREEMENTS, examples.FOLDER / "county" / "agreements.toml")
    unknown = {(found.row, found.value) for found in outcome.findings if found.rule == "unknown_provider"}
    assert (1, "P02") in unknown
    assert (1, "P01") not in unknown


FIGURES = "country;level;joint;indicator;value;unit_of_value;period;source\n"


def test_a_figure_is_stored_with_its_decimals_and_another_way_to_write_it_corrects_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    row = "SE;national;hip;reoperation_2y;{};percent;2022;rapport\n"
    stored = "SELECT value, value_delivered FROM benchmarks"
    take(workspace, tmp_path, "benchmarks", FIGURES + row.format("3,0"))
    assert workspace.store.rows(stored) == [(3.0, "3,0")]
    assert account(take(workspace, tmp_path, "benchmarks", FIGURES + row.format("3.0"))) == (1, 0, 0, 1, 0)
    assert account(take(workspace, tmp_path, "benchmarks", FIGURES + row.format("3,10"))) == (1, 0, 1, 0, 0)
    assert workspace.store.rows(stored) == [(3.1, "3,10")]
