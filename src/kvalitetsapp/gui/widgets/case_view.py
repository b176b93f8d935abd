"""What a reviewer reads of an event: why it is linked, the drawn timeline, the facts, and earlier decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.review import flags
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.plots.timeline_plot import TimelinePlot, legend
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.review import Decision, ReviewCase
    from kvalitetsapp.gui.widgets.reveal import Reveal


class CaseView(QWidget):
    """Shows a case; it holds nothing that can be changed."""

    def __init__(self, reveal: Reveal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reveal = reveal
        self._case: ReviewCase | None = None
        self.heading = PlainLabel()
        self.flags = PlainLabel()
        self.why = PlainLabel()
        self.plot = TimelinePlot()
        self.event_facts = FactsView(_("Händelsen"))
        self.operation_facts = FactsView(_("Primäroperationen och tidigare beslut"))
        self._arrange()
        reveal.changed.connect(lambda _on: self._tell_whose())

    def show_case(self, case: ReviewCase) -> None:
        """Show a case."""
        self._case = case
        self._tell_whose()
        told = flags(case.link)
        self.flags.setText(_("Observera: {flags}").format(flags=told))
        self.flags.setVisible(bool(told))
        self.why.setText(case.why)
        self.plot.show_timeline(case.timeline)
        self.event_facts.show_facts((_("Händelsen"), case.event_facts))
        decided = tuple(_decided(each) for each in case.history)
        self.operation_facts.show_facts(
            (_("Tidigare beslut"), decided), (_("Vårdkontakten med primäroperationen"), case.operation_facts)
        )

    def show_nothing(self, text: str) -> None:
        """Say that there is no case to show."""
        self._case = None
        self.heading.setText("")
        self.flags.hide()
        self.why.setText(text)
        self.event_facts.clear()
        self.operation_facts.clear()

    def _arrange(self) -> None:
        self.heading.setObjectName("sectionTitle")
        self.flags.setObjectName("warning")
        self.flags.hide()
        self.why.setWordWrap(True)
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        signs = PlainLabel(legend())
        signs.setObjectName("muted")
        signs.setWordWrap(True)
        facts = QSplitter(Qt.Orientation.Horizontal)
        facts.addWidget(self.event_facts)
        facts.addWidget(self.operation_facts)
        facts.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.0, 0.35)
        column.addWidget(self.heading)
        column.addWidget(self.flags)
        column.addWidget(self.why)
        column.addWidget(self.plot, 5)
        column.addWidget(signs)
        column.addWidget(facts, 4)

    def _tell_whose(self) -> None:
        if self._case is not None:
            link = self._case.link
            patient = self._reveal.shown(link.personal_id)
            self.heading.setText(f"{patient}   {link.event_ref}   {link.event_date.isoformat()}")
            self.heading.setToolTip(_("Håll Ctrl för att se hela numret"))


def _decided(one: Decision) -> Fact:
    label = f"{one.reviewed_on.isoformat()} {one.reviewer}"
    what = word("verdict", one.decision)
    if one.withdrawn:
        what = _("{what} (återtaget)").format(what=what)
    parts = [what]
    if one.complication_class:
        parts.append(word("complication_class", one.complication_class))
    if one.comment:
        parts.append(f"”{one.comment}”")
    return Fact(label, (", ".join(parts),))
