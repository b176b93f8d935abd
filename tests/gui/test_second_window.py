"""A store that somebody else writes to: one's own window comes forward, or one reads, or takes a left lock over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from kvalitetsapp.gui import app
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.open_store import OpenStoreDialog
from kvalitetsapp.services.workspace import open_workspace
from kvalitetsapp.store import calling, lock
from support.counties import PASSPHRASE
from support.keys import type_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.gui.operations import StoreRunner


YES, NO = True, False


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "SECONDS_TO_WAIT", 0.0)


@pytest.fixture
def dialog(runner: StoreRunner, county: Path, qtbot: QtBot) -> OpenStoreDialog:
    made = OpenStoreDialog(runner)
    qtbot.addWidget(made)
    made.show()
    made.open_form.path.set_path(county)
    type_text(made.open_form.passphrase, PASSPHRASE)
    return made


@pytest.mark.qt_log_ignore("does not support", extend=True)  # the offscreen platform cannot raise
def test_a_second_start_calls_the_first_window_forward_and_ends(
    county_window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = county_window._runner.store.path  # type: ignore[union-attr]
    county_window.showMinimized()
    monkeypatch.setenv("KVALITETSAPP_STORE", str(path))
    assert app.run() == 0
    qtbot.waitUntil(lambda: not county_window.isMinimized())
    assert not calling.call_of(path).exists()


def test_a_store_that_is_open_in_ones_own_window_is_shown_there(
    dialog: OpenStoreDialog, county: Path, settle: Callable[[], None]
) -> None:
    with open_workspace(county, PASSPHRASE, write=True, window=True):
        dialog.open_form.submit()
        settle()
        assert "Det fönstret visas nu" in dialog.open_form.wrong.text()
        assert calling.answered(county)


def test_a_store_that_another_writes_to_is_opened_to_be_read_if_one_wants_to(
    dialog: OpenStoreDialog, runner: StoreRunner, county: Path, settle: Callable[[], None]
) -> None:
    with open_workspace(county, PASSPHRASE, write=True), messages.answering(YES):
        dialog.open_form.submit()
        settle()
        assert runner.store is not None
        assert runner.store.read_only


def test_who_does_not_want_to_read_meanwhile_is_told_who_writes(
    dialog: OpenStoreDialog, runner: StoreRunner, county: Path, settle: Callable[[], None]
) -> None:
    with open_workspace(county, PASSPHRASE, write=True), messages.answering(NO):
        dialog.open_form.submit()
        settle()
    assert runner.store is None
    assert "används för skrivning av" in dialog.open_form.wrong.text()


@pytest.mark.parametrize("sure", [True, False])
def test_a_lock_that_another_computer_left_is_taken_over_only_by_who_is_sure(
    dialog: OpenStoreDialog, runner: StoreRunner, county: Path, settle: Callable[[], None], sure: bool
) -> None:
    note = json.dumps({"user": "anna", "host": "OR-12", "pid": 1, "window": True})
    lock.note_of(county).write_text(note, encoding="utf-8")
    with messages.answering(sure):
        dialog.open_form.submit()
        settle()
    assert (runner.store is not None) == sure
    assert lock.note_of(county).read_text(encoding="utf-8") != note or not sure
    assert dialog.result() == (OpenStoreDialog.DialogCode.Accepted if sure else 0)


def test_a_window_that_only_reads_listens_to_no_call(
    window: MainWindow, runner: StoreRunner, county: Path, settle: Callable[[], None]
) -> None:
    runner.open(county, PASSPHRASE, lambda _store: None, write=False)
    settle()
    calling.call(county)
    window._called._look()
    assert calling.answered(county)
    assert not window.windowState() & Qt.WindowState.WindowActive or window.isActiveWindow()
