"""`agreement list | effect | export`: what they print, and that a file that would be turned away is refused."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.cli.main import main
from kvalitetsapp.domain.agreement_card import LISTED
from kvalitetsapp.domain.agreement_effect import BY_CASE, BY_PROVIDER, CORRECTIONS
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kvalitetsapp.domain.table import Column

    Call = Callable[..., tuple[int, list[list[str]], str]]


@pytest.fixture
def call(county_copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that runs an `agreement` command and gives status, rows and what was said."""
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)

    def run(*words: str) -> tuple[int, list[list[str]], str]:
        status = main(["--store", str(county_copy), "agreement", *words])
        said = capsys.readouterr()
        return status, list(csv.reader(io.StringIO(said.out), delimiter=";")), said.err

    return run


@pytest.fixture
def exported(call: Call, tmp_path: Path) -> Path:
    path = tmp_path / "avtal.toml"
    assert call("export", "--out", str(path))[0] == 0
    return path


def names(columns: tuple[Column, ...]) -> list[str]:
    return [column.name for column in columns]


def test_every_agreement_is_listed(call: Call, exported: Path) -> None:
    status, rows, _said = call("list")
    assert (status, rows[0]) == (0, names(LISTED))
    assert len(rows) - 1 == exported.read_text(encoding="utf-8").count("[[agreement]]")


def test_what_is_exported_would_change_nothing(call: Call, exported: Path) -> None:
    status, rows, _said = call("effect", str(exported))
    assert (status, rows[0]) == (0, names(BY_PROVIDER))
    assert {row[4] for row in rows[1:]} == {"0.00"}
    assert call("effect", str(exported), "--by", "case")[1] == [names(BY_CASE)]
    assert call("effect", str(exported), "--by", "claim")[1] == [names(CORRECTIONS)]


def test_the_effect_of_other_terms_is_told_and_nothing_is_changed(call: Call, exported: Path) -> None:
    before = call("list")[1]
    text = exported.read_text(encoding="utf-8")
    exported.write_text(text.replace("cap = ", "cap = 1 # "), encoding="utf-8")
    cases = call("effect", str(exported), "--by", "case", "--potential")[1]
    total = sum(float(row[4]) for row in call("effect", str(exported), "--potential")[1][1:])
    assert sum(float(row[4]) for row in cases[1:]) == pytest.approx(total)
    assert total < 0
    assert call("list")[1] == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("cap = ", "cap = -", "cap"), ("valid_to = ", "# ", "överlappar"), ("[[agreement]]", "[[agreement", "TOML")],
)
def test_a_file_that_would_be_turned_away_ends_with_2(
    call: Call, exported: Path, old: str, new: str, said: str
) -> None:
    exported.write_text(exported.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    status, rows, message = call("effect", str(exported))
    assert (status, rows) == (2, [])
    assert said in message
