"""Chapters and sites of diagnosis codes against all codes that there are."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from kvalitetsapp.domain import families
from kvalitetsapp.domain.diagnosis_chapters import CHAPTERS, chapter_of
from kvalitetsapp.domain.diagnosis_sites import joint_of
from kvalitetsapp.exchange.code_tables import read_code_tables
from support.reading import RESOURCES

TABLES = read_code_tables(RESOURCES, families.from_start())
NAMED = {
    "hip": re.compile("höft|lår|coxa|bäcken", re.IGNORECASE),
    "knee": re.compile("knä|underben|genu|patella", re.IGNORECASE),
    "shoulder": re.compile("axel|överarm", re.IGNORECASE),
}


def test_there_are_22_chapters_and_none_runs_into_another() -> None:
    ranges = sorted((one.first, one.last) for one in CHAPTERS)
    assert len(ranges) == 22
    assert all(last < first for (_, last), (first, _) in pairwise(ranges))


def test_every_diagnosis_has_its_chapter() -> None:
    assert [code for code in TABLES.diagnosis_titles if chapter_of(code) is None] == []
    assert chapter_of("") is None


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("T845F", "XIX"),
        ("S7200", "XIX"),
        ("I269", "IX"),
        ("D48", "II"),
        ("D50", "III"),
        ("H599", "VII"),
    ],
)
def test_a_code_is_in_the_chapter_of_its_category(code: str, number: str) -> None:
    found = chapter_of(code)
    assert found is not None
    assert found.number == number


def test_the_letters_of_sites_mean_what_the_titles_of_all_codes_say() -> None:
    sited = {
        code: joint_of(code, TABLES)
        for code in TABLES.diagnosis_titles
        if code.startswith(("M", "T84", "T87", "Z966")) and len(code) == 5 and code[4].isalpha()
    }
    told = {code: joint for code, joint in sited.items() if joint}
    assert len(told) > 150
    assert [
        (code, TABLES.diagnosis_titles[code])
        for code, joint in told.items()
        if not NAMED[joint].search(TABLES.diagnosis_titles[code])
    ] == []


@pytest.mark.parametrize(
    ("code", "joint"),
    [
        ("T845F", "hip"),
        ("Z966G", "knee"),
        ("T840B", "shoulder"),
        ("M161", "hip"),
        ("M171", "knee"),
        ("S7210", "hip"),
        ("T845", ""),
        ("T845X", ""),
        ("E106G", ""),
        ("M350B", ""),
        ("I109", ""),
    ],
)
def test_a_code_tells_its_joint_or_nothing(code: str, joint: str) -> None:
    assert joint_of(code, TABLES) == joint
