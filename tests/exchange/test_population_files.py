"""The statistics office's table of the population, in the forms it is exported in, and what bad rows get."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.dates import iso_format
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import ready_profiles, recognising
from kvalitetsapp.exchange.headers import open_headers
from kvalitetsapp.exchange.table_source import Batch, Unreadable
from kvalitetsapp.exchange.text_parts import Part, reader_of
from kvalitetsapp.exchange.wide_tables import NarrowFile, Wide, layout_of
from support.reading import RESOURCES, read_file, read_text, records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kvalitetsapp.domain.dates import DateFormat
    from kvalitetsapp.exchange.result import ReadFile
    from kvalitetsapp.progress import Progress

PROFILE = RESOURCES / "profiles" / "scb-folkmangd.toml"
WIDE = '"region","ålder","kön","2023","2024"\n"2380 Östersund","65\u201369 år","kvinnor",1835,1840\n'
GROUP = "2380 Östersund;65-69 år;kvinnor"
LONG = f"region;ålder;kön;år;Folkmängd\n{GROUP};2023;1835\n{GROUP};2024;1840\n"
HEAD = "year;municipality;sex;age_from;age_to;persons;source\n"


def values(found: ReadFile) -> list[tuple[object, ...]]:
    names = ("year", "municipality", "sex", "age_from", "age_to", "persons")
    return [tuple(row[name] for name in names) for row in records(found)]


@pytest.mark.parametrize(("text", "encoding"), [(WIDE, "cp1252"), (WIDE, "utf-8-sig"), (LONG, "utf-8")])
def test_the_table_is_read_wide_or_long_whatever_delimiter_and_encoding(
    tmp_path: Path, text: str, encoding: str
) -> None:
    path = tmp_path / "folkmangd.csv"
    path.write_bytes(text.encode(encoding))
    assert values(read_file("population", path, PROFILE)) == [
        (2023, "2380", "female", 65, 69, 1835),
        (2024, "2380", "female", 65, 69, 1840),
    ]
    with open_headers(path) as headers:
        fitting = recognising.fitting(ready_profiles.ready_profiles(PROFILE.parent), headers.of)
    assert [profile.name for profile in fitting] == ["scb-folkmangd"]


@pytest.mark.parametrize(
    ("part", "text", "taken"),
    [
        (Part.LEADING_CODE, " 0114 Upplands Väsby", "0114"),
        (Part.LEADING_CODE, "Riket", "Riket"),
        (Part.FIRST_AGE, "0–4 år", "0"),
        (Part.FIRST_AGE, "totalt ålder", "totalt ålder"),
        (Part.LAST_AGE, "7 år", "7"),
        (Part.LAST_AGE, "95+ år", ""),
        (Part.LAST_AGE, "85 - 89", "89"),
        (Part.LAST_AGE, "", ""),
    ],
)
def test_a_part_of_a_text_is_taken_and_any_other_text_stands(part: Part, text: str, taken: str) -> None:
    assert reader_of(part)(text) == taken


def test_a_row_that_is_no_group_of_a_municipality_stays_out_with_its_reason(tmp_path: Path) -> None:
    rows = ["2024;23;male;0;4;9;x", "2024;2380;male;69;65;9;x", "2024;2399;male;0;4;9;x", "2024;2380;male;;4;9;x"]
    found = read_text(tmp_path, "population", HEAD + "\n".join(rows) + "\n")
    assert [(one.row, one.column, one.code) for one in found.rejects] == [
        (2, "municipality", "bad_municipality"),
        (3, "age_to", "ages_reversed"),
        (5, "age_from", "missing"),
    ]
    assert [(one.row, one.rule, one.value) for one in found.findings] == [(4, "unknown_municipality", "2399")]


def test_ages_that_overlap_within_a_population_stay_out_and_name_the_row_they_meet(tmp_path: Path) -> None:
    groups = [
        "2380;male;65;69",
        "2380;male;69;74",
        "2380;female;69;74",
        "2303;male;69;74",
        "2380;male;90;",
        "2380;male;99;99",
    ]
    rows = [f"2024;{group};9;x" for group in groups]
    found = read_text(tmp_path, "population", HEAD + "\n".join(rows) + "\n")
    assert [(one.row, one.code) for one in found.rejects] == [(3, "overlapping_ages"), (7, "overlapping_ages")]
    assert ("rad 2" in found.rejects[0].reason, "rad 6" in found.rejects[1].reason) == (True, True)


def test_a_wide_table_whose_header_would_come_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "folkmangd.csv"
    path.write_text('"region","ålder","kön","år","2024"\n', encoding="utf-8")
    with pytest.raises(InputError, match="”år”"):
        read_file("population", path, PROFILE)


class _Workbook:
    """A wide table whose cells are dates, one of them an error."""

    name = sha256 = encoding = delimiter = sheet = ""
    size = header_row = 1
    header = ("id", "dag 1", "dag 2", "klar")

    def __init__(self) -> None:
        self.formats: dict[int, DateFormat] = {}

    def write_dates(self, formats: Mapping[int, DateFormat]) -> None:
        self.formats = dict(formats)

    def beginning(self, most: int) -> list[tuple[int, list[str]]]:
        return [(1, list(self.header))][:most]

    def read_header(self, row: int) -> None:
        raise AssertionError(row)

    def batches(self, _progress: Progress) -> Iterator[Batch]:
        errors = [Unreadable(1, 2, "error_cell", "#N/A"), Unreadable(1, 3, "error_cell", "#REF!")]
        yield Batch([2, 3], [["a", "x", "y", "k"], ["b", "z", "", ""]], [(4, 9)], [(5, "E5")], errors)


def test_every_cell_of_a_wide_table_keeps_its_row_its_faults_and_its_date_format() -> None:
    book = _Workbook()
    layout = layout_of(book.header, Wide(("dag #",), "nummer", "dag"))
    assert layout is not None
    narrow = NarrowFile(book, layout)
    assert narrow.header == ("id", "klar", "nummer", "dag")
    narrow.write_dates({1: iso_format(), 3: iso_format()})
    assert sorted(book.formats) == [1, 2, 3]
    (batch,) = narrow.batches(None)  # type: ignore[arg-type]
    assert batch.numbers == [2, 2, 3, 3]
    assert batch.records[:2] == [["a", "k", "1", "x"], ["a", "k", "2", "y"]]
    assert (batch.ragged, batch.unheaded) == ([(4, 9)], [(5, "E5")])
    assert [(cell.position, cell.place) for cell in batch.unreadable] == [(3, 3), (2, 1), (3, 1)]
