"""Facts as a quiet two-column text that can be read, selected and scrolled."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QTextBrowser, QWidget

from kvalitetsapp.gui.theme import tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.facts import Fact


class FactsView(QTextBrowser):
    """Shows labels and what they say; sections have headings."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setStyleSheet("QTextBrowser { border: none; }")
        self.setOpenLinks(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        font = QFont(self.font())
        font.setFeature(QFont.Tag("tnum"), 1)
        self.setFont(font)

    def show_facts(self, *sections: tuple[str, Sequence[Fact]]) -> None:
        """Show sections of facts; a section without a heading has "" for one."""
        self.setHtml("".join(self._section(heading, facts) for heading, facts in sections if facts))

    def show_paragraphs(self, paragraphs: Sequence[str]) -> None:
        """Show plain sentences, one paragraph each."""
        gap = self.fontMetrics().height() // 2
        self.setHtml("".join(f'<p style="margin:0 0 {gap}px 0">{escape(each)}</p>' for each in paragraphs))

    def _section(self, heading: str, facts: Sequence[Fact]) -> str:
        gap = self.fontMetrics().height() // 4
        muted = tokens_of(QGuiApplication.palette()).muted
        pad = f"padding:{gap // 2}px {gap * 4}px {gap // 2}px 0"
        rows = "".join(
            f'<tr><td style="{pad}; white-space:nowrap"><span style="color:{muted}">{escape(fact.label)}</span></td>'
            f'<td style="{pad}">{"<br>".join(escape(line) for line in fact.lines)}</td></tr>'
            for fact in facts
        )
        title = f'<p style="margin:{gap * 2}px 0 {gap}px 0"><b>{escape(heading)}</b></p>' if heading else ""
        return f'{title}<table cellspacing="0">{rows}</table>'
