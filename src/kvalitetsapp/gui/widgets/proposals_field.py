"""Proposals in the order in which they are to be done: a line each, moved up and down by Alt and the arrow keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain.gap_form import ProposalTexts
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINES_AT_FIRST = 3


@dataclass(frozen=True, slots=True)
class _Line:
    """The fields of a proposal."""

    place: PlainLabel
    what: QLineEdit
    cost: QLineEdit
    effort: QLineEdit
    responsible: QLineEdit

    @property
    def fields(self) -> tuple[QLineEdit, ...]:
        """Return the fields in the order in which they are filled in."""
        return (self.what, self.cost, self.effort, self.responsible)

    def texts(self) -> ProposalTexts:
        """Return what is typed."""
        return ProposalTexts(*(field.text() for field in self.fields))

    def show(self, texts: ProposalTexts) -> None:
        """Show a proposal."""
        told = (texts.what, texts.cost, texts.effort, texts.responsible)
        for field, text in zip(self.fields, told, strict=True):
            field.setText(text)
            field.setCursorPosition(0)


class ProposalsField(QWidget):
    """Lines of what is proposed, its cost or effort, and who is to do it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[_Line] = []
        self.up, self.down = QPushButton(_("Flytta upp")), QPushButton(_("Flytta ner"))
        self.more = QPushButton(_("Ett förslag till"))
        self._grid = QGridLayout()
        self._at = 0
        self._arrange()
        for _line in range(_LINES_AT_FIRST):
            self._add_line()
        self.setFocusProxy(self.lines[0].what)

    def texts(self) -> tuple[ProposalTexts, ...]:
        """Return the proposals in their order, the empty lines left out."""
        return tuple(texts for line in self.lines if not (texts := line.texts()).is_empty)

    def set_texts(self, proposals: Iterable[ProposalTexts]) -> None:
        """Show proposals."""
        told = tuple(proposals)
        while len(self.lines) < len(told):
            self._add_line()
        for line, texts in zip(self.lines, (*told, *[ProposalTexts()] * (len(self.lines) - len(told))), strict=True):
            line.show(texts)

    def move_line(self, step: int) -> None:
        """Move the proposal that has, or last had, the focus one place."""
        to = self._at + step
        if not 0 <= to < len(self.lines):
            return
        mine, other = self.lines[self._at], self.lines[to]
        here, there = mine.texts(), other.texts()
        mine.show(there)
        other.show(here)
        self._at = to
        other.what.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Remember the line that the focus comes to: it is what is moved."""
        if event.type() is QEvent.Type.FocusIn:
            self._at = next((row for row, line in enumerate(self.lines) if watched in line.fields), self._at)
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(spacing.lines(self, 0.3))
        headings = ("", _("Förslag"), _("Kostnad, kr"), _("Insats"), _("Ansvarig"))
        for place, heading in enumerate(headings):
            told = PlainLabel(heading)
            told.setObjectName("muted")
            self._grid.addWidget(told, 0, place)
        for place, stretch in ((1, 6), (2, 2), (3, 4), (4, 3)):
            self._grid.setColumnStretch(place, stretch)
        self.up.clicked.connect(lambda: self.move_line(-1))
        self.down.clicked.connect(lambda: self.move_line(1))
        self.more.clicked.connect(self._one_more)
        for step, key in ((-1, Qt.Key.Key_Up), (1, Qt.Key.Key_Down)):
            action = QAction(self)
            action.setShortcut(QKeySequence(Qt.Modifier.ALT | key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _checked=False, step=step: self.move_line(step))
            self.addAction(action)
        for button in (self.up, self.down, self.more):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        column.addLayout(arrangement.ends((self.more, self.up, self.down)))

    def _one_more(self) -> None:
        self._add_line()
        self.lines[-1].what.setFocus()

    def _add_line(self) -> None:
        row = len(self.lines)
        line = _Line(PlainLabel(number(row + 1)), QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit())
        line.cost.setAlignment(Qt.AlignmentFlag.AlignRight)
        names = (_("Förslag {n}"), _("Kostnad för förslag {n}"), _("Insats för förslag {n}"), _("Ansvarig för {n}"))
        self._grid.addWidget(line.place, row + 1, 0)
        for place, (field, name) in enumerate(zip(line.fields, names, strict=True), 1):
            field.setAccessibleName(name.format(n=row + 1))
            field.textChanged.connect(lambda _text: self.changed.emit())
            field.installEventFilter(self)
            self._grid.addWidget(field, row + 1, place)
        self.lines.append(line)
