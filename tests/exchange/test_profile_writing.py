from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import kinds
from kvalitetsapp.exchange.foreign_ids import shortened
from kvalitetsapp.exchange.kinds import Reading
from kvalitetsapp.exchange.profile_writing import written
from kvalitetsapp.exchange.profiles import Profile, read_profile
from kvalitetsapp.exchange.text_parts import Part
from kvalitetsapp.exchange.wide_tables import Wide
from support.reading import read_text, records

if TYPE_CHECKING:
    from pathlib import Path

TEXT = st.text(st.characters(codec="utf-8"), max_size=12).filter(lambda text: identity.hidden(text) == text)
HEADER = TEXT.map(str.strip).filter(bool)
NUMBERED = HEADER.map(lambda text: f"{text}#")
FORMATS = st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%m/%d/%Y", "%Y-%m-%dT%H:%M:%SZ"])
FREE = {Reading.CHOICE, Reading.TEXT, Reading.AMOUNT, Reading.PROCEDURES, Reading.DIAGNOSES}


@st.composite
def made_profiles(draw: st.DrawFn) -> Profile:
    kind = draw(st.sampled_from(list(kinds.FIELDS)))
    fields = {each.name: each for each in kinds.FIELDS[kind]}
    free = [name for name, each in fields.items() if each.reading in FREE]
    constants = draw(st.dictionaries(st.sampled_from(free), TEXT, max_size=3)) if free else {}
    required = [name for name in kinds.required(kind) if name not in constants]
    others = draw(st.sets(st.sampled_from([name for name in fields if name not in constants] or required)))
    columns = {
        name: tuple(draw(st.lists(HEADER, min_size=1, max_size=3))) for name in dict.fromkeys([*required, *others])
    }
    names = st.sampled_from(list(fields))
    tables = st.dictionaries(TEXT.map(str.strip), TEXT, max_size=4)
    persons = [name for name, each in fields.items() if each.reading is Reading.PERSON]
    return Profile(
        kind,
        "profil",
        columns,
        constants,
        draw(st.dictionaries(st.sampled_from(free), tables, max_size=3)) if free else {},
        draw(st.sampled_from(["utf-8-sig", "cp1252", "auto", "utf-16"])),
        draw(st.sampled_from([";", ",", "\t", "|", "\x01", "\\", "§", "auto"])),
        draw(st.sampled_from([",", "."])),
        draw(FORMATS),
        title=draw(TEXT),
        sheet=draw(TEXT),
        header_row=draw(st.integers(1, 1000)),
        date_formats=draw(st.dictionaries(names, FORMATS, max_size=3)),
        prefixes=draw(st.dictionaries(names, TEXT, max_size=3)),
        optional=draw(st.frozensets(names, max_size=3)),
        shorten=frozenset(persons if draw(st.booleans()) else ()),
        parts=draw(st.dictionaries(names, st.sampled_from(Part), max_size=2)),
        wide=draw(st.none() | st.builds(Wide, st.lists(NUMBERED, min_size=1, max_size=2).map(tuple), HEADER, HEADER)),
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(profile=made_profiles())
def test_a_profile_that_is_written_and_read_is_the_same(tmp_path: Path, profile: Profile) -> None:
    path = tmp_path / "profil.toml"
    path.write_text(written(profile), encoding="utf-8", newline="\n")
    assert read_profile(path) == profile


@pytest.mark.parametrize(
    "profile",
    [
        Profile(KindOfFile.PERSONS, "p", {"personal_id": ("a",)}, values={"personal_id": {"x": "y"}}),
        Profile(KindOfFile.PERSONS, "p", {"personal_id": ("a",)}, values={"birth_date": {"x": "1968-12-09"}}),
        Profile(KindOfFile.PERSONS, "p", {}, {"personal_id": "196812099874"}),
        Profile(KindOfFile.PERSONS, "p", {"personal_id": ("a",)}, {"municipality": "19681209-9874"}),
        Profile(KindOfFile.PERSONS, "p", {"personal_id": ("a",)}, title="Uttag 681209-9874"),
        Profile(KindOfFile.VERDICTS, "p", {"event_ref": ("a",)}, values={"comment": {"x": "y"}}),
        Profile(KindOfFile.EPISODES, "p", {"unit": ("a",)}, values={"unit": {"196812099874": "x"}}),
    ],
)
def test_what_may_be_of_a_patient_is_never_written(profile: Profile) -> None:
    with pytest.raises(InputError, match="Profilen sparas inte"):
        written(profile)


UUID = "8d4c4326-e9de-4f45-9a4c-f8c36bff89ae"
FOREIGN = """
kind = "persons"
delimiter = ","
shorten = ["personal_id"]
[columns]
personal_id = "Id"
sex = "GENDER"
[values.sex]
"M" = "male"
"""


def test_another_countrys_long_number_becomes_the_same_short_one_everywhere(tmp_path: Path) -> None:
    content = f"Id,GENDER\n{UUID},M\n{UUID.upper()},M\n,M\n"
    found = read_text(tmp_path, "persons", content, encoding="utf-8", profile=FOREIGN)
    assert {row["personal_id"] for row in records(found)} == {shortened(UUID)}
    assert [reject.code for reject in found.rejects] == ["missing"]


def test_a_shortened_number_is_fifteen_letters_and_digits_and_never_a_personal_number() -> None:
    made = {shortened(f"person {number}") for number in range(20_000)}
    assert len(made) == 20_000
    assert {len(each) for each in made} == {15}
    assert all(identity.canonical(each, "2020-01-01") == each for each in made)
    assert shortened(" ") == ""


def test_only_numbers_of_persons_are_shortened(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="shorten"):
        read_text(tmp_path, "persons", "Id\n", profile=FOREIGN.replace('["personal_id"]', '["sex"]'))
