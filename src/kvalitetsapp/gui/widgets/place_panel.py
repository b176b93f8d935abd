"""Where a case stands in its round: whether it is blinded, both answers where they differ, and the earlier answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kvalitetsapp.domain.answer_words import differing, in_words, summary, title_of
from kvalitetsapp.domain.review_round import CaseState
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.shortcuts import Shortcut
from kvalitetsapp.gui.widgets.elided_button import ElidedButton
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import NOTHING, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.review import ReviewCase
    from kvalitetsapp.domain.review_round import GivenAnswer, RoundPlace


class PlacePanel(QWidget):
    """Shows what a reviewer should know of a case's round; outside rounds it shows nothing but an earlier answer."""

    same_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.round = PlainLabel()
        self.beside = BesideEachOther()
        self.earlier = PlainLabel()
        self.same = ElidedButton()
        for label in (self.round, self.earlier):
            label.setObjectName("muted")
            label.setWordWrap(True)
        self.same.setText(_("Samma som förra gången ({keys})").format(keys=Shortcut.SAME_ANSWER.shown))
        self.same.setProperty("compact", True)  # noqa: FBT003 - Qt's call
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.0, 0.25)
        for widget in (self.round, self.beside, self.earlier, self.same):
            column.addWidget(widget)
        self.same.clicked.connect(self.same_asked)

    def show_place(self, case: ReviewCase) -> None:
        """Show the place of a case."""
        place = case.place
        two = both(place)
        earlier = None if place is None or two else place.earlier
        self.round.setText("" if place is None or not place.round_name else _of_round(place))
        self.round.setVisible(bool(self.round.text()))
        self.beside.show_answers(two, case)
        self.earlier.setVisible(earlier is not None)
        self.same.setVisible(earlier is not None)
        if earlier is not None:
            self.earlier.setText(_told(earlier, case))
        self.setVisible(place is not None)


class BesideEachOther(QWidget):
    """Two answers in columns: the questions where they differ, and the names of the others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(spacing.lines(self, 0.7))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.setAccessibleName(_("Svaren bredvid varandra"))

    def show_answers(self, given: Sequence[GivenAnswer], case: ReviewCase) -> None:
        """Show two answers, or nothing where there are not two."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.setVisible(len(given) == 2)
        if len(given) != 2:
            return
        first, second = given
        differs = differing(first.answer, second.answer, case)
        self._add_row((first.reviewer, second.reviewer), "sectionTitle")
        one, other = in_words(first.answer, case), in_words(second.answer, case)
        for name in differs:
            self._add_line(f"≠ {title_of(name)}", "warning")
            self._add_row((one.get(name, NOTHING), other.get(name, NOTHING)), "")
        if equal := [title_of(name) for name in one if name not in differs]:
            self._add_line(_("Lika svar: {questions}").format(questions=", ".join(equal)), "muted")

    def texts(self) -> list[str]:
        """Return what is shown, cell by cell."""
        items = [self._grid.itemAt(place) for place in range(self._grid.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget.text() for widget in widgets if isinstance(widget, PlainLabel)]

    def _add_row(self, cells: Sequence[str], style: str) -> None:
        row = self._grid.rowCount()
        for column, text in enumerate(cells):
            self._grid.addWidget(_label(text, style), row, column, Qt.AlignmentFlag.AlignTop)

    def _add_line(self, text: str, style: str) -> None:
        self._grid.addWidget(_label(text, style), self._grid.rowCount(), 0, 1, 2)


def both(place: RoundPlace | None) -> tuple[GivenAnswer, ...]:
    """Return the two answers that differ, where they do."""
    if place is None or place.state is not CaseState.DIFFERS:
        return ()
    standing = [one for one in place.visible if not one.withdrawn]
    return tuple(standing[-2:]) if len(standing) >= 2 else ()


def _of_round(place: RoundPlace) -> str:
    name = _("Omgång {name}").format(name=place.round_name)
    if place.state is CaseState.DIFFERS and place.changed_between:
        told = _("{round}: underlaget ändrades mellan era svar ({what}). Kom överens och skriv varför.")
        return told.format(round=name, what=place.changed_between)
    if place.state is CaseState.DIFFERS:
        return _("{round}: era svar skiljer sig. Kom överens och skriv varför.").format(round=name)
    if place.is_blinded and place.state is CaseState.WAITING and place.mine is not None:
        return _("{round}, blindad: ditt svar är sparat. Den andra granskaren har inte svarat.").format(round=name)
    if place.is_blinded and place.state in {CaseState.OPEN, CaseState.WAITING}:
        return _("{round}, blindad: den andra granskarens svar visas när båda har svarat.").format(round=name)
    return f"{name}: {word('case_state', place.state).lower()}"


def _told(earlier: GivenAnswer, case: ReviewCase) -> str:
    told = _("Tidigare svar ({day}, {reviewer}): {answer}")
    if earlier.round_id is not None:
        told = _("Tidigare omgång ({day}, {reviewer}): {answer}")
    return told.format(day=earlier.answered_at[:10], reviewer=earlier.reviewer, answer=summary(earlier.answer, case))


def _label(text: str, style: str) -> PlainLabel:
    label = PlainLabel(text)
    label.setObjectName(style)
    label.setWordWrap(True)
    return label
