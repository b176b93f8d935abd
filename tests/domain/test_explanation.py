"""Why an event is linked as it is, and why another operation is or is not possible."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.codes import CodeTables, ComplicationDiagnosis, ProcedureRole
from kvalitetsapp.domain.explanation import candidates, missing, why, why_not, window_of
from kvalitetsapp.domain.patient import CareEpisode, EventKey, Link, Operation, Patient
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
    assert (one.note, one.fits, one.possible) == ("koderna gäller bara 90 dagar, 365 dagar före", False, True)


def test_the_proposed_operation_comes_first() -> None:
    found = candidates(LINK, [operation(3, day=date(2020, 4, 1)), operation(1)], TABLES)
    assert [one.proposed for one in found] == [True, False]


def test_a_procedure_and_a_diagnosis_without_window_count_however_long_after() -> None:
    assert (window_of("NFC49", TABLES), window_of("T845F", TABLES), window_of("I269", TABLES)) == (None, None, 90)


def test_the_other_operations_say_why_they_were_not_chosen() -> None:
    others = [
        operation(3, side="left", day=date(2019, 3, 1)),
        operation(4, joint="knee"),
        operation(5, day=date(2018, 3, 1)),
        operation(6, day=date(2020, 6, 1)),
        operation(2, day=date(2020, 5, 1)),
    ]
    assert set(why_not(LINK, [operation(1), *others], TABLES)) == {
        "Vänster höft 2019-03-01 hos Fjällkliniken valdes inte: andra sidan.",
        "Höger knä 2020-01-01 hos Fjällkliniken valdes inte: annan led.",
        "Höger höft 2018-03-01 hos Fjällkliniken valdes inte: en senare operation finns.",
        "Höger höft 2020-06-01 hos Fjällkliniken valdes inte: gjordes efter händelsen.",
        "Höger höft 2020-05-01 hos Fjällkliniken valdes inte: gjordes vid samma vårdtillfälle.",
    }


def test_the_window_that_an_operation_falls_outside_is_told_in_days() -> None:
    (said,) = why_not(replace(LINK, triggers=("I269",)), [operation(1), operation(3, day=date(2019, 1, 1))], TABLES)
    assert said.endswith("valdes inte: koderna gäller bara 90 dagar.")


def test_of_operations_that_are_equally_possible_each_is_told_as_possible() -> None:
    unsure = replace(LINK, status="ambiguous", candidates=2, key=EventKey(2, "hip", "unknown"))
    (said,) = why_not(unsure, [operation(1), operation(3, side="left")], TABLES)
    assert said == "Vänster höft 2020-01-01 hos Fjällkliniken är också möjlig: underlaget skiljer dem inte åt."


def test_what_a_reviewer_chose_or_rejected_is_the_reason_where_the_rules_had_none() -> None:
    later = operation(3, day=date(2020, 2, 1))
    assert why_not(LINK, [operation(1), later], TABLES)[0].endswith("granskaren har valt en annan.")
    rejected = replace(LINK, index_ref="", status="rejected")
    assert why_not(rejected, [operation(1)], TABLES)[0].endswith("granskaren har avvisat kopplingen.")


def test_a_link_without_other_operations_has_nothing_to_say_of_them() -> None:
    assert why_not(LINK, [operation(1)], TABLES) == ()


EPISODE = CareEpisode(
    2, "bok/2", "Ortopedi", "", "inpatient", "own", date(2020, 5, 1), date(2020, 5, 9), "T845F", (), ("NFC49",), "",
    100_00, None, procedures_dated=True,
)  # fmt: skip


def lacking(episode: CareEpisode = EPISODE, of: Operation | None = None, **change: object) -> tuple[str, ...]:
    patient = Patient(7, "196812099874", episodes=(episode,), operations=(of or operation(1),))
    return missing(replace(LINK, **change), patient, TABLES)  # type: ignore[arg-type]


def test_a_link_that_everything_is_known_of_lacks_nothing() -> None:
    assert lacking() == ()


def test_what_the_data_does_not_tell_is_said() -> None:
    unknown = EventKey(2, "hip", "unknown")
    assert lacking(key=unknown) == ("Sidan framgår inte av underlaget",)
    assert lacking(key=EventKey(2, "", "")) == (
        "Leden framgår inte av underlaget",
        "Sidan framgår inte av underlaget",
    )
    sideless = replace(operation(1, side="unknown"), index_ref=LINK.index_ref)
    assert lacking(of=sideless) == ("Primäroperationens sida framgår inte av underlaget",)
    assert lacking(replace(EPISODE, cost=None)) == ("Kostnad saknas",)
    assert lacking(triggers=("NFC49",)) == ("Ingen diagnos som stöder koden",)


def test_the_day_of_a_procedure_is_missed_only_where_a_procedure_triggered() -> None:
    undated = replace(EPISODE, procedures_dated=False)
    assert lacking(undated) == ("Åtgärdsdatum saknas: inskrivningsdagen används",)
    assert lacking(undated, triggers=("T845F",)) == ()
