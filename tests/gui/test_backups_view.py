"""Säkerhetskopior in the window: what is shown, made, checked, tried, restored and carried away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.rights import Role
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.backup_drill import BackupDrillDialog
from kvalitetsapp.gui.dialogs.carry_store import ExportStoreDialog, ReceiveStoreDialog
from kvalitetsapp.gui.dialogs.restore_store import RestoreDialog
from kvalitetsapp.gui.operations import StoreRunner
from kvalitetsapp.gui.widgets.backups_view import BackupsView
from kvalitetsapp.services import backups, saved_copies
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from kvalitetsapp.store import key_file, keys, meta, users
from kvalitetsapp.store.keys import Owner
from support import made_stores, pages
from support.counties import PASSPHRASE
from support.keys import type_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TypeVar

    from PySide6.QtWidgets import QDialog, QWidget
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.services.workspace import Workspace

    DialogT = TypeVar("DialogT", bound=QDialog)


def _make(folder: Path) -> Workspace:
    made = create_workspace(folder / "prov.kvdb", PASSPHRASE, user="Anna")
    with made.action("changed"):
        meta.put(made.store, "prov", "then")
    return made


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return a closed store with one backup, changed since."""
    with made_stores.opened(tmp_path, _make) as workspace:
        backups.make(workspace)
        with workspace.action("changed"):
            meta.put(workspace.store, "prov", "now")
        return workspace.path


@pytest.fixture
def view(qtbot: QtBot, store: Path) -> Iterator[BackupsView]:
    runner = StoreRunner()
    runner.open(store, PASSPHRASE, lambda _store: None)
    qtbot.waitUntil(lambda: not runner.is_busy)
    made = BackupsView(runner)
    qtbot.addWidget(made)
    made.resize(pages.WIDTH, pages.HEIGHT)
    made.show()
    pages.settle(qtbot, made)
    yield made
    runner.close()


def dialog(parent: QWidget, kind: type[DialogT]) -> DialogT:
    (found,) = [each for each in parent.window().findChildren(kind) if each.isVisible()]
    return found


def test_it_tells_how_old_the_newest_is_what_has_changed_and_that_nobody_has_tried_one(view: BackupsView) -> None:
    told = view.standing.text()
    assert "(nyss). Något har ändrats sedan dess." in told
    assert "Ingen har provat att återställa." in told
    assert "samma disk" in view.warning.text()
    assert [view.table.model.value(0, name) for name in ("backup_reason", "backup_state")] == ["by_hand", "good"]
    assert view.beside.isHidden()


def test_one_is_made_and_all_are_checked(view: BackupsView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.told) as told:
        view.make.click()
        assert not view.make.isEnabled()
    assert "är gjord och kontrollerad" in told.args[0]
    pages.settle(qtbot, view)
    assert len(view.table.model.table.rows) == 2
    assert "Inget har ändrats sedan dess." in view.standing.text()
    with qtbot.waitSignal(view.told) as told:
        view.check.click()
    assert told.args == ["Alla kopior är hela"]
    pages.settle(qtbot, view)


def test_a_damaged_one_can_neither_be_tried_nor_restored(view: BackupsView, qtbot: QtBot, store: Path) -> None:
    (one,) = saved_copies.in_folder(saved_copies.folder_of(store))
    (saved_copies.folder_of(store) / one.name).write_bytes(b"damaged")
    view.mark_stale()
    pages.settle(qtbot, view)
    assert view.table.model.value(0, "backup_state") == "damaged"
    assert not view.drill.isEnabled()
    assert not view.restore.isEnabled()
    assert "Det finns ingen säkerhetskopia än." in view.standing.text()


def test_a_drill_asks_for_the_passphrase_and_shows_its_result(view: BackupsView, qtbot: QtBot) -> None:
    view.drill.click()
    form = dialog(view, BackupDrillDialog)
    type_text(form.passphrase, PASSPHRASE)
    with qtbot.waitSignal(view.told) as told:
        form.save.click()
    assert told.args[0].startswith("Gick bra")
    pages.settle(qtbot, view)
    assert "Senaste prov" in view.standing.text()


def test_another_folder_is_chosen_and_left_again(view: BackupsView, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    with messages.answering(str(tmp_path / "usb")):
        view.choose_folder.click()
    pages.settle(qtbot, view)
    assert str(tmp_path / "usb") in view.standing.text()
    assert view.beside.isVisible()
    view.beside.click()
    pages.settle(qtbot, view)
    assert view.beside.isHidden()


def test_the_whole_store_is_exported_and_received_as_a_store_of_its_own(
    view: BackupsView, qtbot: QtBot, tmp_path: Path
) -> None:
    view.export.click()
    form = dialog(view, ExportStoreDialog)
    form.path.set_path(tmp_path / "ut.kvexport")
    for text, said in (("kort", "för kort"), ("lösenord1", "lätt att gissa"), ("fem ord för resan", "")):
        form.passphrase.field.setText(text)
        form.passphrase.again.setText(text)
        if said:
            form.save.click()
            assert said in form.passphrase.at_field.wrong.text()
    with qtbot.waitSignal(view.told):
        form.save.click()
    received = ReceiveStoreDialog(view.runner, view)
    received.open()
    received.file.set_path(tmp_path / "ut.kvexport")
    received.path.set_path(tmp_path / "ny.kvdb")
    for field, text in ((received.journey, "fem ord för resan"), (received.user, "Bo"), (received.unit, "Ekonomi")):
        field.setText(text)
    for field in (received.passphrase.field, received.passphrase.again):
        field.setText("mottagarens egen")
    with qtbot.waitSignal(received.received) as told:
        received.save.click()
    assert told.args == [tmp_path / "ny.kvdb", "mottagarens egen"]
    open_workspace(tmp_path / "ny.kvdb", "mottagarens egen", write=False).close()


def test_who_is_no_administrator_is_not_offered_to_restore_or_export(qtbot: QtBot, store: Path) -> None:
    with open_workspace(store, PASSPHRASE, write=True) as workspace:
        told, key = key_file.read(store).keys, workspace.store.key
        assert not isinstance(key, str)
        slot = keys.new_slot(told.store_id, Owner("Bo"), "bosses fras", (key,))
        with workspace.action("user_added"):
            users.add(workspace.store, "Bo", "", {Role.ANALYST}, slot.public_key, "Anna")
        key_file.write(store, told.replacing(slot))
    runner = StoreRunner()
    runner.open(store, "bosses fras", lambda _store: None, user="Bo")
    qtbot.waitUntil(lambda: not runner.is_busy)
    view = BackupsView(runner)
    qtbot.addWidget(view)
    view.show()
    pages.settle(qtbot, view)
    assert view.make.isVisible()
    assert [one.isVisible() for one in (view.restore, view.export, view.choose_folder)] == [False] * 3
    runner.close()


# restoring


@pytest.fixture
def opened(window: MainWindow, runner: StoreRunner, store: Path, qtbot: QtBot) -> BackupsView:
    runner.open(store, PASSPHRASE, lambda _store: None)
    qtbot.waitUntil(lambda: not runner.is_busy)
    window.go_to("protection", "backups")
    qtbot.waitUntil(lambda: not runner.is_busy)
    page = window.current_page()
    assert page is not None
    (view,) = page.findChildren(BackupsView)
    return view


def test_a_backup_is_restored_in_the_open_window_which_goes_on_with_it(
    opened: BackupsView, window: MainWindow, runner: StoreRunner, qtbot: QtBot, store: Path
) -> None:
    opened.restore.click()
    form = dialog(opened, RestoreDialog)
    qtbot.waitUntil(lambda: "Det här går förlorat: 2 poster" in form.lost.text())
    form.passphrase.setText("fel")
    form.save.click()
    qtbot.waitUntil(lambda: "Lösenfrasen passar inte" in form.wrong.text())
    assert runner.can_write
    form.passphrase.setText(PASSPHRASE)
    with qtbot.waitSignal(form.saved):
        form.save.click()
    assert "är återställd från" in form.explained.text()
    assert runner.store is not None
    assert runner.store.path == store
    form.save.click()
    qtbot.waitUntil(lambda: not runner.is_busy)
    said: list[str | None] = []
    runner.run(lambda workspace, _progress: meta.get(workspace.store, "prov"), said.append)
    qtbot.waitUntil(lambda: said == ["then"])
    assert window.status.backup.text() == "Säkerhetskopia nyss"


def test_a_store_that_does_not_open_is_restored_before_one_is_open(
    runner: StoreRunner, qtbot: QtBot, store: Path
) -> None:
    store.unlink()
    form = RestoreDialog(runner, store, saved_copies.folder_of(store))
    qtbot.addWidget(form)
    form.show()
    qtbot.waitUntil(form.save.isEnabled)
    assert form.path.isVisible()
    form.folder.set_path(store.parent / "finns inte")
    qtbot.waitUntil(lambda: "finns inte" in form.wrong.text())
    assert not form.save.isEnabled()
    form.folder.set_path(saved_copies.folder_of(store))
    qtbot.waitUntil(form.save.isEnabled)
    form.passphrase.setText(PASSPHRASE)
    with qtbot.waitSignal(form.saved):
        form.save.click()
    assert "Öppna den med lösenfrasen" in form.explained.text()
    with open_workspace(store, PASSPHRASE, write=False) as workspace:
        assert meta.get(workspace.store, "prov") == "then"
