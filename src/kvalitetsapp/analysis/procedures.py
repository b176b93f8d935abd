"""R1: the procedures of every episode with joint, role, side and day, details of the `procedures` file worked in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kvalitetsapp.analysis.coding import (
    BOTH,
    HAS_SIDES,
    LEFT,
    NO_DAY,
    NO_ROLE,
    RIGHT,
    SIDE_NUMBERS,
    UNKNOWN,
    Vocabulary,
    counted,
    day_numbers,
    numbers,
    spread,
)

if TYPE_CHECKING:
    import pandas as pd

    from kvalitetsapp.analysis.coding import Bools, Ints
    from kvalitetsapp.domain.codes import CodeTables


@dataclass(frozen=True, slots=True)
class Procedures:
    """The joint procedures of all episodes, in the order of the episodes and as recorded within each.

    `row` is the episode's place in its frame; the rest are numbers of `coding`; `code` counts in `codes`; `window` is
    how many days after an operation a procedure counts, or NO_WINDOW.
    """

    row: Ints
    code: Ints
    joint: Ints
    role: Ints
    side: Ints
    day: Ints
    complication_class: Ints
    window: Ints
    codes: list[str]

    def where(self, chosen: Bools | Ints) -> Procedures:
        """Return the chosen ones (truths, or places)."""
        if chosen.dtype == np.bool_:
            chosen = np.flatnonzero(chosen)
        return Procedures(
            self.row[chosen],
            self.code[chosen],
            self.joint[chosen],
            self.role[chosen],
            self.side[chosen],
            self.day[chosen],
            self.complication_class[chosen],
            self.window[chosen],
            self.codes,
        )

    def by_side(self) -> Procedures:
        """Return them with `both` made into a right and a left one, order kept."""
        double = self.side == BOTH
        if not double.any():
            return self
        twice = np.repeat(np.arange(len(self.row)), 1 + double)
        second = counted(twice) == 1
        chosen = self.where(twice)
        side = np.where(double[twice], np.where(second, LEFT, RIGHT), chosen.side).astype(np.int8)
        return Procedures(
            chosen.row,
            chosen.code,
            chosen.joint,
            chosen.role,
            side,
            chosen.day,
            chosen.complication_class,
            chosen.window,
            self.codes,
        )


@dataclass(frozen=True, slots=True)
class _Recorded:
    """All codes of all episodes in order, with what the details tell of them (UNKNOWN, NO_DAY: nothing)."""

    row: Ints
    code: Ints
    side: Ints
    day: Ints


def joint_procedures(episodes: pd.DataFrame, details: pd.DataFrame, tables: CodeTables) -> Procedures:
    """Return the procedures on a joint, sides by R1, dated as R2 says.

    Takes frames of the shapes EPISODES and PROCEDURE_DETAILS. The day is `performed_on`, else the episode's
    `procedure_date`, else `admitted`. What belongs to no side of the body has none, whatever is recorded beside it.
    """
    vocabulary = Vocabulary(tables)
    recorded = _recorded(episodes, details, vocabulary)
    roles = vocabulary.roles()[recorded.code]
    known = np.flatnonzero(roles != NO_ROLE)
    row, code = recorded.row[known], recorded.code[known]
    stay = day_numbers(episodes["procedure_date"])
    stay = np.where(stay == NO_DAY, day_numbers(episodes["admitted"]), stay)
    day = recorded.day[known]
    joint = vocabulary.joints()[code]
    side = _sides(recorded, vocabulary.sides()[recorded.code], len(episodes))[known]
    return Procedures(
        row=row,
        code=code,
        joint=joint,
        role=roles[known],
        side=np.where(HAS_SIDES[joint], side, UNKNOWN).astype(np.int8),
        day=np.where(day == NO_DAY, stay[row], day),
        complication_class=vocabulary.classes()[code],
        window=vocabulary.windows()[code],
        codes=vocabulary.codes,
    )


def _sides(recorded: _Recorded, told: Ints, episodes: int) -> Ints:
    """Return the side of each recorded code (R1), `told` being what laterality codes tell."""
    row = recorded.row
    right, left, both = (_holds(row, told == side, episodes)[row] for side in (RIGHT, LEFT, BOTH))
    following = np.zeros_like(told)
    following[:-1] = np.where(row[:-1] == row[1:], told[1:], UNKNOWN)
    side = np.where(right & left, following, np.where(right, RIGHT, np.where(left, LEFT, UNKNOWN)))
    side = np.where(both, BOTH, side)
    return np.where(recorded.side != UNKNOWN, recorded.side, side).astype(np.int8)


def _holds(row: Ints, chosen: Bools, episodes: int) -> Bools:
    flags = np.zeros(episodes, dtype=np.bool_)
    flags[row[chosen]] = True
    return flags


def _recorded(episodes: pd.DataFrame, details: pd.DataFrame, vocabulary: Vocabulary) -> _Recorded:
    own = spread(episodes["procedures"], vocabulary.numbers_in)
    count = len(own.row)
    recorded = _Recorded(own.row, own.part, np.zeros(count, dtype=np.int8), np.full(count, NO_DAY, dtype=np.int32))
    told = _details(episodes, details, vocabulary)
    return _filled(recorded, told, len(vocabulary.codes)) if len(told.row) else recorded


def _details(episodes: pd.DataFrame, details: pd.DataFrame, vocabulary: Vocabulary) -> _Recorded:
    """Return the details of known episodes in the order they came, corrections of a date worked in."""
    row = rows_of(episodes, details["episode"].to_numpy())
    known = np.flatnonzero(row >= 0)
    told = _Recorded(
        row[known],
        numbers(details["code"], vocabulary.number)[known],
        numbers(details["side"], lambda side: SIDE_NUMBERS.get(side, UNKNOWN))[known].astype(np.int8),
        day_numbers(details["performed_on"])[known],
    )
    return _corrected(told, details["position"].to_numpy()[known])


def _corrected(told: _Recorded, position: Ints) -> _Recorded:
    """Keep one detail per episode, code, side and position, where the first stands, with the last date given."""
    order = np.lexsort((position, told.side, told.code, told.row))  # stable: in each group as they came
    begins = np.ones(len(order), dtype=np.bool_)
    for part in (told.row, told.code, told.side, position):
        begins[1:] &= part[order][1:] == part[order][:-1]
    begins[1:] = ~begins[1:]
    group = np.cumsum(begins) - 1
    day = np.full(int(begins.sum()), NO_DAY, dtype=np.int32)
    dated = told.day[order] != NO_DAY
    day[group[dated]] = told.day[order][dated]  # the last write stays
    first = order[begins]
    kept = np.argsort(first)
    first = first[kept]
    return _Recorded(told.row[first], told.code[first], told.side[first], day[kept])


def _filled(recorded: _Recorded, told: _Recorded, codes: int) -> _Recorded:
    """Return the recorded codes with details filled in by turn; those left over follow at the episode's end."""
    key = recorded.row.astype(np.int64) * codes + recorded.code
    wanted = told.row.astype(np.int64) * codes + told.code
    places = np.flatnonzero(np.isin(key, wanted))
    places = places[np.argsort(key[places], kind="stable")]
    turn = np.argsort(wanted, kind="stable")
    first = np.searchsorted(key[places], wanted[turn], side="left")
    found = first + counted(wanted[turn])
    ends = np.searchsorted(key[places], wanted[turn], side="right")
    fits = found < ends
    side, day = recorded.side.copy(), recorded.day.copy()
    side[places[found[fits]]] = told.side[turn[fits]]
    day[places[found[fits]]] = told.day[turn[fits]]
    over = np.sort(turn[~fits])
    return _with_leftovers(_Recorded(recorded.row, recorded.code, side, day), told, over)


def _with_leftovers(recorded: _Recorded, told: _Recorded, over: Ints) -> _Recorded:
    if not len(over):
        return recorded
    row = np.concatenate((recorded.row, told.row[over]))
    order = np.argsort(row, kind="stable")
    return _Recorded(
        row[order],
        np.concatenate((recorded.code, told.code[over]))[order],
        np.concatenate((recorded.side, told.side[over]))[order],
        np.concatenate((recorded.day, told.day[over]))[order],
    )


def rows_of(episodes: pd.DataFrame, wanted: Ints) -> Ints:
    """Return the places of episode keys in the frame, -1 where there is none."""
    keys = episodes["episode"].to_numpy()
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.int64)
    order = np.argsort(keys, kind="stable")
    place = np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)
    return np.where(keys[order[place]] == wanted, order[place], -1)
