"""The reviewer's answer: decision, operation, class and comment, with what is still missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kvalitetsapp.domain.answer import Answer, missing_in
from kvalitetsapp.domain.timeline import lane_label
from kvalitetsapp.domain.words import ComplicationClass, Verdict, word
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.widgets.choice_group import Choice, ChoiceGroup
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.review import Candidate, ReviewCase


class ReviewForm(QWidget):
    """Shows an answer and tells every change of it by the user."""

    answered = Signal(object)  # Answer
    save_asked = Signal()
    undo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case: ReviewCase | None = None
        self._filling = False
        self.decision = ChoiceGroup(_("Beslut"))
        self.operation = ChoiceGroup(_("Primäroperation"))
        self.complication = QComboBox()
        self.comment = QPlainTextEdit()
        self.missing = PlainLabel()
        self.reviewer = PlainLabel()
        self.save = QPushButton(_("Spara och nästa"))
        self.undo = QPushButton()
        self._arrange()
        self._connect()

    def show_case(self, case: ReviewCase, answer: Answer, reviewer: str, *, can_write: bool) -> None:
        """Show a case with an answer to it."""
        self._case = case
        self._filling = True
        self.decision.set_value(answer.decision or "")
        self.operation.set_choices([_operation_choice(one) for one in case.candidates])
        self.operation.setVisible(bool(case.candidates))
        self.operation.set_value(answer.index_ref or _preselected(case.candidates))
        self._fill_classes(case, answer.complication_class)
        if self.comment.toPlainText() != answer.comment:
            self.comment.setPlainText(answer.comment)
        self.reviewer.setText(_("Granskare: {name}").format(name=reviewer))
        self.setEnabled(can_write)
        self._filling = False
        self._tell_missing()
        if not can_write:
            self.missing.setText(_("Databasen är öppnad enbart för läsning: beslut kan inte sparas."))
            self.missing.show()

    def answer(self) -> Answer:
        """Return what is filled in."""
        chosen = self.decision.value()
        operation = self.operation.value()
        touched = self._case is None or operation != _preselected(self._case.candidates)
        return Answer(
            Verdict(chosen) if chosen else None,
            operation if touched or chosen == Verdict.CONFIRMED else "",
            str(self.complication.currentData() or ""),
            self.comment.toPlainText(),
        )

    def set_undo(self, name: str) -> None:
        """Offer to take back what `name` says, nothing where it is ""."""
        self.undo.setText(_("Ångra: {name}").format(name=name) if name else _("Ångra"))
        self.undo.setToolTip(self.undo.text())
        self.undo.setEnabled(bool(name))

    def press_digit(self, digit: int) -> bool:
        """Choose by number in the group that has focus, in the decision where none has."""
        group = self.operation if self.operation.has_focus() else self.decision
        return self._case is not None and group.press_digit(digit)

    def _arrange(self) -> None:
        self.decision.set_choices(_decisions())
        self.complication.setAccessibleName(_("Komplikation"))
        self.complication.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.comment.setAccessibleName(_("Skäl eller kommentar"))
        self.comment.setPlaceholderText(_("Skäl eller kommentar (krävs när en koppling avvisas eller flyttas)"))
        self.comment.setTabChangesFocus(True)
        self.comment.setFixedHeight(spacing.lines(self, 4))
        self.missing.setObjectName("muted")
        self.missing.setWordWrap(True)
        self.reviewer.setObjectName("muted")
        self.save.setProperty("primary", True)  # noqa: FBT003 - Qt's call
        self.save.setToolTip(_("Ctrl+Retur"))
        self.undo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_undo("")
        label = PlainLabel(_("Komplikation"))
        label.setBuddy(self.complication)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.complication, 1)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.0, 0.45)
        column.addWidget(self.decision)
        column.addWidget(self.operation)
        column.addLayout(row)
        column.addWidget(self.comment)
        column.addWidget(self.missing)
        column.addWidget(self.reviewer)
        column.addWidget(self.save)
        column.addWidget(self.undo)
        column.addStretch(1)

    def _connect(self) -> None:
        self.decision.chosen.connect(self._tell)
        self.operation.chosen.connect(self._choose_operation)
        self.complication.activated.connect(self._tell)
        self.comment.textChanged.connect(self._tell)
        self.save.clicked.connect(self.save_asked)
        self.undo.clicked.connect(self.undo_asked)

    def _choose_operation(self, _value: str) -> None:
        """To point at an operation is to say that the event belongs to it."""
        self.decision.set_value(Verdict.CONFIRMED.value)
        self._tell()

    def _tell(self, *_what: object) -> None:
        if not self._filling and self._case is not None:
            self._tell_missing()
            self.answered.emit(self.answer())

    def _tell_missing(self) -> None:
        if self._case is None:
            return
        lacking = missing_in(self.answer(), self._case.link)
        self.missing.setText(lacking)
        self.missing.setVisible(bool(lacking))
        self.save.setEnabled(not lacking)

    def _fill_classes(self, case: ReviewCase, chosen: str) -> None:
        self.complication.clear()
        derived = word("complication_class", case.link.complication_class)
        self.complication.addItem(_("Enligt underlaget: {name}").format(name=derived), "")
        for each in ComplicationClass:
            self.complication.addItem(word("complication_class", each), each.value)
        self.complication.setCurrentIndex(max(self.complication.findData(chosen), 0))


def _decisions() -> Sequence[Choice]:
    return (
        Choice(Verdict.CONFIRMED.value, _("Bekräfta: händelsen hör till operationen")),
        Choice(Verdict.REJECTED.value, _("Avvisa: händelsen hör inte till operationen")),
    )


def _operation_choice(one: Candidate) -> Choice:
    place = lane_label(one.operation.joint, one.operation.side)
    text = f"{place} {one.operation.operated_on.isoformat()}"
    note = _("föreslagen: {note}").format(note=one.note) if one.proposed else one.note
    return Choice(one.operation.index_ref, text, f"{one.operation.provider}; {note}", one.possible)


def _preselected(candidates: Sequence[Candidate]) -> str:
    return next((one.operation.index_ref for one in candidates if one.proposed), "")
