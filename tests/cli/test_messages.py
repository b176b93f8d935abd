"""What the command line says: Swedish to the last word, and never whose care it was."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest

from kvalitetsapp.cli.main import cli, main
from kvalitetsapp.domain import identity
from support import empty_store, leaving, pdf
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NUMBER = "196812099874"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("KVALITETSAPP_STORE", str(tmp_path / "prov.kvdb"))
    return empty_store.make(tmp_path)


def commands(group: click.Group = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_the_help_of_every_command_names_its_values_in_swedish(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--help"]) == 0
    shown = capsys.readouterr().out
    assert re.findall(r"PATH|TEXT|INTEGER|RANGE|FLOAT|x[<>]=|YYYY|Show|required|default", shown) == []


@pytest.mark.parametrize(
    ("content", "place"), [("a = \n", "(rad 1, tecken 5)"), ("\n\nb c", "(rad 3, tecken 3)"), ("[", "(i slutet)")]
)
def test_where_toml_is_broken_is_said_in_swedish(
    store: Path, capsys: pytest.CaptureFixture[str], content: str, place: str
) -> None:
    file = store.with_name("avtal.toml")
    file.write_text(content, encoding="utf-8")
    assert main(["import", "--kind", "agreements", str(file)]) == 2
    assert main(["import", "--kind", "persons", "--profile", str(file), "x.csv"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert said == [
        f"avtal.toml är inte giltig TOML {place}. Rätta raden och försök igen.",
        f"Profilen avtal.toml är inte giltig TOML {place}. Rätta raden och försök igen.",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files there")
def test_a_file_that_is_no_regular_one_is_refused(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "--kind", "persons", os.devnull]) == 2
    assert "ingen vanlig fil" in capsys.readouterr().err


def test_a_passphrase_from_a_pipe_is_asked_for_without_english_warnings(store: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "KVALITETSAPP_PASSPHRASE"}
    command = [sys.executable, "-m", "kvalitetsapp", "store", "check"]
    done = subprocess.run(command, input=f"{PASSPHRASE}\n".encode(), env=environment, capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stderr.decode() == "Lösenfras: Databasen är hel och loggen orörd.\n"


def test_a_reader_that_has_read_enough_is_no_fault(store: Path) -> None:
    command = f'"{sys.executable}" -m kvalitetsapp list links | true'
    done = subprocess.run(command, shell=True, capture_output=True, check=False)  # noqa: S602
    assert done.stderr == b""


def test_a_personal_number_is_in_no_message_wherever_it_stood(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = store.with_name("fil.csv")
    table = f"personal_id;sex;birth_date;{NUMBER}\n{NUMBER};{NUMBER};;\n6812099874;female;;\n"
    for content in (table, f"{NUMBER};a;{NUMBER}\n", f"provider_id;name;kind\n{NUMBER};x;{NUMBER[:8]}-9874\n"):
        file.write_text(content, encoding="utf-8")
        for kind in ("persons", "providers"):
            main(["import", "--kind", kind, str(file)])
            main(["import", "--kind", kind, str(file), "--json"])
    said = "".join(capsys.readouterr())
    assert "avvisade" in said
    assert [number for number in (NUMBER, NUMBER[2:], f"{NUMBER[:8]}-9874") if number in said] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"rad {NUMBER}, igen", "rad ••••, igen"),
        ("681209-9874", "••••"),
        ("681209–9874 och 19681209\u20119874", "•••• och ••••"),
        ("681209 9874, 19681209\u00a09874", "••••, ••••"),
        ("20240102 1200", "20240102 1200"),
        ("cosmic/8841207", "cosmic/8841207"),
        ("1234567890123", "1234567890123"),
        ("199913319874", "199913319874"),
        ("60 000,50 kr 2024-01-15", "60 000,50 kr 2024-01-15"),
    ],
)
def test_only_what_reads_as_a_personal_number_is_masked(text: str, shown: str) -> None:
    assert identity.hidden(text) == shown


def test_a_report_for_others_hides_small_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
    store, texts = leaving.make(tmp_path), []
    for words in (["total"], ["total", "--hide-small"], ["provider", "P01", "--hide-small"]):
        out = store.with_name("rapport.pdf")
        assert main(["--store", str(store), "report", *words, "--out", str(out)]) == 0
        texts.append(" ".join(pdf.read(out.read_bytes()).text.split()))
    assert ["Små tal Alla tal visas" in text for text in texts] == [True, False, False]
    assert ["Små tal Tal under fem döljs" in text for text in texts] == [False, True, True]


def test_sample_data_writes_nothing_over(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("passphrase.txt", "tables"):
        folder = store.with_name(f"mapp-{name}")
        folder.mkdir()
        (folder / name).write_text("min egen", encoding="utf-8")
        assert main(["demo", "--out", str(folder)]) == 5
        assert "finns redan" in capsys.readouterr().err
        assert [(each.name, each.read_text(encoding="utf-8")) for each in folder.iterdir()] == [(name, "min egen")]


@pytest.mark.parametrize(
    "words",
    [
        ("review", "new", "V\udcff", "--from", "2020-01-01", "--to", "2020-12-31"),
        ("review", "cases", "\udcff"),
        ("question", "close", "\udcff"),
    ],
)
def test_arguments_that_are_no_text_are_refused_in_swedish(
    store: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--store", str(store), *words]) == 2
    assert "Ett fel i programmet" not in capsys.readouterr().err
