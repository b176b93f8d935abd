"""Granskning: the queue of links, one case with its timeline, and the reviewer's decision, by keyboard alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from kvalitetsapp.domain.answer import Answer, missing_in
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.review_queue import Preset, QueueFilter
from kvalitetsapp.errors import UserError
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.case_clock import CaseClock
from kvalitetsapp.gui.case_reader import CaseReader
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.shortcuts import Shortcut
from kvalitetsapp.gui.widgets.case_view import CaseView
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.queue_panel import QueuePanel
from kvalitetsapp.gui.widgets.reveal import Reveal
from kvalitetsapp.gui.widgets.review_form import ReviewForm
from kvalitetsapp.services import reviews
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent

    from kvalitetsapp.domain.patient import Link
    from kvalitetsapp.domain.review import ReviewCase
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.reviews import ReviewOutcome
    from kvalitetsapp.services.workspace import Workspace

DRAFT_PAUSE_MS: Final = 400
_DIGITS: Final = range(Qt.Key.Key_1, Qt.Key.Key_9 + 1)
_OWN_KEYS: Final = tuple("123456789?")


class ReviewPage(Page):
    """The page where people decide on links."""

    title: ClassVar[str] = N_("Granskning")
    icon_name: ClassVar[str] = "review"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.LINKS, Changed.VERDICTS, Changed.EPISODES})

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.reveal = Reveal(self)
        self.queue = QueuePanel(runner, self.reveal)
        self.case = CaseView(self.reveal)
        self.form = ReviewForm()
        self.keys = QLabel(_keys_text())
        self._reader = CaseReader(runner, self)
        self._clock = CaseClock(self)
        self._shown: ReviewCase | None = None
        self._asked: EventKey | None = None
        self._drafts: dict[EventKey, Answer] = {}
        self._unsaved: EventKey | None = None
        self._places: dict[EventKey, str] = {}
        self._pause = QTimer(self)
        self._stack = self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Read the queue, what can be undone, the saved filters, and the case again if it has changed."""
        self.queue.read()
        self.runner.run(_undo_name, self.form.set_undo)
        self.queue.read_saved()

    def show_wanted(self, wanted: object) -> None:
        """Show a part of the queue by its name, a filter, or an event."""
        if isinstance(wanted, EventKey):
            self._want(QueueFilter(Preset.ALL), wanted)
        elif isinstance(wanted, QueueFilter):
            self._want(wanted)
        elif isinstance(wanted, str) and wanted in set(Preset):
            self._want(QueueFilter(Preset(wanted)))

    def focus_find(self) -> None:
        """Put the cursor in the search field of the queue."""
        self.queue.table.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.queue.table.search.selectAll()

    def go(self, step: int) -> None:
        """Go to the next (1) or previous (-1) event that is shown."""
        self.queue.go(step)

    def save_and_next(self) -> None:
        """Store the answer, and show the next event while it is being stored."""
        if self._shown is None or self._asked is not None or not self.form.isEnabled():
            return
        answer, link = self.form.answer(), self._shown.link
        lacking = missing_in(answer, link)
        if lacking:
            self.told.emit(lacking)
            return
        self._pause.stop()
        self._unsaved = None
        # First the screen, then the store: the store's work would take time from the drawing of the next case.
        if self.queue.advance() is None or self._asked is not None:
            self.form.setEnabled(False)  # until a case is there to answer
        self.runner.run(
            partial(_decide, link, answer),
            self._decided,
            label=_("Sparar beslutet"),
            on_failed=partial(self._not_decided, link.key),
        )

    def undo(self) -> None:
        """Take back the user's latest decision."""
        self.runner.run(_undo, self._undone, label=_("Ångrar beslutet"))

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
        """Take the page's keys from the queue, which would search its rows for them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.text() in _OWN_KEYS:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Keep an unfinished answer when one leaves the page."""
        self._keep_draft()
        super().hideEvent(event)

    # how it looks

    def _arrange(self) -> Stack:
        self.queue.table.view.installEventFilter(self)
        self.keys.setObjectName("muted")
        self.keys.setWordWrap(True)
        self.keys.setVisible(False)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DRAFT_PAUSE_MS)
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
        spacing.pad(layout, self, 0.8)
        layout.addLayout(self._top())
        layout.addWidget(self.keys)
        layout.addWidget(main, 1)
        empty = EmptyState(
            _("Det finns inga händelser att granska. De kommer när vårdkontakter är inlästa."), _("Gå till Import")
        )
        empty.asked.connect(lambda: self.page_requested.emit("import", None))
        return Stack(self, content, empty)

    def _top(self) -> QHBoxLayout:
        tell_keys = QPushButton(_("Tangenter (?)"))
        tell_keys.clicked.connect(lambda: self.keys.setVisible(not self.keys.isVisible()))
        row = QHBoxLayout()
        row.addWidget(self.queue.presets, 1)
        row.addWidget(tell_keys)
        return row

    def _connect(self) -> None:
        self.queue.chosen.connect(self._choose)
        self.queue.was_read.connect(lambda total: self._stack.show_empty(on=not total))
        self._reader.case_read.connect(self._set_case)
        self.form.answered.connect(self._draft)
        self.form.save_asked.connect(self.save_and_next)
        self.form.undo_asked.connect(self.undo)
        self._pause.timeout.connect(self._keep_draft)
        for shortcut, do in (
            (Shortcut.NEXT_CASE, lambda: self.go(1)),
            (Shortcut.PREVIOUS_CASE, lambda: self.go(-1)),
            (Shortcut.SAVE_AND_NEXT, self.save_and_next),
            (Shortcut.COMMENT, self.form.comment.setFocus),
            (Shortcut.UNDO, self._undo_unless_writing),
        ):
            self._add_shortcut(shortcut, do)

    def _add_shortcut(self, shortcut: Shortcut, do: Callable[[], object]) -> None:
        made = QAction(shortcut.text, self)
        made.setShortcut(QKeySequence(shortcut.keys))
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(lambda _checked=False: do())
        self.addAction(made)

    def _want(self, asked: QueueFilter, wanted: EventKey | None = None) -> None:
        """Ask for it now, or when the page is first read."""
        if self._stale:
            self.queue.want(asked, wanted)
        else:
            self.queue.show_filter(asked, wanted)

    # the case

    def _choose(self, key: EventKey | None) -> None:
        """Show the chosen event; one that is shown already is read again behind the answer to it."""
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

    def _leave(self) -> None:
        if self._shown is not None:
            focus = QApplication.focusWidget()
            if focus is not None and self.form.isAncestorOf(focus):
                self._places[self._shown.link.key] = self.form.current_field()
        self._keep_draft()

    def _set_case(self, key: EventKey, case: ReviewCase | None) -> None:
        if key == self._asked:
            self._asked = None
            if case is not None:
                self._clock.begin()
                self._show(case, self._drafts.get(key, case.draft))
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
        store = self.runner.store
        can_write = store is not None and not store.read_only
        self.form.show_case(case, answer, store.user if store is not None else "", can_write=can_write)
        if had_focus:
            self.form.take_field(self._places.get(case.link.key, case.draft_field))

    def _form_has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is None or focus is self or self.form.isAncestorOf(focus)

    def _show_nothing(self) -> None:
        self._shown, self._asked = None, None
        self.form.setEnabled(False)
        self.case.show_nothing(_("Inget ärende i den här delen av kön."))

    # drafts

    def _draft(self, answer: Answer) -> None:
        if self._shown is not None:
            self._drafts[self._shown.link.key] = answer
            self.case.show_taken(answer.follow_ups)
            self._unsaved = self._shown.link.key
            self._pause.start()

    def _keep_draft(self) -> None:
        self._pause.stop()
        key, self._unsaved = self._unsaved, None
        if key is not None and self.runner.store is not None:
            self.runner.run(partial(_keep, key, self._drafts[key]), self._draft_kept)

    def _draft_kept(self, _nothing: object) -> None:
        self.told.emit(_("Utkast sparat {time}").format(time=_now()))

    # decisions

    def _decided(self, outcome: ReviewOutcome) -> None:
        if outcome.key is not None:
            self._drafts.pop(outcome.key, None)
            self._places.pop(outcome.key, None)
            self._forget_case(outcome.key)
        self.told.emit(_("Sparat {time}. {what}").format(time=_now(), what=outcome.said))

    def _not_decided(self, key: EventKey, error: BaseException) -> None:
        """Go back to what could not be saved, and tell why."""
        self._keep_draft()
        self._forget_case(key)
        if isinstance(error, UserError):
            self.runner.failed.emit(error)
        self.queue.bring(key)

    def _undone(self, outcome: ReviewOutcome) -> None:
        if outcome.key is not None:
            self._forget_case(outcome.key)
            self.queue.want(self.queue.asked, outcome.key)
        self.told.emit(outcome.said)

    def _undo_unless_writing(self) -> None:
        """Leave the key to a field in which one writes."""
        if not isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit):
            self.undo()

    def _forget_case(self, key: EventKey) -> None:
        """Let a case be read anew also where it is the one that is shown."""
        if self._shown is not None and self._shown.link.key == key:
            self._shown = None


def _now() -> str:
    return datetime.now().astimezone().strftime("%H:%M")


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


def _undo_name(workspace: Workspace, _progress: Progress) -> str:
    return reviews.undo_name(workspace)


def _decide(link: Link, answer: Answer, workspace: Workspace, progress: Progress) -> ReviewOutcome:
    return reviews.decide(workspace, link, answer, progress)


def _undo(workspace: Workspace, progress: Progress) -> ReviewOutcome:
    return reviews.undo_last(workspace, progress)


def _keep(key: EventKey, answer: Answer, workspace: Workspace, _progress: Progress) -> None:
    reviews.keep_draft(workspace, key, answer)
