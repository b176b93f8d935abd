"""The store's thread: results on the window's thread and in order, cancel, errors, and nothing left running."""

from __future__ import annotations

import threading
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from kvalitetsapp.domain.changes import Changed, Changes
from kvalitetsapp.errors import CancelledError, InputError, WrongPassphraseError
from support import two_users
from support.counties import PASSPHRASE
from support.two_users import FINANCE, FINANCES, REVIEWER, REVIEWERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


class Told:
    """What `changes` of a result looks like."""

    def __init__(self, changes: Changes) -> None:
        self.changes = changes


def _give(number: int, _workspace: Workspace, _progress: Progress) -> int:
    return number


def test_work_is_done_on_another_thread_and_its_result_comes_back_on_this_one(
    opened: StoreRunner, settle: Callable[[], None]
) -> None:
    threads: list[int] = []

    def work(workspace: Workspace, _progress: Progress) -> str:
        threads.append(threading.get_ident())
        return workspace.path.name

    def done(name: str) -> None:
        threads.append(threading.get_ident())
        assert name == "county.kvdb"

    opened.run(work, done)
    settle()
    there, here = threads
    assert here == threading.get_ident() != there


def test_results_arrive_in_the_order_in_which_the_work_was_given(
    opened: StoreRunner, settle: Callable[[], None]
) -> None:
    came: list[int] = []
    for number in range(20):
        opened.run(partial(_give, number), came.append)
    settle()
    assert came == list(range(20))


def test_progress_is_told_on_this_thread_and_a_cancelled_work_stops_soon_and_silently(
    opened: StoreRunner, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    told: list[tuple[int, int]] = []
    ended: list[object] = []
    failures: list[BaseException] = []

    def endless(_workspace: Workspace, progress: Progress) -> None:
        done = 0
        while True:
            done += 1
            progress.step(done, None, "rader")
            time.sleep(0.001)

    opened.failed.connect(failures.append)
    opened.crashed.connect(failures.append)
    operation = opened.run(endless, ended.append, on_failed=ended.append)
    operation.progressed.connect(lambda done, _total, _what: told.append((done, threading.get_ident())))
    qtbot.waitUntil(lambda: len(told) > 1)
    began = time.monotonic()
    operation.cancel()
    settle()
    assert time.monotonic() - began < 2
    assert {thread for _done, thread in told} == {threading.get_ident()}
    assert [type(one) for one in ended] == [CancelledError]
    assert failures == []


def test_a_work_cancelled_before_its_turn_is_never_begun(opened: StoreRunner, settle: Callable[[], None]) -> None:
    gate = threading.Event()
    begun: list[str] = []
    opened.run(lambda _workspace, _progress: gate.wait(5), lambda _result: None)
    waiting = opened.run(lambda _workspace, _progress: begun.append("begun"), lambda _result: begun.append("done"))
    waiting.cancel()
    gate.set()
    settle()
    assert begun == []


def test_a_refusal_is_told_to_the_window_and_the_next_work_goes_on(
    opened: StoreRunner, settle: Callable[[], None]
) -> None:
    told: list[BaseException] = []
    came: list[str] = []

    def refuse(_workspace: Workspace, _progress: Progress) -> None:
        raise InputError("Filen går inte att läsa.")

    opened.failed.connect(told.append)
    opened.run(refuse, lambda _result: came.append("never"))
    opened.run(lambda _workspace, _progress: "next", came.append)
    settle()
    assert [str(one) for one in told] == ["Filen går inte att läsa."]
    assert came == ["next"]


def test_a_refusal_with_its_own_receiver_is_not_told_twice(opened: StoreRunner, settle: Callable[[], None]) -> None:
    window: list[BaseException] = []
    mine: list[BaseException] = []

    def refuse(_workspace: Workspace, _progress: Progress) -> None:
        raise InputError("Nej.")

    opened.failed.connect(window.append)
    opened.run(refuse, lambda _result: None, on_failed=mine.append)
    settle()
    assert (len(window), len(mine)) == (0, 1)


def test_a_bug_is_told_as_a_crash_and_rolls_back(opened: StoreRunner, settle: Callable[[], None]) -> None:
    crashes: list[BaseException] = []
    counts: list[int] = []

    def count(workspace: Workspace, _progress: Progress) -> int:
        return int(workspace.store.value("SELECT count(*) FROM audit"))

    def stumble(workspace: Workspace, _progress: Progress) -> None:
        with workspace.action("stumbled"):
            workspace.store.write("DELETE FROM links")
            raise KeyError("19121212")

    opened.crashed.connect(crashes.append)
    opened.run(count, counts.append)
    opened.run(stumble, lambda _result: None)
    opened.run(count, counts.append)
    opened.run(lambda workspace, _progress: workspace.store.value("SELECT count(*) FROM links"), counts.append)
    settle()
    assert [type(one) for one in crashes] == [KeyError]
    assert counts[0] == counts[1]
    assert counts[2] > 0


def test_what_a_work_changed_is_announced_after_its_result(opened: StoreRunner, settle: Callable[[], None]) -> None:
    came: list[object] = []
    opened.changed.connect(came.append)
    opened.run(lambda _workspace, _progress: Told(frozenset({Changed.LINKS})), lambda _result: came.append("done"))
    opened.run(lambda _workspace, _progress: Told(frozenset()), lambda _result: came.append("done"))
    settle()
    assert came == ["done", frozenset({Changed.LINKS}), "done"]


def test_the_result_for_a_receiver_that_is_gone_is_dropped(opened: StoreRunner, settle: Callable[[], None]) -> None:
    came: list[object] = []

    class Receiver(QObject):
        def take(self, value: object) -> None:
            came.append(value)

    receiver = Receiver()
    gate = threading.Event()
    opened.run(lambda _workspace, _progress: gate.wait(5), receiver.take)
    import shiboken6

    shiboken6.delete(receiver)
    gate.set()
    settle()
    assert came == []


def test_busy_is_told_when_work_begins_and_when_the_last_one_is_done(
    opened: StoreRunner, settle: Callable[[], None]
) -> None:
    told: list[bool] = []
    opened.busy_changed.connect(told.append)
    for _ in range(3):
        opened.run(lambda _workspace, _progress: None, lambda _result: None)
    settle()
    assert told == [True, False]


def test_a_wrong_passphrase_leaves_the_open_store_open(
    opened: StoreRunner, tmp_path: Path, settle: Callable[[], None]
) -> None:
    told: list[BaseException] = []
    other = tmp_path / "other.kvdb"
    other.write_bytes(b"x" * 8192)
    opened.open(other, "fel fras", lambda _store: None, told.append)
    names: list[str] = []
    opened.run(lambda workspace, _progress: workspace.path.name, names.append)
    settle()
    assert [type(one) for one in told] == [WrongPassphraseError]
    assert names == ["county.kvdb"]


def test_the_same_store_can_be_opened_anew_to_be_read_only(
    opened: StoreRunner, county: Path, settle: Callable[[], None]
) -> None:
    opened.open(county, PASSPHRASE, lambda _store: None, write=False)
    settle()
    assert opened.store is not None
    assert opened.store.read_only


def test_a_new_store_is_made_and_open(runner: StoreRunner, tmp_path: Path, settle: Callable[[], None]) -> None:
    runner.create(tmp_path / "ny.kvdb", PASSPHRASE, lambda _store: None)
    settle()
    assert runner.store is not None
    assert runner.store.path == tmp_path / "ny.kvdb"
    assert not runner.store.is_sample


def test_closing_cancels_what_is_under_way_and_lets_go_of_the_store(runner: StoreRunner, county: Path) -> None:
    begun = threading.Event()

    def endless(_workspace: Workspace, progress: Progress) -> None:
        begun.set()
        while True:
            progress.step(1, None, "rader")

    came: list[object] = []
    runner.open(county, PASSPHRASE, came.append)
    runner.run(endless, came.append, on_failed=came.append)
    assert begun.wait(10)
    runner.close()
    assert came == []
    from kvalitetsapp.services.workspace import open_workspace

    with open_workspace(county, PASSPHRASE, write=True) as workspace:
        assert not workspace.read_only


@pytest.mark.parametrize("times", [1, 2])
def test_closing_is_safe_before_any_work_and_twice(runner: StoreRunner, times: int) -> None:
    for _ in range(times):
        runner.close()
    runner.run(lambda _workspace, _progress: None, lambda _result: None)
    assert not runner.is_busy


def test_what_one_user_asked_for_is_not_done_in_the_name_of_the_next(
    runner: StoreRunner, tmp_path: Path, settle: Callable[[], None]
) -> None:
    went_on, done, failed = threading.Event(), list[str](), list[BaseException]()

    def hold(_workspace: Workspace, _progress: Progress) -> None:
        went_on.wait(30)

    def name(workspace: Workspace, _progress: Progress) -> str:
        return workspace.account

    runner.open(two_users.make(tmp_path), REVIEWERS, lambda _store: None, user=REVIEWER)
    settle()
    runner.run(hold, lambda _nothing: None)
    runner.change_user(FINANCE, "fel ord", lambda _store: None, lambda _error: None)
    runner.run(name, done.append, on_failed=failed.append)
    runner.change_user(FINANCE, FINANCES, lambda _store: runner.run(name, done.append))  # type: ignore[arg-type]
    runner.run(name, done.append, on_failed=failed.append)
    went_on.set()
    settle()
    assert done == [REVIEWER, FINANCE]
    assert [type(one) for one in failed] == [CancelledError]
