"""Every page and tab of the window, walked through once: reached, heard, allowed, and its copies noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTabWidget,
    QTextEdit,
    QWidget,
)

from kvalitetsapp.domain.copied import tells_of_persons
from kvalitetsapp.gui import permissions
from kvalitetsapp.gui.dialogs.crash import CrashDialog
from kvalitetsapp.gui.dialogs.help import HelpDialog
from kvalitetsapp.gui.dialogs.open_store import OpenStoreDialog
from kvalitetsapp.gui.dialogs.palette import CommandPalette
from kvalitetsapp.gui.navigation import PAGES, PageEntry
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.data_table import DataTable
from support import issued_store
from support.counties import PASSPHRASE
from support.keys import focused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.gui.operations import StoreRunner

INPUTS = (QLineEdit, QComboBox, QAbstractButton, QAbstractItemView, QAbstractSpinBox, QPlainTextEdit, QTextEdit)
QT_BUILT = (QLineEdit, QComboBox, QTabBar, QAbstractItemView, QAbstractSpinBox)


@pytest.fixture
def full_window(window: MainWindow, runner: StoreRunner, settle: Callable[[], None], tmp_path: Path) -> MainWindow:
    """Return the window over a small store with something of everything, open to one who may do everything."""
    runner.open(issued_store.make(tmp_path).path, PASSPHRASE, lambda _store: None)
    settle()
    window.activateWindow()
    return window


def test_every_page_is_reached_with_its_key_focused_named_allowed_and_notes_what_is_copied(
    full_window: MainWindow, settle: Callable[[], None]
) -> None:
    taken = set()
    for entry in PAGES:
        page = comes_up_without_complaint(full_window, entry, settle)
        assert page is focused() or page.isAncestorOf(focused()), entry.name
        assert nameless(page) == [], entry.name
        for name, part in parts_that_take_a_right(page):
            taken.add(name)
            assert not permissions.is_withheld(part), name
        come_to_every_tab(page, settle)
        assert full_window.message.text == "", entry.name
    assert nameless(full_window.navigation) == []
    assert {f"{kind}.{name}" for kind, names in permissions.NEEDED.items() for name in names} - taken == set()
    every_table_with_persons_rows_notes_its_copies(full_window)
    assert full_window.dialogs == []


def comes_up_without_complaint(window: MainWindow, entry: PageEntry, settle: Callable[[], None]) -> Page:
    QTest.keySequence(window, QKeySequence(entry.shortcut.keys))
    settle()
    page = window.current_page()
    assert isinstance(page, Page)
    assert type(page).__name__ == entry.class_name
    assert window.header.title.text() == entry.title
    assert window.navigation.current() == entry.name
    assert window.message.text == ""
    return page


def parts_that_take_a_right(page: QWidget) -> Iterator[tuple[str, QWidget]]:
    for widget in (page, *page.findChildren(QWidget)):
        for name in permissions.NEEDED.get(type(widget).__name__, {}):
            held = getattr(widget, name)
            for part in held.values() if isinstance(held, dict) else [held]:
                yield f"{type(widget).__name__}.{name}", part


def come_to_every_tab(page: Page, settle: Callable[[], None]) -> None:
    for tabs in page.findChildren(QTabWidget):
        for place in range(tabs.count()):
            tabs.setCurrentIndex(place)
            settle()


def every_table_with_persons_rows_notes_its_copies(window: MainWindow) -> None:
    tables = [one for one in window.findChildren(DataTable) if tells_of_persons(one.model.table.names())]
    assert len(tables) > 8
    assert [one.name for one in tables if not one.receivers(SIGNAL("copied(PyObject)"))] == []


def nameless(widget: QWidget) -> list[tuple[str, str]]:
    """Return the inputs below a widget that have no name for those who listen."""
    buddies = {label.buddy() for label in widget.findChildren(QLabel) if label.text()}
    found = [each for kind in INPUTS for each in widget.findChildren(kind)]
    return [
        (type(each).__name__, type(each.parent()).__name__)
        for each in found
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus and not _name(each) and each not in buddies
    ]


def _name(widget: QWidget) -> str:
    parent = widget.parent()
    while isinstance(parent, QWidget):
        if isinstance(parent, QT_BUILT):
            return "Qt names the parts of its own widgets"
        parent = parent.parent()
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text or widget.toolTip()


def test_every_input_of_every_dialog_has_a_name(qtbot: QtBot, runner: StoreRunner, tmp_path: Path) -> None:
    dialogs = [
        OpenStoreDialog(runner),
        CrashDialog("rapport", tmp_path / "rapport.txt"),
        HelpDialog(),
        CommandPalette([]),
    ]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        dialog.show()
    assert {type(dialog).__name__: nameless(dialog) for dialog in dialogs if nameless(dialog)} == {}
