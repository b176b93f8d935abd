"""A table with a column for each year, read as if it had a row for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from kvalitetsapp.exchange.columns import places_of
from kvalitetsapp.exchange.table_source import Batch, Unreadable, refuse_unclear_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kvalitetsapp.domain.dates import DateFormat
    from kvalitetsapp.exchange.table_source import TableFile
    from kvalitetsapp.progress import Progress

_DIGITS: Final = "0123456789"


@dataclass(frozen=True, slots=True)
class Wide:
    """The columns that become rows: `headers` that end with `#` stand for all with a number there.

    The number is then read under the header `number`, what stood in the column under the header `value`.
    """

    headers: tuple[str, ...]
    number: str
    value: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns that stay stand, and those that become rows with the number of each."""

    header: tuple[str, ...]
    staying: tuple[int, ...]
    numbered: tuple[tuple[int, str], ...]


def layout_of(header: Sequence[str], wide: Wide | None) -> Layout | None:
    """Return how a header is laid out anew, None where no column of it becomes rows."""
    if wide is None:
        return None
    place_of = {normalize("NFC", name): place for place, name in enumerate(header)}
    places = [place for one in wide.headers for place in places_of(one, place_of)]
    if not places:
        return None
    numbered = tuple((place, _number(header[place])) for place in places)
    staying = tuple(place for place in range(len(header)) if place not in places)
    return Layout((*(header[place] for place in staying), wide.number, wide.value), staying, numbered)


def _number(header: str) -> str:
    return header[len(header.rstrip(_DIGITS)) :]


def narrowed(file: TableFile, wide: Wide | None) -> TableFile:
    """Return a file, its header read, as one with a row for each of the columns that become rows.

    Raises:
        InputError: a column that stays has the header that is to be the number's or the value's.
    """
    layout = layout_of(file.header, wide)
    if layout is None:
        return file
    refuse_unclear_header(layout.header, file.name)
    return NarrowFile(file, layout)


class NarrowFile:
    """A wide table as a narrow one; the rows that are made of one row all have its number."""

    def __init__(self, file: TableFile, layout: Layout) -> None:
        self._file, self._layout = file, layout
        self.name, self.sha256, self.size = file.name, file.sha256, file.size
        self.encoding, self.delimiter, self.sheet = file.encoding, file.delimiter, file.sheet
        self.header_row, self.header = file.header_row, layout.header

    def write_dates(self, formats: Mapping[int, DateFormat]) -> None:
        """Let cells that are dates be given in these formats, by place in the narrow table."""
        staying = self._layout.staying
        stated = {staying[place]: stated for place, stated in formats.items() if place < len(staying)}
        if (of_value := formats.get(len(self.header) - 1)) is not None:
            stated |= {place: of_value for place, _number in self._layout.numbered}
        self._file.write_dates(stated)

    def beginning(self, most: int) -> list[tuple[int, list[str]]]:
        """Return the first rows as they stand in the wide table."""
        return self._file.beginning(most)

    def read_header(self, row: int) -> None:
        """Take no notice: the header was read before the table was laid out anew."""

    def batches(self, progress: Progress) -> Iterator[Batch]:
        """Give the rows that each batch of the wide table makes."""
        for batch in self._file.batches(progress):
            yield self._narrow(batch)

    def _narrow(self, batch: Batch) -> Batch:
        staying, numbered = self._layout.staying, self._layout.numbered
        records = [
            [*(record[place] for place in staying), number, record[at]]
            for record in batch.records
            for at, number in numbered
        ]
        numbers = [row for row in batch.numbers for _each in numbered]
        unreadable = [one for cell in batch.unreadable for one in self._cells(cell)]
        return Batch(numbers, records, batch.ragged, batch.unheaded, unreadable)

    def _cells(self, cell: Unreadable) -> list[Unreadable]:
        """Return where an unreadable cell stands among the rows that its row makes: in one of them, or in all."""
        staying, numbered = self._layout.staying, self._layout.numbered
        first = cell.position * len(numbered)
        if cell.place in staying:
            place = staying.index(cell.place)
            return [Unreadable(first + each, place, cell.code, cell.shown) for each in range(len(numbered))]
        at = [place for place, _number in numbered].index(cell.place)
        return [Unreadable(first + at, len(self.header) - 1, cell.code, cell.shown)]
