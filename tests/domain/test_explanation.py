"""Why an event is linked as it is, and why another operation is or is not possible."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.codes import CodeTables, ComplicationDiagnosis, ProcedureRole
from kvalitetsapp.domain.explanation import candidates, why, window_of
from kvalitetsapp.domain.patient import EventKey, Link, Operation
from kvalitetsapp.domain.words import Role

if TYPE_CHECKING:
    from kvalitetsapp.domain.review import Candidate

TABLES = CodeTables(
    procedure_roles={"NFC49": ProcedureRole("hip", Role.REVISION)},
    complication_diagnoses=(
        ComplicationDiagnosis("T845", prefix=True, joint="any", complication_class="infection", window_days=None),
        ComplicationDiagnosis("I26", prefix=True, joint="any", complication_class="thromboembolism", window_days=90),
    ),
    complication_procedures={},
    laterality={},
    diagnosis_titles={"T845": "Infektion vid protes", "I269": "Lungemboli"},
    procedure_titles={"NFC49": "Sekundär protes i höft"},
)
LINK = Link(
    EventKey(2, "hip", "right"), "bok/2", 7, "196812099874", date(2020, 5, 1), "Ortopedi", "bok/1/hip/right",
    "Fjällkliniken", "right", date(2020, 1, 1), 121, "proposed", competing=False, complication_class="infection",
    surgery_level="revision", triggers=("T845F", "NFC49"), candidates=1, another_look=False, verdict=None,
)  # fmt: skip


def operation(number: int, joint: str = "hip", side: str = "right", day: date = date(2020, 1, 1)) -> Operation:
    return Operation(number, f"bok/{number}/{joint}/{side}", joint, side, day, "Fjällkliniken", "NFB49")


def test_the_sentence_tells_joint_side_days_triggers_and_that_there_was_no_choice() -> None:
    assert why(LINK, [operation(1)], TABLES) == (
        "Kopplas till primäroperationen i höger höft 2020-01-01 hos Fjällkliniken. "
        "Samma led, samma sida, 121 dagar mellan operation och händelse. Ingen annan operation var möjlig. "
        "Utlöst av T845F Infektion vid protes; NFC49 Sekundär protes i höft."
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"candidates": 3}, "3 operationer var möjliga; den senaste föreslås."),
        ({"status": "ambiguous", "candidates": 2}, "en människa måste avgöra"),
        ({"status": "rejected"}, "är avvisad"),
        ({"key": EventKey(2, "hip", "unknown")}, "händelsens sida okänd"),
        ({"triggers": ("I269",)}, "I269 Lungemboli (gäller 90 dagar efter operation)"),
    ],
)
def test_the_sentence_follows_what_the_link_is(change: dict[str, object], said: str) -> None:
    assert said in why(replace(LINK, **change), [operation(1)], TABLES)  # type: ignore[arg-type]


def test_an_event_without_operation_says_that_none_was_possible() -> None:
    lost = replace(LINK, index_ref="", operated_on=None, days=None, status="unlinked", candidates=0)
    assert why(lost, [], TABLES).startswith("Ingen tidigare operation")


def offered(other: Operation, **change: object) -> Candidate:
    found = candidates(replace(LINK, **change), [operation(1), other], TABLES)  # type: ignore[arg-type]
    return next(one for one in found if one.operation is other)


@pytest.mark.parametrize(
    ("other", "note", "fits", "possible"),
    [
        (operation(3, day=date(2019, 5, 2)), "samma led, samma sida, 365 dagar före", True, True),
        (operation(3, side="unknown"), "samma led, operationens sida okänd, 121 dagar före", True, True),
        (operation(3, side="left"), "andra sidan, 121 dagar före", False, True),
        (operation(3, joint="knee"), "annan led, 121 dagar före", False, True),
        (operation(3, day=date(2020, 5, 2)), "gjordes efter händelsen", False, False),
        (operation(2, day=date(2020, 5, 1)), "gjordes vid samma vårdtillfälle", False, False),
    ],
)
def test_r5_every_operation_says_why_or_why_not(other: Operation, note: str, fits: bool, possible: bool) -> None:
    one = offered(other)
    assert (one.note, one.fits, one.possible) == (note, fits, possible)


def test_r5_an_operation_that_no_code_reaches_says_so_but_can_be_chosen() -> None:
    one = offered(operation(3, day=date(2019, 5, 2)), triggers=("I269",))
    assert (one.note, one.fits, one.possible) == ("365 dagar före, efter den tid då koderna gäller", False, True)


def test_the_proposed_operation_comes_first() -> None:
    found = candidates(LINK, [operation(3, day=date(2020, 4, 1)), operation(1)], TABLES)
    assert [one.proposed for one in found] == [True, False]


def test_a_procedure_and_a_diagnosis_without_window_count_however_long_after() -> None:
    assert (window_of("NFC49", TABLES), window_of("T845F", TABLES), window_of("I269", TABLES)) == (None, None, 90)
