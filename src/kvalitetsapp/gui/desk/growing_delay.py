"""The wait after a wrong passphrase: one second, two, four and so on, up to half a minute."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from kvalitetsapp.texts import ngettext

LONGEST_SECONDS: Final = 30


class GrowingDelay(QObject):
    """Counts wrong passphrases; `over` tells when the next one may be tried."""

    over = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.wrong = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.over)

    @property
    def is_waiting(self) -> bool:
        """Tell whether the next passphrase has to wait."""
        return self._timer.isActive()

    def begin(self) -> str:
        """Begin the wait after one more wrong passphrase, and return what is said of it."""
        seconds = min(2**self.wrong, LONGEST_SECONDS)
        self.wrong += 1
        self._timer.start(seconds * 1000)
        return ngettext("Vänta {n} sekund.", "Vänta {n} sekunder.", seconds).format(n=seconds)
