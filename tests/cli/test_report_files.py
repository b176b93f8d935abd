"""`report claims` and `report cases`, and `--xlsx`, by command."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
from pypdf import PasswordType, PdfReader

from kvalitetsapp.cli.main import main
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_reports_and_their_tables_and_the_annex_are_written_by_command(
    county_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
    store, out, tables = str(county_copy), tmp_path / "krav.pdf", tmp_path / "krav.xlsx"
    assert main(["--store", store, "report", "claims", "P01", "--out", str(out), "--xlsx", str(tables)]) == 0
    assert capsys.readouterr().err.count("Skrev ") == 2
    assert out.read_bytes().startswith(b"%PDF-")
    assert "Fjällkliniken" in {row[2] for row in openpyxl.load_workbook(tables)["Om rapporten"].values}
    annex = tmp_path / "bilaga.pdf"
    told = ["--receiver", "Verksamhetschefen", "--ground", "follow_up", "--new-password", "--identified"]
    assert main(["--store", store, "report", "cases", "P04", "--out", str(annex), *told]) == 0
    printed = capsys.readouterr()
    password = printed.out.strip()
    assert password not in printed.err
    reader = PdfReader(io.BytesIO(annex.read_bytes()))
    assert reader.decrypt(password) is not PasswordType.NOT_DECRYPTED
    signed = ["--by", "A. Exempel", "--role", "ekonomichef", "--claims"]
    assert main(["--store", store, "report", "sign", "--out", str(out), *signed]) == 0
    assert "är fastställd" in capsys.readouterr().err
    monkeypatch.setenv("KVALITETSAPP_FILEPASSWORD", "kort")
    assert main(["--store", store, "report", "cases", "P04", "--out", str(annex), *told[:4]]) == 2
    assert "för kort" in capsys.readouterr().err
