"""Import: files are recognised and tried together, taken in in the right order, and accounted for row by row."""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.pages.import_page import ImportPage
from support import examples, small_county
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

ACCOUNT = ("read", "stored", "corrected", "unchanged", "rejected")


@pytest.fixture
def empty_window(window: MainWindow, runner: StoreRunner, tmp_path: Path, settle: Callable[[], None]) -> MainWindow:
    runner.create(tmp_path / "tom.kvdb", PASSPHRASE, lambda _store: window.go_to("import"))
    settle()
    return window


@pytest.fixture
def page(empty_window: MainWindow) -> ImportPage:
    found = empty_window.current_page()
    assert isinstance(found, ImportPage)
    return found


def _accounts(page: ImportPage) -> dict[str, dict[str, Any]]:
    return {str(row["file"]): row for row in page.files.model.table.records()}


def _count(table: str, workspace: Workspace, _progress: Progress) -> int:
    return int(workspace.store.value(f"SELECT count(*) FROM {table}"))


def _summed(accounts: dict[str, dict[str, Any]]) -> dict[str, list[int]]:
    """Return accounts by file, those of the own and the bought care of an export together."""
    found: dict[str, list[int]] = {}
    for file, row in accounts.items():
        name = file.replace("_own", "").replace("_bought", "")
        before = found.get(name, [0] * len(ACCOUNT))
        found[name] = [old + row[one] for old, one in zip(before, ACCOUNT, strict=True)]
    return found


@pytest.mark.parametrize("county", examples.COUNTIES)
def test_all_files_of_a_county_dropped_at_once_give_the_expected_accounts(
    page: ImportPage, settle: Callable[[], None], county: str
) -> None:
    files = [path for _kind, path, _profile in examples.files_of(county)]
    profiles = [profile for _kind, _path, profile in examples.files_of(county) if profile]
    page.plan([*reversed(files), *profiles])
    settle()
    assert "Inget är sparat ännu" in page.account.text()
    expected = _summed({one["file"]: one for one in examples.expected_import(county)})
    tried = _accounts(page)
    assert _summed(tried) == expected
    assert {str(row["profile"]) for row in tried.values()} - {""} == {path.name for path in profiles}


def test_trying_writes_nothing_and_taking_in_writes_all(
    page: ImportPage, empty_window: MainWindow, runner: StoreRunner, settle: Callable[[], None]
) -> None:
    counts: list[int] = []

    def count() -> None:
        runner.run(lambda workspace, _p: workspace.store.value("SELECT count(*) FROM episodes"), counts.append)
        runner.run(lambda workspace, _p: workspace.store.value("SELECT count(*) FROM links"), counts.append)
        settle()

    page.plan([path for _kind, path, _profile in examples.files_of("county")])
    settle()
    count()
    assert page.take.isEnabled()
    page.take.click()
    settle()
    count()
    assert counts[:2] == [0, 0]
    assert counts[2] > 1000
    assert counts[3] == len(examples.expected_rows("county", "list_links"))
    assert page.account.text().startswith("Inläst: ")
    assert not page.take.isEnabled()
    assert page.tabs.tabText(1) == "Tidigare importer (10)"
    assert "att granska" in empty_window.status.review.text()


def test_every_rejected_row_is_shown_with_row_column_value_and_reason(
    page: ImportPage, settle: Callable[[], None]
) -> None:
    providers = examples.FOLDER / "county" / "providers.csv"
    page.plan([providers])
    settle()
    shown = page.details.rejects.model.table.records()
    assert [row["row"] for row in shown] == [11, 14]
    assert [row["column"] for row in shown] == ["Slag", "Namn"]
    assert all(row["reason"] for row in shown)
    assert page.details.heading.text() == ("providers.csv: 15 lästa = 13 nya + 0 rättade + 0 oförändrade + 2 avvisade")


def test_a_file_that_is_not_recognised_stays_out_and_says_why(
    page: ImportPage, settle: Callable[[], None], tmp_path: Path
) -> None:
    strange = tmp_path / "budget.csv"
    strange.write_text("konto;belopp\n1;2\n", encoding="utf-8")
    page.plan([strange])
    settle()
    row = page.files.model.table.records()[0]
    assert row["kind"] == "Okänt"
    assert "känns inte igen" in str(row["state"])
    assert not page.take.isEnabled()


def test_a_broken_profile_is_said_and_the_other_files_go_in(
    page: ImportPage, settle: Callable[[], None], tmp_path: Path
) -> None:
    shutil.copy(examples.FOLDER / "county" / "providers.csv", tmp_path / "providers.csv")
    shutil.copy(examples.FOLDER / "county" / "persons.csv", tmp_path / "personer.csv")
    (tmp_path / "personer.toml").write_text('kind = "påhittat"\n', encoding="utf-8")
    page.plan([tmp_path / "personer.csv", tmp_path / "providers.csv"])
    settle()
    states = {name: str(row["state"]) for name, row in _accounts(page).items()}
    assert states["providers.csv"] == "Provläst"
    assert "personer.toml" in states["personer.csv"]
    page.take.click()
    settle()
    assert page.tabs.tabText(1) == "Tidigare importer (1)"


def test_cancelling_leaves_nothing_of_any_file(
    page: ImportPage, empty_window: MainWindow, runner: StoreRunner, settle: Callable[[], None], qtbot: QtBot
) -> None:
    page.plan([path for _kind, path, _profile in examples.files_of("county")])
    settle()
    started: list[object] = []
    runner.operation_started.connect(started.append)
    page.take.click()
    started[0].cancel()  # type: ignore[attr-defined]
    settle()
    counts: list[int] = []
    for table in ("providers", "episodes", "import_batches", "identities"):
        runner.run(partial(_count, table), counts.append)
    settle()
    assert counts == [0, 0, 0, 0]
    assert "Avbrutet" in page.account.text()
    assert page.take.isEnabled()
    assert empty_window.message.text == ""


def test_earlier_imports_show_their_rejects_when_chosen(
    window: MainWindow, runner: StoreRunner, tmp_path: Path, settle: Callable[[], None]
) -> None:
    runner.open(small_county.copy(tmp_path), PASSPHRASE, lambda _store: window.go_to("import"))
    settle()
    page = window.current_page()
    assert isinstance(page, ImportPage)
    page.tabs.setCurrentIndex(1)
    rows = page.earlier.model.table.records()
    place = next(row for row, values in enumerate(rows) if values["file"] == "providers.csv")
    page.earlier.choose_row(place)
    settle()
    assert [row["row"] for row in page.details.rejects.model.table.records()] == [11, 14]
    assert page.details.heading.text().startswith("providers.csv: 15 lästa")


def test_files_are_chosen_with_the_button_and_the_folder_is_remembered(
    page: ImportPage, settle: Callable[[], None]
) -> None:
    with messages.answering([str(examples.FOLDER / "county" / "providers.csv")]):
        page.zone.button.click()
    settle()
    assert list(_accounts(page)) == ["providers.csv"]
    page.forget.click()
    assert page.new.currentIndex() == 0


def test_files_chosen_later_are_tried_together_with_those_that_wait(
    page: ImportPage, settle: Callable[[], None]
) -> None:
    folder = examples.FOLDER / "county"
    page.plan([folder / "episodes.csv"])
    settle()
    alone = _accounts(page)["episodes.csv"]["rejected"]
    page.plan([folder / "persons.csv", folder / "providers.csv"])
    settle()
    assert list(_accounts(page)) == ["providers.csv", "persons.csv", "episodes.csv"]
    together = _accounts(page)["episodes.csv"]["rejected"]
    assert isinstance(alone, int)
    assert isinstance(together, int)
    assert alone > together


def test_a_store_open_to_be_read_takes_nothing_in(
    window: MainWindow, runner: StoreRunner, tmp_path: Path, settle: Callable[[], None]
) -> None:
    runner.open(small_county.copy(tmp_path), PASSPHRASE, lambda _store: window.go_to("import"), write=False)
    settle()
    window.take_files([examples.FOLDER / "county" / "providers.csv"])
    settle()
    page = window.current_page()
    assert isinstance(page, ImportPage)
    assert not page.take.isEnabled()
    assert "läsning" in window.message.text
