"""Granskning by keyboard: three cases decided, drafts, undo, refusals, and keys that keep out of text fields."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.review_queue import COLUMNS, Preset
from kvalitetsapp.domain.words import LinkStatus, Verdict
from kvalitetsapp.gui.pages.review_page import ReviewPage
from kvalitetsapp.services import reviews
from kvalitetsapp.services.workspace import create_workspace
from support import county_store as stores
from support import pages, queues, reviewing
from support.counties import PASSPHRASE
from support.keys import focused, type_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QAbstractItemModel
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.domain.patient import EventKey, Link
    from kvalitetsapp.errors import UserError
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.services.workspace import Workspace

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(qtbot: QtBot, county_copy: Path) -> Iterator[ReviewPage]:
    with pages.shown(qtbot, ReviewPage, county_copy) as each:
        yield each


def press(qtbot: QtBot, page: ReviewPage, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    """Press a key wherever the focus is, and let the page do what it does."""
    QTest.keyClick(QApplication.focusWidget() or page, key, modifier)
    pages.settle(qtbot, page)


def press_only(page: ReviewPage, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or page, key)


def current(page: ReviewPage) -> Link:
    assert page.desk._shown is not None
    return page.desk._shown.link


def count(page: ReviewPage, preset: Preset) -> int:
    return int(page.desk.queue.presets.text(preset).split("  ")[1].replace("\u00a0", ""))


def stored(path: Path, key: EventKey) -> Link:
    with stores.opened(path, write=False) as workspace:
        case = reviews.case(workspace, key)
    assert case is not None
    return case.link


def test_three_cases_are_reviewed_with_the_keyboard_alone(page: ReviewPage, county_copy: Path, qtbot: QtBot) -> None:
    before = count(page, Preset.TO_REVIEW), count(page, Preset.DECIDED)
    page.desk.form.take_field("relation")
    confirmed = current(page).key
    press(qtbot, page, Qt.Key.Key_1)
    press(qtbot, page, Qt.Key.Key_Return, CTRL)

    rejected = current(page).key
    assert rejected != confirmed
    press(qtbot, page, Qt.Key.Key_4)
    press(qtbot, page, Qt.Key.Key_F2)
    assert focused() is page.desk.form.comment
    type_text(page.desk.form.comment, "Ny skada, 12 år äldre – ej följd")
    press(qtbot, page, Qt.Key.Key_Return, CTRL)

    third = current(page).key
    press(qtbot, page, Qt.Key.Key_Down, ALT)
    assert current(page).key != third
    press(qtbot, page, Qt.Key.Key_Up, ALT)
    assert current(page).key == third
    press(qtbot, page, Qt.Key.Key_1)
    press(qtbot, page, Qt.Key.Key_Return, CTRL)

    assert (count(page, Preset.TO_REVIEW), count(page, Preset.DECIDED)) == (before[0] - 3, before[1] + 3)
    page.runner.close()
    statuses = [stored(county_copy, key).status for key in (confirmed, rejected, third)]
    assert statuses == [LinkStatus.CONFIRMED, LinkStatus.REJECTED, LinkStatus.CONFIRMED]


def test_digits_and_question_marks_in_the_comment_are_text(page: ReviewPage, qtbot: QtBot) -> None:
    page.desk.form.take_field("relation")
    press(qtbot, page, Qt.Key.Key_F2)
    type_text(page.desk.form.comment, "12?")
    assert page.desk.form.comment.toPlainText() == "12?"
    assert page.desk.form.answer().decision is None
    assert not page.desk.keys.isVisible()


def test_the_desk_shows_a_case_and_masks_who_it_is_about(page: ReviewPage, qtbot: QtBot) -> None:
    numbers_are_masked_in_the_queue_and_the_case(page)
    the_timeline_is_told_in_words(page)
    a_question_mark_shows_and_hides_the_keys(page, qtbot)
    counts_are_those_of_all_links_whatever_part_is_shown(page, qtbot)
    an_empty_part_of_the_queue_says_so_and_takes_no_answer(page, qtbot)


def a_question_mark_shows_and_hides_the_keys(page: ReviewPage, qtbot: QtBot) -> None:
    view = page.desk.queue.table.view
    view.setFocus()
    type_text(view, "?")
    assert page.desk.keys.isVisible()
    type_text(view, "?")
    assert not page.desk.keys.isVisible()


def test_digits_choose_among_operations_while_one_of_them_has_focus(
    page: ReviewPage, county_copy: Path, qtbot: QtBot
) -> None:
    with stores.opened(county_copy, write=False) as workspace:
        links = queues.all_links(workspace)
    link, place = next(
        (link, place) for link in links for place in [_other_operation(page, qtbot, link)] if place is not None
    )
    page.desk.form.take_field("relation")
    press(qtbot, page, Qt.Key.Key_2)
    page.desk.form.take_field("index_ref")
    press(qtbot, page, Qt.Key(Qt.Key.Key_1 + place))
    assert page.desk.form.answer().index_ref != link.index_ref
    assert page.desk.form.answer().decision is Verdict.CONFIRMED
    assert "flyttas" in page.desk.form.missing.text()
    assert not page.desk.form.save.isEnabled()


def _other_operation(page: ReviewPage, qtbot: QtBot, link: Link) -> int | None:
    page.show_wanted(link.key)
    pages.settle(qtbot, page)
    candidates = page.desk._shown.candidates if page.desk._shown is not None else ()
    return next((n for n, one in enumerate(candidates) if one.possible and not one.proposed), None)


def test_who_has_gone_on_is_not_brought_back_by_a_reading_from_before(page: ReviewPage, qtbot: QtBot) -> None:
    page.desk.form.take_field("relation")
    saved = current(page).key
    press_only(page, Qt.Key.Key_1)
    page.desk.queue.read()
    QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Return, CTRL)
    chosen: list[EventKey | None] = []
    page.desk.queue.chosen.connect(chosen.append)
    pages.settle(qtbot, page)
    assert chosen
    assert saved not in chosen


def test_what_was_left_is_passed_by_until_the_store_has_it(page: ReviewPage) -> None:
    queue = page.desk.queue
    queue.table.choose_row(2)
    second, third = queue.advance(), queue.advance()
    queue.table.choose_row(1)
    assert queue.next_key() not in {second, None}
    assert queue.next_key() == third


def test_a_decision_is_saved_when_it_is_whole_and_can_be_taken_back(page: ReviewPage, qtbot: QtBot) -> None:
    saving_what_lacks_something_says_what_and_stores_nothing(page, qtbot)
    undo_names_what_it_takes_back_and_shows_the_case_again(page, qtbot)
    undo_has_a_key_that_leaves_text_fields_alone(page, qtbot)
    saving_tells_when_and_what(page, qtbot)


def saving_what_lacks_something_says_what_and_stores_nothing(page: ReviewPage, qtbot: QtBot) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    page.desk.form.take_field("relation")
    press(qtbot, page, Qt.Key.Key_4)
    press(qtbot, page, Qt.Key.Key_Return, CTRL)
    assert told == ["Skriv varför kopplingen avvisas."]
    assert count(page, Preset.DECIDED) == 477


def test_an_unfinished_answer_is_there_when_one_comes_back(page: ReviewPage, qtbot: QtBot) -> None:
    page.desk.form.take_field("relation")
    left = current(page).key
    press(qtbot, page, Qt.Key.Key_F2)
    type_text(page.desk.form.comment, "Ringer operatören")
    press(qtbot, page, Qt.Key.Key_Down, ALT)
    assert current(page).key != left
    assert page.desk.form.comment.toPlainText() == ""
    press(qtbot, page, Qt.Key.Key_Up, ALT)
    assert current(page).key == left
    assert page.desk.form.comment.toPlainText() == "Ringer operatören"
    assert focused() is page.desk.form.comment


def test_an_unfinished_answer_survives_a_restart(qtbot: QtBot, county_copy: Path) -> None:
    with pages.shown(qtbot, ReviewPage, county_copy) as page:
        page.desk.form.take_field("relation")
        left = current(page).key
        press(qtbot, page, Qt.Key.Key_3)
        type_text(page.desk.form.comment, "Väntar på journal")
        page.hide()
        pages.settle(qtbot, page)
    with pages.shown(qtbot, ReviewPage, county_copy) as page:
        page.show_wanted(left)
        pages.settle(qtbot, page)
        assert page.desk.form.answer() == Answer(Verdict.REJECTED, comment="Väntar på journal", relation="unlikely")


def undo_names_what_it_takes_back_and_shows_the_case_again(page: ReviewPage, qtbot: QtBot) -> None:
    page.desk.form.take_field("relation")
    link = current(page)
    assert not page.desk.form.undo.isEnabled()
    press(qtbot, page, Qt.Key.Key_1)
    press(qtbot, page, Qt.Key.Key_Return, CTRL)
    assert page.desk.form.undo.text() == f"Ångra: bekräftad koppling av {link.event_ref}"
    page.desk.form.undo.click()
    pages.settle(qtbot, page)
    assert current(page) == link
    assert not page.desk.form.undo.isEnabled()


def test_what_someone_else_decided_meanwhile_is_told_and_shown(page: ReviewPage, qtbot: QtBot) -> None:
    failures: list[UserError] = []
    page.runner.failed.connect(failures.append)
    link = current(page)

    def meanwhile(workspace: Workspace, _progress: object) -> None:
        with reviewing.at_work(workspace, "Anna"):
            reviews.decide(workspace, link, Answer(Verdict.REJECTED, comment="ny skada"))

    page.runner.run(meanwhile, lambda _nothing: None)
    page.desk.form.take_field("relation")
    press(qtbot, page, Qt.Key.Key_1)
    press(qtbot, page, Qt.Key.Key_Return, CTRL)
    today = datetime.now().astimezone().date()
    assert [failure.message for failure in failures] == [
        f"Anna har redan avvisat kopplingen {today} (ny skada). Läs beslutet och ta ställning på nytt."
    ]
    assert count(page, Preset.DECIDED) == 478


def test_one_comes_back_to_what_could_not_be_saved_with_the_answer_still_there(page: ReviewPage, qtbot: QtBot) -> None:
    page.runner.failed.connect(lambda _error: None)
    link = current(page)

    def meanwhile(workspace: Workspace, _progress: object) -> None:
        workspace.user = "någon annan"
        reviews.decide(workspace, link, Answer(Verdict.REJECTED, comment="x"))

    page.runner.run(meanwhile, lambda _nothing: None)
    page.desk.form.take_field("relation")
    press_only(page, Qt.Key.Key_2)
    type_text(page.desk.form.comment, "Annan led")
    page.desk.save_and_next()
    assert current(page).key != link.key
    pages.settle(qtbot, page)
    assert current(page).key == link.key
    assert current(page).status == LinkStatus.REJECTED
    assert page.desk.form.answer().comment == "Annan led"


def undo_has_a_key_that_leaves_text_fields_alone(page: ReviewPage, qtbot: QtBot) -> None:
    page.desk.form.take_field("relation")
    decided = current(page)
    press(qtbot, page, Qt.Key.Key_1)
    press(qtbot, page, Qt.Key.Key_Return, CTRL)
    press(qtbot, page, Qt.Key.Key_F2)
    type_text(page.desk.form.comment, "a")
    press(qtbot, page, Qt.Key.Key_Z, CTRL)
    assert page.desk.form.comment.toPlainText() == ""
    assert count(page, Preset.DECIDED) == 478
    page.desk.form.take_field("relation")
    press(qtbot, page, Qt.Key.Key_Z, CTRL)
    assert count(page, Preset.DECIDED) == 477
    assert current(page) == decided


def saving_tells_when_and_what(page: ReviewPage, qtbot: QtBot) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    ref = current(page).event_ref
    page.desk.form.press_digit(1)
    page.desk.save_and_next()
    pages.settle(qtbot, page)
    assert re.fullmatch(rf"Sparat \d\d:\d\d\. Bekräftad: {ref}", told[-1])


def test_what_is_written_stays_when_the_case_has_changed_behind_it(page: ReviewPage, qtbot: QtBot) -> None:
    link = current(page)
    page.desk.form.take_field("relation")
    type_text(page.desk.form.comment, "Halvfärdigt")

    def change(workspace: Workspace, _progress: object) -> None:
        with workspace.store.transaction():
            workspace.store.write("UPDATE links SET triggers = 'T840' WHERE event_ref = ?", (link.event_ref,))

    page.runner.run(change, lambda _nothing: page.runner.announce(frozenset({Changed.LINKS})))
    pages.settle(qtbot, page)
    assert current(page).triggers == ("T840",)
    assert page.desk.form.comment.toPlainText() == "Halvfärdigt"


def counts_are_those_of_all_links_whatever_part_is_shown(page: ReviewPage, qtbot: QtBot) -> None:
    assert [count(page, preset) for preset in Preset] == [531, 95, 0, 0, 77, 477, 1085]
    page.show_wanted("unlinked")
    pages.settle(qtbot, page)
    assert page.desk.queue.table.model.rowCount() == 77
    assert page.desk.queue.table.count.text() == "77 av 1\u00a0085 händelser"
    assert [count(page, preset) for preset in Preset] == [531, 95, 0, 0, 77, 477, 1085]


def an_empty_part_of_the_queue_says_so_and_takes_no_answer(page: ReviewPage, qtbot: QtBot) -> None:
    page.show_wanted("another_look")
    pages.settle(qtbot, page)
    assert "Inget ärende" in page.desk.case.why.text()
    assert not page.desk.form.is_answerable()


def test_a_store_that_is_only_read_takes_no_answer_and_says_why(qtbot: QtBot, county_copy: Path) -> None:
    with pages.shown(qtbot, ReviewPage, county_copy, write=False) as page:
        assert not page.desk.form.is_answerable()
        assert "enbart för läsning" in page.desk.form.missing.text()


def test_the_queue_is_a_model_that_qt_accepts(
    page: ReviewPage, qtbot: QtBot, model_tester: Callable[[QAbstractItemModel], None]
) -> None:
    model_tester(page.desk.queue.table.model)
    for preset in Preset:
        page.show_wanted(preset.value)
        pages.settle(qtbot, page)


def numbers_are_masked_in_the_queue_and_the_case(page: ReviewPage) -> None:
    number = current(page).personal_id
    patient = COLUMNS.index("personal_id")
    shown = [page.desk.queue.table.model.text(row, patient) for row in range(20)]
    assert all(text.endswith("••••") for text in shown)
    assert number not in page.desk.case.heading.text()


def the_timeline_is_told_in_words(page: ReviewPage) -> None:
    said = page.desk.case.plot.accessibleDescription()
    assert current(page).event_date.isoformat() in said
    assert "Primäroperation" in said


def test_an_event_asked_for_before_the_page_has_read_is_shown_when_it_has(qtbot: QtBot, county_store: Path) -> None:
    with stores.opened(county_store, write=False) as workspace:
        wanted = [link for link in queues.all_links(workspace) if link.status == LinkStatus.CONFIRMED][40].key

    def make(runner: StoreRunner) -> ReviewPage:
        page = ReviewPage(runner)
        page.show_wanted(wanted)
        return page

    with pages.shown(qtbot, make, county_store, write=False) as page:
        assert current(page).key == wanted


def test_an_empty_store_points_to_the_import(qtbot: QtBot, tmp_path: Path) -> None:
    create_workspace(tmp_path / "tom.kvdb", PASSPHRASE).close()
    with pages.shown(qtbot, ReviewPage, tmp_path / "tom.kvdb") as page:
        assert page.desk._stack.is_empty
