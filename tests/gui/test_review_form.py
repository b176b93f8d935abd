"""The form of one case: a whole answer by keys alone, what follows from it, and where one comes back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.words import Verdict
from support import review_cases as cases
from support import review_forms
from support.keys import focused, type_text
from support.review_forms import press, show

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.widgets.review_form import ReviewForm


CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
FRACTURE = replace(cases.LINK, complication_class="periprosthetic_fracture")
RETURN = Qt.Key.Key_Return


@pytest.fixture
def form(qtbot: QtBot) -> ReviewForm:
    return review_forms.made(qtbot)


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


# where one comes back


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
