"""The protocol of a review round: kept as PDF or as a workbook under a name that the user chooses."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget

from kvalitetsapp.domain.file_names import safe
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.remembered import recall, remember
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.review_round import Round
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

FOLDER: Final = "reports/folder"  # where reports go, protocols go


class Form(StrEnum):
    """What a protocol is kept as, by the ending of its file."""

    PDF = ".pdf"
    WORKBOOK = ".xlsx"


_BUTTONS: Final = {Form.PDF: N_("Protokoll (PDF) …"), Form.WORKBOOK: N_("Protokoll (Excel) …")}
_KINDS: Final = {Form.PDF: N_("PDF (*.pdf)"), Form.WORKBOOK: N_("Excel (*.xlsx)")}


class ProtocolBar(QWidget):
    """Buttons that make the protocol of the round that is shown; the window shows how it goes and can stop it."""

    told = Signal(str)

    def __init__(self, runner: StoreRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._round: Round | None = None
        self._is_making = False
        self._made = Path()
        self.suppress = QCheckBox(_("&Dölj tal 1–4"))
        self.suppress.setToolTip(_("Visa inga tal om 1–4 personer (för det som lämnar kliniken)"))
        self.make = {form: QPushButton(_(text)) for form, text in _BUTTONS.items()}
        self.open = QPushButton(_("Öppna"))
        self.open.setToolTip(_("Öppna protokollet som nyss skapades"))
        self.open.setVisible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.suppress, *self.make.values(), self.open):
            row.addWidget(widget)
        for form, button in self.make.items():
            button.clicked.connect(partial(self._make, form))
        self.open.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made))))

    def show_round(self, shown: Round | None) -> None:
        """Let the buttons be about a round."""
        if shown is None or self._round is None or shown.round_id != self._round.round_id:
            self.open.setVisible(False)
        self._round = shown
        self._enable()

    def _enable(self) -> None:
        can_write = self._runner.can_write
        for button in self.make.values():
            button.setEnabled(self._round is not None and can_write and not self._is_making)

    def _make(self, form: Form, *_checked: bool) -> None:
        if self._round is None:
            return
        proposed = Path(recall(FOLDER) or Path.home()) / file_name(self._round.name, form)
        title = _("Var ska protokollet sparas?")
        chosen = messages.choose_new_file(self, title, proposed, _(_KINDS[form]))
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix.lower() == form else path.with_name(path.name + form)
        remember(FOLDER, str(path.parent))
        self._is_making = True
        self._enable()
        self._runner.run(
            partial(_make, form, self._round.round_id, path, self.suppress.isChecked()),
            partial(self._done, self._round.round_id),
            label=_("Skapar protokoll"),
            on_failed=self._stopped,
        )

    def _done(self, round_id: int, path: Path) -> None:
        self._is_making = False
        self._enable()
        self._made = path
        self.open.setVisible(self._round is not None and self._round.round_id == round_id)
        self.told.emit(_("Protokollet är klart: {file}").format(file=path.name))

    def _stopped(self, error: BaseException) -> None:
        self._is_making = False
        self._enable()
        self._runner.tell(error)


def file_name(round_name: str, form: Form) -> str:
    """Return what the file of a protocol is called at first."""
    return _("Granskningsprotokoll – {name}").format(name=safe(round_name)) + form


def _make(form: Form, round_id: int, path: Path, suppress: bool, workspace: Workspace, progress: Progress) -> Path:
    from kvalitetsapp.services import review_protocols

    write = review_protocols.protocol_pdf if form is Form.PDF else review_protocols.protocol_workbook
    small_numbers = SmallNumbers.PLAIN if suppress else SmallNumbers.OPEN
    return write(workspace, round_id, path, small_numbers=small_numbers, progress=progress)
