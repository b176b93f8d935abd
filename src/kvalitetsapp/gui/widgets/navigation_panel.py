"""The list of pages at the left edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kvalitetsapp.gui.icons import icon
from kvalitetsapp.gui.spacing import enlarge, letters, lines, pad
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kvalitetsapp.domain.rights import Right
    from kvalitetsapp.gui.navigation import PageEntry
    from kvalitetsapp.gui.theme import Tokens


class NavigationPanel(QFrame):
    """Pages from top to bottom in the order of the work; help and commands at the foot."""

    chosen = Signal(str)
    help_wanted = Signal()
    palette_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, entries: Sequence[PageEntry], tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigationPanel")
        self._entries = list(entries)
        self._counts: dict[str, int] = {}
        self.list = QListWidget()
        self.list.setObjectName("navigation")
        self.list.setAccessibleName(_("Sidor"))
        self.list.setIconSize(QSize(lines(self, 1.4), lines(self, 1.4)))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        name = QLabel(_("Kvalitetsapp"))
        name.setObjectName("programName")
        enlarge(name, 1.2, bold=True)
        self._feet = [
            self._foot("help", _("Hjälp (F1)")),
            self._foot("palette", _("Kommandon (Ctrl+K)")),
            self._foot("lock", _("Lås (Ctrl+L)")),
        ]
        for button, wanted in zip(self._feet, (self.help_wanted, self.palette_wanted, self.lock_wanted), strict=True):
            button.clicked.connect(wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(name)
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        pad(foot, self, 0.5)
        for button in self._feet:
            foot.addWidget(button)
        foot.addStretch(1)
        column.addLayout(foot)
        self.setFixedWidth(letters(self, 30))
        for entry in self._entries:
            item = QListWidgetItem(_(entry.title), self.list)
            item.setToolTip(f"{_(entry.title)} ({entry.shortcut.keys})")
        self.dye(tokens)
        self.list.currentRowChanged.connect(self._on_row)

    def choose(self, name: str) -> None:
        """Mark the page that is shown."""
        row = next(place for place, entry in enumerate(self._entries) if entry.name == name)
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt's own

    def offer(self, rights: Collection[Right]) -> None:
        """Show the pages that whoever has these rights may see."""
        for row, entry in enumerate(self._entries):
            self.list.item(row).setHidden(entry.right not in rights)

    def current(self) -> str:
        """Return the name of the page that is marked, "" before there is one."""
        row = self.list.currentRow()
        return self._entries[row].name if row >= 0 else ""

    def set_count(self, name: str, count: int) -> None:
        """Show beside a page how much waits there."""
        for row, entry in enumerate(self._entries):
            if entry.name == name:
                title = _(entry.title)
                self.list.item(row).setText(f"{title}  ({number(count)})" if count else title)

    def dye(self, tokens: Tokens) -> None:
        """Colour the icons."""
        for row, entry in enumerate(self._entries):
            self.list.item(row).setIcon(icon(entry.icon_name, tokens))
        for button in self._feet:
            button.setIcon(icon(button.property("drawing"), tokens))

    def _foot(self, icon_name: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName("quiet")
        button.setProperty("drawing", icon_name)
        button.setIconSize(QSize(lines(self, 1.3), lines(self, 1.3)))
        button.setToolTip(text)
        button.setAccessibleName(text)
        return button

    def _on_row(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(self._entries[row].name)
