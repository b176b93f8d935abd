"""Tells when nobody has touched a key or the mouse in any window of the program for some time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputEvent, QInputMethodEvent

from kvalitetsapp.gui.desk import all_windows

if TYPE_CHECKING:
    from collections.abc import Callable

MILLISECONDS_BETWEEN_LOOKS: Final = 5_000
_FROM_SOMEBODY: Final = (QInputEvent, QInputMethodEvent)
_SIGNS_OF_SOMEBODY: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


def monotonic_and_wall() -> tuple[float, float]:
    """Return both clocks: the one stands still while some computers sleep, the other can be set back."""
    return time.monotonic(), time.time()


class IdleWatch(QObject):
    """Watches all windows while it is on; `idle` is told once, when `seconds()` have passed without a sign."""

    idle = Signal()

    def __init__(
        self,
        seconds: Callable[[], float],
        parent: QObject,
        clocks: Callable[[], tuple[float, float]] = monotonic_and_wall,
    ) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._clocks = clocks
        self._last = clocks()
        self._is_on = False
        self._timer = QTimer(self)
        self._timer.setInterval(MILLISECONDS_BETWEEN_LOOKS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to watch; the time counts from now."""
        self._last = self._clocks()
        if not self._is_on:
            self._is_on = True
            self._timer.start()
            all_windows.watch(self, on=True)

    def stop(self) -> None:
        """Watch no longer."""
        if self._is_on:
            self._is_on = False
            self._timer.stop()
            all_windows.watch(self, on=False)

    def look(self) -> None:
        """Tell it if the time is over."""
        if self._is_on and self._is_over():
            self.stop()
            self.idle.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note a sign of somebody; one that comes when the time is over, as a computer wakes, does nothing else."""
        # The class is asked first, since every event of every widget comes by; its type takes three times as long.
        if not isinstance(event, _FROM_SOMEBODY) or event.type() not in _SIGNS_OF_SOMEBODY:
            return False
        if self._is_over():
            self.look()
            return True
        self._last = self._clocks()
        return False

    def _is_over(self) -> bool:
        passed = max(now - before for now, before in zip(self._clocks(), self._last, strict=True))
        return passed >= self._seconds()
