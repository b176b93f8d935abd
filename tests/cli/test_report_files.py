"""Reports with their tables, the annex, and what is handed out again, by command."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
from pypdf import PasswordType, PdfReader

from kvalitetsapp.cli.main import main
from support import final_papers, leaving
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PAPERS = {
    "waiting": ["--waiting"],
    "equity": ["--equity", "reoperation_2y/hip"],
    "quarter": ["--quarter", final_papers.QUARTER.code],
    "gap": ["--gap", final_papers.GAP],
}


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


def test_what_may_leave_is_handed_out_again_and_all_providers_get_their_tables_by_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
    run = ["--store", str(leaving.make(tmp_path)), "report"]
    out, folder = tmp_path / "jämförelse.pdf", tmp_path / "alla"
    folder.mkdir()
    sign = [*run, "sign", "--out", str(out), "--by", "A. Exempel", "--role", "chef", "--comparison", "reoperation_2y"]
    assert main([*sign, "--claims"]) == 2
    assert "Ange en rapport i taget" in capsys.readouterr().err
    assert main([*sign, "--hide-small", "--receiver", "Kliniken AB"]) == 0
    number = capsys.readouterr().err.split()[1]
    again = tmp_path / "igen.pdf"
    assert main([*run, "hand-out", number, "--out", str(again), "--receiver", "Regionstyrelsen"]) == 0
    assert again.read_bytes() == out.read_bytes()
    assert main([*run, "releases"]) == 0
    log = capsys.readouterr().out
    assert ("Kliniken AB" in log, "Regionstyrelsen" in log) == (True, True)
    assert main([*run, "providers", "--out-dir", str(folder), "--xlsx"]) == 0
    assert capsys.readouterr().err.count("Skrev ") == len(list(folder.iterdir())) == 4


def test_reports_on_lists_groups_quarters_and_gaps_are_signed_checked_and_withdrawn_by_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
    run = ["--store", str(final_papers.make(tmp_path)), "report"]
    capsys.readouterr()
    for name, option in PAPERS.items():
        out, again = tmp_path / f"{name}.pdf", tmp_path / f"{name} igen.pdf"
        assert main([*run, "sign", "--out", str(out), "--by", "A. Exempel", "--role", "chef", *option]) == 0
        number = capsys.readouterr().err.split()[1]
        assert main([*run, "hand-out", number, "--out", str(again)]) == 0
        assert "Skrev" in capsys.readouterr().err
        assert again.read_bytes() == out.read_bytes()
    assert main([*run, "verify", number]) == 0
    assert "samma rapport" in capsys.readouterr().out
    assert main([*run, "withdraw", number, "--because", "Fel mål"]) == 0
    assert "är återkallad" in capsys.readouterr().err
