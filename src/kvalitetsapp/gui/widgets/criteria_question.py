"""The criteria of an infection, in the groups in which they are read, and how sure they make it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from kvalitetsapp.domain.infection import level_of
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.widgets.choice_group import Choice
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.question import Question
from kvalitetsapp.gui.widgets.tick_list import TickList
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QKeyEvent

    from kvalitetsapp.domain.infection import Criterion


class CriteriaQuestion(Question):
    """Asks which criteria are met, and tells the level that follows as they are ticked."""

    def __init__(self, title: str, key: str, parent: QWidget | None = None) -> None:
        self.ticks = _Ticks()
        super().__init__(title, key, self.ticks, parent)
        self.ticks.ticked.connect(self._tick)

    def set_criteria(self, criteria: Sequence[Criterion]) -> None:
        """Offer these criteria."""
        self.ticks.set_criteria(criteria)
        self.refresh()

    def set_values(self, codes: Collection[str], level: str) -> None:
        """Tick these criteria; a level without any means that none of them is met."""
        self.ticks.set_values(codes, none=bool(level) and not codes)
        self.refresh()

    def values(self) -> tuple[str, ...]:
        """Return the criteria that are ticked, in the order of the definition."""
        return self.ticks.values()

    def level(self) -> str:
        """Return the level that follows, "" while nothing is ticked."""
        if not self.values() and not self.ticks.none.isChecked():
            return ""
        return level_of(self.values(), self.ticks.criteria).value

    def said(self) -> str:
        """Return the level in words."""
        return word("infection_level", self.level()) if self.level() else ""

    def stops(self) -> list[QWidget]:
        """Return the boxes of all groups."""
        return [*(box for each in self.ticks.lists for box in each.stops()), self.ticks.none]

    def take_focus(self) -> None:
        """Put the focus on the first criterion."""
        _focus(next(iter(self.ticks.lists), self.ticks.none))

    def press_digit(self, digit: int) -> bool:
        """Tick by number in the group that has focus, in the first where none has."""
        lists = self.ticks.lists
        here = next((each for each in lists if each.has_focus()), lists[0] if lists else None)
        return here is not None and here.press_digit(digit)

    def clear(self) -> None:
        """Say that no criterion is met, or take that away."""
        self.ticks.none.click()

    def _tick(self) -> None:
        self.refresh()
        self.changed.emit()


class _Ticks(QWidget):
    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.criteria: tuple[Criterion, ...] = ()
        self.lists: list[TickList] = []
        self._headings: list[PlainLabel] = []
        self.none = QCheckBox(f"0  {_('Inget kriterium är uppfyllt')}")
        self.none.setAccessibleName(_("Inget kriterium är uppfyllt"))
        self.none.clicked.connect(self._tick_none)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing.lines(self, 0.15))
        self._column.addWidget(self.none)

    def set_criteria(self, criteria: Sequence[Criterion]) -> None:
        if tuple(criteria) == self.criteria:
            return
        self.criteria = tuple(criteria)
        for widget in (*self._headings, *self.lists):
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._headings = []
        self.lists = []
        for group in dict.fromkeys(one.group for one in criteria):
            self._add(group, [Choice(one.code, one.title) for one in criteria if one.group == group])

    def set_values(self, codes: Collection[str], *, none: bool) -> None:
        for each in self.lists:
            each.set_values(codes)
        self.none.setChecked(none)

    def values(self) -> tuple[str, ...]:
        ticked = {code for each in self.lists for code in each.values()}
        return tuple(one.code for one in self.criteria if one.code in ticked)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go on to the group above or below."""
        stops: list[TickList | QCheckBox] = [*self.lists, self.none]
        here = next((n for n, each in enumerate(stops) if _has_focus(each)), None)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if here is None or step is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        if 0 <= here + step < len(stops):
            _focus(stops[here + step], last=step < 0)

    def _add(self, group: str, choices: list[Choice]) -> None:
        heading = PlainLabel(group)
        heading.setObjectName("muted")
        made = TickList()
        made.setAccessibleName(group)
        made.set_choices(choices)
        made.ticked.connect(self._tick_one)
        place = self._column.count() - 1
        self._column.insertWidget(place, heading)
        self._column.insertWidget(place + 1, made)
        self._headings.append(heading)
        self.lists.append(made)

    def _tick_one(self) -> None:
        self.none.setChecked(False)
        self.ticked.emit()

    def _tick_none(self) -> None:
        if self.none.isChecked():
            self.set_values((), none=True)
        self.ticked.emit()


def _has_focus(stop: TickList | QCheckBox) -> bool:
    return stop.has_focus() if isinstance(stop, TickList) else stop.hasFocus()


def _focus(stop: TickList | QCheckBox, *, last: bool = False) -> None:
    if isinstance(stop, TickList):
        stop.take_focus(last=last)
    else:
        stop.setFocus()
