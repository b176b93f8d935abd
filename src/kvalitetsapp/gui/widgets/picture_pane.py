"""A picture of an indicator: which one, how it is drawn, and the chart itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QGridLayout, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from kvalitetsapp.domain import picture_readings
from kvalitetsapp.domain.outcome_choice import OutcomeScope, Picture, PictureSettings, fitting
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.remembered import recall, remember
from kvalitetsapp.gui.widgets.chart_panel import ChartPanel
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.chart_data import Chart
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

PAUSE_MS: Final = 300
_KEPT: Final = "pictures/{name}"
_OF: Final = {Picture.TIME_TO: ("least_at_risk",), Picture.CUSUM: ("odds_ratio", "limit")}
"""The settings of each picture that has any."""


class PicturePane(QWidget):
    """Draws the picture that is chosen among those that fit; `chosen` tells which one and the key of its mark."""

    chosen = Signal(str, str)
    told = Signal(str)

    def __init__(self, runner: StoreRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self.kind = QComboBox()
        self.panel = ChartPanel(runner)
        self.fields: dict[str, QSpinBox | QDoubleSpinBox] = {
            "least_at_risk": _whole(1, 1000),
            "odds_ratio": _decimal(1.1, 10.0),
            "limit": _decimal(1.0, 10.0),
        }
        self._labels: dict[str, PlainLabel] = {}
        self._asked: tuple[object, ...] = ()
        self._indicator: Indicator | None = None
        self._scope, self._provider = OutcomeScope(), ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._arrange()
        self._set_settings()
        self._connect()

    def show_picture(self, one: Indicator, scope: OutcomeScope, provider_id: str = "") -> None:
        """Draw the chosen picture of an indicator, with a provider pointed out where there is one."""
        if self._indicator is None or fitting(one) != fitting(self._indicator):
            self._offer(one)
        self._indicator, self._scope, self._provider = one, scope, provider_id
        self._draw()

    def point_out(self, provider_id: str) -> None:
        """Point out a provider; a CUSUM is drawn anew for it."""
        if provider_id == self._provider:
            return
        self._provider = provider_id
        if self.picture() is Picture.CUSUM:
            self._draw()
        else:
            self.panel.choose(provider_id)

    def picture(self) -> Picture | None:
        """Return the picture that is chosen, None where the indicator has none."""
        kind = self.kind.currentData()
        return None if kind is None else Picture(str(kind))

    def settings(self) -> PictureSettings:
        """Return how pictures are drawn."""
        return PictureSettings(
            int(self.fields["least_at_risk"].value()),
            float(self.fields["odds_ratio"].value()),
            float(self.fields["limit"].value()),
        )

    # how it looks

    def _arrange(self) -> None:
        top = QHBoxLayout()
        label = PlainLabel(_("&Bild"))
        label.setBuddy(self.kind)
        self.kind.setAccessibleName(_("Bild"))
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        top.addWidget(label)
        top.addWidget(self.kind)
        top.addStretch(1)
        grid = QGridLayout()
        named = (_("Minst under uppföljning"), _("Oddskvot"), _("Larmgräns h"))
        for place, ((name, field), text) in enumerate(zip(self.fields.items(), named, strict=True)):
            self._labels[name] = PlainLabel(text)
            self._labels[name].setBuddy(field)
            field.setAccessibleName(text)
            grid.addWidget(self._labels[name], 0, 2 * place)
            grid.addWidget(field, 0, 2 * place + 1)
        grid.setColumnStretch(2 * len(self.fields), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(spacing.lines(self, 0.5), 0, 0, 0)
        column.addLayout(top)
        column.addLayout(grid)
        column.addWidget(self.panel, 1)

    def _set_settings(self) -> None:
        standard = PictureSettings()
        for name, field in self.fields.items():
            kept = recall(_KEPT.format(name=name))
            value = float(kept) if kept.replace(".", "", 1).isdecimal() else float(getattr(standard, name))
            field.setValue(int(value) if isinstance(field, QSpinBox) else value)  # type: ignore[arg-type]
        self._show_settings()

    def _connect(self) -> None:
        self.kind.activated.connect(lambda _place: self._draw())
        self._pause.timeout.connect(self._draw)
        self.panel.chosen.connect(self._tell)
        self.panel.told.connect(self.told)
        for name, field in self.fields.items():
            field.valueChanged.connect(partial(self._change, name))

    def _offer(self, one: Indicator) -> None:
        """Offer the pictures that fit; the one that was chosen stays where it does."""
        was = self.kind.currentData()
        self.kind.clear()
        for each in fitting(one):
            self.kind.addItem(word("picture", each), each.value)
        self.kind.setCurrentIndex(max(self.kind.findData(was), 0) if self.kind.count() else -1)
        self.kind.setEnabled(self.kind.count() > 0)

    def _show_settings(self) -> None:
        kind = self.picture()
        shown = () if kind is None else _OF.get(kind, ())
        for name, field in self.fields.items():
            field.setVisible(name in shown)
            self._labels[name].setVisible(name in shown)

    # what it shows

    def _draw(self) -> None:
        self._show_settings()
        one, kind = self._indicator, self.picture()
        if one is None or kind is None:
            self._asked = ()
            self.panel.set_chart(None, _("En publicerad siffra har inga operationer att rita."))
            return
        self._asked = (one.indicator_id, self._scope, kind, self.settings(), self._provider)
        self.runner.run(partial(_picture, *self._asked), partial(self._show, self._asked), label=_("Ritar"))

    def _show(self, asked: tuple[object, ...], chart: Chart | None) -> None:
        if asked == self._asked:
            self.panel.set_chart(chart, picture_readings.reading(chart))
            self.panel.choose(self._provider)

    def _tell(self, key: str) -> None:
        kind = self.picture()
        if kind is not None:
            self.chosen.emit(kind.value, key)

    def _change(self, name: str, value: float) -> None:
        remember(_KEPT.format(name=name), str(value))
        self._pause.start()


def _whole(low: int, high: int) -> QSpinBox:
    field = QSpinBox()
    field.setRange(low, high)
    return field


def _decimal(low: float, high: float) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(low, high)
    field.setDecimals(1)
    field.setSingleStep(0.5)
    return field


def _picture(
    indicator_id: str,
    scope: OutcomeScope,
    kind: Picture,
    settings: PictureSettings,
    provider_id: str,
    workspace: Workspace,
    _progress: Progress,
) -> Chart | None:
    from kvalitetsapp.services import outcome_charts

    return outcome_charts.picture(workspace, indicator_id, scope, kind, settings, provider_id=provider_id)
