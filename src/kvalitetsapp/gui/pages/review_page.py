"""Granskning: the queue of links, one case with its timeline, and the reviewer's decision, by keyboard alone."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from kvalitetsapp.domain import identity, review
from kvalitetsapp.domain.answer import Answer, missing_in
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.review import Preset
from kvalitetsapp.errors import UserError
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.shortcuts import Shortcut
from kvalitetsapp.gui.widgets.case_view import CaseView
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.preset_bar import PresetBar
from kvalitetsapp.gui.widgets.reveal import IdentityDelegate, Reveal
from kvalitetsapp.gui.widgets.review_form import ReviewForm
from kvalitetsapp.services import reviews
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QHideEvent

    from kvalitetsapp.domain.patient import Link
    from kvalitetsapp.domain.review import ReviewCase
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.widgets.reveal import AnyIndex
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.reviews import Queue, ReviewOutcome
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
        self.presets = PresetBar()
        self.queue = DataTable("review", key=("event_ref", "joint", "side"))
        self.case = CaseView(self.reveal)
        self.form = ReviewForm()
        self.keys = QLabel(_keys_text())
        self._links: Sequence[Link] = ()
        self._rows: list[Link] = []
        self._shown: ReviewCase | None = None
        self._wanted: EventKey | None = None
        self._asked: Link | None = None
        self._drafts: dict[EventKey, Answer] = {}
        self._unsaved: EventKey | None = None
        self._places: dict[EventKey, str] = {}
        self._pause = QTimer(self)
        self._stack = self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Read the queue, and the case again if it has changed."""
        self.runner.run(_queue, self._set_queue)

    def show_wanted(self, wanted: object) -> None:
        """Show a part of the queue by its name, or an event."""
        if isinstance(wanted, EventKey):
            self._wanted = wanted
            self._set_preset(Preset.ALL)
        elif isinstance(wanted, str) and wanted in set(Preset):
            self._set_preset(Preset(wanted))

    def focus_find(self) -> None:
        """Put the cursor in the filter of the queue."""
        self.queue.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go(self, step: int) -> None:
        """Go to the next (1) or previous (-1) link that is shown."""
        shown = self.queue.shown_rows()
        current = self.queue.current_row()
        place = shown.index(current) + step if current in shown else 0
        if 0 <= place < len(shown):
            self.queue.choose_row(shown[place])

    def save_and_next(self) -> None:
        """Store the answer and go to the next link."""
        if self._shown is None:
            return
        answer, link = self.form.answer(), self._shown.link
        lacking = missing_in(answer, link)
        if lacking:
            self.told.emit(lacking)
            return
        self._pause.stop()
        self._unsaved = None
        self._wanted = self._key_after(link.key)
        self.form.setEnabled(False)
        self.runner.run(
            partial(_decide, link, answer),
            self._decided,
            label=_("Sparar beslutet"),
            on_failed=partial(self._not_decided, link.key),
        )

    def undo(self) -> None:
        """Take back the user's latest decision."""
        self.runner.run(_undo, self._undone, label=_("Ångrar beslutet"))

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
        self.queue.view.setAccessibleName(_("Kö"))
        self.queue.view.installEventFilter(self)
        names = [column.name for column in review.QUEUE]
        delegate = IdentityDelegate(self.queue.view, self.reveal, self._number_at)
        self.queue.view.setItemDelegateForColumn(names.index("personal_id"), delegate)
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
        row.addWidget(self.presets, 1)
        row.addWidget(tell_keys)
        return row

    def _connect(self) -> None:
        self.presets.chosen.connect(self._set_preset)
        self.queue.current_row_changed.connect(self._choose_row)
        self.form.answered.connect(self._draft)
        self.form.save_asked.connect(self.save_and_next)
        self.form.undo_asked.connect(self.undo)
        self._pause.timeout.connect(self._keep_draft)
        for shortcut, do in (
            (Shortcut.NEXT_CASE, lambda: self.go(1)),
            (Shortcut.PREVIOUS_CASE, lambda: self.go(-1)),
            (Shortcut.SAVE_AND_NEXT, self.save_and_next),
            (Shortcut.COMMENT, self.form.comment.setFocus),
        ):
            self._add_shortcut(shortcut, do)

    def _add_shortcut(self, shortcut: Shortcut, do: Callable[[], object]) -> None:
        made = QAction(shortcut.text, self)
        made.setShortcut(QKeySequence(shortcut.keys))
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(lambda _checked=False: do())
        self.addAction(made)

    # the queue

    def _set_queue(self, queue: Queue) -> None:
        self._links = queue.links
        self._stack.show_empty(on=not queue.links)
        self.presets.set_counts(queue.links)
        self.form.set_undo(queue.undo_name)
        self._show_rows()

    def _set_preset(self, preset: Preset) -> None:
        self.presets.set_preset(preset)
        self._show_rows()

    def _show_rows(self) -> None:
        self._rows = [link for link in self._links if self.presets.preset.holds(link)]
        masks = {link.personal_id: identity.masked(link.personal_id) for link in self._rows}
        self.queue.set_table(review.queue_table(self._rows), {"personal_id": masks})
        self._choose_wanted()

    def _choose_wanted(self) -> None:
        """Choose the event that is wanted, else keep the one that is chosen, else the first."""
        keys = [link.key for link in self._rows]
        if self._wanted in keys:
            self.queue.choose_row(keys.index(self._wanted))
        elif self.queue.current_row() < 0 and self.queue.shown_rows():
            self.queue.choose_row(self.queue.shown_rows()[0])
        if self._links:
            self._wanted = None
        self._choose_row(self.queue.current_row())

    def _number_at(self, index: AnyIndex) -> str:
        return self._rows[self.queue.model.source_row(index.row())].personal_id

    def _key_after(self, key: EventKey) -> EventKey | None:
        shown = [self._rows[row].key for row in self.queue.shown_rows()]
        place = shown.index(key) if key in shown else -1
        rest = shown[place + 1 :] or shown[:place]
        return rest[0] if rest else None

    # the case

    def _choose_row(self, row: int) -> None:
        if row < 0 or row >= len(self._rows):
            self._leave()
            self._show_nothing()
            return
        link = self._rows[row]
        if link in (self._asked, None if self._shown is None else self._shown.link):
            return
        self._leave()
        self._asked = link
        self.runner.run(partial(_case, link.key), self._set_case)

    def _leave(self) -> None:
        if self._shown is not None:
            focus = QApplication.focusWidget()
            if focus is not None and self.form.isAncestorOf(focus):
                self._places[self._shown.link.key] = self.form.current_field()
        self._keep_draft()

    def _set_case(self, case: ReviewCase | None) -> None:
        self._asked = None
        row = self.queue.current_row()
        if case is None or row < 0 or self._rows[row].key != case.link.key:
            return
        had_focus = self._form_has_focus()
        self._shown = case
        self.case.show_case(case)
        answer = self._drafts.get(case.link.key, case.draft)
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
        self._shown = None
        self.told.emit(_("Sparat {time}. {what}").format(time=_now(), what=outcome.said))

    def _not_decided(self, key: EventKey, error: BaseException) -> None:
        self.form.setEnabled(True)
        self._shown = None
        self._wanted = key
        if isinstance(error, UserError):
            self.runner.failed.emit(error)
        self.refresh()

    def _undone(self, outcome: ReviewOutcome) -> None:
        self._wanted = outcome.key
        self._shown = None
        self.told.emit(outcome.said)


def _now() -> str:
    return datetime.now().astimezone().strftime("%H:%M")


def _keys_text() -> str:
    return _(
        "1–9 svara på frågan som är öppen   0 ta bort svaret   Retur nästa obesvarade   "
        "Alt+bokstav gå till en fråga   F2 kommentar   F3 samma som förra gången   Ctrl+Retur spara och nästa   "
        "Ctrl+Z ångra   Ctrl+Y gör om   Alt+↓ nästa   Alt+↑ föregående   "
        "håll Ctrl för att se hela personnumret   ? dölj"
    )


def _queue(workspace: Workspace, _progress: Progress) -> Queue:
    return reviews.queue(workspace)


def _case(key: EventKey, workspace: Workspace, _progress: Progress) -> ReviewCase | None:
    return reviews.case(workspace, key)


def _decide(link: Link, answer: Answer, workspace: Workspace, progress: Progress) -> ReviewOutcome:
    return reviews.decide(workspace, link, answer, progress)


def _undo(workspace: Workspace, progress: Progress) -> ReviewOutcome:
    return reviews.undo_last(workspace, progress)


def _keep(key: EventKey, answer: Answer, workspace: Workspace, _progress: Progress) -> None:
    reviews.keep_draft(workspace, key, answer)
