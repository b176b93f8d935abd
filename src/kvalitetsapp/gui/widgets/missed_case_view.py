"""A possible missed event to read: the person's drawn timeline, and the facts of the episode and of the operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QSplitter, QVBoxLayout, QWidget

from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.plots.timeline_plot import TimelinePlot, legend
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.missed_event import MissedCase
    from kvalitetsapp.gui.widgets.reveal import Reveal

_PLOT_LINES: Final = 9
_FACT_LINES: Final = 8
_LEGEND_LINES: Final = 3


class MissedCaseView(QWidget):
    """Shows a case; it holds nothing that can be changed."""

    def __init__(self, reveal: Reveal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reveal = reveal
        self._case: MissedCase | None = None
        self.heading = PlainLabel()
        self.why = PlainLabel()
        self.drawn = QWidget()
        self.plot = TimelinePlot()
        self.episode_facts = FactsView(_("Vårdkontakten"))
        self.operation_facts = FactsView(_("Vårdkontakten med primäroperationen"))
        self._arrange()
        reveal.changed.connect(lambda _on: self._tell_whose())

    def show_case(self, case: MissedCase, why: str) -> None:
        """Show a case, and in a sentence why it was found."""
        self._case = case
        self.drawn.show()
        self._tell_whose()
        self.why.setText(why)
        self.plot.show_timeline(case.timeline)
        self.episode_facts.show_facts((_("Vårdkontakten"), case.episode_facts))
        self.operation_facts.show_facts((_("Vårdkontakten med primäroperationen"), case.operation_facts))

    def show_nothing(self, text: str) -> None:
        """Say that there is no case to show."""
        self._case = None
        self.drawn.hide()
        self.heading.setText("")
        self.why.setText(text)

    def _arrange(self) -> None:
        self.heading.setObjectName("sectionTitle")
        self.why.setWordWrap(True)
        signs = PlainLabel(legend())
        signs.setObjectName("muted")
        signs.setWordWrap(True)
        facts = QSplitter(Qt.Orientation.Horizontal)
        facts.addWidget(self.episode_facts)
        facts.addWidget(self.operation_facts)
        facts.setChildrenCollapsible(False)
        for part, least in ((self.plot, _PLOT_LINES), (facts, _FACT_LINES)):
            part.setMinimumHeight(spacing.lines(self, least))
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        # What is scrolled is as high as its texts need at its width, and that leaves the others' least heights out.
        self.drawn.setMinimumHeight(spacing.lines(self, _PLOT_LINES + _FACT_LINES + _LEGEND_LINES))
        drawn = QVBoxLayout(self.drawn)
        spacing.pad(drawn, self, 0.0, 0.35)
        drawn.addWidget(self.plot, 5)
        drawn.addWidget(signs)
        drawn.addWidget(facts, 4)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.0, 0.35)
        column.addWidget(self.heading)
        column.addWidget(self.why)
        column.addWidget(self.drawn, 1)
        column.addStretch(0)

    def _tell_whose(self) -> None:
        if self._case is not None:
            patient = self._reveal.shown(self._case.personal_id)
            self.heading.setText(f"{patient}   {self._case.event_ref}")
            self.heading.setToolTip(_("Håll Ctrl för att se hela numret"))
