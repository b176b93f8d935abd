"""A patient's extract of the log: every number, units and moments, staff only if chosen, and its own disclosure."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.access_log import EXTRACT, LogQuery
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import access_log, log_extracts
from kvalitetsapp.services.log_extracts import ExtractOrder
from kvalitetsapp.store import disclosures
from support import logged_store, pdf, tagged_pdf
from support.logged_store import ANOTHER, EARLIER, PERSON
from support.reviewing import ANNA, BO, CIA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with logged_store.make(tmp_path) as made:
        made.store.at_work = type(made.store.at_work)("Ortopedkliniken", "log_controller")
        yield made


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))


def test_the_extract_has_every_entry_by_every_number_and_only_those(workspace: Workspace) -> None:
    data = log_extracts.gather(workspace, ExtractOrder("19681209-9874"))
    assert (data.patient, data.other_numbers) == (PERSON, (EARLIER,))
    assert all({PERSON, EARLIER} & set(one.patients) for one in data.entries)
    assert {ANNA, BO} <= {one.who for one in data.entries}
    assert [one.entry for one in data.entries] == sorted((one.entry for one in data.entries), reverse=True)


def test_files_are_written_and_the_disclosure_is_logged(workspace: Workspace, tmp_path: Path) -> None:
    paths = (tmp_path / "utdrag.pdf", tmp_path / "utdrag.csv")
    done = log_extracts.write(workspace, ExtractOrder(PERSON), *paths)
    rows = rows_of(paths[1])
    assert len(rows) == done.entries > 0
    assert list(rows[0]) == [column.name for column in EXTRACT if column.name != "who"]
    text = pdf.read(paths[0].read_bytes()).text
    assert PERSON in text
    for name in (ANNA, BO, ANOTHER):
        assert name not in text + paths[1].read_text("utf-8-sig")
    latest = access_log.page(workspace, LogQuery(), limit=1).entries[0]
    assert (latest.who, latest.action, latest.target) == (CIA, log_extracts.EXTRACTED, "Patienten")
    assert set(latest.patients) == {PERSON, EARLIER}
    logged = disclosures.all_disclosures(workspace.store)[0]
    assert (logged.receiver, logged.who) == ("Patienten", CIA)
    assert "19681209-••••" in logged.what
    assert "8 kap. 5 §" in logged.ground


def test_the_staff_s_names_are_told_only_if_chosen(workspace: Workspace, tmp_path: Path) -> None:
    order = ExtractOrder(PERSON, with_names=True, receiver="Patientens ombud")
    log_extracts.write(workspace, order, tmp_path / "a.pdf", tmp_path / "a.csv")
    assert {ANNA, BO} <= {row["who"] for row in rows_of(tmp_path / "a.csv")}
    assert BO in pdf.read((tmp_path / "a.pdf").read_bytes()).text


def test_the_same_data_give_the_same_tagged_bytes(workspace: Workspace) -> None:
    from kvalitetsapp.reports import log_extract

    data = log_extracts.gather(workspace, ExtractOrder(PERSON))
    content = log_extract.build(data)
    assert content == log_extract.build(data)
    assert tagged_pdf.read(content).of("Table")


def test_a_patient_without_entries_gets_a_paper_that_says_so(workspace: Workspace, tmp_path: Path) -> None:
    day = workspace.today - timedelta(days=30)
    log_extracts.write(workspace, ExtractOrder(PERSON, day, day), tmp_path / "a.pdf")
    assert "Loggen har inga poster" in pdf.read((tmp_path / "a.pdf").read_bytes()).text


def test_what_cannot_be_extracted_leaves_neither_file_nor_entry(workspace: Workspace, tmp_path: Path) -> None:
    before = access_log.page(workspace, LogQuery()).total
    same = tmp_path / "a.pdf"
    for order, csv_file in (
        (ExtractOrder(""), None),
        (ExtractOrder(PERSON, receiver=f"till {ANOTHER}"), None),
        (ExtractOrder(PERSON), same),
    ):
        with pytest.raises(InputError):
            log_extracts.write(workspace, order, same, csv_file)
    with pytest.raises(RefusedError):
        log_extracts.write(workspace, ExtractOrder(PERSON), tmp_path / "saknas" / "a.pdf")
    assert not same.exists()
    assert access_log.page(workspace, LogQuery()).total == before


def test_a_file_s_name_never_tells_the_patient(workspace: Workspace) -> None:
    assert PERSON not in log_extracts.file_name(workspace, "pdf")
