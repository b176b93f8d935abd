"""Codes of the recipe in later episodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.coding import JOINTS, NO_JOINT, ranges, spread
from kvalitetsapp.analysis.columns import day_numbers
from kvalitetsapp.analysis.indicators import cohort, later_care, outcomes
from kvalitetsapp.analysis.indicators.code_spans import Codebook
from kvalitetsapp.analysis.indicators.outcomes import Happened
from kvalitetsapp.domain import families
from kvalitetsapp.domain.indicator import Position

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Ints
    from kvalitetsapp.analysis.indicators.outcomes import Outcomes
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.codes import CodeTables
    from kvalitetsapp.domain.indicator import Indicator

_COLUMNS: Final = {Position.MAIN: ("main_diagnosis",), Position.ANY: ("main_diagnosis", "other_diagnoses")}


def codes(indicator: Indicator, source: IndicatorSource) -> Outcomes:
    """Return which operations have a code of the recipe in a later episode in their window.

    A code counts where it is in force on the day of the later care. One that the code tables know to concern a joint
    counts for operations of that joint only, a procedure of a known side for none of the other side.
    """
    book = Codebook(indicator.count.codes)
    look = _procedures if indicator.count.position is Position.PROCEDURE else _diagnoses
    operation, row, pointer, day = look(indicator, source, book)
    joint = np.array([*(_joint(code, source.tables) for code in book.codes), NO_JOINT], dtype=np.int64)[pointer]
    known = cohort.operations(source)
    counts = book.in_force(pointer, day) & ((joint == NO_JOINT) | (joint == known.joint[operation]))
    events = Happened(operation, source.episodes["episode"].to_numpy()[row], day).where(counts)
    found = outcomes.of_events(events, len(known.number), delivered=later_care.is_delivered(source))
    return outcomes.reviewed(found, events, later_care.decided(source, events))


def _diagnoses(indicator: Indicator, source: IndicatorSource, book: Codebook) -> tuple[Ints, Ints, Ints, Ints]:
    """Return where diagnoses fall under a code: operation, row of the episode, number in the book, day."""
    operation, row = later_care.episodes_after(indicator, source)
    columns = _COLUMNS[indicator.count.position]
    parts = [spread(source.episodes[name].iloc[row], book.numbers) for name in columns]
    pair, pointer = (np.concatenate([getattr(part, name) for part in parts]) for name in ("row", "part"))
    row = row[pair]
    return operation[pair], row, pointer.astype(np.int64), day_numbers(source.episodes["admitted"].iloc[row])


def _procedures(indicator: Indicator, source: IndicatorSource, book: Codebook) -> tuple[Ints, Ints, Ints, Ints]:
    """Return where procedures fall under a code, in the same columns."""
    operation, after = later_care.procedures_after(indicator, source, indicator.window)
    of_code = [book.numbers(code) for code in after.codes]
    lengths = np.array([*map(len, of_code), 0], dtype=np.int64)
    flat = np.array([number for some in of_code for number in some], dtype=np.int64)
    count = lengths[after.code]
    pair = np.repeat(np.arange(len(count)), count)
    pointer = flat[ranges((np.cumsum(lengths) - lengths)[after.code], count)]
    return operation[pair], after.row[pair].astype(np.int64), pointer, after.day[pair].astype(np.int64)


def _joint(code: str, tables: CodeTables) -> int:
    """Return the joint that the code tables say a code concerns, NO_JOINT where they tell none or several.

    What has no sides is no place in the body: its codes say as much of any operation.
    """
    if code in tables.procedure_roles:
        return _site(tables.procedure_roles[code].joint)
    told = {
        one.joint
        for one in tables.complication_diagnoses
        if (code.startswith(one.code) if one.prefix else code == one.code)
    }
    (joint,) = told if len(told) == 1 else ("",)
    return _site(joint)


def _site(joint: str) -> int:
    return JOINTS.index(joint) if joint in JOINTS and families.has_sides(joint) else NO_JOINT
