"""Loggkontroll: signed checks of the log, the chosen one with its entries, when the next is due, and making it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from kvalitetsapp.domain import access_log
from kvalitetsapp.domain import log_check as domain
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.table import Table
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.draw_sample import DrawSampleDialog
from kvalitetsapp.gui.dialogs.extract_log import FOLDER
from kvalitetsapp.gui.dialogs.log_check_rule import LogCheckRuleDialog
from kvalitetsapp.gui.dialogs.sign_log_check import SignLogCheckDialog
from kvalitetsapp.gui.remembered import recall, remember
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.reveal import IdentityDelegate, Reveal
from kvalitetsapp.gui.widgets.rows_view import RowsView
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from kvalitetsapp.domain.log_check import Due, LogCheck, Sample
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

    AnyIndex = QModelIndex | QPersistentModelIndex
    Opened = tuple[LogCheck, Sample, dict[str, str]]

_HIDDEN_AT_FIRST: Final = ("signed_as", "population", "note")
_HIDDEN_OF_ENTRIES: Final = ("role", "kind", "patients", "detail", "own")


class LogChecksView(RowsView["LogCheck"]):
    """Checks, the latest first."""

    title: ClassVar[str] = N_("Loggkontroll")
    icon_name: ClassVar[str] = "protection"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.ACCESS_LOG})

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, DataTable("log-checks", key=("log_check",)))
        self.reveal = Reveal(self)
        self.due = PlainLabel()
        self.entries = DataTable("log-check-entries", key=("entry",))
        self.new = QPushButton(_("&Ny kontroll …"))
        self.rule = QPushButton(_("&Hur ofta …"))
        self.printing = QPushButton(_("&Skriv ut …"))
        self._due: Due | None = None
        self._sample: Sample | None = None
        self._arrange()
        self._connect()
        self._choose()
        self.begins_at = self.new

    def refresh(self) -> None:
        """Read the checks."""
        self.runner.run(_checks, self._set_checks)

    # how it looks

    def _arrange(self) -> None:
        self.table.view.setAccessibleName(_("Loggkontroller"))
        self.table.hide_columns(*_HIDDEN_AT_FIRST)
        self.entries.view.setAccessibleName(_("Kontrollens poster"))
        self.entries.hide_columns(*_HIDDEN_OF_ENTRIES)
        names = [column.name for column in domain.SAMPLE]
        delegate = IdentityDelegate(self.entries.view, self.reveal, self._patients_at)
        self.entries.view.setItemDelegateForColumn(names.index("patient"), delegate)
        self.due.setWordWrap(True)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(self.due)
        column.addWidget(arrangement.above((self.table, 14), (self.entries, 18)), 1)
        column.addLayout(arrangement.ends((self.new, self.rule), (self.printing,)))

    def _connect(self) -> None:
        self.new.clicked.connect(self._draw)
        self.rule.clicked.connect(self._ask_how_often)
        self.printing.clicked.connect(self._print)

    def _patients_at(self, index: AnyIndex) -> str:
        if self._sample is None:
            return ""
        entry = self._sample.entries[self.entries.model.source_row(index.row())]
        return access_log.patients_in_words(entry.patients, mask=False)

    # what it shows

    def _set_checks(self, found: tuple[tuple[LogCheck, ...], Due]) -> None:
        checks, self._due = found
        self.due.setText(domain.due_in_words(self._due))
        self.due.setObjectName("bad" if self._due.late else "muted")
        self.due.style().polish(self.due)
        self._put(checks, domain.checks_table(checks))

    def _choose(self) -> None:
        one, can_write = self.current(), self.runner.can_write
        self.new.setEnabled(can_write)
        self.rule.setEnabled(can_write and self._due is not None)
        self.printing.setEnabled(can_write and one is not None)
        if one is None:
            self._sample = None
            self.entries.set_table(Table(domain.SAMPLE))
        else:
            self.runner.run(partial(_entries, one.log_check), self._show_entries)

    def _show_entries(self, opened: Opened) -> None:
        check, self._sample, names = opened
        judged = {one.entry: one for one in check.judged}
        self.entries.set_table(domain.sample_table(self._sample, names, check.who, judged))

    # what is done

    def _draw(self) -> None:
        last = self._rows[0].plan.last if self._rows else None  # that day was not over when it was checked
        dialog = DrawSampleDialog(self.runner, last, self)
        dialog.saved.connect(self._judge)
        dialog.open()

    def _judge(self, drawn: tuple[Sample, dict[str, str]]) -> None:
        self._open(SignLogCheckDialog(self.runner, *drawn, self))

    def _ask_how_often(self) -> None:
        if self._due is not None:
            self._open(LogCheckRuleDialog(self.runner, self._due.days, self))

    def _print(self) -> None:
        one = self.current()
        if one is None:
            return
        name = _("Loggkontroll nr {number}").format(number=one.log_check) + ".pdf"
        proposed = Path(recall(FOLDER) or Path.home()) / name
        chosen = messages.choose_new_file(self, _("Var ska loggkontrollen sparas?"), proposed, _("PDF (*.pdf)"))
        if chosen:
            remember(FOLDER, str(Path(chosen).parent))
            self.runner.run(partial(_print, one.log_check, Path(chosen)), self._printed)

    def _printed(self, path: Path) -> None:
        self.told.emit(_("Loggkontrollen är sparad som {file}").format(file=path.name))


def _checks(workspace: Workspace, _progress: Progress) -> tuple[tuple[LogCheck, ...], Due]:
    from kvalitetsapp.services import log_checks

    return log_checks.checks(workspace), log_checks.due(workspace)


def _entries(number: int, workspace: Workspace, _progress: Progress) -> Opened:
    from kvalitetsapp.services import access_log as log
    from kvalitetsapp.services import log_checks

    return (*log_checks.sample_of(workspace, number), log.names(workspace))


def _print(number: int, out: Path, workspace: Workspace, _progress: Progress) -> Path:
    from kvalitetsapp.services import log_checks

    return log_checks.print_check(workspace, number, out)
