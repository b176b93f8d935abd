"""R3, first half: what in an episode points to a complication, and what of it belongs to an index stay."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from kvalitetsapp.analysis.coding import (
    CLASSES,
    COMPATIBLE_BITS,
    JOINTS,
    LEVEL_OF_ROLE,
    NO_DAY,
    NO_JOINT,
    NO_LEVEL,
    NO_WINDOW,
    SIDE_BIT,
    UNKNOWN,
    spread,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kvalitetsapp.analysis.coding import Bools, Ints
    from kvalitetsapp.analysis.operations import Operations
    from kvalitetsapp.analysis.procedures import Procedures
    from kvalitetsapp.domain.codes import CodeTables, ComplicationDiagnosis


@dataclass(frozen=True, slots=True)
class Triggers:
    """Triggers of episodes; `row` is the episode's place, `joint` NO_JOINT for a diagnosis of joint `any`.

    `level` is NO_LEVEL and `day` NO_DAY for a diagnosis; `code` counts in `codes`; `window` in days or NO_WINDOW.
    """

    row: Ints
    joint: Ints
    side: Ints
    window: Ints
    complication_class: Ints
    level: Ints
    day: Ints
    code: Ints
    codes: list[str]

    def where(self, chosen: Bools | Ints) -> Triggers:
        """Return the chosen ones (truths, or places)."""
        if chosen.dtype == np.bool_:
            chosen = np.flatnonzero(chosen)
        return Triggers(
            self.row[chosen],
            self.joint[chosen],
            self.side[chosen],
            self.window[chosen],
            self.complication_class[chosen],
            self.level[chosen],
            self.day[chosen],
            self.code[chosen],
            self.codes,
        )


@dataclass(frozen=True, slots=True)
class _DiagnosisBook:
    """Complication diagnoses by number: the table's rows as they were met in recorded codes."""

    joint: Ints
    window: Ints
    complication_class: Ints
    codes: list[str]


def find_triggers(episodes: pd.DataFrame, procedures: Procedures, held: Ints, tables: CodeTables) -> Triggers:
    """Return the triggers of all episodes but those that belong to an index stay (R3), `held` from `held_sides`."""
    found = _joined(_procedure_triggers(procedures), _diagnosis_triggers(episodes, tables), procedures.codes)
    named = found.joint != NO_JOINT
    group = np.where(named, found.row * len(JOINTS) + found.joint, 0)
    stays = named & ((held[group] & COMPATIBLE_BITS[found.side]) != 0)
    return found.where(~stays) if stays.any() else found


def held_sides(operations: Operations, episodes: int) -> Ints:
    """Return for each episode and joint (row × joints + joint) the bits of the sides it holds operations of."""
    held = np.zeros(episodes * len(JOINTS), dtype=np.uint8)
    group = operations.row * len(JOINTS) + operations.joint
    np.add.at(held, group, SIDE_BIT[operations.side])  # no episode holds two of one joint and side (R2)
    return held


def _procedure_triggers(procedures: Procedures) -> Procedures:
    return procedures.where(LEVEL_OF_ROLE[procedures.role] < NO_LEVEL).by_side()


def _joined(surgery: Procedures, diagnoses: Triggers, codes: list[str]) -> Triggers:
    return Triggers(
        row=np.concatenate((surgery.row, diagnoses.row)),
        joint=np.concatenate((surgery.joint, diagnoses.joint)),
        side=np.concatenate((surgery.side, diagnoses.side)),
        window=np.concatenate((surgery.window, diagnoses.window)),
        complication_class=np.concatenate((surgery.complication_class, diagnoses.complication_class)),
        level=np.concatenate((LEVEL_OF_ROLE[surgery.role], diagnoses.level)),
        day=np.concatenate((surgery.day, diagnoses.day)),
        code=np.concatenate((surgery.code, diagnoses.code + len(codes))),
        codes=codes + diagnoses.codes,
    )


def _diagnosis_triggers(episodes: pd.DataFrame, tables: CodeTables) -> Triggers:
    met: dict[tuple[str, int], int] = {}
    parts = partial(_diagnoses_in, lookup=_Lookup(tables.complication_diagnoses), met=met)
    main, other = (spread(episodes[name], parts) for name in ("main_diagnosis", "other_diagnoses"))
    book = _book(met, tables.complication_diagnoses)
    row, entry = np.concatenate((main.row, other.row)), np.concatenate((main.part, other.part))
    return Triggers(
        row=row,
        joint=book.joint[entry],
        side=np.full(len(row), UNKNOWN, dtype=np.int8),
        window=book.window[entry],
        complication_class=book.complication_class[entry],
        level=np.full(len(row), NO_LEVEL, dtype=np.int8),
        day=np.full(len(row), NO_DAY, dtype=np.int32),
        code=entry,
        codes=book.codes,
    )


class _Lookup:
    """Finds the table rows that a diagnosis code matches, exactly or by its beginning."""

    def __init__(self, diagnoses: Sequence[ComplicationDiagnosis]) -> None:
        self._exact: dict[str, list[int]] = {}
        self._prefixes: dict[str, list[int]] = {}
        for place, diagnosis in enumerate(diagnoses):
            kind = self._prefixes if diagnosis.prefix else self._exact
            kind.setdefault(diagnosis.code, []).append(place)
        self._lengths = sorted({len(code) for code in self._prefixes})
        self._known: dict[str, list[int]] = {}

    def matches(self, code: str) -> list[int]:
        """Return the places of the rows that the code matches."""
        known = self._known.get(code)
        if known is None:
            known = list(self._exact.get(code, ()))
            for length in self._lengths:
                known += self._prefixes.get(code[:length], ())
            self._known[code] = known
        return known


def _diagnoses_in(text: str, lookup: _Lookup, met: dict[tuple[str, int], int]) -> list[int]:
    return [met.setdefault((code, place), len(met)) for code in text.split() for place in lookup.matches(code)]


def _book(met: dict[tuple[str, int], int], diagnoses: Sequence[ComplicationDiagnosis]) -> _DiagnosisBook:
    rows = [diagnoses[place] for _, place in met]
    return _DiagnosisBook(
        joint=np.array([NO_JOINT if d.joint == "any" else JOINTS.index(d.joint) for d in rows], dtype=np.int8),
        window=np.array([NO_WINDOW if d.window_days is None else d.window_days for d in rows], dtype=np.int32),
        complication_class=np.array([CLASSES.index(d.complication_class) for d in rows], dtype=np.int8),
        codes=[code for code, _ in met],
    )
