"""The warranties of an agreement: each with its classes and days, added and taken away."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain.agreement import ANY_CLASS
from kvalitetsapp.domain.agreement_form import WarrantyForm
from kvalitetsapp.domain.words import ComplicationClass, word
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.widgets.check_list import CheckList
from kvalitetsapp.gui.widgets.faulted import Faulted, typed
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalitetsapp.domain.field_fault import FieldFault

_WHOLE = "warranties"


class WarrantyCard(QFrame):
    """One warranty."""

    changed = Signal()

    def __init__(self, one: WarrantyForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        choices = [(ANY_CLASS, _("Alla komplikationer"))]
        choices += [(each.value, word("complication_class", each)) for each in ComplicationClass]
        self.classes = CheckList(choices)
        self.days = typed(self.changed.emit, width=9)
        self.onset = typed(self.changed.emit, width=9)
        self.remove = QPushButton(_("Ta bort garantin"))
        self.remove.setAutoDefault(False)
        self.fields = {
            "classes": Faulted(self.classes),
            "days": Faulted(self.days, _("dagar efter operationen")),
            "onset_within_days": Faulted(self.onset, _("dagar; lämna tomt utan villkor")),
        }
        self._arrange()
        self.classes.set_ticked(one.classes)
        self.days.setText(one.days)
        self.onset.setText(one.onset_within_days)
        self.classes.changed.connect(self.changed)

    def warranty(self) -> WarrantyForm:
        """Return the warranty as typed."""
        return WarrantyForm(self.classes.ticked(), self.days.text(), self.onset.text())

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        spacing.pad(grid, self, 0.5, 0.3)
        for row, column, text, name in (
            (0, 0, _("Komplikationer"), "classes"),
            (0, 1, _("Gäller inom"), "days"),
            (2, 1, _("Om den första av samma slag kom inom"), "onset_within_days"),
        ):
            label = PlainLabel(text)
            label.setBuddy(self.fields[name])
            self.fields[name].setAccessibleName(text)
            grid.addWidget(label, row, column)
            grid.addWidget(self.fields[name], row + 1, column, 4 if name == "classes" else 1, 1)
        grid.addWidget(self.remove, 4, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)


class WarrantyList(QWidget):
    """Shows warranties and returns them as the user has changed them; Tab comes to them from the field `above`."""

    changed = Signal()

    def __init__(self, above: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._above = above
        self.cards: list[WarrantyCard] = []
        self.add = QPushButton(_("Lägg till en &garanti"))
        self.add.setAutoDefault(False)
        self.wrong = PlainLabel()
        self.wrong.setObjectName("bad")
        self.wrong.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing.lines(self, 0.4))
        self._column.addWidget(self.wrong)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.add.clicked.connect(self._add_empty)
        self.setFocusProxy(self.add)

    def warranties(self) -> tuple[WarrantyForm, ...]:
        """Return the warranties in order."""
        return tuple(card.warranty() for card in self.cards)

    def set_warranties(self, warranties: Iterable[WarrantyForm]) -> None:
        """Show these and no others."""
        for card in list(self.cards):
            self._take_away(card)
        for one in warranties:
            self._show(one)

    def show_faults(self, faults: Sequence[FieldFault]) -> list[QWidget]:
        """Tell what is wrong at each warranty, and return the fields that are wrong in order."""
        told = {one.field: one.message for one in faults}
        self.wrong.setText(told.get(_WHOLE, ""))
        self.wrong.setVisible(bool(self.wrong.text()))
        wrong: list[QWidget] = [self.add] if self.wrong.text() else []
        for row, card in enumerate(self.cards, 1):
            for name, field in card.fields.items():
                at = f"{_WHOLE}.{row}.{name}"
                field.say(told.get(at, ""))
                wrong += [field] if at in told else []
        return wrong

    def _add_empty(self) -> None:
        card = self._show(WarrantyForm())
        card.classes.setFocus()
        self.changed.emit()

    def _show(self, one: WarrantyForm) -> WarrantyCard:
        card = WarrantyCard(one, self)
        card.changed.connect(self.changed)
        card.remove.clicked.connect(lambda: self._remove(card))
        self.cards.append(card)
        self._column.insertWidget(len(self.cards) - 1, card)
        card.show()  # at once, so that it can take the focus
        self._let_tab_follow_the_eye()
        return card

    def _let_tab_follow_the_eye(self) -> None:
        """Take the cards, made last, to where they stand: after what is above, before the button below."""
        stops = [stop for card in self.cards for stop in (card.classes, card.days, card.onset, card.remove)]
        for first, then in pairwise([self._above, *stops, self.add]):
            self.setTabOrder(first, then)

    def _remove(self, card: WarrantyCard) -> None:
        self._take_away(card)
        self.add.setFocus()
        self.changed.emit()

    def _take_away(self, card: WarrantyCard) -> None:
        self.cards.remove(card)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()
