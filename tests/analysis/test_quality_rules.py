"""Every rule of data quality by example: what it points out, and what lies just beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from kvalitetsapp import settings
from kvalitetsapp.analysis import frames, linking
from kvalitetsapp.analysis.quality import deliveries, found, registry
from kvalitetsapp.domain import families
from kvalitetsapp.domain.quality import CellState, Origin
from kvalitetsapp.exchange.code_tables import read_code_tables
from kvalitetsapp.exchange.quality_rules import read_quality_rules
from support.made_frames import agreement

if TYPE_CHECKING:
    import pandas as pd

    from kvalitetsapp.domain.agreement import Agreement

RULES = read_quality_rules(settings.resources_dir() / "quality" / "rules.toml")
TABLES = read_code_tables(settings.resources_dir(), families.from_start())
STAY: dict[str, Any] = {
    "person": 1,
    "provider_id": "P01",
    "payer_route": "contract",
    "care_form": "inpatient",
    "admitted": "2020-03-02",
    "discharged": "2020-03-05",
    "main_diagnosis": "M169",
    "procedures": "NFB49 ZXA00",
    "price": 60_000_00,
}


@dataclass
class Stored:
    """What is stored, written down a row at a time, as the frames that rules are given."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    detail_rows: list[dict[str, Any]] = field(default_factory=list)
    person_rows: list[dict[str, Any]] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    code_tables: Any = TABLES
    sites: Any = field(default_factory=lambda: RULES.sites)

    def stay(self, ref: str, **told: object) -> Stored:
        self.rows.append({"episode": 100 + len(self.rows), "episode_ref": ref, **STAY, **told})
        return self

    def detail(self, ref: str, code: str, side: str = "", on: str = "") -> Stored:
        episode = next(row["episode"] for row in self.rows if row["episode_ref"] == ref)
        self.detail_rows.append({"episode": episode, "code": code, "side": side, "performed_on": on, "position": 0})
        return self

    def person(self, person: int = 1, **told: object) -> Stored:
        self.person_rows.append({"person": person, "identity": person, **told})
        return self

    def _frame(self, shape: dict[str, str], rows: list[dict[str, Any]]) -> pd.DataFrame:
        return frames.frame(shape, {name: [row.get(name) for row in rows] for name in shape})

    @property
    def episodes(self) -> pd.DataFrame:
        return self._frame(frames.EPISODES, self.rows)

    @property
    def prices(self) -> pd.DataFrame:
        return self._frame(found.PRICES, self.rows)

    @property
    def details(self) -> pd.DataFrame:
        return self._frame(frames.PROCEDURE_DETAILS, self.detail_rows)

    @property
    def persons(self) -> pd.DataFrame:
        return self._frame(frames.PERSONS, self.person_rows)

    @property
    def numbers(self) -> pd.DataFrame:
        return self._frame(found.PERSON_NUMBERS, self.person_rows)

    @property
    def providers(self) -> pd.DataFrame:
        told = (("OSD", "own"), ("P01", "private"), ("P02", "private"))
        return self._frame(frames.PROVIDERS, [{"provider_id": one, "name": one, "kind": kind} for one, kind in told])

    def _run(self) -> linking.LinkRun:
        empty = [self._frame(shape, []) for shape in (frames.VERDICTS, frames.PINS)]
        return linking.run(self.episodes, self.details, empty[0], empty[1], self.code_tables)

    @property
    def index_operations(self) -> pd.DataFrame:
        return self._run().index_operations

    @property
    def links(self) -> pd.DataFrame:
        return self._run().links

    @property
    def data_cut(self) -> date | None:
        return max((date.fromisoformat(row["discharged"]) for row in self.rows), default=None)


def pointed_out(rule: str, stored: Stored, **limits: int) -> list[str]:
    """Return the references that a rule points out."""
    told = RULES.rule(rule)
    assert told is not None
    frame = registry.FUNCTIONS[rule](stored, told.defaults() | limits)
    assert list(frame) == list(found.FOUND)
    assert frame["ref"].is_unique
    return [str(ref) for ref in frame["ref"]]


def facts(rule: str, stored: Stored, *names: str) -> list[tuple[object, ...]]:
    """Return columns of what a rule points out."""
    told = RULES.rule(rule)
    assert told is not None
    return frames.rows(registry.FUNCTIONS[rule](stored, told.defaults()), names)


def test_every_rule_that_is_worked_out_has_a_function_and_every_function_a_rule() -> None:
    assert {rule.rule_id for rule in RULES.rules if rule.origin is Origin.ANALYSIS} == set(registry.FUNCTIONS)


@pytest.mark.parametrize("rule", list(registry.FUNCTIONS))
def test_nothing_stored_is_nothing_pointed_out(rule: str) -> None:
    assert pointed_out(rule, Stored()) == []


@pytest.mark.parametrize("rule", list(registry.FUNCTIONS))
def test_a_plain_operation_is_pointed_out_by_no_rule(rule: str) -> None:
    stored = Stored(agreements=[agreement(unit_price=60_000_00)]).stay("f/1")
    stored.person(birth_date="1950-01-01", number_birth="1950-01-01", sex="male", number_sex="male")
    assert pointed_out(rule, stored) == []


def test_a_code_in_no_table_is_told_once_per_episode_wherever_it_stands() -> None:
    stored = Stored().stay("f/1", main_diagnosis="M16Q9", other_diagnoses="I109 HÖFT", procedures="NFB77 NFB49")
    stored.stay("f/2").detail("f/2", "XXX99")
    assert facts("unknown_code", stored, "ref", "value") == [("f/1", "M16Q9 HÖFT NFB77"), ("f/2", "XXX99")]


def test_an_episode_without_main_diagnosis_is_told() -> None:
    assert pointed_out("no_diagnosis", Stored().stay("f/1").stay("f/2", main_diagnosis="")) == ["f/2"]


@pytest.mark.parametrize(
    ("procedures", "main", "others", "wrong"),
    [
        ("NGC49", "T845F", "", True),
        ("NGC49", "T845G", "", False),
        ("NGC49", "T845", "", False),  # no letter, no joint
        ("NGC49", "T845G", "T845F", False),  # one of them is of the joint
        ("NGB49", "M169", "", True),
        ("NGB49 NFB49", "M169", "", False),
        ("", "M169", "", False),
    ],
)
def test_surgery_on_one_joint_with_diagnoses_of_another_is_told(
    procedures: str, main: str, others: str, *, wrong: bool
) -> None:
    stored = Stored().stay("f/1", procedures=procedures, main_diagnosis=main, other_diagnoses=others)
    assert pointed_out("joint_contradicts_diagnosis", stored) == (["f/1"] if wrong else [])


def test_r1_an_operation_without_a_side_is_told_until_the_procedures_file_tells_it() -> None:
    stored = Stored().stay("f/1", procedures="NFB49")
    assert pointed_out("side_missing", stored) == ["f/1/hip/unknown"]
    assert pointed_out("side_missing", stored.detail("f/1", "NFB49", "left")) == []


def test_nobody_is_asked_for_the_side_of_what_has_none() -> None:
    everything = read_code_tables(settings.resources_dir(), families.ids())
    stored = Stored(code_tables=everything).stay("f/1", procedures="JDF11 ZXA00 ZXA05", main_diagnosis="K567")
    assert len(stored.index_operations) == 1
    for rule in ("side_missing", "side_codes_contradict", "joint_contradicts_diagnosis"):
        assert pointed_out(rule, stored) == []
    assert pointed_out("joint_contradicts_diagnosis", stored.stay("f/2", other_diagnoses="K567")) == []


def test_r1_both_sides_for_one_procedure_contradict_but_not_for_two() -> None:
    stored = Stored().stay("f/1", procedures="NFB49 ZXA00 ZXA05").stay("f/2", procedures="NFB49 ZXA00 NFB49 ZXA05")
    stored.stay("f/3", procedures="NFB49 ZXA10").stay("f/4", procedures="ZXA00 ZXA05")
    assert facts("side_codes_contradict", stored, "ref", "value", "against") == [("f/1", "ZXA00 ZXA05", "NFB49")]


def test_r1_the_procedures_file_against_the_only_side_code() -> None:
    stored = Stored()
    for ref, code, side in (("f/1", "ZXA00", "left"), ("f/2", "ZXA00", "right"), ("f/3", "ZXA00 ZXA05", "left")):
        stored.stay(ref, procedures=f"NFB49 {code}").detail(ref, "NFB49", side)
    stored.stay("f/4").detail("f/4", "NFB49")
    assert facts("side_differs", stored, "ref", "value", "against") == [("f/1", "Vänster", "ZXA00")]


def test_care_on_the_day_of_death_is_possible_and_care_the_day_after_is_not() -> None:
    stored = Stored().person(death_date="2020-03-02")
    stored.stay("f/1", procedures="").stay("f/2", procedures="", admitted="2020-03-03")
    assert facts("death_before_contact", stored, "ref", "value", "against") == [("f/2", "2020-03-03", "2020-03-02")]


def test_r11_an_operation_after_death_or_a_move_has_a_rule_of_its_own() -> None:
    stored = Stored().stay("f/1").person(death_date="2020-03-01", moved_out="2020-03-01")
    assert pointed_out("death_before_contact", stored) == []
    assert pointed_out("death_before_operation", stored) == ["f/1/hip/right"]
    assert pointed_out("moved_before_operation", stored) == ["f/1/hip/right"]


def test_nobody_is_cared_for_before_birth() -> None:
    stored = Stored().person(birth_date="2020-03-03").stay("f/1").stay("f/2", admitted="2020-03-03")
    assert pointed_out("born_after_care", stored) == ["f/1"]


def test_what_is_said_of_a_person_is_held_against_the_number() -> None:
    stored = Stored().person(1, sex="male", number_sex="female", birth_date="1950-01-02", number_birth="1950-01-01")
    stored.person(2, sex="", number_sex="female", birth_date="", number_birth="1950-01-01")
    stored.stay("f/1")
    assert facts("sex_differs", stored, "ref", "contact", "value", "against") == [("person/1", "f/1", "Man", "Kvinna")]
    assert facts("birth_date_differs", stored, "ref", "value", "against") == [("person/1", "1950-01-02", "1950-01-01")]


def test_death_before_birth_uses_the_number_where_the_file_tells_no_birth() -> None:
    stored = Stored().person(1, number_birth="1950-01-02", death_date="1950-01-01")
    stored.person(2, number_birth="1950-01-02", death_date="1950-01-02")
    assert pointed_out("death_before_birth", stored) == ["person/1"]


def test_r14_an_own_event_without_cost_is_told_and_a_cost_of_nought_is_a_value() -> None:
    event = {"payer_route": "own", "provider_id": "OSD", "procedures": "NFC49 ZXA00", "admitted": "2020-06-01"}
    stored = Stored().stay("f/1").stay("j/1", **event).stay("j/2", **event, cost=0)
    stored.stay("j/3", payer_route="own", procedures="", main_diagnosis="I109")
    assert pointed_out("missing_cost", stored) == ["j/1"]


def test_a_bought_operation_without_a_price_is_told_but_not_an_own_one() -> None:
    stored = Stored().stay("f/1", price=None).stay("j/1", person=2, provider_id="OSD", payer_route="own", price=None)
    assert pointed_out("missing_price", stored) == ["f/1/hip/right"]


def test_amounts_of_nought_are_told_and_missing_ones_are_not() -> None:
    stored = Stored().stay("f/1", price=0).stay("f/2", price=None, cost=0).stay("f/3", price=None).stay("f/4", price=1)
    assert pointed_out("zero_amount", stored) == ["f/1", "f/2"]


def test_the_limits_of_amounts_are_themselves_allowed() -> None:
    stored = Stored().stay("f/1", price=2_000_000_00).stay("f/2", price=2_000_000_01)
    stored.stay("f/3", price=500_00).stay("f/4", price=499_99)
    assert facts("cost_too_high", stored, "ref", "amount") == [("f/2", 2_000_000_01)]
    assert facts("cost_too_low", stored, "ref", "amount") == [("f/4", 499_99)]
    assert pointed_out("cost_too_high", stored, most=1_000_000) == ["f/1", "f/2"]


def test_a_low_amount_is_told_for_stays_with_surgery_alone() -> None:
    stored = Stored().stay("f/1", price=1, procedures="").stay("f/2", price=1, care_form="outpatient")
    assert pointed_out("cost_too_low", stored) == []


def test_r12_a_price_may_differ_by_the_limit_and_no_more() -> None:
    stored = Stored(agreements=[agreement(unit_price=60_000_00)])
    for number, price in enumerate((60_001_00, 60_001_01, 59_998_99)):
        stored.stay(f"f/{number}", person=number, price=price)
    assert facts("price_differs", stored, "ref", "amount", "expected") == [
        ("f/1", 60_001_01, 60_000_00),
        ("f/2", 59_998_99, 60_000_00),
    ]


def test_r12_two_operations_of_a_stay_are_two_prices_and_an_uncovered_one_is_not_judged() -> None:
    stored = Stored(agreements=[agreement(unit_price=60_000_00)])
    stored.stay("f/1", procedures="NFB49 ZXA10", price=120_000_00)
    stored.stay("f/2", person=2, procedures="NFB49 ZXA10", price=60_000_00)
    stored.stay("f/3", person=3, procedures="NFB49 ZXA00 NGB49 ZXA00", price=60_000_00)
    stored.stay("f/4", person=4, price=None)
    assert pointed_out("price_differs", stored) == ["f/2"]


def test_the_same_contact_from_another_source_is_told_once_with_the_one_before_it() -> None:
    stored = Stored().stay("f/1").stay("j/9", procedures="").stay("j/8", main_diagnosis="I109", procedures="")
    stored.stay("k/1", discharged="2020-03-06").stay("f/2")
    assert facts("duplicate_contact", stored, "ref", "value", "against") == [
        ("j/9", "M169", "f/1"),
        ("f/2", "M169", "j/9"),
    ]


def test_a_side_code_in_common_makes_no_double() -> None:
    stored = Stored().stay("f/1").stay("j/1", main_diagnosis="M179", procedures="NGB49 ZXA00")
    assert pointed_out("duplicate_contact", stored) == []


def test_a_procedure_on_the_first_and_last_day_is_inside_and_the_day_after_is_outside() -> None:
    stored = Stored()
    for ref, on in (("f/1", "2020-03-02"), ("f/2", "2020-03-05"), ("f/3", "2020-03-06"), ("f/4", "2020-03-01")):
        stored.stay(ref, procedure_date=on)
    stored.stay("f/5").detail("f/5", "NFB49", on="2020-03-09")
    assert pointed_out("procedure_outside_stay", stored) == ["f/3", "f/4", "f/5"]


def deliveries_of(counts: list[int], provider: str = "P01", stored: Stored | None = None) -> Stored:
    """Return that many contacts in each month from January 2020, and one of another provider that ends June."""
    stored = stored or Stored()
    for month, count in enumerate(counts, start=1):
        day = f"2020-{month:02d}-10"
        for number in range(count):
            stored.stay(f"{provider}/{month}-{number}", provider_id=provider, admitted=day, discharged=day)
    return stored


def ended(stored: Stored, day: str) -> Stored:
    return stored.stay("z/1", provider_id="P02", admitted=day, discharged=day)


def test_a_month_without_contacts_after_three_steady_ones_is_silent() -> None:
    stored = ended(deliveries_of([5, 5, 5, 0, 6]), "2020-06-30")
    rule = "silent_provider"
    assert facts(rule, stored, "ref", "value", "against") == [
        ("P01/2020-04", "2020-04", "5 5 5"),
    ]
    assert pointed_out(rule, stored, silent=2) == []
    assert pointed_out(rule, stored, contacts=6) == []
    assert pointed_out(rule, stored, delivered=2) == ["P01/2020-04"]


@pytest.mark.parametrize(
    ("counts", "cut", "silent"),
    [
        ([5, 5, 5], "2020-04-30", ["P01/2020-04"]),  # April has ended
        ([5, 5, 5], "2020-04-29", []),  # April has not
        ([5, 5, 5], "2020-06-15", ["P01/2020-04"]),
        ([5, 5, 4, 0, 5], "2020-06-30", []),  # not steady
        ([5, 5, 0, 5], "2020-06-30", []),  # too short before
    ],
)
def test_only_months_that_have_ended_can_be_silent(counts: list[int], cut: str, silent: list[str]) -> None:
    assert pointed_out("silent_provider", ended(deliveries_of(counts), cut)) == silent


def test_a_stretch_of_silent_months_is_one_row_from_first_to_last() -> None:
    stored = ended(deliveries_of([5, 5, 5]), "2020-06-15")
    assert facts("silent_provider", stored, "value") == [("2020-04 – 2020-05",)]


def test_the_states_of_months_tell_before_empty_silent_and_unfinished_apart() -> None:
    stored = ended(deliveries_of([0, 5, 5, 5, 0, 1, 0]), "2020-08-15")
    stored.stay("z/0", provider_id="P02", admitted="2020-01-03", discharged="2020-01-03")
    months = deliveries.by_month(stored, "all")
    assert months is not None
    rule = RULES.rule("silent_provider")
    assert rule is not None
    states = dict(zip(months.providers, deliveries.states(months, rule.defaults()), strict=True))
    assert [state.value for state in states["P01"]] == [
        "before",
        "delivered",
        "delivered",
        "delivered",
        "silent",
        "delivered",
        "empty",
        "unfinished",
    ]
    assert CellState.SILENT not in states["P02"]


def test_contacts_of_a_kind_are_counted_apart_and_amounts_among_them() -> None:
    stored = Stored().stay("f/1").stay("f/2", procedures="", care_form="outpatient", price=None)
    for kind, expected in (("all", (2, 1)), ("outpatient", (1, 0)), ("inpatient", (1, 1)), ("operations", (1, 1))):
        months = deliveries.by_month(stored, kind)
        assert months is not None
        assert (int(months.contacts.sum()), int(months.with_amount.sum())) == expected, kind


def test_many_followed_operations_without_any_event_are_told_and_one_event_is_enough() -> None:
    stored = Stored()
    for number in range(4):
        stored.stay(f"f/{number}", person=number)
    late = {"person": 9, "admitted": "2020-09-01", "discharged": "2020-09-02"}
    stored.stay("f/9", **late)
    assert pointed_out("no_events", stored, operations=4) == ["P01"]
    assert pointed_out("no_events", stored, operations=5) == []  # the latest is not followed for 90 days
    stored.stay("j/1", person=1, procedures="NFC49 ZXA00", admitted="2020-05-01", discharged="2020-05-02")
    assert pointed_out("no_events", stored, operations=4) == []


def test_the_region_itself_is_not_asked_about_its_own_events() -> None:
    stored = (
        Stored().stay("j/1", provider_id="OSD").stay("j/2", person=2, admitted="2021-01-01", discharged="2021-01-02")
    )
    assert pointed_out("no_events", stored, operations=1) == []
