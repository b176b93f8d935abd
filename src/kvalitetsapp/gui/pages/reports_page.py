"""Rapporter: choose what a report is about, make the PDF, open it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from kvalitetsapp.domain.file_names import of_report as file_name
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.form import Form, PathField, primary_button
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.remembered import recall, remember
from kvalitetsapp.gui.spacing import enlarge, letters, pad
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.gui.operations import Operation, StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

FOLDER: Final = "reports/folder"
MADE: Final = (
    Column("about", Kind.TEXT, N_("Rapport")),
    Column("file", Kind.TEXT, N_("Fil")),
    Column("folder", Kind.TEXT, N_("Mapp")),
    Column("size", Kind.INTEGER, N_("Storlek (kB)")),
    Column("made", Kind.TEXT, N_("Skapad")),
)


@dataclass(frozen=True, slots=True)
class Made:
    """A report made since the window was opened."""

    about: str
    path: Path
    size: int
    clock: str


class ReportsPage(Page):
    """Makes PDFs."""

    title: ClassVar[str] = N_("Rapporter")
    icon_name: ClassVar[str] = "reports"

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self._made: list[Made] = []
        self._operation: Operation | None = None
        self.about = QComboBox()
        self.folder = PathField(self._choose_folder)
        self.folder.set_path(Path(recall(FOLDER) or str(Path.home())))
        self.suppress = QCheckBox(_("Visa inga tal om 1–4 personer (för det som lämnar kliniken)"))
        self.make = primary_button(_("Skapa PDF"))
        self.open = QPushButton(_("Öppna"))
        self.open_folder = QPushButton(_("Öppna mappen"))
        self.table = DataTable("reports", key=("file", "folder"))
        self.table.show_tools(on=False)
        self.table.view.setAccessibleName(_("Skapade nu"))
        self.about.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.explained = QLabel()
        self._arrange()
        self._connect()
        self._show_made()

    def refresh(self) -> None:
        """Read which providers there are."""
        self.runner.run(_providers, self._show_providers)

    def _arrange(self) -> None:
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        pad(inside, self, 1.1, 0.8)
        heading = QLabel(_("Ny rapport"))
        enlarge(heading, 1.1, bold=True)
        self.explained.setObjectName("muted")
        self.explained.setWordWrap(True)
        form = Form()
        form.add(_("Rapport &om"), self.about)
        form.add(_("Spara i &mappen"), self.folder)
        form.add("", self.suppress)
        buttons = QHBoxLayout()
        buttons.addWidget(self.explained, 1)
        buttons.addWidget(self.make, 0, Qt.AlignmentFlag.AlignBottom)
        inside.addWidget(heading)
        inside.addWidget(form)
        inside.addLayout(buttons)
        card.setMaximumWidth(letters(self, 130))
        made = QLabel(_("Skapade nu"))
        enlarge(made, 1.1, bold=True)
        head = QHBoxLayout()
        head.addWidget(made, 1)
        head.addWidget(self.open_folder)
        head.addWidget(self.open)
        column = QVBoxLayout(self)
        pad(column, self, 1.2, 0.9)
        column.addWidget(card)
        column.addLayout(head)
        column.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.make.clicked.connect(self.make_report)
        self.about.currentIndexChanged.connect(self._explain)
        self.table.row_activated.connect(self._open_row)
        self.table.current_row_changed.connect(self._enable)
        self.open.clicked.connect(lambda: self._open_row(self.table.current_row()))
        self.open_folder.clicked.connect(self._open_its_folder)

    def make_report(self) -> None:
        """Make the chosen report in the chosen folder."""
        folder = self.folder.path()
        provider = str(self.about.currentData() or "")
        about = self.about.currentText()
        remember(FOLDER, str(folder))
        path = folder / file_name(about)
        self.make.setEnabled(False)
        self._operation = self.runner.run(
            partial(_make, provider, path, self.suppress.isChecked()),
            partial(self._done, about),
            label=_("Skapar rapport"),
            on_failed=self._stopped,
        )

    def _done(self, about: str, path: Path) -> None:
        from datetime import datetime

        self.make.setEnabled(True)
        clock = f"{datetime.now().astimezone():%H:%M}"
        self._made = [one for one in self._made if one.path != path]
        self._made.insert(0, Made(about, path, path.stat().st_size, clock))
        self._show_made()
        self.table.choose_row(0)
        self.told.emit(_("Rapporten är klar {clock}").format(clock=clock))

    def _stopped(self, error: BaseException) -> None:
        self.make.setEnabled(True)
        self.runner.tell(error)

    def _show_made(self) -> None:
        rows: list[Row] = [
            (one.about, one.path.name, str(one.path.parent), one.size // 1024, one.clock) for one in self._made
        ]
        self.table.set_table(Table(MADE, rows))
        self._enable(self.table.current_row())

    def _enable(self, row: int) -> None:
        for button in (self.open, self.open_folder):
            button.setEnabled(row >= 0)

    def _show_providers(self, providers: list[tuple[str, str]]) -> None:
        chosen = self.about.currentData()
        self.about.clear()
        self.about.addItem(_("All köpt vård"), "")
        for provider, name in providers:
            self.about.addItem(name, provider)
        place = self.about.findData(chosen)
        self.about.setCurrentIndex(max(0, place))
        self._explain()

    def _explain(self) -> None:
        if self.about.currentData():
            text = _(
                "Uppföljningen av en vårdgivare: volym, utfall, granskning, kostnader och krav, med trattdiagram."
            )
        else:
            text = _("Alla vårdgivare tillsammans: utfall, kostnader per komplikation och vad som kan återkrävas.")
        self.explained.setText(text)

    def _choose_folder(self) -> str:
        return messages.choose_folder(self, _("Var ska rapporten sparas?"), str(self.folder.path()))

    def _open_row(self, row: int) -> None:
        if 0 <= row < len(self._made):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made[row].path)))

    def _open_its_folder(self) -> None:
        row = self.table.current_row()
        if row >= 0:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made[row].path.parent)))


def _providers(workspace: Workspace, _progress: Progress) -> list[tuple[str, str]]:
    from kvalitetsapp.services import overview

    return overview.provider_names(workspace)


def _make(provider: str, path: Path, suppress: bool, workspace: Workspace, progress: Progress) -> Path:
    from kvalitetsapp.services import reports

    small_numbers = SmallNumbers.PLAIN if suppress else SmallNumbers.OPEN

    if provider:
        return reports.provider_report(workspace, provider, path, small_numbers=small_numbers, progress=progress)
    return reports.total_report(workspace, path, small_numbers=small_numbers, progress=progress)
