"""Användare och nycklar: users are added, changed and removed, and keys made, in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from kvalitetsapp.domain.rights import Role
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.change_passphrase import ChangePassphraseDialog, RememberDialog, ResetPassphraseDialog
from kvalitetsapp.gui.dialogs.edit_user import AddUserDialog, ChangeUserDialog
from kvalitetsapp.gui.widgets.users_view import UsersView
from kvalitetsapp.services import users
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from kvalitetsapp.store import key_file
from support import store_files
from support.keys import press_mnemonic, type_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.dialogs.saving import SavingDialog
    from kvalitetsapp.gui.operations import StoreRunner

ANNA, EVA, NEW = "annas egna ord", "evas egna ord här", "något helt annat nu"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("users") / "klinik.kvdb"
    with create_workspace(path, ANNA, user="Anna", unit="Ort") as workspace:
        users.add(workspace, "Eva", "Ekonomi", {Role.FINANCE}, EVA)
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    return store_files.copy(made, tmp_path)


@pytest.fixture
def view(qtbot: QtBot, runner: StoreRunner, path: Path, settle: Callable[[], None]) -> UsersView:
    return shown(qtbot, runner, path, settle, "Anna", ANNA)


def shown(
    qtbot: QtBot, runner: StoreRunner, path: Path, settle: Callable[[], None], user: str, passphrase: str
) -> UsersView:
    runner.open(path, passphrase, lambda _store: None, user=user)
    settle()
    view = UsersView(runner)
    qtbot.addWidget(view)
    view.resize(1100, 700)
    view.show()
    settle()
    return view


def names(view: UsersView) -> list[object]:
    return [row["user"] for row in view.table.model.table.records()]


def dialog_of(view: UsersView, kind: type[SavingDialog]) -> SavingDialog:
    (asked,) = [each for each in view.findChildren(kind) if each.isVisible()]
    return asked


def save(view: UsersView, qtbot: QtBot, asked: SavingDialog, settle: Callable[[], None]) -> None:
    with qtbot.waitSignal(view.told):
        asked.save.click()
    settle()


def opens(path: Path, user: str, passphrase: str) -> bool:
    try:
        open_workspace(path, passphrase, write=False, user=user).close()
    except Exception:  # noqa: BLE001 - whatever keeps them out
        return False
    return True


def test_a_user_is_added_by_keyboard_with_what_is_wrong_said_where_it_is(
    view: UsersView, qtbot: QtBot, path: Path, settle: Callable[[], None]
) -> None:
    assert view.you.text() == "Anna, Ort: granskare, ekonom, loggkontrollant, administratör"
    press_mnemonic(qtbot, view, Qt.Key.Key_L, view.add)
    asked = dialog_of(view, AddUserDialog)
    assert isinstance(asked, AddUserDialog)
    asked.save.click()
    assert "Namnet saknas" in asked.name.wrong.text()
    assert asked.roles.wrong.isVisible()
    assert "för kort" in asked.passphrase.at_field.wrong.text()
    type_text(asked.name.edit, "Bo Öberg")
    asked.roles.boxes[Role.ANALYST].click()
    assert not asked.roles.wrong.isVisible()
    asked.passphrase.field.setText("boöberg1")
    asked.passphrase.again.setText("boöberg2")
    asked.save.click()
    assert "lätt att gissa" in asked.passphrase.at_field.wrong.text()
    assert "olika" in asked.passphrase.at_again.wrong.text()
    for field in (asked.passphrase.field, asked.passphrase.again):
        field.setText(NEW)
    save(view, qtbot, asked, settle)
    assert names(view) == ["Anna", "Bo Öberg", "Eva"]
    assert opens(path, "Bo Öberg", NEW)


def test_a_user_gets_other_roles_a_new_passphrase_and_is_removed(
    view: UsersView, qtbot: QtBot, path: Path, settle: Callable[[], None]
) -> None:
    view.table.choose_row(0)
    assert (view.change.isEnabled(), view.reset.isEnabled(), view.remove.isEnabled()) == (True, False, False)
    view.table.choose_row(1)
    view.change.click()
    asked = dialog_of(view, ChangeUserDialog)
    assert isinstance(asked, ChangeUserDialog)
    assert asked.roles.roles() == {Role.FINANCE}
    asked.roles.boxes[Role.REVIEWER].click()
    save(view, qtbot, asked, settle)
    assert [row["roles"] for row in view.table.model.table.records()][1] == "granskare, ekonom"
    view.table.choose_row(1)
    view.reset.click()
    again = dialog_of(view, ResetPassphraseDialog)
    assert isinstance(again, ResetPassphraseDialog)
    for field in (again.new.field, again.new.again):
        field.setText(NEW)
    save(view, qtbot, again, settle)
    assert opens(path, "Eva", NEW)
    assert not opens(path, "Eva", EVA)
    view.table.choose_row(1)
    with messages.answering("ja"), qtbot.waitSignal(view.told):
        view.remove.click()
    settle()
    assert names(view) == ["Anna"]


def test_what_the_service_refuses_stands_in_the_form(
    view: UsersView, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    view.table.choose_row(0)
    view.change.click()
    asked = dialog_of(view, ChangeUserDialog)
    assert isinstance(asked, ChangeUserDialog)
    asked.roles.boxes[Role.ADMINISTRATOR].click()
    asked.save.click()
    settle()
    assert "den enda administratören" in asked.wrong.text()
    asked.reject()
    view.remember.click()
    remember = dialog_of(view, RememberDialog)
    remember.save.click()
    settle()
    assert remember.wrong.text()
    remember.reject()


def test_keys_are_made_in_the_window_and_the_sheet_lies_where_one_chose(
    view: UsersView, qtbot: QtBot, path: Path, settle: Callable[[], None]
) -> None:
    assert "ingen återställningsnyckel" in view.recovery_told.text()
    with messages.answering(path.with_name("ark.pdf")), qtbot.waitSignal(view.told):
        view.recovery.click()
    settle()
    assert path.with_name("ark.pdf").read_bytes().startswith(b"%PDF")
    assert "av Anna" in view.recovery_told.text()
    mark = key_file.mark_of(path)
    with messages.answering("ja"), qtbot.waitSignal(view.told):
        view.rekey.click()
    settle()
    assert key_file.mark_of(path) != mark


def test_who_is_no_administrator_sees_oneself_alone_and_changes_the_passphrase(
    qtbot: QtBot, runner: StoreRunner, path: Path, settle: Callable[[], None]
) -> None:
    view = shown(qtbot, runner, path, settle, "Eva", EVA)
    assert not view.table.isVisible()
    assert not view.recovery.isVisible()
    assert names(view) == []
    view.passphrase.click()
    asked = dialog_of(view, ChangePassphraseDialog)
    assert isinstance(asked, ChangePassphraseDialog)
    asked.old.setText("fel ord här")
    for field in (asked.new.field, asked.new.again):
        field.setText(NEW)
    asked.save.click()
    settle()
    assert "passar inte" in asked.wrong.text()
    asked.old.setText(EVA)
    save(view, qtbot, asked, settle)
    assert opens(path, "Eva", NEW)


def test_read_only_nothing_can_be_changed(
    qtbot: QtBot, runner: StoreRunner, path: Path, settle: Callable[[], None]
) -> None:
    runner.open(path, ANNA, lambda _store: None, user="Anna", write=False)
    settle()
    view = UsersView(runner)
    qtbot.addWidget(view)
    view.show()
    settle()
    assert names(view) == ["Anna", "Eva"]
    buttons = (
        view.passphrase,
        view.remember,
        view.add,
        view.change,
        view.reset,
        view.remove,
        view.recovery,
        view.rekey,
    )
    assert not any(button.isEnabled() for button in buttons)
