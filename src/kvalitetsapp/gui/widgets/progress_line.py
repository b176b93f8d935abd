"""How far long work has come: a bar, rows per second, time left, and a button that stops it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from kvalitetsapp.gui.spacing import letters
from kvalitetsapp.texts import N_, _, ngettext, number, percent

if TYPE_CHECKING:
    from kvalitetsapp.gui.operations import Operation

SHOWN_AFTER_MS: Final = 400
SECONDS_TO_TELL_SPEED: Final = 1.0
ROWS_WORTH_A_SPEED: Final = 100
IN_BYTES: Final = frozenset({N_("Läser filen"), N_("Läser in rader")})


class ProgressLine(QWidget):
    """Follows one operation at a time; comes into view when the work takes longer than a moment."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.said = QLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(letters(self, 22))
        self.bar.setAccessibleName(_("Förlopp"))
        self.stop = QToolButton()
        self.stop.setText(_("Avbryt"))
        self.stop.clicked.connect(self._cancel)
        for widget in (self.said, self.bar, self.stop):
            row.addWidget(widget)
        self._operation: Operation | None = None
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(SHOWN_AFTER_MS)
        self._delay.timeout.connect(self._come_into_view)
        self._began = 0.0
        self._from = 0
        self._what = ""
        self._counts = False
        self.hide()

    def follow(self, operation: Operation, *, counted: bool = False) -> None:
        """Show how `operation` goes, until it ends; `counted` where its steps are things that are told by number."""
        self._operation = operation
        self._counts = counted
        self._what = ""
        self._began = time.monotonic()
        self.said.setText(operation.label or _("Arbetar …"))
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        operation.progressed.connect(self._show)
        operation.ended.connect(self._end)
        self._delay.start()

    def _come_into_view(self) -> None:
        self.setVisible(self._operation is not None)

    def _end(self) -> None:
        self._operation = None
        self._delay.stop()
        self.hide()

    def _cancel(self) -> None:
        if self._operation is not None:
            self.stop.setEnabled(False)
            self.said.setText(_("Avbryter …"))
            self._operation.cancel()

    def _show(self, done: int, total: int | None, what: str) -> None:
        if not self.stop.isEnabled():
            return
        if what != self._what:
            self._what, self._began, self._from = what, time.monotonic(), done
        self.bar.setRange(0, total or 0)
        self.bar.setValue(done)
        rows = self._operation.progress.rows if self._operation is not None else 0
        seconds = time.monotonic() - self._began
        if self._counts and total:
            place = number(min(done + 1, total))
            self.said.setText(_("{n} av {total}: {what}").format(n=place, total=number(total), what=what))
        elif rows and total:
            self.said.setText(told_of_file(rows, done - self._from, total - done, what, seconds))
        else:
            self.said.setText(told(done, total, what, seconds))


def told_of_file(rows: int, done: int, left: int, what: str, seconds: float) -> str:
    """Return progress through a file, `done` and `left` in bytes, as a sentence: rows per second, time left."""
    if seconds < SECONDS_TO_TELL_SPEED or not done:
        return what
    speed = _("{what} · {n} rader/s").format(what=what, n=number(round(rows / seconds)))
    return _with_time_left(speed, round(left * seconds / done))


def _with_time_left(told_so_far: str, seconds: int) -> str:
    remaining = ngettext("{n} sekund kvar", "{n} sekunder kvar", seconds).format(n=number(seconds))
    return _("{speed} · {remaining}").format(speed=told_so_far, remaining=remaining)


def told(done: int, total: int | None, what: str, seconds: float) -> str:
    """Return progress as a sentence: what, how fast, how long to go."""
    if total and what in {_(one) for one in IN_BYTES}:
        return _("{what} · {share}").format(what=what, share=percent(done / total, 0))
    if seconds < SECONDS_TO_TELL_SPEED or done < ROWS_WORTH_A_SPEED:
        return what
    speed = done / seconds
    told_speed = _("{what} · {n} rader/s").format(what=what, n=number(round(speed)))
    if total is None:
        return told_speed
    return _with_time_left(told_speed, round((total - done) / speed))
