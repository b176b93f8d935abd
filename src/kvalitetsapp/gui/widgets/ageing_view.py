"""Obetalt: what providers owe by age on a day, and the documents to remind of today."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.payment_tables import ageing_table, reminders_table
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs import messages, reminder_letter
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import N_, _, kronor

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.ageing import Ageing
    from kvalitetsapp.domain.reminder import Reminder
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.reminder_letters import LetterOutcome
    from kvalitetsapp.services.reminders import ReminderOutcome
    from kvalitetsapp.services.workspace import Workspace


class AgeingView(Page):
    """What is owed above, what to remind of below; `reminded` tells a reminder that was registered."""

    title: ClassVar[str] = N_("Obetalt")
    icon_name: ClassVar[str] = "claims"
    interests: ClassVar[frozenset[Changed]] = frozenset(
        {Changed.PAYMENTS, Changed.BASES, Changed.CLAIMS, Changed.BILLING}
    )

    reminded = Signal(object)  # Reminder

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self._reminders: tuple[Reminder, ...] = ()
        self._day: date | None = None  # None follows the calendar, also past midnight
        self._today: date | None = None
        self.as_of = DayField()
        self.table = DataTable("ageing", key=("provider_id",))
        self.sums = PlainLabel()
        self.reminders = DataTable("reminders", key=("basis_number",))
        self.remind = QPushButton(_("Anteckna &påminnelse …"))
        self._arrange()
        self.begins_at = self.reminders
        self._connect()
        self._choose()

    def refresh(self) -> None:
        """Read what is owed on the day, and what to remind of."""
        self.runner.run(partial(_ages, self._day), self._set_ages)
        self.runner.run(_due, self._set_reminders)

    def focus_find(self) -> None:
        """Put the cursor in the filter."""
        self.table.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def current(self) -> Reminder | None:
        """Return the chosen reminder, None where none is."""
        row = self.reminders.current_row()
        return self._reminders[row] if 0 <= row < len(self._reminders) else None

    # how it looks

    def _arrange(self) -> None:
        self.table.view.setAccessibleName(_("Obetalt efter ålder"))
        self.table.hide_columns("provider_id")
        self.sums.setObjectName("sectionTitle")
        self.sums.setWordWrap(True)
        self.reminders.view.setAccessibleName(_("Underlag att påminna om"))
        self.reminders.hide_columns("provider_id")
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self._upper())
        parts.addWidget(self._lower())
        parts.setSizes([spacing.lines(self, 22), spacing.lines(self, 18)])
        parts.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(parts)

    def _upper(self) -> QWidget:
        label = QLabel(_("&Som det var"))
        label.setBuddy(self.as_of)
        self.as_of.setAccessibleName(_("Som det var"))
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(arrangement.ends((label, self.as_of)))
        column.addWidget(self.table, 1)
        column.addWidget(self.sums)
        return upper

    def _lower(self) -> QWidget:
        heading = PlainLabel(_("Att påminna om i dag"))
        heading.setObjectName("sectionTitle")
        explained = PlainLabel(_("Det som är bestritt eller avskrivet påminns inte om."))
        explained.setObjectName("muted")
        lower = QWidget()
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, spacing.lines(self, 0.5), 0, 0)
        column.addLayout(arrangement.ends((heading,), (self.remind,)))
        column.addWidget(explained)
        column.addWidget(self.reminders, 1)
        return lower

    def _connect(self) -> None:
        self.as_of.editingFinished.connect(self._take_day)
        self.as_of.calendarWidget().clicked.connect(lambda _day: self._take_day())
        self.reminders.current_row_changed.connect(lambda _row: self._choose())
        self.reminders.row_activated.connect(lambda _row: self.remind.click())
        self.remind.clicked.connect(self._remind)

    # what it shows

    def _take_day(self) -> None:
        if self._today is None:  # the field shows no day before the first reading
            return
        wanted = None if self.as_of.day() == self._today else self.as_of.day()
        if wanted != self._day:
            self._day = wanted
            self.refresh()

    def _set_ages(self, read: tuple[tuple[Ageing, ...], date, date]) -> None:
        ages, day, today = read
        self._today = today
        self.as_of.set_limits(None, today)
        self.as_of.set_day(day)
        *providers, total = ages
        self.table.set_table(ageing_table(providers))
        self.sums.setText(_sums(total))

    def _set_reminders(self, due: tuple[Reminder, ...]) -> None:
        self._reminders = due
        self.reminders.set_table(reminders_table(due))
        self.reminders.choose_one()
        self._choose()

    def _choose(self) -> None:
        can_write = self.runner.can_write
        self.remind.setEnabled(can_write and self.current() is not None)

    # what is done

    def _remind(self) -> None:
        reminder = self.current()
        if reminder is None:
            return
        text = _("Anteckna påminnelse nr {place} om {amount} till {provider}? Den ska betalas senast {day}.")
        question = text.format(
            place=reminder.place,
            amount=kronor(reminder.amount),
            provider=reminder.provider,
            day=reminder.due_on.isoformat(),
        )
        if messages.ask(self, question, yes=_("Anteckna påminnelsen")):
            self.runner.run(partial(_register, reminder.number), self._done)

    def _done(self, outcome: ReminderOutcome) -> None:
        self.told.emit(outcome.said)
        self.reminded.emit(outcome.reminder)
        # once the store's thread is told to be idle: the question may stand for long
        QTimer.singleShot(0, self, partial(reminder_letter.offer, self, outcome.reminder, outcome.said, self._written))

    def _written(self, outcome: LetterOutcome) -> None:
        self.told.emit(outcome.said)


def _sums(total: Ageing) -> str:
    """Tell what all providers owe together: the ages and the disputed come to the open, less what is overpaid."""
    labels = (
        _("ej förfallet {amount}"),
        _("1–30 dagar {amount}"),
        _("31–60 dagar {amount}"),
        _("61–90 dagar {amount}"),
        _("över 90 dagar {amount}"),
    )
    parts = [label.format(amount=kronor(amount)) for label, amount in zip(labels, total.by_age, strict=True)]
    parts.append(_("bestritt {amount}").format(amount=kronor(total.disputed)))
    parts.append(_("för mycket betalt {amount}").format(amount=kronor(total.overpaid)))
    return _("Öppet {amount}: {parts}").format(amount=kronor(total.open), parts="   ·   ".join(parts))


def _ages(day: date | None, workspace: Workspace, _progress: Progress) -> tuple[tuple[Ageing, ...], date, date]:
    from kvalitetsapp.services import ageing

    return ageing.by_provider(workspace, day), day or workspace.today, workspace.today


def _due(workspace: Workspace, _progress: Progress) -> tuple[Reminder, ...]:
    from kvalitetsapp.services import reminders

    return reminders.due(workspace)


def _register(number: str, workspace: Workspace, _progress: Progress) -> ReminderOutcome:
    from kvalitetsapp.services import reminders

    return reminders.register(workspace, number)
