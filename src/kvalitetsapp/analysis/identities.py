"""Index operations by what stays theirs when a correction tells their side: episode and joint."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kvalitetsapp.analysis.coding import (
    JOINT_WORDS,
    LEFT,
    NO_JOINT,
    RIGHT,
    SIDE_NUMBERS,
    SIDES,
    UNKNOWN,
    numbers,
)
from kvalitetsapp.analysis.procedures import rows_of

if TYPE_CHECKING:
    import pandas as pd

    from kvalitetsapp.analysis.coding import Bools, Ints
    from kvalitetsapp.analysis.operations import Operations

NOTHING: Final = -1
LOST: Final = -2


@dataclass(frozen=True, slots=True)
class Identities:
    """Operations as the outside names them: episode key, joint, side; `known` is false where none is named."""

    known: Bools
    episode: Ints
    joint: Ints
    side: Ints

    def at(self, places: Ints) -> Identities:
        """Return those at `places`, none for the place −1."""
        if not len(self.known):
            return Identities(*(np.zeros(len(places), dtype=part.dtype) for part in self._parts()))
        return Identities(self.known[places] & (places >= 0), *(part[places] for part in self._parts()[1:]))

    def or_else(self, first: Identities, second: Identities, missing: Bools) -> Identities:
        """Return these, where `missing` the first of the two others that names something."""
        mine, one, two = self._parts(), first._parts(), second._parts()
        chosen = (np.where(missing, np.where(first.known, b, c), a) for a, b, c in zip(mine, one, two, strict=True))
        return Identities(*chosen)

    def followed_by(self, other: Identities) -> Identities:
        """Return these and then the others."""
        parts = zip(self._parts(), other._parts(), strict=True)
        return Identities(*(np.concatenate(pair) for pair in parts))

    def _parts(self) -> tuple[Any, ...]:
        return self.known, self.episode, self.joint, self.side


class OperationBook:
    """Finds operations by episode, joint and side, and episodes by their key."""

    def __init__(self, episodes: pd.DataFrame, operations: Operations) -> None:
        self._episodes = episodes
        self._operations = operations

    @cached_property
    def _slots(self) -> tuple[Ints, Ints]:
        """What `_find` looks for, sorted, and the operation of each: only where people have decided something."""
        slots = _slot(self._operations.row, self._operations.joint, self._operations.side)
        order = np.argsort(slots, kind="stable")
        return slots[order], order

    def rows(self, keys: Ints) -> Ints:
        """Return the places of episodes in their frame, −1 for an unknown key."""
        return rows_of(self._episodes, keys)

    def keys(self, rows: Ints) -> Ints:
        """Return the keys of the episodes at these places."""
        return self._episodes["episode"].to_numpy()[rows]

    def identities(self, episode: pd.Series[Any], joint: pd.Series[Any], side: pd.Series[Any]) -> Identities:
        """Return what three columns (`Int64`, category, category) name."""
        known = episode.notna().to_numpy()
        return Identities(
            known=known,
            episode=episode.fillna(0).to_numpy(dtype=np.int64),
            joint=numbers(joint, JOINT_WORDS.index),
            side=numbers(side, SIDE_NUMBERS.__getitem__),
        )

    def identities_of(self, operations: Ints) -> Identities:
        """Return operations as the outside names them; NOTHING and LOST name none."""
        known = operations >= 0
        operations = np.where(known, operations, -1)
        one = self._operations
        if not len(one.row):
            nothing = np.zeros(len(operations), dtype=np.int64)
            return Identities(known, nothing, nothing, nothing)
        return Identities(known, one.episode[operations], one.joint[operations], one.side[operations])

    def resolve(self, named: Identities) -> Ints:
        """Return the operations that are named: NOTHING where none is, LOST where it is no longer there.

        An operation whose side has changed is found by its episode and joint.
        """
        row = self.rows(named.episode)
        found = self._find(row, named.joint, named.side)
        for side in (LEFT, RIGHT, UNKNOWN):  # in the order of the words, should it have become two
            found = np.where(found >= 0, found, self._find(row, named.joint, np.full_like(named.side, side)))
        return np.where(named.known, np.where(found >= 0, found, LOST), NOTHING)

    def _find(self, row: Ints, joint: Ints, side: Ints) -> Ints:
        wanted = _slot(row, joint, side)
        slots, operations = self._slots
        if not len(slots):
            return np.full(len(wanted), -1, dtype=np.int64)
        place = np.minimum(np.searchsorted(slots, wanted), len(slots) - 1)
        hit = (slots[place] == wanted) & (row >= 0) & (joint != NO_JOINT)
        return np.where(hit, operations[place], -1)


def _slot(row: Ints, joint: Ints, side: Ints) -> Ints:
    return (row.astype(np.int64) * len(JOINT_WORDS) + joint) * len(SIDES) + side
