"""Kvalitetsagenda: every target with its result, status, trend and comment, today or as a quarter was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain import agenda_tables, frozen_figure
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.quality_target import aim_text
from kvalitetsapp.domain.released import ReportKind
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs.save_quarter import SaveQuarterDialog
from kvalitetsapp.gui.dialogs.write_paper_report import WritePaperReportDialog
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.rows_view import RowsView
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.domain.agenda import AgendaRow
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.agenda import AgendaNow
    from kvalitetsapp.services.workspace import Workspace

_NOW = ""
_CUT_FIRST: Final = (("quality_area", "comment"), ("trend_text",))
"""Areas come in groups, and comments and trends stand in full below; what a target is and where it stands is kept."""


class AgendaView(RowsView["AgendaRow"]):
    """The targets of the agenda, with the chosen one in full and quarter by quarter below."""

    title: ClassVar[str] = N_("Kvalitetsagenda")
    icon_name: ClassVar[str] = "development"
    interests: ClassVar[frozenset[Changed]] = frozenset(
        {
            *(Changed.TABLES, Changed.PAPERS, Changed.INDICATORS, Changed.LINKS, Changed.VERDICTS),
            *(Changed.EPISODES, Changed.BENCHMARKS, Changed.IMPORTS),
        }
    )

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, DataTable("quality-agenda", key=("target",)))
        self.quarter = QComboBox()
        self.reaches = PlainLabel()
        self.facts = FactsView(_("Målet"))
        self.save = QPushButton(_("&Spara kvartalet …"))
        self.indicator = QPushButton(_("Visa &indikatorn"))
        self.targets = QPushButton(_("Ändra &målen"))
        self.report = QPushButton(_("&PDF …"))
        self.empty = EmptyState(
            _("Det finns inga mål än. De skrivs i tabellen ”Mål i kvalitetsagendan”, ett mål på varje rad."),
            _("Gå till målen"),
        )
        self._now: AgendaNow | None = None
        self._stack = self._arrange()
        self.begins_at = self.table.view
        self._connect()
        self._choose()

    def refresh(self) -> None:
        """Work out how the targets stand, and read the quarters that are kept."""
        self.runner.run(_read, self._show, label=_("Räknar ut målen"))

    def help_topic(self) -> str:
        """Return the section of the manual that tells of the tab."""
        return "kvalitetsagenda#Kvalitetsagenda"

    # how it looks

    def _arrange(self) -> Stack:
        self.table.view.setAccessibleName(_("Målen"))
        self.table.hide_columns("measured_by", "scope")
        columns = [column.name for column in agenda_tables.IN_WORDS]
        self.table.view.cut_in_turn(*([columns.index(name) for name in turn] for turn in _CUT_FIRST))
        self.quarter.setAccessibleName(_("Kvartal"))
        self.quarter.setMinimumContentsLength(18)
        self.reaches.setObjectName("muted")
        label = PlainLabel(_("&Kvartal"))
        label.setBuddy(self.quarter)
        inner = QWidget()
        stack = Stack(inner, arrangement.above((self.table, 20), (self.facts, 13)), self.empty)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addLayout(arrangement.ends((label, self.quarter, self.reaches)))
        column.addWidget(inner, 1)
        column.addLayout(arrangement.ends((self.save, self.indicator), (self.targets, self.report)))
        return stack

    def _connect(self) -> None:
        self.quarter.currentIndexChanged.connect(lambda _place: self._show_quarter())
        self.table.row_activated.connect(lambda _row: self.indicator.click())
        self.save.clicked.connect(self._ask_to_save)
        self.indicator.clicked.connect(self._show_indicator)
        self.targets.clicked.connect(self._go_to_targets)
        self.empty.asked.connect(self._go_to_targets)
        self.report.clicked.connect(self._ask_for_report)

    # what it shows

    def _show(self, found: AgendaNow) -> None:
        chosen = self.quarter.currentData()
        self._now = found
        self.quarter.blockSignals(True)  # noqa: FBT003 - Qt's call
        self.quarter.clear()
        self.quarter.addItem(_("Läget nu"), _NOW)
        for one in reversed(found.kept):
            self.quarter.addItem(one.quarter.quarter.in_words().capitalize(), one.quarter.quarter.code)
        self.quarter.setCurrentIndex(max(0, self.quarter.findData(chosen)))
        self.quarter.blockSignals(False)  # noqa: FBT003 - Qt's call
        self._stack.show_empty(on=not found.table.rows and not found.kept)
        self._show_quarter()

    def _show_quarter(self) -> None:
        if self._now is None:
            return
        code = str(self.quarter.currentData() or _NOW)
        kept = next((one for one in self._now.kept if one.quarter.quarter.code == code), None)
        if kept is None:
            rows, as_of = self._now.table.rows, self._now.table.as_of or ""
            self.reaches.setText(_("Data till {day}").format(day=as_of) if as_of else "")
        else:
            rows, paper = kept.quarter.rows, kept.paper
            told = _("Sparat {at} av {who}, data till {day}. Raderna står som de sparades.")
            self.reaches.setText(told.format(at=paper.saved_at[:10], who=paper.who, day=kept.quarter.as_of))
        table = agenda_tables.in_words(rows)
        self._put(rows, table)

    def _choose(self) -> None:
        row, can_write = self.current(), self.runner.can_write
        self.save.setEnabled(can_write and self._now is not None and bool(self._now.table.rows))
        self.report.setEnabled(can_write and bool(self._rows))
        self.indicator.setEnabled(row is not None and bool(row.target.indicator))
        if row is None:
            self.facts.show_paragraphs([_("Inget mål är valt.")])
        else:
            self.facts.show_facts(("", list(self._facts(row))), (_("Kvartal för kvartal"), self._history(row)))

    def _facts(self, row: AgendaRow) -> Iterator[Fact]:
        """Give what stands of a target, and what its status rests on."""
        told = (
            (_("Mål"), row.target.name),
            (_("Indikator"), agenda_tables.measured(row)),
            (_("Gäller"), agenda_tables.scope_text(row)),
            (_("Resultat"), agenda_tables.result_text(row)),
            (_("Gräns"), aim_text(row.target, row.unit)),
            (_("Riket"), "" if row.figure is None else frozen_figure.benchmark_text(row.figure)),
            (_("Status"), agenda_tables.status_text(row)),
            (_("Varför"), agenda_tables.why(row)),
            (_("Trend"), agenda_tables.trend_text(row)),
            (_("Att tänka på"), "" if row.figure is None else frozen_figure.remarks_text(row.figure)),
            (_("Kommentar"), row.words.comment),
            (_("Anmärkning"), row.target.note),
        )
        return (Fact(label, (text,)) for label, text in told if text)

    def _history(self, row: AgendaRow) -> list[Fact]:
        kept = () if self._now is None else self._now.kept
        found = [(one.quarter.quarter.code, one.quarter.row(row.target.target_id)) for one in reversed(kept)]
        return [
            Fact(code, (f"{agenda_tables.result_text(then)}   {agenda_tables.status_text(then)}", then.words.comment))
            for code, then in found
            if then is not None
        ]

    # what is done

    def _ask_to_save(self) -> None:
        if self._now is not None:
            self._open(SaveQuarterDialog(self.runner, self._now, self))

    def _show_indicator(self) -> None:
        row = self.current()
        if row is not None and row.target.indicator:
            self.page_requested.emit("quality", f"indicator/{row.target.indicator}")

    def _go_to_targets(self) -> None:
        self.page_requested.emit("development", "tables/targets")

    def _ask_for_report(self) -> None:
        code = str(self.quarter.currentData() or _NOW)
        self._open(WritePaperReportDialog(self.runner, ReportKind.AGENDA, code, self.quarter.currentText(), self))


def _read(workspace: Workspace, _progress: Progress) -> AgendaNow:
    from kvalitetsapp.services import agenda

    return agenda.now(workspace)
