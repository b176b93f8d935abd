"""Copies of persons' rows are noted from every table that has them; what cannot be noted does not stay."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication

from kvalitetsapp.gui.pages.episodes_page import EpisodesPage
from kvalitetsapp.gui.pages.review_page import ReviewPage
from kvalitetsapp.store import audit
from support import impatient, logged_store, pages, reviewing, store_files
from support.counties import PASSPHRASE
from support.county_store import opened
from support.logged_store import PERSON

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.domain.patient import EventKey


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with logged_store.make(tmp_path) as made:
        return made.path


def latest(path: Path) -> tuple[str, str, tuple[str, ...]]:
    with opened(path, write=False) as workspace:
        (entry,) = audit.entries(workspace.store, 1)
        return entry.action, entry.object, entry.patients


def choose_first(page: EpisodesPage, qtbot: QtBot) -> None:
    """Choose the first row once it has been read; only what has been read can be copied."""
    qtbot.waitUntil(lambda: bool(page.model.data(page.model.index(0, 0))), timeout=pages.PATIENCE_MS)
    page.view.selectRow(0)
    pages.settle(qtbot, page)


def test_copied_events_and_contacts_stand_in_the_log_with_their_persons(path: Path, qtbot: QtBot) -> None:
    with pages.shown(qtbot, ReviewPage, path) as page:
        page.desk.queue.table.view.selectRow(0)
        page.desk.queue.table.copy()
        pages.settle(qtbot, page)
        assert PERSON not in QGuiApplication.clipboard().text()
        assert latest(path) == ("rows_copied", "review", (PERSON,))
    with pages.shown(qtbot, EpisodesPage, path) as episodes:
        choose_first(episodes, qtbot)
        episodes.copy()
        pages.settle(qtbot, episodes)
        action, table, patients = latest(path)
        assert (action, table, len(patients)) == ("rows_copied", "episodes", 1)


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Let another program write to the store for as long as the block takes."""
    with store_files.open_below(path, PASSPHRASE) as other, other.transaction():
        yield


def test_a_copy_that_cannot_be_noted_is_taken_off_the_clipboard(
    path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient.become(monkeypatch)
    with pages.shown(qtbot, EpisodesPage, path) as page:
        choose_first(page, qtbot)
        with held(path), qtbot.waitSignal(page.runner.failed, timeout=20_000):
            page.copy()
            assert QGuiApplication.clipboard().text() != ""
        assert QGuiApplication.clipboard().text() == ""


def shown(page: ReviewPage) -> EventKey | None:
    return None if page.desk._shown is None else page.desk._shown.link.key


def test_a_case_whose_reading_cannot_be_noted_is_taken_off_the_screen(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient.become(monkeypatch)
    with reviewing.make(tmp_path) as made:
        path = made.path
    with pages.shown(qtbot, ReviewPage, path) as page:
        desk = page.desk
        following = desk.queue.next_key()
        assert following is not None
        assert desk._reader.has_ready(following)
        with held(path), qtbot.waitSignal(page.runner.failed, timeout=20_000):
            desk.go(1)
            assert shown(page) == following, "it is there at once"
        assert shown(page) is None
        assert "visas inte" in desk.case.why.text()
        assert not desk.case.timeline.isVisible()
