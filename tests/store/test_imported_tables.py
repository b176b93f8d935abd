"""Every table of imported rows is one that an undo knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.undo import table_text
from kvalitetsapp.services.workspace import create_workspace
from kvalitetsapp.store import imported_tables
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path


def test_every_table_whose_rows_carry_a_batch_is_undone_with_it(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "prov.kvdb", PASSPHRASE) as workspace:
        carrying = {
            name
            for (name,) in workspace.store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
            if workspace.store.rows("SELECT 1 FROM pragma_table_info(?) WHERE name = 'batch'", (name,))
        }
    assert carrying - imported_tables.ACCOUNTS == {table.name for table in imported_tables.TABLES}


def test_what_others_refer_to_stands_before_them(tmp_path: Path) -> None:
    names = [table.name for table in imported_tables.TABLES]
    with create_workspace(tmp_path / "prov.kvdb", PASSPHRASE) as workspace:
        found = imported_tables.references(workspace.store)
    assert {(one.table, one.column, one.target) for one in found} >= {
        ("procedure_details", "episode", "episodes"),
        ("verdicts", "episode", "episodes"),
        ("verdicts", "index_episode", "episodes"),
        ("episodes", "provider_id", "providers"),
        ("aliases", "same_as", "identities"),
    }
    for one in found:
        if one.target != imported_tables.IDENTITIES and one.table in names:
            assert names.index(one.target) < names.index(one.table)


def test_every_table_of_the_schema_is_imported_derived_an_account_or_known_to_stay(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "prov.kvdb", PASSPHRASE) as workspace:
        tables = {name for (name,) in workspace.store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    kept = {table.name for table in (*imported_tables.TABLES, *imported_tables.DECIDED)}
    known = imported_tables.DERIVED | imported_tables.ACCOUNTS | kept
    assert tables - known == {
        *("migrations", "meta", "identities", "audit"),
        *("quality_settings", "quality_decisions", "identity_dismissals"),
        *("review_rounds", "review_drafts", "saved_filters", "undo_steps"),
        *("claim_steps", "cap_entries", "correction_decisions"),
        *("basis_lines", "basis_steps", "payments", "payment_matches"),
        *("users", "user_roles", "log_checks", "log_check_entries", "retention_decisions"),
        *("exchanges", "exchange_conflicts"),
        *("own_indicators", "final_reports", "provider_notes", "releases", "released_cells"),
        *("editable_rows", "papers", "paper_versions", "family_choices"),
    }


def test_every_table_of_imported_rows_has_a_name_for_people() -> None:
    tables = (*imported_tables.TABLES, *imported_tables.DECIDED)
    assert [table.name for table in tables if table_text(table.name) == table.name] == []
