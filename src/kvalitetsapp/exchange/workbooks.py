"""A sheet of a workbook (XLSX, XLS, ODS) as a header and batches of numbered records.

The cells are read by calamine, which gives an empty text for errors and for formulas without a result; where those
stand is found beforehand. It also lays out the whole rectangle that a sheet's cells span, so that a sheet that spans
far more than it fills is refused first.
"""

from __future__ import annotations

import hashlib
import os
import threading
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeVar

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.inspection import SheetSeen
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import compound_files, ods_parts, xlsx_parts
from kvalitetsapp.exchange.archives import bomb, damaged, locked, open_archive
from kvalitetsapp.exchange.cell_texts import column_letters, text_of
from kvalitetsapp.exchange.forms import Form
from kvalitetsapp.exchange.table_source import BATCH, Batch, Unreadable, refuse_lacking_header, refuse_unclear_header
from kvalitetsapp.exchange.xlsx_parts import Extent
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from python_calamine import CalamineSheet, CalamineWorkbook

    from kvalitetsapp.domain.dates import DateFormat
    from kvalitetsapp.exchange.archives import Archive
    from kvalitetsapp.progress import Progress

T = TypeVar("T")

SMALL: Final = 4_000_000
"""Cells of the rectangle that a sheet may span whatever it fills: some 250 MB while it is read."""
SPARSEST: Final = 32
"""Times as many cells as are filled that a larger sheet may span: real tables fill more than a tenth."""
_WAIT: Final = 0.05
_BATCHES_A_STEP: Final = 20
_BLOCK: Final = 1 << 20
_PANIC: Final = "PanicException"
"""What the reader raises where it did not think of something; it is no `Exception` and stands in no module."""
_NO_FAULTS: Final[dict[int, tuple[str, str]]] = {}


class _DateTexts(dict[date, str]):
    """What dates are in a format; a file holds few of them, many times over."""

    def __init__(self, stated: DateFormat) -> None:
        super().__init__()
        self._stated = stated

    def __missing__(self, day: date) -> str:
        text = self[day] = self._stated.text_of(day)
        return text


@dataclass(slots=True)
class WorkbookFile:
    """A sheet of an open workbook; `header` holds trimmed, distinct names.

    Columns without a header before the first and after the last that has one are passed by as long as they are empty.
    """

    name: str
    sha256: str
    size: int
    form: Form
    sheet: str
    sheets: tuple[SheetSeen, ...]
    cells: CalamineSheet = field(repr=False)
    faults: Mapping[int, dict[int, tuple[str, str]]] = field(repr=False)
    header: tuple[str, ...] = ()
    header_row: int = 1
    encoding: str = ""
    delimiter: str = ""
    _first: int = 0
    _dates: dict[int, _DateTexts] = field(repr=False, default_factory=dict)

    def write_dates(self, formats: Mapping[int, DateFormat]) -> None:
        """Let cells that are dates be given in these formats, by place."""
        self._dates = {place: _DateTexts(stated) for place, stated in formats.items()}

    def beginning(self, most: int) -> list[tuple[int, list[str]]]:
        """Return the first rows with their numbers; columns are counted from the sheet's first."""
        return [(number, list(map(text_of, row))) for number, row in islice(self._rows(), most)]

    def read_header(self, row: int) -> None:
        """Read and check the header row; the rows above it are passed by."""
        found = next((cells for number, cells in self._rows() if number == row), [])
        names = [text_of(cell).strip() for cell in found]
        named = [place for place, name in enumerate(names) if name]
        if not named:
            raise refuse_lacking_header(row, self.name)
        self._first = named[0]
        header = tuple(names[named[0] : named[-1] + 1])
        refuse_unclear_header(header, self.name, self._first)
        self.header, self.header_row = header, row

    def batches(self, progress: Progress) -> Iterator[Batch]:
        """Give the records after the header, `BATCH` at a time; rows that are empty throughout give none."""
        total = (self.cells.start or (0, 0))[0] + self.cells.height
        rows = ((number, cells) for number, cells in self._rows() if number > self.header_row)
        turn = 0
        while taken := list(islice(rows, BATCH)):
            if turn % _BATCHES_A_STEP == 0:
                progress.step(total + taken[0][0], 2 * total, _("Läser filen"))
            turn += 1
            yield self._batch(taken)

    def _rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Give every row that is not empty as the cells from the sheet's first column on."""
        start = self.cells.start
        if start is None:
            return
        before = [""] * start[1]
        for number, row in enumerate(self.cells.iter_rows(), start[0] + 1):
            if any(row) or number in self.faults or any(cell != "" for cell in row):
                yield number, before + row

    def _batch(self, taken: list[tuple[int, list[Any]]]) -> Batch:
        made = Batch([], [], [])
        numbers: list[int] = []
        first, width = self._first, len(self.header)
        for number, cells in taken:
            outside = [*cells[:first], *cells[first + width :]] if first or len(cells) > width else ()
            faults = self.faults.get(number, _NO_FAULTS)
            record = self._record(cells[first : first + width])
            stray = self._stray(cells) if any(cell != "" for cell in outside) else ""
            if stray or (stray := self._stray_fault(faults)):
                made.unheaded.append((number, f"{stray}{number}"))
                continue
            within = {column - 1 - first: fault for column, fault in faults.items() if 0 <= column - 1 - first < width}
            if not within and not record[0].strip() and not any(map(str.strip, record)):
                continue
            for place, (code, shown) in sorted(within.items()):
                record[place] = shown
                made.unreadable.append(Unreadable(len(made.records), place, code, shown))
            made.records.append(record)
            numbers.append(number)
        return Batch(numbers, made.records, [], made.unheaded, made.unreadable)

    def _record(self, cells: list[Any]) -> list[str]:
        for place, texts in self._dates.items():
            if place < len(cells) and isinstance(cells[place], date):
                cells[place] = texts[cells[place]]
        record = [cell if type(cell) is str else text_of(cell) for cell in cells]
        if len(record) < len(self.header):
            record += [""] * (len(self.header) - len(record))
        return record

    def _stray_fault(self, faults: Mapping[int, tuple[str, str]]) -> str:
        """Return the letters of the first column with an error under no header, "" where there is none."""
        heads = range(self._first + 1, self._first + len(self.header) + 1)
        return next((column_letters(column - 1) for column in sorted(faults) if column not in heads), "")

    def _stray(self, cells: list[Any]) -> str:
        """Return the letters of the first column with a value under no header, "" where there are only blanks."""
        heads = range(self._first, self._first + len(self.header))
        found = (place for place, cell in enumerate(cells) if place not in heads and text_of(cell).strip())
        return next((column_letters(place) for place in found), "")


def workbook_file(file: BinaryIO, file_name: str, form: Form, stated: str, progress: Progress) -> WorkbookFile:
    """Return the stated sheet, or the only one with a table, of an open workbook; its header is not read yet.

    Raises:
        InputError: the workbook is hostile, damaged or empty, or it is unclear which sheet is meant.
    """
    return open_workbook(file, file_name, form, progress).sheet_file(stated, progress)


def open_workbook(file: BinaryIO, file_name: str, form: Form, progress: Progress) -> Workbook:
    """Return a workbook after looking it through.

    Raises:
        InputError: it is hostile, damaged or empty.
    """
    archive = None if form is Form.XLS else open_archive(file, file_name, progress)
    return Workbook(file, file_name, form, archive, progress)


class Workbook:
    """A workbook found harmless: its sheets, how far they reach, and the table in one of them."""

    def __init__(
        self, file: BinaryIO, file_name: str, form: Form, archive: Archive | None, progress: Progress
    ) -> None:
        self._file, self._name, self._form, self._archive = file, file_name, form, archive
        self._parts = xlsx_parts.parts_of_sheets(archive) if archive and form is Form.XLSX else {}
        extents = self._extents_before(progress)
        from python_calamine import SheetTypeEnum, SheetVisibleEnum

        self._book: CalamineWorkbook = _in_a_thread(self._opened, progress)
        listed = [sheet for sheet in self._book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        if form is Form.XLS:
            extents = dict(zip(self._book.sheet_names, extents.values(), strict=False))
        self._extents = {sheet.name: extents.get(sheet.name, Extent()) for sheet in listed}
        self.sheets = tuple(
            SheetSeen(sheet.name, self._extents[sheet.name].rows, sheet.visible != SheetVisibleEnum.Visible)
            for sheet in listed
        )

    def sheet_file(self, stated: str, progress: Progress) -> WorkbookFile:
        """Return the stated sheet or, where none is stated, the only visible one that is not empty."""
        sheet = stated or self._only()
        if sheet not in self._extents:
            raise InputError(
                _("{file} har inget blad som heter {sheet}. Bladen är {sheets}. Rätta sheet i profilen.").format(
                    file=self._name, sheet=_listed([sheet]), sheets=_listed(self._extents)
                )
            )
        self._refuse_sparse(sheet, progress)
        self._refuse_long_texts(sheet)
        cells = _in_a_thread(lambda: self._read(lambda: self._book.get_sheet_by_name(sheet)), progress)
        faults = self._extents[sheet].faults
        size, digest = _digest(self._file)
        return WorkbookFile(self._name, digest, size, self._form, sheet, self.sheets, cells, faults)

    def with_tables(self) -> list[str]:
        """Return the names of the visible sheets that are not empty.

        Raises:
            InputError: there is none.
        """
        found = [sheet.name for sheet in self.sheets if sheet.rows and not sheet.hidden]
        if not found:
            raise InputError(
                _("{file} har inget synligt blad med innehåll. Exportera den på nytt.").format(file=self._name)
            )
        return found

    def _only(self) -> str:
        found = self.with_tables()
        if len(found) > 1:
            raise InputError(
                _(
                    "{file} har flera blad med innehåll: {sheets}. Ange ett av dem med sheet i en mappningsprofil, "
                    "eller spara bladet som en egen fil."
                ).format(file=self._name, sheets=_listed(found))
            )
        return found[0]

    def _extents_before(self, progress: Progress) -> dict[str, Extent]:
        """Return what the sheets hold by name (XLS: in order), refusing where opening alone would take the room."""
        if self._archive is None:
            found = compound_files.extents_of(self._file, self._name, progress)
            extents = {str(place): extent for place, extent in enumerate(found)}
        elif self._form is Form.XLSX:
            archive = self._archive
            return {name: xlsx_parts.extent_of(archive, part, progress) for name, part in self._parts.items()}
        else:
            extents = ods_parts.extents_of(self._archive, progress)
        if any(_is_sparse(extent) for extent in extents.values()):
            raise bomb(self._name)
        return extents

    def _refuse_sparse(self, sheet: str, progress: Progress) -> None:
        """Judge an XLSX sheet by its filled cells alone where it looks too sparse with those that have a format."""
        if self._archive and self._form is Form.XLSX and _is_sparse(self._extents[sheet]):
            part = self._parts.get(sheet, "")
            if _is_sparse(xlsx_parts.extent_of(self._archive, part, progress, precise=True)):
                raise bomb(self._name)

    def _refuse_long_texts(self, sheet: str) -> None:
        if self._archive and sheet in self._parts:
            xlsx_parts.refuse_long_texts(self._archive, self._parts[sheet], self._extents[sheet].cells)

    def _opened(self) -> CalamineWorkbook:
        from python_calamine import CalamineWorkbook

        self._file.seek(0)
        return self._read(lambda: CalamineWorkbook.from_filelike(self._file))

    def _read(self, work: Callable[[], T]) -> T:
        from python_calamine import CalamineError, PasswordError

        try:
            return work()
        except PasswordError:
            raise locked(self._name) from None
        except (CalamineError, OSError, ValueError):
            raise damaged(self._name) from None
        except BaseException as error:
            if type(error).__name__ != _PANIC:
                raise
            raise damaged(self._name) from None


def _is_sparse(extent: Extent) -> bool:
    spanned = extent.rows * extent.columns
    return spanned > SMALL and spanned > SPARSEST * extent.cells


def _in_a_thread(work: Callable[[], T], progress: Progress) -> T:
    """Return what the reader makes, listening for cancel meanwhile: it takes no questions itself."""
    made: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            made.append(work())
        except BaseException as error:  # noqa: BLE001 - raised again where it can be handled
            failed.append(error)

    thread = threading.Thread(target=run, name="workbook", daemon=True)
    thread.start()
    progress.step(0, None, _("Läser filen"))
    while thread.is_alive():
        thread.join(_WAIT)
        progress.step(0, None, _("Läser filen"))
    if failed:
        raise failed[0]
    return made[0]


def _digest(file: BinaryIO) -> tuple[int, str]:
    hashed = hashlib.sha256()
    file.seek(0)
    while block := file.read(_BLOCK):
        hashed.update(block)
    return os.fstat(file.fileno()).st_size, hashed.hexdigest()


def _listed(names: Sequence[str] | Mapping[str, object]) -> str:
    return identity.hidden(", ".join(f"”{name}”" for name in names))
