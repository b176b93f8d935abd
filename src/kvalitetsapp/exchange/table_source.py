"""What every table that is read has in common, whatever file it stands in: a header and batches of records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from kvalitetsapp.domain import identity
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kvalitetsapp.domain.dates import DateFormat
    from kvalitetsapp.progress import Progress

BATCH: Final = 250  # so few that a batch stays in the processor's cache: 5 000 at a time took half as long again


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that holds something no program can read: where in the batch, and the fault's code."""

    position: int
    place: int
    code: str
    shown: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Records of the header's width with their row numbers, and the rows that do not fit under the header.

    `ragged` holds (row number, fields) of those of another width, `unheaded` (row number, cell) of those with a value
    under no header, `unreadable` the cells of `records` that hold an error instead of a value.
    """

    numbers: Sequence[int]
    records: list[list[str]]
    ragged: list[tuple[int, int]]
    unheaded: list[tuple[int, str]] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)


class TableFile(Protocol):
    """An open file with one table; `header` holds trimmed, distinct names.

    `encoding` and `delimiter` are "" for workbooks, `sheet` for text files; `header_row` is the header's row as a
    spreadsheet counts.
    """

    @property
    def name(self) -> str:
        """Return the file's name."""

    @property
    def sha256(self) -> str:
        """Return the hash of the file's bytes."""

    @property
    def size(self) -> int:
        """Return how many bytes the file has."""

    @property
    def encoding(self) -> str:
        """Return the encoding it is read in."""

    @property
    def delimiter(self) -> str:
        """Return what stands between the fields."""

    @property
    def sheet(self) -> str:
        """Return the sheet's name."""

    @property
    def header_row(self) -> int:
        """Return the header's row as a spreadsheet counts."""

    @property
    def header(self) -> tuple[str, ...]:
        """Return the names of the columns in order."""

    def write_dates(self, formats: Mapping[int, DateFormat]) -> None:
        """Let cells that are dates be given in these formats, by place, so that no format is guessed for them."""

    def beginning(self, most: int) -> list[tuple[int, list[str]]]:
        """Return the first rows of the table with their numbers, wherever its header is."""

    def read_header(self, row: int) -> None:
        """Read and check the header in a row.

        Raises:
            InputError: the row has no headers, or unclear ones.
        """

    def batches(self, progress: Progress) -> Iterator[Batch]:
        """Give the records after the header, `BATCH` at a time; cancel is heard."""


def refuse_lacking_header(row: int, file_name: str) -> InputError:
    """Return what to say of a header row without any header."""
    if row > 1:
        return InputError(
            _("{file} har inga rubriker på rad {row}. Ange rätt header_row i mappningsprofilen.").format(
                file=file_name, row=row
            )
        )
    return InputError(
        _("{file} saknar rubrikrad. Första raden ska innehålla kolumnernas namn.").format(file=file_name)
    )


def refuse_unclear_header(header: tuple[str, ...], file_name: str, first: int = 0) -> None:
    """Refuse headers that are blank or stand more than once; `first` columns before them were empty.

    Raises:
        InputError: always names the columns, but no personal number: a file without headers begins with a row.
    """
    blank = [place for place, name in enumerate(header, first + 1) if not name]
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
                file=file_name, names=identity.hidden(", ".join(f"”{name}”" for name in twice[:5]))
            )
        )
