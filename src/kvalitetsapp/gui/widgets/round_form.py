"""The fields of a review round's definition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kvalitetsapp.domain.answer import SINGLE_WORDS
from kvalitetsapp.domain.review_round import RoundDefinition
from kvalitetsapp.domain.words import ComplicationClass, SurgeryLevel, word
from kvalitetsapp.gui import followed, spacing
from kvalitetsapp.gui.widgets.check_list import CheckList
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NO_CODE: Final = ""
_TWO: Final = 2


class RoundForm(QWidget):
    """Shows a definition and returns it as the user has changed it; `changed` tells of what the user does."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._silent = False
        self.event_from = DayField()
        self.event_to = DayField()
        self.joints = CheckList([*followed.choices(), (_NO_CODE, word("joint", _NO_CODE))])
        self.levels = CheckList(_words("surgery_level", SurgeryLevel))
        self.classes = CheckList(_words("complication_class", [*ComplicationClass, _NO_CODE]))
        self.providers = CheckList()
        self.required = CheckList([(name, _(text)) for name, text in SINGLE_WORDS.items()])
        self.own_care = QCheckBox(_("Bara vård vid &egna kliniken"))
        self.purchased = QCheckBox(_("Bara efter kö&pt vård, eller utan känd operation"))
        self.two = QCheckBox(_("Två &granskare svarar var för sig"))
        self._arrange()
        self._connect()

    def set_providers(self, names: Mapping[str, str]) -> None:
        """Offer providers by their names."""
        self.providers.set_choices(names.items())

    def set_definition(self, definition: RoundDefinition) -> None:
        """Show a definition."""
        self._silent = True
        self.event_from.set_day(definition.event_from)
        self.event_to.set_day(definition.event_to)
        for field, codes in (
            (self.joints, definition.joints),
            (self.levels, definition.surgery_levels),
            (self.classes, definition.complication_classes),
            (self.providers, definition.index_providers),
            (self.required, definition.required),
        ):
            field.set_ticked(codes)
        self.own_care.setChecked(definition.own_care)
        self.purchased.setChecked(definition.purchased)
        self.two.setChecked(definition.reviewers_per_case == _TWO)
        self._silent = False

    def definition(self) -> RoundDefinition:
        """Return the definition as it is filled in."""
        return RoundDefinition(
            self.event_from.day(),
            self.event_to.day(),
            self.joints.ticked(),
            self.levels.ticked(),
            self.classes.ticked(),
            self.providers.ticked(),
            own_care=self.own_care.isChecked(),
            purchased=self.purchased.isChecked(),
            reviewers_per_case=_TWO if self.two.isChecked() else 1,
            required=self.required.ticked(),
        )

    def _arrange(self) -> None:
        days = QHBoxLayout()
        for label, field in ((_("Händelser &från"), self.event_from), (_("&till och med"), self.event_to)):
            days.addWidget(_label(label, field))
            days.addWidget(field)
        days.addStretch(1)
        hint = PlainLabel(
            _("Leder, kirurgi, komplikationer och vårdgivare: är inget ikryssat tas alla med. Mellanslag kryssar i.")
        )
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, spacing.lines(self, 0.5), 0)
        column.setSpacing(spacing.lines(self, 0.5))
        column.addLayout(days)
        column.addWidget(hint)
        column.addLayout(self._lists(), 3)
        column.addLayout(self._lower(), 2)

    def _lists(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(spacing.lines(self, 0.8))
        grid.setVerticalSpacing(spacing.lines(self, 0.3))
        for row, column, rows, label, field in (
            (0, 0, 1, _("&Leder"), self.joints),
            (2, 0, 1, _("&Kirurgi"), self.levels),
            (0, 1, 3, _("Ko&mplikationer"), self.classes),
            (0, 2, 3, _("&Opererad hos"), self.providers),
        ):
            grid.addWidget(_label(label, field), row, column)
            grid.addWidget(field, row + 1, column, rows, 1)
            grid.setColumnStretch(column, 2 + column)
        return grid

    def _lower(self) -> QHBoxLayout:
        """Return whose care it is and how it is reviewed, beside what must be answered."""
        blinded = PlainLabel(
            _(
                "Ingen av de två ser den andras svar förrän båda har svarat. Svarar de lika är händelsen klar, annars "
                "enas de. Hur väl de stämmer överens räknas ut."
            )
        )
        blinded.setObjectName("muted")
        blinded.setWordWrap(True)
        blinded.setIndent(spacing.lines(self, 1.6))
        boxes, asked = QVBoxLayout(), QVBoxLayout()
        for widget in (self.own_care, self.purchased, self.two, blinded):
            boxes.addWidget(widget)
        boxes.addStretch(1)
        asked.addWidget(_label(_("Frågor som måste bes&varas"), self.required))
        asked.addWidget(self.required, 1)
        row = QHBoxLayout()
        row.setSpacing(spacing.lines(self, 0.8))
        row.addLayout(boxes, 3)
        row.addLayout(asked, 2)
        return row

    def _connect(self) -> None:
        for field in (self.event_from, self.event_to):
            field.dateChanged.connect(lambda _day: self._tell())
        for ticks in (self.joints, self.levels, self.classes, self.providers, self.required):
            ticks.changed.connect(self._tell)
        for box in (self.own_care, self.purchased, self.two):
            box.toggled.connect(lambda _on: self._tell())

    def _tell(self) -> None:
        if not self._silent:
            self.changed.emit()


def _words(vocabulary: str, codes: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(code), word(vocabulary, str(code))) for code in codes]


def _label(text: str, field: QWidget) -> PlainLabel:
    """Return a label that leads to its field, and name the field by it."""
    made = PlainLabel(text)
    made.setBuddy(field)
    field.setAccessibleName(text.replace("&", ""))
    return made
