"""The questions of a form in the order of the work: one is open, digits answer it, and the next one follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from kvalitetsapp.gui import spacing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent

    from kvalitetsapp.gui.widgets.question import Question

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QuestionList(QFrame):
    """Shows questions as rows; `finished` tells that none is left to answer after the last one settled."""

    changed = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._questions: dict[str, Question] = {}
        self._asked: frozenset[str] = frozenset()
        self._filling = False
        self.setObjectName("card")
        self._column = QVBoxLayout(self)
        spacing.pad(self._column, self, 0.4, 0.05)

    def add(self, name: str, question: Question) -> None:
        """Add a question below those that are there."""
        self._questions[name] = question
        self._column.addWidget(question)
        question.entered.connect(lambda: self._enter(name))
        question.changed.connect(self.changed)
        question.settled.connect(lambda: self.go_on(name))

    def questions(self) -> Iterable[tuple[str, Question]]:
        """Return all questions with their names, in the order of the work."""
        return self._questions.items()

    def stops(self) -> list[QWidget]:
        """Return what the focus can be on, in order: each question's name, then what is inside it."""
        return [stop for each in self._questions.values() for stop in (each.header, *each.stops())]

    def set_filling(self, *, on: bool) -> None:
        """Open nothing while the form is being filled: Qt moves the focus about when widgets are hidden."""
        self._filling = on

    def set_asked(self, names: frozenset[str]) -> None:
        """Ask these questions; the others are not shown."""
        self._asked = names
        for name, question in self._questions.items():
            if question.isHidden() == (name in names):
                question.setVisible(name in names)

    def is_asked(self, name: str) -> bool:
        """Tell whether a question is shown."""
        return name in self._asked

    def opened(self) -> str:
        """Return the name of the question that is open, "" where none is."""
        return next((name for name, each in self._questions.items() if each.is_open and name in self._asked), "")

    def unanswered(self) -> str:
        """Return the first question without an answer, "" where all have one."""
        return next((name for name in self._names() if not self._questions[name].is_answered()), "")

    def open(self, name: str, *, focus: bool) -> None:
        """Open a question, and close the one that was open; "" only closes."""
        was_filling, self._filling = self._filling, True
        if name in self._asked:
            self._questions[name].set_open(on=True)
            if focus:
                self._questions[name].take_focus()
        for other, question in self._questions.items():
            if question.is_open and other != name:
                question.set_open(on=False)
        self._filling = was_filling
        self.show_opened()

    def press_digit(self, digit: int) -> bool:
        """Answer the open question by number, 0 takes the answer away; tell whether the number meant something."""
        name = self.opened()
        if not name:
            return False
        if digit == 0:
            self._questions[name].clear()
            return True
        return self._questions[name].press_digit(digit)

    def go_on(self, name: str) -> None:
        """Open the next question without an answer, in the order of the work."""
        names = self._names()
        place = names.index(name) if name in names else -1
        rest = [each for each in names[place + 1 :] if not self._questions[each].is_answered()]
        if rest:
            self.open(rest[0], focus=True)
        else:
            self.finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Answer with digits and go on with Return; what is typed in a text field never comes here."""
        name = self.opened()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not name or not plain:
            super().keyPressEvent(event)
        elif event.key() in _ENTER:
            if not self._questions[name].go_on():
                self.go_on(name)
        elif not (event.text().isdecimal() and self.press_digit(int(event.text()))):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Let all answers begin at the same place; how wide names are is known first in the dress of the window."""
        super().showEvent(event)
        width = max((each.title_width() for each in self._questions.values()), default=0)
        for each in self._questions.values():
            each.set_title_width(width)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what one works on in view when questions open and close."""
        super().resizeEvent(event)
        self.show_opened()

    def show_opened(self) -> None:
        """Scroll so that the open question is seen whole, or as much of it from its top as there is room for."""
        area = _area_around(self)
        name = self.opened()
        inside = None if area is None else area.widget()
        if area is None or inside is None or not name:
            return
        self._column.activate()
        question = self._questions[name]
        top = question.mapTo(inside, question.rect().topLeft()).y()
        bar, room = area.verticalScrollBar(), area.viewport().height()
        if top < bar.value() or question.height() >= room:
            bar.setValue(top)
        elif top + question.height() > bar.value() + room:
            bar.setValue(top + question.height() - room)
        focus = QApplication.focusWidget()
        if focus is not None and question.isAncestorOf(focus):
            area.ensureWidgetVisible(focus, 0, spacing.lines(self, 1))

    def _names(self) -> list[str]:
        return [name for name in self._questions if name in self._asked]

    def _enter(self, name: str) -> None:
        if not self._filling:
            self.open(name, focus=True)


def _area_around(widget: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent
