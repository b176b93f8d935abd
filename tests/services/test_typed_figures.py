"""The check of typed-in figures over the store, over files, and over the published tables that the program carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp import settings
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.table import Kind
from kvalitetsapp.domain.typed_figures import FIGURE_CHECKS, FIGURE_CHECKS_OF_FILE
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import imports, typed_figures
from kvalitetsapp.services.workspace import Workspace, create_workspace
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.table import Table, Value

HEADER = "country;level;unit;joint;indicator;value;unit_of_value;n;period;source;note\n"
SAID_IN_THE_NOTE = "no whole number of events over n gives this rate with ordinary rounding"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with create_workspace(tmp_path / "prov.kvdb", PASSPHRASE) as opened:
        yield opened


def published() -> Path:
    return settings.resources_dir() / "benchmarks" / "benchmarks.csv"


def write(folder: Path, text: str, name: str = "tabell.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def with_remark(table: Table, rule: str) -> list[dict[str, Value]]:
    return [row for row in table.records() if rule in str(row["remarks"]).split()]


def test_of_the_fourteen_swedish_and_danish_rates_exactly_the_nine_known_ones_are_impossible() -> None:
    rows = typed_figures.check_file(published()).table.records()
    rates = [row for row in rows if row["indicator"] == "reoperation_2y" and row["level"] == "unit"]
    assert len(rates) == 14
    impossible = {(row["country"], row["unit"], row["joint"]) for row in rates if "events" in str(row["remarks"])}
    assert impossible == {
        ("DK", "Søborg", "hip"),
        ("DK", "Aarhus", "knee"),
        ("DK", "Ringsted", "knee"),
        ("SE", "Göteborg", "hip"),
        ("SE", "Jönköping", "hip"),
        ("SE", "Göteborg", "knee"),
        ("SE", "Jönköping", "knee"),
        ("SE", "Nacka", "knee"),
        ("SE", "Ängelholm", "knee"),
    }
    noted = {(row["country"], row["unit"], row["joint"]) for row in rows if SAID_IN_THE_NOTE in str(row["note"])}
    assert impossible == noted


def test_the_readme_of_the_published_figures_says_what_the_check_finds() -> None:
    checks = typed_figures.check_file(published())
    told = (published().parent / "README.md").read_text(encoding="utf-8")
    found = checks.tally
    assert f"{found.figures} figures: {found.remarks} with a remark" in " ".join(told.split())
    assert f"{found.impossible} of the {found.shares} shares with an `n`" in " ".join(told.split())
    for rule, name in (("twice", "twins"), ("follow_up", "follow-up"), ("share", "share of the nation")):
        assert f"{len(with_remark(checks.table, rule))} ({name})" in " ".join(told.split())


def test_every_figure_of_a_file_is_in_the_table_in_its_own_order(tmp_path: Path) -> None:
    lines = published().read_text(encoding="utf-8").splitlines()[1:]
    checks = typed_figures.check_file(published())
    assert [row["row"] for row in checks.table.records()] == list(range(2, len(lines) + 2))
    assert checks.tally.remarks + checks.tally.no_remark + checks.tally.unchecked == len(lines)
    assert all(row["explanation"] for row in checks.table.records())
    assert checks.table.columns == FIGURE_CHECKS_OF_FILE


def test_the_store_gives_the_verdicts_of_the_file_that_was_read_in(workspace: Workspace) -> None:
    imports.import_file(workspace, KindOfFile.BENCHMARKS, published())
    stored = typed_figures.check_figures(workspace).table
    assert stored.columns == FIGURE_CHECKS
    of_file = [row for row in typed_figures.check_file(published()).table.records() if row["value"]]
    assert stored.records() == [{name: value for name, value in row.items() if name != "row"} for row in of_file]


def test_the_check_changes_nothing_and_a_file_is_not_taken_in(workspace: Workspace, tmp_path: Path) -> None:
    before = workspace.store.value("SELECT total_changes()")
    typed_figures.check_figures(workspace)
    typed_figures.check_file(write(tmp_path, HEADER + "SE;unit;A;hip;x;4.3;percent;503;2022;bok;\n"))
    after = workspace.store.value("SELECT total_changes()")
    assert before == after
    assert typed_figures.check_figures(workspace).checked == ()


def test_rows_without_a_value_or_that_cannot_be_read_are_told_of(tmp_path: Path) -> None:
    rows = "SE;unit;A;hip;x;;percent;;2022;bok;trycks som stjärna\nSE;unit;B;hip;x;*;percent;;2022;bok;\n"
    table = typed_figures.check_file(write(tmp_path, HEADER + rows)).table
    first, second = table.records()
    assert (first["row"], first["unit"], first["verdict"], first["explanation"]) == (
        *(2, "A", "unchecked", "Värdet saknas."),
    )
    assert first["note"] == "trycks som stjärna"
    assert (second["row"], second["verdict"]) == (3, "unchecked")
    assert second["explanation"] == "Raden går inte att läsa: value: Inget tal."


def test_decimals_come_from_the_text_and_for_older_rows_from_the_value(workspace: Workspace, tmp_path: Path) -> None:
    file = write(tmp_path, HEADER + "SE;unit;A;hip;x;3,0;percent;30;2022;bok;\n")
    imports.import_file(workspace, KindOfFile.BENCHMARKS, file)
    (row,) = typed_figures.check_figures(workspace).table.records()
    assert (row["value"], row["verdict"], row["below"], row["below_value"]) == ("3.0", "remark", 0, "0.0")
    with workspace.action("prov"):
        workspace.store.write_many("UPDATE benchmarks SET value_delivered = ?", [(None,)])
    (row,) = typed_figures.check_figures(workspace).table.records()
    assert (row["value"], row["verdict"], row["events_low"], row["events_high"]) == ("3", "no_remark", 1, 1)


PROFILE = """
kind = "benchmarks"
[constants]
country = "SE"
level = "unit"
joint = "hip"
indicator = "reoperation_2y"
unit_of_value = "percent"
period = "2022 report"
source = "vårdgivarens rapport"
[columns]
unit = "Enhet"
value = "Omopererade, %"
n = "Antal"
"""


def test_a_providers_own_table_goes_through_a_profile_given_or_beside_it(tmp_path: Path) -> None:
    text = "Enhet;Omopererade, %;Antal\nEkliden;4,3;503\n"
    given = typed_figures.check_file(write(tmp_path, text), profile=write(tmp_path, PROFILE, "form.toml"))
    write(tmp_path, PROFILE, "egen.toml")
    beside = typed_figures.check_file(write(tmp_path, text, "egen.csv"))
    for checks in (given, beside):
        (row,) = checks.table.records()
        assert (row["unit"], row["value"], row["remarks"]) == ("Ekliden", "4.3", "events")


def test_a_file_of_another_kind_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="benchmarks"):
        typed_figures.check_file(write(tmp_path, "provider_id;name;kind\nA;A;own\n"))


def test_values_are_numbers_to_the_table(tmp_path: Path) -> None:
    kinds = {column.name: column.kind for column in FIGURE_CHECKS}
    assert kinds["value"] is kinds["below_value"] is Kind.DECIMAL
