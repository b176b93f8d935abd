"""The profile diagram of equal care: a line per indicator with the nation in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.gui.plots.axes import SignedPercentAxis
from kvalitetsapp.gui.plots.chart_plot import Span
from kvalitetsapp.gui.plots.lane_plot import LanePlot
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.chart_data import Profile, ProfileBar
    from kvalitetsapp.gui.plots.drawing import Place

_HEADROOM: Final = 1.12
_LEAST: Final = 0.1
_MANY: Final = 12  # lanes, from which they are too low for the words above them
_APART: Final = 0.2  # of a lane, between women and men


class ProfilePlot(LanePlot):
    """Draws women, men and everyone in a lane per indicator by shape: right of the middle is the wanted direction."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(SignedPercentAxis("bottom"), parent)
        self._chart: Profile

    def names(self) -> Sequence[str]:
        """Return the indicators."""
        return [bar.name for bar in self._chart.bars]

    def places(self) -> Sequence[Place | None]:
        """Return the figure of everyone, else that of those who have one."""
        return [
            None if not _told(bar) else (_told(bar)[-1], -float(lane)) for lane, bar in enumerate(self._chart.bars)
        ]

    def span(self) -> Span:
        """Return as much on both sides of the nation."""
        widest = max([abs(value) for bar in self._chart.bars for value in _told(bar)], default=0.0)
        side = max(widest * _HEADROOM, _LEAST)
        return Span(-side, side, 0.4 - len(self._chart.bars), 1.1 if len(self._chart.bars) < _MANY else 1.6)

    def draw(self) -> None:
        """Draw the lanes around the nation."""
        self.entitle("bottom", _("▲ kvinnor   ■ män   ● alla   ← Ej önskvärd riktning   Önskvärd riktning →"))
        bottom, top = 0.4 - len(self._chart.bars), 0.6
        self.add_line([(0.0, bottom), (0.0, top)], self.stroke(self.tokens.muted, 1.6))
        self.write(self._chart.middle or _("Riket"), (0.0, top), (0.5, 1))
        for lane, bar in enumerate(self._chart.bars):
            self._draw_bar(bar, -float(lane))

    def _draw_bar(self, bar: ProfileBar, y: float) -> None:
        inks, whole = self.inks, self.span()
        self.add_line([(whole.left, y), (whole.right, y)], self.stroke(self.tokens.line, 1.0))
        if not _told(bar):
            self.write(bar.note or _("inget värde"), (0.0, y), (0, 0.5))
        spots = []
        if bar.everyone is not None:
            self.add_line([(0.0, y), (bar.everyone, y)], self.stroke(inks.blue, 3.0))
            spots.append(self.filled((bar.everyone, y), "o", inks.blue))
        if bar.women is not None:
            spots.append(self.hollow((bar.women, y + _APART), "t1", inks.vermilion, 0.8))
        if bar.men is not None:
            spots.append(self.hollow((bar.men, y - _APART), "s", inks.orange, 0.75))
        self.add_marks(spots)


def _told(bar: ProfileBar) -> list[float]:
    return [value for value in (bar.women, bar.men, bar.everyone) if value is not None]
