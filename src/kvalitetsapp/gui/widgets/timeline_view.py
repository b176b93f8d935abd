"""A timeline with a line that tells the mark in focus or under the pointer, and what the shapes stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.plots.timeline_plot import TimelinePlot, legend
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import ngettext, number

if TYPE_CHECKING:
    from collections.abc import Collection

    from kvalitetsapp.domain.timeline import Timeline

_LANES: Final = 5  # a timeline rarely has more; fewer keep the same height, so that nothing jumps between cases


class TimelineView(QWidget):
    """Shows a timeline, and in words what one points at."""

    episode_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = TimelinePlot()
        self.told = PlainLabel()
        self.signs = PlainLabel(legend())
        self._arrange()
        self.plot.told.connect(self._tell)
        self.plot.episode_clicked.connect(self.episode_clicked)

    def show_timeline(self, timeline: Timeline, offered: Collection[int] = (), taken: Collection[int] = ()) -> None:
        """Draw a timeline with the follow-up contacts that are offered and taken."""
        shown = timeline.with_follow_ups(offered, taken)
        self.signs.setText("   ".join((legend(follow_ups=bool(offered or taken)), *_outside(shown))))
        self.plot.show_timeline(shown)

    def show_taken(self, offered: Collection[int], taken: Collection[int]) -> None:
        """Draw other follow-up contacts as taken; where one looks stays."""
        self.plot.point_out_follow_ups(self.plot.timeline.with_follow_ups(offered, taken))

    def _arrange(self) -> None:
        self.plot.setMinimumHeight(spacing.lines(self, 1.5 * _LANES))
        self.plot.setMaximumHeight(spacing.lines(self, 2.6 * _LANES))
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told.setWordWrap(True)
        self.told.setMinimumHeight(self.told.fontMetrics().height())
        self.signs.setObjectName("muted")
        self.signs.setWordWrap(True)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.0, 0.2)
        column.addWidget(self.plot, 1)
        column.addWidget(self.told)
        column.addWidget(self.signs)

    def _tell(self, said: str) -> None:
        self.told.setText(said)
        if self.plot.hasFocus():
            self.plot.setAccessibleDescription(said)


def _outside(timeline: Timeline) -> tuple[str, ...]:
    n = timeline.outside()
    text = ngettext("{n} märke utanför bilden, pilarna går dit", "{n} märken utanför bilden, pilarna går dit", n)
    return (text.format(n=number(n)),) if n else ()
