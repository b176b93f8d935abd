"""Typed-in figures and whether they can be right: those of the store, or of a file that is only looked at."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.figure_words import remarks_text, sentence, tally_text
from kvalitetsapp.domain.typed_figures import FigureVerdict
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.models.row_filter import ColumnFilter
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.remembered import recall, remember
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.texts import N_, NOTHING, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.typed_figures import CheckedFigure
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.typed_figures import FigureChecks
    from kvalitetsapp.services.workspace import Workspace

FOLDER: Final = "import/folder"
ALL: Final = ""
_KEY: Final = ("row", "country", "level", "unit", "joint", "indicator", "period")
_HIDDEN_AT_FIRST: Final = (
    *("level", "unit_of_value", "remarks", "rounding", "events_low", "events_high"),
    *("below", "below_value", "above", "above_value", "source", "note"),
)


class FigureCheckView(Page):
    """Shows every published figure with what the check says of it; meant to stand in a tab of a page."""

    title: ClassVar[str] = N_("Publicerade värden")
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.BENCHMARKS})

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self._checks: FigureChecks | None = None
        self.which = QComboBox()
        self.of_file = QPushButton(_("Pröva en fil …"))
        self.of_store = QPushButton(_("Visa databasens värden"))
        self.summary = QLabel()
        self.table = DataTable("figure-checks", key=_KEY)
        self.facts = FactsView(_("Siffran och vad prövningen säger"))
        self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Check the store's figures again, unless a file is being looked at."""
        if self._checks is None or not self._checks.file:
            self._read_store()

    def focus_find(self) -> None:
        """Put the cursor in the filter of the table."""
        self.table.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose_file(self) -> None:
        """Let the user choose a file, and check it without taking it in."""
        chosen = messages.choose_files(
            self,
            _("Välj en fil att pröva"),
            recall(FOLDER),
            _("Publicerade värden (*.csv *.txt *.xlsx *.xls *.ods);;Alla filer (*)"),
        )
        if chosen:
            remember(FOLDER, str(Path(chosen[0]).parent))
            self.check_file(Path(chosen[0]))

    def check_file(self, path: Path) -> None:
        """Show the check of a file; nothing of it is stored."""
        self.runner.run_outside(partial(_of_file, path), self._show, label=_("Prövar siffror"))

    # how it looks

    def _arrange(self) -> None:
        for text, verdict in (
            (_("Alla"), ALL),
            (_("Bara anmärkningar"), FigureVerdict.REMARK),
            (_("Bara det som inte kan prövas"), FigureVerdict.UNCHECKED),
        ):
            self.which.addItem(text, str(verdict))
        self.table.hide_columns(*_HIDDEN_AT_FIRST)
        self.table.view.setAccessibleName(_("Publicerade värden"))
        self.which.setAccessibleName(_("Visa"))
        self.summary.setWordWrap(True)
        self.of_store.hide()
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.table)
        parts.addWidget(self.facts)
        parts.setChildrenCollapsible(False)
        parts.setSizes([spacing.lines(self, 22), spacing.lines(self, 10)])
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.7, 0.6)
        column.addLayout(self._top())
        column.addWidget(self.summary)
        column.addWidget(parts, 1)

    def _top(self) -> QHBoxLayout:
        label = QLabel(_("Visa"))
        label.setBuddy(self.which)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.which)
        row.addStretch(1)
        row.addWidget(self.of_store)
        row.addWidget(self.of_file)
        return row

    def _connect(self) -> None:
        self.which.activated.connect(lambda _place: self._filter())
        self.of_file.clicked.connect(self.choose_file)
        self.of_store.clicked.connect(self._read_store)
        self.table.current_row_changed.connect(self._show_row)
        self.table.shown_changed.connect(lambda _shown: self._follow_filters())

    # what it shows

    def _read_store(self) -> None:
        self.runner.run(_of_store, self._show, label=_("Prövar siffror"))

    def _show(self, checks: FigureChecks) -> None:
        self._checks = checks
        self.of_store.setVisible(bool(checks.file))
        self.summary.setText(_summary(checks))
        remarks = {" ".join(each.remarks) for each in checks.checked}
        self.table.set_table(checks.table, {"remarks": {each: remarks_text(each) for each in remarks}})
        if self.table.current_row() < 0 and self.table.shown_rows():
            self.table.choose_row(self.table.shown_rows()[0])
        self._show_row(self.table.current_row())

    def _filter(self) -> None:
        verdict = str(self.which.currentData())
        others = [one for one in self.table.filters() if one.column != "verdict"]
        self.table.set_filters([*others, *([ColumnFilter("verdict", frozenset({verdict}))] if verdict else [])])

    def _follow_filters(self) -> None:
        """Let the choice above the table say what the table shows, also where a filter was turned off below it."""
        on = {each.values for each in self.table.filters() if each.column == "verdict" and not each.exclude}
        place = next((n for n in range(self.which.count()) if frozenset({self.which.itemData(n)}) in on), 0)
        self.which.setCurrentIndex(place)

    def _show_row(self, row: int) -> None:
        if self._checks is None or not 0 <= row < len(self._checks.checked):
            self.facts.clear()
            return
        self.facts.show_facts(("", _facts(self._checks.checked[row])))


def _summary(checks: FigureChecks) -> str:
    if not checks.checked:
        return _("Inga publicerade värden är inlästa. En egen tabell kan prövas utan att läsas in.")
    text = tally_text(checks.tally)
    return _("{file}: {tally} Inget är sparat.").format(file=checks.file, tally=text) if checks.file else text


def _facts(checked: CheckedFigure) -> list[Fact]:
    one = checked.figure
    told = [Fact(word("figure_rule", each.rule), (sentence(each),)) for each in checked.findings]
    return [
        Fact(_("Utfall"), (word("figure_verdict", checked.verdict),)),
        *told,
        Fact(_("Källa"), (one.source or NOTHING,)),
        Fact(_("Anteckning"), (one.note or NOTHING,)),
    ]


def _of_store(workspace: Workspace, _progress: Progress) -> FigureChecks:
    from kvalitetsapp.services import typed_figures

    return typed_figures.check_figures(workspace)


def _of_file(path: Path, progress: Progress) -> FigureChecks:
    from kvalitetsapp.services import typed_figures

    return typed_figures.check_file(path, progress=progress)
