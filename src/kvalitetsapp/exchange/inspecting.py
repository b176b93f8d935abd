"""A file looked through from beginning to end before anybody has said what stands in it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.inspection import Asked, FileSeen, Question, SheetSeen
from kvalitetsapp.exchange.claim_specification import claim_specification_file
from kvalitetsapp.exchange.column_looks import ColumnTally, date_cells, shown
from kvalitetsapp.exchange.csv_reading import csv_file, open_bytes
from kvalitetsapp.exchange.encodings import AUTO, known_encoding
from kvalitetsapp.exchange.forms import Form, form_of
from kvalitetsapp.exchange.header_rows import BEGINNING, delimiter_of, header_row_of
from kvalitetsapp.exchange.workbooks import open_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from kvalitetsapp.exchange.table_source import TableFile
    from kvalitetsapp.progress import Progress

_PREVIEW: Final = 50


def inspect(
    path: Path,
    progress: Progress,
    *,
    encoding: str = "",
    delimiter: str = "",
    sheet: str = "",
    header_row: int = 0,
) -> FileSeen:
    """Return what a file shows, gone through in full; what is stated is not worked out.

    Of several sheets the first visible one with a table is looked at, and which one is meant becomes a question.
    Of a column with many distinct values `values` holds the most frequent of those that came first, and `distinct`
    is at most `column_looks.DISTINCT`.

    Raises:
        InputError: it cannot be opened or read, may do harm, is empty, or has no usable header.
        CancelledError: the user cancelled.
    """
    with open_bytes(path) as file, _opened(file, path.name, encoding, delimiter, sheet, progress) as (table, first):
        table.read_header(header_row or header_row_of(table.beginning(BEGINNING)))
        return _Looking(table, first).through(progress)


class _About:
    """What is known of a file besides its table."""

    def __init__(self, form: Form, sheets: tuple[SheetSeen, ...], questions: list[Question]) -> None:
        self.form, self.sheets, self.questions = form, sheets, questions


@contextmanager
def _opened(
    file: BinaryIO, file_name: str, encoding: str, delimiter: str, sheet: str, progress: Progress
) -> Iterator[tuple[TableFile, _About]]:
    form = form_of(file, file_name)
    if form is Form.XML:
        yield claim_specification_file(file, file_name, progress), _About(form, (), [])
        return
    if form is not Form.CSV:
        book = open_workbook(file, file_name, form, progress)
        choices = () if sheet else tuple(book.with_tables())
        asked = [Question(Asked.SHEET, "", choices)] if len(choices) > 1 else []
        yield book.sheet_file(sheet or choices[0], progress), _About(form, book.sheets, asked)
        return
    text = csv_file(
        file, file_name, (known_encoding(encoding) if encoding else "") or AUTO, delimiter or ";", progress
    )
    if not delimiter:
        delimiter_of(text)
    asked = [Question(Asked.ENCODING, "", text.might_be)] if text.might_be else []
    yield text, _About(form, (), asked)


class _Looking:
    """A table on its way through."""

    def __init__(self, table: TableFile, about: _About) -> None:
        self._table, self._about = table, about
        self._columns = [ColumnTally(place, header) for place, header in enumerate(table.header)]
        self._rows = 0
        self._preview: list[tuple[int, tuple[str, ...]]] = []

    def through(self, progress: Progress) -> FileSeen:
        """Take in every row and return what they show."""
        table = self._table
        table.write_dates(dict.fromkeys(range(len(table.header)), date_cells()))
        for batch in table.batches(progress):
            self._rows += len(batch.records) + len(batch.ragged) + len(batch.unheaded)
            for column, texts in zip(self._columns, zip(*batch.records, strict=True), strict=False):
                column.take(texts)
            if len(self._preview) < _PREVIEW:
                records = zip(batch.numbers, batch.records, strict=True)
                self._preview += [(row, tuple(map(shown, record))) for row, record in records]
        return self._seen()

    def _seen(self) -> FileSeen:
        table, about = self._table, self._about
        return FileSeen(
            table.name,
            about.form.value,
            table.size,
            self._rows,
            table.encoding.removesuffix("-sig"),
            table.delimiter,
            about.sheets,
            table.sheet,
            table.header_row,
            tuple(column.seen() for column in self._columns),
            tuple(self._preview[:_PREVIEW]),
            (*about.questions, *(asked for column in self._columns for asked in column.questions())),
        )
