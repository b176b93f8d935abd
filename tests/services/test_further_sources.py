"""Costs, diagnoses, procedures in order, the joint register, waiting lists and answers: accounts that add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import imports, undo_import
from kvalitetsapp.services.workspace import Workspace, create_workspace
from kvalitetsapp.store import meta
from support import made_stores
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.imports import ImportOutcome

PROVIDERS = "provider_id;name;kind\nOSD;Ortopedi;own\nP01;Fjällkliniken;private\n"
EPISODES = """
source;episode_id;personal_id;provider_id;payer_route;care_form;admitted;discharged;main_diagnosis;procedures;cost
bok;1;196812099874;P01;contract;inpatient;2020-01-01;2020-01-03;M161;;
bok;2;196812099874;OSD;own;inpatient;2020-03-01;2020-03-09;T845F;;500
bok;3;195902189876;P01;contract;inpatient;2020-02-01;2020-02-03;;;
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with made_stores.opened(tmp_path, make) as opened:
        yield opened


def make(folder: Path) -> Workspace:
    made = create_workspace(folder / "prov.kvdb", PASSPHRASE)
    take(made, folder, "providers", PROVIDERS)
    assert account(take(made, folder, "episodes", EPISODES)) == (3, 3, 0, 0, 0)
    return made


def take(workspace: Workspace, folder: Path, kind: str, text: str, *, dry_run: bool = False) -> ImportOutcome:
    path = folder / f"{kind}.csv"
    path.write_text(text.lstrip(), encoding="utf-8")
    return imports.import_file(workspace, KindOfFile(kind), path, dry_run=dry_run)


def account(outcome: ImportOutcome) -> tuple[int, int, int, int, int]:
    return (outcome.read, outcome.stored, outcome.corrected, outcome.unchanged, outcome.rejected)


def column(workspace: Workspace, name: str) -> list[object]:
    return [row[0] for row in workspace.store.rows(f"SELECT {name} FROM episodes ORDER BY episode")]


def operations(workspace: Workspace) -> list[object]:
    return [row[0] for row in workspace.store.rows("SELECT index_ref FROM index_operations ORDER BY index_ref")]


# costs


def test_the_cost_of_an_episode_is_the_sum_of_its_types(workspace: Workspace, tmp_path: Path) -> None:
    text = "source;episode_id;cost_type;cost;price_year\nbok;1;Operation;60000,50;2020\nbok;1;Vårddygn;9 500;2020\n"
    outcome = take(workspace, tmp_path, "costs", text)
    assert account(outcome) == (2, 2, 0, 0, 0)
    assert outcome.findings == ()
    assert column(workspace, "cost") == [6_950_050, 50_000, None]
    assert meta.counts(workspace.store)["cost_items"] == 2


def test_a_corrected_type_corrects_the_episode_and_the_old_cost_stays_in_history(
    workspace: Workspace, tmp_path: Path
) -> None:
    take(workspace, tmp_path, "costs", "source;episode_id;cost_type;cost\nbok;2;A;100\nbok;2;B;50\n")
    outcome = take(workspace, tmp_path, "costs", "source;episode_id;cost_type;cost\nbok;2;B;60\nbok;2;A;100\n")
    assert account(outcome) == (2, 0, 1, 1, 0)
    assert column(workspace, "cost") == [None, 16_000, None]
    rows = workspace.store.rows(
        "SELECT json_extract(content, '$.cost') FROM row_history WHERE table_name = 'episodes' ORDER BY history"
    )
    assert rows == [(50_000,), (15_000,)]


def test_details_delivered_again_take_back_what_an_episodes_file_said_meanwhile(
    workspace: Workspace, tmp_path: Path
) -> None:
    costs = "source;episode_id;cost_type;cost\nbok;2;A;100\nbok;2;B;50\n"
    take(workspace, tmp_path, "costs", costs)
    take(workspace, tmp_path, "episodes", EPISODES)
    assert column(workspace, "cost") == [None, 50_000, None]
    assert account(take(workspace, tmp_path, "costs", costs)) == (2, 0, 0, 2, 0)
    assert column(workspace, "cost") == [None, 15_000, None]


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("costs", "source;episode_id;cost\nbok;1;100\n", "source;episode_id;cost_type;cost\nbok;1;A;60\n"),
        (
            "procedure_list",
            "source;episode_id;position;procedure_code\nbok;1;1;NFB09\n",
            "source;episode_id;position;procedure_code\nbok;1;2;NFQ09\n",
        ),
    ],
)
def test_rows_that_later_rows_were_put_together_with_are_not_undone_before_them(
    workspace: Workspace, tmp_path: Path, kind: str, first: str, second: str
) -> None:
    before = column(workspace, "cost"), column(workspace, "procedures")
    numbers = [take(workspace, tmp_path, kind, text).batch or 0 for text in (first, second)]
    with pytest.raises(RefusedError, match=f"Ångra import {numbers[1]} först"):
        undo_import.undo_import(workspace, numbers[0], "fel fil")
    undo_import.undo_imports(workspace, numbers, "fel filer")
    assert (column(workspace, "cost"), column(workspace, "procedures")) == before


def test_the_same_costs_again_change_nothing(workspace: Workspace, tmp_path: Path) -> None:
    text = "source;episode_id;cost\nbok;2;500\n"
    take(workspace, tmp_path, "costs", text)
    assert account(take(workspace, tmp_path, "costs", text)) == (1, 0, 0, 1, 0)
    assert workspace.store.rows("SELECT * FROM row_history") == []


def test_the_whole_contacts_cost_stands_and_types_that_differ_are_a_finding(
    workspace: Workspace, tmp_path: Path
) -> None:
    text = "source;episode_id;cost_type;cost\nbok;1;;1000\nbok;1;A;400\nbok;1;B;500\nbok;2;;700\nbok;2;A;699,50\n"
    outcome = take(workspace, tmp_path, "costs", text)
    assert column(workspace, "cost") == [100_000, 70_000, None]
    (found,) = outcome.findings
    assert (found.rule, found.ref) == ("cost_types_differ", "bok/1")
    assert found.value.replace("\u00a0", " ") == "900,00 kr mot 1 000,00 kr"


def test_a_cost_that_stands_twice_in_a_file_is_rejected_and_located(workspace: Workspace, tmp_path: Path) -> None:
    text = "source;episode_id;cost_type;line;cost\nbok;1;A;;1\nbok;1;A;2;2\nbok;1;A;;4\nbok;1;A;2;2\n"
    outcome = take(workspace, tmp_path, "costs", text)
    assert account(outcome) == (4, 2, 0, 0, 2)
    assert [(each.row, each.column, each.value, each.code) for each in outcome.rejects] == [
        (4, "cost", "4", "same_key"),
        (5, "cost", "2", "same_key"),
    ]
    assert "rad 2" in outcome.rejects[0].reason
    assert column(workspace, "cost")[0] == 300


def test_a_cost_of_an_unknown_episode_is_rejected(workspace: Workspace, tmp_path: Path) -> None:
    outcome = take(workspace, tmp_path, "costs", "source;episode_id;cost\nbok;9;5\nbok;1;0\n")
    assert [(each.row, each.value, each.code) for each in outcome.rejects] == [(2, "bok/9", "unknown_episode")]
    assert column(workspace, "cost")[0] == 0


def test_trying_costs_changes_no_episode(workspace: Workspace, tmp_path: Path) -> None:
    outcome = take(workspace, tmp_path, "costs", "source;episode_id;cost\nbok;1;5\n", dry_run=True)
    assert account(outcome) == (1, 1, 0, 0, 0)
    assert column(workspace, "cost")[0] is None
    assert meta.counts(workspace.store)["cost_items"] == 0


# diagnoses


def test_diagnoses_one_a_row_become_the_episodes_in_the_order_of_the_file(
    workspace: Workspace, tmp_path: Path
) -> None:
    text = "source;episode_id;diagnosis\nbok;3;m16.1\nbok;3;I10.9\nbok;1;M169\nbok;3;E119\n"
    outcome = take(workspace, tmp_path, "diagnoses", text)
    assert account(outcome) == (4, 4, 0, 0, 0)
    assert column(workspace, "main_diagnosis") == ["M169", "T845F", "M161"]
    assert column(workspace, "other_diagnoses") == [None, None, "I109 E119"]
    assert column(workspace, "main_diagnosis_delivered") == [None, None, "m16.1"]
    assert column(workspace, "other_diagnoses_delivered") == [None, None, "I10.9 E119"]


def test_a_role_tells_the_main_diagnosis_and_external_causes_come_last(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "diagnoses", "source;episode_id;role;diagnosis\nbok;3;external_cause;Y831\n")
    assert column(workspace, "main_diagnosis")[2] is None
    text = "source;episode_id;role;diagnosis\nbok;3;other;I109\nbok;3;main;T845F\nbok;3;other;E119\n"
    take(workspace, tmp_path, "diagnoses", text)
    assert column(workspace, "main_diagnosis")[2] == "T845F"
    assert column(workspace, "other_diagnoses")[2] == "I109 E119 Y831"


def test_two_main_diagnoses_are_a_finding_and_the_first_counts(workspace: Workspace, tmp_path: Path) -> None:
    text = "source;episode_id;role;position;diagnosis\nbok;3;main;2;I109\nbok;3;main;1;T845F\n"
    outcome = take(workspace, tmp_path, "diagnoses", text)
    assert [(each.rule, each.value, each.ref) for each in outcome.findings] == [
        ("two_main_diagnoses", "I109", "bok/3")
    ]
    assert (column(workspace, "main_diagnosis")[2], column(workspace, "other_diagnoses")[2]) == ("T845F", "I109")


def test_a_place_that_is_taken_twice_is_rejected(workspace: Workspace, tmp_path: Path) -> None:
    text = "source;episode_id;position;diagnosis\nbok;3;1;T845F\nbok;3;1;I109\n"
    outcome = take(workspace, tmp_path, "diagnoses", text)
    assert [(each.row, each.column, each.code) for each in outcome.rejects] == [(3, "position", "same_position")]
    assert column(workspace, "main_diagnosis")[2] == "T845F"


def test_a_diagnosis_delivered_apart_makes_an_event(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "procedure_list", "source;episode_id;procedure_code\nbok;1;NFB49\nbok;1;ZXA00\n")
    take(workspace, tmp_path, "diagnoses", "source;episode_id;diagnosis\nbok;2;T845F\n")
    assert workspace.store.rows("SELECT event_ref, index_ref FROM links") == [("bok/2", "bok/1/hip/right")]


# procedures in order


def test_r1_laterality_codes_delivered_one_a_row_apply_to_the_procedure_before_them(
    workspace: Workspace, tmp_path: Path
) -> None:
    text = (
        "source;episode_id;procedure_code;performed_on\n"
        "bok;1;NFB49;2020-01-01\nbok;3;ngb49;\nbok;1;ZXA00;\nbok;1;NFB49;2020-01-02\nbok;3;ZXA05;\nbok;1;ZXA05;\n"
    )
    outcome = take(workspace, tmp_path, "procedure_list", text)
    assert account(outcome) == (6, 6, 0, 0, 0)
    assert column(workspace, "procedures") == ["NFB49 ZXA00 NFB49 ZXA05", None, "NGB49 ZXA05"]
    assert operations(workspace) == ["bok/1/hip/left", "bok/1/hip/right", "bok/3/knee/left"]
    days = workspace.store.rows("SELECT side, operated_on FROM index_operations WHERE joint = 'hip' ORDER BY side")
    assert days == [("left", "2020-01-02"), ("right", "2020-01-01")]


def test_r1_laterality_codes_in_the_plain_procedures_file_work_where_the_sides_do_not_repeat(
    workspace: Workspace, tmp_path: Path
) -> None:
    text = "source;episode_id;code\nbok;1;NFB49\nbok;1;ZXA00\nbok;1;NGB49\nbok;1;ZXA05\n"
    take(workspace, tmp_path, "procedures", text)
    assert operations(workspace) == ["bok/1/hip/right", "bok/1/knee/left"]


def test_places_tell_the_order_whatever_the_order_of_the_file(workspace: Workspace, tmp_path: Path) -> None:
    text = "source;episode_id;position;procedure_code\nbok;1;4;ZXA05\nbok;1;1;NFB49\nbok;1;3;NGB49\nbok;1;2;ZXA00\n"
    take(workspace, tmp_path, "procedure_list", text)
    assert operations(workspace) == ["bok/1/hip/right", "bok/1/knee/left"]


def test_a_corrected_line_moves_the_operation_to_the_other_side(workspace: Workspace, tmp_path: Path) -> None:
    head = "source;episode_id;procedure_code\nbok;1;NFB49\n"
    take(workspace, tmp_path, "procedure_list", head + "bok;1;ZXA00\n")
    outcome = take(workspace, tmp_path, "procedure_list", head + "bok;1;ZXA05\n")
    assert account(outcome) == (2, 0, 1, 1, 0)
    assert operations(workspace) == ["bok/1/hip/left"]


# registers


REGISTER = """
source;record_id;personal_id;hospital;joint;side;operated_on;operation_kind;diagnosis;procedure_code;fixation;asa;bmi
led;1;681209-9874;11001;hip;right;2020-01-01;primary;M16.1;NFB49;cementerad;2;27,5
led;2;681209-9874;11001;hip;right;2020-03-01;revision;;NFC49;;6;
led;3;681209-9874;11001;elbow;right;2020-03-01;;;;;;
led;4;681209-9874;11001;hip;right;2099-03-01;;;;;;
"""


def test_register_operations_are_kept_beside_the_episodes(workspace: Workspace, tmp_path: Path) -> None:
    before = operations(workspace)
    outcome = take(workspace, tmp_path, "register_operations", REGISTER)
    assert account(outcome) == (4, 1, 0, 0, 3)
    assert [(each.row, each.column) for each in outcome.rejects] == [(3, "asa"), (4, "joint"), (5, "operated_on")]
    (kept,) = workspace.store.rows(
        "SELECT personal_id, joint, side, operated_on, operation_kind, diagnosis, diagnosis_delivered, bmi, asa "
        "FROM register_operations JOIN identities USING (identity)"
    )
    assert kept == ("196812099874", "hip", "right", "2020-01-01", "primary", "M161", "M16.1", 27.5, "2")
    assert operations(workspace) == before
    assert account(take(workspace, tmp_path, "register_operations", REGISTER)) == (4, 0, 0, 1, 3)


def test_an_unknown_provider_in_the_register_is_rejected(workspace: Workspace, tmp_path: Path) -> None:
    text = "source;record_id;personal_id;provider_id;joint;operated_on\nled;1;196812099874;P77;hip;2020-01-01\n"
    outcome = take(workspace, tmp_path, "register_operations", text)
    assert [(each.column, each.value, each.code) for each in outcome.rejects] == [
        ("provider_id", "P77", "unknown_provider")
    ]


def test_a_waiting_list_is_kept_as_it_stood_on_its_day(workspace: Workspace, tmp_path: Path) -> None:
    head = "source;snapshot_on;entry_id;personal_id;procedure_code;decided_on;deviation;planned_on\n"
    january = head + "kö;2024-01-31;7;;NFB49;2023-10-02;none;2099-01-01\nkö;2024-01-31;8;;NGB49;2024-02-05;kö;\n"
    outcome = take(workspace, tmp_path, "waiting", january)
    assert account(outcome) == (2, 1, 0, 0, 1)
    assert outcome.findings == ()
    february = head + "kö;2024-02-29;7;;NFB49;2023-10-02;pvv;\nkö;2024-02-29;8;;NGB49;2024-03-05;;\n"
    outcome = take(workspace, tmp_path, "waiting", february)
    assert account(outcome) == (2, 2, 0, 0, 0)
    assert [(each.row, each.rule) for each in outcome.findings] == [(3, "decided_after_snapshot")]
    found = workspace.store.rows(
        "SELECT snapshot_on, entry_id, deviation, planned_on FROM waiting_entries ORDER BY snapshot_on, entry_id"
    )
    assert found == [
        ("2024-01-31", "7", "none", "2099-01-01"),
        ("2024-02-29", "7", "pvv", None),
        ("2024-02-29", "8", None, None),
    ]


def test_answers_are_kept_and_those_off_the_scale_are_findings(workspace: Workspace, tmp_path: Path) -> None:
    text = (
        "source;personal_id;joint;side;instrument;item;value;occasion;answered_on\n"
        "prom;196812099874;hip;right;hoos12;1;3;preop;2019-12-01\n"
        "prom;196812099874;hip;right;hoos12;2;5;preop;2019-12-01\n"
        "prom;196812099874;hip;right;eqvas;;72,5;1y;2021-01-03\n"
        "prom;196812099874;hip;right;oxford;;40;1y;2021-01-03\n"
    )
    outcome = take(workspace, tmp_path, "proms", text)
    assert account(outcome) == (4, 3, 0, 0, 1)
    assert [(each.row, each.rule, each.value) for each in outcome.findings] == [(3, "answer_out_of_range", "5")]
    assert [(each.row, each.column) for each in outcome.rejects] == [(5, "instrument")]
    assert workspace.store.rows("SELECT value FROM prom_answers ORDER BY prom_answer") == [(3.0,), (5.0,), (72.5,)]


def test_what_rests_on_no_care_is_not_linked_anew(workspace: Workspace, tmp_path: Path) -> None:
    before = meta.get(workspace.store, meta.CHANGES)
    take(workspace, tmp_path, "register_operations", REGISTER)
    assert meta.get(workspace.store, meta.CHANGES) == before
