"""Python's collector of cycles, kept to the window's thread.

Left alone, the collector runs in whichever thread makes the object that is one too many, and takes what is anybody's.
In the store's thread it would take windows apart: Qt holds a lock of its own while it destroys an object and asks
Python something, the window's thread holds Python's lock while it waits for Qt's, and neither ever goes on.
"""

from __future__ import annotations

import gc
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

MILLISECONDS_BETWEEN: Final = 1000
_held: Final[set[int]] = set()


class WindowCollector(QTimer):
    """Collects in the thread that made it, about as often as Python would, until it is ended."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setInterval(MILLISECONDS_BETWEEN)
        self.timeout.connect(collect)
        self.destroyed.connect(partial(_let_go, id(self)))  # where nobody ends it, it goes with its parent
        self.start()
        _held.add(id(self))
        gc.disable()

    def end(self) -> None:
        """Let Python collect by itself again, unless another holds it."""
        self.stop()
        _let_go(id(self))


def _let_go(collector: int, _destroyed: object = None) -> None:
    if collector in _held:
        _held.remove(collector)
        if not _held:
            gc.enable()


def collect() -> None:
    """Collect the oldest generation whose turn it is, if it is anyone's."""
    counts, limits = gc.get_count(), gc.get_threshold()
    due = [generation for generation in (0, 1, 2) if counts[generation] > limits[generation] > 0]
    if due:
        gc.collect(max(due))
