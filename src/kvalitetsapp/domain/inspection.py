"""What a file shows before anybody has said what it is: its form, its columns, and what must be asked about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Looks(StrEnum):
    """What all or nearly all (nine of ten) of the values of a column look like."""

    EMPTY = "empty"
    TEXT = "text"
    DATE = "date"
    AMOUNT = "amount"
    WHOLE_NUMBER = "whole_number"
    PERSONAL_ID = "personal_id"
    DIAGNOSES = "diagnoses"
    PROCEDURES = "procedures"


class Asked(StrEnum):
    """What a file cannot tell by itself, so that a person has to."""

    DATE_FORMAT = "date_format"  # the dates of a column can be read in more than one way
    NO_DATE_FORMAT = "no_date_format"  # nearly all are dates, but in no one format
    DECIMAL = "decimal"  # amounts of a column that can be read in two ways
    ENCODING = "encoding"  # letters beyond ASCII that fit more than one encoding equally well
    SHEET = "sheet"  # more than one visible sheet holds a table


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """A sheet of a workbook."""

    name: str
    rows: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column over the whole file: `place` from 0, values counted, `values` the most frequent with their counts.

    `date_formats` holds every format in which all of the column's values are calendar dates; more than one means that
    somebody has to choose. A column that looks like dates without any format has some that are none in the format of
    the rest. `distinct` stops at 5 000; `values` are then the most frequent of those that came first. `decimal` is the
    sign before decimals ("" where no amount has any).
    """

    place: int
    header: str
    filled: int
    blank: int
    distinct: int
    values: tuple[tuple[str, int], ...]
    looks: Looks
    date_formats: tuple[str, ...] = ()
    decimal: str = ""
    damaged_numbers: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """Something to be asked, about a column (its header) or the whole file (""), and the answers there are."""

    asked: Asked
    column: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file looked through from beginning to end; `rows` counts the data rows under the header.

    `form` is `csv`, `xlsx`, `xls` or `ods`; `encoding` and `delimiter` are "" for workbooks, `sheet` for text files.
    `preview` holds the first 50 data rows with their row numbers.
    """

    file_name: str
    form: str
    size: int
    rows: int
    encoding: str
    delimiter: str
    sheets: tuple[SheetSeen, ...]
    sheet: str
    header_row: int
    columns: tuple[ColumnSeen, ...]
    preview: tuple[tuple[int, tuple[str, ...]], ...]
    questions: tuple[Question, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """Return the names of the columns in order."""
        return tuple(column.header for column in self.columns)
