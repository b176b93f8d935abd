"""Backups that nobody asks for: while one works, when the window closes, and what is shown of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.backups import Reason
from kvalitetsapp.gui.backup_rounds import BackupRounds
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.services import saved_copies
from kvalitetsapp.services.workspace import create_workspace
from kvalitetsapp.store import backup_notes, meta
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "prov.kvdb"
    with create_workspace(path, PASSPHRASE) as workspace, workspace.action("changed"):
        meta.put(workspace.store, "prov", "1")
    return path


@pytest.fixture
def at_work(window: MainWindow, runner: StoreRunner, store: Path, settle: Callable[[], None]) -> MainWindow:
    """Return the window as the program opens it, on a store that was never backed up."""
    window.keep_backups()
    runner.open(store, PASSPHRASE, lambda _store: None)
    settle()
    return window


def made(store: Path) -> list[Reason]:
    folder = saved_copies.folder_of(store)
    return [one.note.reason for one in saved_copies.in_folder(folder)] if folder.is_dir() else []


def change(workspace: Workspace, _progress: Progress) -> None:
    with workspace.action("changed"):
        meta.put(workspace.store, "prov", "2")


def test_what_was_done_is_backed_up_while_the_store_goes_on_being_written_to(
    at_work: MainWindow, runner: StoreRunner, store: Path, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    rounds = at_work.findChild(BackupRounds)
    assert rounds is not None
    assert rounds.timer.isActive()
    assert at_work.status.backup.text() == "Ingen säkerhetskopia"
    rounds.look()
    qtbot.waitUntil(lambda: rounds.is_at_work)
    done: list[None] = []
    runner.run(change, done.append)
    qtbot.waitUntil(lambda: bool(done))
    qtbot.waitUntil(lambda: not rounds.is_at_work)
    settle()
    assert made(store) == [Reason.TIMED]
    assert at_work.status.backup.text() == "Säkerhetskopia nyss"
    runner.run(change, done.append)
    rounds.look()
    settle()
    qtbot.waitUntil(lambda: not rounds.is_at_work)
    settle()
    assert made(store) == [Reason.TIMED] * 2
    rounds.look()  # nothing has changed since
    settle()
    assert made(store) == [Reason.TIMED] * 2


def test_the_window_waits_with_closing_for_a_last_backup(at_work: MainWindow, store: Path, qtbot: QtBot) -> None:
    at_work.close()
    assert at_work.isVisible()
    qtbot.waitUntil(lambda: not at_work.isVisible())
    assert made(store) == [Reason.CLOSE]


def test_closing_again_does_not_wait(at_work: MainWindow, store: Path, qtbot: QtBot) -> None:
    at_work.close()
    at_work.close()
    qtbot.waitUntil(lambda: not at_work.isVisible())
    assert len(made(store)) <= 1
    assert not list(backup_notes.folder_beside(store).glob("*.part"))


def test_where_no_backup_can_be_made_the_user_says_whether_to_close_without(
    at_work: MainWindow, store: Path, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    saved_copies.folder_of(store).write_text("in the way", encoding="utf-8")
    with messages.answering(False):  # noqa: FBT003 - an answer
        at_work.close()
        settle()
    assert at_work.isVisible()
    with messages.answering(True):  # noqa: FBT003 - an answer
        at_work.close()
        qtbot.waitUntil(lambda: not at_work.isVisible())


def test_a_store_that_is_only_read_is_left_alone(
    window: MainWindow, runner: StoreRunner, store: Path, settle: Callable[[], None]
) -> None:
    window.keep_backups()
    runner.open(store, PASSPHRASE, lambda _store: None, write=False)
    settle()
    window.close()
    assert not window.isVisible()
    assert made(store) == []
