"""Att kräva: what can be claimed is chosen and drafted with the keyboard, and what is left out says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kvalitetsapp.domain.claim_words import ClaimStatus
from kvalitetsapp.gui.widgets.empty_state import EmptyState
from kvalitetsapp.gui.widgets.unclaimed_view import UnclaimedView
from kvalitetsapp.services import claim_drafts
from kvalitetsapp.services.workspace import open_workspace
from support import claiming, pages, reviewing
from support.claiming import INDEX_REF
from support.claims_at_work import asked, claim
from support.counties import PASSPHRASE
from support.keys import focused, press, press_mnemonic
from support.reviewing import BO, PERSON, decide
from support.undo_stores import episodes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

CTRL = Qt.KeyboardModifier.ControlModifier
COSTLESS = PERSON.format(7) + "OWN;own;inpatient;2020-02-01;2020-02-05;T84.5;NFC49 ZXA00;"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return a store with two confirmed events of 90 000 kr under a cap of 150 000 kr, and one without cost."""
    with claiming.make(tmp_path, claiming.agreement(claim_deadline_days=30)) as made:
        reviewing.take(made, tmp_path, "episodes", episodes(COSTLESS))
        decide(made, BO, "bok/7")
        return made.path


@pytest.fixture
def view(qtbot: QtBot, store: Path) -> Iterator[UnclaimedView]:
    with pages.shown(qtbot, UnclaimedView, store) as each:
        yield each


def shown(view: UnclaimedView, column: str) -> str:
    model = view.table.model
    return model.text(0, model.table.names().index(column)).replace("\u00a0", " ")


def test_r15_a_case_is_told_with_its_amount_and_what_is_left_of_its_time_in_words(view: UnclaimedView) -> None:
    names = ("provider", "place", "operated_on", "agreement", "events", "to_claim", "claim_by", "days_left")
    assert [shown(view, name) for name in names] == [
        *("Fjällkliniken", "Höger höft", "2020-01-01", "Fjällavtalet", "2", "150 000,00 kr"),
        *("2020-04-04", "passerad"),
    ]
    assert view.sums.text().replace("\u00a0", " ") == (
        "Valda: 1 ärende, 150 000,00 kr   ·   Alla: 1 ärende, 150 000,00 kr"
    )


def test_an_event_without_cost_stands_below_with_its_reason_and_leads_to_its_case(
    view: UnclaimedView, qtbot: QtBot
) -> None:
    assert view.left_out.model.table.rows == [("bok/7", "Kostnaden saknas", "Fjällkliniken", INDEX_REF)]
    view.left_out.choose_row(0)
    view.left_out.view.setFocus()
    with qtbot.waitSignal(view.case_wanted) as told:
        press(view.left_out.view, Qt.Key.Key_Return)
    assert told.args == [INDEX_REF]


def test_the_chosen_case_is_drafted_with_the_keyboard_and_says_what_was_left_out(
    view: UnclaimedView, qtbot: QtBot
) -> None:
    view.table.view.setFocus()
    with qtbot.waitSignal(view.told) as told:
        QTest.keyClick(focused(), Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, view)
    assert str(told.args[0]).replace("\u00a0", " ") == "1 utkast, 150 000,00 kr, 1 händelse utelämnad"
    assert claim(view, qtbot, 1).status is ClaimStatus.DRAFT
    assert view.table.model.table.rows == []
    assert "Redan i utkast: 150 000,00 kr" in view.sums.text().replace("\u00a0", " ")
    assert not view.draft.isEnabled()


def test_drafts_are_undone_and_made_again_with_the_keyboard(view: UnclaimedView, qtbot: QtBot) -> None:
    press_mnemonic(qtbot, view, Qt.Key.Key_G, view.draft)
    pages.settle(qtbot, view)
    assert view.undo.undo.text() == f"Ångra: utkast till {claim(view, qtbot, 1).number}"
    view.table.view.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Z, CTRL)
    pages.settle(qtbot, view)
    assert claim(view, qtbot, 1).status is ClaimStatus.WITHDRAWN
    assert len(view.table.model.table.rows) == 1
    QTest.keyClick(focused(), Qt.Key.Key_Y, CTRL)
    pages.settle(qtbot, view)
    assert claim(view, qtbot, 2).status is ClaimStatus.DRAFT


def test_return_on_a_case_asks_for_it(view: UnclaimedView, qtbot: QtBot) -> None:
    view.table.view.setFocus()
    with qtbot.waitSignal(view.case_wanted) as told:
        press(focused(), Qt.Key.Key_Return)
    assert told.args == [INDEX_REF]


def test_a_case_that_someone_else_has_drafted_meanwhile_is_refused_in_words(view: UnclaimedView, qtbot: QtBot) -> None:
    asked(view, qtbot, lambda workspace: claim_drafts.draft(workspace, [INDEX_REF]).said)
    view.draft.click()
    pages.settle(qtbot, view)
    assert view.wrong.isVisible()
    assert "bok/7: Kostnaden saknas" in view.wrong.text()


def test_when_everything_is_claimed_the_view_says_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    with claiming.make(tmp_path) as made:
        claim_drafts.draft(made, [INDEX_REF])
    with pages.shown(qtbot, UnclaimedView, made.path) as view:
        assert [each.isVisible() for each in view.findChildren(EmptyState)] == [True]
        assert not view.draft.isEnabled()
        view.setFocus()
        assert focused().isVisible(), "the focus is not in the list that is hidden"


def test_a_store_opened_to_be_read_lets_nothing_be_drafted(qtbot: QtBot, store: Path) -> None:
    with pages.shown(qtbot, UnclaimedView, store, write=False) as view:
        assert len(view.table.model.table.rows) == 1
        assert not view.draft.isEnabled()
        QTest.keyClick(view.table.view, Qt.Key.Key_Return, CTRL)
        pages.settle(qtbot, view)
    with open_workspace(store, PASSPHRASE, write=False) as workspace:
        assert len(claim_drafts.proposals(workspace)) == 1
