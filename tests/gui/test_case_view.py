"""What a reviewer reads of a case: why and why not, what is missing, questions, and answers with all their words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from kvalitetsapp.domain.provider_question import ProviderQuestion, QuestionStatus
from kvalitetsapp.gui.widgets.case_view import CaseView
from kvalitetsapp.gui.widgets.reveal import Reveal
from support import review_cases as cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

QUESTION = ProviderQuestion(
    1, cases.KEY, "bok/2", "fjall", "Fjällkliniken", "Vilken cement användes?", "brev", "granskare1",
    date(2020, 9, 1), date(2020, 10, 1), QuestionStatus.SENT,
)  # fmt: skip
ANSWERED = ProviderQuestion(
    2, cases.KEY, "bok/2", "fjall", "Fjällkliniken", "Fanns feber?", "brev", "granskare1", date(2020, 9, 2), None,
    QuestionStatus.ANSWERED, date(2020, 9, 20), "Nej", "Förloppet var utan anmärkning",
)  # fmt: skip


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[CaseView]:
    page = QWidget()
    qtbot.addWidget(page)
    made = CaseView(Reveal(page), page)
    page.resize(900, 700)
    page.show()
    yield made
    page.close()


def test_why_not_and_what_is_missing_stand_where_they_are_read(view: CaseView) -> None:
    view.show_case(
        cases.case(why_not=("Vänster höft 2019-03-01 hos X valdes inte: andra sidan.",), missing=("Kostnad saknas",))
    )
    assert view.why.text() == "Kopplas till primäroperationen."
    assert view.missing.text() == "Kostnad saknas."
    assert "valdes inte: andra sidan" in view.event_facts.toPlainText()
    view.show_case(cases.case())
    assert view.missing.isHidden()


def test_a_question_is_told_with_status_deadline_answer_and_comment(view: CaseView) -> None:
    view.show_case(cases.case(questions=(QUESTION, ANSWERED)))
    said = view.operation_facts.toPlainText()
    assert "Skickad, svarstiden har gått ut" in said
    assert "Fjällkliniken: Vilken cement användes?" in said
    assert "Svar senast 2020-10-01" in said
    assert "Svar 2020-09-20: Nej" in said
    assert "Vårdgivarens kommentar: Förloppet var utan anmärkning" in said


def test_an_earlier_answer_is_told_with_all_its_words(view: CaseView) -> None:
    view.show_case(cases.case(place=cases.place(earlier=cases.given(1, "granskare9"))))
    said = view.operation_facts.toPlainText()
    assert "Tidigare svar: granskare9 2026-03-01" in said
    for word in ("Säkert samband", "Samma bakterie i minst två prov", "5 tagna, 4 positiva", "DAIR", "Odling växte"):
        assert word in said
    assert "2020-06-01 Ortopedi" in said


def test_the_buttons_ask_for_what_they_say_and_only_on_a_case(view: CaseView, qtbot: QtBot) -> None:
    view.show_nothing("Inget ärende.")
    assert not view.ask.isEnabled()
    view.show_case(cases.case())
    with qtbot.waitSignals([view.ask_provider, view.follow_up_rule_asked]):
        view.ask.click()
        view.rule.click()


def test_contacts_taken_into_the_answer_are_drawn_as_taken(view: CaseView) -> None:
    view.show_case(cases.case())
    view.show_taken((8,))
    kinds = [mark.kind.value for mark in view.plot.timeline.marks]
    assert kinds == ["operation", "event", "taken", "offered"]
