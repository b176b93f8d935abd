"""`store check` finds what was done to the log behind the program's back, with SQL and without the triggers."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.audit_words import LogFinding, LogOutcome
from kvalitetsapp.domain.log_check import Judged
from kvalitetsapp.services import log_checks, stores
from kvalitetsapp.store import audit
from support import logged_store, made_stores

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

GUARDS = (
    *("audit_is_not_edited", "audit_is_not_deleted", "log_checks_are_not_edited", "log_checks_are_not_deleted"),
    *("log_check_entries_are_not_edited", "log_check_entries_are_not_deleted"),
)
BROKEN, ALTERED = "Loggen är bruten vid post {}", "Loggkontroll nr 1 har ändrats"
OTHER_LOG, CUT_SHORT = "Loggen är inte den som loggkontroll nr 1", "Slutet av loggen saknas"
COLUMNS = "happened_at, who, action, object, detail, unit, role, patients"


def _make(folder: Path) -> Workspace:
    workspace = logged_store.make(folder)
    today = workspace.today
    sample = log_checks.draw(workspace, log_checks.plan(workspace, log_checks.SampleWish(today, today, 3, seed=1)))
    judged = [Judged(one.entry, LogFinding.JUSTIFIED) for one in sample.entries]
    log_checks.sign(workspace, sample.plan, judged, LogOutcome.NOTHING_FOUND, note="", signed_as="kontrollant")
    audit.note(workspace.store, "Bo", "case_read", patients=["196812099874"])
    return workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with made_stores.opened(tmp_path, _make) as made:
        with made.store.transaction():
            for guard in GUARDS:
                made.store.write(f"DROP TRIGGER {guard}")
        yield made


def after(workspace: Workspace, *statements: str) -> list[str]:
    """Return what the check of the store finds after some SQL."""
    workspace.store.conn.execute("PRAGMA foreign_keys = OFF")
    with workspace.store.transaction():
        for sql in statements:
            workspace.store.write(sql)
    return stores.check_store(workspace)


def sealed_anew(workspace: Workspace) -> None:
    """Seal the whole chain again, as someone with the key could."""
    previous, store = "0" * 64, workspace.store
    with store.transaction():
        for number, (entry, *content) in enumerate(
            store.rows(f"SELECT entry, {COLUMNS} FROM audit ORDER BY entry"), 1
        ):
            seal = hashlib.sha256("\x1f".join((previous, "2", *content)).encode()).hexdigest()
            store.write(
                "UPDATE audit SET entry = ?, form = 2, previous = ?, hash = ? WHERE entry = ?",
                (number, previous, seal, entry),
            )
            previous = seal


def test_an_untouched_store_has_no_fault(workspace: Workspace) -> None:
    assert stores.check_store(workspace) == []


@pytest.mark.parametrize("column", ["happened_at", "who", "action", "object", "detail", "unit", "role", "patients"])
def test_an_edited_entry_is_found_in_whatever_column(workspace: Workspace, column: str) -> None:
    (fault, *_more) = after(workspace, f"UPDATE audit SET {column} = {column} || 'x' WHERE entry = 5")
    assert fault.startswith(BROKEN.format(5))


def test_a_deleted_entry_is_found(workspace: Workspace) -> None:
    (fault, *_more) = after(workspace, "DELETE FROM audit WHERE entry = 5")
    assert fault.startswith(BROKEN.format(5))


def test_reordered_entries_are_found(workspace: Workspace) -> None:
    moved = [
        "UPDATE audit SET entry = -5 WHERE entry = 5",
        "UPDATE audit SET entry = 5 WHERE entry = 6",
        "UPDATE audit SET entry = 6 WHERE entry = -5",
    ]
    (fault, *_more) = after(workspace, *moved)
    assert fault.startswith(BROKEN.format(5))


def copied_to(place: int) -> str:
    names = f"{COLUMNS}, form, previous, hash"
    return f"INSERT INTO audit (entry, {names}) SELECT {place}, {names} FROM audit WHERE entry = 5"


def test_an_entry_put_in_at_the_end_is_found(workspace: Workspace) -> None:
    last = int(workspace.store.value("SELECT max(entry) FROM audit"))
    (fault,) = after(workspace, copied_to(last + 1))
    assert fault.startswith(BROKEN.format(last + 1))


def test_an_entry_put_in_between_is_found(workspace: Workspace) -> None:
    room = ["UPDATE audit SET entry = -entry WHERE entry > 5", "UPDATE audit SET entry = 1 - entry WHERE entry < 0"]
    (fault, *_more) = after(workspace, *room, copied_to(6))
    assert fault.startswith(BROKEN.format(6))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE log_checks SET outcome = 'breach'",
        "UPDATE log_checks SET who = 'Bo'",
        "UPDATE log_checks SET population = population + 1",
        "UPDATE log_check_entries SET finding = 'unclear' WHERE rowid = 1",
        "UPDATE log_check_entries SET note = 'x' WHERE rowid = 1",
        "DELETE FROM log_check_entries WHERE rowid = 1",
    ],
)
def test_an_altered_check_is_found(workspace: Workspace, sql: str) -> None:
    assert [fault[: len(ALTERED)] for fault in after(workspace, sql)] == [ALTERED]


def test_a_check_that_was_sealed_anew_is_not_what_the_log_says(workspace: Workspace) -> None:
    with workspace.store.transaction():
        workspace.store.write("UPDATE log_checks SET note = 'annat'")
    (check,) = log_checks.checks(workspace)
    assert [
        fault[: len(ALTERED)] for fault in after(workspace, f"UPDATE log_checks SET seal = '{check.sealed()}'")
    ] == [ALTERED]


def test_an_altered_head_is_found(workspace: Workspace) -> None:
    faults = after(workspace, f"UPDATE log_checks SET last_hash = '{'0' * 64}'")
    assert [fault[: len(ALTERED)] for fault in faults[:1]] == [ALTERED]
    assert any(fault.startswith(OTHER_LOG) for fault in faults)


def test_a_chain_that_was_written_anew_is_not_the_one_that_was_checked(workspace: Workspace) -> None:
    after(workspace, "UPDATE audit SET who = 'Cia' WHERE entry = 5")
    sealed_anew(workspace)
    assert audit.first_broken(workspace.store) is None
    assert [fault[: len(OTHER_LOG)] for fault in stores.check_store(workspace)] == [OTHER_LOG]


def test_a_tail_that_was_cut_off_is_found_by_what_refers_to_it(workspace: Workspace) -> None:
    checked = int(workspace.store.value("SELECT entry FROM audit WHERE action = 'log_checked'"))
    faults = after(workspace, f"DELETE FROM audit WHERE entry >= {checked}")
    assert faults == ["Loggen saknar posten om att loggkontroll nr 1 signerades."]
    head = int(workspace.store.value("SELECT last_entry FROM log_checks"))
    faults = after(workspace, f"DELETE FROM audit WHERE entry >= {head}")
    assert faults[0].startswith(OTHER_LOG)


def test_a_tail_that_was_cut_off_is_found_by_what_was_written_later(workspace: Workspace) -> None:
    faults = after(
        workspace,
        "DELETE FROM log_check_entries",
        "DELETE FROM log_checks",
        "DELETE FROM audit WHERE entry > 1",
        "UPDATE import_batches SET imported_at = '2100-01-01T00:00:00+01:00'",
    )
    assert faults == [f"{CUT_SHORT}: något är sparat efter den sista posten."]


def test_the_last_readings_cut_off_leave_nothing_to_see(workspace: Workspace) -> None:
    """Told in the manual: nothing else refers to a reading that came last."""
    last = int(workspace.store.value("SELECT max(entry) FROM audit"))
    assert after(workspace, f"DELETE FROM audit WHERE entry = {last}") == []
