"""Bild över allt: providers by indicator, women and men, the way of cases and kronor, costs, and the compass."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout

from kvalitetsapp.domain import picture_readings
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.chart_panel import ChartPanel
from kvalitetsapp.gui.widgets.part_bar import PartBar
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.changes import Changed
    from kvalitetsapp.domain.chart_data import Chart
    from kvalitetsapp.gui.operations import Operation, StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

HEAT: Final = "heat"
PROFILE: Final = "profile"
FLOW: Final = "flow"
COSTS: Final = "costs"
COMPASS: Final = "compass"
_UNIT_LETTERS: Final = 26


class OutcomeOverview(Page):
    """Draws one picture at a time; `indicator_asked` tells the indicator and the provider of a mark."""

    title: ClassVar[str] = N_("Bild över allt")
    interests: ClassVar[frozenset[Changed]] = frozenset()  # the page tells it when to read again

    indicator_asked = Signal(str, str)

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.parts = PartBar(
            {
                HEAT: _("Vårdgivare och indikator"),
                PROFILE: _("Kvinnor och män"),
                FLOW: _("Ärenden och kronor"),
                COSTS: _("Kostnader"),
                COMPASS: _("Värdekompass 2016"),
            }
        )
        self.unit, self.unit_label = QComboBox(), PlainLabel(_("&Enhet"))
        self.panel = ChartPanel(runner)
        self._scope = OutcomeScope()
        self._asked: tuple[object, ...] = ()
        self._operation: Operation | None = None
        self._arrange()
        self._connect()
        self.begins_at = self.parts.buttons[HEAT]

    def set_scope(self, scope: OutcomeScope) -> None:
        """Draw for a scope."""
        self._scope = scope
        self.mark_stale()

    def refresh(self) -> None:
        """Draw the chosen picture anew."""
        self._draw(self.parts.part)

    # how it looks

    def _arrange(self) -> None:
        self.unit_label.setBuddy(self.unit)
        self.unit.setAccessibleName(_("Enhet"))
        self.unit.setMinimumContentsLength(_UNIT_LETTERS)
        top = QHBoxLayout()
        top.addWidget(self.parts, 1)
        top.addWidget(self.unit_label)
        top.addWidget(self.unit)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.5, 0.4)
        column.addLayout(top)
        column.addWidget(self.panel, 1)
        self._show_units(on=False)

    def _connect(self) -> None:
        self.parts.chosen.connect(self._draw)
        self.unit.activated.connect(lambda _place: self._draw(COMPASS))
        self.panel.chosen.connect(self._choose)
        self.panel.told.connect(self.told)

    def _show_units(self, *, on: bool) -> None:
        self.unit.setVisible(on)
        self.unit_label.setVisible(on)

    # what it shows

    def _draw(self, part: str) -> None:
        self._show_units(on=part == COMPASS)
        if part == COMPASS and not self.unit.count():
            self.runner.run(_units, self._set_units)
            return
        self._asked = (part, self._scope, str(self.unit.currentText()))
        if self._operation is not None:  # what was asked for before is not wanted any more
            self._operation.cancel()
        work = partial(_chart, *self._asked)
        self._operation = self.runner.run(work, partial(self._show, self._asked), label=_("Ritar"))

    def _set_units(self, units: tuple[str, ...]) -> None:
        if not self.unit.count():
            self.unit.addItems(units)
        self._draw(self.parts.part)

    def _show(self, asked: tuple[object, ...], chart: Chart | None) -> None:
        if asked == self._asked:
            self.panel.set_chart(chart, _of_compass() if asked[0] == COMPASS else picture_readings.reading(chart))

    def _choose(self, key: str) -> None:
        """Lead from a mark to what is behind it: an indicator, or the case of an operation."""
        part = self.parts.part
        if part == HEAT:
            provider_id, _slash, indicator_id = key.rpartition("/")
            self.indicator_asked.emit(indicator_id, provider_id)
        elif part == PROFILE:
            self.indicator_asked.emit(key, "")
        elif part == COSTS:
            self.page_requested.emit("claims", key)


def _of_compass() -> str:
    return _(
        "Registrets värdekompass för höftenheter 2016: ytterst är bäst bland enheterna det året. Siffrorna är "
        "publicerade och hör inte till urvalet ovan."
    )


def _chart(part: str, scope: OutcomeScope, unit: str, workspace: Workspace, progress: Progress) -> Chart | None:
    from kvalitetsapp.services import outcome_overview as pictures

    match part:
        case "heat":
            return pictures.provider_by_indicator(workspace, scope, progress)
        case "profile":
            return pictures.profile(workspace, scope, progress)
        case "flow":
            return pictures.case_flow(workspace, scope)
        case "costs":
            return pictures.cost_strip(workspace, scope)
        case _:
            return pictures.compass(unit)


def _units(_workspace: Workspace, _progress: Progress) -> tuple[str, ...]:
    from kvalitetsapp.services import outcome_overview as pictures

    return pictures.compass_units()
