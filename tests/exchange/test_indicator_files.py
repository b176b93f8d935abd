"""Indicators from TOML and back: what is right is read as it was written, what is wrong is told key by key."""

from __future__ import annotations

import csv
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from kvalitetsapp import settings
from kvalitetsapp.domain import indicator_reading
from kvalitetsapp.domain.adverse_event import GROUPS
from kvalitetsapp.domain.indicator import CodeSpan, Counted, Indicator, Measure
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.indicator_files import of_content, read_indicators
from kvalitetsapp.exchange.indicator_writing import written
from support.any_indicators import indicators, recipe

if TYPE_CHECKING:
    from pathlib import Path

OUTCOMES = settings.resources_dir() / "indicators" / "outcomes.toml"
MINIMAL = """
[[indicator]]
id = "{id}"
version = "1"
name = "a"
purpose = "a"
numerator = "a"
denominator = "a"
exclusions = "Inga"
source = "a"
measure = "share"
direction = "low"
level = ["provider"]
count = {{kind = "death"}}
window = {{last = {last}}}
"""


def faults(**parts: object) -> list[str]:
    read = indicator_reading.read(recipe(**parts))
    assert isinstance(read, tuple), read
    assert all(each.message for each in read)
    return [each.field for each in read]


@given(indicators())
def test_whatever_a_recipe_says_is_read_back(one: Indicator) -> None:
    read = of_content(written([one]).encode(), "x.toml")
    assert (read.faults, read.indicators) == ((), (one,))


def test_several_recipes_are_read_back_in_their_order() -> None:
    shipped = read_indicators(OUTCOMES, family="outcomes")
    assert shipped.faults == ()
    again = of_content(written(shipped.indicators).encode(), "x.toml", family="outcomes")
    assert again == shipped


def test_what_comes_along_has_its_source_a_window_that_its_words_tell_and_is_not_said_to_be_checked() -> None:
    for one in read_indicators(OUTCOMES).indicators:
        told = f"{one.numerator} {one.denominator}"
        assert not one.verified, one.indicator_id
        assert "inte jämfört med källan" in one.note, one.indicator_id
        assert one.window.last is None or str(one.window.last) in told, one.indicator_id
        assert one.count.kind is not Counted.ANSWER or str(one.follow_up_days) in told, one.indicator_id


def test_everything_that_the_department_follows_comes_along() -> None:
    ids = {one.indicator_id for one in read_indicators(OUTCOMES).indicators}
    assert {f"{what}_{when}" for what in ("reoperation", "revision") for when in ("30d", "90d", "2y")} <= ids
    assert {f"{what}_2y_{kind}_knee" for what in ("reoperation", "revision") for kind in ("total", "partial")} <= ids
    assert {"adverse_events_30d", "adverse_events_90d", "infection_confirmed_2y", "infection_coded_2y"} <= ids
    assert {"dislocation_2y", "periprosthetic_fracture_2y", "thromboembolism_90d", "readmission_30d"} <= ids
    assert {"death_90d", "length_of_stay", "day_surgery", "not_revised_2y", "satisfaction_1y", "prem"} <= ids
    assert {f"{form}_gain_1y" for form in ("hoos12", "koos12", "eq5d", "eqvas")} <= ids
    assert {"register_coverage"} <= ids


def test_the_norwegian_form_is_the_only_share_of_those_without() -> None:
    without = [one for one in read_indicators(OUTCOMES).indicators if one.measure is Measure.SHARE_WITHOUT]
    assert [(one.indicator_id, one.benchmark) for one in without] == [("not_revised_2y", "not_revised_2y")]


def test_the_groups_of_adverse_events_are_those_of_the_instrument() -> None:
    path = settings.resources_dir() / "codes" / "adverse_events.csv"
    with path.open(encoding="utf-8", newline="") as file:
        groups = {row["group"] for row in csv.DictReader(file, delimiter=";")}
    assert set(GROUPS) == groups | {"DB", "DM"}


def test_codes_are_normalised_and_keep_their_days() -> None:
    codes = [{"code": "t84.5 f", "prefix": True, "valid_from": date(2015, 1, 1), "valid_to": date(2015, 1, 1)}]
    read = indicator_reading.read(recipe(count={"kind": "codes", "codes": codes}))
    assert isinstance(read, Indicator)
    assert read.count.codes == (
        CodeSpan("T845F", prefix=True, valid_from=date(2015, 1, 1), valid_to=date(2015, 1, 1)),
    )


@pytest.mark.parametrize(
    ("parts", "keys"),
    [
        ({"id": None}, ["id"]),
        ({"id": "Stor bokstav"}, ["id"]),
        ({"name": " "}, ["name"]),
        ({"purpose": 1, "source": ["x"]}, ["purpose", "source"]),
        ({"note": "Se 196812099874"}, ["note"]),
        ({"measure": "rate"}, ["measure"]),
        ({"direction": "up", "level": ["country", "year"]}, ["direction", "level"]),
        ({"level": []}, ["level"]),
        ({"level": ["year", "year"]}, ["level"]),
        ({"level": "year"}, ["level"]),
        ({"verified": "ja"}, ["verified"]),
        ({"decimals": 5}, ["decimals"]),
        ({"decimals": True}, ["decimals"]),
        ({"numinator": "x"}, ["numinator"]),
        ({"count": None}, ["count"]),
        ({"count": "linked"}, ["count"]),
        ({"count": {"kind": "linkade"}}, ["count.kind"]),
        ({"count": {"kind": "linked", "klass": []}}, ["count.klass"]),
        ({"count": {"kind": "linked", "levels": ["open"], "classes": ["burn"]}}, ["count.levels", "count.classes"]),
        ({"count": {"kind": "adverse", "groups": ["DX"]}}, ["count.groups"]),
        ({"cohort": {"joints": ["elbow"], "prostheses": ["half"]}}, ["cohort.prostheses", "cohort.joints"]),
        (
            {"cohort": {"codes": [{"code": "?"}, {"kod": "NFB49"}]}},
            ["cohort.codes.1.code", "cohort.codes.2.kod", "cohort.codes.2.code"],
        ),
        ({"cohort": {"codes": ["NFB49"]}}, ["cohort.codes"]),
        ({"cohort": {"codes": [{"code": "NFB49"}, {"code": "nfb49"}]}}, ["cohort.codes.2.code"]),
        ({"window": {"last": -1}}, ["window.last"]),
        ({"window": {"last": 90, "anchor": "death"}}, ["window.anchor"]),
        ({"window": {"last": 90.0}}, ["window.last"]),
    ],
)
def test_what_cannot_be_read_is_told_at_its_key(parts: dict[str, object], keys: list[str]) -> None:
    assert faults(**parts) == keys


@pytest.mark.parametrize(
    ("days", "key"),
    [
        ({"valid_from": date(2020, 1, 2), "valid_to": date(2020, 1, 1)}, "valid_to"),
        ({"valid_from": "2020-01-01"}, "valid_from"),
        ({"valid_to": datetime(2020, 1, 1)}, "valid_to"),  # noqa: DTZ001 - as TOML tells a moment
        ({"prefix": 1}, "prefix"),
    ],
)
def test_days_that_a_code_cannot_have_are_told(days: dict[str, object], key: str) -> None:
    assert faults(count={"kind": "codes", "codes": [{"code": "T845F", **days}]}) == [f"count.codes.1.{key}"]


ANSWER = {"kind": "answer", "instruments": ["hoos12"], "occasion": "1y"}


@pytest.mark.parametrize(
    ("parts", "keys"),
    [
        ({"count": {"kind": "stay"}, "window": None}, ["measure"]),
        ({"measure": "mean"}, ["measure"]),
        ({"measure": "mean", "count": {**ANSWER, "answered": "reached", "at_least": 60}, "window": None}, ["measure"]),
        ({"count": {"kind": "death", "classes": ["infection"]}}, ["count.classes"]),
        ({"count": {"kind": "linked", "position": "main"}}, ["count.position"]),
        ({"count": {"kind": "codes"}}, ["count.codes"]),
        ({"count": {"kind": "published"}, "window": None}, ["count.published"]),
        ({"measure": "mean", "count": {"kind": "answer"}, "window": None}, ["count.instruments", "count.occasion"]),
        ({"measure": "mean", "count": {**ANSWER, "occasion": "3y"}, "window": None}, ["count.occasion"]),
        ({"measure": "mean", "count": {**ANSWER, "answered": "gain"}, "window": None}, ["count.before"]),
        (
            {"measure": "mean", "count": {**ANSWER, "answered": "gain", "before": "1y"}, "window": None},
            ["count.before"],
        ),
        ({"measure": "mean", "count": {**ANSWER, "before": "preop"}, "window": None}, ["count.before"]),
        ({"measure": "mean", "count": {**ANSWER, "at_most": 3}, "window": None}, ["count.at_most"]),
        ({"measure": "mean", "count": {**ANSWER, "at_least": float("nan")}, "window": None}, ["count.at_least"]),
        ({"count": {**ANSWER, "answered": "reached"}, "window": None}, ["count.at_least"]),
        ({"count": {**ANSWER, "answered": "reached", "at_least": 101}, "window": None}, ["count.at_least"]),
        ({"count": {**ANSWER, "answered": "reached", "at_least": 9, "at_most": 8}, "window": None}, ["count.at_most"]),
        (
            {"measure": "mean", "count": {**ANSWER, "instruments": ["eqvas"], "items": ["1"]}, "window": None},
            ["count.items"],
        ),
        ({"count": {"kind": "coverage"}}, ["window"]),
        ({"window": None}, ["window.last"]),
        ({"window": {"first": 91, "last": 90}}, ["window.last"]),
        (
            {"cohort": {"diagnoses": [{"code": "M161"}], "not_diagnoses": [{"code": "M16", "prefix": True}]}},
            ["cohort.not_diagnoses.1.code"],
        ),
    ],
)
def test_parts_that_contradict_each_other_are_refused(parts: dict[str, object], keys: list[str]) -> None:
    assert faults(**parts) == keys


def test_every_fault_of_a_file_is_told_with_its_recipe_and_the_right_ones_are_read() -> None:
    text = "[extra]\n" + MINIMAL.format(id="a_one", last=9) + MINIMAL.format(id="a_two", last='"9"')
    text += MINIMAL.format(id="a_one", last=8) + "[[indicator]]\n"
    read = of_content(text.encode(), "x.toml")
    assert [(one.indicator_id, one.window.last) for one in read.indicators] == [("a_one", 9)]
    places = [(one.indicator_id, one.key) for one in read.faults]
    assert places[:3] == [("", "extra"), ("a_two", "window.last"), ("a_one", "id")]
    assert ("nr 4", "id") in places
    assert read.faults[1].told() == "a_two, window.last: Ska vara ett heltal från 0 till 40000."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "innehåller inga indikatorer"),
        (b"indicator = 1", "innehåller inga indikatorer"),
        (b"[[indicator]", "är inte giltig TOML"),
        ("namn = 'Ö'".encode("cp1252"), "är inte UTF-8"),
    ],
)
def test_a_file_that_is_none_says_so(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_indicators(path)
