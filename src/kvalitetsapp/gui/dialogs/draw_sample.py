"""Dra stickprov: which entries of the log a controller looks at."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QComboBox

from kvalitetsapp.domain.audit_words import SampleChoice
from kvalitetsapp.domain.log_check import MOST_DRAWN
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui.dialogs.making import MakingDialog
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.log_check import Sample
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.log_checks import SampleWish
    from kvalitetsapp.services.workspace import Workspace

_SIZES: Final = (10, 20, 50, 100, 200, MOST_DRAWN)


class DrawSampleDialog(MakingDialog):
    """Draws what is asked for; `saved` gives the sample with the names of providers."""

    def __init__(self, runner: StoreRunner, since: date | None, parent: QWidget | None = None) -> None:
        stopped = _("Avbrutet. Inget är draget.")
        super().__init__(runner, _("Dra stickprov ur loggen"), _("&Dra stickprov"), stopped, parent)
        self.first, self.last = DayField(), DayField()
        self.choice = QComboBox()
        self.user = QComboBox()
        self.size_of = QComboBox()
        self.each_user = QCheckBox(_("&Lika många av varje användare"))
        self.patients = CheckedText(self._lacking_patients, rows=3)
        self._fill(since)
        runner.run(_users, self._offer_users)

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.patients,)

    def work(self) -> Work:
        """Return what draws."""
        from kvalitetsapp.services.log_checks import SampleWish

        size, choice = int(self.size_of.currentData()), SampleChoice(self.choice.currentData())
        wish = SampleWish(
            *(self.first.day(), self.last.day(), size, choice),
            *(str(self.user.currentData() or ""), self.each_user.isChecked()),
            patients=tuple(self.patients.text().split()) if self._asks_for_patients() else (),
        )
        return partial(_draw, wish)

    def _fill(self, since: date | None) -> None:
        self.explained.setText(
            _(
                "Posterna dras med lott bland dem som gäller patienter. Lotten sparas, så att samma stickprov kan "
                "dras igen. Att stickprovet dras står i loggen."
            )
        )
        today = QDate.currentDate()
        self.last.setDate(today)
        self.first.setDate(today.addMonths(-3))
        if since is not None:
            self.first.set_day(since)
        for choice in SampleChoice:
            self.choice.addItem(word("sample_choice", choice), choice.value)
        for size in _SIZES:
            self.size_of.addItem(number(size), size)
        self.size_of.setCurrentIndex(1)
        self.user.addItem(_("Alla användare"), "")
        for label, field in (
            (_("&Från"), self.first),
            (_("&Till och med"), self.last),
            (_("&Urval"), self.choice),
            (_("&Patienter, ett nummer per rad"), self.patients),
            (_("&Användare"), self.user),
            (_("A&ntal poster"), self.size_of),
            ("", self.each_user),
        ):
            self.form.add(label, field)
        self.choice.currentIndexChanged.connect(lambda _place: self._show_patients())
        self._show_patients()
        self.first.setFocus()

    def _asks_for_patients(self) -> bool:
        return SampleChoice(self.choice.currentData()) is SampleChoice.PATIENTS

    def _show_patients(self) -> None:
        self.form.set_visible(self.patients, on=self._asks_for_patients())

    def _lacking_patients(self, text: str) -> str:
        return _("Ange vilka patienter som ska kontrolleras.") if self._asks_for_patients() and not text else ""

    def _offer_users(self, users: tuple[str, ...]) -> None:
        for one in users:
            self.user.addItem(one, one)


def _users(workspace: Workspace, _progress: Progress) -> tuple[str, ...]:
    from kvalitetsapp.services import access_log

    return access_log.users(workspace)


def _draw(wish: SampleWish, workspace: Workspace, progress: Progress) -> tuple[Sample, dict[str, str]]:
    from kvalitetsapp.services import access_log, log_checks

    plan = log_checks.plan(workspace, wish)
    return log_checks.draw(workspace, plan, progress), access_log.names(workspace)
