"""A round's definition as a sentence that someone signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kvalitetsapp.domain.review_round import CaseState, RoundDefinition
from kvalitetsapp.domain.round_definition import definition_text, requirements_text
from kvalitetsapp.domain.round_progress import Standing, TimeUsed, state_of, time_used

USUAL = RoundDefinition(date(2022, 1, 1), date(2023, 3, 31))
SURGERY = "Alla händelser med kirurgi (revision, reoperation eller sluten reposition)"
PERIOD = "2022-01-01–2023-03-31"
BOUGHT = "efter operation hos Fjällkliniken eller P02, efter köpt vård eller utan känd operation"


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, f"{SURGERY} vid egna kliniken {PERIOD}, alla leder"),
        ({"surgery_levels": ()}, f"Alla händelser vid egna kliniken {PERIOD}, alla leder"),
        ({"surgery_levels": ("none",)}, f"Alla händelser utan kirurgi vid egna kliniken {PERIOD}, alla leder"),
        (
            {"surgery_levels": ("revision", "none")},
            f"Alla händelser med revision eller ingen kirurgi vid egna kliniken {PERIOD}, alla leder",
        ),
        ({"joints": ("hip", "knee")}, f"{SURGERY} vid egna kliniken {PERIOD}, höft och knä"),
        (
            {"own_care": False, "purchased": True, "index_providers": ("P01", "P02")},
            f"{SURGERY} hos alla vårdgivare {PERIOD}, alla leder, {BOUGHT}",
        ),
        (
            {"complication_classes": ("infection", "wound")},
            f"{SURGERY} vid egna kliniken {PERIOD}, alla leder, med infektion eller sårkomplikation",
        ),
    ],
)
def test_a_definition_reads_as_a_sentence(changes: dict[str, object], text: str) -> None:
    definition = replace(USUAL, **changes)  # type: ignore[arg-type]
    assert definition_text(definition, {"P01": "Fjällkliniken"}) == text


def test_who_reviews_and_what_must_be_answered_reads_as_a_sentence() -> None:
    asked = "svar krävs på skadans allvar och undvikbarhet"
    assert requirements_text(USUAL) == f"En granskare svarar på varje händelse, {asked}"
    two = replace(USUAL, reviewers_per_case=2, required=())
    assert requirements_text(two) == "Två granskare svarar var för sig"


@pytest.mark.parametrize(
    ("standing", "state"),
    [
        (Standing(final=False, firsts=0, mine=False, known=False, exists=True), CaseState.OPEN),
        (Standing(final=False, firsts=1, mine=False, known=False, exists=True), CaseState.OPEN),
        (Standing(final=False, firsts=1, mine=True, known=False, exists=True), CaseState.WAITING),
        (Standing(final=False, firsts=2, mine=True, known=False, exists=True), CaseState.DIFFERS),
        (Standing(final=True, firsts=2, mine=True, known=False, exists=False), CaseState.DONE),
        (Standing(final=False, firsts=1, mine=True, known=False, exists=False), CaseState.GONE),
        (Standing(final=False, firsts=0, mine=False, known=True, exists=True), CaseState.DONE),
        (Standing(final=False, firsts=1, mine=False, known=True, exists=True), CaseState.OPEN),
        (Standing(final=False, firsts=0, mine=False, known=True, exists=False), CaseState.GONE),
    ],
)
def test_a_case_stands_as_its_answers_say_for_the_one_who_asks(standing: Standing, state: CaseState) -> None:
    assert state_of(standing) is state


def test_a_case_that_was_answered_twice_took_what_both_answers_took() -> None:
    assert time_used([("a", 10), ("b", 30), ("a", 40), ("c", 70)]) == TimeUsed(4, 150, 50)
    assert time_used([]) == TimeUsed(0, 0, 0)
