"""Möjliga missade: what the search for missed events offers, one at a time to be decided by a person."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout, QWidget

from kvalitetsapp.domain import identity, missed_event
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.table import Table
from kvalitetsapp.domain.words import ComplicationClass, word
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.shortcuts import Shortcut, action_within
from kvalitetsapp.gui.widgets.copy_notes import note_copies
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.missed_case_view import MissedCaseView
from kvalitetsapp.gui.widgets.missed_form import EMPTY, MissedForm
from kvalitetsapp.gui.widgets.missed_settings import MissedSettings
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.reveal import IdentityDelegate, Reveal
from kvalitetsapp.gui.widgets.tall_area import TallArea
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.missed_event import MissedCase, MissedEvents, MissedJudgement, MissedKey
    from kvalitetsapp.domain.review_words import MissedDecision
    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.widgets.missed_form import Filled
    from kvalitetsapp.gui.widgets.reveal import AnyIndex
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.missed_events import MissedOutcome
    from kvalitetsapp.services.workspace import Workspace

_DIGITS: Final = range(Qt.Key.Key_1, Qt.Key.Key_9 + 1)
_HIDDEN_AT_FIRST: Final = ("joint", "side", "event_date", "event_provider", "linked_to", "index_ref")


class MissedEventsView(Page):
    """The search's rows above the chosen one's timeline and facts; the decision and those made already beside them.

    What is decided here leaves the list at once. The search, which reads every episode, is made anew only when
    episodes or links have changed, when a decision is taken back, and when it is asked for.
    """

    title: ClassVar[str] = N_("Möjliga missade")
    icon_name: ClassVar[str] = "review"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.EPISODES, Changed.LINKS})

    event_wanted = Signal(object)  # EventKey

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self._found: MissedEvents | None = None
        self._rows: tuple[int, ...] = ()  # places in what was found of the rows that the table has
        self._case: MissedCase | None = None
        self._begun: dict[MissedKey, Filled] = {}
        self._judged: tuple[MissedJudgement, ...] = ()
        self.reveal = Reveal(self)
        self.settings = MissedSettings()
        self.table = DataTable("missed-events", key=("index_ref", "event_ref"))
        self.case = MissedCaseView(self.reveal)
        self.form = MissedForm()
        self.judged = DataTable("missed-judged", key=("event_ref", "index_ref"))
        note_copies(runner, self.table, self.judged)
        self.take_back = QPushButton(_("&Ta tillbaka"))
        self._stack = self._arrange()
        self._connect()
        self.form.end()

    def refresh(self) -> None:
        """Search, and read what has been decided."""
        self.runner.run(
            partial(_search, *self.settings.days()), self._set_found, label=_("Söker möjliga missade händelser")
        )
        self._read_judged()

    def focus_find(self) -> None:
        """Put the cursor in the filter of the table."""
        self.table.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go(self, step: int) -> None:
        """Go to the next (1) or previous (-1) row that is shown."""
        shown = self.table.shown_rows()
        current = self.table.current_row()
        place = shown.index(current) + step if current in shown else 0
        if 0 <= place < len(shown):
            self.table.choose_row(shown[place])

    def save_and_next(self) -> None:
        """Keep the decision and go to the next row."""
        decision, complication, reason = self.form.answer()
        if self._case is None or not self.form.can_decide():
            return
        if decision is None or self.form.lacking():
            self.told.emit(self.form.lacking())
            return
        key = self._case.key
        self.form.setEnabled(False)
        self.runner.run(
            partial(_decide, key, decision, complication, reason),
            partial(self._decided, key),
            on_failed=self._not_decided,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let digits choose the decision; what is typed in a text field never comes here."""
        if event.key() in _DIGITS and self.form.press_digit(event.key() - Qt.Key.Key_0):
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take the digits from the table, which would search its rows for them."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in _DIGITS and not event.modifiers():
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    # how it looks

    def _arrange(self) -> Stack:
        self._arrange_tables()
        left = QSplitter(Qt.Orientation.Vertical)
        left.addWidget(self.table)
        left.addWidget(spacing.scrolling(self.case))  # large letters need more room than the window has
        left.setSizes([spacing.lines(self, 14), spacing.lines(self, 26)])
        left.setChildrenCollapsible(False)
        main = QSplitter(Qt.Orientation.Horizontal)
        main.addWidget(left)
        main.addWidget(self._right())
        main.setSizes([spacing.letters(self, 122), spacing.letters(self, 58)])
        main.setChildrenCollapsible(False)
        content = QWidget()
        column = QVBoxLayout(content)
        spacing.pad(column, self, 0.8, 0.5)
        column.addWidget(_explained())
        column.addWidget(self.settings)
        column.addWidget(main, 1)
        empty = EmptyState(
            _("Inga köpta operationer är inlästa, så det finns inget att söka bland."), _("Gå till Import")
        )
        empty.asked.connect(lambda: self.page_requested.emit("import", None))
        return Stack(self, content, empty)

    def _arrange_tables(self) -> None:
        self.table.view.setAccessibleName(_("Möjliga missade händelser"))
        self.table.view.installEventFilter(self)
        self.table.hide_columns(*_HIDDEN_AT_FIRST)
        delegate = IdentityDelegate(self.table.view, self.reveal, self._number_at)
        names = [column.name for column in missed_event.SHOWN]
        self.table.view.setItemDelegateForColumn(names.index("personal_id"), delegate)
        self.judged.view.setAccessibleName(_("Vad som har avgjorts"))
        self.judged.show_tools(on=False)
        self.judged.setMinimumHeight(spacing.lines(self, 6))
        self.judged.hide_columns("comment", "decided_at", "index_ref")

    def _right(self) -> TallArea:
        heading = PlainLabel(_("Avgjort"))
        heading.setObjectName("sectionTitle")
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(spacing.lines(self, 0.5), 0, 0, 0)
        column.addWidget(self.form)
        column.addSpacing(spacing.lines(self, 0.6))
        column.addWidget(heading)
        column.addWidget(self.judged, 1)
        column.addWidget(self.take_back)
        return TallArea(right)

    def _connect(self) -> None:
        self.settings.search_asked.connect(self.refresh)
        self.settings.narrowed.connect(self._show_rows)
        self.table.current_row_changed.connect(lambda _row: self._choose())
        self.table.row_activated.connect(lambda _row: self._to_decision())
        self.judged.current_row_changed.connect(lambda _row: self._let_take_back())
        self.form.save_asked.connect(self.save_and_next)
        self.form.queue_asked.connect(self._open_event)
        self.take_back.clicked.connect(self._withdraw)
        for shortcut, do in (
            (Shortcut.NEXT_CASE, lambda: self.go(1)),
            (Shortcut.PREVIOUS_CASE, lambda: self.go(-1)),
            (Shortcut.SAVE_AND_NEXT, self.save_and_next),
            (Shortcut.COMMENT, self.form.reason.setFocus),
        ):
            action_within(self, shortcut, do)

    # what it shows

    def _set_found(self, found: MissedEvents) -> None:
        self._found = found
        self._stack.show_empty(on=not found.operations)
        self._show_rows()

    def _show_rows(self) -> None:
        found = self._found
        if found is None:
            return
        wanted = [
            place for place, waits in enumerate(found.waits) if not (waits and self.settings.only_here.isChecked())
        ]
        wanted.sort(key=found.waits.__getitem__)  # what is decided here comes before what waits in the queue
        self._rows = tuple(wanted)
        rows = [found.table.rows[place] for place in wanted]
        self._leave()
        masks = {str(row[0]): identity.masked(str(row[0])) for row in rows}
        self.table.set_table(Table(missed_event.SHOWN, rows), {"personal_id": masks})
        shown, current = self.table.shown_rows(), self.table.current_row()
        if shown:
            self.table.choose_row(current if current in shown else shown[0])
        self.settings.tell(found)
        self._choose()

    def _number_at(self, index: AnyIndex) -> str:
        return str(self.table.model.row_values(self.table.model.source_row(index.row()))[0])

    def _key(self) -> MissedKey | None:
        row = self.table.current_row()
        if self._found is None or not 0 <= row < len(self._rows):
            return None
        return self._found.keys[self._rows[row]]

    def _choose(self) -> None:
        key = self._key()
        if self._case is not None and self._case.key != key:
            self._leave()
        if key is None:
            self.form.end()
            self.case.show_nothing(_nothing(self._found))
        elif self._case is None or self._case.key != key:
            self.runner.run(partial(_case, key), partial(self._set_case, key))

    def _leave(self) -> None:
        """Keep what has been filled in until the row is chosen again."""
        if self._case is not None and self.form.can_decide():
            self._begun[self._case.key] = self.form.answer()
        self._case = None

    def _set_case(self, key: MissedKey, case: MissedCase | None) -> None:
        if key != self._key() or (self._case is not None and self._case.key == key):
            return
        if case is None:
            self.form.end()
            self.case.show_nothing(_("Operationen eller vårdkontakten har ändrats. Sök på nytt."))
            return
        self._case = case
        row = self.table.current_row()
        self.case.show_case(case, _why(self.table.model.table.records()[row]))
        waits = self._found is not None and self._found.waits[self._rows[row]]
        begun = self._begun.get(key, EMPTY)
        self.form.begin(begun, waits=waits, is_event=case.event is not None, can_write=self.runner.can_write)

    def _to_decision(self) -> None:
        if self.form.can_decide():
            self.form.decision.take_focus()
        elif self.form.queue.isVisible():
            self._open_event()

    def _open_event(self) -> None:
        if self._case is not None and self._case.event is not None:
            self.event_wanted.emit(self._case.event)

    # what is decided

    def _decided(self, key: MissedKey, outcome: MissedOutcome) -> None:
        self.form.setEnabled(True)
        self.told.emit(outcome.said)
        shown, current = self.table.shown_rows(), self.table.current_row()
        place = shown.index(current) if current in shown else 0
        self._case = None
        self._begun.pop(key, None)
        if self._found is not None:
            self._found = self._found.without(key)
        self._show_rows()
        left = self.table.shown_rows()
        if left:
            self.table.choose_row(left[min(place, len(left) - 1)])
        self.table.view.setFocus()
        self._read_judged()

    def _not_decided(self, error: BaseException) -> None:
        self.form.setEnabled(True)
        self.runner.tell(error)

    def _read_judged(self) -> None:
        self.runner.run(_judged, self._set_judged)

    def _set_judged(self, judged: tuple[MissedJudgement, ...]) -> None:
        self._judged = judged
        classes = {each.value: word("complication_class", each) for each in ComplicationClass}
        self.judged.set_table(missed_event.judged_table(judged), {"complication_class": classes})
        self._let_take_back()

    def _let_take_back(self) -> None:
        self.take_back.setEnabled(self.judged.current_row() >= 0 and self.runner.can_write)

    def _withdraw(self) -> None:
        row = self.judged.current_row()
        if 0 <= row < len(self._judged):
            self.runner.run(partial(_withdraw, self._judged[row].key), self._withdrawn)

    def _withdrawn(self, outcome: MissedOutcome) -> None:
        self.told.emit(outcome.said)
        self.refresh()


def _explained() -> PlainLabel:
    text = PlainLabel(
        _(
            "Koder sållar, människor avgör. Ett publicerat mått med koder hittade 5,7 % av skadorna inom 30 dagar och "
            "14,8 % inom 90 (BMJ Open 2019;9:e023773). Att inget syns betyder alltså inte att inget har hänt."
        )
    )
    text.setObjectName("muted")
    text.setWordWrap(True)
    return text


def _nothing(found: MissedEvents | None) -> str:
    if found is None:
        return ""
    if not found.keys:
        return _("Inget pekar på en skada som ingen har bedömt. Pröva längre tider och Sök på nytt.")
    return _("Inget stämmer med det du söker.")


def _why(row: dict[str, Value]) -> str:
    days = int(row["days"] or 0)
    text = ngettext(
        "{how}, {n} dag efter operationen hos {provider} {day}: {codes}",
        "{how}, {n} dagar efter operationen hos {provider} {day}: {codes}",
        days,
    )
    told = text.format(
        how=word("missed_condition", str(row["condition"])),
        n=number(days),
        provider=row["index_provider"],
        day=row["operated_on"],
        codes=row["codes"],
    )
    if row["linked_to"]:
        told += "\n" + _("Händelsen är nu kopplad till en annan operation, {ref}.").format(ref=row["linked_to"])
    return told


def _search(code_days: int, surgery_days: int, workspace: Workspace, progress: Progress) -> MissedEvents:
    from kvalitetsapp.services import missed_events

    return missed_events.search(workspace, code_days, surgery_days, progress)


def _case(key: MissedKey, workspace: Workspace, _progress: Progress) -> MissedCase | None:
    from kvalitetsapp.services import missed_case

    return missed_case.case(workspace, key)


def _judged(workspace: Workspace, _progress: Progress) -> tuple[MissedJudgement, ...]:
    from kvalitetsapp.services import missed_events

    return missed_events.judged(workspace)


def _decide(
    key: MissedKey, decision: MissedDecision, complication: str, reason: str, workspace: Workspace, _progress: Progress
) -> MissedOutcome:
    from kvalitetsapp.services import missed_events

    return missed_events.decide(workspace, key, decision, complication_class=complication, comment=reason)


def _withdraw(key: MissedKey, workspace: Workspace, _progress: Progress) -> MissedOutcome:
    from kvalitetsapp.services import missed_events

    return missed_events.withdraw(workspace, key)
