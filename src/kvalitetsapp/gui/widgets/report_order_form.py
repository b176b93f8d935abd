"""What a report is to be about, where it is saved, and how and to whom it may leave the department."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSizePolicy

from kvalitetsapp.domain.provider_comparison import USUAL_INDICATOR
from kvalitetsapp.domain.released import ReportKind, SmallNumbers
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.form import Form, PathField
from kvalitetsapp.gui.remembered import recall, remember
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.gui.widgets.small_numbers_choice import SmallNumbersChoice
from kvalitetsapp.services.releases import NOBODY, Receiver
from kvalitetsapp.services.report_making import Order
from kvalitetsapp.services.report_subjects import ReportSubjects
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from PySide6.QtWidgets import QWidget

FOLDER: Final = "reports/folder"
ALL_CARE: Final = N_("All köpt vård")
ALL_PROVIDERS: Final = N_("Alla vårdgivare")
EVERY_PROVIDER: Final = N_("Alla vårdgivare, en fil för var och en")
CARE: Final = (ReportKind.TOTAL, ReportKind.PROVIDER, ReportKind.COMPARISON, ReportKind.EQUITY)
ABOUT_PROVIDERS: Final = frozenset({ReportKind.PROVIDER, ReportKind.CLAIMS})
MONEY: Final = (ReportKind.CLAIMS,)
LISTS: Final = (ReportKind.WAITING,)
PAPERS: Final = (ReportKind.AGENDA, ReportKind.GAP)
EVERY_LIST: Final = N_("Alla län och vårdgivare")
NOW: Final = N_("Läget nu")
_ABOUT_ALL: Final = {ReportKind.WAITING: EVERY_LIST, ReportKind.AGENDA: NOW}
_EVERY: Final = "\0"  # no provider has this id


@dataclass(frozen=True, slots=True)
class Subject:
    """What was chosen to report on, by its id and what it is called; `every` is all providers, a file each.

    Where `is_there` is False there is nothing of the kind to report on.
    """

    kind: ReportKind
    name: str
    subject: str = ""
    every: bool = False
    is_there: bool = True

    @property
    def title(self) -> str:
        """Return the kind of report and what it is about."""
        return title(self.kind, self.name)


def title(kind: ReportKind, name: str) -> str:
    """Return a kind of report and what one is about."""
    return f"{word('report_kind', kind)}: {name}"


def called(kind: ReportKind, subject: str, names: Mapping[str, str]) -> str:
    """Return what the subject of a report is called, given names by id."""
    return names.get(subject, subject) or _(_ABOUT_ALL.get(kind, ALL_CARE))


class ReportOrderForm(Form):
    """Asks for it all; `changed` tells that another subject or another way with small numbers was chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered = ReportSubjects()
        self._cut: date | None = None
        self.kind = QComboBox()
        self.provider = QComboBox()
        self.indicator = QComboBox()
        self.quarter = QComboBox()
        self.gap = QComboBox()
        self._subjects = {
            ReportKind.PROVIDER: self.provider,
            ReportKind.CLAIMS: self.provider,
            ReportKind.COMPARISON: self.indicator,
            ReportKind.EQUITY: self.indicator,
            ReportKind.AGENDA: self.quarter,
            ReportKind.GAP: self.gap,
        }
        self.until = DayField()
        self.folder = PathField(self._choose_folder)
        self.folder.button.setText(_("&Bläddra …"))
        self.folder.set_path(Path(recall(FOLDER) or str(Path.home())))
        self.workbook = QCheckBox(_("Skriv också &Excel-fil med utkastets tabeller"))
        self.small_numbers = SmallNumbersChoice()
        self.receiver = QLineEdit()
        self.purpose = QLineEdit()
        self._arrange()
        for choice in (self.kind, *self._subjects.values()):
            choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.kind.currentIndexChanged.connect(lambda _place: self._follow_kind())
        self.provider.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self.quarter.currentIndexChanged.connect(lambda _place: self._follow_kind())
        self.small_numbers.chosen.connect(self._fit)
        self._follow_kind()
        self._fit()

    @property
    def subject(self) -> Subject:
        """Return what the report is to be about."""
        kind = ReportKind(self.kind.currentData())
        field = self._subjects.get(kind)
        if field is None:
            return Subject(kind, called(kind, "", {}))
        chosen = str(field.currentData() or "")
        about = "" if chosen == _EVERY else chosen
        is_there = kind is not ReportKind.GAP or bool(chosen)
        return Subject(kind, field.currentText(), about, every=chosen == _EVERY, is_there=is_there)

    @property
    def may_leave(self) -> bool:
        """Tell whether the file may leave the department."""
        return self.small_numbers.mode is not SmallNumbers.OPEN

    def order(self) -> Order:
        """Return what is asked for; of a file that stays, nobody is the receiver."""
        subject = self.subject
        receiver = Receiver(self.receiver.text().strip(), self.purpose.text().strip()) if self.may_leave else NOBODY
        return Order(subject.kind, subject.subject, self.small_numbers.mode, receiver, self._as_of())

    def offer(self, offered: ReportSubjects) -> None:
        """Offer what reports can be about; what was chosen stays chosen."""
        self._offered = offered
        _fill(self.indicator, offered.indicators, str(self.indicator.currentData() or USUAL_INDICATOR))
        _fill(self.quarter, [("", _(NOW)), *offered.quarters], str(self.quarter.currentData() or ""))
        _fill(self.gap, offered.gaps, str(self.gap.currentData() or ""))
        self._offer_day(offered.data_cut)
        self._follow_kind()

    def choose(self, kind: ReportKind, subject: str = "", *, every: bool = False) -> None:
        """Choose what the report is to be about, by its id."""
        self.kind.setCurrentIndex(self.kind.findData(kind))
        if (field := self._subjects.get(kind)) is not None:
            field.setCurrentIndex(field.findData(_EVERY if every else subject))

    def remember_folder(self) -> Path:
        """Return the folder, which is proposed the next time."""
        folder = self.folder.path()
        remember(FOLDER, str(folder))
        return folder

    # how it looks

    def _arrange(self) -> None:
        for kind in CARE:
            self.kind.addItem(word("report_kind", kind), kind)
        self.kind.insertSeparator(self.kind.count())
        for kind in (*LISTS, *PAPERS, *MONEY):
            self.kind.addItem(word("report_kind", kind), kind)
        for label, field in (
            (_("Rapp&ort"), self.kind),
            (_("Vår&dgivare"), self.provider),
            (_("&Utfall"), self.indicator),
            (_("&Kvartal"), self.quarter),
            (_("Gapa&nalys"), self.gap),
            (_("Data ti&ll"), self.until),
            (_("Spara i &mappen"), self.folder),
            ("", self.workbook),
            (_("Små &tal"), self.small_numbers),
            (_("Mottaga&re"), self.receiver),
            (_("S&yfte"), self.purpose),
        ):
            self.add(label, field)

    def _follow_kind(self) -> None:
        """Ask for what the kind of report is about, and offer what it can be made of."""
        kind = self.subject.kind
        for field in dict.fromkeys(self._subjects.values()):
            self.set_visible(field, on=field is self._subjects.get(kind))
        self.set_visible(self.until, on=self._has_day())
        providers, together = self._offered.providers, [("", _(ALL_PROVIDERS))]
        offered = [*(together if kind is ReportKind.CLAIMS else []), (_EVERY, _(EVERY_PROVIDER)), *providers]
        chosen = str(self.provider.currentData() or "")
        if chosen not in dict(offered) and providers:
            chosen = providers[0][0]
        _fill(self.provider, offered, chosen)
        self.changed.emit()

    def _fit(self) -> None:
        for field in (self.receiver, self.purpose):
            field.setEnabled(self.may_leave)
        leaves = self.may_leave
        self.receiver.setPlaceholderText(_("Vem som får rapporten") if leaves else _("Rapporten stannar på kliniken"))
        self.purpose.setPlaceholderText(_("Vad den ska användas till") if leaves else "")
        self.changed.emit()

    # the day

    def _offer_day(self, cut: date | None) -> None:
        """Propose the day that the data reach to; another that was chosen stays, as long as there are data to it."""
        chosen = self._as_of()
        self.until.setEnabled(cut is not None)
        if cut is not None:
            self._cut = cut
            self.until.set_limits(None, cut)
            self.until.set_day(chosen if chosen is not None and chosen < cut else cut)

    def _has_day(self) -> bool:
        """Tell whether the report can be of an earlier day: what is owed is of today, papers are of their own day."""
        subject = self.subject
        is_paper = subject.kind in PAPERS and not (subject.kind is ReportKind.AGENDA and not subject.subject)
        return subject.kind is not ReportKind.CLAIMS and not is_paper

    def _as_of(self) -> date | None:
        """Return the day that was chosen, None where it is that of the data or cannot be chosen."""
        day, cut = self.until.day(), self._cut
        return None if cut is None or day == cut or not self._has_day() else day

    def _choose_folder(self) -> str:
        return messages.choose_folder(self, _("Var ska rapporten sparas?"), str(self.folder.path()))


def _fill(field: QComboBox, offered: Iterable[tuple[str, str]], chosen: str) -> None:
    """Offer these ids with their names, the chosen one chosen if it is among them, else the first."""
    field.blockSignals(True)  # noqa: FBT003 - Qt's call
    field.clear()
    for found, name in offered:
        field.addItem(name, found)
    field.setCurrentIndex(max(0, field.findData(chosen)))
    field.blockSignals(False)  # noqa: FBT003 - Qt's call
