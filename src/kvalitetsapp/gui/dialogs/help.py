"""The manual in the window: topics to the left, text to the right, searchable and offline; and every shortcut."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from kvalitetsapp import settings
from kvalitetsapp.gui.shortcuts import Shortcut
from kvalitetsapp.gui.spacing import letters, lines, pad
from kvalitetsapp.texts import _

SHORTCUTS_TOPIC: Final = "shortcuts"
# The window itself is what the pictures show.
_PICTURE: Final = re.compile(r"^!\[[^\]]*\]\([^)]*\)\n+", re.MULTILINE)


class HelpDialog(QDialog):
    """Shows a topic of the manual; stays open beside the work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Hjälp"))
        self.resize(letters(self, 120), lines(self, 40))
        column = QVBoxLayout(self)
        pad(column, self, 0.7)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Sök i hjälpen …"))
        self.search.setAccessibleName(_("Sök i hjälpen"))
        self.search.setClearButtonEnabled(True)
        self.topics = QListWidget()
        self.topics.setAccessibleName(_("Ämnen"))
        self.topics.setObjectName("choices")
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Hjälptext"))
        self.text.setOpenExternalLinks(False)
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(self.topics)
        parts.addWidget(self.text)
        parts.setStretchFactor(1, 1)
        parts.setSizes([letters(self, 31), letters(self, 87)])
        column.addWidget(self.search)
        column.addWidget(parts, 1)
        self._texts = manual()
        self.search.textChanged.connect(self._list)
        self.topics.currentItemChanged.connect(self._show)
        self._list("")

    def show_topic(self, topic: str) -> None:
        """Show the text about `topic`, the first one where there is none; `topic#heading` is a section of it."""
        self.search.clear()
        topic, _sign, heading = topic.partition("#")
        names = list(self._texts)
        found = next((name for name in names if name == topic or name.endswith(f"-{topic}")), names[0])
        self.topics.setCurrentRow(names.index(found))
        self._go_to_heading(heading)

    def _list(self, wanted: str) -> None:
        self.topics.clear()
        for name, text in self._texts.items():
            if wanted.casefold() in text.casefold():
                item = QListWidgetItem(title_of(text), self.topics)
                item.setData(Qt.ItemDataRole.UserRole, name)
        self.topics.setCurrentRow(0)

    def _show(self, current: QListWidgetItem | None) -> None:
        if current is None:
            self.text.setPlainText(_("Inget i hjälpen handlar om det."))
            return
        self.text.setSearchPaths([str(settings.manual_dir())])
        self.text.setMarkdown(self._texts[current.data(Qt.ItemDataRole.UserRole)])

    def _go_to_heading(self, heading: str) -> None:
        """Bring a heading of the text that is shown to its top."""
        block = self.text.document().begin()
        while block.isValid() and not (block.blockFormat().headingLevel() and block.text() == heading):
            block = block.next()
        if block.isValid():
            cursor = QTextCursor(block)
            self.text.moveCursor(QTextCursor.MoveOperation.End)  # what is come to from below stands at the top
            self.text.setTextCursor(cursor)
            self.text.ensureCursorVisible()

    def _follow(self, link: QUrl) -> None:
        topic = Path(link.path()).stem
        if topic in self._texts:
            self.show_topic(topic)


def manual() -> dict[str, str]:
    """Return the manual's pages by topic, in order, and a page of all shortcuts last."""
    folder = settings.manual_dir()
    pages = {path.stem: _PICTURE.sub("", path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.md"))}
    return {**pages, SHORTCUTS_TOPIC: _shortcuts()}


def title_of(text: str) -> str:
    """Return the heading of a page."""
    heading = next((line for line in text.splitlines() if line.startswith("#")), "")
    return heading.lstrip("# ").strip() or _("Utan rubrik")


def _shortcuts() -> str:
    rows = "\n".join(f"| {shortcut.shown} | {shortcut.text} |" for shortcut in Shortcut)
    return _("# Kortkommandon") + "\n\n| " + _("Tangent") + " | " + _("Gör") + " |\n|---|---|\n" + rows + "\n"
