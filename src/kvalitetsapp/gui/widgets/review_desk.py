"""Where cases are reviewed: the queue, one case with its timeline, and the reviewer's answer, by keyboard alone."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from kvalitetsapp.domain.answer import missing_in
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.review_queue import Preset, QueueFilter
from kvalitetsapp.domain.review_round import CaseState
from kvalitetsapp.errors import UserError
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.answer_keeper import AnswerKeeper, Deciding
from kvalitetsapp.gui.case_clock import CaseClock
from kvalitetsapp.gui.case_reader import CaseReader
from kvalitetsapp.gui.shortcuts import Shortcut, action_within
from kvalitetsapp.gui.widgets.case_view import CaseView
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.queue_panel import QueuePanel
from kvalitetsapp.gui.widgets.reveal import Reveal
from kvalitetsapp.gui.widgets.review_form import ReviewForm
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

    from kvalitetsapp.domain.answer import Answer
    from kvalitetsapp.domain.review import ReviewCase
    from kvalitetsapp.gui.answer_keeper import StepNames
    from kvalitetsapp.gui.operations import StoreRunner

_DIGITS: Final = range(Qt.Key.Key_1, Qt.Key.Key_9 + 1)
_OWN_KEYS: Final = tuple("123456789?")


class ReviewDesk(QWidget):
    """The queue to the left, the case under it, the form to the right; what is asked for tells the round."""

    told = Signal(str)
    page_requested = Signal(str, object)
    question_asked = Signal(object)  # the ReviewCase that the provider is to be asked about
    rule_asked = Signal()
    history_asked = Signal()

    def __init__(self, runner: StoreRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.reveal = Reveal(self)
        self.queue = QueuePanel(runner, self.reveal)
        self.case = CaseView(self.reveal)
        self.form = ReviewForm()
        self.keys = QLabel(_keys_text())
        self.keeper = AnswerKeeper(runner, self)
        self._reader = CaseReader(runner, self)
        self._clock = CaseClock(self)
        self._shown: ReviewCase | None = None
        self._asked: EventKey | None = None
        self._round: int | None = None
        self._was_read = False
        self._stack = self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Read the queue, what can be undone, the saved filters, and the case again if it has changed."""
        self._was_read = True
        self.queue.read()
        self.keeper.read_names()
        self.queue.read_saved()

    def show_wanted(self, wanted: object) -> None:
        """Show a part of the queue by its name, a filter, or an event."""
        if isinstance(wanted, EventKey):
            self.show_filter(QueueFilter(Preset.ALL), wanted)
        elif isinstance(wanted, QueueFilter):
            self.show_filter(wanted)
        elif isinstance(wanted, str) and wanted in set(Preset):
            self.show_filter(QueueFilter(Preset(wanted)))

    def show_filter(self, asked: QueueFilter, wanted: EventKey | None = None) -> None:
        """Ask for it now, or when the queue is first read."""
        if self._was_read:
            self.queue.show_filter(asked, wanted)
        else:
            self.queue.want(asked, wanted)

    def focus_find(self) -> None:
        """Put the cursor in the search field of the queue."""
        self.queue.table.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.queue.table.search.selectAll()

    def go(self, step: int) -> None:
        """Go to the next (1) or previous (-1) event that is shown."""
        self.queue.go(step)

    def save_and_next(self) -> None:
        """Store the answer, and show the next event while it is being stored."""
        if self._shown is None or self._asked is not None or not self.form.is_answerable():
            return
        answer, case = self.form.answer(), self._shown
        lacking = missing_in(answer, case.link, () if case.place is None else case.place.required)
        if lacking:
            self.told.emit(lacking)
            return
        is_consensus = case.place is not None and case.place.state is CaseState.DIFFERS
        deciding = Deciding(case.link, answer, self._round, self.seconds_on_case(), is_consensus)
        if self.queue.advance() is None or self._asked is not None:
            self.form.set_answerable(on=False)  # until a case is there to answer
        self.keeper.decide(deciding)

    def seconds_on_case(self) -> int:
        """Return how long the case that is shown has been worked on, pauses of over two minutes not counted."""
        return self._clock.seconds()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let digits choose and ? tell the keys; what is typed in a text field never comes here."""
        if event.key() in _DIGITS and self.form.press_digit(event.key() - Qt.Key.Key_0):
            return
        if event.text() == "?":
            self.keys.setVisible(not self.keys.isVisible())
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take the desk's keys from the queue, which would search its rows for them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.text() in _OWN_KEYS:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Keep an unfinished answer when one leaves."""
        self.keeper.keep()
        super().hideEvent(event)

    # how it looks

    def _arrange(self) -> Stack:
        self.queue.table.view.installEventFilter(self)
        self.keys.setObjectName("muted")
        self.keys.setWordWrap(True)
        self.keys.setVisible(False)
        left = QSplitter(Qt.Orientation.Vertical)
        left.addWidget(self.queue)
        left.addWidget(self.case)
        left.setSizes([spacing.lines(self, 13), spacing.lines(self, 28)])
        left.setChildrenCollapsible(False)
        main = QSplitter(Qt.Orientation.Horizontal)
        main.addWidget(left)
        main.addWidget(self.form)
        main.setSizes([spacing.letters(self, 120), spacing.letters(self, 56)])
        main.setChildrenCollapsible(False)
        content = QWidget()
        layout = QVBoxLayout(content)
        spacing.pad(layout, self, 0.8, 0.5)
        layout.addLayout(self._top())
        layout.addWidget(self.keys)
        layout.addWidget(main, 1)
        empty = EmptyState(
            _("Det finns inga händelser att granska. De kommer när vårdkontakter är inlästa."), _("Gå till Import")
        )
        empty.asked.connect(lambda: self.page_requested.emit("import", None))
        return Stack(self, content, empty)

    def _top(self) -> QHBoxLayout:
        history = QPushButton(_("Historik …"))
        history.clicked.connect(self.history_asked)
        tell_keys = QPushButton(_("Tangenter (?)"))
        tell_keys.clicked.connect(lambda: self.keys.setVisible(not self.keys.isVisible()))
        row = QHBoxLayout()
        row.addWidget(self.queue.presets, 1)
        row.addWidget(history)
        row.addWidget(tell_keys)
        return row

    def _connect(self) -> None:
        self.queue.chosen.connect(self._choose)
        self.queue.was_read.connect(lambda total: self._stack.show_empty(on=not total))
        self._reader.case_read.connect(self._set_case)
        self._reader.refused.connect(self._take_away)
        self.form.answered.connect(self._note)
        self.form.save_asked.connect(self.save_and_next)
        self.form.undo_asked.connect(self.keeper.undo)
        self.form.redo_asked.connect(self.keeper.redo)
        self.case.ask_provider.connect(lambda: self.question_asked.emit(self._shown))
        self.case.follow_up_rule_asked.connect(self.rule_asked)
        self.case.episode_clicked.connect(self._show_episode)
        self.keeper.told.connect(self.told)
        self.keeper.decided.connect(self._forget_case)
        self.keeper.not_decided.connect(self._not_decided)
        self.keeper.stepped.connect(self._stepped)
        self.keeper.names_read.connect(self._set_names)
        for shortcut, do in (
            (Shortcut.NEXT_CASE, partial(self.go, 1)),
            (Shortcut.PREVIOUS_CASE, partial(self.go, -1)),
            (Shortcut.SAVE_AND_NEXT, self.save_and_next),
            (Shortcut.COMMENT, self.form.comment.setFocus),
        ):
            action_within(self, shortcut, do)

    # the case

    def _choose(self, key: EventKey | None) -> None:
        """Show the chosen event; one that is shown already is read again behind the answer to it."""
        self._take_round()
        shown = None if self._shown is None else self._shown.link.key
        if key is None:
            self._leave()
            self._show_nothing()
        elif key == shown and self._asked is None:
            self._reader.read_again(key)
        elif key != self._asked:
            self._leave()
            self._asked = key
            self._reader.read(key)

    def _take_round(self) -> None:
        """Answer in the round that the queue is of; begun answers belong to the round they were begun in."""
        if self.queue.asked.round_id != self._round:
            self._leave()
            self._shown, self._asked, self._round = None, None, self.queue.asked.round_id
            self._reader.set_round(self._round)

    def _leave(self) -> None:
        if self._shown is not None:
            focus = QApplication.focusWidget()
            is_here = focus is not None and self.form.isAncestorOf(focus)
            self.keeper.leave(self._round, self._shown.link.key, self.form.current_field() if is_here else "")

    def _set_case(self, key: EventKey, case: ReviewCase | None) -> None:
        if key == self._asked:
            self._asked = None
            if case is not None:
                self._clock.begin()
                self._show(case, self.keeper.answer(self._round, key, case.draft))
        elif case is not None and self._asked is None and self._shown is not None and self._shown.link.key == key:
            if not _same(case, self._shown):
                self._show(case, self.form.answer())
        else:
            return
        following = self.queue.next_key()
        if following is not None:
            self._reader.prepare(following)

    def _show(self, case: ReviewCase, answer: Answer) -> None:
        had_focus = self._form_has_focus()
        self._shown = case
        self.case.show_case(case)
        store = self._runner.store
        user = store.user if store is not None else ""
        self.form.show_case(case, answer, user, can_write=self._runner.can_write)
        if had_focus:
            self.form.take_field(self.keeper.field(self._round, case.link.key, case.draft_field))

    def _form_has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is None or focus is self or self.form.isAncestorOf(focus)

    def _show_nothing(self) -> None:
        had_focus = self._form_has_focus()
        self._shown, self._asked = None, None
        self.form.set_answerable(on=False)
        if had_focus and self.isVisible():
            self.queue.setFocus()  # a form that takes no answer takes no keys either
        self.case.show_nothing(_("Inget ärende i den här delen av kön."))

    def _show_episode(self, episode: int) -> None:
        """Open the stay or visit whose mark was pressed among Vårdkontakter."""
        marks = () if self._shown is None else self._shown.timeline.marks
        ref = next((mark.episode_ref for mark in marks if mark.episode == episode), "")
        if ref:
            self.page_requested.emit("episodes", ref)

    def _note(self, answer: Answer) -> None:
        if self._shown is not None:
            self.case.show_taken(answer.follow_ups)
            self.keeper.note(self._round, self._shown.link.key, answer, self.form.current_field())

    # decisions

    def _not_decided(self, key: EventKey, error: BaseException) -> None:
        """Go back to what could not be saved, and tell why."""
        self.keeper.keep()
        self._forget_case(key)
        if isinstance(error, UserError):
            self._runner.failed.emit(error)
        self.queue.bring(key)

    def _stepped(self, key: EventKey | None) -> None:
        if key is not None:
            self._forget_case(key)
            self.queue.want(self.queue.asked, key)

    def _set_names(self, names: StepNames) -> None:
        self.form.set_undo(names.undo)
        self.form.set_redo(names.redo)

    def _take_away(self, key: EventKey) -> None:
        """Show no more of a case whose reading could not be noted."""
        if self._shown is not None and self._shown.link.key == key:
            self._shown = None
            self.case.show_nothing(_("Ärendet visas inte: läsningen gick inte att skriva i loggen."))
            self.form.set_answerable(on=False)

    def _forget_case(self, key: EventKey) -> None:
        """Let a case be read anew also where it is the one that is shown."""
        self.queue.let_back(key)
        if self._shown is not None and self._shown.link.key == key:
            self._shown = None


def _keys_text() -> str:
    return _(
        "1–9 svara på frågan som är öppen   0 ta bort svaret   Retur nästa obesvarade   "
        "Alt+bokstav gå till en fråga   F2 kommentar   F3 samma som förra gången   Ctrl+Retur spara och nästa   "
        "Ctrl+Z ångra   Ctrl+Y gör om   Alt+↓ nästa   Alt+↑ föregående   "
        "håll Ctrl för att se hela personnumret   ? dölj"
    )


def _same(case: ReviewCase, other: ReviewCase) -> bool:
    """Tell whether two readings of a case differ in nothing but the draft, which is the form's own."""
    return replace(case, draft=other.draft, draft_field=other.draft_field) == other
