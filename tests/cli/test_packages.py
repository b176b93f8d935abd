"""Packages on the command line: made in one store, seen and taken in another, and what went apart settled."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.cli.main import main
from support import reviewing, two_stores
from support.counties import PASSPHRASE
from support.reviewing import ANNA, BO, decide

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def stores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Return two closed stores where two people have decided differently on an event."""
    parted = two_stores.parted(reviewing.make(tmp_path), tmp_path, ANNA, BO)
    here, there = next(parted), next(parted)
    decide(here, ANNA, reject=True)
    decide(there, BO)
    decide(there, BO, "bok/3")
    paths = here.path, there.path
    assert list(parted) == []
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("KVALITETSAPP_FILEPASSWORD", two_stores.PASSPHRASE)
    return paths


def rows(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out), delimiter=";"))


def test_a_package_goes_from_one_store_to_another(
    stores: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there = map(str, stores)
    package = str(tmp_path / "utbyte.kvpaket")

    def run(store: str, *words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(["--store", store, "exchange", *words])
        return (status, *capsys.readouterr())

    status, _out, said = run(there, "make", package)
    assert (status, said) == (0, "Paketet utbyte.kvpaket är skrivet: 2 beslut, 0 krav, underlag och betalningar.\n")
    for command in ("preview", "take"):
        status, out, said = run(here, command, package)
        assert status == 3
        assert (rows(out)[0]["thing"], rows(out)[0]["new"], rows(out)[0]["conflict"]) == ("decision", "1", "1")
        assert "bok/2/hip/right: båda har gått vidare" in said
    status, out, _said = run(here, "conflicts")
    assert [(row["conflict"], row["conflict_kind"], row["settled"]) for row in rows(out)] == [("1", "decision", "")]
    status, out, _said = run(here, "conflicts", "--number", "1")
    told = {row["field"]: (row["ours"], row["theirs"], row["differs"]) for row in rows(out)}
    assert told["Granskare"] == (ANNA, BO, "1")
    status, _out, said = run(here, "settle", "1", "--keep", "theirs", "--reason", "Bo läste journalen")
    assert (status, said) == (0, "Deras är taget: bok/2/hip/right\n")
    status, out, _said = run(here, "conflicts")
    assert rows(out)[0]["settled"] == "theirs"
    assert run(here, "take", package)[2].endswith("Inget ändras.\n")


def test_a_password_is_made_up_and_shown_once(
    stores: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KVALITETSAPP_FILEPASSWORD")
    package, told = str(tmp_path / "utbyte.kvpaket"), tmp_path / "losen.txt"
    assert main(["--store", str(stores[1]), "exchange", "make", package, "--new-password"]) == 0
    told.write_text(capsys.readouterr().out, encoding="utf-8")
    command = ["--store", str(stores[0]), "exchange", "preview", package, "--password-file", str(told)]
    assert main([*command, "--format", "json"]) == 3
