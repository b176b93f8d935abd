"""A CSV file as a header and batches of numbered records, or one sentence that says why it cannot be read.

The standard library's reader gives true records (also with quoted line breaks); a record's row number is the one a
spreadsheet shows, so that empty lines count and line breaks inside a field do not.
"""

from __future__ import annotations

import csv
import io
import os
import stat
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count, islice
from typing import TYPE_CHECKING, BinaryIO, Final

from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.encodings import encoding_of, survey
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kvalitetsapp.progress import Progress

BATCH: Final = 250  # so few that a batch stays in the processor's cache: 5 000 at a time took half as long again
_BATCHES_A_STEP: Final = 20
_REPLACED: Final = "\ufffd"


@dataclass(frozen=True, slots=True)
class Batch:
    """Records of the header's width with their row numbers, and (row number, fields) of those of another width."""

    numbers: Sequence[int]
    records: list[list[str]]
    ragged: list[tuple[int, int]]


@dataclass(slots=True)
class CsvFile:
    """An open CSV file; `header` holds trimmed, distinct names."""

    name: str
    sha256: str
    size: int
    encoding: str
    delimiter: str
    file: BinaryIO = field(repr=False)
    header: tuple[str, ...] = ()
    _kept: list[io.TextIOWrapper] = field(repr=False, default_factory=list)

    def batches(self, progress: Progress) -> Iterator[Batch]:
        """Give the records after the header, `BATCH` at a time; progress is told in bytes, cancel is heard."""
        records = self._records()
        self._next(records, 1)
        first = 2
        for turn in count():
            if turn % _BATCHES_A_STEP == 0:
                progress.step(self.size + self.file.tell(), 2 * self.size, _("Läser in rader"))
            taken = self._next(records, BATCH)
            if not taken:
                return
            yield _batch(taken, first, len(self.header))
            first += len(taken)

    def read_header(self) -> None:
        """Read and check the header row."""
        first = self._next(self._records(), 1)
        header = tuple(name.strip() for name in first[0]) if first else ()
        if not any(header):
            raise InputError(
                _("{file} saknar rubrikrad. Första raden ska innehålla kolumnernas namn.").format(file=self.name)
            )
        _refuse_unclear_header(header, self.name)
        self.header = header

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


@contextmanager
def open_csv(path: Path, encoding: str, delimiter: str, progress: Progress) -> Iterator[CsvFile]:
    """Open, survey and check a CSV file once; the same open file is then read, whatever happens to its name.

    Raises:
        InputError: it cannot be opened, is empty, is not text in the encoding, or has no usable header.
    """
    with open_bytes(path) as file:
        seen = survey(file, path.stat().st_size, progress)
        if not seen.beginning.removeprefix(b"\xef\xbb\xbf").strip() and seen.size <= len(seen.beginning):
            raise InputError(_("{file} är tom. Exportera den på nytt.").format(file=path.name))
        found = CsvFile(path.name, seen.sha256, seen.size, encoding_of(encoding, seen, path.name), delimiter, file)
        found.read_header()
        yield found


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


def _batch(taken: list[list[str]], first: int, width: int) -> Batch:
    if set(map(len, taken)) == {width}:
        return Batch(range(first, first + len(taken)), taken, [])
    numbered = list(enumerate(taken, first))
    whole = [(number, record) for number, record in numbered if len(record) == width]
    ragged = [(number, len(record)) for number, record in numbered if record and len(record) != width]
    return Batch([number for number, _record in whole], [record for _number, record in whole], ragged)


def _refuse_unclear_header(header: tuple[str, ...], file_name: str) -> None:
    blank = [place for place, name in enumerate(header, 1) if not name]
    if blank:
        raise InputError(
            _(
                "{file}: kolumn {places} har ingen rubrik. Ge varje kolumn ett namn eller ta bort tomma kolumner."
            ).format(file=file_name, places=", ".join(map(str, blank[:5])))
        )
    twice = [name for name, times in Counter(header).items() if times > 1]
    if twice:
        raise InputError(
            _("{file}: rubriken {names} finns mer än en gång. Ge varje kolumn ett eget namn.").format(
                file=file_name, names=", ".join(f"”{name}”" for name in twice[:5])
            )
        )
