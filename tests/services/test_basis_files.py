"""The files of a document: all or none, the same again, patient data behind the password and nowhere else."""

from __future__ import annotations

import csv
import io
import re
import sys
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pypdf
import pypdfium2
import pytest

from kvalitetsapp.domain.basis import CreditLine
from kvalitetsapp.domain.claim_words import BasisStep, CreditReason
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import bases, basis_files, credit_notes
from kvalitetsapp.store import audit
from kvalitetsapp.store import bases as store
from support import made_claims, made_stores, pdf, reviewing
from support.whole_store import left_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.basis import BasisView
    from kvalitetsapp.services.workspace import Workspace

PASSWORD = "vinter regn häst 7"
KINDS = ("-specifikation.pdf", ".csv", ".pdf", ".xlsx")
# What a specification tells of a person, in every way that it could be written.
PATIENT = ("196812099874", "19681209-9874", "681209", "T845", "T84.5", "NFC49", "bok/2", "2020-03-02", "2020-03-05")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Return the small store with a document of a claim of two lines."""
    with left_whole(made_stores.opened(tmp_path, _with_a_document)) as opened:
        yield opened


def _with_a_document(folder: Path) -> Workspace:
    made = reviewing.make(folder)
    made_claims.set_up(made)
    with made.store.transaction():
        made.store.write("UPDATE episodes SET unit = '=1+1', drg = 'H05C' WHERE episode_id = '2'")
    bases.issue(made, [made_claims.approved(made, 1_000_00, 250_50)], issued_on=date(2026, 2, 1))
    return made


@pytest.fixture
def view(workspace: Workspace) -> BasisView:
    (only,) = bases.all_bases(workspace)
    return only


def credited(workspace: Workspace, view: BasisView) -> BasisView:
    line = CreditLine(1, 400_00, CreditReason.WRONG_PRICE, "=fel prisår")
    note = credit_notes.issue(workspace, view.basis.basis, [line], issued_on=date(2026, 2, 2)).basis
    assert note is not None
    return bases.view(workspace, note.number)


def written(workspace: Workspace, view: BasisView, folder: Path) -> dict[str, bytes]:
    done = basis_files.write(workspace, view, folder, PASSWORD)
    assert done.faults == ()
    return {path.name.removeprefix(view.basis.number): path.read_bytes() for path in done.paths}


def opened(content: bytes, password: str = PASSWORD) -> pypdf.PdfReader:
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert reader.is_encrypted
    assert reader.decrypt(password)
    return reader


def attached(content: bytes) -> list[dict[str, str]]:
    (files,) = opened(content).attachments.values()
    return list(csv.DictReader(io.StringIO(files[0].decode("utf-8-sig")), delimiter=";"))


def everything(files: dict[str, bytes]) -> str:
    """Return every word of the files that are not behind the password."""
    book = openpyxl.load_workbook(io.BytesIO(files[".xlsx"]))
    cells = [str(cell) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row]
    return "\n".join([pdf.read(files[".pdf"]).text, files[".csv"].decode(), *cells, files.get(".xml", b"").decode()])


def test_every_file_is_written_and_noted_as_one_step(workspace: Workspace, view: BasisView, tmp_path: Path) -> None:
    files = written(workspace, view, tmp_path)
    assert set(KINDS) <= set(files)
    (step,) = bases.view(workspace, view.basis.number).steps
    assert step.kind is BasisStep.FILES
    assert all(view.basis.number + kind in step.content["files"] for kind in files)
    assert audit.entries(workspace.store)[0].action == "basis_files_written"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_they_are_the_same_again_but_for_the_salt_of_the_encryption(
    workspace: Workspace, view: BasisView, tmp_path: Path
) -> None:
    first, second = written(workspace, view, tmp_path), written(workspace, view, tmp_path)
    assert {kind for kind in first if first[kind] != second[kind]} == {"-specifikation.pdf"}
    one, other = (opened(files["-specifikation.pdf"]) for files in (first, second))
    assert [page.extract_text() for page in one.pages] == [page.extract_text() for page in other.pages]
    assert attached(first["-specifikation.pdf"]) == attached(second["-specifikation.pdf"])


@pytest.mark.parametrize("credit", [False, True])
def test_nothing_of_a_patient_is_in_what_is_not_behind_the_password(
    workspace: Workspace, view: BasisView, tmp_path: Path, *, credit: bool
) -> None:
    files = written(workspace, credited(workspace, view) if credit else view, tmp_path)
    told = everything(files)
    names = {"Bo Granskare", "infection", "Infektion", "Höft", "Säkert samband", "2021-03-14", "2020-01-01"}
    assert [secret for secret in (*PATIENT, *names) if secret in told] == []
    assert not re.search(r"(?:19|20)\d{6}-?\d{4}(?!\d)", told.replace(view.basis.number, ""))
    assert "Vård efter komplikation, krav K-2026-0000" in told
    raw = files["-specifikation.pdf"]
    assert not any(secret.encode() in raw for secret in PATIENT)


def test_the_specification_opens_with_its_password_alone(
    workspace: Workspace, view: BasisView, tmp_path: Path
) -> None:
    content = written(workspace, view, tmp_path)["-specifikation.pdf"]
    assert b"/AESV3" in content
    assert content.startswith(b"%PDF-2.0")
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert reader.trailer["/Encrypt"]["/R"] == 6  # type: ignore[index]
    assert reader.decrypt("något annat helt") is pypdf.PasswordType.NOT_DECRYPTED
    assert reader.decrypt(PASSWORD) is pypdf.PasswordType.OWNER_PASSWORD
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(content, password="något annat helt")
    document = pypdfium2.PdfDocument(content, password=PASSWORD)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    for told in ("19681209-9874", "T845", "NFC49", "H05C", "02 Slutenvård", "Infektion", "Säkert samband", "KPP 2020"):
        assert told in text.replace("\ufffe", ""), told


def test_the_table_inside_adds_up_to_the_document_and_holds_no_formula(
    workspace: Workspace, view: BasisView, tmp_path: Path
) -> None:
    rows = attached(written(workspace, view, tmp_path)["-specifikation.pdf"])
    assert [row["personal_id"] for row in rows] == ["196812099874"] * 2
    assert [row["net"] for row in rows] == ["1000.00", "250.50"]
    assert (rows[0]["unit"], rows[0]["care_form"], rows[0]["drg"]) == ("'=1+1", "02", "H05C")
    note = credited(workspace, view)
    (row,) = attached(written(workspace, note, tmp_path)["-specifikation.pdf"])
    assert (row["net"], row["gross"], row["line"]) == ("400.00", "90000.00", "1")


def test_csv_and_workbook_tell_the_same_as_the_document(workspace: Workspace, view: BasisView, tmp_path: Path) -> None:
    files = written(workspace, credited(workspace, view), tmp_path)
    (row,) = csv.DictReader(io.StringIO(files[".csv"].decode("utf-8-sig")), delimiter=";")
    assert (row["document_type"], row["amount"], row["credit_reason"]) == ("381", "400.00", "2")
    assert (row["credited_number"], row["credited_line"], row["reason"]) == (view.basis.number, "1", "'=fel prisår")
    book = openpyxl.load_workbook(io.BytesIO(files[".xlsx"]))
    assert book.sheetnames == ["Kreditunderlag", "Rader"]
    facts = {str(row[0]): row[1] for row in book["Kreditunderlag"].iter_rows(min_row=2, values_only=True)}
    assert facts["Krediterar"] == f"{view.basis.number} av den 2026-02-01"
    assert book["Rader"].cell(2, 14).value == 400
    assert book["Rader"].cell(2, 18).data_type == "s"


@pytest.mark.parametrize("password", ["kort", "ZVF2321009991"])
def test_a_weak_password_is_refused_at_its_field_and_nothing_is_written(
    workspace: Workspace, view: BasisView, tmp_path: Path, password: str
) -> None:
    folder = tmp_path / "ut"
    folder.mkdir()
    done = basis_files.write(workspace, view, folder, password)
    assert [one.field for one in done.faults] == ["password"]
    assert (done.paths, list(folder.iterdir()), bases.view(workspace, view.basis.number).steps) == ((), [], ())


def test_a_password_of_the_program_works_and_none_is_kept(
    workspace: Workspace, view: BasisView, tmp_path: Path
) -> None:
    password = basis_files.new_password()
    done = basis_files.write(workspace, view, tmp_path, password)
    (sealed,) = (path for path in done.paths if path.name.endswith("-specifikation.pdf"))
    opened(sealed.read_bytes(), password)
    kept = [
        str(row)
        for table in ("audit", "basis_steps", "bases", "meta")
        for row in workspace.store.rows(f"SELECT * FROM {table}")
    ]
    assert not any(password in row for row in kept)


def test_what_cannot_be_written_whole_leaves_what_lay_there(
    workspace: Workspace, view: BasisView, tmp_path: Path
) -> None:
    number = view.basis.number
    (tmp_path / f"{number}.pdf").write_bytes(b"earlier")
    (tmp_path / f"{number}.xlsx").mkdir()
    (tmp_path / f"{number}.xlsx" / "i vägen").touch()
    with pytest.raises(RefusedError, match=re.escape(f"{number}.xlsx")):
        basis_files.write(workspace, view, tmp_path, PASSWORD)
    assert (tmp_path / f"{number}.pdf").read_bytes() == b"earlier"
    assert not (tmp_path / f"{number}.csv").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
    assert bases.view(workspace, number).steps == ()
    with pytest.raises(RefusedError, match="kunde inte skrivas"):
        basis_files.write(workspace, view, tmp_path / "saknas", PASSWORD)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are not told by mode bits there")
def test_the_file_is_readable_for_its_owner_only(workspace: Workspace, view: BasisView, tmp_path: Path) -> None:
    written(workspace, view, tmp_path)
    assert {path.stat().st_mode & 0o077 for path in tmp_path.glob("ZVF*")} == {0}


def test_the_specification_of_a_joined_number_is_under_the_number_that_counts(
    workspace: Workspace, tmp_path: Path
) -> None:
    made_claims.set_up(workspace)
    with workspace.store.transaction():
        new = workspace.store.write(
            "INSERT INTO identities (personal_id) VALUES ('195403159865') ON CONFLICT DO NOTHING"
        )
        kept = workspace.store.value("SELECT identity FROM identities WHERE personal_id = '195403159865'")
        old = workspace.store.value("SELECT identity FROM identities WHERE personal_id = '196812099874'")
        batch = workspace.store.value("SELECT max(batch) FROM import_batches")
        workspace.store.write("INSERT INTO aliases (identity, same_as, batch) VALUES (?, ?, ?)", (old, kept, batch))
    assert new is not None
    basis = bases.issue(workspace, [made_claims.approved(workspace, 100)], issued_on=date(2026, 2, 1)).basis
    assert basis is not None
    (line,) = store.specification(workspace.store, basis.basis)
    assert line.contact.personal_id == "195403159865"
