"""A reviewer at the keyboard: every step of a review round as key presses in the window, wherever the focus is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.review_round import CaseState
from kvalitetsapp.domain.review_words import Avoidability, HarmSeverity, Organism, Relation
from kvalitetsapp.domain.words import Verdict
from kvalitetsapp.gui.dialogs.new_round import NewRoundDialog
from kvalitetsapp.gui.pages.review_page import ReviewPage
from support.keys import type_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.domain.review import ReviewCase
    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.gui.widgets.review_desk import ReviewDesk

    Step = Callable[["ReviewerAtKeyboard"], None]
    Until = Callable[[Callable[[], bool]], None]

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PLAIN: Final = Qt.KeyboardModifier.NoModifier
NAME: Final = "Våren 2025"
WHY_NOT: Final = "Ny skada, inte följd av operationen – se röntgen"
WHY_MOVED: Final = "Hör till den tidigare operationen"
WHY_BOTH: Final = "Läst om journalen tillsammans"
COMMENT: Final = "Även besök på akuten, 3 dygn före"
_TAKEN, _POSITIVE = 5, 3


class ReviewerAtKeyboard:
    """Types, and waits for nothing but what is to be seen next; `meant` is what was answered, by event."""

    def __init__(self, window: MainWindow, until: Until) -> None:
        self.window = window
        self.until = until
        self.meant: dict[EventKey, Answer] = {}
        self.moved = False
        self.saved: EventKey | None = None

    # keys

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key wherever the focus is."""
        QTest.keyClick(focused(), key, modifier)

    def digit(self, digit: int) -> None:
        """Press a digit."""
        self.press(Qt.Key(Qt.Key.Key_0 + digit))

    def write(self, text: str) -> None:
        """Write where the focus is."""
        type_text(focused(), text)

    # the window

    @property
    def page(self) -> ReviewPage:
        """Return the page Granskning, which is shown."""
        page = self.window.current_page()
        assert isinstance(page, ReviewPage)
        return page

    @property
    def desk(self) -> ReviewDesk:
        """Return the desk at which cases are reviewed."""
        return self.page.desk

    def shown(self) -> ReviewCase:
        """Return the case that is shown."""
        assert self.desk._shown is not None
        return self.desk._shown

    def go_to_review(self) -> None:
        """Go to Granskning and wait until its queue is there."""
        self.press(Qt.Key.Key_5, CTRL)
        self.until(lambda: self.desk.queue.table.model.rowCount() > 0)

    def go_to_rounds(self) -> None:
        """Go to the tab Omgångar."""
        for _tab in range(self.page.tabs.count()):
            if self.page.tabs.currentWidget() is self.page.rounds:
                return
            self.press(Qt.Key.Key_Tab, CTRL)
        raise AssertionError("Ctrl+Tab never came to the rounds")

    def make_round(self, first_day: str, cases: int, *, two: bool = False) -> None:
        """Make a round of what happened from a day on, and wait until it is there."""
        rounds = self.page.rounds
        self.press(Qt.Key.Key_N, ALT)
        self.until(lambda: any(one.isActiveWindow() for one in rounds.findChildren(NewRoundDialog)))
        (dialog,) = rounds.findChildren(NewRoundDialog)
        self.until(lambda: dialog.name.hasFocus() and dialog.form.isEnabled())
        self.write(NAME)
        self.press(Qt.Key.Key_F, ALT)
        self.write(first_day)
        if two:
            self.press(Qt.Key.Key_G, ALT)
        self.until(lambda: dialog.total.text().startswith(f"{cases} ") and dialog.make.isEnabled())
        self.press(Qt.Key.Key_Return)
        self.until(lambda: rounds.current() is not None and not rounds.findChildren(NewRoundDialog))
        self.come_back()

    def come_back(self) -> None:
        """Let the window be active again after a dialog: any window manager does that, the offscreen platform not."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)

    def begin(self) -> None:
        """Let the round that is chosen be the queue, and wait for its first case."""
        self.press(Qt.Key.Key_Return)
        self.until(lambda: self.desk.queue.asked.round_id is not None and self._has_case_of_the_round())

    def _has_case_of_the_round(self) -> bool:
        shown = self.desk._shown
        return shown is not None and shown.place is not None and shown.place.round_name == NAME

    # answering

    def review(self, otherwise: Mapping[int, Step]) -> None:
        """Answer every case that is left: by its number as told `otherwise`, the others plainly."""
        number, more = 0, True
        while more:
            number += 1
            self._answer(otherwise.get(number))
            more = self.save()

    def _answer(self, otherwise: Step | None) -> None:
        case = self.shown()
        if case.place is not None and case.place.state is CaseState.DIFFERS:
            self.agree()
        elif not any(one.proposed for one in case.candidates):
            self.reject()
        elif otherwise is not None:
            otherwise(self)
        else:
            self.confirm()

    def confirm(
        self, *, harm: int = 2, operation: int | None = None, midway: Callable[[], None] = lambda: None
    ) -> None:
        """Confirm a case with what the round requires, linked to another operation than the proposed by its place."""
        case, infected = self.shown(), self.desk.form.questions.is_infection()
        self.digit(1)
        if operation is not None:
            self.press(Qt.Key.Key_P, ALT)
            self.digit(operation + 1)
        if infected:
            self._tell_of_infection()
        self.press(Qt.Key.Key_A, ALT)
        midway()
        self.digit(harm)
        self.press(Qt.Key.Key_U, ALT)
        self.digit(1)
        self.meant[case.link.key] = _confirmed(case, harm, operation, infected=infected)

    def _tell_of_infection(self) -> None:
        """Tick a criterion, name the organism and count the cultures, each question following on the one before."""
        self.digit(1)
        self.press(Qt.Key.Key_Return)
        self.digit(1)
        self.digit(_TAKEN)
        self.press(Qt.Key.Key_Return)
        self.digit(_POSITIVE)
        self.press(Qt.Key.Key_Return)

    def reject(self) -> None:
        """Reject a case; what is typed next is the reason, for nothing else is asked."""
        self.digit(4)
        self.write(WHY_NOT)
        self.meant[self.shown().link.key] = Answer(Verdict.REJECTED, relation=Relation.NONE, comment=WHY_NOT)

    def comment(self, text: str = COMMENT) -> None:
        """Write a comment to what has been answered."""
        self.press(Qt.Key.Key_F2)
        self.write(text)
        key = self.shown().link.key
        self.meant[key] = replace(self.meant[key], comment=text)

    def confirm_with_comment(self) -> None:
        """Confirm a case and comment on it."""
        self.confirm()
        self.comment()

    def move(self) -> None:
        """Link a case to another operation than the one proposed, where there is another; say why."""
        places = [place for place, one in enumerate(self.shown().candidates) if one.possible and not one.proposed]
        if not places or self.moved:
            self.confirm()
            return
        self.confirm(operation=places[0])
        self.comment(WHY_MOVED)
        self.moved = True

    def confirm_with_a_pause(self) -> None:
        """Leave the page in the middle of a case, and come back to the question that one was at."""
        self.confirm(midway=self._leave_and_come_back)

    def _leave_and_come_back(self) -> None:
        key, question = self.shown().link.key, self.desk.form.questions.list.opened()
        desk = self.desk
        self.press(Qt.Key.Key_1, CTRL)
        self.until(lambda: not desk.isVisible())
        self.press(Qt.Key.Key_5, CTRL)
        self.until(lambda: desk.isVisible() and self.shown().link.key == key)
        assert (desk.form.questions.list.opened(), desk.form.current_field()) == (question, question)

    def undo_and_redo(self) -> None:
        """Take the latest decision back and give it again, then answer the case that one was at."""
        here, form = self.shown().link.key, self.desk.form
        self.press(Qt.Key.Key_Z, CTRL)
        self.until(lambda: self._is_at(self.saved) and form.redo.isEnabled())
        self.press(Qt.Key.Key_Y, CTRL)
        self.until(lambda: self._is_at(here) and not form.redo.isEnabled())
        self.confirm()

    def agree(self) -> None:
        """Write down what two came to where only their word on the harm differs."""
        self.press(Qt.Key.Key_A, ALT)
        self.digit(2)
        self.press(Qt.Key.Key_F2)
        self.write(WHY_BOTH)
        key = self.shown().link.key
        self.meant[key] = replace(self.meant[key], harm_severity=HarmSeverity.F, comment=WHY_BOTH)

    def save(self) -> bool:
        """Save and wait until the next case is shown; tell whether there was one."""
        self.saved = self.shown().link.key
        self.press(Qt.Key.Key_Return, CTRL)
        self.until(self._is_past)
        return self.desk._shown is not None

    def _is_at(self, key: EventKey | None) -> bool:
        shown = self.desk._shown
        return shown is not None and shown.link.key == key and self.desk.form.is_answerable()

    def _is_past(self) -> bool:
        shown = self.desk._shown
        if shown is None:
            return self.desk.queue.table.model.rowCount() == 0
        return shown.link.key != self.saved and self.desk.form.is_answerable()


def _confirmed(case: ReviewCase, harm: int, operation: int | None, *, infected: bool) -> Answer:
    places = [place for place, one in enumerate(case.candidates) if one.proposed] if operation is None else [operation]
    return Answer(
        Verdict.CONFIRMED,
        case.candidates[places[0]].operation.index_ref,
        relation=Relation.CERTAIN,
        harm_severity=list(HarmSeverity)[harm - 1],
        avoidability=Avoidability.NOT_AVOIDABLE,
        criteria=(case.criteria[0].code,) if infected else (),
        organism=Organism.S_AUREUS if infected else "",
        cultures_taken=_TAKEN if infected else None,
        cultures_positive=_POSITIVE if infected else None,
    )


def focused() -> QWidget:
    """Return where the focus is."""
    widget = QApplication.focusWidget()
    assert widget is not None, "the focus is nowhere"
    return widget


def sixty_cases(me: ReviewerAtKeyboard) -> None:
    """Do the whole work of a round of sixty cases."""
    whole_round(me, "2022-10-14", 60)


def whole_round(me: ReviewerAtKeyboard, first_day: str, cases: int) -> None:
    """Make a round of what happened from a day on and answer its cases, in every way that cases are answered."""
    me.go_to_review()
    me.go_to_rounds()
    me.make_round(first_day, cases)
    me.begin()
    at_work = ReviewerAtKeyboard
    otherwise: dict[int, Step] = dict.fromkeys(range(cases // 2, cases), at_work.move)
    otherwise |= {
        4: at_work.reject,
        8: at_work.confirm_with_comment,
        10: at_work.confirm_with_a_pause,
        11: at_work.undo_and_redo,
    }
    me.review(otherwise)
