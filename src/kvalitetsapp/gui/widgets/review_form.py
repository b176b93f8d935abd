"""The reviewer's answer: questions one works through by digits, short texts, and what is still missing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kvalitetsapp.domain.answer import Answer, missing_in
from kvalitetsapp.domain.answer_words import common
from kvalitetsapp.domain.review_round import CaseState
from kvalitetsapp.domain.words import Verdict, word
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.shortcuts import Shortcut
from kvalitetsapp.gui.widgets.elided_button import ElidedButton
from kvalitetsapp.gui.widgets.place_panel import PlacePanel, both
from kvalitetsapp.gui.widgets.plain_label import PlainLabel, plain_tip
from kvalitetsapp.gui.widgets.review_questions import ReviewQuestions
from kvalitetsapp.gui.widgets.review_texts import ReviewTexts
from kvalitetsapp.gui.widgets.tall_area import TallArea
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.domain.review import ReviewCase

_TEXTS: Final = ("pointer", "comment")


class ReviewForm(QWidget):
    """Shows an answer and tells every change of it by the user."""

    answered = Signal(object)  # Answer
    save_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case: ReviewCase | None = None
        self._filling = False
        self._answerable = False
        self.heading = PlainLabel()
        self.reviewer = PlainLabel()
        self.place = PlacePanel()
        self.questions = ReviewQuestions()
        self.texts = ReviewTexts()
        self.level = PlainLabel()
        self.missing = PlainLabel()
        self.save = QPushButton(_("Spara och nästa"))
        self.undo, self.redo = ElidedButton(), ElidedButton()
        self._inside = QWidget()
        self.area = TallArea(self._inside)
        self._arrange()
        self._connect()

    # what others reach for by name

    @property
    def comment(self) -> QPlainTextEdit:
        """Return the field of the reason or comment."""
        return self.texts.comment

    @property
    def complication(self) -> QWidget:
        """Return the question of the class."""
        return self.questions.complication

    # an answer in and out

    def show_case(self, case: ReviewCase, answer: Answer, reviewer: str, *, can_write: bool) -> None:
        """Show a case with an answer to it; the first question without an answer is open."""
        self._case = case
        self._filling = True
        is_consensus = bool(both(case.place))
        self.heading.setText(_("Gemensamt svar") if is_consensus else _("Svar"))
        self.reviewer.setText(_("Granskare: {name}").format(name=reviewer))
        self.place.show_place(case)
        started = _started(case, answer)
        self.questions.show_case(case, started)
        self.texts.set_texts(started.pointer, started.comment)
        self._order_tabs()
        self.set_answerable(on=can_write)
        self._filling = False
        self._follow()
        self.questions.list.open(self.questions.list.unanswered(), focus=False)
        if not can_write:
            self.missing.setText(_("Databasen är öppnad enbart för läsning: beslut kan inte sparas."))
            self.missing.show()

    def set_answerable(self, *, on: bool) -> None:
        """Let the case be answered or not; undo and redo are about other cases and stay."""
        self._answerable = on
        self.area.setEnabled(on)
        self.save.setEnabled(on and not self._lacking(self.answer()))

    def is_answerable(self) -> bool:
        """Tell whether there is a case that can be answered."""
        return self._answerable

    def answer(self) -> Answer:
        """Return what is filled in; what is not asked is not answered."""
        return self.questions.answer(self.texts.pointer.text(), self.comment.toPlainText())

    def current_field(self) -> str:
        """Return the name of the question one is at, "" where that is none."""
        focus = QApplication.focusWidget()
        if focus is self.texts.pointer or focus is self.comment:
            return _TEXTS[focus is self.comment]
        return self.questions.list.opened()

    def take_field(self, name: str) -> None:
        """Go to a question by its name; where it is not asked, to the first without an answer."""
        asked = self.questions.list
        if name == "comment" or (name == "pointer" and self.texts.pointer.isVisibleTo(self)):
            self._take_text(name)
        elif asked.is_asked(name) or asked.unanswered():
            asked.open(name if asked.is_asked(name) else asked.unanswered(), focus=True)
        else:
            self._finish()

    def press_digit(self, digit: int) -> bool:
        """Answer the open question by number, wherever the focus is; tell whether the number meant something."""
        return self._case is not None and self._answerable and self.questions.list.press_digit(digit)

    def take_earlier(self) -> None:
        """Answer as in the earlier round, as far as it can still be chosen; the comment stays what it is."""
        place = None if self._case is None else self._case.place
        if place is None or place.earlier is None or self._case is None or not self._answerable:
            return
        self._filling = True
        self.questions.show_answer(place.earlier.answer)
        written = self.comment.toPlainText()
        self.texts.set_texts(place.earlier.answer.pointer, written or place.earlier.answer.comment)
        self._filling = False
        self._tell()
        self.take_field(self.questions.list.unanswered())

    # undo and redo

    def set_undo(self, name: str) -> None:
        """Offer to take back what `name` says, nothing where it is ""."""
        self.undo.setText(_("Ångra: {name}").format(name=name) if name else _("Ångra"))
        self.undo.setToolTip(plain_tip(f"{self.undo.text()} ({Shortcut.UNDO.shown})"))
        self.undo.setEnabled(bool(name))

    def set_redo(self, name: str) -> None:
        """Offer to do again what `name` says; where it is "" there is no button."""
        self.redo.setText(_("Gör om: {name}").format(name=name) if name else _("Gör om"))
        self.redo.setToolTip(plain_tip(f"{self.redo.text()} ({Shortcut.REDO.shown})"))
        self.redo.setEnabled(bool(name))
        self.redo.setVisible(bool(name))

    # how it looks

    def _arrange(self) -> None:
        self.heading.setObjectName("sectionTitle")
        self.reviewer.setObjectName("muted")
        self.missing.setWordWrap(True)
        self.missing.setObjectName("warning")
        self.save.setProperty("primary", True)  # noqa: FBT003 - Qt's call
        self.save.setToolTip(Shortcut.SAVE_AND_NEXT.shown)
        self.set_undo("")
        self.set_redo("")
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.reviewer)
        asked = QVBoxLayout(self._inside)
        spacing.pad(asked, self, 0.0, 0.4)
        for widget in (self.place, self.questions, self.texts):
            asked.addWidget(widget)
        asked.addStretch(1)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.0, 0.35)
        column.setContentsMargins(spacing.lines(self, 0.5), 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.area, 1)
        for footer in (self.level, self.missing, self.save, self.undo, self.redo):
            column.addWidget(footer)

    def _connect(self) -> None:
        self.questions.changed.connect(self._tell)
        self.questions.list.finished.connect(self._finish)
        self.texts.changed.connect(self._tell)
        self.place.same_asked.connect(self.take_earlier)
        self.save.clicked.connect(self.save_asked)
        self.undo.clicked.connect(self.undo_asked)
        self.redo.clicked.connect(self.redo_asked)
        self._add_key(Shortcut.UNDO, self._undo_by_key)
        self._add_key(Shortcut.REDO, self._redo_by_key)
        self._add_key(Shortcut.SAME_ANSWER, self.take_earlier)

    def _order_tabs(self) -> None:
        """Let Tab go as one reads; choices made for this case would else come after everything."""
        stops = [self.place.same, *self.questions.list.stops(), self.texts.pointer, self.comment, self.save]
        for before, after in pairwise([*stops, self.undo, self.redo]):
            self.setTabOrder(before, after)

    def _add_key(self, shortcut: Shortcut, do: Callable[[], object]) -> None:
        made = QAction(shortcut.text, self)
        made.setShortcut(QKeySequence(shortcut.keys))
        made.triggered.connect(lambda _checked=False: do())
        self.addAction(made)

    def _undo_by_key(self) -> None:
        field = _text_in_focus()
        if field is not None:
            field.undo()
        elif self.undo.isEnabled():
            self.undo_asked.emit()

    def _redo_by_key(self) -> None:
        field = _text_in_focus()
        if field is not None:
            field.redo()
        elif self.redo.isEnabled():
            self.redo_asked.emit()

    # what follows from an answer

    def _tell(self) -> None:
        if not self._filling and self._case is not None:
            self._follow()
            self.answered.emit(self.answer())

    def _follow(self) -> None:
        """Ask what the answer so far makes one ask, and tell what it lacks."""
        answer = self.answer()
        rejects = answer.decision is Verdict.REJECTED
        self.questions.ask(answer)
        self.texts.ask(_hint(rejects=rejects, agrees=self._is_consensus()), pointer=not rejects)
        level = word("infection_level", answer.infection_level) if answer.infection_level else ""
        self.level.setText(_("Infektionens säkerhet: {level}").format(level=level.lower()))
        self.level.setVisible(bool(level))
        lacking = self._lacking(answer)
        self.missing.setText(lacking)
        self.missing.setVisible(bool(lacking))
        self.save.setEnabled(self._answerable and not lacking)

    def _lacking(self, answer: Answer) -> str:
        if self._case is None:
            return ""
        lacking = missing_in(answer, self._case.link, self.questions.required())
        if not lacking and self._is_consensus() and not answer.comment.strip():
            return _("Skriv skälet till det gemensamma svaret.")
        return lacking

    def _is_consensus(self) -> bool:
        return self._case is not None and bool(both(self._case.place))

    def _finish(self) -> None:
        """Go to the comment where one is asked for, else to where one saves."""
        self.questions.list.open("", focus=False)
        if self.save.isEnabled():
            self.save.setFocus()
        else:
            self._take_text("comment")

    def _take_text(self, name: str) -> None:
        field = self.comment if name == "comment" else self.texts.pointer
        field.setFocus()
        self.questions.list.open("", focus=False)
        self.area.ensureWidgetVisible(field)


def _started(case: ReviewCase, answer: Answer) -> Answer:
    """Return the answer to begin with: the draft, else what both said, else what was decided, else one's own."""
    two, place = both(case.place), case.place
    if not answer.is_empty or place is None:
        return answer
    if two:
        return common(two[0].answer, two[1].answer)
    if place.state is CaseState.DONE and place.visible:
        return place.visible[-1].answer
    return answer if place.mine is None else place.mine.answer


def _hint(*, rejects: bool, agrees: bool) -> str:
    if rejects:
        return _("Varför hör händelsen inte till operationen?")
    if agrees:
        return _("Varför blev det gemensamma svaret som det blev?")
    return _("Kort kommentar. Skriv inte av journalen.")


def _text_in_focus() -> QLineEdit | QPlainTextEdit | None:
    focus = QApplication.focusWidget()
    if isinstance(focus, QAbstractSpinBox):
        return focus.findChild(QLineEdit)
    return focus if isinstance(focus, QLineEdit | QPlainTextEdit) else None
