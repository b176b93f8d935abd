"""Bevakning: every list with its count, a row that leads on, and corrections that are handled from the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kvalitetsapp.domain.claim_words import PastDeadline
from kvalitetsapp.gui.dialogs.leave_correction import LeaveCorrectionDialog
from kvalitetsapp.gui.widgets.claim_watch_view import (
    CORRECTIONS,
    DEADLINES,
    MISSING_COSTS,
    PAST_DEADLINE,
    WITHOUT_REVIEW,
    ClaimWatchView,
)
from kvalitetsapp.services import bases, claim_corrections, claim_lists
from support import pages
from support.county_store import opened
from support.keys import focused, press, press_mnemonic, type_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QAbstractItemModel
    from pytestqt.qtbot import QtBot

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(qtbot: QtBot, sample: Path) -> Iterator[ClaimWatchView]:
    with pages.shown(qtbot, ClaimWatchView, sample) as each:
        yield each


def records(view: ClaimWatchView, part: str) -> list[dict[str, object]]:
    return [dict(row) for row in view.tables[part].model.table.records()]


def test_the_lists_are_told_and_their_rows_lead_on(
    view: ClaimWatchView, model_tester: Callable[[QAbstractItemModel], None], qtbot: QtBot, sample: Path
) -> None:
    the_lists_are_models_that_qt_accepts(view, model_tester)
    the_next_deadline_stands_first_and_passed_ones_last_in_words(view)
    a_row_leads_to_its_case_and_what_nobody_signed_to_its_event(view, qtbot)
    a_credit_is_asked_for_at_the_line_of_the_document(view, sample, qtbot)
    every_list_is_there_with_its_count(view, sample)


def every_list_is_there_with_its_count(view: ClaimWatchView, sample: Path) -> None:
    with opened(sample, write=False) as workspace:
        counts = {
            DEADLINES: len(claim_lists.unclaimed(workspace).rows),
            WITHOUT_REVIEW: len(claim_lists.without_review(workspace).rows),
            PAST_DEADLINE: len(claim_lists.past_deadline(workspace).rows),
            CORRECTIONS: sum(not one.is_left for one in claim_corrections.corrections(workspace)),
            MISSING_COSTS: 0,
        }
    told = {part: int(button.text().split("  ")[1]) for part, button in view.parts.buttons.items()}
    assert told == counts
    assert all(counts[part] for part in (DEADLINES, WITHOUT_REVIEW, PAST_DEADLINE, CORRECTIONS))
    for part in view.parts.buttons:
        view.parts.buttons[part].click()
        assert view.parts.part == part
    assert view.missing.isVisible()
    assert not view.open_case.isVisible()


def the_next_deadline_stands_first_and_passed_ones_last_in_words(view: ClaimWatchView) -> None:
    days = [row["days_left"] for row in records(view, DEADLINES)]
    to_come = [day for day in days if isinstance(day, int) and day >= 0]
    assert days[: len(to_come)] == sorted(to_come)
    model = view.tables[DEADLINES].model
    column = model.table.names().index("days_left")
    assert len(to_come) < len(days)
    assert {model.text(row, column) for row in range(len(to_come), len(days))} == {"passerad"}


def a_row_leads_to_its_case_and_what_nobody_signed_to_its_event(view: ClaimWatchView, qtbot: QtBot) -> None:
    assert view._watched is not None
    with qtbot.waitSignal(view.case_wanted) as case:
        press(view.tables[DEADLINES].view, Qt.Key.Key_Return)
    assert case.args == [view._watched.deadlines.places[0].index_ref]
    view.show_wanted(WITHOUT_REVIEW)
    with qtbot.waitSignal(view.event_wanted) as event:
        press(view.tables[WITHOUT_REVIEW].view, Qt.Key.Key_Return)
    assert event.args == [view._watched.without_review.places[0].key]
    view.show_wanted(PAST_DEADLINE)
    reasons = [row["past_deadline"] for row in records(view, PAST_DEADLINE)]
    row = reasons.index(PastDeadline.NOT_REVIEWED.value)
    view.tables[PAST_DEADLINE].choose_row(row)
    with qtbot.waitSignal(view.event_wanted) as event:
        view.tables[PAST_DEADLINE].row_activated.emit(row)
    assert event.args == [view._watched.past_deadline.places[row].key]


def a_credit_is_asked_for_at_the_line_of_the_document(view: ClaimWatchView, sample: Path, qtbot: QtBot) -> None:
    view.show_wanted(CORRECTIONS)
    wrong = view.correction()
    assert wrong is not None
    assert wrong.difference < 0
    assert not view.supplement.isEnabled()
    with qtbot.waitSignal(view.credit_asked) as asked:
        press_mnemonic(qtbot, view, Qt.Key.Key_K, view.credit)
    number, line = asked.args
    with opened(sample, write=False) as workspace:
        (found,) = [one for one in bases.view(workspace, number).basis.lines if one.line == line]
    assert (found.claim, found.claim_line, found.amount) == (wrong.claim, wrong.line, wrong.net)


def test_a_difference_is_left_only_with_a_reason_and_taken_up_again(view: ClaimWatchView, qtbot: QtBot) -> None:
    view.show_wanted(CORRECTIONS)
    before = sum(bool(row["left_because"]) for row in records(view, CORRECTIONS))
    press_mnemonic(qtbot, view, Qt.Key.Key_L, view.leave)
    (asked,) = view.findChildren(LeaveCorrectionDialog)
    qtbot.waitUntil(asked.isActiveWindow)
    asked.save.click()
    assert asked.reason.wrong.text() == "Skriv varför. Skälet sparas i loggen."
    assert focused() is asked.reason.edit
    type_text(asked.reason.edit, "Parterna är överens")
    QTest.keyClick(asked.reason.edit, Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, view)
    assert view.parts.buttons[CORRECTIONS].text() == "Att rätta  0"
    assert f"{before + 1} är lämnade som de är." in view.explained.text()
    left = [row["left_because"] for row in records(view, CORRECTIONS)]
    view.tables[CORRECTIONS].choose_row(left.index("Parterna är överens"))
    press_mnemonic(qtbot, view, Qt.Key.Key_T, view.take_up)
    pages.settle(qtbot, view)
    assert view.parts.buttons[CORRECTIONS].text() == "Att rätta  1"


def test_what_can_be_claimed_beside_becomes_a_draft(view: ClaimWatchView, qtbot: QtBot) -> None:
    view.show_wanted(CORRECTIONS)
    more = next(row for row, one in enumerate(records(view, CORRECTIONS)) if int(str(one["difference"])) > 0)
    view.tables[CORRECTIONS].choose_row(more)
    assert not view.supplement.isEnabled()
    press_mnemonic(qtbot, view, Qt.Key.Key_T, view.take_up)
    pages.settle(qtbot, view)
    one = view.correction()
    assert one is not None
    assert not one.is_left
    with qtbot.waitSignal(view.told) as said:
        press_mnemonic(qtbot, view, Qt.Key.Key_G, view.supplement)
    pages.settle(qtbot, view)
    assert said.args[0].startswith("1 utkast, ")
    assert view.parts.buttons[CORRECTIONS].text() == "Att rätta  1"


def test_a_store_that_is_only_read_shows_the_lists_and_changes_nothing(qtbot: QtBot, sample: Path) -> None:
    with pages.shown(qtbot, ClaimWatchView, sample, write=False) as view:
        view.show_wanted(CORRECTIONS)
        assert view.correction() is not None
        assert not any(button.isEnabled() for button in (view.leave, view.take_up, view.credit, view.supplement))
        assert view.open_case.isEnabled()


def test_without_claims_every_list_is_empty_and_nothing_can_be_done(qtbot: QtBot, tmp_path: Path) -> None:
    from kvalitetsapp.services.workspace import create_workspace
    from support.counties import PASSPHRASE

    create_workspace(tmp_path / "tom.kvdb", PASSPHRASE).close()
    with pages.shown(qtbot, ClaimWatchView, tmp_path / "tom.kvdb") as view:
        assert all(button.text().endswith("  0") for button in view.parts.buttons.values())
        assert not view.open_case.isEnabled()
        assert not view.open_event.isEnabled()


def the_lists_are_models_that_qt_accepts(
    view: ClaimWatchView, model_tester: Callable[[QAbstractItemModel], None]
) -> None:
    for table in view.tables.values():
        model_tester(table.model)
        assert table.view.accessibleName()
