"""The follow-up rule and the history: opened over the window, worked by keyboard, kept in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.follow_up import FollowUpRule
from kvalitetsapp.domain.words import LinkStatus, Verdict
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.follow_up_rule import ask_rule
from kvalitetsapp.gui.dialogs.history import show_history
from kvalitetsapp.services import follow_ups, reviews
from support import queues
from support.keys import type_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

    Settle = Callable[[], None]

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def reject_two(workspace: Workspace, _progress: Progress) -> list[str]:
    links = [link for link in queues.all_links(workspace) if link.status == LinkStatus.PROPOSED][:2]
    for link in links:
        reviews.decide(workspace, link, Answer(Verdict.REJECTED, comment="ny skada"))
    return [link.event_ref for link in links]


def kept_rule(opened: StoreRunner, settle: Settle) -> FollowUpRule:
    found: list[FollowUpRule] = []
    opened.run(lambda workspace, _progress: follow_ups.rule(workspace), found.append)
    settle()
    return found[0]


# the follow-up rule


def test_the_rule_is_changed_by_keyboard_and_says_what_it_offers(
    parent: QWidget, opened: StoreRunner, settle: Settle, qtbot: QtBot
) -> None:
    said: list[str] = []
    dialog = ask_rule(parent, opened, lambda outcome: said.append(outcome.said))
    settle()
    assert "till och med 90 dagar efter" in dialog.offered.text()
    type_text(dialog.days, "30")
    with qtbot.waitSignal(dialog.same_chapter.toggled):
        QTest.keyClick(dialog, Qt.Key.Key_K, ALT)
    assert "30 dagar" in dialog.offered.text()
    assert "delar led med händelsen" in dialog.offered.text()
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    settle()
    assert said == ["Regeln för uppföljande kontakter är ändrad"]
    assert kept_rule(opened, settle) == FollowUpRule(30, same_joint=True, same_chapter=False)


def test_a_rule_that_offers_nothing_cannot_be_saved(parent: QWidget, opened: StoreRunner, settle: Settle) -> None:
    dialog = ask_rule(parent, opened)
    settle()
    dialog.same_joint.setChecked(False)
    dialog.same_chapter.setChecked(False)
    assert dialog.wrong.text().startswith("Välj minst ett skäl")
    assert not dialog.save.isEnabled()
    dialog.same_joint.setChecked(True)
    dialog.days.set_days(731)
    assert dialog.wrong.text() == "Antalet dagar ska vara mellan 0 och 730."
    assert dialog.days.accessibleName()
    dialog.reject()
    assert kept_rule(opened, settle) == FollowUpRule()


# the history


def test_steps_are_undone_and_done_again_one_at_a_time(parent: QWidget, opened: StoreRunner, settle: Settle) -> None:
    refs: list[str] = []
    opened.run(reject_two, refs.extend)
    settle()
    said: list[str] = []
    dialog = show_history(parent, opened, lambda outcome: said.append(outcome.said))
    settle()
    first, second = refs
    assert [row["name"] for row in dialog.table.model.table.records()] == [
        f"Avvisad koppling av {second}",
        f"Avvisad koppling av {first}",
    ]
    assert dialog.undo.text() == f"Å&ngra: avvisad koppling av {second}"
    assert not dialog.redo.isEnabled()
    dialog.undo.click()
    settle()
    assert dialog.table.model.text(0, 2) == "Ångrad"
    assert dialog.undo.text() == f"Å&ngra: avvisad koppling av {first}"
    assert dialog.redo.text() == f"&Gör om: avvisad koppling av {second}"
    dialog.redo.click()
    settle()
    assert dialog.table.model.text(0, 2) == "Gjord"
    assert said == [f"Ångrat: avvisad koppling av {second}", f"Gjort om: avvisad koppling av {second}"]
    assert dialog.table.view.accessibleName()
    dialog.reject()


def test_what_cannot_be_undone_is_said_in_the_dialog(parent: QWidget, opened: StoreRunner, settle: Settle) -> None:
    opened.run(reject_two, lambda _refs: None)
    settle()
    dialog = show_history(parent, opened)
    settle()

    def undo_elsewhere(workspace: Workspace, _progress: Progress) -> None:
        reviews.undo_last(workspace)
        reviews.undo_last(workspace)

    opened.run(undo_elsewhere, lambda _done: None)
    dialog.undo.click()
    settle()
    assert dialog.wrong.text() == "Du har inget att ångra."
    assert not dialog.undo.isEnabled()
    dialog.reject()


def test_without_steps_the_history_says_what_will_stand_there(
    parent: QWidget, opened: StoreRunner, settle: Settle
) -> None:
    dialog = show_history(parent, opened)
    settle()
    assert dialog.explained.text().startswith("Du har inget att ångra än.")
    assert not dialog.undo.isEnabled()
    assert not dialog.redo.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_a_question_shows_what_people_have_written_as_it_stands(parent: QWidget) -> None:
    shown = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        shown.append((box.text(), box.textFormat()))
        box.reject()

    QTimer.singleShot(0, look)
    assert not messages.ask(parent, "Stänga ”<b>Våren</b>”?", yes="Stäng")
    assert shown == [("Stänga ”<b>Våren</b>”?", Qt.TextFormat.PlainText)]
