"""Jämförelse: providers beside each other for a joint, by volume, with what can be said of each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from kvalitetsapp.domain import comparison_sentences
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.provider_comparison import USUAL_INDICATOR, comparison_table
from kvalitetsapp.gui import followed, spacing
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.chart_panel import ChartPanel
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.services import provider_comparison
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.provider_comparison import ComparedProvider, ProviderComparison
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.provider_comparison import ComparisonShown
    from kvalitetsapp.services.workspace import Workspace

_HIDDEN_AT_FIRST: Final = (
    *("ci_low", "ci_high", "target", "ratio_low", "ratio_high", "price_low", "price_high", "expected_low"),
    *("expected_high", "own_value", "own_country", "own_check", "detectable", "needed_half", "years_half"),
    *("needed_double", "years_double", "flags"),
)


class ComparisonView(Page):
    """Shows the providers of a joint as a table and a caterpillar; meant to stand in a tab of a page."""

    title: ClassVar[str] = N_("Jämförelse")
    interests: ClassVar[frozenset[Changed]] = frozenset(
        {Changed.LINKS, Changed.BENCHMARKS, Changed.EPISODES, Changed.COSTS, Changed.AGREEMENTS, Changed.FAMILIES}
    )
    cases_asked = Signal(str)  # the provider whose operations somebody wants to see
    recipe_asked = Signal(str)  # the indicator whose recipe somebody wants to see

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.joint = QComboBox()
        self.indicator = QComboBox()
        self.recipe = QPushButton(_("Visa &recept"))
        self.cases = QPushButton(_("Visa &operationerna"))
        self.table = DataTable("comparison", key=("provider_id",))
        self.chart = ChartPanel(runner)
        self.said = PlainLabel()
        self.reading = PlainLabel()
        self._found: ProviderComparison | None = None
        self._chosen = ""
        self._asked: tuple[str, str] | None = None
        self.begins_at = self.joint
        self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Work out the comparison in the background."""
        followed.offer(self.joint)
        indicator = self.indicator.currentData()
        self._asked = (str(self.joint.currentData()), str(indicator) if indicator else USUAL_INDICATOR)
        work = partial(_work_out, *self._asked)
        self.runner.run(work, partial(self._show, self._asked), label=_("Jämför vårdgivare"))

    def focus_find(self) -> None:
        """Put the cursor in the filter of the table."""
        self.table.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose(self, provider_id: str) -> None:
        """Tell what can be said of a provider."""
        one = None if self._found is None else self._found.provider(provider_id)
        self._chosen = provider_id if one is not None else ""
        self.cases.setEnabled(one is not None)
        self.said.setText("" if one is None or self._found is None else _told(one, self._found))
        if one is not None and self._found is not None:
            self.chart.choose(provider_id)
            row = self._found.providers.index(one)
            if self.table.current_row() != row:
                self.table.choose_row(row)

    @property
    def indicator_id(self) -> str:
        """Return the indicator that providers are compared by."""
        return str(self.indicator.currentData() or USUAL_INDICATOR)

    @property
    def chosen(self) -> str:
        """Return the provider that is told of, "" for none."""
        return self._chosen

    # how it looks

    def _arrange(self) -> None:
        self.indicator.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        followed.offer(self.joint)
        self.table.view.setAccessibleName(_("Vårdgivare bredvid varandra"))
        self.table.hide_columns(*_HIDDEN_AT_FIRST)
        below = QSplitter(Qt.Orientation.Horizontal)
        below.addWidget(self.chart)
        below.addWidget(spacing.scrolling(self._texts()))
        below.setSizes([spacing.letters(self, 110), spacing.letters(self, 80)])
        below.setChildrenCollapsible(False)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.table)
        parts.addWidget(below)
        parts.setSizes([spacing.lines(self, 15), spacing.lines(self, 26)])
        parts.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.7, 0.6)
        column.addLayout(self._top())
        column.addWidget(parts, 1)

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for text, field in ((_("&Led"), self.joint), (_("&Utfall"), self.indicator)):
            label = PlainLabel(text)
            label.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
            row.addWidget(label)
            row.addWidget(field)
        row.addWidget(self.recipe)
        row.addStretch(1)
        row.addWidget(self.cases)
        return row

    def _texts(self) -> QWidget:
        read = PlainLabel(_("Läs så här"))
        read.setObjectName("sectionTitle")
        self.reading.setObjectName("muted")
        column_of = QWidget()
        column = QVBoxLayout(column_of)
        for label in (self.said, read, self.reading):
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch(1)
        return column_of

    def _connect(self) -> None:
        self.joint.activated.connect(lambda _place: self.refresh())
        self.indicator.activated.connect(lambda _place: self.refresh())
        self.recipe.clicked.connect(self._ask_recipe)
        self.cases.clicked.connect(self._ask_cases)
        self.chart.chosen.connect(self.choose)
        self.chart.told.connect(self.told)
        self.table.current_row_changed.connect(self._choose_row)
        self.table.row_activated.connect(self._open_row)

    # what it shows

    def _show(self, asked: tuple[str, str], shown: ComparisonShown) -> None:
        if asked != self._asked:
            return
        found = self._found = shown.found
        self._fill_indicators(shown)
        self.table.set_table(comparison_table(found), {"provider_id": dict(shown.names)})
        self.chart.set_chart(found.caterpillar, _no_chart(found))
        told = (
            comparison_sentences.reading(found) if found.providers else (_("Det finns inga köpta operationer här."),)
        )
        self.reading.setText("\n\n".join(told))
        first = found.providers[0].provider_id if found.providers else ""
        self.choose(self._chosen if found.provider(self._chosen) else first)

    def _fill_indicators(self, shown: ComparisonShown) -> None:
        self.indicator.clear()
        for indicator_id, name in shown.indicators:
            self.indicator.addItem(name, indicator_id)
        self.indicator.setCurrentIndex(self.indicator.findData(shown.found.indicator_id))

    def _choose_row(self, row: int) -> None:
        if self._found is not None and 0 <= row < len(self._found.providers):
            provider_id = self._found.providers[row].provider_id
            if provider_id != self._chosen:
                self.choose(provider_id)

    def _open_row(self, row: int) -> None:
        self._choose_row(row)
        self._ask_cases()

    def _ask_cases(self) -> None:
        if self._chosen:
            self.cases_asked.emit(self._chosen)

    def _ask_recipe(self) -> None:
        if self._found is not None:
            self.recipe_asked.emit(self._found.indicator_id)


def _told(one: ComparedProvider, found: ProviderComparison) -> str:
    return comparison_sentences.sentence(one, found, comparison_sentences.plainly(one, found))


def _no_chart(found: ProviderComparison) -> str:
    """Return why there is no drawing, "" where there is."""
    return "" if found.caterpillar is not None else _("Måttet är ingen andel, så det ritas inte: läs tabellen.")


def _work_out(joint: str, indicator_id: str, workspace: Workspace, _progress: Progress) -> ComparisonShown:
    return provider_comparison.shown(workspace, joint=joint, indicator_id=indicator_id)
