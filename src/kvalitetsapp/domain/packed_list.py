"""A waiting list of a source and a day as columns of small whole numbers, so that many lists are read at once.

No personal number is in it: who waits is the whole number that stands for a person everywhere else in the store.
"""

from __future__ import annotations

import zlib
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

WORDS: Final = (
    "county",
    "municipality",
    "provider_id",
    "procedure_code",
    "deviation",
    "priority",
    "highly_specialised",
)
"""Columns of texts: places in `PackedColumn.words`."""
ENTRY: Final = "entry"
"""Whose row it is: a number that is the same in every list of the source (`entry_number`); rows stand in its order."""
ROW: Final = "row"
IDENTITY: Final = "identity"
DECIDED: Final = "decided_before"
"""Days from the decision to the day of the list, below 0 where the decision is later."""
PLANNED: Final = "planned_after"
"""Days from the day of the list to the planned day."""
NUMBERS: Final = (ENTRY, ROW, IDENTITY, DECIDED, PLANNED)
_CODES: Final = ("b", "B", "h", "H", "i", "I", "q")
_FASTEST: Final = 1
_LONGEST_NUMBER: Final = 18  # digits of a whole number that 64 bits surely hold
_HASHED: Final = 1 << 62


@dataclass(frozen=True, slots=True)
class PackedColumn:
    """One column: whole numbers of array type `code`, compressed.

    `words`, where there are some, are what the numbers stand for (None: nothing). With `steps` the numbers are what
    is to be added to the row before. `absent` is the number that stands for nothing, None where every row has one.
    """

    code: str
    data: bytes
    words: tuple[str | None, ...] = ()
    absent: int | None = None
    steps: bool = False

    def raw(self) -> bytes:
        """Return the numbers as they lie in memory."""
        return zlib.decompress(self.data)


@dataclass(frozen=True, slots=True)
class PackedList:
    """The list of a source on a day; `made_of` tells which rows it was made of."""

    source: str
    snapshot_on: date
    entries: int
    made_of: str
    columns: Mapping[str, PackedColumn]


def entry_number(entry_id: str) -> int:
    """Return a whole number for an entry's id: the id itself where it is one, else a fingerprint of 62 bits.

    Two of ten million ids have the same fingerprint once in a hundred thousand times.
    """
    if len(entry_id) <= _LONGEST_NUMBER and entry_id.isascii() and entry_id.isdecimal() and entry_id[0] != "0":
        return int(entry_id)
    from hashlib import blake2b

    return _HASHED | int.from_bytes(blake2b(entry_id.encode(), digest_size=8).digest()) >> 2


def of_words(values: Sequence[str | None]) -> PackedColumn:
    """Pack a column of texts."""
    words: dict[str | None, int] = {}
    places = [words.setdefault(value, len(words)) for value in values]
    return PackedColumn(*_packed(places), words=tuple(words))


def of_numbers(values: Sequence[int | None]) -> PackedColumn:
    """Pack a column of whole numbers, some of which may be missing."""
    known = [value for value in values if value is not None]
    if len(known) == len(values):
        return PackedColumn(*_packed(known))
    absent = min(known, default=0) - 1
    return PackedColumn(*_packed([absent if value is None else value for value in values]), absent=absent)


def of_rising(values: Sequence[int]) -> PackedColumn:
    """Pack whole numbers that never fall, as steps from one to the next."""
    steps = [now - before for before, now in zip((0, *values), values, strict=False)]
    return PackedColumn(*_packed(steps), steps=True)


def _packed(values: Sequence[int]) -> tuple[str, bytes]:
    least, most = min(values, default=0), max(values, default=0)
    code = next(code for code in _CODES if _holds(code, least, most))
    return code, zlib.compress(array(code, values).tobytes(), _FASTEST)


def _holds(code: str, least: int, most: int) -> bool:
    bits = array(code).itemsize * 8
    if code.isupper():
        return least >= 0 and most < 1 << bits
    return least >= -(1 << bits - 1) and most < 1 << bits - 1
