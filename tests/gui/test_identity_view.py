"""Identiteter: the work list of double persons, numbers joined with the consequences shown first, and told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.gui.dialogs.join_numbers import JoinNumbersDialog
from kvalitetsapp.gui.dialogs.tell_apart import TellApartDialog
from kvalitetsapp.gui.widgets.identity_view import IdentityView
from kvalitetsapp.services import imports
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from support import made_stores, pages
from support.counties import PASSPHRASE
from support.keys import focused, press, press_mnemonic, type_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.services.workspace import Workspace

PERSONAL, BARE, SECOND, RESERVE = "196812099874", "6812099874", "195902189876", "22561202O0A0"
FILES = {
    KindOfFile.PROVIDERS: "provider_id;name;kind\nOWN;Egna;own\nP01;Fjäll;private\n",
    KindOfFile.EPISODES: (
        "source;episode_id;personal_id;provider_id;payer_route;care_form;admitted;discharged;main_diagnosis;procedures\n"
        f"bok;1;{PERSONAL};P01;contract;inpatient;2020-01-01;2020-01-03;M161;NFB49 ZXA00\n"
        f"bok;2;{BARE};OWN;own;inpatient;2020-03-01;2020-03-09;T845F;\n"
        f"bok;3;{SECOND};OWN;own;inpatient;2020-03-01;2020-03-09;J18;\n"
        f"bok;4;{RESERVE};OWN;own;inpatient;2020-03-01;2020-03-09;J18;\n"
    ),
}
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return made_stores.closed(tmp_path, _make)


def _make(folder: Path) -> Workspace:
    opened = create_workspace(folder / "prov.kvdb", PASSPHRASE)
    for kind, text in FILES.items():
        file = folder / f"{kind}.csv"
        file.write_text(text, encoding="utf-8")
        assert imports.import_file(opened, kind, file).rejects == ()
    return opened


@pytest.fixture
def view(qtbot: QtBot, store: Path) -> Iterator[IdentityView]:
    with pages.shown(qtbot, IdentityView, store) as each:
        yield each


def shown(view: IdentityView) -> list[tuple[str, str]]:
    return [(str(row["personal_id"]), str(row["same_as"])) for row in view.table.model.table.records()]


def dialog(view: IdentityView) -> JoinNumbersDialog:
    found = view.findChildren(JoinNumbersDialog)
    assert len(found) == 1
    return found[0]


def text_of(table: QWidget) -> str:
    return str(table.model.table.rows)  # type: ignore[attr-defined]


def aliases(path: Path) -> int:
    with open_workspace(path, PASSPHRASE, write=False) as workspace:
        return int(workspace.store.value("SELECT count(*) FROM aliases"))


def test_the_list_shows_pairs_masked_with_why(
    view: IdentityView, qtbot: QtBot, model_tester: Callable[[QAbstractItemModel], None]
) -> None:
    pairs_are_shown_masked_with_reasons_and_units(view)
    numbers_show_only_while_ctrl_is_held(view)
    everything_that_is_filled_in_has_a_name(view, qtbot)
    the_model_of_the_list_is_sound(view, model_tester, qtbot)


def pairs_are_shown_masked_with_reasons_and_units(view: IdentityView) -> None:
    assert shown(view) == [("68••••", "19681209-••••")]
    (row,) = view.table.model.table.records()
    assert (row["strength"], row["units"], row["episodes"]) == ("Stark", "Egna | Fjäll", 1)
    assert "samma siffror" in str(row["reasons"])
    assert view.summary.text().startswith("1 par av nummer")


def numbers_show_only_while_ctrl_is_held(view: IdentityView) -> None:
    index = view.table.model.index(0, 1)
    delegate = view.table.view.itemDelegateForColumn(1)
    from PySide6.QtWidgets import QStyleOptionViewItem

    for held, expected in ((True, PERSONAL), (False, "19681209-••••")):
        (QTest.keyPress if held else QTest.keyRelease)(view.table.view, Qt.Key.Key_Control)
        option = QStyleOptionViewItem()
        delegate.initStyleOption(option, index)  # type: ignore[attr-defined]
        assert option.text == expected


def the_model_of_the_list_is_sound(
    view: IdentityView, model_tester: Callable[[QAbstractItemModel], None], qtbot: QtBot
) -> None:
    model_tester(view.table.model)
    view.dismissed.setChecked(True)
    pages.settle(qtbot, view)
    assert len(shown(view)) == 1


def test_a_pair_is_joined_by_keyboard_with_the_consequences_shown_first(
    view: IdentityView, qtbot: QtBot, store: Path
) -> None:
    view.table.view.setFocus()
    press_mnemonic(qtbot, view, Qt.Key.Key_H, view.join)
    opened = dialog(view)
    assert not opened.join.isEnabled(), "nothing is shown yet"
    pages.settle(qtbot, view)
    assert "Kopplingen kommer till" in text_of(opened.table)
    assert opened.table.isVisible()
    assert PERSONAL not in f"{opened.personal_id.text()}{opened.same_as.text()}"
    assert focused() is opened.join
    press(opened.join, Qt.Key.Key_Space, text=" ")
    pages.settle(qtbot, view)
    assert shown(view) == []
    assert view.summary.text() == "Inga nummer ser ut att vara samma person."
    view.runner.close()
    assert aliases(store) == 1


def test_closing_the_dialog_changes_nothing(view: IdentityView, qtbot: QtBot, store: Path) -> None:
    view.join.click()
    pages.settle(qtbot, view)
    QTest.keyClick(dialog(view), Qt.Key.Key_Escape)
    pages.settle(qtbot, view)
    view.runner.close()
    assert aliases(store) == 0


def test_two_typed_numbers_are_joined_and_another_number_takes_the_consequences_away(
    view: IdentityView, qtbot: QtBot, store: Path
) -> None:
    press_mnemonic(qtbot, view, Qt.Key.Key_T, view.free)
    opened = dialog(view)
    opened.personal_id.setFocus()
    type_text(opened.personal_id, RESERVE.lower())
    type_text(opened.same_as, "681209-9874")
    press(opened.same_as, Qt.Key.Key_Return, text="\r")
    pages.settle(qtbot, view)
    assert opened.join.isEnabled()
    assert "Ingen koppling ändras" in opened.said.text()
    type_text(opened.same_as, "5")
    assert not opened.join.isEnabled()
    assert not opened.table.isVisible()
    type_text(opened.same_as, "\b")
    opened.look.click()
    pages.settle(qtbot, view)
    opened.join.click()
    pages.settle(qtbot, view)
    view.runner.close()
    assert aliases(store) == 1


def test_what_is_refused_is_said_and_the_direction_can_be_turned(view: IdentityView, qtbot: QtBot) -> None:
    view.free.click()
    opened = dialog(view)
    type_text(opened.personal_id, PERSONAL)
    type_text(opened.same_as, RESERVE)
    opened.look.click()
    pages.settle(qtbot, view)
    assert "Byt håll" in opened.said.text()
    assert not opened.join.isEnabled()
    assert not opened.permit.isVisible()
    opened.turn.click()
    pages.settle(qtbot, view)
    assert opened.join.isEnabled()
    assert opened.personal_id.number() == RESERVE
    opened.reject()


def test_two_personnummer_need_a_tick_of_their_own(view: IdentityView, qtbot: QtBot, store: Path) -> None:
    view.free.click()
    opened = dialog(view)
    type_text(opened.personal_id, SECOND)
    type_text(opened.same_as, PERSONAL)
    opened.look.click()
    pages.settle(qtbot, view)
    assert "Bekräfta särskilt" in opened.said.text()
    assert not opened.join.isEnabled()
    assert focused() is opened.permit
    press(opened.permit, Qt.Key.Key_Space, text=" ")
    pages.settle(qtbot, view)
    assert opened.join.isEnabled()
    opened.permit.setChecked(False)
    assert not opened.join.isEnabled()
    opened.look.click()
    pages.settle(qtbot, view)
    opened.permit.setChecked(True)
    pages.settle(qtbot, view)
    opened.join.click()
    pages.settle(qtbot, view)
    view.runner.close()
    assert aliases(store) == 1


def test_a_pair_is_told_apart_with_a_reason_and_proposed_again(view: IdentityView, qtbot: QtBot) -> None:
    press_mnemonic(qtbot, view, Qt.Key.Key_S, view.apart)
    (asked,) = view.findChildren(TellApartDialog)
    assert not asked.save.isEnabled()
    type_text(asked.reason, "två syskon")
    press(asked.reason, Qt.Key.Key_Return, text="\r")
    pages.settle(qtbot, view)
    assert shown(view) == []
    view.dismissed.setChecked(True)
    pages.settle(qtbot, view)
    assert "två syskon" in str(view.table.model.table.records()[0]["dismissed"])
    assert not view.apart.isEnabled()
    assert view.again.isVisible()
    view.activateWindow()  # as a window manager does when a dialog is gone
    qtbot.waitUntil(view.isActiveWindow)
    press_mnemonic(qtbot, view, Qt.Key.Key_F, view.again)
    pages.settle(qtbot, view)
    view.dismissed.setChecked(False)
    pages.settle(qtbot, view)
    assert shown(view) == [("68••••", "19681209-••••")]


def everything_that_is_filled_in_has_a_name(view: IdentityView, qtbot: QtBot) -> None:
    view.free.click()
    opened = dialog(view)
    for widget in (opened.personal_id, opened.same_as, opened.table.view, view.table.view, view.table.search):
        assert widget.accessibleName()
    opened.reject()


def test_a_store_opened_to_be_read_shows_the_list_and_joins_nothing(qtbot: QtBot, store: Path) -> None:
    with pages.shown(qtbot, IdentityView, store, write=False) as view:
        assert len(shown(view)) == 1
        assert not any(button.isEnabled() for button in (view.join, view.apart, view.free))
