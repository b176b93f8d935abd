"""The form of one case as it is seen and heard: names, large letters, what is in view, and how soon."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
)

from kvalitetsapp.gui.widgets.review_form import ReviewForm
from support import review_cases as cases
from support import review_forms
from support.review_forms import show

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


FRACTURE = replace(cases.LINK, complication_class="periprosthetic_fracture")


@pytest.fixture
def form(qtbot: QtBot) -> ReviewForm:
    return review_forms.made(qtbot)


def test_every_input_has_a_name_for_those_who_listen(form: ReviewForm) -> None:
    place = cases.place(earlier=cases.given(1, "granskare1"))
    show(form, cases.case(place=place))
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractSpinBox)
    inputs = [each for kind in kinds for each in form.findChildren(kind)]
    assert len(inputs) > 60
    nameless = [
        each
        for each in inputs
        if not isinstance(each.parent(), QAbstractSpinBox)
        and not (each.accessibleName() or (isinstance(each, QAbstractButton) and each.text()))
    ]
    assert nameless == []
    assert form.questions.words["outcome"].header.accessibleName() == "Utfall: inte besvarad"


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_no_choice_is_cut_off_with_larger_letters(qtbot: QtBot, qapp: QApplication, factor: float) -> None:
    usual, font = qapp.font(), QFont(qapp.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    qapp.setFont(font)
    try:
        form = ReviewForm()
    finally:
        qapp.setFont(usual)
    form.setFont(font)
    qtbot.addWidget(form)
    form.resize(round(420 * factor), 800)
    form.show()
    show(form)
    for name in ("relation", "index_ref", "complication_class", "criteria", "clavien_dindo", "follow_ups"):
        form.take_field(name)
        QApplication.sendPostedEvents()
        kinds = (QRadioButton, QCheckBox)
        shown = [each for kind in kinds for each in form.findChildren(kind) if each.isVisible()]
        cut = [each.text() for each in shown if each.sizeHint().width() > each.width() + 1]
        assert cut == [], name
        qtbot.waitUntil(lambda: form.questions.width() <= form.area.viewport().width())


def test_the_open_question_is_scrolled_into_view(form: ReviewForm, qtbot: QtBot) -> None:
    form.resize(420, 420)
    show(form)
    form.take_field("outcome")
    question, area = form.questions.words["outcome"], form.area

    def seen() -> bool:
        top = question.mapTo(area.viewport(), question.rect().topLeft()).y()
        return top >= 0 and top + question.height() <= area.viewport().height()

    qtbot.waitUntil(seen)
