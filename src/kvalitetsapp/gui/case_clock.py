"""How long a reviewer works on a case: from when it is shown, without pauses."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QHideEvent, QInputEvent, QShowEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

PAUSE_S: Final = 120.0
_SIGNS_OF_WORK: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
    }
)


class CaseClock(QObject):
    """Counts while its page is in view; two minutes without key or mouse are a pause, which is not counted."""

    def __init__(self, page: QWidget, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(page)
        self._now = now
        self._worked = 0.0
        self._last: float | None = None
        self._watching = False
        page.installEventFilter(self)

    def begin(self) -> None:
        """Begin a new case."""
        self._worked = 0.0
        self._last = self._now()

    def seconds(self) -> int:
        """Return how long the case has been worked on."""
        self._note()
        return round(self._worked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note signs of work in any window while the page is in view."""
        # Classes rather than types, which take three times as long to tell: every event of every widget comes by.
        if isinstance(event, QInputEvent):
            if event.type() in _SIGNS_OF_WORK:
                self._note()
        elif watched is self.parent() and isinstance(event, QShowEvent | QHideEvent):
            self._watch(on=isinstance(event, QShowEvent))
        return False

    def _note(self) -> None:
        now = self._now()
        if self._last is not None and now - self._last <= PAUSE_S:
            self._worked += now - self._last
        if self._last is not None:
            self._last = now

    def _watch(self, *, on: bool) -> None:
        application = QApplication.instance()
        if application is None or on == self._watching:
            return
        self._watching = on
        if on:
            application.installEventFilter(self)
            self._last = None if self._last is None else self._now()
        else:
            application.removeEventFilter(self)
            self._note()
