"""Krav: a claim goes from draft to settled in the window, every step only when it is possible, by keyboard."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu

from kvalitetsapp.domain.claim import TRANSITIONS
from kvalitetsapp.domain.claim_words import ClaimStatus, ClaimStep
from kvalitetsapp.gui.dialogs.change_claim import ChangeClaimDialog
from kvalitetsapp.gui.dialogs.claim_step import FORMS, ClaimStepDialog
from kvalitetsapp.gui.widgets.claims_view import APPROVED, DISPUTED, DRAFTS, OUT, ClaimsView
from kvalitetsapp.gui.widgets.empty_state import EmptyState
from kvalitetsapp.gui.widgets.rows_view import ALL
from kvalitetsapp.services import claim_answers, claim_approval, claim_drafts
from support import claiming, county_store, pages
from support.claiming import INDEX_REF
from support.claims_at_work import asked, claim, last_step, sits_down
from support.keys import focused, press, press_mnemonic, type_text
from support.reviewing import ANNA, BO, EVENT, at_work, decide

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TypeVar

    from PySide6.QtWidgets import QDialog, QPushButton
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.services.workspace import Workspace

    DialogT = TypeVar("DialogT", bound=QDialog)

CTRL = Qt.KeyboardModifier.ControlModifier
KR = 100
menu_opens = pytest.mark.qt_log_ignore(  # what the offscreen platform says of any menu
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return a store with a draft of Anna's: two events of 90 000 kr under a cap of 150 000 kr."""
    with claiming.make(tmp_path) as made:
        claim_drafts.draft(made, [INDEX_REF])
        return made.path


@pytest.fixture
def view(qtbot: QtBot, store: Path) -> Iterator[ClaimsView]:
    """Return the view over the store, Bo at work."""
    with pages.shown(qtbot, ClaimsView, store) as each:
        sits_down(each, qtbot, BO)
        yield each


def button(view: ClaimsView, step: ClaimStep) -> QPushButton:
    found = view.step_bar.steps[step]
    assert not isinstance(found, QAction)
    return found


def possible(view: ClaimsView) -> set[ClaimStep]:
    return {step for step, shown in view.step_bar.steps.items() if shown.isEnabled()}


def dialog(view: ClaimsView, kind: type[DialogT], qtbot: QtBot) -> DialogT:
    (found,) = [each for each in view.findChildren(kind) if each.isVisible()]
    qtbot.waitUntil(found.isActiveWindow)
    pages.settle(qtbot, view)
    return found


def send(view: ClaimsView, qtbot: QtBot) -> None:
    """Let the draft be approved, issued and sent outside the window, and show the part that it is then in."""

    def work(workspace: Workspace) -> None:
        with at_work(workspace, BO):
            claim_approval.approve(workspace, [1])
        claiming.issue(workspace, 1)
        claim_answers.mark_sent(workspace, [1])

    asked(view, qtbot, work)
    view.refresh()
    pages.settle(qtbot, view)
    view.parts.buttons[OUT].click()
    pages.settle(qtbot, view)


def answer_by_keyboard(view: ClaimsView, qtbot: QtBot, letter: Qt.Key) -> ClaimStepDialog:
    """Open the menu of the provider's answers with Alt+V, choose by a letter, and return the dialog."""
    press_mnemonic(qtbot, view, Qt.Key.Key_V, view.step_bar.answers)
    menu = view.step_bar.answers.menu()
    assert isinstance(menu, QMenu)
    qtbot.waitUntil(menu.isVisible)
    QTest.keyClick(menu, letter)
    return dialog(view, ClaimStepDialog, qtbot)


def save(view: ClaimsView, qtbot: QtBot, asked_for: ClaimStepDialog | ChangeClaimDialog) -> str:
    with qtbot.waitSignal(view.told) as told:
        QTest.keyClick(asked_for, Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, view)
    return str(told.args[0]).replace("\u00a0", " ")


def shown_texts(view: ClaimsView) -> str:
    return view.detail.past.toPlainText().replace("\u00a0", " ")


def test_a_draft_is_shown_whole_and_leads_to_its_case(view: ClaimsView, qtbot: QtBot) -> None:
    the_parts_are_told_with_their_counts_and_drafts_stand_first(view)
    r15_the_chosen_claim_is_shown_with_its_lines_its_cap_and_its_past(view)
    every_step_that_asks_has_its_form_and_its_fields_have_names(view, qtbot)
    return_on_a_claim_asks_for_its_case(view, qtbot)


def the_parts_are_told_with_their_counts_and_drafts_stand_first(view: ClaimsView) -> None:
    texts = [each.text() for each in view.parts.buttons.values()]
    assert texts == ["Utkast  1", "Att ställa ut  0", "Ute  0", "Bestridda  0", "Klara  0", "Alla  1"]
    assert view.parts.part == DRAFTS
    (row,) = view.table.model.table.records()
    assert (row["provider"], row["place"], row["amount"], row["left"]) == (
        *("Fjällkliniken", "Höger höft", 150_000 * KR, None),
    )


def r15_the_chosen_claim_is_shown_with_its_lines_its_cap_and_its_past(view: ClaimsView) -> None:
    lines = view.detail.lines.model.table.records()
    assert [(one["event_date"], one["amount"], one["reviewer"], one["relation"]) for one in lines] == [
        ("2020-03-01", 90_000 * KR, BO, "certain"),
        ("2020-06-01", 60_000 * KR, BO, "certain"),
    ]
    cap = view.detail.ledger.model.table.records()
    assert [(one["amount"], one["left"]) for one in cap] == [(90_000 * KR, 60_000 * KR), (60_000 * KR, 0)]
    assert "Utkast gjort, Anna" in shown_texts(view)
    assert view.detail.heading.text().endswith("Utkast")


def test_a_draft_is_approved_by_another_than_who_made_it(view: ClaimsView, qtbot: QtBot) -> None:
    sits_down(view, qtbot, ANNA)
    press_mnemonic(qtbot, view, Qt.Key.Key_G, button(view, ClaimStep.APPROVED))
    pages.settle(qtbot, view)
    number = claim(view, qtbot, 1).number
    assert view.wrong.text() == f"Du har själv gjort utkastet {number}. Någon annan ska godkänna det."
    assert view.wrong.isVisible()
    sits_down(view, qtbot, BO)
    press_mnemonic(qtbot, view, Qt.Key.Key_G, button(view, ClaimStep.APPROVED))
    pages.settle(qtbot, view)
    assert claim(view, qtbot, 1).status is ClaimStatus.APPROVED
    assert not view.wrong.isVisible()
    assert view.parts.buttons[APPROVED].text() == "Att ställa ut  1"


def test_a_draft_is_approved_and_asked_to_be_issued(view: ClaimsView, qtbot: QtBot) -> None:
    an_approval_is_undone_and_done_again_with_the_keyboard(view, qtbot)
    approved_claims_are_asked_to_be_issued(view, qtbot)


def an_approval_is_undone_and_done_again_with_the_keyboard(view: ClaimsView, qtbot: QtBot) -> None:
    press_mnemonic(qtbot, view, Qt.Key.Key_G, button(view, ClaimStep.APPROVED))
    pages.settle(qtbot, view)
    for key, status in ((Qt.Key.Key_Z, ClaimStatus.DRAFT), (Qt.Key.Key_Y, ClaimStatus.APPROVED)):
        view.table.view.setFocus()
        QTest.keyClick(focused(), key, CTRL)
        pages.settle(qtbot, view)
        assert claim(view, qtbot, 1).status is status


def approved_claims_are_asked_to_be_issued(view: ClaimsView, qtbot: QtBot) -> None:
    button(view, ClaimStep.APPROVED).click()
    pages.settle(qtbot, view)
    view.show_wanted(APPROVED)
    pages.settle(qtbot, view)
    assert possible(view) == {ClaimStep.RETURNED, ClaimStep.WITHDRAWN, ClaimStep.ISSUED}
    with qtbot.waitSignal(view.issue_asked) as told:
        press_mnemonic(qtbot, view, Qt.Key.Key_S, button(view, ClaimStep.ISSUED))
    assert told.args == [(1,)]


@menu_opens
def test_a_claim_is_disputed_answered_and_redetermined_by_keyboard(view: ClaimsView, qtbot: QtBot) -> None:
    send(view, qtbot)
    asked_for = answer_by_keyboard(view, qtbot, Qt.Key.Key_B)
    assert focused() is asked_for.reason.edit
    type_text(focused(), "Infektionen fanns före operationen")
    save(view, qtbot, asked_for)
    assert last_step(view, qtbot, 1).reason == "Infektionen fanns före operationen"
    view.show_wanted(DISPUTED)
    pages.settle(qtbot, view)
    asked_for = answer_by_keyboard(view, qtbot, Qt.Key.Key_S)
    type_text(focused(), "Avtalet gäller oavsett vållande")
    save(view, qtbot, asked_for)
    assert last_step(view, qtbot, 1).kind is ClaimStep.ANSWERED
    asked_for = answer_by_keyboard(view, qtbot, Qt.Key.Key_O)
    type_text(focused(), "90000")
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    type_text(focused(), "Den andra händelsen stryks")
    assert save(view, qtbot, asked_for).endswith("Kreditera 60 000,00 kr.")
    assert claim(view, qtbot, 1).accepted == 90_000 * KR
    view.show_wanted(claim(view, qtbot, 1).number)
    pages.settle(qtbot, view)
    assert "Att kreditera" in shown_texts(view)
    assert "60 000,00 kr" in shown_texts(view)


@menu_opens
def test_what_is_wrong_with_a_step_stands_at_its_field(view: ClaimsView, qtbot: QtBot) -> None:
    send(view, qtbot)
    asked_for = answer_by_keyboard(view, qtbot, Qt.Key.Key_D)
    type_text(asked_for.amount.edit, "150000,01")
    type_text(asked_for.reason.edit, "Gäller 19681209-9874")
    asked_for.save.click()
    assert asked_for.amount.wrong.text() == "Beloppet kan vara mellan 0 kr och 150\u00a0000,00\u00a0kr."
    assert asked_for.reason.wrong.text() == "Skälet innehåller ett personnummer. Ta bort det."
    assert focused() is asked_for.amount.edit
    asked_for.reason.set_text("")
    asked_for.save.click()
    assert asked_for.reason.wrong.text() == "Skriv varför. Skälet sparas i kravets historik."
    asked_for.reject()
    assert claim(view, qtbot, 1).status is ClaimStatus.SENT


def test_a_draft_is_changed_to_less_and_gives_the_rest_of_the_cap_back(view: ClaimsView, qtbot: QtBot) -> None:
    press_mnemonic(qtbot, view, Qt.Key.Key_D, button(view, ClaimStep.CHANGED))
    asked_for = dialog(view, ChangeClaimDialog, qtbot)
    first = asked_for.amounts[1]
    first.set_text("90 000,01")
    asked_for.save.click()
    assert first.wrong.text() == "Beloppet kan vara mellan 0 kr och 90\u00a0000,00\u00a0kr."
    first.set_text("80000")
    assert asked_for.sum.text() == "140\u00a0000,00\u00a0kr"
    type_text(asked_for.reason.edit, "Bara en del")
    assert save(view, qtbot, asked_for).endswith("140 000,00 kr")
    assert claim(view, qtbot, 1).amount == 140_000 * KR
    assert view.detail.ledger.model.table.records()[-1]["left"] == 10_000 * KR


def test_a_draft_that_rests_on_what_has_changed_says_so_and_is_made_again(
    view: ClaimsView, qtbot: QtBot, tmp_path: Path
) -> None:
    assert not button(view, ClaimStep.DRAFTED).isEnabled()
    asked(view, qtbot, lambda workspace: claiming.correct_cost(workspace, tmp_path, EVENT, 70_000))
    view.refresh()
    pages.settle(qtbot, view)
    assert "bok/2: Kostnaden är ändrad" in view.detail.changed.text()
    press_mnemonic(qtbot, view, Qt.Key.Key_O, button(view, ClaimStep.DRAFTED))
    asked_for = dialog(view, ClaimStepDialog, qtbot)
    assert any("Kostnaden är ändrad" in label.text() for label in asked_for.findChildren(QLabel))
    type_text(asked_for.reason.edit, "Ny kostnad")
    save(view, qtbot, asked_for)
    assert [claim(view, qtbot, number).status for number in (1, 2)] == [ClaimStatus.WITHDRAWN, ClaimStatus.DRAFT]
    assert not view.detail.changed.isVisible()


def test_a_claim_is_withdrawn_written_off_and_opened_again_with_a_reason(view: ClaimsView, qtbot: QtBot) -> None:
    send(view, qtbot)
    for step, key, status in (
        (ClaimStep.WRITTEN_OFF, Qt.Key.Key_K, ClaimStatus.WRITTEN_OFF),
        (ClaimStep.REOPENED, Qt.Key.Key_I, ClaimStatus.SENT),
    ):
        press_mnemonic(qtbot, view, key, button(view, step))
        asked_for = dialog(view, ClaimStepDialog, qtbot)
        type_text(asked_for.reason.edit, "Beslut av ekonomichefen")
        save(view, qtbot, asked_for)
        assert claim(view, qtbot, 1).status is status
        view.show_wanted(ALL)
        pages.settle(qtbot, view)


def test_a_step_can_be_pressed_exactly_when_it_is_possible(view: ClaimsView, qtbot: QtBot) -> None:
    view.show_wanted(ALL)
    for status in ClaimStatus:
        asked(view, qtbot, partial(put, status))
        view.refresh()
        pages.settle(qtbot, view)
        offered = set(view.step_bar.steps) - {ClaimStep.DRAFTED, ClaimStep.WITHDRAWN}
        expected = {step for step in offered if status in TRANSITIONS[step]}
        if status in (ClaimStatus.DRAFT, ClaimStatus.APPROVED):
            expected.add(ClaimStep.WITHDRAWN)
        assert possible(view) == expected, status


def put(status: ClaimStatus, workspace: Workspace) -> None:
    with workspace.store.transaction():
        workspace.store.write("UPDATE claims SET status = ? WHERE claim = 1", (status.value,))


def every_step_that_asks_has_its_form_and_its_fields_have_names(view: ClaimsView, qtbot: QtBot) -> None:
    without_form = {ClaimStep.APPROVED, ClaimStep.ISSUED, ClaimStep.CHANGED}
    assert set(FORMS) == set(view.step_bar.steps) - without_form
    seen = view.current()
    assert seen is not None
    for step in FORMS:
        made = ClaimStepDialog(view.runner, seen, step, view)
        assert all(field.accessibleName() for field in (made.day, made.amount.edit, made.reason.edit))
        made.deleteLater()
    pages.settle(qtbot, view)


def test_several_drafts_are_approved_at_once_and_claims_of_one_provider_issued_together(
    qtbot: QtBot, county: Path
) -> None:
    with county_store.opened(county, user=ANNA) as made:
        cases = [one for one in claim_drafts.proposals(made) if one.lines]
        first = [one for one in cases if one.provider_id == cases[0].provider_id][:2]
        other = next(one for one in cases if one.provider_id != cases[0].provider_id)
        claim_drafts.draft(made, [one.operation for one in (*first, other)])
    with pages.shown(qtbot, ClaimsView, county) as view:
        view.table.view.selectAll()
        assert possible(view) == {ClaimStep.APPROVED}
        button(view, ClaimStep.APPROVED).click()
        pages.settle(qtbot, view)
        view.parts.buttons[APPROVED].click()
        view.table.view.selectAll()
        assert possible(view) == set()
        view.table.set_find(first[0].provider)
        view.table.view.selectAll()
        assert possible(view) == {ClaimStep.ISSUED}
        with qtbot.waitSignal(view.issue_asked) as told:
            button(view, ClaimStep.ISSUED).click()
        assert sorted(told.args[0]) == [1, 2]
        pages.settle(qtbot, view)


def return_on_a_claim_asks_for_its_case(view: ClaimsView, qtbot: QtBot) -> None:
    view.table.view.setFocus()
    with qtbot.waitSignal(view.case_wanted) as told:
        press(focused(), Qt.Key.Key_Return)
    assert told.args == [INDEX_REF]


def test_a_review_after_the_draft_is_told_without_being_asked_for(view: ClaimsView, qtbot: QtBot) -> None:
    asked(view, qtbot, lambda workspace: decide(workspace, BO, relation="probable"))
    view.refresh()
    pages.settle(qtbot, view)
    assert "Händelsen är granskad på nytt" in view.detail.changed.text()
    button(view, ClaimStep.APPROVED).click()
    pages.settle(qtbot, view)
    assert view.wrong.text().endswith("Gör om utkastet.")


def test_a_store_opened_to_be_read_shows_claims_and_changes_none(qtbot: QtBot, store: Path) -> None:
    with pages.shown(qtbot, ClaimsView, store, write=False) as view:
        assert len(view.table.model.table.rows) == 1
        assert possible(view) == set()
        assert not view.step_bar.answers.isEnabled()
        assert not view.undo.undo.isEnabled()


def test_without_claims_the_view_says_how_they_come(qtbot: QtBot, tmp_path: Path) -> None:
    with claiming.make(tmp_path) as made:
        path = made.path
    with pages.shown(qtbot, ClaimsView, path) as view:
        assert [each.isVisible() for each in view.findChildren(EmptyState)] == [True]
