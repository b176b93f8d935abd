"""Grupper: an indicator by groups of people, as a table and a forest, with the operations behind every group."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kvalitetsapp.domain import equity_charts, equity_tables, equity_words, file_names, outcome_tables
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.equity import COMPARED, Comparison
from kvalitetsapp.domain.indicator import Counted
from kvalitetsapp.domain.indicator_tables import readable_by
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.begin_equity_paper import BeginEquityPaperDialog
from kvalitetsapp.gui.flow_layout import FlowLayout
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.chart_panel import ChartPanel
from kvalitetsapp.gui.widgets.copy_notes import note_copies
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.part_bar import PartBar
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.equity import EquityFigures
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.chart_files import ChartWritten
    from kvalitetsapp.services.equity_papers import FiguresSeen
    from kvalitetsapp.services.outcome_figures import Behind
    from kvalitetsapp.services.papers import PaperOutcome
    from kvalitetsapp.services.workspace import Workspace

    AskedBehind = tuple[str, OutcomeScope, dict[str, str]]

FIRST: Final = "reoperation_2y"
_CSV, _XLSX = ".csv", ".xlsx"


class EquityGroupsView(Page):
    """Compares groups; `paper_begun` tells the number of a working paper that was begun with what is shown."""

    title: ClassVar[str] = N_("Grupper")
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.PAPERS})

    paper_begun = Signal(int)

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.indicator, self.compared, self.within, self.reference = (QComboBox() for _box in range(4))
        self.standardised = QCheckBox(_("&Åldersstandardisera"))
        self.headline, self.findings, self.behind_heading = PlainLabel(), PlainLabel(), PlainLabel()
        self.table = DataTable("equity-groups")
        self.behind = DataTable("equity-members", key=("index_ref",))
        self.quantity = PartBar({"value": _("Värde"), "difference": _("Skillnad"), "ratio": _("Kvot")})
        self.panel = ChartPanel(runner)
        self.begin = QPushButton(_("Påbörja &arbetspapper …"))
        self.save = QPushButton(_("Spara ta&bellen …"))
        for table in (self.table, self.behind):
            note_copies(runner, table)
        self._indicators: dict[str, Indicator] = {}
        self._names: dict[str, str] = {}
        self._scope = OutcomeScope()
        self._figures: EquityFigures | None = None
        self._asked: Comparison | None = None
        self._asked_behind: AskedBehind | None = None
        self._arrange()
        self._connect()
        self.begins_at = self.indicator

    def set_choices(self, indicators: tuple[Indicator, ...], names: Mapping[str, str], scope: OutcomeScope) -> None:
        """Offer the indicators that can be compared by groups of people, and read the chosen one in a scope."""
        self._indicators = {one.indicator_id: one for one in indicators if _can_be_split(one)}
        self._names, self._scope = dict(names), scope
        chosen = str(self.indicator.currentData() or FIRST)
        self.indicator.clear()
        for one in self._indicators.values():
            self.indicator.addItem(one.name, one.indicator_id)
        self.indicator.setCurrentIndex(max(self.indicator.findData(chosen), 0))
        self._offer_keys()
        self.mark_stale()

    def set_scope(self, scope: OutcomeScope) -> None:
        """Read the same in another scope."""
        self._scope = scope
        self.mark_stale()

    def show_indicator(self, indicator_id: str, key: str) -> None:
        """Compare groups of an indicator by a key."""
        self.indicator.setCurrentIndex(max(self.indicator.findData(indicator_id), 0))
        self._offer_keys()
        self.compared.setCurrentIndex(max(self.compared.findData(key), 0))
        self._change(forget_reference=True)

    def refresh(self) -> None:
        """Work out the groups in the background."""
        one = self.chosen()
        if one is None:
            return
        reference = str(self.reference.currentData() or "")
        asked = Comparison(one.indicator_id, self._scope, self.keys(), reference, self.standardised.isChecked())
        self._asked = asked
        self.runner.run(partial(_work_out, asked), partial(self._show, asked), label=_("Jämför grupper"))

    def chosen(self) -> Indicator | None:
        """Return the indicator that is compared."""
        return self._indicators.get(str(self.indicator.currentData() or ""))

    def keys(self) -> tuple[str, ...]:
        """Return what is compared, and what it is compared within."""
        found = (str(box.currentData() or "") for box in (self.compared, self.within))
        return tuple(dict.fromkeys(key for key in found if key))

    def focus_find(self) -> None:
        """Put the cursor in the filter of the operations."""
        self.behind.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # how it looks

    def _arrange(self) -> None:
        self.standardised.setChecked(True)
        self.table.view.setAccessibleName(_("Grupper bredvid varandra"))
        self.table.show_tools(on=False)
        self.behind.view.setAccessibleName(_("Operationerna bakom gruppen"))
        self.behind.hide_columns("event_ref", "index_ref")
        for label, name in ((self.headline, "sectionTitle"), (self.behind_heading, "sectionTitle")):
            label.setObjectName(name)
        self.findings.setObjectName("muted")
        for label in (self.headline, self.findings, self.behind_heading):
            label.setWordWrap(True)
        left = arrangement.above((self.table, 12), (self._below(), 17))
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.quantity)
        beside.addWidget(self.panel, 1)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.0, 0.4)
        column.addLayout(self._top())
        column.addWidget(self.headline)
        column.addWidget(arrangement.beside((left, 112), (right, 80)), 1)
        column.addLayout(arrangement.ends((self.begin,), (self.save,)))

    def _below(self) -> QWidget:
        """Return what weakens the comparison above the operations behind a group."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        self._weak = spacing.scrolling(self.findings)
        column.addWidget(self._weak, 1)
        column.addWidget(self.behind_heading)
        column.addWidget(self.behind, 3)
        return made

    def _top(self) -> FlowLayout:
        row = FlowLayout(self)
        fields = (
            (_("&Indikator"), self.indicator),
            (_("&Jämför"), self.compared),
            (_("i&nom"), self.within),
            (_("&mot"), self.reference),
        )
        for text, box in fields:
            label = PlainLabel(text)
            label.setBuddy(box)
            box.setAccessibleName(text.replace("&", "").capitalize())
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row.add_field(label, box)
        self.indicator.setMinimumContentsLength(24)
        row.addWidget(self.standardised)
        return row

    def _connect(self) -> None:
        self.indicator.activated.connect(lambda _place: self._change(offer=True))
        self.compared.activated.connect(lambda _place: self._change(forget_reference=True))
        self.within.activated.connect(lambda _place: self._change())
        self.reference.activated.connect(lambda _place: self._change())
        self.standardised.clicked.connect(lambda _on: self._change())
        self.quantity.chosen.connect(lambda _part: self._draw())
        self.table.current_row_changed.connect(lambda _row: self._choose_group())
        self.behind.row_activated.connect(self._open)
        self.panel.chosen.connect(lambda key: self.table.choose_row(int(key)))
        self.panel.told.connect(self.told)
        self.begin.clicked.connect(self._ask_to_begin)
        self.save.clicked.connect(self._ask_where_to_save)

    # what is chosen

    def _change(self, *, offer: bool = False, forget_reference: bool = False) -> None:
        if offer:
            self._offer_keys()
        if forget_reference:
            self.reference.setCurrentIndex(0)
        self.mark_stale()

    def _offer_keys(self) -> None:
        """Offer what the indicator may be compared by; what was chosen stays where it still can be."""
        one = self.chosen()
        levels = () if one is None else readable_by(one.level)
        for box, first, offered in (
            (self.compared, None, [key for key in COMPARED if key in levels]),
            (self.within, _("alla"), [key for key in levels if key != "unit"]),
        ):
            was = box.currentData()
            box.clear()
            if first is not None:
                box.addItem(first, "")
            for key in offered:
                box.addItem(equity_words.key_word(key).lower(), key)
            box.setCurrentIndex(max(box.findData(was), 0))

    # what it shows

    def _show(self, asked: Comparison, seen: FiguresSeen) -> None:
        if asked != self._asked:
            return
        found = self._figures = seen.figures
        self._offer_references(found, asked.reference)
        papers = [_("arbetspapper {n}").format(n=paper.paper) for paper in seen.papers]
        said = equity_words.headline(found, processed=seen.is_processed)
        told = _("Se {papers}.").format(papers=", ".join(papers)) if papers else ""
        self.headline.setText(" ".join(filter(None, (said, told))))
        self.findings.setText("\n".join(equity_words.finding_texts(found)))
        self._weak.setVisible(bool(found.findings))
        self.table.set_table(equity_tables.groups_table(found.groups, found.by, found.indicator, found.names))
        self.begin.setEnabled(self.runner.can_write and bool(found.groups))
        self.save.setEnabled(bool(found.groups))
        self._draw()
        self.table.choose_one()
        self._choose_group()

    def _offer_references(self, found: EquityFigures, chosen: str) -> None:
        words = dict.fromkeys(one.words[0] for one in found.groups if one.words[0])
        self.reference.clear()
        self.reference.addItem(_("den största gruppen"), "")
        for code in words:
            self.reference.addItem(equity_words.group_word(found.by[0], code, found.names), code)
        self.reference.setCurrentIndex(max(self.reference.findData(chosen), 0))

    def _draw(self) -> None:
        if self._figures is not None:
            chart = equity_charts.forest(self._figures, self.quantity.part)
            self.panel.set_chart(chart, "" if chart.rows else _nothing(self._figures))
            self.panel.reading.setToolTip("\n".join(equity_words.reading(self._figures)))
            self._choose_group()

    def _choose_group(self) -> None:
        found, row = self._figures, self.table.current_row()
        if found is None or not 0 <= row < len(found.groups):
            self.behind_heading.setText("")
            return
        self.panel.choose(str(row))
        where = dict(zip(found.by, found.groups[row].words, strict=True))
        asked = (found.indicator.indicator_id, self._scope, where)
        if asked != self._asked_behind:
            self._asked_behind = asked
            self.runner.run(partial(_behind, *asked), partial(self._show_behind, asked))

    def _show_behind(self, asked: AskedBehind, behind: Behind) -> None:
        found, where = self._figures, asked[2]
        if asked == self._asked_behind and found is not None:
            name = equity_words.group_name(tuple(where), tuple(where.values()), found.names)
            text = ngettext("{whose}: {n} operation", "{whose}: {n} operationer", behind.total)
            self.behind_heading.setText(text.format(whose=name, n=number(behind.total)))
            shown = outcome_tables.behind_table(found.indicator, behind.table)
            self.behind.set_table(shown, {"provider_id": self._names})

    # what is done

    def _open(self, row: int) -> None:
        """Show the event of an operation, or the operation where nothing came after it."""
        event, operation = (str(self.behind.model.value(row, name)) for name in ("event_ref", "index_ref"))
        self.page_requested.emit("episodes", event or operation.rsplit("/", 2)[0])

    def _ask_to_begin(self) -> None:
        found = self._figures
        if found is None:
            return
        measured = Comparison(found.indicator.indicator_id, self._scope, found.by, found.reference)
        title = _("{indicator}, {split}").format(
            indicator=found.indicator.name, split=equity_words.split_name(found).lower()
        )
        dialog = BeginEquityPaperDialog(self.runner, measured, title, self)
        dialog.saved.connect(self._begun)
        dialog.open()

    def _begun(self, outcome: PaperOutcome) -> None:
        self.told.emit(outcome.said)
        self.paper_begun.emit(outcome.paper)

    def _ask_where_to_save(self) -> None:
        found = self._figures
        if found is None:
            return
        title = _("Jämlik vård, {indicator}").format(indicator=found.indicator.name)
        kinds = _("Excel (*.xlsx);;CSV (*.csv)")
        proposed = Path(f"{file_names.safe(title)}{_XLSX}")
        chosen = messages.choose_new_file(self, _("Spara tabellen"), proposed, kinds)
        if chosen:
            out = Path(chosen)
            out = out if out.suffix.lower() in (_CSV, _XLSX) else out.with_name(f"{out.name}{_XLSX}")
            work = partial(_saved, equity_tables.equity_table(found), out, title)
            self.runner.run(work, lambda done: self.told.emit(_("Sparat: {file}").format(file=done.path.name)))


def _can_be_split(one: Indicator) -> bool:
    return one.count.kind is not Counted.PUBLISHED and any(key in COMPARED for key in readable_by(one.level))


def _nothing(found: EquityFigures) -> str:
    return " ".join(equity_words.finding_texts(found))


def _work_out(asked: Comparison, workspace: Workspace, _progress: Progress) -> FiguresSeen:
    from kvalitetsapp.services import equity_papers

    return equity_papers.seen(workspace, asked)


def _behind(
    indicator_id: str, scope: OutcomeScope, where: Mapping[str, str], workspace: Workspace, _progress: Progress
) -> Behind:
    from kvalitetsapp.services import outcome_figures

    return outcome_figures.behind(workspace, indicator_id, scope, where)


def _saved(table: Table, out: Path, title: str, workspace: Workspace, _progress: Progress) -> ChartWritten:
    from kvalitetsapp.services import chart_files

    return chart_files.save_table(workspace, table, out, title=title)
