"""Gapanalys: the analyses with their state, who is responsible and when they are followed up; one of them in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QPushButton

from kvalitetsapp.domain import gap_tables
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.released import ReportKind
from kvalitetsapp.gui import arrangement
from kvalitetsapp.gui.dialogs.edit_gap import EditGapDialog
from kvalitetsapp.gui.dialogs.write_paper_report import WritePaperReportDialog
from kvalitetsapp.gui.flow_layout import flowing
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState
from kvalitetsapp.gui.widgets.papers_view import WrittenPapersView
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.paper import Paper
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.gaps import KeptGap
    from kvalitetsapp.services.workspace import Workspace


class GapsView(WrittenPapersView["KeptGap"]):
    """The analyses, the one with the nearest follow-up first."""

    title: ClassVar[str] = N_("Gapanalys")
    icon_name: ClassVar[str] = "development"
    papers_named: ClassVar[str] = N_("Gapanalyser")
    one_named: ClassVar[str] = N_("Gapanalysen")
    none_chosen: ClassVar[str] = N_("Ingen gapanalys är vald.")
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.PAPERS})

    def __init__(self, runner: StoreRunner) -> None:
        empty = EmptyState(
            _(
                "Det finns ingen gapanalys än. Den håller målet mot nuläget och samlar orsaker, förslag och "
                "konsekvenser till ett underlag för beslut."
            ),
            _("Gör en gapanalys"),
        )
        super().__init__(runner, DataTable("gap-analyses", key=("paper",)), _("&Ny gapanalys …"), empty)
        self.indicator = QPushButton(_("Visa &indikatorn"))
        self.report = QPushButton(_("Beslutsunderlag som &PDF …"))
        self.indicator.clicked.connect(self._show_indicator)
        self.report.clicked.connect(self._ask_for_report)
        self._arrange()
        self._choose()

    def refresh(self) -> None:
        """Read the analyses."""
        self._read(_gaps, self._show)

    def help_topic(self) -> str:
        """Return the section of the manual that tells of the tab."""
        return "kvalitetsagenda#Gapanalys"

    # how it looks

    def _arrange(self) -> None:
        self.table.hide_columns("version", "saved_at", "who")
        changing = (self.new, self.change, self.withdraw)
        self._lay_out(
            arrangement.above((self.table, 10), (self.facts, 22)),
            self.empty,
            flowing(self, changing, (self.indicator, self.report)),
            arrangement.ends((self.undo,)),
        )

    # what it shows

    def _show(self, found: tuple[KeptGap, ...]) -> None:
        self._show_papers(found, gap_tables.listed((one.paper, one.gap) for one in found))

    def _paper_of(self, row: KeptGap) -> Paper:
        return row.paper

    def _choose(self) -> None:
        super()._choose()
        one = self.current()
        self.report.setEnabled(self.runner.can_write and one is not None)
        self.indicator.setEnabled(one is not None and bool(one.gap.goal.indicator))

    def _tell(self, row: KeptGap) -> None:
        rows = gap_tables.laid_out(row.paper, row.gap).rows
        self.facts.show_facts(("", [Fact(str(part), tuple(str(text).split("\n"))) for part, text in rows]))

    # what is done

    def _form(self, row: KeptGap | None) -> EditGapDialog:
        return EditGapDialog(self.runner, row, self)

    def _question(self, row: KeptGap) -> str:
        question = _("Ta bort gapanalysen ”{title}”? Versionerna finns kvar och kan fås tillbaka med Ångra.")
        return question.format(title=row.paper.title)

    def _show_indicator(self) -> None:
        one = self.current()
        if one is not None and one.gap.goal.indicator:
            self.page_requested.emit("quality", f"indicator/{one.gap.goal.indicator}")

    def _ask_for_report(self) -> None:
        one = self.current()
        if one is not None:
            subject = str(one.paper.paper)
            self._open(WritePaperReportDialog(self.runner, ReportKind.GAP, subject, one.paper.title, self))


def _gaps(workspace: Workspace, _progress: Progress) -> tuple[KeptGap, ...]:
    from kvalitetsapp.services import gaps

    return gaps.gaps(workspace)
