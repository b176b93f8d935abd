"""A CSV file as a header and batches of numbered records, or one sentence that says why it cannot be read.

The standard library's reader gives true records (also with quoted line breaks); a record's row number is the one a
spreadsheet shows, so that empty lines count and line breaks inside a field do not.
"""

from __future__ import annotations

import csv
import io
import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count, islice
from typing import TYPE_CHECKING, BinaryIO, Final

from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.encodings import AUTO, encoding_of, equally_good, survey
from kvalitetsapp.exchange.table_source import BATCH, Batch, refuse_lacking_header, refuse_unclear_header
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kvalitetsapp.domain.dates import DateFormat
    from kvalitetsapp.progress import Progress

_BATCHES_A_STEP: Final = 20
_REPLACED: Final = "\ufffd"


@dataclass(slots=True)
class CsvFile:
    """An open CSV file; `header` holds trimmed, distinct names.

    `might_be` holds the encodings that fit as well as the one it is read in, where that was not stated.
    """

    name: str
    sha256: str
    size: int
    encoding: str
    delimiter: str
    file: BinaryIO = field(repr=False)
    header: tuple[str, ...] = ()
    header_row: int = 1
    sheet: str = ""
    might_be: tuple[str, ...] = ()
    _blank: int = 0  # columns behind the last header, as spreadsheets leave them
    _kept: list[io.TextIOWrapper] = field(repr=False, default_factory=list)

    def batches(self, progress: Progress) -> Iterator[Batch]:
        """Give the records after the header, `BATCH` at a time; progress is told in bytes, cancel is heard."""
        records = self._records()
        self._next(records, self.header_row)
        first = self.header_row + 1
        for turn in count():
            if turn % _BATCHES_A_STEP == 0:
                progress.step(self.size + self.file.tell(), 2 * self.size, _("Läser in rader"))
            taken = self._next(records, BATCH)
            if not taken:
                return
            if self._blank:
                taken = [_without_blanks(record, len(self.header)) for record in taken]
            yield _batch(taken, first, len(self.header))
            first += len(taken)

    def write_dates(self, formats: Mapping[int, DateFormat]) -> None:
        """Take no notice: in a text file a date is what its text says in the stated format."""

    def beginning(self, most: int) -> list[tuple[int, list[str]]]:
        """Return the first records with their row numbers, wherever the header is."""
        return list(enumerate(self._next(self._records(), most), 1))

    def read_header(self, row: int = 1) -> None:
        """Read and check the header row; the rows above it are passed by."""
        above = self._next(self._records(), row)
        header = tuple(name.strip() for name in above[-1]) if len(above) == row else ()
        if not any(header):
            raise refuse_lacking_header(row, self.name)
        named = max(place for place, name in enumerate(header, 1) if name)
        refuse_unclear_header(header[:named], self.name)
        self.header, self.header_row, self._blank = header[:named], row, len(header) - named

    def _records(self, errors: str = "strict") -> Iterator[list[str]]:
        self.file.seek(0)
        text = io.TextIOWrapper(self.file, encoding=self.encoding, errors=errors, newline="")
        self._kept.append(text)  # a wrapper that is let go closes the file under it
        return csv.reader(text, delimiter=self.delimiter, strict=True)

    def _next(self, records: Iterator[list[str]], most: int) -> list[list[str]]:
        try:
            return list(islice(records, most))
        except UnicodeError:
            raise self._undecodable() from None
        except csv.Error as fault:
            raise self._malformed(fault) from None

    def _undecodable(self) -> InputError:
        row = self._row_of_trouble(errors="replace")
        return InputError(
            _(
                "{file} går inte att läsa som {encoding}: otillåtet tecken på rad {row}. Spara filen som ”CSV UTF-8”, "
                "eller ange rätt teckenkodning i en mappningsprofil."
            ).format(file=self.name, encoding=self.encoding.removesuffix("-sig").upper(), row=row)
        )

    def _malformed(self, fault: csv.Error) -> InputError:
        row = self._row_of_trouble(errors="strict")
        if "unexpected end" in str(fault) or "field limit" in str(fault):
            message = _(
                "{file}: ett citattecken som öppnas på rad {row} stängs aldrig. Rätta raden och läs in filen igen."
            )
        else:
            message = _(
                "{file}: citattecknen på rad {row} går inte att tyda. Dubblera citattecken som hör till texten."
            )
        return InputError(message.format(file=self.name, row=row))

    def _row_of_trouble(self, errors: str) -> int:
        row = 0
        try:
            for record in self._records(errors):
                row += 1
                if errors == "replace" and any(_REPLACED in value for value in record):
                    return row
        except (csv.Error, UnicodeError):
            pass
        return row + 1


def csv_file(file: BinaryIO, name: str, encoding: str, delimiter: str, progress: Progress) -> CsvFile:
    """Survey an open text file once and return it, its header not read yet.

    Raises:
        InputError: it is empty, or is not text in the encoding.
    """
    seen = survey(file, os.fstat(file.fileno()).st_size, progress)
    if not seen.beginning.removeprefix(b"\xef\xbb\xbf").strip() and seen.size <= len(seen.beginning):
        raise InputError(_("{file} är tom. Exportera den på nytt.").format(file=name))
    chosen = encoding_of(encoding, seen, name)
    fitting = equally_good(seen.high_bytes) if encoding == AUTO and seen.high_bytes else ()
    might_be = fitting if len(fitting) > 1 and chosen in fitting else ()
    return CsvFile(name, seen.sha256, seen.size, chosen, delimiter, file, might_be=might_be)


@contextmanager
def open_bytes(path: Path) -> Iterator[BinaryIO]:
    """Open a file to be read, with one Swedish sentence where it cannot be."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise InputError(_("Filen {file} finns inte. Kontrollera namn och mapp.").format(file=path.name)) from None
    except IsADirectoryError:
        raise InputError(_("{file} är en mapp. Välj en fil.").format(file=path.absolute().name)) from None
    except OSError:
        raise InputError(
            _("{file} går inte att öppna. Stäng den i andra program och kontrollera rättigheterna.").format(
                file=path.name
            )
        ) from None
    with file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise InputError(_("{file} är ingen vanlig fil. Spara innehållet i en fil först.").format(file=path.name))
        yield file


def _without_blanks(record: list[str], width: int) -> list[str]:
    """Return a record without empty fields behind the last header; one with a value there is left, and is ragged."""
    return record[:width] if len(record) > width and not any(map(str.strip, record[width:])) else record


def _batch(taken: list[list[str]], first: int, width: int) -> Batch:
    if set(map(len, taken)) == {width}:
        return Batch(range(first, first + len(taken)), taken, [])
    numbered = list(enumerate(taken, first))
    whole = [(number, record) for number, record in numbered if len(record) == width]
    ragged = [(number, len(record)) for number, record in numbered if record and len(record) != width]
    return Batch([number for number, _record in whole], [record for _number, record in whole], ragged)
