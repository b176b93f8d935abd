"""The first dialog: open, make, try; wrong passphrases, bad places, and what is remembered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from kvalitetsapp import settings
from kvalitetsapp.domain.rights import Role
from kvalitetsapp.gui.app import open_store_of_environment
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.open_store import SAMPLE_PASSPHRASE, OpenStoreDialog
from kvalitetsapp.services import places, users
from kvalitetsapp.services.workspace import create_workspace
from support import reviewing
from support.counties import PASSPHRASE
from support.keys import press, type_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.gui.operations import StoreRunner


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Return a small store, the test's own to change."""
    with reviewing.make(tmp_path) as made:
        return made.path


@pytest.fixture
def dialog(runner: StoreRunner, qtbot: QtBot) -> OpenStoreDialog:
    made = OpenStoreDialog(runner)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_right_passphrase_opens_the_store_and_the_place_is_remembered(
    dialog: OpenStoreDialog, runner: StoreRunner, county: Path, settle: Callable[[], None], qtbot: QtBot
) -> None:
    dialog.open_form.path.set_path(county)
    type_text(dialog.open_form.passphrase, PASSPHRASE)
    press(dialog.open_form.passphrase, Qt.Key.Key_Return)
    settle()
    assert dialog.result() == OpenStoreDialog.DialogCode.Accepted
    assert runner.store is not None
    again = OpenStoreDialog(runner)
    qtbot.addWidget(again)
    assert again.open_form.path.path() == county
    assert again.tabs.currentWidget() is again.open_form


def test_a_wrong_passphrase_is_said_in_a_sentence_and_the_wait_grows(
    dialog: OpenStoreDialog, runner: StoreRunner, county: Path, settle: Callable[[], None], qtbot: QtBot
) -> None:
    before = county.read_bytes()
    form = dialog.open_form
    form.path.set_path(county)
    form.passphrase.setText("fel lösenfras")
    for wait in ("1 sekund.", "2 sekunder."):
        qtbot.waitUntil(form.button.isEnabled, timeout=5_000)
        form.submit()
        settle()
        assert "passar inte" in form.wrong.text()
        assert not form.button.isEnabled()
        assert form.wrong.text().rpartition("Vänta ")[2] == wait
    assert dialog.isVisible()
    assert runner.store is None
    assert county.read_bytes() == before


def test_the_names_of_those_who_can_open_the_store_are_offered_and_the_last_one_is_remembered(
    dialog: OpenStoreDialog, runner: StoreRunner, tmp_path: Path, settle: Callable[[], None], qtbot: QtBot
) -> None:
    path = tmp_path / "klinik.kvdb"
    with create_workspace(path, PASSPHRASE, user="Anna") as workspace:
        dialog.open_form.path.set_path(path)
        assert dialog.open_form.user.currentText() == "Anna"
        users.add(workspace, "Eva Ek", "", {Role.REVIEWER}, "evas egna ord")
    dialog.open_form.path.set_path(tmp_path / "ingen.kvdb")
    assert dialog.open_form.user.count() == 0
    dialog.open_form.path.set_path(path)
    assert [dialog.open_form.user.itemText(row) for row in range(2)] == ["Anna", "Eva Ek"]
    assert dialog.open_form.asks_who()
    dialog.open_form.user.setEditText("eva ek")
    type_text(dialog.open_form.passphrase, "evas egna ord")
    press(dialog.open_form.passphrase, Qt.Key.Key_Return)
    settle()
    assert runner.store is not None
    assert runner.store.user == "Eva Ek"
    again = OpenStoreDialog(runner)
    qtbot.addWidget(again)
    assert again.open_form.user.currentText() == "Eva Ek"


def test_a_new_store_wants_a_name_that_can_be_used(dialog: OpenStoreDialog, runner: StoreRunner) -> None:
    form = dialog.create_form
    form.user.setText("19680909-1239")
    form.passphrase.setText("åtta ängar")
    form.again.setText("åtta ängar")
    form.submit()
    assert "personnummer" in form.wrong.text()
    assert not runner.is_busy


def test_keys_that_were_damaged_are_told_of_in_the_window_once(
    window: MainWindow, runner: StoreRunner, county: Path, settle: Callable[[], None]
) -> None:
    county.with_name(county.name + ".keys").unlink()
    runner.open(county, PASSPHRASE, lambda _store: None)
    settle()
    assert "nu skriven på nytt" in window.message.text
    runner.open(county, PASSPHRASE, lambda _store: None)
    settle()
    assert not window.message.isVisible()


def test_a_store_that_is_not_there_is_said_so(
    dialog: OpenStoreDialog, tmp_path: Path, settle: Callable[[], None]
) -> None:
    dialog.open_form.path.set_path(tmp_path / "ingen.kvdb")
    dialog.open_form.passphrase.setText("något")
    dialog.open_form.submit()
    settle()
    assert "Det finns ingen databas" in dialog.open_form.wrong.text()


def test_a_store_can_be_opened_to_be_read_only(
    dialog: OpenStoreDialog, runner: StoreRunner, county: Path, settle: Callable[[], None]
) -> None:
    dialog.open_form.path.set_path(county)
    dialog.open_form.passphrase.setText(PASSPHRASE)
    dialog.open_form.read_only.setChecked(True)
    dialog.open_form.submit()
    settle()
    assert runner.store is not None
    assert runner.store.read_only


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [("kort", "kort", "för kort"), ("lång nog fras", "en annan fras", "olika")],
)
def test_a_new_store_wants_the_same_long_passphrase_twice(
    dialog: OpenStoreDialog, runner: StoreRunner, first: str, second: str, said: str
) -> None:
    form = dialog.create_form
    form.passphrase.setText(first)
    form.again.setText(second)
    form.submit()
    assert said in form.wrong.text()
    assert not runner.is_busy
    assert not form.path.path().exists()


def test_the_first_start_offers_to_make_a_store_and_makes_it(
    dialog: OpenStoreDialog, runner: StoreRunner, tmp_path: Path, settle: Callable[[], None]
) -> None:
    assert dialog.tabs.currentWidget() is dialog.create_form
    form = dialog.create_form
    with messages.answering(tmp_path / "ny.kvdb"):
        form.path.button.click()
    type_text(form.passphrase, "åtta ängar")
    type_text(form.again, "åtta ängar")
    press(form.again, Qt.Key.Key_Return)
    settle()
    assert runner.store is not None
    assert runner.store.path == tmp_path / "ny.kvdb"
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("path", "named"),
    [
        (Path("C:/Users/anna/OneDrive - Region/uppföljning.kvdb"), "OneDrive"),
        (Path("D:/anna/Dropbox/x.kvdb"), "Dropbox"),
        (Path("//server/delat/x.kvdb"), "nätverket"),
    ],
)
def test_a_synced_or_shared_folder_is_warned_about_by_name(path: Path, named: str) -> None:
    assert named in places.warning_about(path)


def test_the_computers_own_disk_is_not_warned_about(tmp_path: Path, dialog: OpenStoreDialog) -> None:
    assert places.warning_about(tmp_path / "x.kvdb") == ""
    assert dialog.create_form.place.isHidden()
    dialog.create_form.path.set_path(tmp_path / "OneDrive" / "x.kvdb")
    assert not dialog.create_form.place.isHidden()


def test_sample_data_that_are_there_are_opened(
    dialog: OpenStoreDialog, runner: StoreRunner, settle: Callable[[], None]
) -> None:
    path = dialog.sample_form.path
    path.parent.mkdir(parents=True, exist_ok=True)
    create_workspace(path, SAMPLE_PASSPHRASE, sample=True).close()
    dialog.sample_form.button.click()
    settle()
    assert dialog.result() == OpenStoreDialog.DialogCode.Accepted
    assert runner.store is not None
    assert runner.store.is_sample


@pytest.mark.long  # the whole county; that one is opened stands above, that its making begins and stops below
def test_sample_data_are_made_once_and_opened_after_that(
    dialog: OpenStoreDialog, runner: StoreRunner, settle: Callable[[], None], qtbot: QtBot
) -> None:
    dialog.sample_form.button.click()
    qtbot.waitUntil(lambda: runner.store is not None, timeout=60_000)
    assert runner.store is not None
    assert runner.store.is_sample
    made = dialog.sample_form.path.stat().st_size
    again = OpenStoreDialog(runner)
    qtbot.addWidget(again)
    again.sample_form.button.click()
    settle()
    assert again.result() == OpenStoreDialog.DialogCode.Accepted
    assert again.sample_form.path.stat().st_size >= made


def test_making_sample_data_can_be_cancelled_and_leaves_nothing(
    dialog: OpenStoreDialog, runner: StoreRunner, settle: Callable[[], None], qtbot: QtBot
) -> None:
    dialog.sample_form.button.click()
    qtbot.waitUntil(dialog.progress.isVisible, timeout=10_000)
    dialog.progress.stop.click()
    settle()
    assert runner.store is None
    assert dialog.tabs.isEnabled()
    assert dialog.sample_form.wrong.isHidden()
    assert not dialog.sample_form.path.exists()


def test_the_environment_names_a_store_that_is_opened_at_once(
    window: MainWindow,
    runner: StoreRunner,
    county: Path,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(settings.ENV_STORE, str(county))
    monkeypatch.setenv(settings.ENV_PASSPHRASE, PASSPHRASE)
    assert open_store_of_environment(runner)
    settle()
    assert window.status.file.text() == "granskning.kvdb"
    assert window.dialogs == []


def test_a_wrong_passphrase_in_the_environment_is_said_in_the_window(
    window: MainWindow,
    runner: StoreRunner,
    county: Path,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(settings.ENV_STORE, str(county))
    monkeypatch.setenv(settings.ENV_PASSPHRASE, "fel")
    assert open_store_of_environment(runner)
    settle()
    assert "passar inte" in window.message.text


def test_without_the_environment_the_window_asks(window: MainWindow, runner: StoreRunner) -> None:
    assert not open_store_of_environment(runner)
    window.open_other()
    assert [type(dialog) for dialog in window.dialogs] == [OpenStoreDialog]
    window.dialogs[-1].close()
