"""Frågor: asked from a case, answered, moved, closed and taken back by keyboard; what was disclosed is logged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.provider_question import QuestionStatus
from kvalitetsapp.domain.words import LinkStatus
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.ask_provider import AskProviderDialog, ask
from kvalitetsapp.gui.dialogs.log_disclosure import LogDisclosureDialog
from kvalitetsapp.gui.dialogs.new_deadline import NewDeadlineDialog
from kvalitetsapp.gui.dialogs.record_answer import RecordAnswerDialog
from kvalitetsapp.gui.widgets.questions_view import QuestionsView
from kvalitetsapp.services import provider_questions
from support import pages, queues
from support.county_store import opened
from support.keys import focused, press, press_mnemonic, type_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TypeVar

    from PySide6.QtWidgets import QDialog
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.domain.patient import Link
    from kvalitetsapp.domain.provider_question import ProviderQuestion
    from kvalitetsapp.services.workspace import Workspace

    DialogT = TypeVar("DialogT", bound=QDialog)

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
WORDING = "Vilka odlingar togs vid operationen?"


def purchased(workspace: Workspace) -> list[Link]:
    """Links to operations that a company did."""
    private = {name for name, kind in workspace.store.rows("SELECT name, kind FROM providers") if kind == "private"}
    links = queues.all_links(workspace)
    return [link for link in links if link.status == LinkStatus.PROPOSED and link.index_provider in private]


@pytest.fixture
def link(county: Path) -> Link:
    with opened(county, write=False) as workspace:
        return purchased(workspace)[0]


@pytest.fixture
def asked(county: Path) -> Path:
    """Return the county with three questions: one waits, one is late, one is answered."""
    with opened(county) as workspace:
        for link in purchased(workspace)[1:4]:
            deadline = workspace.today + timedelta(days=30)
            told = {"wording": WORDING, "channel": "Säker e-post", "ground": "consent"}
            provider_questions.ask(workspace, link.key, deadline=deadline, **told)
        provider_questions.record_answer(workspace, 3, workspace.today, "Fem odlingar, växt i fyra.")
        with workspace.store.transaction():
            workspace.store.write(
                "UPDATE provider_questions SET asked_on = '2024-01-01', deadline = '2024-02-01' WHERE question = 2"
            )
    return county


@pytest.fixture
def view(qtbot: QtBot, asked: Path) -> Iterator[QuestionsView]:
    with pages.shown(qtbot, QuestionsView, asked) as each:
        yield each


def dialog(view: QuestionsView, kind: type[DialogT], qtbot: QtBot) -> DialogT:
    (found,) = [each for each in view.findChildren(kind) if each.isVisible()]
    pages.settle(qtbot, view)
    return found


def choose(view: QuestionsView, number: int) -> None:
    numbers = [row["question"] for row in view.table.model.table.records()]
    view.table.choose_row(numbers.index(number))


def stored(view: QuestionsView, county: Path) -> dict[int, ProviderQuestion]:
    view.runner.close()
    with opened(county) as workspace:
        return {one.question_id: one for one in provider_questions.questions(workspace)}


def test_late_questions_stand_first_and_say_so_in_words(view: QuestionsView) -> None:
    assert [row["question"] for row in view.table.model.table.records()] == [2, 1, 3]
    assert view.table.model.text(0, 1) == "Svarsdagen har varit"
    assert view.table.model.text(1, 1) == ""
    assert view.summary.text() == "2 frågor väntar på svar, svarsdagen har varit för 1."
    assert WORDING in view.facts.toPlainText()


def test_a_question_is_asked_from_a_case_with_the_keyboard_alone(
    view: QuestionsView, link: Link, qtbot: QtBot, asked: Path
) -> None:
    said: list[str] = []
    facts = [Fact("Händelse", (link.ref,)), Fact("Opererad hos", (link.index_provider,))]
    opened_ = ask(
        view,
        view.runner,
        link.key,
        facts,
        provider=link.index_provider,
        on_asked=lambda outcome: said.append(outcome.said),
    )
    pages.settle(qtbot, view)
    assert focused() is opened_.wording.edit
    type_text(opened_.wording.edit, WORDING)
    assert opened_.wording.left.text() == "964 tecken kvar"
    QTest.keyClick(opened_.wording.edit, Qt.Key.Key_Tab)
    assert focused() is opened_.channel.edit
    type_text(opened_.channel.edit, "Brev")
    press(opened_.ground.offered, Qt.Key.Key_Down)
    assert opened_.deadline.day() == date.today() + timedelta(days=30)  # noqa: DTZ011 - the day on the wall
    QTest.keyClick(opened_.channel.edit, Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, view)
    assert said == [f"Fråga nr 4 till {link.index_provider} är sparad och utlämnandet är antecknat."]
    assert len(view.table.model.table.rows) == 4
    assert view.disclosures.model.table.records()[0]["receiver"] == link.index_provider
    kept = stored(view, asked)[4]
    assert (kept.key, kept.question, kept.channel) == (link.key, WORDING, "Brev")


def test_what_is_wrong_stands_at_its_field_and_nothing_is_saved(
    view: QuestionsView, link: Link, qtbot: QtBot, asked: Path
) -> None:
    opened_ = ask(view, view.runner, link.key, ())
    pages.settle(qtbot, view)
    type_text(opened_.wording.edit, "Gäller 19681209-9874")
    assert opened_.wording.wrong.text() == "Frågan innehåller ett personnummer. Ta bort det."
    assert opened_.wording.edit.accessibleDescription() == opened_.wording.wrong.text()
    opened_.save.click()
    assert focused() is opened_.wording.edit
    assert opened_.channel.wrong.text() == "Hur frågan skickades saknas. Skriv något."
    assert opened_.ground.wrong.isVisible()
    opened_.ground.offered.setCurrentIndex(opened_.ground.offered.count() - 1)
    assert opened_.ground.own_words.isVisible()
    assert not opened_.ground.check()
    opened_.ground.own_words.set_text("Beslut av verksamhetschefen")
    assert opened_.ground.check()
    assert opened_.ground.ground() == "Beslut av verksamhetschefen"
    opened_.reject()
    assert len(stored(view, asked)) == 3


def test_what_the_store_refuses_is_said_in_the_dialog(view: QuestionsView, link: Link, qtbot: QtBot) -> None:
    gone = type(link.key)(link.key.episode, "shoulder", "left")
    opened_ = ask(view, view.runner, gone, ())
    pages.settle(qtbot, view)
    opened_.wording.set_text(WORDING)
    opened_.channel.set_text("Brev")
    opened_.ground.offered.setCurrentIndex(1)
    opened_.no_deadline.setChecked(True)
    assert not opened_.deadline.isEnabled()
    opened_.save.click()
    pages.settle(qtbot, view)
    assert opened_.wrong.text().startswith("Händelsen finns inte längre")
    assert opened_.save.isEnabled()
    opened_.reject()


def test_an_answer_is_kept_and_corrected_with_the_keyboard_alone(
    view: QuestionsView, qtbot: QtBot, asked: Path
) -> None:
    choose(view, 1)
    press_mnemonic(qtbot, view, Qt.Key.Key_S, view.answer)
    opened_ = dialog(view, RecordAnswerDialog, qtbot)
    assert focused() is opened_.answer.edit
    type_text(opened_.answer.edit, "Inga.")
    QTest.keyClick(opened_.answer.edit, Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, view)
    choose(view, 1)
    assert view.answer.text() == "Rätta &svaret …"
    press_mnemonic(qtbot, view, Qt.Key.Key_S, view.answer)
    opened_ = dialog(view, RecordAnswerDialog, qtbot)
    assert opened_.answer.text() == "Inga."
    type_text(opened_.comment.edit, "Rutinen är ändrad.")
    QTest.keyClick(opened_.comment.edit, Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, view)
    assert "Rutinen är ändrad." in view.facts.toPlainText()
    kept = stored(view, asked)[1]
    assert (kept.answer, kept.comment, kept.status) == ("Inga.", "Rutinen är ändrad.", QuestionStatus.ANSWERED)


def test_a_late_question_gets_another_day_and_is_late_no_more(view: QuestionsView, qtbot: QtBot, asked: Path) -> None:
    choose(view, 2)
    press_mnemonic(qtbot, view, Qt.Key.Key_D, view.deadline)
    opened_ = dialog(view, NewDeadlineDialog, qtbot)
    day = opened_.deadline.day() + timedelta(days=7)
    opened_.deadline.set_day(day)
    QTest.keyClick(opened_, Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, view)
    assert view.summary.text() == "2 frågor väntar på svar."
    assert stored(view, asked)[2].deadline == day


def test_questions_are_closed_and_taken_back_only_when_that_is_confirmed(
    view: QuestionsView, qtbot: QtBot, asked: Path
) -> None:
    choose(view, 3)
    with messages.answering(False):  # noqa: FBT003 - no
        view.close_it.click()
    with messages.answering(True):  # noqa: FBT003 - yes
        press_mnemonic(qtbot, view, Qt.Key.Key_V, view.close_it)
    pages.settle(qtbot, view)
    choose(view, 2)
    with messages.answering(True):  # noqa: FBT003 - yes
        press_mnemonic(qtbot, view, Qt.Key.Key_T, view.withdraw)
    pages.settle(qtbot, view)
    choose(view, 2)
    assert not any(button.isEnabled() for button in (view.answer, view.deadline, view.close_it, view.withdraw))
    kept = stored(view, asked)
    assert [kept[number].status.value for number in (1, 2, 3)] == ["sent", "withdrawn", "closed"]


def test_a_disclosure_that_was_no_question_is_logged(view: QuestionsView, qtbot: QtBot) -> None:
    press_mnemonic(qtbot, view, Qt.Key.Key_A, view.log)
    opened_ = dialog(view, LogDisclosureDialog, qtbot)
    type_text(opened_.what.edit, "Sammanställning av infektioner 2023, utan personuppgifter")
    opened_.save.click()
    assert focused() is opened_.receiver.edit
    type_text(opened_.receiver.edit, "Fjällkliniken")
    press(opened_.ground.offered, Qt.Key.Key_Down)
    QTest.keyClick(opened_.receiver.edit, Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, view)
    row = view.disclosures.model.table.records()[0]
    assert (row["receiver"], row["event_ref"], row["ground"]) == ("Fjällkliniken", "", "Patientens samtycke")
    assert "T" not in view.disclosures.model.text(0, 7)


def test_the_event_of_a_question_is_opened_in_the_queue(view: QuestionsView, qtbot: QtBot) -> None:
    question = view.current()
    assert question is not None
    with qtbot.waitSignal(view.event_wanted) as wanted:
        press_mnemonic(qtbot, view, Qt.Key.Key_H, view.open_case)
    assert wanted.args == [question.key]


def test_without_questions_the_view_says_where_they_are_asked(qtbot: QtBot, county: Path) -> None:
    with pages.shown(qtbot, QuestionsView, county) as view:
        assert view._stack.is_empty
        assert view.log.isEnabled()


def test_a_store_opened_to_be_read_shows_questions_and_changes_none(qtbot: QtBot, asked: Path) -> None:
    with pages.shown(qtbot, QuestionsView, asked, write=False) as view:
        buttons = (view.answer, view.deadline, view.close_it, view.withdraw, view.log)
        assert not any(button.isEnabled() for button in buttons)
        assert view.open_case.isEnabled()


def test_everything_that_is_filled_in_has_a_name(view: QuestionsView, link: Link, qtbot: QtBot) -> None:
    opened_ = ask(view, view.runner, link.key, ())
    pages.settle(qtbot, view)
    assert isinstance(opened_, AskProviderDialog)
    for widget in (
        *(opened_.wording.edit, opened_.channel.edit, opened_.deadline, opened_.ground.offered),
        *(opened_.ground.own_words.edit, opened_.disclosed.edit, opened_.receiver.edit),
        *(view.table.view, view.disclosures.view),
    ):
        assert widget.accessibleName()
    opened_.reject()
