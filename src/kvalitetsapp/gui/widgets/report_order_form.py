"""What a report is to be about, where it is saved, and how and to whom it may leave the department."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy

from kvalitetsapp.domain.released import ReportKind, SmallNumbers
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.form import Form, PathField
from kvalitetsapp.gui.remembered import recall, remember
from kvalitetsapp.gui.widgets.small_numbers_choice import SmallNumbersChoice
from kvalitetsapp.services.releases import NOBODY, Receiver
from kvalitetsapp.services.report_making import Order
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

FOLDER: Final = "reports/folder"
ALL_CARE: Final = N_("All köpt vård")
EVERY_PROVIDER: Final = N_("Alla vårdgivare, en fil för var och en")


@dataclass(frozen=True, slots=True)
class Subject:
    """What can be chosen to report on; `every` is all providers, a file each."""

    kind: ReportKind
    name: str
    provider_id: str = ""
    every: bool = False


class ReportOrderForm(Form):
    """Asks for it all; `changed` tells that another subject or another way with small numbers was chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._subjects: tuple[Subject, ...] = ()
        self.about = QComboBox()
        self.about.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.folder = PathField(self._choose_folder)
        self.folder.button.setText(_("&Bläddra …"))
        self.folder.set_path(Path(recall(FOLDER) or str(Path.home())))
        self.small_numbers = SmallNumbersChoice()
        self.receiver = QLineEdit()
        self.purpose = QLineEdit()
        for label, field in (
            (_("Rapport &om"), self.about),
            (_("Spara i &mappen"), self.folder),
            (_("Små &tal"), self.small_numbers),
            (_("Mottaga&re"), self.receiver),
            (_("S&yfte"), self.purpose),
        ):
            self.add(label, field)
        self.about.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self.small_numbers.chosen.connect(self._fit)
        self._fit()

    @property
    def subject(self) -> Subject:
        """Return what the report is to be about."""
        place = self.about.currentIndex()
        return self._subjects[place] if place >= 0 else _all_care()

    @property
    def may_leave(self) -> bool:
        """Tell whether the file may leave the department."""
        return self.small_numbers.mode is not SmallNumbers.OPEN

    def order(self) -> Order:
        """Return what is asked for; of a file that stays, nobody is the receiver."""
        subject = self.subject
        receiver = Receiver(self.receiver.text().strip(), self.purpose.text().strip()) if self.may_leave else NOBODY
        return Order(subject.kind, subject.provider_id, self.small_numbers.mode, receiver)

    def set_providers(self, providers: Iterable[tuple[str, str]]) -> None:
        """Offer all purchased care, all providers and each of them; what was chosen stays chosen."""
        chosen = self.subject
        each = (Subject(ReportKind.PROVIDER, name, provider_id) for provider_id, name in providers)
        every = Subject(ReportKind.PROVIDER, _(EVERY_PROVIDER), every=True)
        self._subjects = (_all_care(), every, *each)
        self.about.blockSignals(True)  # noqa: FBT003 - Qt's call
        self.about.clear()
        self.about.addItems([one.name for one in self._subjects])
        self.about.setCurrentIndex(self._subjects.index(chosen) if chosen in self._subjects else 0)
        self.about.blockSignals(False)  # noqa: FBT003 - Qt's call
        self.changed.emit()

    def remember_folder(self) -> Path:
        """Return the folder, which is proposed the next time."""
        folder = self.folder.path()
        remember(FOLDER, str(folder))
        return folder

    def _fit(self) -> None:
        for field in (self.receiver, self.purpose):
            field.setEnabled(self.may_leave)
        leaves = self.may_leave
        self.receiver.setPlaceholderText(_("Vem som får rapporten") if leaves else _("Rapporten stannar på kliniken"))
        self.purpose.setPlaceholderText(_("Vad den ska användas till") if leaves else "")
        self.changed.emit()

    def _choose_folder(self) -> str:
        return messages.choose_folder(self, _("Var ska rapporten sparas?"), str(self.folder.path()))


def _all_care() -> Subject:
    return Subject(ReportKind.TOTAL, _(ALL_CARE))
