"""The old compound file that an XLS workbook is, and what its records tell that the reader of workbooks does not.

Compound files and BIFF records are described by Microsoft in [MS-CFB] and [MS-XLS].
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.archives import damaged, locked, macros
from kvalitetsapp.exchange.xlsx_parts import Extent
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.progress import Progress

LARGEST_XLS: Final = 256 << 20
"""Bytes of an XLS workbook, which is held in memory: 65 536 rows of 256 columns seldom take half of it."""
MARK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEAD: Final = struct.Struct("<30xHH10xII4xIIIII")
_LAST: Final = 0xFFFFFFFA
_ENTRY: Final = 128
_BOF, _EOF, _FILEPASS, _SHEET = 0x809, 0x0A, 0x2F, 0x85
_FORMULA, _BOOLERR, _MULRK, _DIMENSIONS = 0x06, 0x205, 0xBD, 0x200
_SPANS: Final = {14: struct.Struct("<IIHH2x"), 10: struct.Struct("<HHHH2x")}
_MOST_ROWS, _MOST_COLUMNS = 1 << 16, 1 << 8
_CELLS: Final = frozenset({_FORMULA, _BOOLERR, _MULRK, 0x203, 0x204, 0xFD, 0x27E, 0xD6})
_ERRORS: Final = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_ALWAYS_RECKONED: Final = 1
_RECORDS_A_STEP: Final = 50_000


def extents_of(file: BinaryIO, file_name: str, progress: Progress) -> list[Extent]:
    """Return what the records of every sheet tell, in the workbook's order.

    Raises:
        InputError: it is damaged, has a password or macros, or is no workbook.
    """
    size = file.seek(0, 2)
    if size > LARGEST_XLS:
        raise InputError(
            _(
                "{file} är för stor för en gammal Excel-arbetsbok (.xls). Spara den som .xlsx eller ”CSV UTF-8”."
            ).format(file=file_name)
        )
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        try:
            stream = _Compound(content, file_name).workbook()
            return [_extent(stream, start, file_name, progress) for start in _sheets(stream, file_name)]
        except (struct.error, IndexError):
            raise damaged(file_name) from None


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    start: int
    size: int


class _Compound:
    """A compound file: sectors in chains, and a directory of what starts where."""

    def __init__(self, content: mmap.mmap, file_name: str) -> None:
        self._content, self._name = content, file_name
        shift, self._mini_shift, _fats, first, self._cutoff, self._mini, _minis, difat, _difats = _HEAD.unpack_from(
            content
        )
        if shift not in {9, 12} or self._mini_shift != 6:
            raise damaged(file_name)
        self._size = 1 << shift
        self._most = len(content) // self._size + 1
        self._fat = self._table(self._fat_sectors(difat))
        self._entries = self._directory(b"".join(self._sectors(first)))

    def workbook(self) -> bytes:
        """Return the stream of the workbook."""
        names = {entry.name.lower() for entry in self._entries}
        if names & {"encryptedpackage", "encryptioninfo"}:
            raise locked(self._name)
        if "_vba_project_cur" in names:
            raise macros(self._name)
        entry = next((each for each in self._entries if each.name.lower() in {"workbook", "book"}), None)
        if entry is None:
            raise InputError(
                _("{file} är ingen arbetsbok. Välj en Excel-, ODS- eller CSV-fil.").format(file=self._name)
            )
        if entry.size >= self._cutoff:
            return b"".join(self._sectors(entry.start))[: entry.size]
        small = b"".join(self._sectors(self._entries[0].start))
        table, width = self._table(self._chain(self._mini, self._fat)), 1 << self._mini_shift
        return b"".join(small[at * width : (at + 1) * width] for at in self._chain(entry.start, table))[: entry.size]

    def _fat_sectors(self, difat: int) -> list[int]:
        listed = list(struct.unpack_from("<109I", self._content, 76))
        steps = 0
        while difat < _LAST and steps < self._most:
            more = struct.unpack(f"<{self._size // 4}I", self._sector(difat))
            listed, difat, steps = [*listed, *more[:-1]], more[-1], steps + 1
        return [sector for sector in listed if sector < _LAST]

    def _sector(self, number: int) -> bytes:
        found = self._content[(number + 1) * self._size : (number + 2) * self._size]
        if not found:
            raise damaged(self._name)
        return found.ljust(self._size, b"\0")

    def _table(self, sectors: list[int]) -> tuple[int, ...]:
        joined = b"".join(map(self._sector, sectors[: self._most]))
        return struct.unpack(f"<{len(joined) // 4}I", joined)

    def _chain(self, start: int, table: tuple[int, ...]) -> list[int]:
        found: list[int] = []
        while start < _LAST:
            if len(found) > self._most << 3:
                raise damaged(self._name)
            found.append(start)
            start = table[start]
        return found

    def _sectors(self, start: int) -> Iterator[bytes]:
        return map(self._sector, self._chain(start, self._fat))

    def _directory(self, content: bytes) -> list[_Entry]:
        found = []
        for at in range(0, len(content) - _ENTRY + 1, _ENTRY):
            length = struct.unpack_from("<H", content, at + 64)[0]
            start, size = struct.unpack_from("<II", content, at + 116)
            found.append(
                _Entry(content[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"), start, size)
            )
        return found


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Give (type, where its content starts, length) of every record from a place on."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, length
        at += 4 + length


def _sheets(stream: bytes, file_name: str) -> list[int]:
    found = []
    for kind, at, _length in _records(stream, 0):
        if kind == _FILEPASS:
            raise locked(file_name)
        if kind == _SHEET:
            start, _hidden, sort = struct.unpack_from("<IBB", stream, at)
            if sort == 1:
                raise macros(file_name)
            found.append(start)
        if kind == _EOF:
            break
    return found


def _extent(stream: bytes, start: int, file_name: str, progress: Progress) -> Extent:
    found, depth = Extent(), 0
    for count, (kind, at, length) in enumerate(_records(stream, start)):
        if count % _RECORDS_A_STEP == 0:
            progress.step(at, 2 * len(stream), _("Granskar filen"))
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0 and kind == _EOF:
            return found
        if depth <= 0 or (kind == _DIMENSIONS and not _is_possible(stream[at : at + length])):
            raise damaged(file_name)
        if depth == 1 and kind in _CELLS:
            row, column = struct.unpack_from("<HH", stream, at)
            last = struct.unpack_from("<H", stream, at + length - 2)[0] if kind == _MULRK else column
            found.rows, found.columns = max(found.rows, row + 1), max(found.columns, last + 1)
            found.cells += last - column + 1
            if kind in {_BOOLERR, _FORMULA}:
                _note_fault(found, kind, stream, at)
    raise damaged(file_name)


def _is_possible(span: bytes) -> bool:
    """Tell whether a sheet can span what it says.

    The reader asks for room for all of it at once, and the whole program ends where there is none. Rows and columns
    are told as the first, from 0, and the one behind the last; a sheet without cells may tell anything below that.
    """
    form = _SPANS.get(len(span))
    if form is None:
        return False
    first_row, behind_row, _first_column, behind_column = map(int, form.unpack(span))
    empty = behind_row == 0 or behind_column == 0
    return behind_row <= _MOST_ROWS and behind_column <= _MOST_COLUMNS and (empty or first_row <= behind_row)


def _note_fault(found: Extent, kind: int, stream: bytes, at: int) -> None:
    row, column = struct.unpack_from("<HH", stream, at)
    if kind == _BOOLERR:
        value, is_error = struct.unpack_from("<BB", stream, at + 6)
        if is_error:
            found.note(row + 1, column + 1, "error_cell", _ERRORS.get(value, "#"))
        return
    result, sort = stream[at + 6 : at + 14], stream[at + 6]
    options, cached = struct.unpack_from("<HI", stream, at + 14)
    if result[6:] != b"\xff\xff":
        return
    if sort == 2:
        found.note(row + 1, column + 1, "error_cell", _ERRORS.get(result[2], "#"))
    elif sort == 3 and (options & _ALWAYS_RECKONED or not cached):
        # an empty text that no spreadsheet has reckoned: writers of files leave that to whoever opens them
        found.note(row + 1, column + 1, "no_result", "=")
