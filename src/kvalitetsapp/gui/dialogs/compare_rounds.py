"""Jämför: a review round beside an earlier one, answers counted side by side and the cases that changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from kvalitetsapp.domain import round_tables
from kvalitetsapp.domain.round_comparison import RoundComparison
from kvalitetsapp.gui.spacing import letters, lines, pad
from kvalitetsapp.gui.widgets.copy_notes import note_copies
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.titled import titled
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.review_round import Round
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

_HIDDEN = ("earlier_index_ref", "later_index_ref")


class CompareRoundsDialog(QDialog):
    """Compares `later` with one of the `earlier` rounds, the one that it repeats first."""

    def __init__(
        self, runner: StoreRunner, later: Round, earlier: Sequence[Round], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Jämför omgångar"))
        self._runner = runner
        self._later = later
        self._found: RoundComparison | None = None
        self.earlier = QComboBox()
        self.all_cases = QCheckBox(_("Visa också &oförändrade"))
        self.told = PlainLabel()
        self.counts = DataTable("round-counts", key=("question", "value"))
        self.agreement = DataTable("round-agreement", key=("question",))
        self.cases = DataTable("round-comparison", key=("event_ref", "joint", "side"))
        note_copies(runner, self.cases)
        for one in earlier:
            self.earlier.addItem(one.name, one.round_id)
        self.earlier.setCurrentIndex(max(0, self.earlier.findData(later.previous)))
        self._arrange()
        self.earlier.activated.connect(lambda _place: self._compare())
        self.all_cases.toggled.connect(lambda _on: self._show_cases())
        self._compare()

    def _arrange(self) -> None:
        self.resize(letters(self, 190), lines(self, 46))
        label = PlainLabel(_("Jämför ”{name}” &med").format(name=self._later.name.replace("&", "&&")))
        label.setBuddy(self.earlier)
        self.earlier.setAccessibleName(_("Den tidigare omgången"))
        self.told.setWordWrap(True)
        self.counts.view.setAccessibleName(_("Svaren räknade i båda omgångarna"))
        self.agreement.view.setAccessibleName(_("Svar som gavs på nytt"))
        self.cases.view.setAccessibleName(_("Händelser med olika svar"))
        self.cases.hide_columns(*_HIDDEN)
        for table in (self.counts, self.agreement):
            table.show_tools(on=False)
        top = QHBoxLayout()
        top.addWidget(label)
        top.addWidget(self.earlier, 1)
        top.addStretch(1)
        buttons = QDialogButtonBox()
        buttons.addButton(_("Stäng"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        pad(column, self, 1.0, 0.6)
        column.addLayout(top)
        column.addWidget(self.told)
        column.addWidget(self._tables(), 1)
        column.addWidget(buttons)

    def _tables(self) -> QSplitter:
        upper = QSplitter(Qt.Orientation.Horizontal)
        upper.addWidget(titled(_("Svaren räknade"), self.counts))
        upper.addWidget(titled(_("Svar som gavs på nytt"), self.agreement))
        upper.setSizes([lines(self, 60), lines(self, 40)])
        lower = titled(_("Händelser med olika svar"), self.cases, self.all_cases)
        both = QSplitter(Qt.Orientation.Vertical)
        both.addWidget(upper)
        both.addWidget(lower)
        both.setSizes([lines(self, 18), lines(self, 22)])
        for splitter in (upper, both):
            splitter.setChildrenCollapsible(False)
        return both

    def _compare(self) -> None:
        earlier = self.earlier.currentData()
        self._runner.run(
            partial(_compare, earlier, self._later.round_id),
            partial(self._show, earlier),
            label=_("Jämför omgångar"),
        )

    def _show(self, earlier: int, found: RoundComparison) -> None:
        if earlier != self.earlier.currentData():
            return
        self._found = found
        both = sum(one.earlier is not None and one.later is not None for one in found.cases)
        changed = sum(bool(one.changed) for one in found.cases)
        self.told.setText(
            _("{all} händelser i någon av omgångarna, {both} i båda. {changed} har olika svar.").format(
                all=number(len(found.cases)), both=number(both), changed=number(changed)
            )
        )
        self.counts.set_table(round_tables.counts_table(found))
        self.agreement.set_table(round_tables.agreement_table(found))
        self._show_cases()

    def _show_cases(self) -> None:
        if self._found is None:
            return
        wanted = self.all_cases.isChecked()
        cases = tuple(one for one in self._found.cases if wanted or one.changed)
        shown = RoundComparison(self._found.earlier, self._found.later, cases)
        self.cases.set_table(round_tables.comparison_table(shown))


def _compare(earlier: int, later: int, workspace: Workspace, _progress: Progress) -> RoundComparison:
    from kvalitetsapp.services import round_comparison

    return round_comparison.compare(workspace, earlier, later)
