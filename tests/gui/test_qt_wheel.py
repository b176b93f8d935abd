"""The Qt wheel itself: one version of it ended the process after some thousand calls (decision 0002)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_qt_keeps_its_hands_off_the_references_to_true_and_none(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    before = _references()
    for _ in range(300_000):
        widget.setEnabled(True)
    after = _references()
    assert all(abs(now - then) < 1_000 for now, then in zip(after, before, strict=True))


def _references() -> tuple[int, int]:
    shared: tuple[object, object] = (True, None)
    return sys.getrefcount(shared[0]), sys.getrefcount(shared[1])
