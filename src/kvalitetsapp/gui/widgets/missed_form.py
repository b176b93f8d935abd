"""What a person decides on a possible missed event: harm of a class or no harm, and why."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain import missed_event
from kvalitetsapp.domain.review_words import MissedDecision
from kvalitetsapp.domain.words import ComplicationClass, word
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.theme import mark
from kvalitetsapp.gui.widgets.choice_group import Choice, ChoiceGroup
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

Filled = tuple[MissedDecision | None, str, str]
"""Decision, class and reason as they are filled in."""
EMPTY: Final[Filled] = (None, "", "")


class MissedForm(QWidget):
    """Asks for a decision, or tells that the episode waits in the queue already."""

    save_asked = Signal()
    queue_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._can_write = False
        self.decision = ChoiceGroup(_("Beslut"))
        self.complication = QComboBox()
        self.reason = QPlainTextEdit()
        self.missing = PlainLabel()
        self.save = QPushButton(_("Spara och nästa"))
        self.queue = QPushButton(_("Öppna i &kön"))
        self._asked = QWidget()
        self._arrange()
        self._connect()

    def begin(self, begun: Filled, *, waits: bool, is_event: bool, can_write: bool) -> None:
        """Show what has been filled in before, or where the episode `waits` in the queue only the way there."""
        self._can_write = can_write
        decision, complication, reason = begun
        self.decision.set_value(decision or "")
        self.complication.setCurrentIndex(max(self.complication.findData(complication), 0))
        self.reason.setPlainText(reason)
        self._asked.setVisible(not waits)
        self._asked.setEnabled(can_write)
        self.queue.setVisible(waits or is_event)
        if waits:
            self.missing.setText(_("Vårdkontakten är redan en händelse för operationen. Den granskas i kön."))
        else:
            self._tell_missing()

    def end(self) -> None:
        """Show that there is nothing to decide on."""
        self._asked.setEnabled(False)
        self._asked.show()
        self.queue.hide()
        self.missing.setText("")

    def answer(self) -> Filled:
        """Return decision, class ("" where it is no harm) and reason as they are filled in."""
        chosen = self.decision.value()
        harm = chosen == MissedDecision.HARM
        complication = str(self.complication.currentData() or "") if harm else ""
        return MissedDecision(chosen) if chosen else None, complication, self.reason.toPlainText().strip()

    def lacking(self) -> str:
        """Return what has to be filled in before the decision can be kept, "" where nothing has."""
        decision, complication, reason = self.answer()
        if not self._can_write:
            return _("Databasen är öppnad enbart för läsning: beslut kan inte sparas.")
        if decision is None:
            return _("Välj om det är en skada eller inte.")
        if decision is MissedDecision.HARM and not complication:
            return _("Välj vilket slags komplikation det är.")
        return missed_event.lacking_in(reason)

    def can_decide(self) -> bool:
        """Tell whether there is something that can be decided here."""
        return self._asked.isVisibleTo(self) and self._asked.isEnabled()

    def press_digit(self, digit: int) -> bool:
        """Choose the decision with this number, and go on to what it asks for."""
        if not self.can_decide() or not self.decision.press_digit(digit):
            return False
        if self.decision.value() == MissedDecision.HARM and not self.complication.currentData():
            self.complication.setFocus()
        else:
            self.reason.setFocus()
        return True

    def _arrange(self) -> None:
        self.decision.set_choices([Choice(each.value, word("missed_decision", each)) for each in MissedDecision])
        self.complication.addItem(_("Välj …"), "")
        for each in ComplicationClass:
            self.complication.addItem(word("complication_class", each), each.value)
        self.complication.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.reason.setPlaceholderText(_("Varför, kort. Skriv inte av journalen och inga personnummer"))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(spacing.lines(self, 4))
        self.missing.setObjectName("muted")
        self.missing.setWordWrap(True)
        self.save.setToolTip(_("Ctrl+Retur"))
        mark(self.save, "primary")
        row = QHBoxLayout()
        row.addWidget(_named(_("K&omplikation"), self.complication))
        row.addWidget(self.complication, 1)
        inner = QVBoxLayout(self._asked)
        spacing.pad(inner, self, 0.0, 0.4)
        inner.addWidget(self.decision)
        inner.addLayout(row)
        inner.addWidget(_named(_("&Skäl"), self.reason))
        inner.addWidget(self.reason)
        inner.addWidget(self.save)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.0, 0.4)
        column.addWidget(self._asked)
        column.addWidget(self.missing)
        column.addWidget(self.queue)

    def _connect(self) -> None:
        self.decision.chosen.connect(lambda _value: self._tell_missing())
        self.complication.activated.connect(lambda _place: self._tell_missing())
        self.reason.textChanged.connect(self._tell_missing)
        self.save.clicked.connect(self.save_asked)
        self.queue.clicked.connect(self.queue_asked)

    def _tell_missing(self) -> None:
        lacking = self.lacking()
        self.missing.setText(lacking)
        self.save.setEnabled(not lacking)
        self.complication.setEnabled(self.decision.value() == MissedDecision.HARM)


def _named(text: str, field: QWidget) -> PlainLabel:
    label = PlainLabel(text)
    label.setBuddy(field)
    field.setAccessibleName(text.replace("&", ""))
    return label
