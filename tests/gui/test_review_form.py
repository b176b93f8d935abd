"""The form of one case: a whole answer by keys alone, what follows from it, rounds, and where one comes back."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.review_round import CaseState, Part
from kvalitetsapp.domain.words import Verdict
from kvalitetsapp.gui.widgets.review_form import ReviewForm
from support import review_cases as cases
from support.keys import type_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.domain.review import ReviewCase

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier
FRACTURE = replace(cases.LINK, complication_class="periprosthetic_fracture")
RETURN = Qt.Key.Key_Return


@pytest.fixture
def form(qtbot: QtBot) -> ReviewForm:
    made = ReviewForm()
    qtbot.addWidget(made)
    made.resize(420, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def show(form: ReviewForm, case: ReviewCase | None = None, answer: Answer | None = None) -> ReviewForm:
    form.show_case(case or cases.case(), answer or Answer(), "granskare1", can_write=True)
    form.take_field("")
    return form


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(*keys: Qt.Key | int, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    """Press keys wherever the focus is; numbers are digits."""
    for key in keys:
        QTest.keyClick(focused(), Qt.Key(Qt.Key.Key_0 + key) if type(key) is int else Qt.Key(key), modifier)


# by keys alone


def test_an_infection_is_answered_with_keys_alone(form: ReviewForm) -> None:
    saved: list[bool] = []
    form.save_asked.connect(lambda: saved.append(True))
    show(form)
    press(1)
    assert form.current_field() == "criteria"
    press(2, Qt.Key.Key_Down, 2, RETURN)
    assert form.current_field() == "organism"
    press(1)
    assert form.current_field() == "cultures"
    press(5, RETURN, 4, RETURN)
    press(2, 4, 2, 1, 1)
    assert form.current_field() == "follow_ups"
    press(1, RETURN)
    assert focused() is form.save
    press(Qt.Key.Key_Space)
    assert saved == [True]
    assert form.answer() == Answer(
        Verdict.CONFIRMED,
        cases.INDEX,
        relation="certain",
        criteria=("purulence", "one_culture"),
        infection_level="likely",
        organism="s_aureus",
        cultures_taken=5,
        cultures_positive=4,
        harm_severity="F",
        clavien_dindo="IIIb",
        avoidability="2",
        treatment="dair",
        outcome="recovered",
        follow_ups=(8,),
    )


def test_a_usual_case_takes_a_digit_for_each_question(form: ReviewForm) -> None:
    show(form, cases.case(FRACTURE, follow_ups=()))
    press(2, 2, 4, 2, 6, 1)
    assert focused() is form.save
    answer = form.answer()
    assert (answer.relation, answer.harm_severity, answer.clavien_dindo) == ("probable", "F", "IIIb")
    assert (answer.avoidability, answer.treatment, answer.outcome) == ("2", "revision", "recovered")


def test_a_digit_from_outside_answers_the_open_question_and_brings_the_focus_in(form: ReviewForm) -> None:
    form.show_case(cases.case(FRACTURE), Answer(), "granskare1", can_write=True)
    assert form.press_digit(1)
    assert (form.answer().relation, form.current_field()) == ("certain", "harm_severity")
    assert form.isAncestorOf(focused())


def test_zero_takes_an_answer_away(form: ReviewForm) -> None:
    show(form, cases.case(FRACTURE))
    press(1, 3)
    form.take_field("harm_severity")
    press(0)
    assert form.answer().harm_severity == ""


def test_arrows_look_around_without_going_on(form: ReviewForm) -> None:
    show(form)
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert (form.answer().relation, form.current_field()) == ("", "relation")
    press(Qt.Key.Key_Space)
    assert (form.answer().relation, form.current_field()) == ("unlikely", "comment")


def test_a_letter_goes_to_the_choice_that_begins_with_it(form: ReviewForm) -> None:
    show(form)
    form.take_field("organism")
    press(Qt.Key.Key_I)
    assert "Ingen växt" in focused().accessibleName()
    press(Qt.Key.Key_Space)
    assert form.answer().organism == "no_growth"


def test_alt_and_a_letter_open_a_question(form: ReviewForm) -> None:
    show(form)
    press(Qt.Key.Key_U, modifier=ALT)
    assert form.current_field() == "avoidability"
    press(Qt.Key.Key_M, modifier=ALT)
    assert focused() is form.comment


def test_tab_comes_to_every_question_once_and_back_again(form: ReviewForm) -> None:
    show(form, cases.case(FRACTURE))
    seen = [form.current_field()]
    for _step in range(8):
        press(Qt.Key.Key_Tab)
        seen.append(form.current_field())
    asked = ("relation", "index_ref", "complication_class", "harm_severity", "clavien_dindo", "avoidability")
    assert seen == [*asked, "treatment", "outcome", "follow_ups"]
    press(Qt.Key.Key_Tab)
    assert form.current_field() == "pointer"
    press(Qt.Key.Key_Backtab)
    assert form.current_field() == "follow_ups"
    press(Qt.Key.Key_Backtab)
    assert form.current_field() == "outcome"


@pytest.mark.parametrize("name", ["pointer", "comment"])
def test_nothing_acts_on_what_is_typed_in_a_text_field(form: ReviewForm, name: str) -> None:
    undone: list[bool] = []
    form.undo_asked.connect(lambda: undone.append(True))
    form.set_undo("bekräftad koppling av bok/2")
    show(form)
    form.take_field(name)
    before = form.answer()
    type_text(focused(), "1 0 s 12?")
    assert getattr(form.answer(), name) == "1 0 s 12?"
    assert {**form.answer().as_dict(), name: ""} == before.as_dict()
    press(Qt.Key.Key_Z, modifier=CTRL)
    assert getattr(form.answer(), name) != "1 0 s 12?"
    press(Qt.Key.Key_Y, modifier=CTRL)
    assert getattr(form.answer(), name) == "1 0 s 12?"
    assert undone == []


def test_undo_and_redo_say_what_they_do_and_have_keys(form: ReviewForm) -> None:
    asked: list[str] = []
    form.undo_asked.connect(lambda: asked.append("undo"))
    form.redo_asked.connect(lambda: asked.append("redo"))
    show(form)
    press(Qt.Key.Key_Z, Qt.Key.Key_Y, modifier=CTRL)
    assert asked == []
    form.set_undo("bekräftad koppling av bok/2")
    form.set_redo("avvisad koppling av bok/4")
    assert form.undo.text() == "Ångra: bekräftad koppling av bok/2"
    assert form.redo.text() == "Gör om: avvisad koppling av bok/4"
    press(Qt.Key.Key_Z, Qt.Key.Key_Y, modifier=CTRL)
    assert asked == ["undo", "redo"]


# what follows from an answer


def test_a_rejecting_relation_asks_for_the_reason_and_nothing_else(form: ReviewForm) -> None:
    show(form)
    press(4)
    assert focused() is form.comment
    assert form.missing.text() == "Skriv varför kopplingen avvisas."
    assert [name for name, one in form.questions.list.questions() if one.isVisible()] == ["relation"]
    assert not form.texts.pointer.isVisible()
    type_text(form.comment, "Ny skada")
    assert form.answer() == Answer(Verdict.REJECTED, comment="Ny skada", relation="none")
    assert form.save.isEnabled()


def test_the_level_of_infection_follows_the_criteria_as_they_are_ticked(form: ReviewForm) -> None:
    show(form)
    form.take_field("criteria")
    told = []
    for key in (2, 0, 0, 2, 1):
        press(key)
        told.append(form.questions.criteria.told.text())
    assert told == ["Osannolik infektion", "Osannolik infektion", "", "Osannolik infektion", "Bekräftad infektion"]
    assert form.level.text() == "Infektionens säkerhet: bekräftad infektion"
    assert form.answer().criteria == ("sinus_tract", "purulence")


def test_only_an_infection_is_asked_of_as_one(form: ReviewForm) -> None:
    show(form, answer=replace(cases.GIVEN))
    assert form.answer() == cases.GIVEN
    form.take_field("complication_class")
    press(4)
    answer = form.answer()
    assert (answer.complication_class, answer.criteria, answer.organism) == ("dislocation", (), "")
    assert (answer.infection_level, answer.cultures_taken, answer.cultures_positive) == ("", None, None)
    assert form.questions.criteria.isHidden()
    form.take_field("complication_class")
    press(1)
    assert form.answer() == cases.GIVEN


def test_a_decision_without_relation_is_shown_and_kept_until_a_relation_is_chosen(form: ReviewForm) -> None:
    old = Answer(Verdict.CONFIRMED, cases.INDEX, comment="ur filen")
    show(form, answer=old)
    assert form.questions.relation.told.text() == "Bekräftad, samband inte angivet"
    assert form.answer() == old
    form.take_field("relation")
    press(3)
    assert form.answer().decision is Verdict.REJECTED


def test_an_untouched_case_is_an_empty_answer(form: ReviewForm) -> None:
    assert show(form).answer().is_empty


def test_every_change_is_told_and_what_the_program_shows_is_not(form: ReviewForm) -> None:
    told: list[Answer] = []
    form.answered.connect(told.append)
    show(form, answer=cases.GIVEN)
    assert told == []
    form.take_field("outcome")
    press(3)
    form.take_field("comment")
    type_text(form.comment, "!")
    assert [one.outcome for one in told] == ["lasting_trouble"] * 2
    assert "!" in told[-1].comment


def test_what_a_round_requires_is_marked_until_it_is_answered(form: ReviewForm) -> None:
    show(form, cases.case(FRACTURE, place=cases.place()))
    severity = form.questions.words["harm_severity"]
    assert (severity.told.text(), form.questions.words["outcome"].told.text()) == ("krävs", "")
    press(1)
    assert form.missing.text() == "Omgången kräver svar på: Skadans allvar, Undvikbarhet."
    press(2)
    assert severity.told.text() == "F: övergående skada som krävde sjukhusvård"


def test_the_room_of_the_comment_is_counted_and_too_much_is_told(form: ReviewForm) -> None:
    show(form)
    form.comment.setPlainText("x" * 299)
    assert form.texts.room.text() == "1 tecken kvar"
    form.comment.setPlainText("x" * 303)
    assert form.texts.room.text() == "3 tecken för mycket"
    press(1)
    assert "för lång" in form.missing.text()


def test_a_store_that_is_only_read_takes_no_answer(form: ReviewForm) -> None:
    form.show_case(cases.case(), Answer(), "granskare1", can_write=False)
    assert "enbart för läsning" in form.missing.text()
    assert not form.press_digit(1)


# rounds


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


# where one comes back, names and speed


@pytest.mark.parametrize("name", ["relation", "complication_class", "cultures", "avoidability", "pointer", "comment"])
def test_one_comes_back_to_the_question_that_one_left(form: ReviewForm, name: str) -> None:
    show(form, answer=cases.GIVEN)
    form.take_field(name)
    left = form.current_field()
    show(form, cases.case(FRACTURE))
    form.show_case(cases.case(), cases.GIVEN, "granskare1", can_write=True)
    form.take_field(left)
    assert form.current_field() == left == name
    assert form.isAncestorOf(focused())


def test_a_question_that_is_not_asked_any_more_leads_to_the_first_without_an_answer(form: ReviewForm) -> None:
    show(form, cases.case(FRACTURE))
    form.take_field("organism")
    assert form.current_field() == "relation"


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


def test_a_case_is_shown_at_once(form: ReviewForm, capsys: pytest.CaptureFixture[str]) -> None:
    show(form)
    taken = []
    for case in [cases.case(FRACTURE), cases.case(), cases.case(FRACTURE, follow_ups=())] * 5:
        start = time.perf_counter()
        form.show_case(case, Answer(), "granskare1", can_write=True)
        taken.append((time.perf_counter() - start) * 1000)
    with capsys.disabled():
        sys.stdout.write(f"\nshow_case: median {sorted(taken)[7]:.1f} ms, most {max(taken):.1f} ms\n")
