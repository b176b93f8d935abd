"""The reports that were made since the window was opened: opened from here, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.gui.spacing import enlarge, lines
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_MADE: Final = (
    Column("about", Kind.TEXT, N_("Rapport")),
    Column("file", Kind.TEXT, N_("Fil")),
    Column("folder", Kind.TEXT, N_("Mapp")),
    Column("size", Kind.INTEGER, N_("Storlek (kB)")),
    Column("made", Kind.TEXT, N_("Skapad")),
)
_WHY_NOT: Final = Column("why_not", Kind.TEXT, N_("Varför ingen fil"))
_LEAST_LINES: Final = 8


@dataclass(frozen=True, slots=True)
class Made:
    """A report that was made, or that was not and why."""

    about: str
    path: Path | None
    clock: str
    size: int = 0
    why_not: str = ""


def made_now(about: str, path: Path | None, why_not: str = "") -> Made:
    """Return what has become of a report at this minute."""
    from datetime import datetime

    clock = f"{datetime.now().astimezone():%H:%M}"
    return Made(about, path, clock, path.stat().st_size if path else 0, why_not)


class MadeReports(QWidget):
    """A table, the latest first, with buttons that open the chosen file or its folder."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made: list[Made] = []
        self.open = QPushButton(_("Ö&ppna"))
        self.open_folder = QPushButton(_("Öppna m&appen"))
        self.table = DataTable("reports", key=("about", "file", "folder"))
        self.table.show_tools(on=False)
        self.table.view.setAccessibleName(_("Skapade nu"))
        self.table.view.setMinimumHeight(lines(self, _LEAST_LINES))
        self._arrange()
        self.table.row_activated.connect(self._open)
        self.table.current_row_changed.connect(self._enable)
        self.open.clicked.connect(lambda: self._open(self.table.current_row()))
        self.open_folder.clicked.connect(lambda: self._open(self.table.current_row(), folder=True))
        self._show()

    def add(self, made: Iterable[Made]) -> None:
        """Put reports first in the list; an earlier one of the same file, or on the same that gave none, goes."""
        new = list(made)
        gone = {(one.about, one.path) for one in new} | {(one.about, None) for one in new}
        self._made = [*new, *(one for one in self._made if (one.about, one.path) not in gone)]
        self._show()
        self.table.choose_row(0)

    def _arrange(self) -> None:
        heading = QLabel(_("Skapade nu"))
        enlarge(heading, 1.1, bold=True)
        head = QHBoxLayout()
        head.addWidget(heading, 1)
        head.addWidget(self.open_folder)
        head.addWidget(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.table, 1)

    def _show(self) -> None:
        refused = any(one.why_not for one in self._made)
        rows: list[Row] = [(*_cells(one), one.why_not) if refused else _cells(one) for one in self._made]
        self.table.set_table(Table((*_MADE, _WHY_NOT) if refused else _MADE, rows))
        self._enable(self.table.current_row())

    def _enable(self, row: int) -> None:
        is_there = 0 <= row < len(self._made) and self._made[row].path is not None
        for button in (self.open, self.open_folder):
            button.setEnabled(is_there)

    def _open(self, row: int, *, folder: bool = False) -> None:
        path = self._made[row].path if 0 <= row < len(self._made) else None
        if path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent if folder else path)))


def _cells(one: Made) -> Row:
    if one.path is None:
        return (one.about, "", "", None, one.clock)
    return (one.about, one.path.name, str(one.path.parent), one.size // 1024, one.clock)
