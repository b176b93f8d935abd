"""The header of a file as profiles would read it: opened once, however many of them are tried."""

from __future__ import annotations

import csv
import io
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeVar, TypeVarTuple

from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import claim_specification, encodings
from kvalitetsapp.exchange.csv_reading import open_bytes
from kvalitetsapp.exchange.forms import Form, form_of
from kvalitetsapp.exchange.header_rows import DELIMITERS
from kvalitetsapp.exchange.profiles import AUTO_DELIMITER
from kvalitetsapp.exchange.wide_tables import layout_of
from kvalitetsapp.exchange.workbooks import open_workbook
from kvalitetsapp.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kvalitetsapp.exchange.profiles import Profile
    from kvalitetsapp.exchange.workbooks import Workbook, WorkbookFile

T = TypeVar("T")
Asked = TypeVarTuple("Asked")

_LONGEST: Final = 1 << 16


@contextmanager
def open_headers(path: Path) -> Iterator[Headers]:
    """Open a file to look at its header, as often as there are ways to read it.

    Raises:
        InputError: it cannot be opened.
    """
    with open_bytes(path) as file:
        yield Headers(file, path.name)


class Headers:
    """An open file whose header is asked for; what one answer took, a failure too, is kept for the next."""

    def __init__(self, file: BinaryIO, file_name: str) -> None:
        self._file, self._name = file, file_name
        self._known: dict[tuple[Any, ...], Any] = {}

    def of(self, profile: Profile) -> tuple[str, ...]:
        """Return the header that the file has where it is read and laid out as a profile says.

        Raises:
            InputError: it cannot be read so.
        """
        found = self._as_it_stands(profile)
        layout = layout_of(found, profile.wide)
        return found if layout is None else layout.header

    def _as_it_stands(self, profile: Profile) -> tuple[str, ...]:
        form = self._once(self._form)
        if form is Form.XML:
            return claim_specification.HEADER
        if form is not Form.CSV:
            return self._once(self._in_workbook, profile.sheet, profile.header_row)
        return self._once(self._in_text, profile.encoding, profile.delimiter, profile.header_row)

    def first_line(self) -> list[str]:
        """Return the names in the first line of a file in standard form, none where it cannot be read."""
        try:
            if self._once(self._form) not in {Form.CSV, Form.XML}:
                return list(self._once(self._in_workbook, "", 1))
            beginning = self._once(self._beginning)
        except (OSError, InputError):
            return []
        line = beginning.decode("utf-8-sig", errors="replace").splitlines()[:1]
        return [name.strip() for name in next(csv.reader(line, delimiter=";"), [])]

    def _once(self, work: Callable[[*Asked], T], *asked: *Asked) -> T:
        key = (work.__name__, *asked)
        if key not in self._known:
            try:
                self._known[key] = work(*asked)
            except InputError as error:
                self._known[key] = error
        found = self._known[key]
        if isinstance(found, InputError):
            raise found
        return found  # type: ignore[no-any-return]

    def _form(self) -> Form:
        return form_of(self._file, self._name)

    def _beginning(self) -> bytes:
        self._file.seek(0)
        return self._file.read(_LONGEST)

    def _workbook(self) -> Workbook:
        return open_workbook(self._file, self._name, self._once(self._form), Progress())

    def _sheet(self, stated: str) -> WorkbookFile:
        return self._once(self._workbook).sheet_file(stated, Progress())

    def _in_workbook(self, sheet: str, row: int) -> tuple[str, ...]:
        found = self._once(self._sheet, sheet)
        found.read_header(row)
        return found.header

    def _in_text(self, encoding: str, delimiter: str, row: int) -> tuple[str, ...]:
        if delimiter == AUTO_DELIMITER:
            return max((self._once(self._in_text, encoding, sign, row) for sign in DELIMITERS), key=len)
        text = _decoded(self._once(self._beginning), encoding)
        records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            header = next(islice(records, row - 1, None), [])
        except csv.Error:
            return ()
        return tuple(name.strip() for name in header)


def _decoded(beginning: bytes, encoding: str) -> str:
    chosen = encoding if encoding != encodings.AUTO else encodings.of_beginning(beginning)
    return beginning.decode(chosen, errors="ignore" if chosen.startswith("utf") else "replace")
