"""Möjliga missade: read, decided one after the other by keyboard alone, taken back, or opened in the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.review_words import MissedDecision
from kvalitetsapp.gui.widgets.missed_events_view import MissedEventsView
from kvalitetsapp.services import missed_events, reviews
from kvalitetsapp.services.workspace import create_workspace
from support import pages
from support.counties import PASSPHRASE
from support.county_store import opened
from support.keys import press, type_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QAbstractItemModel
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.domain.missed_event import MissedJudgement, MissedKey

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def view(qtbot: QtBot, county: Path) -> Iterator[MissedEventsView]:
    with pages.shown(qtbot, MissedEventsView, county) as each:
        pages.settle(qtbot, each)
        yield each


def only_here(view: MissedEventsView, qtbot: QtBot) -> None:
    """Show only what is decided in this view, and go to the first of it."""
    view.settings.only_here.setChecked(True)
    pages.settle(qtbot, view)
    view.table.choose_row(0)
    pages.settle(qtbot, view)
    view.table.view.setFocus()


def key(view: MissedEventsView) -> MissedKey:
    assert view._case is not None
    return view._case.key


def decide(view: MissedEventsView, qtbot: QtBot, digit: Qt.Key, reason: str, steps: int = 0) -> MissedKey:
    """Decide on the chosen row as a person does: a digit, a class by the arrows, a reason, Ctrl+Return."""
    chosen = key(view)
    press(view.table.view, digit, text=chr(digit.value))
    for _step in range(steps):
        press(view.form.complication, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_F2)
    assert QApplication.focusWidget() is view.form.reason
    type_text(view.form.reason, reason)
    QTest.keyClick(view.form.reason, Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, view)
    return chosen


def judged(view: MissedEventsView, county: Path) -> tuple[MissedJudgement, ...]:
    view.runner.close()
    with opened(county) as workspace:
        return missed_events.judged(workspace)


def test_the_list_tells_what_was_found_and_the_chosen_row_why(
    view: MissedEventsView, model_tester: Callable[[QAbstractItemModel], None], qtbot: QtBot
) -> None:
    what_the_search_found_is_told_with_counts_codes_and_a_masked_patient(view)
    the_chosen_row_is_told_with_why_facts_and_timeline(view)
    what_is_decided_here_comes_before_what_waits_in_the_queue(view)
    the_model_of_the_list_is_sound_and_everything_that_is_filled_in_has_a_name(view, model_tester, qtbot)
    a_digit_typed_in_the_reason_chooses_nothing(view, qtbot)


def what_the_search_found_is_told_with_counts_codes_and_a_masked_patient(view: MissedEventsView) -> None:
    rows = view.table.model.table.records()
    assert len(rows) == 177
    assert "64 att avgöra, 113 väntar i kön" in view.settings.summary.text()
    assert view.table.count.text() == "177 rader"
    assert all(view.table.model.text(row, 0).endswith("••••") for row in range(len(rows)))
    assert any("Infektion" in str(row["codes"]) for row in rows)


def the_chosen_row_is_told_with_why_facts_and_timeline(view: MissedEventsView) -> None:
    row = view.table.model.table.records()[view.table.current_row()]
    assert str(row["codes"]) in view.case.why.text()
    assert str(row["event_ref"]) in view.case.heading.text()
    assert str(row["event_ref"]) in view.case.episode_facts.toPlainText()
    assert view.case.plot.accessibleDescription()


def test_harm_and_no_harm_are_decided_with_the_keyboard_alone(
    view: MissedEventsView, qtbot: QtBot, county: Path
) -> None:
    only_here(view, qtbot)
    first = decide(view, qtbot, Qt.Key.Key_1, "Sårruptur enligt journalen", steps=6)
    assert key(view) != first, "the next one is shown"
    assert view.table.view.hasFocus()
    second = decide(view, qtbot, Qt.Key.Key_2, "Känd före operationen")
    assert "62 att avgöra" in view.settings.summary.text()
    assert len(view.judged.model.table.rows) == 2
    found = judged(view, county)
    assert [(one.key, str(one.decision), one.complication_class) for one in found] == [
        (second, "no_harm", ""),
        (first, "harm", "wound"),
    ]


def test_nothing_is_saved_before_class_and_reason_are_given(
    view: MissedEventsView, qtbot: QtBot, county: Path
) -> None:
    only_here(view, qtbot)
    said: list[str] = []
    view.told.connect(said.append)
    QTest.keyClick(view.table.view, Qt.Key.Key_Return, CTRL)
    press(view.table.view, Qt.Key.Key_1, text="1")
    assert QApplication.focusWidget() is view.form.complication
    assert view.form.missing.text() == "Välj vilket slags komplikation det är."
    press(view.form.complication, Qt.Key.Key_Down)
    assert view.form.missing.text().startswith("Skriv kort varför")
    type_text(view.form.reason, "Gäller 19681209-9874")
    assert "inga personnummer" in view.form.missing.text()
    assert not view.form.save.isEnabled()
    QTest.keyClick(view.form.reason, Qt.Key.Key_Return, CTRL)
    assert said == ["Välj om det är en skada eller inte.", view.form.missing.text()]
    assert judged(view, county) == ()


def test_what_is_begun_is_there_when_one_comes_back(view: MissedEventsView, qtbot: QtBot) -> None:
    only_here(view, qtbot)
    press(view.table.view, Qt.Key.Key_2, text="2")
    type_text(view.form.reason, "Känd")
    for step in (Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(view, step, ALT)
        pages.settle(qtbot, view)
        assert view.form.reason.toPlainText() == ("" if step is Qt.Key.Key_Down else "Känd")
    view.refresh()
    pages.settle(qtbot, view)
    assert (view.form.decision.value(), view.form.reason.toPlainText()) == ("no_harm", "Känd")


def a_digit_typed_in_the_reason_chooses_nothing(view: MissedEventsView, qtbot: QtBot) -> None:
    only_here(view, qtbot)
    type_text(view.form.reason, "2 veckor")
    assert view.form.reason.toPlainText() == "2 veckor"
    assert view.form.decision.value() == ""


def test_a_decision_is_taken_back_and_the_row_offered_again(
    view: MissedEventsView, qtbot: QtBot, county: Path
) -> None:
    only_here(view, qtbot)
    decided = decide(view, qtbot, Qt.Key.Key_2, "Känd före operationen")
    view.judged.choose_row(0)
    with qtbot.waitSignal(view.take_back.clicked):
        QTest.keyClick(view, Qt.Key.Key_T, ALT)
    pages.settle(qtbot, view)
    assert view._found is not None
    assert decided in view._found.keys
    assert judged(view, county) == ()


def what_is_decided_here_comes_before_what_waits_in_the_queue(view: MissedEventsView) -> None:
    assert view._found is not None
    waits = [view._found.waits[place] for place in view._rows]
    assert waits == sorted(waits)
    assert view.form.can_decide()


def test_what_waits_in_the_queue_is_opened_there(view: MissedEventsView, qtbot: QtBot, county: Path) -> None:
    assert view._found is not None
    view.table.choose_row(view._rows.index(view._found.waits.index(True)))
    pages.settle(qtbot, view)
    assert not view.form.can_decide()
    assert "granskas i kön" in view.form.missing.text()
    with qtbot.waitSignal(view.event_wanted) as wanted:
        QTest.keyClick(view, Qt.Key.Key_K, ALT)
    (event,) = wanted.args or []
    assert isinstance(event, EventKey)
    chosen = view._found.keys[view._found.waits.index(True)]
    view.runner.close()
    with opened(county) as workspace:
        case = reviews.case(workspace, event)
        assert case is not None
        assert case.link.key.episode == chosen.episode


def test_the_days_are_changed_and_searched_by_and_days_that_are_too_many_are_refused(
    view: MissedEventsView, qtbot: QtBot
) -> None:
    refused: list[str] = []
    view.runner.failed.connect(lambda error: refused.append(error.message))
    press(view.settings.code_days, Qt.Key.Key_Up)
    view.settings.surgery_days.selectAll()
    type_text(view.settings.surgery_days, "0\n")
    pages.settle(qtbot, view)
    fewer = len(view.table.model.table.rows)
    assert 0 < fewer < 177
    view.settings.surgery_days.selectAll()
    type_text(view.settings.surgery_days, "900\n")
    pages.settle(qtbot, view)
    assert refused == ["Sökningen går mellan 0 och 730 dagar."]
    assert len(view.table.model.table.rows) == fewer


def test_what_somebody_else_has_decided_meanwhile_is_refused_and_stays_in_the_form(
    view: MissedEventsView, qtbot: QtBot, county: Path
) -> None:
    refused: list[str] = []
    view.runner.failed.connect(lambda error: refused.append(error.message))
    only_here(view, qtbot)
    chosen = key(view)
    view.runner.run(
        lambda workspace, _progress: missed_events.decide(workspace, chosen, MissedDecision.NO_HARM, comment="Känd"),
        lambda _done: None,
    )
    decide(view, qtbot, Qt.Key.Key_2, "Känd före operationen")
    assert len(refused) == 1
    assert "Ta först tillbaka det beslutet" in refused[0]
    assert view.form.reason.toPlainText() == "Känd före operationen"
    assert view.form.isEnabled()


def test_a_store_opened_to_be_read_shows_everything_and_decides_nothing(qtbot: QtBot, county: Path) -> None:
    with pages.shown(qtbot, MissedEventsView, county, write=False) as view:
        pages.settle(qtbot, view)
        only_here(view, qtbot)
        assert not view.form.can_decide()
        assert "enbart för läsning" in view.form.missing.text()


def test_without_purchased_operations_the_view_says_what_is_missing(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "tom.kvdb"
    create_workspace(path, PASSPHRASE).close()
    with pages.shown(qtbot, MissedEventsView, path) as view:
        pages.settle(qtbot, view)
        assert view._stack.is_empty


def the_model_of_the_list_is_sound_and_everything_that_is_filled_in_has_a_name(
    view: MissedEventsView, model_tester: Callable[[QAbstractItemModel], None], qtbot: QtBot
) -> None:
    model_tester(view.table.model)
    only_here(view, qtbot)
    for widget in (
        *(view.table.view, view.judged.view, view.settings.code_days, view.settings.surgery_days),
        *(view.form.complication, view.form.reason),
    ):
        assert widget.accessibleName()
