"""What the tests of whole chains share: someone at the window, in which no store is open."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import pytest

from kvalitetsapp.gui import theme
from kvalitetsapp.gui.main_window import MainWindow
from kvalitetsapp.gui.operations import StoreRunner
from support import pages
from support.finance_at_keyboard import FinanceAtKeyboard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from support.finance_at_keyboard import Until

_BETWEEN_LOOKS_MS: Final = 1


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    """Return a function that waits until something holds, and looks often: a walk by keys waits a thousand times."""

    def wait(holds: Callable[[], bool]) -> None:
        patience = time.monotonic() + pages.PATIENCE_MS / 1000
        while not holds():
            assert time.monotonic() < patience, f"waited in vain for {holds}"
            qtbot.wait(_BETWEEN_LOOKS_MS)

    return wait


@pytest.fixture
def finance(qtbot: QtBot, qapp: QApplication, until: Until) -> Iterator[FinanceAtKeyboard]:
    """Return someone at the window, in which no store is open."""
    runner = StoreRunner()
    window = MainWindow(runner, theme.apply(qapp))
    qtbot.addWidget(window)
    window.show()
    yield FinanceAtKeyboard(window, runner, until)
    runner.close()
