"""The way of a need of data, state by state, with a sign and bold letters where it is."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kvalitetsapp.domain.need_paper import FLOW, NeedState
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _


class NeedFlow(QWidget):
    """Shows how far a need has come; told to a screen reader as a sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.labels = {state: PlainLabel() for state in FLOW}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(spacing.letters(self, 1.2))
        for place, label in enumerate(self.labels.values()):
            if place:
                arrow = PlainLabel("›")
                arrow.setObjectName("muted")
                row.addWidget(arrow)
            row.addWidget(label)
        row.addStretch(1)
        self.show_state(None)

    def show_state(self, state: NeedState | None) -> None:
        """Show the way up to a state; None: no need is chosen."""
        place = -1 if state is None else FLOW.index(state)
        for n, (each, label) in enumerate(self.labels.items()):
            sign = "✓ " if n < place else "● " if n == place else "○ "
            label.setText(f"{sign}{word('need_state', each)}")
            font = label.font()
            font.setBold(n == place)
            label.setFont(font)
            label.setObjectName("" if n <= place else "muted")
            label.style().unpolish(label)
            label.style().polish(label)
        said = "" if state is None else _("Behovet är {state}.").format(state=word("need_state", state).lower())
        self.setAccessibleName(said)
