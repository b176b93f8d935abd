"""Undoing imports in the window: what will happen is told first, a reason is asked for, and the list shows it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kvalitetsapp.gui.pages.import_page import ImportPage
from support import examples, small_county
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.dialogs.undo_import import UndoImportDialog
    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


def _count(table: str, workspace: Workspace, _progress: Progress) -> int:
    return int(workspace.store.value(f"SELECT count(*) FROM {table}"))


def _counted(runner: StoreRunner, settle: Callable[[], None], table: str) -> int:
    counts: list[int] = []
    runner.run(partial(_count, table), counts.append)
    settle()
    return counts[0]


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return small_county.copy(tmp_path)


@pytest.fixture
def page(window: MainWindow, runner: StoreRunner, county: Path, settle: Callable[[], None]) -> ImportPage:
    runner.open(county, PASSPHRASE, lambda _store: window.go_to("import"))
    settle()
    found = window.current_page()
    assert isinstance(found, ImportPage)
    found.tabs.setCurrentIndex(1)
    settle()
    return found


def _choose(page: ImportPage, settle: Callable[[], None], file: str) -> int:
    rows = page.earlier.model.table.records()
    place = next(row for row, values in enumerate(rows) if values["file"] == file)
    page.earlier.choose_row(place)
    settle()
    return place


def _ask(page: ImportPage, settle: Callable[[], None]) -> UndoImportDialog:
    page.undo_earlier.click()
    settle()
    dialog = page.undo_dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def test_an_import_is_undone_with_a_reason_and_the_list_shows_who_when_and_why(
    page: ImportPage, runner: StoreRunner, settle: Callable[[], None], qtbot: QtBot
) -> None:
    assert not page.undo_earlier.isEnabled()
    place = _choose(page, settle, "benchmarks.csv")
    before = _counted(runner, settle, "benchmarks")
    dialog = _ask(page, settle)
    assert "rader tas bort: publicerade värden" in dialog.told.toPlainText()
    assert _counted(runner, settle, "benchmarks") == before
    assert not dialog.do.isEnabled()
    QTest.keyClicks(dialog.because, "fel år")
    with qtbot.waitSignal(dialog.destroyed):
        QTest.keyClick(dialog.because, Qt.Key.Key_Return)
        settle()
    assert _counted(runner, settle, "benchmarks") == 0
    state = page.earlier.model.table.records()[place]["state"]
    assert str(state).startswith(f"Ångrad {date.today().isoformat()} av ")  # noqa: DTZ011 - as the wall shows it
    assert str(state).endswith(": fel år")
    page.earlier.choose_row(place)
    settle()
    assert not page.undo_earlier.isEnabled()


def test_looking_at_what_an_undo_would_do_leaves_everything(
    page: ImportPage, settle: Callable[[], None], qtbot: QtBot, runner: StoreRunner
) -> None:
    everything_in_the_dialog_has_a_name(page, settle, qtbot)
    closing_the_dialog_while_it_finds_out_leaves_everything(page, runner, settle, qtbot)
    what_stands_in_the_way_is_listed_and_nothing_can_be_done(page, settle, qtbot)


def what_stands_in_the_way_is_listed_and_nothing_can_be_done(
    page: ImportPage, settle: Callable[[], None], qtbot: QtBot
) -> None:
    _choose(page, settle, "episodes.csv")
    dialog = _ask(page, settle)
    assert "går inte att ångra" in dialog.heading.text()
    assert "Ångra import" in dialog.told.toPlainText()
    assert not dialog.because.isEnabled()
    assert not dialog.do.isEnabled()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.cancel.click()
    assert all(row["state"] == "" for row in page.earlier.model.table.records())


def test_several_imports_are_chosen_and_undone_together(
    page: ImportPage, runner: StoreRunner, settle: Callable[[], None], qtbot: QtBot
) -> None:
    page.earlier.view.selectAll()
    settle()
    dialog = _ask(page, settle)
    assert dialog.heading.text() == "10 importer ångras. Det här händer:"
    dialog.because.setText("börjar om")
    with qtbot.waitSignal(dialog.destroyed, timeout=30_000):
        dialog.do.click()
        settle()
    assert [_counted(runner, settle, table) for table in ("episodes", "links", "identities")] == [0, 0, 0]


def test_an_import_can_be_undone_at_once_from_its_account(
    window: MainWindow, runner: StoreRunner, settle: Callable[[], None], tmp_path: Path, qtbot: QtBot
) -> None:
    runner.create(tmp_path / "tom.kvdb", PASSPHRASE, lambda _store: window.go_to("import"))
    settle()
    window.take_files([examples.FOLDER / "county" / name for name in ("providers.csv", "persons.csv")])
    settle()
    page = window.current_page()
    assert isinstance(page, ImportPage)
    assert not page.undo.isVisible()
    page.take.click()
    settle()
    assert page.undo.isVisible()
    page.undo.click()
    settle()
    dialog = page.undo_dialog
    assert dialog is not None
    dialog.because.setText("fel filer")
    with qtbot.waitSignal(dialog.destroyed):
        dialog.do.click()
        settle()
    assert _counted(runner, settle, "providers") == 0
    assert not page.undo.isVisible()


def closing_the_dialog_while_it_finds_out_leaves_everything(
    page: ImportPage, runner: StoreRunner, settle: Callable[[], None], qtbot: QtBot
) -> None:
    _choose(page, settle, "verdicts.csv")
    before = _counted(runner, settle, "verdicts")
    page.undo_earlier.click()
    dialog = page.undo_dialog
    assert dialog is not None
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    settle()
    assert _counted(runner, settle, "verdicts") == before


def test_a_store_open_to_be_read_undoes_nothing(
    window: MainWindow, runner: StoreRunner, county: Path, settle: Callable[[], None]
) -> None:
    runner.open(county, PASSPHRASE, lambda _store: window.go_to("import"), write=False)
    settle()
    page = window.current_page()
    assert isinstance(page, ImportPage)
    page.tabs.setCurrentIndex(1)
    _choose(page, settle, "verdicts.csv")
    assert not page.undo_earlier.isEnabled()


def everything_in_the_dialog_has_a_name(page: ImportPage, settle: Callable[[], None], qtbot: QtBot) -> None:
    _choose(page, settle, "benchmarks.csv")
    dialog = _ask(page, settle)
    assert (dialog.told.accessibleName(), dialog.because.accessibleName()) == ("Vad som händer", "Varför")
    assert dialog.focusWidget() is dialog.because
    with qtbot.waitSignal(dialog.destroyed):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
