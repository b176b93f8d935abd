"""The header of a file as a profile would read it, from the file's beginning alone."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange import claim_specification, encodings
from kvalitetsapp.exchange.csv_reading import open_bytes
from kvalitetsapp.exchange.forms import Form, form_of
from kvalitetsapp.exchange.workbooks import workbook_file
from kvalitetsapp.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.exchange.profiles import Profile

_LONGEST: Final = 1 << 16


def header_of(path: Path, profile: Profile) -> tuple[str, ...]:
    """Return the header that a file has where it is read with a profile's encoding, delimiter and header row.

    Raises:
        InputError: it cannot be read so.
    """
    with open_bytes(path) as file:
        form = form_of(file, path.name)
        if form is Form.XML:
            return claim_specification.HEADER
        if form is not Form.CSV:
            book = workbook_file(file, path.name, form, profile.sheet, Progress())
            book.read_header(profile.header_row)
            return book.header
        file.seek(0)
        beginning = file.read(_LONGEST)
    text = _decoded(beginning, profile.encoding)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=profile.delimiter)
    try:
        header = next(islice(records, profile.header_row - 1, None), [])
    except csv.Error:
        return ()
    return tuple(name.strip() for name in header)


def _decoded(beginning: bytes, encoding: str) -> str:
    chosen = encoding if encoding != encodings.AUTO else encodings.of_beginning(beginning)
    return beginning.decode(chosen, errors="ignore" if chosen.startswith("utf") else "replace")
