"""A whole review round with the keyboard alone: made, answered by one or by two who cannot see each other, closed."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kvalitetsapp.domain.review_round import CaseState, Part
from kvalitetsapp.domain.words import LinkStatus, Verdict
from kvalitetsapp.gui import theme
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.main_window import MainWindow
from kvalitetsapp.gui.operations import StoreRunner
from kvalitetsapp.gui.widgets.protocol_bar import Form
from kvalitetsapp.services import round_overview
from kvalitetsapp.store import review_answers
from support import county_store, queues
from support.counties import PASSPHRASE
from support.reviewer_at_keyboard import (
    ALT,
    NAME,
    WHY_BOTH,
    WHY_MOVED,
    WHY_NOT,
    ReviewerAtKeyboard,
    whole_round,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.domain.review_round import GivenAnswer
    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.services.workspace import Workspace

ANNA, BO = "anna.ek", "bo.lind"
PATIENCE_MS = 20_000
MOST_TABS = 30
FEWER, SINCE = 6, "2024-12-26"
DIFFERENT = frozenset({2, 5})
YES = True


@contextlib.contextmanager
def at_work(who: str, store: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReviewerAtKeyboard]:
    """Let someone open the store in a window of his own; what nobody takes care of fails the test."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, who)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    runner = StoreRunner()
    troubles: list[BaseException] = []
    runner.crashed.connect(troubles.append)
    runner.failed.connect(troubles.append)
    window = MainWindow(runner, theme.apply(application))
    window.show()
    window.activateWindow()
    window.setFocus()
    runner.open(store, PASSPHRASE, lambda _store: None)
    me = ReviewerAtKeyboard(window, lambda holds: qtbot.waitUntil(holds, timeout=PATIENCE_MS))
    me.until(lambda: not runner.is_busy)
    try:
        yield me
        me.until(lambda: not runner.is_busy)
    finally:
        window.close()
        window.deleteLater()
        runner.deleteLater()
    assert troubles == []


def given(workspace: Workspace, round_id: int) -> list[GivenAnswer]:
    """Return the answers of a round that stand."""
    return [one for one in review_answers.of_round(workspace.store, round_id) if not one.withdrawn]


def as_typed(answers: list[GivenAnswer]) -> dict[EventKey, object]:
    """Return the answers without what the program itself works out of them."""
    return {one.key: replace(one.answer, infection_level="") for one in answers}


def tab_to(me: ReviewerAtKeyboard, holds: Callable[[], bool]) -> None:
    for _tab in range(MOST_TABS):
        if holds():
            return
        me.press(Qt.Key.Key_Tab)
    pytest.fail("Tab never came there")


def close_with_protocol(me: ReviewerAtKeyboard, file: Path) -> None:
    """Close the round that is chosen, and make its protocol."""
    detail = me.page.rounds.detail
    with messages.answering(YES):
        me.press(Qt.Key.Key_S, ALT)
        me.until(lambda: not detail.close_round.isEnabled())
    tab_to(me, detail.protocol.make[Form.PDF].hasFocus)
    with messages.answering(str(file)):
        me.press(Qt.Key.Key_Space)
        me.until(detail.protocol.open.isVisible)


def agreement_on(question: str, me: ReviewerAtKeyboard) -> dict[str, Value]:
    """Return the row of the table of agreement on a question."""
    rows = me.page.rounds.detail.agreement.model.table.records()
    return next(row for row in rows if row["question"] == question)


@pytest.mark.parametrize(
    ("first_day", "cases"), [("2024-09-20", 12), pytest.param("2022-10-14", 60, marks=pytest.mark.long)]
)
def test_a_round_of_many_cases_is_reviewed_with_the_keyboard_alone(
    first_day: str, cases: int, county_copy: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_work(ANNA, county_copy, qtbot, monkeypatch) as me:
        whole_round(me, first_day, cases)
        me.go_to_rounds()
        rounds = me.page.rounds
        me.until(lambda: rounds.detail.progress.text().startswith(f"{cases} av {cases} klara"))
        close_with_protocol(me, tmp_path / "protokoll.pdf")
    assert (tmp_path / "protokoll.pdf").read_bytes().startswith(b"%PDF")
    with county_store.opened(county_copy, write=False) as workspace:
        (one,) = round_overview.rounds(workspace)
        assert (one.round.name, one.round.is_open, one.states[CaseState.DONE]) == (NAME, False, cases)
        answers = given(workspace, one.round.round_id)
        assert as_typed(answers) == me.meant
        assert len(answers) == cases
        assert {one.part for one in answers} == {Part.SOLE}
        assert {one.reviewer for one in answers} == {ANNA}
        assert all(one.seconds >= 0 for one in answers)
        comments = [one.answer.comment for one in answers]
        assert comments.count(WHY_MOVED) == 1
        assert comments.count(WHY_NOT) >= 1
        status = {link.key: link.status for link in queues.all_links(workspace)}
        for answer in answers:
            confirmed = answer.answer.decision is Verdict.CONFIRMED
            assert status[answer.key] == (LinkStatus.CONFIRMED if confirmed else LinkStatus.REJECTED)


def test_two_review_a_round_unseen_by_each_other_and_agree_with_the_keyboard_alone(
    county_copy: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_work(ANNA, county_copy, qtbot, monkeypatch) as anna:
        anna.go_to_review()
        anna.go_to_rounds()
        anna.make_round(SINCE, FEWER, two=True)
        anna.begin()
        anna.review({})
    with at_work(BO, county_copy, qtbot, monkeypatch) as bo:
        bo.go_to_review()
        bo.go_to_rounds()
        bo.until(lambda: bo.page.rounds.current() is not None)
        bo.begin()
        seen: list[object] = []

        def look_and_confirm(me: ReviewerAtKeyboard, *, harm: int = 2) -> None:
            place = me.shown().place
            assert place is not None
            seen.extend(one for one in place.visible if one.reviewer != BO)
            seen.extend(text for text in me.desk.form.place.beside.texts() if ANNA in text)
            me.confirm(harm=harm)

        def differ(me: ReviewerAtKeyboard) -> None:
            look_and_confirm(me, harm=4)

        bo.review(dict.fromkeys(range(1, FEWER + 1), look_and_confirm) | dict.fromkeys(DIFFERENT, differ))
        assert seen == []
        bo.go_to_rounds()
        detail = bo.page.rounds.detail
        bo.until(lambda: detail.progress.text().startswith(f"{FEWER} av {FEWER} klara"))
        tab_to(bo, detail.tabs.tabBar().hasFocus)
        bo.press(Qt.Key.Key_Right)
        assert detail.agreement.isVisible()
        bo.until(lambda: agreement_on("Skadans allvar", bo)["pairs"] == FEWER)
        assert agreement_on("Skadans allvar", bo)["kappa"] != "–"
    with county_store.opened(county_copy, write=False) as workspace:
        (one,) = round_overview.rounds(workspace)
        answers = given(workspace, one.round.round_id)
        parts = [one.part for one in answers]
        assert (parts.count(Part.FIRST), parts.count(Part.CONSENSUS)) == (2 * FEWER, len(DIFFERENT))
        assert as_typed([one for one in answers if one.part is Part.FIRST and one.reviewer == ANNA]) == anna.meant
        final = [one for one in answers if one.part in {Part.AGREED, Part.CONSENSUS}]
        assert as_typed(final) == bo.meant
        assert [one.answer.comment for one in answers].count(WHY_BOTH) == len(DIFFERENT)
