"""A reviewer at the keyboard: every step of a review round as key presses in the window, wherever the focus is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kvalitetsapp.domain.answer import Answer
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

    Until = Callable[[Callable[[], bool]], None]

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
PLAIN: Final = Qt.KeyboardModifier.NoModifier
FIRST_DAY, CASES, NAME = "2022-10-14", 60, "Våren 2025"
WHY_NOT: Final = "Ny skada, inte följd av operationen – se röntgen"
WHY_MOVED: Final = "Hör till den tidigare operationen"
WHY_BOTH: Final = "Läst om journalen tillsammans"
_ORGANISM, _TAKEN, _POSITIVE = 1, 5, 3


@dataclass(frozen=True, slots=True)
class Habits:
    """How someone answers the case of a number: what differs from the plain confirmation."""

    rejects: frozenset[int] = frozenset()
    harm: Mapping[int, int] = field(default_factory=dict)  # the digit by the number, 2 for the others


class ReviewerAtKeyboard:
    """Types, and waits for nothing but what is to be seen next; `answered` is what was meant, by event."""

    def __init__(self, window: MainWindow, until: Until) -> None:
        self.window = window
        self.until = until
        self.answered: dict[EventKey, Answer] = {}
        self.moved: EventKey | None = None

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

    def make_round(self, *, two: bool = False) -> None:
        """Make a round of sixty cases and begin to review it."""
        rounds = self.page.rounds
        self.press(Qt.Key.Key_N, ALT)
        self.until(lambda: any(one.isActiveWindow() for one in rounds.findChildren(NewRoundDialog)))
        (dialog,) = rounds.findChildren(NewRoundDialog)
        self.until(dialog.name.hasFocus)
        self.write(NAME)
        self.press(Qt.Key.Key_F, ALT)
        self.write(FIRST_DAY)
        if two:
            self.press(Qt.Key.Key_G, ALT)
        self.until(lambda: dialog.total.text().startswith(f"{CASES} ") and dialog.make.isEnabled())
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

    def confirm(self, *, harm: int = 2, avoidability: int = 1) -> None:
        """Confirm a case with the questions that the round requires."""
        case, form = self.shown(), self.desk.form
        infected = form.questions.is_infection()
        self.digit(1)
        if infected:
            self._tell_of_infection()
        self.press(Qt.Key.Key_A, ALT)
        self.digit(harm)
        self.press(Qt.Key.Key_U, ALT)
        self.digit(avoidability)
        criteria, organism = (case.criteria[0].code,), "s_aureus"
        self.answered[case.link.key] = Answer(
            Verdict.CONFIRMED,
            case.link.index_ref or next(one.operation.index_ref for one in case.candidates if one.proposed),
            relation="certain",
            harm_severity="EFGHI"[harm - 1],
            avoidability=str(avoidability),
            criteria=criteria if infected else (),
            organism=organism if infected else "",
            cultures_taken=_TAKEN if infected else None,
            cultures_positive=_POSITIVE if infected else None,
        )

    def _tell_of_infection(self) -> None:
        """Tick a criterion, name the organism and count the cultures, each question following on the one before."""
        assert self.desk.form.questions.list.opened() == "criteria"
        self.digit(1)
        self.press(Qt.Key.Key_Return)
        self.digit(_ORGANISM)
        self.digit(_TAKEN)
        self.press(Qt.Key.Key_Return)
        self.digit(_POSITIVE)
        self.press(Qt.Key.Key_Return)
        assert self.desk.form.questions.list.opened() == "harm_severity"

    def reject(self, why: str = WHY_NOT) -> None:
        """Reject a case; what is typed next is the reason, for nothing else is asked."""
        self.digit(4)
        self.write(why)
        self.answered[self.shown().link.key] = Answer(Verdict.REJECTED, relation="none", comment=why)

    def save(self) -> bool:
        """Save and wait until the next case is shown; tell whether there was one."""
        saved = self.shown().link.key
        self.press(Qt.Key.Key_Return, CTRL)
        self.until(lambda: self._is_past(saved))
        return self.desk._shown is not None

    def _is_past(self, saved: EventKey) -> bool:
        shown = self.desk._shown
        if shown is None:
            return self.desk.queue.table.model.rowCount() == 0
        return shown.link.key != saved and self.desk.form.is_answerable()


def focused() -> QWidget:
    """Return where the focus is."""
    widget = QApplication.focusWidget()
    assert widget is not None, "the focus is nowhere"
    return widget
