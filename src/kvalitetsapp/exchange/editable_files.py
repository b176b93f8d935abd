"""Files of the tables that people keep themselves: CSV with `;`, read row by row with everything that is wrong."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import editable_cells, identity
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import encodings
from kvalitetsapp.exchange.csv_reading import csv_file, open_bytes
from kvalitetsapp.progress import Progress
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kvalitetsapp.domain.editable_table import EditableTable
    from kvalitetsapp.domain.table import Value

TOLD_BESIDE: Final = frozenset({"origin", "changed_by", "changed_on"})
"""Columns of a printed table that say where a row comes from: a file may have them, and they are passed by."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row with its number as a spreadsheet counts; it names only the columns that the file has."""

    number: int
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class ReadRows:
    """The rows of a file, and those that do not fit under its header: (row number, how many fields they have)."""

    header: tuple[str, ...]
    rows: tuple[FileRow, ...]
    ragged: tuple[tuple[int, int], ...] = ()


def read_rows(path: Path, table: EditableTable) -> ReadRows:
    """Return the rows of a file as texts.

    Raises:
        InputError: it cannot be read, has a column that the table lacks, or lacks one of the table's key.
    """
    with open_bytes(path) as file:
        opened = csv_file(file, path.name, encodings.AUTO, ";", Progress())
        opened.read_header()
        _demand_columns(opened.header, table, path.name)
        rows: list[FileRow] = []
        ragged: list[tuple[int, int]] = []
        for batch in opened.batches(Progress()):
            ragged += batch.ragged
            rows += [
                FileRow(number, _named(opened.header, record))
                for number, record in zip(batch.numbers, batch.records, strict=True)
                if any(map(str.strip, record))
            ]
        return ReadRows(tuple(name for name in opened.header if name not in TOLD_BESIDE), tuple(rows), tuple(ragged))


def read_defaults(path: Path, table: EditableTable) -> tuple[dict[str, Value], ...]:
    """Return the rows that come along with the program.

    Raises:
        InputError: the file is missing or damaged.
    """
    read = read_rows(path, table)
    rows = [editable_cells.read_row(table, each.texts) for each in read.rows]
    whole = tuple(row for row in rows if isinstance(row, dict))
    if len(whole) < len(rows) or read.ragged or len({table.key_of(row) for row in whole}) < len(whole):
        raise InputError(_("Tabellen {file} är skadad. Installera om programmet.").format(file=path.name))
    return whole


def written(table: EditableTable, rows: Iterable[Mapping[str, Value]]) -> bytes:
    """Return rows as a file that `read_rows` reads."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows(editable_cells.write_row(table, row).values() for row in rows)
    return text.getvalue().encode("utf-8")


def _named(header: tuple[str, ...], record: list[str]) -> dict[str, str]:
    return {name: text for name, text in zip(header, record, strict=True) if name not in TOLD_BESIDE}


def _demand_columns(header: tuple[str, ...], table: EditableTable, file_name: str) -> None:
    known = [column.name for column in table.columns]
    unknown = [name for name in header if name not in known and name not in TOLD_BESIDE]
    if unknown:
        raise InputError(
            _("{file}: tabellen har ingen kolumn {unknown}. Dess kolumner är {known}.").format(
                file=file_name, unknown=identity.hidden(", ".join(unknown[:5])), known=", ".join(known)
            )
        )
    missing = [name for name in table.key if name not in header]
    if missing:
        raise InputError(
            _("{file} saknar kolumnen {missing}, som säger vilken rad som är vilken.").format(
                file=file_name, missing=", ".join(missing)
            )
        )
