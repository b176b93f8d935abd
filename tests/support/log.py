"""The log during a test: warnings and worse are kept, and whoever expects them takes them."""

from __future__ import annotations

import logging
from typing import Self


class LogWatch(logging.Handler):
    """Keeps what is logged at WARNING or above while it is entered."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self._messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._messages.append(f"{record.name}: {record.getMessage()}")

    def take(self) -> list[str]:
        """Return the messages so far as `logger: text` and forget them."""
        taken, self._messages = self._messages, []
        return taken

    def __enter__(self) -> Self:
        logging.getLogger().addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self)
