"""Tables that people keep themselves: defaults with changes laid over, history, undo, files all or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain import editable_cells
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed
from kvalitetsapp.domain.editable_table import EDITABLE
from kvalitetsapp.domain.editable_words import RowOrigin
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import editable_tables, undo_steps
from kvalitetsapp.services.workspace import create_workspace
from kvalitetsapp.store import audit, dialect, editable_rows
from support import reviewing
from support.undo_stores import PROVIDERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

TIMES = "operating_times"
AREAS = "procedure_areas"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("tables")
    with create_workspace(folder / "a.kvdb", "lösenfras") as made:
        reviewing.take(made, folder, "providers", PROVIDERS)
        yield made
        assert dialect.faults(made.store.conn) == []
        assert audit.first_broken(made.store) is None


@pytest.fixture
def workspace(store: Workspace) -> Iterator[Workspace]:
    """Return the store as a user who has done nothing in it; everything is undone at the end."""
    store.user = f"OL{len(audit.entries(store.store)):03d}"
    yield store
    while undo_steps.undo_name(store):
        undo_steps.undo(store)


def default_row(workspace: Workspace) -> tuple[str, int]:
    first = editable_tables.rows(workspace, TIMES)[0]
    return str(first["code"]), int(first["minutes"] or 0)


def minutes_of(workspace: Workspace, code: str) -> object:
    return next((row["minutes"] for row in editable_tables.rows(workspace, TIMES) if row["code"] == code), None)


def test_every_table_has_defaults_that_can_be_read_and_are_sorted(workspace: Workspace) -> None:
    for name, table in EDITABLE.items():
        rows = editable_tables.kept(workspace, name)
        assert [table.key_texts(row.key) for row in rows] == sorted(table.key_texts(row.key) for row in rows)
        assert all(row.origin is RowOrigin.DEFAULT for row in rows)
    assert not editable_tables.rows(workspace, "capacities")


def test_what_comes_along_names_only_what_is_known(workspace: Workspace, tmp_path: Path) -> None:
    for name in EDITABLE:
        path = tmp_path / f"{name}.csv"
        path.write_bytes(editable_tables.file_of(workspace, name))
        found = editable_tables.look_at_file(workspace, name, path)
        assert (found.faults, found.warnings, found.added, found.changed) == ((), (), (), ())


def test_a_changed_row_lies_over_the_default_and_both_stay_in_the_history(workspace: Workspace) -> None:
    code, before = default_row(workspace)
    done = editable_tables.save(workspace, TIMES, {"code": code, "minutes": "77"}, reason="Egen mätning", based_on=0)
    assert not done.faults
    assert done.changes == {Changed.TABLES}
    assert done.row is not None
    assert (done.row.origin, done.row.changed_by) == (RowOrigin.CHANGED, workspace.user)
    assert minutes_of(workspace, code) == 77
    told = editable_tables.history(workspace, TIMES, [code])
    assert told[0].values is not None
    assert told[0].values["minutes"] == before
    assert (told[-1].reason, told[-1].who, told[-1].until) == ("Egen mätning", workspace.user, "")


def test_a_row_is_taken_away_undone_done_again_and_had_back(workspace: Workspace) -> None:
    code, before = default_row(workspace)
    editable_tables.remove(workspace, TIMES, [code], reason="Görs inte här")
    assert minutes_of(workspace, code) is None
    assert undo_steps.undo(workspace).said == f"Ångrat: borttagen rad {code} i Operationstider"
    assert minutes_of(workspace, code) == before
    undo_steps.redo(workspace)
    assert minutes_of(workspace, code) is None
    back = editable_tables.reset(workspace, TIMES, [code])
    assert back.row is not None
    assert back.row.origin is RowOrigin.DEFAULT
    with pytest.raises(InputError, match="redan som den medföljer"):
        editable_tables.reset(workspace, TIMES, [code])


def test_undo_refuses_what_someone_else_has_built_on(workspace: Workspace) -> None:
    code, _before = default_row(workspace)
    first = workspace.user
    editable_tables.save(workspace, TIMES, {"code": code, "minutes": "77"})
    workspace.user = f"{first}B"
    editable_tables.save(workspace, TIMES, {"code": code, "minutes": "78"})
    workspace.user = first
    with pytest.raises(RefusedError, match=f"är ändrad av {first}B"):
        undo_steps.undo(workspace)
    workspace.user = f"{first}B"
    undo_steps.undo(workspace)
    assert minutes_of(workspace, code) == 77
    workspace.user = first


def test_what_was_changed_since_it_was_shown_is_not_written_over(workspace: Workspace) -> None:
    code, _before = default_row(workspace)
    done = editable_tables.save(workspace, TIMES, {"code": code, "minutes": "77"}, based_on=0)
    assert done.row is not None
    with pytest.raises(RefusedError, match="har ändrats sedan den visades"):
        editable_tables.save(workspace, TIMES, {"code": code, "minutes": "78"}, based_on=0)
    editable_tables.save(workspace, TIMES, {"code": code, "minutes": "79"}, based_on=done.row.number)
    assert minutes_of(workspace, code) == 79


def test_a_new_row_does_not_take_the_place_of_one_that_stands(workspace: Workspace) -> None:
    code, _before = default_row(workspace)
    done = editable_tables.save(workspace, TIMES, {"code": code.lower(), "minutes": "5"}, is_new=True)
    assert [(fault.field, fault.message) for fault in done.faults] == [
        ("code", "Raden finns redan. Ändra den i stället.")
    ]
    assert done.changes == NOTHING_CHANGED


def test_the_same_again_writes_nothing(workspace: Workspace) -> None:
    row = {"code": "NFB29", "minutes": "77"}
    editable_tables.save(workspace, TIMES, row)
    entries = len(audit.entries(workspace.store))
    assert editable_tables.save(workspace, TIMES, row).said == "Inget är ändrat."
    assert len(audit.entries(workspace.store)) == entries


@pytest.mark.parametrize(
    ("name", "row", "field"),
    [
        ("capacities", {"provider_id": "P99", "area": "Höftprotes"}, "provider_id"),
        ("targets", {"target_id": "a", "quality_area": "prom", "name": "b", "indicator": "finns_inte"}, "indicator"),
        (TIMES, {"code": "NFB29", "minutes": "många"}, "minutes"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_written(
    workspace: Workspace, name: str, row: dict[str, str], field: str
) -> None:
    before = editable_tables.rows(workspace, name)
    done = editable_tables.save(workspace, name, row)
    assert [fault.field for fault in done.faults] == [field]
    assert editable_tables.rows(workspace, name) == before


def test_unknown_codes_places_and_areas_are_kept_with_a_warning(workspace: Workspace) -> None:
    done = editable_tables.save(workspace, TIMES, {"code": "ÖÖÖ99", "minutes": "5"})
    assert done.warnings == ("KVÅ-koden ÖÖÖ99 finns inte i kodtabellen.",)
    there = editable_tables.save(workspace, "distances", {"municipality": "9999", "provider_id": "P01", "km": "1,5"})
    assert there.warnings == ("Kommunkoden 9999 finns inte i kodtabellen.",)
    able = editable_tables.save(workspace, "capacities", {"provider_id": "P01", "area": "Tänder"})
    assert able.warnings == ("Området Tänder står inte bland de medicinska områdena.",)


def test_a_file_with_a_fault_is_refused_whole_with_every_place(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "tider.csv"
    path.write_text("code;minutes\nNFB29;90\nNGB29;\nNFB29;91\nNGB39\nJDF00;x\n", encoding="utf-8")
    before = editable_tables.rows(workspace, TIMES)
    found = editable_tables.take_file(workspace, TIMES, path)
    assert [(fault.row, fault.column) for fault in found.faults] == [
        (3, "minutes"),
        (4, "code"),
        (5, ""),
        (6, "minutes"),
    ]
    assert found.changes == NOTHING_CHANGED
    assert editable_tables.rows(workspace, TIMES) == before


def test_a_file_changes_only_the_rows_and_columns_that_it_names_and_is_one_step(
    workspace: Workspace, tmp_path: Path
) -> None:
    code, before = default_row(workspace)
    note = next(row["source"] for row in editable_tables.rows(workspace, TIMES) if row["code"] == code)
    rows = len(editable_tables.rows(workspace, TIMES))
    path = tmp_path / "tider.csv"
    path.write_text(f"\ufeffcode;minutes;origin\n{code};{before + 1};default\nZZZ99;30;\n", encoding="utf-8")
    looked = editable_tables.look_at_file(workspace, TIMES, path)
    assert (len(looked.added), len(looked.changed), looked.unchanged) == (1, 1, 0)
    assert looked.warnings == ("KVÅ-koden ZZZ99 finns inte i kodtabellen.",)
    taken = editable_tables.take_file(workspace, TIMES, path, reason="Mätt 2024")
    assert taken.changes == {Changed.TABLES}
    assert len(editable_tables.rows(workspace, TIMES)) == rows + 1
    changed = next(row for row in editable_tables.rows(workspace, TIMES) if row["code"] == code)
    assert (changed["minutes"], changed["source"]) == (before + 1, note)
    assert undo_steps.undo(workspace).said == "Ångrat: 2 inlästa rader i Operationstider"
    assert minutes_of(workspace, code) == before
    assert len(editable_tables.rows(workspace, TIMES)) == rows


@pytest.mark.parametrize(
    ("text", "told"), [("code;tid\nNFB29;9\n", "ingen kolumn tid"), ("minutes\n9\n", "saknar kolumnen code")]
)
def test_a_file_of_another_table_is_refused(workspace: Workspace, tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "fel.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        editable_tables.take_file(workspace, TIMES, path)


def test_what_is_written_to_a_file_is_read_back_as_it_was(workspace: Workspace, tmp_path: Path) -> None:
    editable_tables.save(
        workspace,
        "capacities",
        {"provider_id": "P01", "area": "Höftprotes", "price": "71 500,50", "free_per_week": "1,5"},
    )
    path = editable_tables.export(workspace, "capacities", tmp_path / "ut.csv")
    assert "71500.50" in path.read_text(encoding="utf-8")
    assert editable_tables.take_file(workspace, "capacities", path).unchanged == 1


def test_a_row_that_names_what_is_gone_is_read_back_and_changed_in_what_else_it_says(
    workspace: Workspace, tmp_path: Path
) -> None:
    gone = {
        "target_id": "gammal",
        "name": "Gammal",
        "quality_area": "staff",
        "provider_id": "P99",
        "indicator": "borta",
    }
    table = EDITABLE["targets"]
    row = {column.name: gone.get(column.name, editable_cells.nothing(column)) for column in table.columns}
    with workspace.store.transaction():
        editable_rows.add(workspace.store, "targets", table.key_of(row), row, reason="", who="Ola")
    path = tmp_path / "mål.csv"
    path.write_bytes(editable_tables.file_of(workspace, "targets"))
    found = editable_tables.look_at_file(workspace, "targets", path)
    assert (found.faults, found.added, found.changed) == ((), (), ())
    assert editable_tables.set_cells(workspace, "targets", {"target_id": "gammal", "note": "Ny"}).faults == ()
    other = editable_tables.set_cells(workspace, "targets", {"target_id": "gammal", "provider_id": "P98"})
    assert [one.field for one in other.faults] == ["provider_id"]


def test_unknown_tables_keys_and_rows_are_told_apart(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="ingen tabell fel"):
        editable_tables.rows(workspace, "fel")
    with pytest.raises(InputError, match="pekas ut med provider_id, area"):
        editable_tables.remove(workspace, "capacities", ["P01"])
    with pytest.raises(InputError, match="ingen rad ZZZ"):
        editable_tables.remove(workspace, TIMES, ["ZZZ"])
