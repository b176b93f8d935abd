"""On what ground something is disclosed: one that is offered, or own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from kvalitetsapp.domain.provider_question import TextPart
from kvalitetsapp.gui.spacing import lines
from kvalitetsapp.gui.widgets.limited_text import LimitedText
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.domain.provider_question import Ground

_NONE = ""
_OWN_WORDS = "\0"  # no ground has this code


class GroundField(QWidget):
    """Offers grounds in a list whose last entry opens a field for own words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offered = QComboBox()
        self.own_words = LimitedText(TextPart.GROUND)
        self.wrong = PlainLabel()
        self.wrong.setObjectName("bad")
        self.own_words.set_hint(_("Vilken grund"))
        self.own_words.setAccessibleName(_("Grunden i egna ord"))
        self.offered.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.offered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(lines(self, 0.3))
        for widget in (self.offered, self.wrong, self.own_words):
            column.addWidget(widget)
        self.offered.currentIndexChanged.connect(lambda _place: self._follow())
        self.offer(())

    def offer(self, grounds: Iterable[Ground]) -> None:
        """Offer these grounds and own words; none is chosen."""
        self.offered.clear()
        self.offered.addItem(_("Välj …"), _NONE)
        for ground in grounds:
            self.offered.addItem(ground.title, ground.code)
        self.offered.addItem(_("Egna ord …"), _OWN_WORDS)
        self._follow()

    def ground(self) -> str:
        """Return the code of the chosen ground, or the own words."""
        chosen = str(self.offered.currentData() or "")
        return self.own_words.text().strip() if chosen == _OWN_WORDS else chosen

    def check(self) -> bool:
        """Say what is wrong, and tell whether a ground can be kept."""
        if self.offered.currentData() == _OWN_WORDS:
            return self.own_words.check()
        chosen = bool(self.offered.currentData())
        self.wrong.setText("" if chosen else _("Välj grunden för utlämnandet."))
        self.wrong.setVisible(not chosen)
        return chosen

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Give the name to the list, which has the focus."""
        super().setAccessibleName(name)
        self.offered.setAccessibleName(name)

    def _follow(self) -> None:
        self.wrong.hide()
        self.own_words.setVisible(self.offered.currentData() == _OWN_WORDS)
