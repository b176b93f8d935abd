from __future__ import annotations

import csv
from typing import Any

import pytest

from kvalitetsapp import settings
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.inspection import Asked, FileSeen, Looks
from kvalitetsapp.domain.mapping import Certainty, ColumnMapping, Lacks, Why
from kvalitetsapp.exchange import kinds, matching
from kvalitetsapp.exchange.synonyms import read_synonyms
from support import seen

MAPPING = settings.resources_dir() / "mapping"
SYNONYMS = read_synonyms(MAPPING)
DAY: tuple[str, ...] = ("%Y-%m-%d",)
PROVIDERS = [("OSD", "Ortopedi Östersund"), ("P01", "Fjällkliniken"), ("P02", "Två lika"), ("P03", "Två lika")]
EPISODES: dict[str, tuple[Looks, list[str]]] = {
    "VÅRDKONTAKT_ID": (Looks.WHOLE_NUMBER, ["1", "2"]),
    "personnr": (Looks.PERSONAL_ID, ["196812099874", "196812099874"]),
    "Klinik": (Looks.TEXT, ["ortopedi östersund", "Två lika"]),
    "Vårdform": (Looks.TEXT, ["S", "hemma"]),
    "In datum": (Looks.DATE, ["2020-01-01", "2020-02-01"]),
    "Ut-datum": (Looks.DATE, ["2020-01-03", "2020-02-01"]),
    "Bidiagnos1": (Looks.DIAGNOSES, ["M160", ""]),
    "Bidiagnos2": (Looks.EMPTY, ["", ""]),
    "Bidiagnos10": (Looks.EMPTY, ["", ""]),
    "Åtgärd": (Looks.PROCEDURES, ["NFB49", "NGB49"]),
    "KPP": (Looks.TEXT, ["1,5", "cirka 4"]),
    "anteckning": (Looks.TEXT, ["a", "b"]),
}
DATES: dict[str, tuple[str, ...]] = {"In datum": DAY, "Ut-datum": DAY}


def suggest(
    columns: dict[str, tuple[Looks, list[str]]],
    kind: KindOfFile = KindOfFile.EPISODES,
    formats: dict[str, tuple[str, ...]] | None = None,
    providers: list[tuple[str, str]] | None = None,
) -> ColumnMapping:
    return matching.suggest(seen.file(columns, formats), kind, SYNONYMS, providers)


def sure(mapping: ColumnMapping) -> dict[str, tuple[str, ...]]:
    return {one.name: mapping.match(one.name).headers for one in mapping.wanted if mapping.match(one.name).headers}


def test_sure_columns_are_filled_in_whatever_their_case_accents_and_separators() -> None:
    mapping = suggest(EPISODES, formats=DATES)
    assert sure(mapping) == {
        "episode_id": ("VÅRDKONTAKT_ID",),
        "personal_id": ("personnr",),
        "care_form": ("Vårdform",),
        "admitted": ("In datum",),
        "discharged": ("Ut-datum",),
        "other_diagnoses": ("Bidiagnos#",),
        "procedures": ("Åtgärd",),
        "cost": ("KPP",),
    }
    assert all(mapping.match(name).certainty is Certainty.SURE for name in sure(mapping))


def test_a_likely_column_is_offered_and_counts_for_nothing_until_it_is_accepted() -> None:
    mapping = suggest(EPISODES, formats=DATES)
    match = mapping.match("provider_id")
    assert (match.headers, match.offered, match.certainty) == ((), ("Klinik",), Certainty.LIKELY)
    accepted = mapping.accept("provider_id")
    assert accepted.match("provider_id").headers == ("Klinik",)
    assert accepted.match("provider_id").certainty is Certainty.CHOSEN
    assert mapping.match("provider_id").headers == ()


def test_numbered_columns_stand_together_in_the_order_of_their_numbers() -> None:
    mapping = suggest(EPISODES, formats=DATES)
    assert [column.header for column in mapping.sources("other_diagnoses")] == [
        "Bidiagnos1",
        "Bidiagnos2",
        "Bidiagnos10",
    ]
    assert [column.header for column in mapping.unused()] == ["Klinik", "anteckning"]


def test_a_name_whose_content_is_something_else_is_not_sure() -> None:
    mapping = suggest({"Inskriven": (Looks.PERSONAL_ID, ["196812099874"])})
    match = mapping.match("admitted")
    assert (match.headers, match.offered, match.why) == ((), ("Inskriven",), Why.CONTRADICTED)


def test_two_columns_that_could_both_be_it_are_left_to_a_person() -> None:
    mapping = suggest({"Inskriven": (Looks.DATE, []), "Inskrivningsdatum": (Looks.DATE, [])})
    match = mapping.match("admitted")
    assert (match.headers, match.certainty, match.why) == ((), Certainty.LIKELY, Why.SEVERAL)


def test_the_canonical_name_goes_before_a_synonym() -> None:
    mapping = suggest({"cost": (Looks.AMOUNT, []), "Kostnad": (Looks.AMOUNT, [])})
    assert mapping.match("cost").headers == ("cost",)
    assert mapping.match("cost").why is Why.SAME_NAME


def test_content_alone_is_only_ever_offered() -> None:
    mapping = suggest(
        {
            "a": (Looks.PERSONAL_ID, ["196812099874", "196812099874"]),
            "slut": (Looks.DATE, ["2020-01-05", "2020-02-01"]),
            "b": (Looks.DATE, ["2020-01-01", "2020-02-01"]),
            "c": (Looks.PROCEDURES, ["NFB49", "NGB49"]),
        },
        formats={"slut": DAY, "b": DAY},
    )
    offered = {name: mapping.match(name).offered for name in ("personal_id", "procedures", "discharged")}
    assert offered == {"personal_id": ("a",), "procedures": ("c",), "discharged": ("slut",)}
    assert sure(mapping) == {}


def test_which_date_is_first_is_told_by_the_rows_when_no_name_tells() -> None:
    columns = {"x": (Looks.DATE, ["2020-01-05", "2020-02-01"]), "y": (Looks.DATE, ["2020-01-01", "2020-02-01"])}
    mapping = suggest(columns, formats={"x": DAY, "y": DAY})
    assert (mapping.match("admitted").offered, mapping.match("discharged").offered) == (("y",), ("x",))


def test_values_known_by_word_are_sure_numeric_codes_only_likely_and_others_open() -> None:
    mapping = suggest(
        {"Kön": (Looks.TEXT, ["Kvinna", "M", "1", "vet ej", "male"]), "Personnr": (Looks.PERSONAL_ID, [])},
        KindOfFile.PERSONS,
    )
    found = {one.value: (one.meaning, one.offered, one.is_decided) for one in mapping.values()}
    assert found == {
        "Kvinna": ("female", "", True),
        "M": ("male", "", True),
        "1": ("", "male", False),
        "vet ej": ("", "", False),
        "male": ("male", "", True),
    }
    assert mapping.tables() == {"sex": {"Kvinna": "female", "M": "male"}}


def test_providers_are_found_by_name_unless_two_share_it() -> None:
    mapping = suggest(EPISODES, formats=DATES, providers=PROVIDERS).accept("provider_id")
    found = {one.value: one.meaning for one in mapping.values() if one.column == "provider_id"}
    assert found == {"ortopedi östersund": "OSD", "Två lika": ""}
    assert [one.value for one in mapping.open() if one.lacks is Lacks.VALUE] == ["Två lika", "hemma"]


def test_a_value_may_be_left_as_it_is_or_left_empty_but_never_by_itself() -> None:
    mapping = suggest({"Kön": (Looks.TEXT, ["vet ej", "hen"])}, KindOfFile.PERSONS)
    decided = mapping.set_meaning("sex", "vet ej", "").set_meaning("sex", "hen", "hen")
    assert [one.value for one in decided.open() if one.lacks is Lacks.VALUE] == []
    assert decided.tables() == {"sex": {"vet ej": "", "hen": "hen"}}
    assert [one.value for one in decided.set_meaning("sex", "hen", None).open()] == ["", "hen"]


def test_a_column_whose_dates_can_be_read_two_ways_asks_and_only_where_it_is_read() -> None:
    two: tuple[str, ...] = ("%d/%m/%Y", "%m/%d/%Y")
    columns = {"In datum": (Looks.DATE, ["01/02/2024"]), "Född": (Looks.DATE, ["01/02/2024"])}
    mapping = suggest(columns, formats={"In datum": two, "Född": two})
    asked = [(one.column, one.header) for one in mapping.open() if one.lacks is Lacks.QUESTION]
    assert asked == [("admitted", "In datum")]
    answered = mapping.answer(Asked.DATE_FORMAT, "In datum", two[1])
    assert answered.date_format("admitted") == "%m/%d/%Y"
    assert [one for one in answered.open() if one.lacks is Lacks.QUESTION] == []


def test_foreign_numbers_that_no_import_would_take_are_asked_about() -> None:
    long = "8d4c4326-e9de-4f45-9a4c-f8c36bff89ae"
    mapping = suggest({"Personnr": (Looks.TEXT, [long])}, KindOfFile.PERSONS)
    assert [one.lacks for one in mapping.open()] == [Lacks.LONG_ID]
    assert mapping.set_shorten("personal_id", on=True).is_complete


@pytest.mark.parametrize("kind", list(kinds.FIELDS))
def test_a_file_in_standard_form_is_wholly_matched_and_of_its_own_kind(kind: KindOfFile) -> None:
    file: FileSeen = seen.file({name: (Looks.EMPTY, []) for name in kinds.names(kind)})
    mapping = matching.suggest(file, kind, SYNONYMS)
    assert sure(mapping) == {name: (name,) for name in kinds.names(kind)}
    assert matching.likely_kinds(file, SYNONYMS)[0] == (kind, 1.0)


def test_every_synonym_names_a_column_and_a_value_that_exist() -> None:
    columns: dict[str, set[str]] = {kind.value: set(kinds.names(kind)) for kind in kinds.FIELDS}
    columns["*"] = set().union(*columns.values())
    for row in _rows("synonyms.csv"):
        assert row["column"] in columns[row["kind"]], row
        assert row["certainty"] in {"sure", "likely"}
    choices: dict[str, set[str]] = {}
    for fields in kinds.FIELDS.values():
        for field in fields:
            choices.setdefault(field.name, set()).update(field.choices)
    for row in _rows("value_synonyms.csv"):
        assert row["value"] in choices[row["column"]], row


def test_a_number_never_surely_stands_for_a_word() -> None:
    assert [
        row for row in _rows("value_synonyms.csv") if row["synonym"].isdigit() and row["certainty"] == "sure"
    ] == []


def _rows(name: str) -> list[dict[str, Any]]:
    with (MAPPING / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))
