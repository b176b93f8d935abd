"""The form of a case in a round: what is hidden, both answers where they differ, and the earlier one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from kvalitetsapp.domain.review_round import CaseState, Part
from support import review_cases as cases
from support import review_forms
from support.keys import focused, type_text
from support.review_forms import press, show

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.widgets.review_form import ReviewForm


@pytest.fixture
def form(qtbot: QtBot) -> ReviewForm:
    return review_forms.made(qtbot)


def test_a_blinded_round_says_that_the_other_answer_is_hidden(form: ReviewForm) -> None:
    show(form, cases.case(place=cases.place()))
    said = "Omgång Hösten, blindad: den andra granskarens svar visas när båda har svarat."
    assert form.place.round.text() == said
    assert not form.place.beside.isVisible()


def test_answers_that_differ_stand_beside_each_other_and_the_form_is_for_the_consensus(form: ReviewForm) -> None:
    other = replace(cases.GIVEN, relation="probable", avoidability="3", comment="Sen kontakt")
    both = (cases.given(1, "granskare1"), cases.given(2, "granskare2", other))
    show(form, cases.case(place=cases.place(CaseState.DIFFERS, visible=both)))
    assert form.heading.text() == "Gemensamt svar"
    texts = form.place.beside.texts()
    assert texts[:5] == ["granskare1", "granskare2", "≠ Samband", "Säkert samband", "Sannolikt samband"]
    assert texts[-1].startswith("Lika svar: Primäroperation, EBJIS-kriterier")
    assert (form.current_field(), form.answer().harm_severity, form.answer().avoidability) == ("relation", "F", "")
    press(1, 2)
    assert form.missing.text() == "Skriv skälet till det gemensamma svaret."
    form.take_field("comment")
    type_text(form.comment, "Odlingen avgör")
    assert form.save.isEnabled()


def test_what_changed_of_the_event_between_two_answers_is_said(form: ReviewForm) -> None:
    both = (cases.given(1, "granskare1"), cases.given(2, "granskare2"))
    place = cases.place(CaseState.DIFFERS, visible=both, changed_between="komplikation sårruptur, förut infektion")
    show(form, cases.case(place=place))
    said = (
        "underlaget ändrades mellan era svar (komplikation sårruptur, förut infektion). Kom överens och skriv varför."
    )
    assert form.place.round.text() == f"Omgång Hösten: {said}"


def test_the_earlier_answer_is_shown_and_taken_over_with_its_key(form: ReviewForm) -> None:
    show(form, cases.case(place=cases.place(earlier=cases.given(1, "granskare1"))))
    assert form.place.earlier.text().startswith("Tidigare omgång (2026-03-01, granskare1): Säkert samband")
    press(Qt.Key.Key_F3)
    assert form.answer() == cases.GIVEN
    assert focused() is form.save


def test_an_earlier_answer_on_an_operation_that_is_gone_takes_the_proposed_one(form: ReviewForm) -> None:
    earlier = cases.given(1, "granskare1", replace(cases.GIVEN, index_ref="bok/99/hip/right"))
    show(form, cases.case(place=cases.place(earlier=earlier)))
    press(Qt.Key.Key_F3)
    assert form.answer().index_ref == cases.INDEX


def test_ones_own_answer_is_shown_while_the_other_has_not_answered(form: ReviewForm) -> None:
    show(form, cases.case(place=cases.place(CaseState.WAITING, mine=cases.given(1, "granskare1"))))
    assert form.answer() == cases.GIVEN
    assert "ditt svar är sparat" in form.place.round.text()


def test_what_both_decided_is_shown_once_the_case_is_done(form: ReviewForm) -> None:
    agreed = replace(cases.GIVEN, comment="Vi är överens")
    visible = (cases.given(1, "granskare1"), cases.given(3, "granskare2", agreed, Part.CONSENSUS))
    done = cases.place(CaseState.DONE, mine=visible[0], visible=visible)
    show(form, cases.case(place=done))
    assert form.answer() == agreed
    assert form.heading.text() == "Svar"
    assert form.place.round.text() == "Omgång Hösten: klar"
