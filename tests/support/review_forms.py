"""The review form with a made-up case in it, worked by keys wherever the focus is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.gui.widgets.review_form import ReviewForm
from support import review_cases as cases
from support.keys import NO_MODIFIER, focused

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.domain.review import ReviewCase


def made(qtbot: QtBot) -> ReviewForm:
    """Return a form without a case, shown and in front."""
    form = ReviewForm()
    qtbot.addWidget(form)
    form.resize(420, 800)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form


def show(form: ReviewForm, case: ReviewCase | None = None, answer: Answer | None = None) -> ReviewForm:
    """Show a case with the focus on the first question without an answer."""
    form.show_case(case or cases.case(), answer or Answer(), "granskare1", can_write=True)
    form.take_field("")
    return form


def press(*keys: Qt.Key | int, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
    """Press keys wherever the focus is; numbers are digits."""
    for key in keys:
        QTest.keyClick(focused(), Qt.Key(Qt.Key.Key_0 + key) if type(key) is int else Qt.Key(key), modifier)
