"""Progress and cancel for long work, known to services and shown by whoever called them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from kvalitetsapp.errors import CancelledError

if TYPE_CHECKING:
    from collections.abc import Callable


class Progress:
    """A report of how far long work has come, and the flag that asks it to stop.

    `step` may be called often: it passes on what it is told and raises `CancelledError` once `cancel` was called,
    from any thread.
    """

    def __init__(self, listener: Callable[[int, int | None, str], None] | None = None) -> None:
        self._listener = listener
        self._cancelled = threading.Event()
        self.rows = 0

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        """Tell whether the work was asked to stop."""
        return self._cancelled.is_set()

    def heed(self) -> None:
        """Stop here if the work was asked to.

        Raises:
            CancelledError: if `cancel` has been called.
        """
        if self.is_cancelled:
            raise CancelledError

    def count_rows(self, rows: int) -> None:
        """Note how many rows of a file have been taken so far, where `step` counts in bytes."""
        self.rows = rows

    def step(self, done: int, total: int | None, what: str) -> None:
        """Tell that `done` of `total` (None = unknown) of `what` is finished.

        Raises:
            CancelledError: if `cancel` has been called.
        """
        self.heed()
        if self._listener is not None:
            self._listener(done, total, what)
