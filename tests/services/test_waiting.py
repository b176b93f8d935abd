"""Waiting lists in a store: packed when they are imported, undone or corrected; asked and read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.waiting import (
    MISSING,
    WaitingAsked,
    WaitingDateCheck,
    WaitingFound,
    WaitingKey,
    WaitingOutlook,
    WaitingScope,
)
from kvalitetsapp.errors import InputError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import editable_tables, imports, undo_import, waiting
from kvalitetsapp.services.workspace import Workspace, create_workspace, open_workspace
from kvalitetsapp.store import audit, waiting_packs
from support import made_stores
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.services.imports import ImportOutcome

PROVIDERS = "provider_id;name;kind;county\nOSD;Ortopedi;own;Östergötland\nP01;Fjällkliniken;private;\n"
PERSONS = "personal_id;sex;birth_date\n196812099874;male;\n195902189876;;\n"
POPULATION = """
year;municipality;sex;age_from;age_to;persons;source;invented
2023;0580;male;0;19;1000;test;yes
2023;0580;male;20;;4000;test;yes
2023;0580;female;0;;5000;test;yes
"""
HEAD = (
    "source;snapshot_on;entry_id;personal_id;county;municipality;provider_id;procedure_code;decided_on;deviation;"
    "planned_on;highly_specialised\n"
)
JANUARY = f"""{HEAD}
kö;2024-01-31;1;196812099874;05;0580;OSD;NFB49;2023-06-01;none;;
kö;2024-01-31;2;195902189876;;0580;P01;NGB49;2024-01-01;mov;2023-12-01;yes
kö;2024-01-31;3;;Östergötlands län;0581;OSD;NFB49;2023-12-01;;;
"""
FEBRUARY = f"""{HEAD}
kö;2024-02-29;1;196812099874;05;0580;OSD;NFB49;2023-06-01;none;;
kö;2024-02-29;4;;05;0580;OSD;ZZZ99;2024-02-10;pvv;;
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with made_stores.opened(tmp_path, make) as opened:
        yield opened


def make(folder: Path) -> Workspace:
    made = create_workspace(folder / "prov.kvdb", PASSPHRASE)
    for kind, text in (("providers", PROVIDERS), ("persons", PERSONS), ("population", POPULATION)):
        assert take(made, folder, kind, text).rejected == 0
    take(made, folder, "waiting", JANUARY)
    take(made, folder, "waiting", FEBRUARY)
    return made


def take(workspace: Workspace, folder: Path, kind: str, text: str) -> ImportOutcome:
    path = folder / f"{kind}.csv"
    path.write_text("\n".join(line for line in text.splitlines() if line), encoding="utf-8")
    return imports.import_file(workspace, KindOfFile(kind), path)


def counts(workspace: Workspace, provider_id: str = "") -> list[Value]:
    return [row[2] for row in waiting.series(workspace, WaitingScope(provider_id=provider_id)).table.rows]


def test_a_store_without_lists_has_nothing_to_choose_and_nothing_to_tell(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "tom.kvdb", PASSPHRASE) as empty:
        assert waiting.choices(empty).snapshots == ()
        assert waiting.state(empty, WaitingScope()).groups.rows == []
        assert waiting.series(empty, WaitingScope()).table.rows == []
        assert waiting.flows(empty, WaitingScope()).rows == []
        assert waiting.behind(empty, WaitingScope(), {}).total == 0
        assert waiting.highly_specialised(empty, WaitingScope()).snapshot_on is None


def test_what_there_is_to_choose_is_told_by_name(workspace: Workspace) -> None:
    found = waiting.choices(workspace)
    assert found.snapshots == (date(2024, 2, 29), date(2024, 1, 31))
    assert [(one.key, one.name) for one in found.counties] == [("05", "Östergötlands län")]
    assert [(one.key, one.name) for one in found.providers] == [("P01", "Fjällkliniken"), ("OSD", "Ortopedi")]
    assert [one.key for one in found.areas] == ["Höftprotes", "Knäprotes", MISSING]
    assert {one.key: one.within for one in found.codes}["ZZZ99"] == MISSING
    assert found.own_county == "05"


def test_a_month_is_told_by_groups_with_names_and_keys(workspace: Workspace) -> None:
    january = WaitingScope(snapshot_on=date(2024, 1, 5))
    found = waiting.state(workspace, january, WaitingKey.PROVIDER)
    assert (found.snapshot_on, found.keys, found.population_year, found.invented) == (
        *(date(2024, 1, 31), ("OSD", "P01"), 2023, True),
    )
    assert [row[:3] for row in found.groups.rows] == [("Ortopedi", 2, 2), ("Fjällkliniken", 1, 0)]
    assert (found.whole["waiting"], found.whole["in_rate"], found.whole["per_100k"]) == (3, 2, "20.0")


def test_sex_and_age_come_of_who_waits(workspace: Workspace) -> None:
    january = WaitingScope(snapshot_on=date(2024, 1, 31))
    sexes = waiting.state(workspace, january, WaitingKey.SEX)
    assert [(row[0], row[1]) for row in sexes.groups.rows] == [("Man", 2), ("Kön saknas", 1)]
    ages = waiting.state(workspace, january, WaitingKey.AGE_GROUP)
    assert [(row[0], row[1]) for row in ages.groups.rows] == [("55–64 år", 2), ("Ålder saknas", 1)]


def test_an_import_that_is_undone_takes_its_list_and_its_pack_away(workspace: Workspace) -> None:
    assert counts(workspace) == [3, 2]
    undo_import.undo_import(workspace, imports.list_imports(workspace)[0].batch, "fel fil")
    assert counts(workspace) == [3]
    assert workspace.store.value("SELECT count(*) FROM waiting_packs") == 1
    assert waiting_packs.stale(workspace.store) == []


def test_a_correction_and_its_undoing_are_packed_too(workspace: Workspace, tmp_path: Path) -> None:
    corrected = FEBRUARY.replace("4;;05;0580;OSD;ZZZ99", "4;;05;0580;P01;NGB49")
    take(workspace, tmp_path, "waiting", corrected)
    assert counts(workspace, provider_id="P01") == [1, 1]
    assert waiting_packs.stale(workspace.store) == []
    undo_import.undo_import(workspace, imports.list_imports(workspace)[0].batch, "fel")
    assert counts(workspace, provider_id="P01") == [1, 0]
    assert waiting_packs.stale(workspace.store) == []


def test_what_was_tried_and_taken_back_is_not_taken_for_the_next_import(workspace: Workspace, tmp_path: Path) -> None:
    for provider in ("OSD", "P01"):
        path = tmp_path / "mars.csv"
        path.write_text(f"{HEAD}kö;2024-03-31;9;;05;0580;{provider};NFB49;2024-03-01;none;;\n", encoding="utf-8")
        with workspace.store.trial():
            imports.keep_file(workspace, KindOfFile.WAITING, path, None, Progress())
            assert waiting.state(workspace, WaitingScope(), WaitingKey.PROVIDER).keys == (provider,)
    assert counts(workspace) == [3, 2]


def test_a_store_that_is_only_read_reads_the_rows_where_packs_are_missing_or_old(workspace: Workspace) -> None:
    with workspace.store.transaction():
        workspace.store.write("DELETE FROM waiting_packs WHERE snapshot_on = '2024-01-31'")
        workspace.store.write("UPDATE waiting_packs SET made_of = '1:99'")
    with open_workspace(workspace.path, PASSPHRASE, write=False) as reading:
        assert counts(reading) == [3, 2]
        assert len(waiting_packs.stale(reading.store)) == 2
    assert counts(workspace) == [3, 2]  # who may write packs them
    assert waiting_packs.stale(workspace.store) == []


def test_no_pack_holds_a_personal_number(workspace: Workspace) -> None:
    told = workspace.store.rows("SELECT vocabularies, packed, made_of FROM waiting_packs")
    assert len(told) == 2
    assert all("9874" not in vocabularies and b"196812099874" not in blob for vocabularies, blob, _made in told)


def test_a_finding_opens_the_entries_that_it_counts(workspace: Workspace) -> None:
    january = WaitingScope(snapshot_on=date(2024, 1, 31))
    for one in waiting.findings(workspace, january).findings:
        asked = WaitingAsked(one.found, one.month, one.about)
        assert waiting.behind(workspace, january, {}, asked=asked).total == one.entries, one
    (later,) = [
        str(row["entry_id"])
        for row in waiting.behind(
            workspace, january, {}, asked=WaitingAsked(WaitingDateCheck.AFTER_PLANNED)
        ).table.records()
    ]
    assert later == "2"
    actions = [entry.action for entry in audit.entries(workspace.store, 1)]
    assert actions == ["waiting_read"]
    with pytest.raises(InputError, match="Inget sådant fynd"):
        waiting.behind(workspace, january, {}, asked=WaitingAsked(WaitingFound.SOURCE_ENDED))
    with pytest.raises(InputError, match="Ange vad med --about: "):
        waiting.behind(workspace, january, {}, asked=WaitingAsked(WaitingFound.FEW))


def test_findings_tell_what_the_lists_lack_and_what_that_does(workspace: Workspace) -> None:
    found = waiting.findings(workspace, WaitingScope(snapshot_on=date(2024, 1, 31))).findings
    told = {one.found: (one.about, one.entries) for one in found}
    assert told[WaitingFound.NO_POPULATION] == ("0581 Norrköping", 1)
    assert told[WaitingFound.INVENTED_POPULATION] == ("2023", 3)
    assert told[WaitingFound.DECIDED_AFTER_PLANNED] == ("", 1)
    assert told[WaitingFound.NO_DEVIATION] == ("", 1)
    assert all(one.effect for one in found)


def test_an_area_that_is_written_in_the_table_is_used_at_once(workspace: Workspace) -> None:
    assert waiting.state(workspace, WaitingScope(), WaitingKey.AREA).keys == ("Höftprotes", MISSING)
    editable_tables.save(
        workspace, "procedure_areas", {"code": "ZZZ", "area": "Provområde", "highly_specialised": "yes"}
    )
    assert waiting.state(workspace, WaitingScope(), WaitingKey.AREA).keys == ("Höftprotes", "Provområde")
    found = waiting.highly_specialised(workspace, WaitingScope())
    assert (found.county, found.by_mark, found.by_table) == ("05", 0, 1)


def test_capacity_is_that_of_the_table_and_operating_time_that_of_the_code(workspace: Workspace) -> None:
    editable_tables.save(
        workspace, "capacities", {"provider_id": "OSD", "area": "Höftprotes", "operations_per_week": "2"}
    )
    found = waiting.capacity(workspace, WaitingScope(area="Höftprotes"))
    (row,) = found.table.records()
    assert (row["waiting"], row["inflow_per_week"], row["weeks"]) == (1, "0.0", "0.5")
    assert row["outlook"] == WaitingOutlook.WEEKS
    (code,) = found.operating.records()
    assert code["minutes_each"] == found.minutes == found.minutes_without
    assert waiting.capacity(workspace, WaitingScope()).lacking == (("ZZZ99", 1),)


def test_entries_are_read_with_a_trace_of_whose_they_are(workspace: Workspace) -> None:
    found = waiting.behind(workspace, WaitingScope(snapshot_on=date(2024, 1, 31)), {WaitingKey.PROVIDER: "OSD"}, 90)
    (row,) = found.table.records()
    assert (row["entry_id"], row["days"], row["county"], row["specialised"]) == ("1", 244, "Östergötlands län", "no")
    assert found.total == 1
    entry = audit.entries(workspace.store)[0]
    assert (entry.action, entry.object, entry.patients) == ("waiting_read", "2024-01-31", ("196812099874",))


def test_rows_without_a_day_of_decision_are_told_of_the_month_that_they_came_with(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = "kö;2024-03-31;9;;05;0580;OSD;NFB49;2024-03-01;none;;\nkö;2024-03-31;8;;05;0580;OSD;NFB49;;none;;\n"
    assert take(workspace, tmp_path, "waiting", HEAD + rows).rejected == 1
    for day, told in ((date(2024, 2, 1), (0, 2)), (date(2024, 3, 1), (1, 2))):
        (missing, *_rest) = waiting.date_quality(workspace, WaitingScope(snapshot_on=day)).records()
        assert (missing["entries"], missing["of"]) == told


def test_a_decision_after_the_planned_day_is_told_when_the_list_is_read(workspace: Workspace, tmp_path: Path) -> None:
    march = f"{HEAD}kö;2024-03-31;9;;05;0580;OSD;NFB49;2024-03-01;none;2024-02-01;\n"
    outcome = take(workspace, tmp_path, "waiting", march)
    assert [(one.rule, one.column) for one in outcome.findings] == [("decided_after_planned", "decided_on")]
