"""Writes tables as a workbook (XLSX): a sheet for each, real dates and numbers, and no text that acts as a formula.

The same tables give the same bytes. Rows go to disk as they are written, into a folder of their own beside the
workbook that is gone afterwards, so that memory does not grow with them and nothing is left elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from kvalitetsapp.domain.table import Kind, Table
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from kvalitetsapp.domain.table import Column, Value

ROWS_IN_A_SHEET: Final = 1_048_576
LONGEST_TEXT: Final = 32_767
_LONGEST_NAME: Final = 31
_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\]")
_FIRST_DAY: Final = date(1900, 3, 1)  # before it Excel counts a 29 February that never was
_WIDTH_FROM: Final = 1000
_NARROWEST, _WIDEST = 9, 60
_ROOM_FOR_FILTER: Final = 3
_AUTHOR: Final = "Kvalitetsapp"
_WRITTEN_AS: Final = {
    Kind.DATE: "yyyy-mm-dd",
    Kind.INTEGER: "#,##0",
    Kind.MONEY: "#,##0.00",
    Kind.RATE: "0.0%",
}
_NEVER_READ_INTO: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself: its title and the day that it counts as made on."""

    title: str
    made_on: date


def write(path: Path, sheets: Sequence[tuple[str, Table]], properties: Properties) -> None:
    """Write tables under their titles to `path`, over what lies there; one too long for a sheet goes on in more.

    Raises:
        OSError: the file cannot be written; nothing is left of it.
        ValueError: there is no sheet, or a text is longer than a cell can hold.
    """
    if not sheets:
        raise ValueError("a workbook has at least one sheet")
    target = path.open("wb")
    try:
        with target, TemporaryDirectory(dir=path.parent, prefix=".arbetsbok-") as parts:
            _write(target, parts, sheets, properties)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _write(target: BinaryIO, parts: str, sheets: Sequence[tuple[str, Table]], properties: Properties) -> None:
    from xlsxwriter import Workbook

    with Workbook(target, {"constant_memory": True, "tmpdir": parts, **_NEVER_READ_INTO}) as workbook:
        made = properties.made_on
        created = datetime(made.year, made.month, made.day, tzinfo=UTC).replace(tzinfo=None)
        workbook.set_properties({"title": properties.title, "author": _AUTHOR, "created": created})
        formats = _Formats(workbook)
        taken: set[str] = set()
        for title, table in sheets:
            for part in _parted(table):
                _sheet(workbook.add_worksheet(_name(title, taken)), part, formats)


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._known: dict[str, Format] = {}
        self.head = workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DFEBF0", "bottom": 1}
        )
        self.text = workbook.add_format({"valign": "top"})

    def number(self, written_as: str) -> Format:
        """Return the format of numbers written in a way."""
        if written_as not in self._known:
            self._known[written_as] = self._workbook.add_format({"num_format": written_as, "valign": "top"})
        return self._known[written_as]


def _parted(table: Table) -> Iterator[Table]:
    """Give the table in parts that fit below a head."""
    room = ROWS_IN_A_SHEET - 1
    for first in range(0, max(len(table.rows), 1), room):
        yield Table(table.columns, table.rows[first : first + room])


def _sheet(sheet: Worksheet, table: Table, formats: _Formats) -> None:
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(place, column, table))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, _(column.heading), formats.head)
    for number, row in enumerate(table.rows, start=1):
        for place, (value, column) in enumerate(zip(row, table.columns, strict=True)):
            if value is not None and value != "":
                _cell(sheet, (number, place), value, column, formats)


def _cell(sheet: Worksheet, at: tuple[int, int], value: Value, column: Column, formats: _Formats) -> None:
    ready, written_as = _ready(value, column)
    if isinstance(ready, str):
        if len(ready) > LONGEST_TEXT:
            raise ValueError(f"a text of {len(ready)} characters in {column.name}")
        sheet.write_string(*at, ready, formats.text)
    elif isinstance(ready, date):
        sheet.write_datetime(*at, ready, formats.number(written_as))
    else:
        sheet.write_number(*at, ready, formats.number(written_as))


def _ready(value: Value, column: Column) -> tuple[Any, str]:
    """Return the value of a cell with the way it is written; whatever is no date or number stays text."""
    written_as = _WRITTEN_AS.get(column.kind, "")
    if column.kind is Kind.CODE:
        return word(column.vocabulary, str(value)), ""
    if column.kind is Kind.FLAG:
        return _("Ja") if value else _("Nej"), ""
    if column.kind is Kind.DATE:
        return _day(str(value)), written_as
    if column.kind is Kind.DECIMAL:
        return float(str(value)), _with_decimals(str(value))
    if column.kind is Kind.MONEY and isinstance(value, int):
        return value / 100, written_as
    return value if column.kind in _WRITTEN_AS else str(value), written_as


def _day(text: str) -> date | str:
    day = date.fromisoformat(text)
    return day if day >= _FIRST_DAY else text


def _with_decimals(text: str) -> str:
    decimals = len(text.partition(".")[2])
    return f"0.{'0' * decimals}" if decimals else "0"


def _width(place: int, column: Column, table: Table) -> int:
    """Return a width that holds the head and the first rows, within reason."""
    longest = max((len(_shown(row[place], column)) for row in table.rows[:_WIDTH_FROM]), default=0)
    head = max(map(len, _(column.heading).split()), default=0) + _ROOM_FOR_FILTER
    return min(max(longest + 1, head, _NARROWEST), _WIDEST)


def _shown(value: Value, column: Column) -> str:
    if value is None or value == "":
        return ""
    ready, _written_as = _ready(value, column)
    return f"{ready:,.2f}" if column.kind is Kind.MONEY else str(ready)


def _name(title: str, taken: set[str]) -> str:
    """Return a name that a sheet may have and no other sheet has, letter case aside."""
    plain = _NOT_IN_A_NAME.sub(" ", title).strip("' ") or _("Blad")
    name, number = plain[:_LONGEST_NAME].rstrip("' "), 1
    while name.casefold() in taken:
        number += 1
        mark = f" ({number})"
        name = plain[: _LONGEST_NAME - len(mark)] + mark
    taken.add(name.casefold())
    return name
