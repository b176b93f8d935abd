"""The whole main job with the keyboard alone: open, import, review, claim, compare, report."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.open_store import OpenStoreDialog
from kvalitetsapp.gui.pages.claims_page import ClaimsPage
from kvalitetsapp.gui.pages.import_page import ImportPage
from kvalitetsapp.gui.pages.quality_page import QualityPage
from kvalitetsapp.gui.pages.reports_page import ReportsPage
from kvalitetsapp.gui.pages.review_page import ReviewPage
from support import examples
from support.counties import PASSPHRASE
from support.keys import focused, type_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.gui.pages.page import Page

    P = TypeVar("P", bound=Page)

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
MOST_TABS = 40
INPUTS = (QLineEdit, QComboBox, QAbstractButton, QAbstractItemView, QAbstractSpinBox, QPlainTextEdit, QTextEdit)
QT_BUILT = (QLineEdit, QComboBox, QTabBar, QAbstractItemView, QAbstractSpinBox)


def key(which: Qt.Key, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
    QTest.keyClick(focused(), which, modifiers)


def tab_to(wanted: QWidget) -> None:
    """Press Tab until `wanted` has the focus."""
    seen = []
    for _step in range(MOST_TABS):
        if wanted.hasFocus():
            return
        seen.append(type(focused()).__name__)
        key(Qt.Key.Key_Tab)
    pytest.fail(f"Tab never came to {wanted}; it went through {seen}")


def replace_text(field: QLineEdit, text: str) -> None:
    tab_to(field)
    key(Qt.Key.Key_A, CTRL)
    type_text(field, text)
    assert field.text() == text


def page_with(window: MainWindow, which: Qt.Key, kind: type[P], settle: Callable[[], None]) -> P:
    """Go to a page with its key."""
    key(which, CTRL)
    settle()
    page = window.current_page()
    assert isinstance(page, kind)
    return page


def test_the_main_job_is_done_with_the_keyboard_alone(
    window: MainWindow,
    county: Path,
    tmp_path: Path,
    settle: Callable[[], None],
    qtbot: QtBot,
) -> None:
    window.activateWindow()
    window.setFocus()
    _open(window, county, settle, qtbot)
    _import(window, settle)
    _review(window, settle)
    _claims(window, settle)
    _quality(window, settle)
    _report(window, tmp_path, settle)


def _open(window: MainWindow, county: Path, settle: Callable[[], None], qtbot: QtBot) -> None:
    key(Qt.Key.Key_O, CTRL)
    (dialog,) = window.dialogs
    assert isinstance(dialog, OpenStoreDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    tab_to(dialog.tabs.tabBar())
    key(Qt.Key.Key_Left)
    assert dialog.tabs.currentWidget() is dialog.open_form
    replace_text(dialog.open_form.path.text, str(county))
    tab_to(dialog.open_form.path.button)
    tab_to(dialog.open_form.passphrase)
    type_text(focused(), PASSPHRASE)
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.dialogs)
    settle()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.navigation.current() == "overview"


def _import(window: MainWindow, settle: Callable[[], None]) -> None:
    file = examples.FOLDER / "county" / "persons.csv"
    with messages.answering([str(file)]):
        key(Qt.Key.Key_I, CTRL)
        settle()
    page = window.current_page()
    assert isinstance(page, ImportPage)
    assert "Inget är sparat ännu" in page.account.text()
    tab_to(page.take)
    key(Qt.Key.Key_Space)
    settle()
    assert page.account.text().startswith("Inläst:")


def _review(window: MainWindow, settle: Callable[[], None]) -> None:
    page = page_with(window, Qt.Key.Key_5, ReviewPage, settle)
    before = page.desk.queue.table.model.rowCount()
    decided = 0
    for _case in range(12):
        if decided == 3:
            break
        key(Qt.Key.Key_1)
        if page.desk.form.save.isEnabled():
            key(Qt.Key.Key_Return, CTRL)
            decided += 1
        else:
            key(Qt.Key.Key_Down, ALT)
        settle()
    assert page.desk.queue.table.model.rowCount() == before - 3


def _claims(window: MainWindow, settle: Callable[[], None]) -> None:
    cases = page_with(window, Qt.Key.Key_7, ClaimsPage, settle).cases
    first = cases.heading.text()
    tab_to(cases.table.view)
    key(Qt.Key.Key_Down)
    assert cases.heading.text() != first
    tab_to(cases.why)


def _quality(window: MainWindow, settle: Callable[[], None]) -> None:
    page = page_with(window, Qt.Key.Key_8, QualityPage, settle)
    tab_to(page.list.table.view)
    key(Qt.Key.Key_Return)
    settle()
    one = page.one
    tab_to(one.groups.view)
    first = one.behind_heading.text()
    key(Qt.Key.Key_Down)
    settle()
    assert one.behind_heading.text() != first
    tab_to(one.behind.view)
    tab_to(one.pane.kind)
    tab_to(page.scope.joint)


def _report(window: MainWindow, tmp_path: Path, settle: Callable[[], None]) -> None:
    page = page_with(window, Qt.Key.Key_9, ReportsPage, settle).make
    folder = tmp_path / "rapporter"
    folder.mkdir()
    replace_text(page.form.folder.text, str(folder))
    tab_to(page.make)
    key(Qt.Key.Key_Space)
    settle()
    assert [each.suffix for each in folder.iterdir()] == [".pdf"]
