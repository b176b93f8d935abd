"""What the tests of whole chains share: someone at the window, in which no store is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.gui import theme
from kvalitetsapp.gui.main_window import MainWindow
from kvalitetsapp.gui.operations import StoreRunner
from support import pages
from support.finance_at_keyboard import FinanceAtKeyboard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from support.finance_at_keyboard import Until


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    """Return a function that waits until something holds."""
    return lambda holds: qtbot.waitUntil(holds, timeout=pages.PATIENCE_MS)


@pytest.fixture
def finance(qtbot: QtBot, qapp: QApplication, until: Until) -> Iterator[FinanceAtKeyboard]:
    """Return someone at the window, in which no store is open."""
    runner = StoreRunner()
    window = MainWindow(runner, theme.apply(qapp))
    qtbot.addWidget(window)
    window.show()
    yield FinanceAtKeyboard(window, runner, until)
    runner.close()
