"""What happens in any window of the program, shown to whoever watches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from PySide6.QtCore import QObject


def watch(observer: QObject, *, on: bool) -> None:
    """Show every event to an observer's `eventFilter`, or no longer."""
    application = QCoreApplication.instance()
    if application is None:
        return
    if on:
        application.installEventFilter(observer)
    else:
        application.removeEventFilter(observer)
