"""Words of the field as small integers, and code strings taken apart once per distinct string."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import columns
from kvalitetsapp.domain import families
from kvalitetsapp.domain.words import ComplicationClass, Role, Side, SurgeryLevel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from kvalitetsapp.domain.codes import CodeTables

    Ints = NDArray[np.integer[Any]]
    Bools = NDArray[np.bool_]

JOINTS: Final = families.ids()
"""All families of procedures, whether they are followed or not: those that are not have no codes."""
HAS_SIDES: Final = np.array([*(one.has_sides for one in families.known()), True], dtype=np.bool_)
"""Whether operations of each joint have a side, NO_JOINT last."""
NO_JOINT: Final = len(JOINTS)
JOINT_WORDS: Final = (*JOINTS, "")
UNKNOWN, RIGHT, LEFT, BOTH = range(4)
SIDES: Final = (str(Side.UNKNOWN), str(Side.RIGHT), str(Side.LEFT))
SIDE_NUMBERS: Final = {"": UNKNOWN, Side.UNKNOWN: UNKNOWN, Side.RIGHT: RIGHT, Side.LEFT: LEFT, Side.BOTH: BOTH}
SIDE_BIT: Final = np.array([4, 1, 2], dtype=np.uint8)
SIDE_BITS: Final = np.append(SIDE_BIT, SIDE_BIT[RIGHT] | SIDE_BIT[LEFT])
"""The sides that a side of a procedure stands for, by its number; `both` stands for two."""
COMPATIBLE_BITS: Final = np.array([7, 5, 6], dtype=np.uint8)
"""The sides that a side is compatible with (R2): equal, or one of them unknown."""

NO_ROLE: Final = -1
ROLES: Final = tuple(Role)
CLASSES: Final = (*(str(name) for name in ComplicationClass), "")
NO_CLASS: Final = len(CLASSES) - 1
LEVELS: Final = tuple(str(level) for level in SurgeryLevel)
LEVEL_OF_ROLE: Final = np.array(
    [
        {
            Role.REVISION: 0,
            Role.ADDITION: 0,
            Role.EXTRACTION: 0,
            Role.REOPERATION: 1,
            Role.CLOSED_REDUCTION: 2,
        }.get(role, 3)
        for role in ROLES
    ],
    dtype=np.int8,
)
"""R8: the level of surgery that a procedure of each role makes (LEVELS); a role that triggers has one below `none`."""

NO_LEVEL: Final = len(LEVELS) - 1
NO_WINDOW: Final = 2**30
NO_DAY: Final = -(2**31)


def role_number(role: Role) -> int:
    """Return the number of a role."""
    return ROLES.index(role)


def day_numbers(dates: pd.Series[Any]) -> Ints:
    """Return dates as days since 1970 (int32), NO_DAY where there is none."""
    return np.maximum(columns.day_numbers(dates), NO_DAY).astype(np.int32)


def dates_of(days: Ints) -> NDArray[np.datetime64]:
    """Return days since 1970 as `datetime64[s]`, NaT for NO_DAY."""
    return columns.dates(np.where(days == NO_DAY, columns.NO_DAY, days.astype(np.int64)))


def words(numbers: Ints, vocabulary: Sequence[str]) -> pd.Categorical[str]:
    """Return numbers as the words they stand for."""
    return pd.Categorical.from_codes(numbers, categories=pd.Index(list(vocabulary), dtype="str"))


def numbers(column: pd.Series[Any], known: Callable[[str], int]) -> Ints:
    """Return what `known` says of each value of a category column, asked once per distinct value."""
    categories = column.cat.categories
    answers = np.fromiter((known(str(value)) for value in categories), dtype=np.int32, count=len(categories))
    return np.append(answers, known(""))[column.cat.codes.to_numpy()]


@dataclass(frozen=True, slots=True)
class Spread:
    """Rows that stand for the parts of others: `row` is the one a part comes from, `part` what it is."""

    row: Ints
    part: Ints


def spread(column: pd.Series[Any], parts: Callable[[str], Sequence[int]]) -> Spread:
    """Return the parts of every row of a category column in their order, taken apart once per distinct value."""
    taken = [parts(str(value)) for value in column.cat.categories]
    taken.append(())
    lengths = np.fromiter(map(len, taken), dtype=np.int64, count=len(taken))
    flat = np.fromiter((part for some in taken for part in some), dtype=np.int32, count=int(lengths.sum()))
    codes = column.cat.codes.to_numpy()
    rows = np.flatnonzero((lengths > 0)[codes]) if len(flat) else np.zeros(0, dtype=np.int64)
    chosen = codes[rows]
    inside = ranges(np.cumsum(lengths)[chosen] - lengths[chosen], lengths[chosen])
    return Spread(np.repeat(rows, lengths[chosen]), flat[inside])


def ranges(starts: Ints, lengths: Ints) -> Ints:
    """Return start, start + 1, … (length of them) for each pair, one after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(starts - ends + lengths, lengths)


def counted(ordered: Ints) -> Ints:
    """Return how many equal values stand before each in an array where equal values stand together."""
    places = np.arange(len(ordered))
    return places - run_starts(ordered)


def run_starts(ordered: Ints) -> Ints:
    """Return where the run of equal values that each place belongs to begins."""
    begins = np.ones(len(ordered), dtype=np.bool_)
    begins[1:] = ordered[1:] != ordered[:-1]
    return np.maximum.accumulate(np.where(begins, np.arange(len(ordered)), 0))


class Vocabulary:
    """The procedure codes met so far, each with a number, and what the tables say of them."""

    def __init__(self, tables: CodeTables) -> None:
        self._tables = tables
        self._numbers: dict[str, int] = {}

    def number(self, code: str) -> int:
        """Return the number of a code, a new one for a code not met before."""
        return self._numbers.setdefault(code, len(self._numbers))

    def numbers_in(self, text: str) -> list[int]:
        """Return the numbers of codes that are separated by spaces."""
        return [self.number(code) for code in text.split()]

    @property
    def codes(self) -> list[str]:
        """The codes in the order of their numbers."""
        return list(self._numbers)

    def joints(self) -> Ints:
        """Return the joint of each code (NO_JOINT where the tables give none)."""
        known = self._tables.procedure_roles
        return np.array(
            [JOINTS.index(known[c].joint) if c in known else NO_JOINT for c in self._numbers], dtype=np.int8
        )

    def roles(self) -> Ints:
        """Return the role of each code (NO_ROLE where the tables give none)."""
        known = self._tables.procedure_roles
        return np.array([role_number(known[c].role) if c in known else NO_ROLE for c in self._numbers], dtype=np.int8)

    def windows(self) -> Ints:
        """Return how many days each code counts after an operation, NO_WINDOW where that has no end."""
        known = self._tables.procedure_roles
        days = (known[c].window_days if c in known else None for c in self._numbers)
        return np.array([NO_WINDOW if one is None else one for one in days], dtype=np.int32)

    def sides(self) -> Ints:
        """Return the side that each laterality code tells (R1), UNKNOWN for every other code."""
        told = self._tables.laterality
        return np.array([SIDE_NUMBERS[told.get(c, "")] for c in self._numbers], dtype=np.int8)

    def classes(self) -> Ints:
        """Return the complication class that each code gives on its joint (R7)."""
        roles, given = self._tables.procedure_roles, self._tables.complication_procedures
        return np.array(
            [CLASSES.index(given.get((c, roles[c].joint), "") if c in roles else "") for c in self._numbers],
            dtype=np.int8,
        )
