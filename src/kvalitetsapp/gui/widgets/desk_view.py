"""Låsning: after how long the window is locked, and what else takes the content off the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QComboBox, QVBoxLayout

from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changes
from kvalitetsapp.gui import clipboard
from kvalitetsapp.gui.desk import lock_time
from kvalitetsapp.gui.desk.session_watch import SessionWatch
from kvalitetsapp.gui.dialogs.form import Form
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.shortcuts import Shortcut
from kvalitetsapp.gui.spacing import letters, pad
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import N_, _, ngettext

if TYPE_CHECKING:
    from kvalitetsapp.gui.operations import StoreRunner


class DeskView(Page):
    """The one thing to choose, kept as soon as it is chosen, and what the program does without being asked."""

    title: ClassVar[str] = N_("Låsning")
    icon_name: ClassVar[str] = "lock"
    interests: ClassVar[Changes] = NOTHING_CHANGED

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.minutes = QComboBox()
        for n in range(lock_time.LEAST_MINUTES, lock_time.MOST_MINUTES + 1):
            self.minutes.addItem(ngettext("{n} minut", "{n} minuter", n).format(n=n), n)
        self.minutes.setMaximumWidth(letters(self, 20))
        self.refresh()
        self.minutes.activated.connect(lambda _place: self._keep())
        form = Form()
        form.add(_("&Lås när ingen har rört tangentbord eller mus på"), self.minutes)
        column = QVBoxLayout(self)
        pad(column, self, 1.0, 0.9)
        column.addWidget(form)
        for text in self._told():
            label = PlainLabel(text)
            label.setWordWrap(True)
            label.setMaximumWidth(letters(self, 110))
            column.addWidget(label)
        column.addStretch(1)
        self.begins_at = self.minutes

    def refresh(self) -> None:
        """Show what is chosen."""
        self.minutes.setCurrentIndex(self.minutes.findData(lock_time.lock_after_minutes()))

    def _keep(self) -> None:
        lock_time.set_lock_after_minutes(int(self.minutes.currentData()))
        self.told.emit(_("Sparat"))

    def _told(self) -> tuple[str, ...]:
        return (
            _("{lock} låser genast. {change} låser och låter en annan användare komma in.").format(
                lock=Shortcut.LOCK.shown, change=Shortcut.CHANGE_USER.shown
            ),
            _("Fönstret låses också när datorn låses, byter användare eller går i vila.")
            if SessionWatch.is_told()
            else _("På den här datorn säger systemet inte till när skärmen låses. Lås Kvalitetsapp själv när du går."),
            _(
                "Låst syns inget av innehållet. Det som pågår fortsätter. Det du har kopierat tas bort ur urklipp "
                "efter {seconds} sekunder, och genast när fönstret låses eller stängs."
            ).format(seconds=clipboard.KEPT_SECONDS),
        )
