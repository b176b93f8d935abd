"""The clipboard: what the program copied is taken away while it is still there, and only then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QLineEdit

from kvalitetsapp.gui import clipboard
from kvalitetsapp.gui.clipboard import KEEP_OUT, MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

NUMBER = "191212121212"


@pytest.fixture(autouse=True)
def _empty(qapp: object) -> Iterator[None]:
    QGuiApplication.clipboard().clear()
    yield
    clipboard.clear()


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> clipboard.Copies:
    """Return what watches over copies, with a shorter time."""
    found = clipboard.copies()
    monkeypatch.setattr(found, "kept_seconds", 0.02)
    return found


def now() -> str:
    return QGuiApplication.clipboard().text()


def image(colour: str) -> QImage:
    made = QImage(4, 4, QImage.Format.Format_RGB32)
    made.fill(QColor(colour))
    return made


def test_there_is_one_that_watches_and_it_keeps_for_a_minute(qapp: object) -> None:
    assert clipboard.copies() is clipboard.copies()
    assert clipboard.copies().kept_seconds == clipboard.KEPT_SECONDS == 60


def test_a_copy_is_taken_away_when_its_time_is_over(copies: clipboard.Copies, qtbot: QtBot) -> None:
    copies.put_text(NUMBER)
    assert now() == NUMBER
    qtbot.waitUntil(lambda: now() == "")


def test_what_others_have_copied_since_stays(copies: clipboard.Copies, qtbot: QtBot) -> None:
    copies.put_text(NUMBER)
    QGuiApplication.clipboard().setText("någon annans")
    qtbot.wait(60)
    clipboard.clear()
    assert now() == "någon annans"


def test_a_text_that_lost_its_mark_on_the_way_is_still_ours() -> None:
    clipboard.put_text(NUMBER)
    bare = QMimeData()
    bare.setText(NUMBER)
    QGuiApplication.clipboard().setMimeData(bare)
    assert clipboard.copies().are_there()
    clipboard.clear()
    assert now() == ""


def test_a_picture_is_taken_away_and_anothers_picture_is_not() -> None:
    clipboard.put_image(image("red"))
    clipboard.clear()
    assert QGuiApplication.clipboard().image().isNull()
    clipboard.put_image(image("red"))
    QGuiApplication.clipboard().setImage(image("blue"))
    clipboard.clear()
    assert not QGuiApplication.clipboard().image().isNull()


def test_a_newer_copy_has_its_own_time(
    copies: clipboard.Copies, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies.put_text(NUMBER)
    monkeypatch.setattr(copies, "kept_seconds", 60)
    copies.put_text("nyare")
    qtbot.wait(60)
    assert now() == "nyare"


def test_what_a_field_copies_by_itself_is_taken_over(
    copies: clipboard.Copies, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the screens that tests have, Qt does not say whose the clipboard is; here it says that it is ours."""
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: True)
    field = QLineEdit(NUMBER)
    qtbot.addWidget(field)
    field.selectAll()
    field.copy()
    assert now() == NUMBER
    assert QGuiApplication.clipboard().mimeData().hasFormat(MARK)
    qtbot.waitUntil(lambda: now() == "")


def test_histories_and_clouds_are_asked_to_leave_it_out() -> None:
    clipboard.put_text(NUMBER)
    content = QGuiApplication.clipboard().mimeData()
    assert {name: content.data(name).data() for name in KEEP_OUT} == KEEP_OUT
    assert 'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"' in KEEP_OUT
    assert KEEP_OUT['application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"'] == bytes(4)
    assert NUMBER.encode() not in content.data(MARK).data()


def test_whoever_wants_to_know_is_told_of_every_copy(qtbot: QtBot) -> None:
    with qtbot.waitSignal(clipboard.copies().copied):
        clipboard.put_text(NUMBER)
