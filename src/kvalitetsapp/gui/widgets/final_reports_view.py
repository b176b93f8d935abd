"""Fastställda: the final reports, the chosen one in full, and what is done with it: saved again, checked, recalled."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.final_report import finals_table
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.hand_out_report import HandOutReportDialog, hand_out
from kvalitetsapp.gui.dialogs.withdraw_report import WithdrawReportDialog
from kvalitetsapp.gui.remembered import recall, remember
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.report_order_form import FOLDER, called, title
from kvalitetsapp.gui.widgets.rows_view import ALL, PartedView
from kvalitetsapp.services.releases import NOBODY
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvalitetsapp.domain.final_report import FinalReport
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.gui.models.table_model import Labels
    from kvalitetsapp.gui.operations import Operation, StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

STANDING: Final = "standing"
WITHDRAWN: Final = "withdrawn"
_HIDDEN_AT_FIRST: Final = ("small_numbers", "signed_as", "replaces")


class FinalReportsView(PartedView["FinalReport"]):
    """Final reports, the latest first, with the chosen one in full below them."""

    title: ClassVar[str] = N_("Fastställda")
    icon_name: ClassVar[str] = "reports"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.REPORTS})

    def __init__(self, runner: StoreRunner) -> None:
        parts = {ALL: _("Alla"), STANDING: _("Gäller"), WITHDRAWN: _("Återkallade")}
        super().__init__(runner, parts, DataTable("final-reports", key=("number",)))
        self._found: tuple[FinalReport, ...] = ()
        self._names: dict[str, str] = {}
        self._operation: Operation | None = None
        self.facts = FactsView(_("Den fastställda rapporten"))
        self.checked = PlainLabel()
        self.check = QPushButton(_("&Kontrollera mot dagens data"))
        self.withdraw = QPushButton(_("Å&terkalla …"))
        self.hand_out = QPushButton(_("&Spara igen …"))
        self.empty = EmptyState(
            _("Ingen rapport är fastställd än. En fastställd rapport har nummer och namn och finns kvar oförändrad."),
            _("Gå till Skapa"),
        )
        self._stack = self._arrange()
        self.begins_at = self.table
        self._connect()
        self._choose()

    def refresh(self) -> None:
        """Read the final reports."""
        self.runner.run(_finals, self._set_finals)

    # how it looks

    def _arrange(self) -> Stack:
        self.table.view.setAccessibleName(_("Fastställda rapporter"))
        self.table.hide_columns(*_HIDDEN_AT_FIRST)
        self.checked.setWordWrap(True)
        content = QWidget()
        column = QVBoxLayout(content)
        spacing.pad(column, self, 0.8)
        column.addWidget(self.parts)
        column.addWidget(arrangement.above((self.table, 18), (self.facts, 16)), 1)
        column.addWidget(self.checked)
        column.addLayout(arrangement.ends(last=(self.check, self.withdraw, self.hand_out)))
        return Stack(self, content, self.empty)

    def _connect(self) -> None:
        self.table.row_activated.connect(lambda _row: self.hand_out.click())
        self.hand_out.clicked.connect(self._save_again)
        self.check.clicked.connect(self._check)
        self.withdraw.clicked.connect(self._ask_to_withdraw)

    # what it shows

    def _set_finals(self, found: tuple[tuple[FinalReport, ...], dict[str, str]]) -> None:
        self._found, self._names = found
        self._stack.show_empty(on=not self._found)
        self._show_found()

    def _in_part(self, part: str) -> list[FinalReport]:
        return [one for one in self._found if part == ALL or (part == WITHDRAWN) == bool(one.withdrawn_at)]

    def _table_of(self, rows: Sequence[FinalReport]) -> tuple[Table, Labels]:
        marked = {one.withdrawn_at[:10]: f"✕ {one.withdrawn_at[:10]}" for one in rows if one.withdrawn_at}
        named = [replace(one, subject=called(one.kind, one.subject, self._names)) for one in rows]
        return finals_table(named), {"withdrawn": marked}

    def _choose(self) -> None:
        one, can_write = self.current(), self.runner.can_write
        self.hand_out.setEnabled(can_write and one is not None)
        self.check.setEnabled(one is not None and self._operation is None)
        self.withdraw.setEnabled(can_write and one is not None and not one.withdrawn_at)
        self._tell_of_check("")
        if one is None:
            self.facts.show_paragraphs([_("Ingen rapport är vald.")])
        else:
            self.facts.show_facts(("", _facts(one, self._names)))

    def _tell_of_check(self, text: str) -> None:
        self.checked.setText(text)
        self.checked.setVisible(bool(text))

    # what is done

    def _save_again(self) -> None:
        one = self.current()
        if one is not None and one.small_numbers is not SmallNumbers.OPEN:
            dialog = HandOutReportDialog(self.runner, one, called(one.kind, one.subject, self._names), self)
            dialog.saved.connect(partial(self._left, one.number))
            dialog.open()
        elif one is not None:
            self._save_inside(one)

    def _save_inside(self, one: FinalReport) -> None:
        """Write a report that stays in the department to where it is wanted."""
        proposed = Path(recall(FOLDER) or Path.home()) / one.file_name
        chosen = messages.choose_new_file(self, _("Var ska rapporten sparas?"), proposed, _("PDF (*.pdf)"))
        if chosen:
            remember(FOLDER, str(Path(chosen).parent))
            self.runner.run(partial(hand_out, one.number, Path(chosen), NOBODY), partial(self._saved, one.number))

    def _saved(self, number: str, path: Path) -> None:
        self.told.emit(_("Rapporten {number} är sparad som {file}").format(number=number, file=path.name))

    def _left(self, number: str, path: Path) -> None:
        self._saved(number, path)
        self.runner.announce(frozenset({Changed.REPORTS}))

    def _check(self) -> None:
        one = self.current()
        if one is not None:
            self._operation = self.runner.run(
                partial(_is_same, one.number),
                partial(self._show_checked, one.number),
                label=_("Kontrollerar rapporten"),
                on_failed=self._not_checked,
            )
            self._choose()
            self._tell_of_check(_("Rapporten {number} görs om och jämförs …").format(number=one.number))

    def _show_checked(self, number: str, is_same: bool) -> None:
        self._operation = None
        self._choose()
        told = (
            _("✓ Dagens data ger samma rapport som {number}, byte för byte.")
            if is_same
            else _(
                "≠ Dagens data ger en annan rapport än {number}: data eller definitioner har ändrats sedan dess. "
                "Den fastställda är oförändrad."
            )
        )
        self._tell_of_check(told.format(number=number))

    def _not_checked(self, error: BaseException) -> None:
        self._operation = None
        self._choose()
        self.runner.tell(error)

    def _ask_to_withdraw(self) -> None:
        one = self.current()
        if one is not None:
            self._open(WithdrawReportDialog(self.runner, one, called(one.kind, one.subject, self._names), self))


def _facts(one: FinalReport, names: Mapping[str, str]) -> list[Fact]:
    signed = (f"{one.signature.by}, {one.signature.role}", to_the_minute(one.signature.at))
    found = [
        Fact(_("Nummer"), (one.number,)),
        Fact(_("Rapport"), (title(one.kind, called(one.kind, one.subject, names)),)),
        Fact(_("Data till"), (one.data_cut,)),
        Fact(_("Små tal"), (word("small_numbers", one.small_numbers),)),
        Fact(_("Fastställd av"), signed),
        Fact(_("Fil"), (one.file_name,)),
    ]
    if one.replaces:
        found.append(Fact(_("Ersätter"), (one.replaces,)))
    if one.withdrawn_at:
        when = f"✕ {to_the_minute(one.withdrawn_at)}, {one.withdrawn_by}"
        found.append(Fact(_("Återkallad"), (when, one.withdrawn_because)))
    return [*found, Fact(_("Fingeravtryck"), (one.fingerprint,))]


def _finals(workspace: Workspace, _progress: Progress) -> tuple[tuple[FinalReport, ...], dict[str, str]]:
    from kvalitetsapp.services import final_reports, report_subjects

    return final_reports.all_finals(workspace), report_subjects.names(workspace)


def _is_same(number: str, workspace: Workspace, progress: Progress) -> bool:
    from kvalitetsapp.services import final_reports

    return final_reports.is_same_today(workspace, number, progress=progress)
