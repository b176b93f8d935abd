"""What in an episode points to harm after an operation: the registers' codes where they count, and surgery at home."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.coding import JOINTS, LEVEL_OF_ROLE, LEVELS, UNKNOWN, day_numbers, ranges, spread
from kvalitetsapp.analysis.procedures import joint_procedures
from kvalitetsapp.domain.adverse_event import Condition, Population
from kvalitetsapp.domain.codes import ProcedureRole
from kvalitetsapp.domain.missed_event import HOME_SURGERY
from kvalitetsapp.domain.words import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pandas as pd

    from kvalitetsapp.analysis.coding import Bools, Ints
    from kvalitetsapp.analysis.procedures import Procedures
    from kvalitetsapp.domain.adverse_event import AdverseEvent
    from kvalitetsapp.domain.codes import CodeTables

_AT_HOME: Final = -1
_OPEN_SURGERY: Final = LEVELS.index("reoperation")
_DIAGNOSES: Final = frozenset({Condition.INDEX_OR_LATER_MAIN, Condition.LATER_MAIN})


@dataclass(frozen=True, slots=True)
class Marks:
    """Places where something points: the episode's `row`, what points (a number of the book), `side` and `day`."""

    row: Ints
    pointer: Ints
    side: Ints
    day: Ints


@dataclass(frozen=True, slots=True)
class Book:
    """What may point, by number: a recorded code together with the row of the instrument that it falls under."""

    instrument: Sequence[AdverseEvent]
    tables: CodeTables
    met: dict[tuple[str, int], int] = field(default_factory=dict)

    def numbers(self, text: str, lookup: _Lookup) -> list[int]:
        """Return the numbers of what the codes of a text point with, in their order."""
        return [self._number(code, place) for code in text.split() for place in lookup.places(code)]

    def at_home(self, code: str) -> int:
        """Return the number of a procedure as surgery at home."""
        return self._number(code, _AT_HOME)

    def _number(self, code: str, place: int) -> int:
        return self.met.setdefault((code, place), len(self.met))

    @property
    def codes(self) -> list[str]:
        """The recorded codes in the order of the numbers."""
        return [code for code, _place in self.met]

    @property
    def conditions(self) -> list[str]:
        """How each points."""
        return [HOME_SURGERY if place == _AT_HOME else str(self.instrument[place].condition) for _, place in self.met]

    @property
    def groups(self) -> list[str]:
        """The register's group of each, "" for surgery at home."""
        return ["" if place == _AT_HOME else self.instrument[place].group for _, place in self.met]

    def joints(self) -> Ints:
        """Return the joint that each speaks of."""
        return np.array([JOINTS.index(self._joint(code, place)) for code, place in self.met], dtype=np.int64)

    def fracture_only(self) -> Bools:
        """Tell which count only after an operation for a fracture."""
        flags = [
            place != _AT_HOME and self.instrument[place].population is Population.FRACTURE for _, place in self.met
        ]
        return np.array(flags, dtype=np.bool_)

    def ranks(self) -> Ints:
        """Return the order in which they are named: surgery at home (which has no group), then by group and code."""
        keys = list(zip(self.groups, self.codes, strict=True))
        ranks = np.empty(len(keys), dtype=np.int64)
        ranks[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
        return ranks

    def _joint(self, code: str, place: int) -> str:
        return self.tables.procedure_roles[code].joint if place == _AT_HOME else self.instrument[place].joint


class _Lookup:
    """Finds the rows of the instrument that a code falls under, among those of some conditions."""

    def __init__(self, instrument: Sequence[AdverseEvent], conditions: Collection[Condition]) -> None:
        chosen = [(place, one) for place, one in enumerate(instrument) if one.condition in conditions]
        self._exact: dict[str, list[int]] = {}
        self._prefixes: dict[str, list[int]] = {}
        for place, one in chosen:
            (self._prefixes if one.prefix else self._exact).setdefault(one.code, []).append(place)
        self._lengths = sorted({len(code) for code in self._prefixes})

    def places(self, code: str) -> list[int]:
        """Return the places of the rows."""
        found = list(self._exact.get(code, ()))
        for length in self._lengths:
            found += self._prefixes.get(code[:length], ())
        return found


def later_diagnoses(episodes: pd.DataFrame, book: Book) -> Marks:
    """Return the main diagnoses that may point, dated by admission."""
    lookup = _Lookup(book.instrument, _DIAGNOSES)
    found = spread(episodes["main_diagnosis"], partial(book.numbers, lookup=lookup))
    return _dated(found.row, found.part, day_numbers(episodes["admitted"])[found.row])


def stay_diagnoses(episodes: pd.DataFrame, rows: Ints, book: Book) -> Marks:
    """Return what any diagnosis of the stays at `rows` may point with; `row` counts in `rows`, `day` is no day."""
    lookup = _Lookup(book.instrument, {Condition.INDEX_OR_LATER_MAIN})
    parts = partial(book.numbers, lookup=lookup)
    main, other = (spread(episodes[name].iloc[rows], parts) for name in ("main_diagnosis", "other_diagnoses"))
    row = np.concatenate((main.row, other.row))
    return _dated(row, np.concatenate((main.part, other.part)), np.zeros(len(row), dtype=np.int64))


def recorded_procedures(episodes: pd.DataFrame, details: pd.DataFrame, book: Book) -> Procedures:
    """Return the procedures on a joint, and those of the instrument that are on none, with side and day (R1, R2)."""
    known = {
        one.code: ProcedureRole(one.joint, Role.OTHER)
        for one in book.instrument
        if one.condition is Condition.LATER_PROCEDURE
    }
    wider = replace(book.tables, procedure_roles=known | dict(book.tables.procedure_roles))
    return joint_procedures(episodes, details, wider)


def later_procedures(procedures: Procedures, book: Book) -> Marks:
    """Return the procedures that the instrument names."""
    lookup = _Lookup(book.instrument, {Condition.LATER_PROCEDURE})
    of_code = [book.numbers(code, lookup) for code in procedures.codes]
    lengths = np.array([*map(len, of_code), 0], dtype=np.int64)
    flat = np.array([number for some in of_code for number in some], dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    count = lengths[procedures.code]
    place = np.repeat(np.arange(len(procedures.row)), count)
    pointer = flat[ranges(starts[procedures.code], count)]
    return Marks(procedures.row[place], pointer, procedures.side[place], procedures.day[place].astype(np.int64))


def home_surgery(procedures: Procedures, at_home: Bools, book: Book) -> Marks:
    """Return the open surgery on a joint (R8) of the episodes that `at_home` tells of."""
    place = np.flatnonzero((LEVEL_OF_ROLE[procedures.role] <= _OPEN_SURGERY) & at_home[procedures.row])
    used, of_place = np.unique(procedures.code[place], return_inverse=True)
    numbers = np.array([book.at_home(procedures.codes[code]) for code in used.tolist()], dtype=np.int64)
    return Marks(
        procedures.row[place], numbers[of_place], procedures.side[place], procedures.day[place].astype(np.int64)
    )


def _dated(row: Ints, pointer: Ints, day: Ints) -> Marks:
    return Marks(row, pointer.astype(np.int64), np.full(len(row), UNKNOWN, dtype=np.int8), day.astype(np.int64))
