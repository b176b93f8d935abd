"""Omgångar: rounds made by keyboard alone, followed as each user may see them, closed, repeated and compared."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from kvalitetsapp.domain.review_round import OPERATED, Part, RoundDefinition
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.compare_rounds import CompareRoundsDialog
from kvalitetsapp.gui.dialogs.new_round import NewRoundDialog
from kvalitetsapp.gui.widgets.protocol_bar import Form
from kvalitetsapp.gui.widgets.rounds_view import RoundsView
from kvalitetsapp.services import review_rounds
from kvalitetsapp.services.workspace import open_workspace
from support import made_rounds, pages, reviewing
from support.counties import PASSPHRASE
from support.keys import focused, press, press_mnemonic, type_text
from support.undo_stores import episodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QAbstractItemModel
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.domain.review_round import Round
    from kvalitetsapp.services.workspace import Workspace

SPRING = RoundDefinition(date(2020, 1, 1), date(2020, 6, 30))
LATE_VISIT = reviewing.PERSON.format(8) + "OWN;own;outpatient;2020-08-01;2020-08-01;Z09.0;;900"
YES, NO = True, False
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(autouse=True)
def _anna_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    sits(monkeypatch, reviewing.ANNA)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return a store with two operated events in the spring of 2020 and data into the autumn."""
    with reviewing.make(tmp_path) as workspace:
        reviewing.take(workspace, tmp_path, "episodes", episodes(LATE_VISIT))
        return workspace.path


@pytest.fixture
def blinded(store: Path) -> Path:
    """Return the store with a round that two review: both differ on one case, Bo alone has answered the other."""
    with opened(store) as workspace:
        round_id = made_rounds.new_round(workspace, "Våren", made_rounds.blinded(SPRING))
        first, second = made_rounds.keys(workspace, round_id)
        for who, given in ((reviewing.ANNA, made_rounds.CONFIRMED), (reviewing.BO, made_rounds.REJECTED)):
            made_rounds.answer(workspace, round_id, first, given, part=Part.FIRST, who=who, seconds=75)
        made_rounds.answer(workspace, round_id, second, part=Part.FIRST, who=reviewing.BO, seconds=25)
    return store


@pytest.fixture
def closed(store: Path) -> Path:
    """Return the store with a round that is answered and closed."""
    with opened(store) as workspace:
        round_id = made_rounds.new_round(workspace, "Våren", SPRING)
        made_rounds.answer_all(workspace, round_id, made_rounds.keys(workspace, round_id))
        review_rounds.close(workspace, round_id)
    return store


@pytest.fixture
def view(qtbot: QtBot, store: Path) -> Iterator[RoundsView]:
    with pages.shown(qtbot, RoundsView, store) as each:
        yield each


def sits(monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    """Let someone be logged in at the workstation."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, who)


def opened(path: Path) -> Workspace:
    return open_workspace(path, PASSPHRASE, write=True)


def stored(path: Path, name: str) -> Round:
    with open_workspace(path, PASSPHRASE, write=False) as workspace:
        return review_rounds.named(workspace, name)


def names(view: RoundsView) -> list[str]:
    return [str(row["name"]) for row in view.table.model.table.records()]


def states(view: RoundsView) -> list[str]:
    return [str(row["state"]) for row in view.detail.cases.model.table.records()]


def dialog(view: RoundsView, qtbot: QtBot) -> NewRoundDialog:
    pages.settle(qtbot, view)
    (found,) = view.findChildren(NewRoundDialog)
    return found


def test_without_rounds_it_says_what_a_round_is_and_offers_one(view: RoundsView, qtbot: QtBot) -> None:
    assert view.empty.isVisible()
    (button,) = view.empty.findChildren(QPushButton)
    button.click()
    made = dialog(view, qtbot)
    assert made.reason.text() == "Ge omgången ett namn."
    QTest.keyClick(made, Qt.Key.Key_Escape)
    pages.settle(qtbot, view)
    assert view.empty.isVisible()


def test_return_after_a_name_makes_the_round_of_everyone_operated_in_the_latest_half_year(
    view: RoundsView, qtbot: QtBot, store: Path
) -> None:
    view.empty.asked.emit()
    made = dialog(view, qtbot)
    assert focused() is made.name
    assert made.total.text() == "2 händelser"
    assert "vid egna kliniken 2020-01-01–2020-06-30" in made.sentence.text()
    assert not made.make.isEnabled()
    type_text(made.name, "Våren 2020")
    press(made.name, Qt.Key.Key_Return, text="\r")
    pages.settle(qtbot, view)
    assert names(view) == ["Våren 2020"]
    assert states(view) == ["open", "open"]
    assert view.detail.progress.text() == "0 av 2 klara · 2 kvar"
    view.runner.close()
    assert stored(store, "Våren 2020").definition == SPRING


def test_a_definition_is_filled_in_and_counted_by_keyboard_alone(view: RoundsView, qtbot: QtBot, store: Path) -> None:
    view.empty.asked.emit()
    made = dialog(view, qtbot)
    type_text(made.name, "Bara knä")
    QTest.keyClick(made, Qt.Key.Key_L, ALT)
    assert focused() is made.form.joints
    press(made.form.joints, Qt.Key.Key_Down)
    press(made.form.joints, Qt.Key.Key_Space, text=" ")
    assert made.form.definition().joints == ("knee",)
    assert made.reason.text() == "Räknar händelser …"
    qtbot.waitUntil(lambda: made.reason.text() == "Inga händelser stämmer med definitionen.")
    assert not made.make.isEnabled()
    press(made.form.joints, Qt.Key.Key_Space, text=" ")
    QTest.keyClick(made, Qt.Key.Key_G, ALT)
    qtbot.waitUntil(made.form.two.isChecked)
    qtbot.waitUntil(made.make.isEnabled)
    assert "Två granskare svarar var för sig" in made.sentence.text()
    QTest.keyClick(made, Qt.Key.Key_S, ALT)
    qtbot.waitUntil(lambda: names(view) == ["Bara knä"])
    pages.settle(qtbot, view)
    view.runner.close()
    assert stored(store, "Bara knä").definition == made_rounds.blinded(SPRING)


@pytest.mark.parametrize("typed", ["2020-02-01", "20200201"])
def test_a_day_is_typed_as_it_is_written_and_return_in_it_makes_the_round(
    view: RoundsView, qtbot: QtBot, store: Path, typed: str
) -> None:
    (button,) = view.empty.findChildren(QPushButton)
    press_mnemonic(qtbot, view, Qt.Key.Key_N, button)
    made = dialog(view, qtbot)
    type_text(made.name, "Från februari")
    QTest.keyClick(made, Qt.Key.Key_F, ALT)
    type_text(made.form.event_from, typed)
    qtbot.waitUntil(made.make.isEnabled)
    QTest.keyClick(made.form.event_from, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(view) == ["Från februari"])
    view.runner.close()
    assert stored(store, "Från februari").definition.event_from == date(2020, 2, 1)


def test_a_new_round_is_named_proposed_and_says_what_cannot_be_made(view: RoundsView, qtbot: QtBot) -> None:
    everything_that_is_filled_in_has_a_name(view, qtbot)
    a_proposal_reads_as_everyone_operated(view, qtbot)
    what_cannot_be_made_says_why(view, qtbot)


def what_cannot_be_made_says_why(view: RoundsView, qtbot: QtBot) -> None:
    view.empty.asked.emit()
    made = dialog(view, qtbot)
    made.form.event_from.setDate(QDate(2021, 1, 1))
    qtbot.waitUntil(lambda: made.reason.text() == "Omgångens första dag är efter den sista.")
    assert not made.make.isEnabled()
    made.form.event_from.setDate(QDate(2020, 1, 1))
    type_text(made.name, "Om 196812099874")
    qtbot.waitUntil(made.make.isEnabled)
    made.make.click()
    pages.settle(qtbot, view)
    assert "personnummer" in made.reason.text()
    assert not made.make.isEnabled()
    made.reject()


def everything_that_is_filled_in_has_a_name(view: RoundsView, qtbot: QtBot) -> None:
    view.empty.asked.emit()
    made = dialog(view, qtbot)
    form = made.form
    fields = (made.name, made.repeats, form.event_from, form.event_to, form.joints, form.levels, form.classes)
    for widget in (*fields, form.providers, form.required, made.preview.view):
        assert widget.accessibleName()
    detail = view.detail
    for table in (view.table, detail.cases, detail.work, detail.agreement):
        assert table.view.accessibleName()
    made.reject()


@pytest.mark.parametrize(
    ("who", "expected", "told"),
    [
        (reviewing.ANNA, ["differs", "open"], "0 av 2 klara · 1 skiljer sig · 1 kvar"),
        (reviewing.BO, ["differs", "waiting"], "0 av 2 klara · 1 skiljer sig · 1 väntar på den andra granskaren"),
        (reviewing.CIA, ["differs", "open"], "0 av 2 klara · 1 skiljer sig · 1 kvar"),
    ],
)
def test_everyone_sees_the_states_that_are_his_to_see(
    qtbot: QtBot, blinded: Path, monkeypatch: pytest.MonkeyPatch, who: str, expected: list[str], told: str
) -> None:
    sits(monkeypatch, who)
    with pages.shown(qtbot, RoundsView, blinded) as view:
        assert states(view) == expected
        assert view.detail.progress.text() == told
        work = [(row["reviewer"], row["answers"]) for row in view.detail.work.model.table.records()]
        column = view.detail.work.model.table.names().index("seconds")
        time_of_bo = view.detail.work.model.text(1, column)
        if who == reviewing.BO:
            assert (work, time_of_bo) == ([(reviewing.ANNA, 1), (reviewing.BO, 2)], "1 min 40 s")
        else:  # Bo's answer on the case that Anna has not answered is nobody else's to know
            assert (work, time_of_bo) == ([(reviewing.ANNA, 1), (reviewing.BO, 1)], "1 min 15 s")
        assert not view.detail.discard.isEnabled()


def test_the_agreement_of_two_reviewers_stands_with_why_there_is_no_number(qtbot: QtBot, blinded: Path) -> None:
    with pages.shown(qtbot, RoundsView, blinded) as view:
        view.detail.tabs.setCurrentIndex(1)
        assert view.detail.agreement.isVisible()
        rows = {str(row["question"]): row for row in view.detail.agreement.model.table.records()}
        assert (rows["Beslut"]["pairs"], rows["Beslut"]["agreed"]) == (1, 0.0)
        assert rows["Behandling"]["kappa"] == "–"
        assert rows["Behandling"]["remark"] == "Inget ärende har svar av båda."


def test_a_round_is_closed_with_what_is_left_said_first(qtbot: QtBot, blinded: Path) -> None:
    with pages.shown(qtbot, RoundsView, blinded) as view:
        with messages.answering(NO):
            press_mnemonic(qtbot, view, Qt.Key.Key_S, view.detail.close_round)
        said: list[str] = []
        view.told.connect(said.append)
        with messages.answering(YES):
            view.detail.close_round.click()
        pages.settle(qtbot, view)
        assert said == ["Omgången ”Våren” är stängd, 2 händelser utan beslut"]
        assert not view.detail.close_round.isEnabled()
        assert view.detail.review.text() == "&Visa i kön"
        view.runner.close()
        assert not stored(blinded, "Våren").is_open


def test_a_round_is_repeated_with_its_definition_and_only_what_is_new_open(qtbot: QtBot, closed: Path) -> None:
    with pages.shown(qtbot, RoundsView, closed) as view:
        assert not view.detail.compare.isEnabled()
        press_mnemonic(qtbot, view, Qt.Key.Key_U, view.detail.repeat)
        made = dialog(view, qtbot)
        assert made.repeats.currentText() == "Våren"
        type_text(made.name, "Våren")
        assert made.reason.text() == "Det finns redan en omgång med det namnet."
        type_text(made.name, " igen")
        press(made.name, Qt.Key.Key_Return, text="\r")
        pages.settle(qtbot, view)
        assert names(view) == ["Våren igen", "Våren"]
        assert view.table.current_row() == 0
        assert states(view) == ["done", "done"]
        view.runner.close()
        again = stored(closed, "Våren igen")
        assert (again.previous, again.definition) == (stored(closed, "Våren").round_id, SPRING)


def test_a_round_without_answers_is_taken_away(qtbot: QtBot, closed: Path) -> None:
    with opened(closed) as workspace:
        made_rounds.new_round(workspace, "Hösten", SPRING)
    with pages.shown(qtbot, RoundsView, closed) as view:
        assert view.detail.heading.text() == "Hösten"
        with messages.answering(YES):
            press_mnemonic(qtbot, view, Qt.Key.Key_T, view.detail.discard)
        pages.settle(qtbot, view)
        assert names(view) == ["Våren"]
        assert not view.detail.discard.isEnabled()


def test_two_rounds_are_compared_with_the_cases_that_changed(qtbot: QtBot, closed: Path) -> None:
    with opened(closed) as workspace:
        round_id = made_rounds.new_round(workspace, "Igen", SPRING, review_rounds.named(workspace, "Våren").round_id)
        first = made_rounds.keys(workspace, round_id)[0]
        made_rounds.answer(workspace, round_id, first, made_rounds.REJECTED, who=reviewing.BO)
    with pages.shown(qtbot, RoundsView, closed) as view:
        press_mnemonic(qtbot, view, Qt.Key.Key_J, view.detail.compare)
        pages.settle(qtbot, view)
        (shown,) = view.findChildren(CompareRoundsDialog)
        assert shown.earlier.currentText() == "Våren"
        assert shown.told.text().startswith("2 händelser i någon av omgångarna, 2 i båda. 1 har")
        (changed,) = shown.cases.model.table.records()
        assert (changed["earlier_decision"], changed["later_decision"]) == ("confirmed", "rejected")
        shown.all_cases.setChecked(True)
        assert len(shown.cases.model.table.rows) == 2
        assert ("Beslut", "Bekräftad", 2, 1) in shown.counts.model.table.rows
        shown.reject()


def test_a_round_or_one_of_its_cases_is_asked_for_in_the_queue(qtbot: QtBot, closed: Path) -> None:
    with pages.shown(qtbot, RoundsView, closed) as view:
        number = view.current()
        assert number is not None
        with qtbot.waitSignal(view.review_asked) as asked:
            view.detail.review.click()
        assert asked.args == [number.round.round_id]
        view.detail.cases.choose_row(1)
        with qtbot.waitSignal(view.case_asked) as case:
            press(view.detail.cases.view, Qt.Key.Key_Return, text="\r")
        assert case.args is not None
        with opened_to_read(closed) as workspace:
            assert case.args == [number.round.round_id, made_rounds.keys(workspace, number.round.round_id)[1]]


def opened_to_read(path: Path) -> Workspace:
    return open_workspace(path, PASSPHRASE, write=False)


def test_the_protocol_is_kept_under_the_name_that_was_chosen(qtbot: QtBot, blinded: Path, tmp_path: Path) -> None:
    with pages.shown(qtbot, RoundsView, blinded) as view:
        bar = view.detail.protocol
        for form, begins in ((Form.PDF, b"%PDF"), (Form.WORKBOOK, b"PK")):
            with messages.answering(""):
                bar.make[form].click()
            assert bar.make[form].isEnabled()
            with messages.answering(str(tmp_path / "protokoll")):
                bar.make[form].click()
            assert not bar.make[form].isEnabled()
            pages.settle(qtbot, view)
            assert (tmp_path / f"protokoll{form}").read_bytes().startswith(begins)
            assert bar.open.isVisible()


def test_the_tables_are_sound(qtbot: QtBot, blinded: Path, model_tester: Callable[[QAbstractItemModel], None]) -> None:
    with opened(blinded) as workspace:
        made_rounds.new_round(workspace, "Hösten", SPRING)
    with pages.shown(qtbot, RoundsView, blinded) as view:
        for table in (view.table, view.detail.cases, view.detail.work, view.detail.agreement):
            model_tester(table.model)
        for row in (1, 0, 1):
            view.table.choose_row(row)
            pages.settle(qtbot, view)
        view.focus_find()
        assert focused() is view.detail.cases.search
        view.detail.cases.set_find("2020-06-01")
        assert len(view.detail.cases.shown_rows()) == 1


def test_a_store_opened_to_be_read_shows_rounds_and_changes_none(qtbot: QtBot, blinded: Path) -> None:
    with pages.shown(qtbot, RoundsView, blinded, write=False) as view:
        detail = view.detail
        buttons = (view.new, detail.close_round, detail.repeat, detail.discard, *detail.protocol.make.values())
        assert not any(button.isEnabled() for button in buttons)
        assert detail.review.isEnabled()


def a_proposal_reads_as_everyone_operated(view: RoundsView, qtbot: QtBot) -> None:
    view.empty.asked.emit()
    made = dialog(view, qtbot)
    assert made.form.levels.ticked() == OPERATED
    assert made.form.own_care.isChecked()
    made.reject()
