from __future__ import annotations

import csv
import shutil
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain import families
from kvalitetsapp.domain.words import Role
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.code_tables import read_code_tables
from support.reading import RESOURCES

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.codes import CodeTables


@pytest.fixture(scope="module")
def tables() -> CodeTables:
    return read_code_tables(RESOURCES, families.from_start())


def test_every_role_is_read(tables: CodeTables) -> None:
    assert len(tables.procedure_roles) == 526
    assert (tables.procedure_roles["NFB49"].joint, tables.procedure_roles["NFB49"].role) == ("hip", Role.PRIMARY)
    assert tables.procedure_roles["NGB59"].role is Role.ADDITION


def test_every_complication_is_read(tables: CodeTables) -> None:
    assert len(tables.complication_diagnoses) == 163
    by_key = {(each.code, each.joint): each for each in tables.complication_diagnoses}
    assert by_key["T845F", "hip"].window_days is None
    assert by_key["G570", "hip"].window_days == 365
    assert {each.prefix for each in tables.complication_diagnoses} <= {True, False}
    assert len(tables.complication_procedures) == 373
    assert tables.laterality == {"ZXA00": "right", "ZXA05": "left", "ZXA10": "both"}


@pytest.mark.parametrize(("name", "rows"), [("icd10se", 33547), ("kva", 10552)])
def test_titles_are_the_whole_list(tables: CodeTables, name: str, rows: int) -> None:
    titles = tables.diagnosis_titles if name == "icd10se" else tables.procedure_titles
    with (RESOURCES / "codes" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        expected = {row["code"]: row["title_sv"] for row in csv.DictReader(file, delimiter=";")}
    assert len(titles) == rows
    assert dict(titles) == expected
    assert "M169" in titles or name == "kva"
    assert "finns inte" not in titles


def test_the_version_changes_with_the_content_of_a_rule_table(tables: CodeTables, tmp_path: Path) -> None:
    copied = tmp_path / "codes"
    copied.mkdir()
    for path in (RESOURCES / "codes").glob("*.csv"):
        (copied / path.name).write_bytes(path.read_bytes())
    assert read_code_tables(tmp_path, families.from_start()).version == tables.version
    roles = copied / "procedure_roles.csv"
    roles.write_text(roles.read_text(encoding="utf-8").replace("closed_reduction", "other", 1), encoding="utf-8")
    assert read_code_tables(tmp_path, families.from_start()).version != tables.version


def test_titles_are_read_anew_by_the_next_store_that_is_opened_when_their_file_changes(tmp_path: Path) -> None:
    shutil.copytree(RESOURCES / "codes", tmp_path / "codes")
    assert read_code_tables(tmp_path, families.from_start()).procedure_titles
    titles = tmp_path / "codes" / "kva.csv"
    titles.write_text("code;title_sv\nNFB49;Ny titel\n", encoding="utf-8")
    assert read_code_tables(tmp_path, families.from_start()).procedure_titles == {"NFB49": "Ny titel"}


def test_missing_tables_are_one_swedish_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"procedure_roles\.csv.*Installera om"):
        read_code_tables(tmp_path, families.from_start())
