"""An indicator as it is put together: read as it was typed, and what is wrong stands at the fields of the form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from kvalitetsapp.domain.indicator import CodeSpan, Indicator
from kvalitetsapp.domain.indicator_form import IndicatorForm, form_of, read
from support.any_indicators import indicators

GOOD = IndicatorForm(
    indicator_id="late_visits",
    name="Sena besök",
    purpose="a",
    numerator="b",
    denominator="c",
    exclusions="Inga",
    source="d",
    kind="codes",
    codes="T81.3\nT84* 2015-01-01–2020-12-31\n T814 –2019-12-31",
    last="1 000",
)


def faults(**typed: object) -> list[str]:
    found = read(replace(GOOD, **typed))  # type: ignore[arg-type]
    assert isinstance(found, tuple), found
    assert all(one.message for one in found)
    return [one.field for one in found]


def test_a_recipe_is_made_of_what_is_typed() -> None:
    found = read(GOOD, "3")
    assert isinstance(found, Indicator)
    assert found.count.codes == (
        CodeSpan("T813"),
        CodeSpan("T84", prefix=True, valid_from=date(2015, 1, 1), valid_to=date(2020, 12, 31)),
        CodeSpan("T814", valid_to=date(2019, 12, 31)),
    )
    assert (found.version, found.window.last, found.family) == ("3", 1000, "own")


@given(indicators())
def test_a_recipe_shown_and_read_again_is_the_same(one: Indicator) -> None:
    assert read(form_of(one), one.version) == one


def test_what_another_kind_left_behind_is_not_read() -> None:
    found = read(replace(GOOD, kind="stay", measure="mean", at_least="x", occasion="1y", classes=("infection",)))
    assert isinstance(found, Indicator)
    assert found.count.codes == ()
    assert found.window.last is None


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"indicator_id": ""}, ["indicator_id"]),
        ({"name": "", "source": " "}, ["name", "source"]),
        ({"note": "Se 196812099874"}, ["note"]),
        ({"kind": "everything"}, ["kind"]),
        ({"measure": "mean"}, ["measure"]),
        ({"codes": ""}, ["codes"]),
        ({"codes": "T813\n\nT84 i fjol"}, ["codes.2"]),
        ({"codes": "T813 2020-01-02–2020-01-01"}, ["codes.1"]),
        ({"cohort_codes": "NFB49\n??"}, ["cohort_codes.2"]),
        ({"not_diagnoses": "S72*", "diagnoses": "S720"}, ["not_diagnoses.1"]),
        ({"last": ""}, ["last"]),
        ({"last": "nittio"}, ["last"]),
        ({"first": "-1"}, ["first"]),
        ({"level": ()}, ["level"]),
        ({"decimals": "1,5"}, ["decimals"]),
        ({"joints": ("elbow",)}, ["joints"]),
    ],
)
def test_a_fault_stands_at_its_field(typed: dict[str, object], fields: list[str]) -> None:
    assert faults(**typed) == fields


def test_limits_are_typed_as_people_write_numbers() -> None:
    answer = {"kind": "answer", "instruments": ("hoos12",), "occasion": "1y", "answered": "reached"}
    found = read(replace(GOOD, **answer, at_least="62,5"))  # type: ignore[arg-type]
    assert isinstance(found, Indicator)
    assert found.count.at_least == 62.5
    assert form_of(found).at_least == "62,5"
    assert faults(**answer, at_least="mycket") == ["at_least"]
    assert faults(**answer) == ["at_least"]


@pytest.mark.parametrize(
    ("kind", "told", "nature"),
    [("death", "", "outcome"), ("day_surgery", "", "process"), ("day_surgery", "outcome", "outcome")],
)
def test_what_a_figure_says_something_about_follows_what_is_counted_unless_told(
    kind: str, told: str, nature: str
) -> None:
    last = "30" if kind == "death" else ""
    made = read(replace(GOOD, kind=kind, nature=told, last=last))
    assert isinstance(made, Indicator), made
    assert made.nature == nature
    assert form_of(made).nature == told
