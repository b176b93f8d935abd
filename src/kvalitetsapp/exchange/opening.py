"""A file opened as a table, whatever form it has."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from kvalitetsapp.exchange.claim_specification import claim_specification_file
from kvalitetsapp.exchange.csv_reading import csv_file, open_bytes
from kvalitetsapp.exchange.forms import Form, form_of
from kvalitetsapp.exchange.header_rows import delimiter_of
from kvalitetsapp.exchange.profiles import AUTO_DELIMITER
from kvalitetsapp.exchange.wide_tables import narrowed
from kvalitetsapp.exchange.workbooks import workbook_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from kvalitetsapp.exchange.csv_reading import CsvFile
    from kvalitetsapp.exchange.profiles import Profile
    from kvalitetsapp.exchange.table_source import TableFile
    from kvalitetsapp.progress import Progress


@contextmanager
def open_table(path: Path, profile: Profile, progress: Progress) -> Iterator[TableFile]:
    """Open a file as a profile says, look it through and check its header; its content tells what form it has.

    The same open file is then read, whatever happens to its name.

    Raises:
        InputError: it cannot be opened or read, may do harm, is empty, or has no usable header.
        CancelledError: the user cancelled.
    """
    with open_bytes(path) as file:
        form = form_of(file, path.name)
        found: TableFile
        if form is Form.XML:
            found = claim_specification_file(file, path.name, progress)
        elif form is Form.CSV:
            found = _text_file(file, path.name, profile, progress)
        else:
            found = workbook_file(file, path.name, form, profile.sheet, progress)
        found.read_header(profile.header_row)
        yield narrowed(found, profile.wide)


def _text_file(file: BinaryIO, name: str, profile: Profile, progress: Progress) -> CsvFile:
    if profile.delimiter != AUTO_DELIMITER:
        return csv_file(file, name, profile.encoding, profile.delimiter, progress)
    found = csv_file(file, name, profile.encoding, ";", progress)
    delimiter_of(found)
    return found
