"""Kvalitet: reoperations by provider as a funnel and as its table, and the operations behind a point."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from kvalitetsapp.domain import funnel as funnels
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.table import Table
from kvalitetsapp.domain.words import DAYS_TWO_YEARS, Joint, word
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.plots.funnel_plot import FunnelPlot
from kvalitetsapp.gui.shortcuts import Shortcut, action_within
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.services import outcomes
from kvalitetsapp.texts import N_, _, ngettext, number, percent

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.funnel import Funnel
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

WITHIN: Final = (30, 90, DAYS_TWO_YEARS)


class QualityPage(Page):
    """Reoperations by provider, ordered by volume: never a league table."""

    title: ClassVar[str] = N_("Kvalitet")
    icon_name: ClassVar[str] = "quality"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.LINKS, Changed.BENCHMARKS, Changed.EPISODES})

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.joint = QComboBox()
        self.within = QComboBox()
        self.as_of = QDateEdit()
        self.twin = QPushButton()
        self.plot = FunnelPlot()
        self.table = DataTable("funnel", key=("provider",))
        self.behind = DataTable("behind", key=("index_ref",))
        self.behind.hide_columns("followed", "surgery_level", "status")
        self.behind_heading = QLabel()
        self.summary = QLabel()
        self.note = QLabel()
        self._views = QSplitter(Qt.Orientation.Horizontal)
        self._funnel: Funnel | None = None
        self._chosen = ""
        self._as_of: date | None = None
        self._stack = self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Read the rates and limits."""
        asked = (str(self.joint.currentData()), int(self.within.currentData()), self._as_of)
        self.runner.run(partial(_funnel, *asked), partial(self._set_funnel, asked), label=_("Räknar andelar"))

    def show_wanted(self, wanted: object) -> None:
        """Show the operations behind a provider's point, as soon as it has been read."""
        if isinstance(wanted, str):
            self._chosen = wanted
            self.choose(wanted)

    def focus_find(self) -> None:
        """Put the cursor in the filter of the table."""
        self.table.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_table(self, *, on: bool) -> None:
        """Show the tables only, or the drawing beside them."""
        self.plot.setVisible(not on)
        self.twin.setText(_("Visa diagram (Ctrl+T)") if on else _("Bara tabell (Ctrl+T)"))
        if on:
            self.table.view.setFocus()

    def choose(self, provider_id: str) -> None:
        """Show the operations behind a provider's point."""
        if self._funnel is None:
            return
        place = next((n for n, one in enumerate(self._funnel.points) if one.provider_id == provider_id), None)
        if place is not None:
            self._chosen = provider_id
            self.plot.choose(provider_id)
            self.table.choose_row(place)
            self._read_behind()

    # how it looks

    def _arrange(self) -> Stack:
        for joint in Joint:
            self.joint.addItem(word("joint", joint), joint.value)
        for days in WITHIN:
            self.within.addItem(ngettext("{n} dag", "{n} dagar", days).format(n=number(days)), days)
        self.within.setCurrentIndex(WITHIN.index(DAYS_TWO_YEARS))
        self.as_of.setDisplayFormat("yyyy-MM-dd")
        self.as_of.setCalendarPopup(True)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.table)
        splitter.addWidget(self._views)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        splitter.setSizes([spacing.lines(self, 18), spacing.lines(self, 23)])
        splitter.setChildrenCollapsible(False)
        self._arrange_views()
        content = QWidget()
        layout = QVBoxLayout(content)
        spacing.pad(layout, self, 0.8)
        layout.addLayout(self._top())
        layout.addWidget(self.summary)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.note)
        self.show_table(on=False)
        empty = EmptyState(
            _("Det finns inga operationer att följa. De kommer när vårdkontakter är inlästa."), _("Gå till Import")
        )
        empty.asked.connect(lambda: self.page_requested.emit("import", None))
        return Stack(self, content, empty)

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for text, widget in (
            (_("Led"), self.joint),
            (_("Reopererade inom"), self.within),
            (_("Till och med"), self.as_of),
        ):
            label = QLabel(text)
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            row.addWidget(label)
            row.addWidget(widget)
            row.addSpacing(spacing.lines(self, 0.6))
        row.addStretch(1)
        row.addWidget(self.twin)
        return row

    def _arrange_views(self) -> None:
        """Put the drawing beside the operations behind the chosen point, and the figures of every point above both."""
        self.table.view.setAccessibleName(_("Reoperationer per vårdgivare"))
        self.summary.setWordWrap(True)
        self.note.setObjectName("muted")
        self.note.setWordWrap(True)
        self.behind_heading.setObjectName("sectionTitle")
        self.behind_heading.setWordWrap(True)
        self.behind.view.setAccessibleName(_("Operationerna bakom punkten"))
        behind = QWidget()
        column = QVBoxLayout(behind)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.behind_heading)
        column.addWidget(self.behind, 1)
        self._views.addWidget(self.plot)
        self._views.addWidget(behind)
        self._views.setSizes([spacing.letters(self, 93), spacing.letters(self, 107)])
        self._views.setChildrenCollapsible(False)

    def _connect(self) -> None:
        self.joint.activated.connect(lambda _place: self.refresh())
        self.within.activated.connect(lambda _place: self.refresh())
        self.as_of.dateChanged.connect(self._choose_day)
        self.twin.clicked.connect(self._switch)
        self.plot.chosen.connect(self.choose)
        self.table.current_row_changed.connect(self._choose_row)
        action_within(self, Shortcut.TABLE_TWIN, self._switch)

    def _switch(self) -> None:
        self.show_table(on=not self.plot.isHidden())

    # what it shows

    def _set_funnel(self, asked: tuple[str, int, date | None], funnel: Funnel) -> None:
        if asked != (self.joint.currentData(), self.within.currentData(), self._as_of):
            return
        self._funnel = funnel
        self._stack.show_empty(on=funnel.as_of is None)
        self._set_day(funnel)
        self._draw(funnel)
        self.table.set_table(funnels.funnel_table(funnel))
        self.summary.setText(_summary(funnel))
        self.note.setText(_note(funnel))
        known = {point.provider_id for point in funnel.points}
        first = funnel.points[0].provider_id if funnel.points else ""
        if first:
            self.choose(self._chosen if self._chosen in known else first)
        else:
            self._chosen = ""
            self.behind_heading.setText("")
            self.behind.set_table(Table(funnels.BEHIND))

    def _draw(self, funnel: Funnel) -> None:
        chart = funnel.chart()
        if chart is None:
            self.plot.show_nothing()
        else:
            self.plot.show_chart(chart)
        self.plot.setAccessibleDescription(funnel.description())

    def _set_day(self, funnel: Funnel) -> None:
        self.as_of.setEnabled(funnel.as_of is not None)
        if funnel.as_of is not None:
            self.as_of.blockSignals(True)  # noqa: FBT003 - Qt's call
            self.as_of.setDate(QDate(funnel.as_of.year, funnel.as_of.month, funnel.as_of.day))
            self.as_of.blockSignals(False)  # noqa: FBT003 - Qt's call

    def _choose_day(self, day: QDate) -> None:
        chosen = day.toPython()
        latest = None if self._funnel is None else self._funnel.latest
        self._as_of = None if chosen == latest else chosen  # type: ignore[assignment]  # the stubs say object
        self.refresh()

    def _choose_row(self, row: int) -> None:
        if self._funnel is not None and 0 <= row < len(self._funnel.points):
            provider_id = self._funnel.points[row].provider_id
            if provider_id != self._chosen:
                self.choose(provider_id)

    def _read_behind(self) -> None:
        if self._funnel is not None:
            asked = (self._chosen, self._funnel.joint, self._funnel.within, self._funnel.as_of)
            self.runner.run(partial(_behind, *asked), partial(self._set_behind, asked))

    def _set_behind(self, asked: tuple[str, str, int, date | None], table: Table) -> None:
        funnel = self._funnel
        if funnel is None or asked != (self._chosen, funnel.joint, funnel.within, funnel.as_of):
            return
        point = next(one for one in funnel.points if one.provider_id == self._chosen)
        self.behind_heading.setText(point.description() if point.rate is not None else point.provider)
        self.behind.set_table(table)


def _summary(funnel: Funnel) -> str:
    if funnel.as_of is None or not funnel.points:
        return _("Det finns inga operationer i den här leden.")
    days = ngettext("{n} dag", "{n} dagar", funnel.within).format(n=number(funnel.within))
    text = _(
        "Operationer som har följts i {days} till och med {day}. Jämförelse: {label} {rate}. "
        "Streckade gränser 95 %, heldragna 99,8 %."
    )
    return text.format(
        days=days, day=funnel.as_of.isoformat(), label=funnel.target_label.lower(), rate=percent(funnel.target)
    )


def _note(funnel: Funnel) -> str:
    if not funnel.points:
        return ""
    return _(
        "Gränserna visar vad slumpen ger kring jämförelsen. Små vårdgivare kan skilja sig mycket utan att det syns: "
        "”Kan upptäckas från” är den sanna andel som skulle synas åtta gånger av tio. Ej justerat för patienternas "
        "risk. Föreslagna kopplingar räknas med, tvetydiga inte."
    )


def _funnel(joint: str, within: int, as_of: date | None, workspace: Workspace, _progress: Progress) -> Funnel:
    return outcomes.reoperations(workspace, joint=joint, within=within, as_of=as_of)


def _behind(
    provider_id: str, joint: str, within: int, as_of: date | None, workspace: Workspace, _progress: Progress
) -> Table:
    return outcomes.operations_behind(workspace, provider_id=provider_id, joint=joint, within=within, as_of=as_of)
