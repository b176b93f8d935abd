"""Codes of the recipe in later episodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.adverse_codes import Marks
from kvalitetsapp.analysis.coding import JOINTS, NO_JOINT, UNKNOWN, day_numbers, ranges, spread
from kvalitetsapp.analysis.indicators import cohort, later_care, outcomes
from kvalitetsapp.analysis.indicators.code_spans import Codebook
from kvalitetsapp.analysis.indicators.outcomes import Happened
from kvalitetsapp.domain.indicator import Position

if TYPE_CHECKING:
    from kvalitetsapp.analysis.indicators.outcomes import Outcomes
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.codes import CodeTables
    from kvalitetsapp.domain.indicator import Count, Indicator

_COLUMNS: Final = {Position.MAIN: ("main_diagnosis",), Position.ANY: ("main_diagnosis", "other_diagnoses")}


def codes(indicator: Indicator, source: IndicatorSource) -> Outcomes:
    """Return which operations have a code of the recipe in a later episode in their window.

    A code counts where it is in force on the day of the later care. One that the code tables know to concern a joint
    counts for operations of that joint only, a procedure of a known side for none of the other side.
    """
    book = Codebook(indicator.count.codes)
    marks = _marks(indicator.count, source, book)
    joint = np.array([*(_joint(code, source.tables) for code in book.codes), NO_JOINT], dtype=np.int64)
    mark, operation = later_care.after_operations(source, indicator.window, marks, joint[marks.pointer])
    episode = source.episodes["episode"].to_numpy()[marks.row[mark]]
    events = Happened(operation, episode, marks.day[mark].astype(np.int64))
    found = outcomes.of_events(
        events, len(cohort.operations(source).number), delivered=later_care.is_delivered(source)
    )
    return outcomes.reviewed(found, events, later_care.decided(source, events))


def _marks(count: Count, source: IndicatorSource, book: Codebook) -> Marks:
    """Return where codes of the recipe stand while they are in force."""
    found = _procedures(source, book) if count.position is Position.PROCEDURE else _diagnoses(count, source, book)
    valid = book.in_force(found.pointer, found.day)
    return Marks(found.row[valid], found.pointer[valid], found.side[valid], found.day[valid])


def _diagnoses(count: Count, source: IndicatorSource, book: Codebook) -> Marks:
    parts = [spread(source.episodes[name], book.numbers) for name in _COLUMNS[count.position]]
    row, pointer = (np.concatenate([getattr(part, name) for part in parts]) for name in ("row", "part"))
    day = day_numbers(source.episodes["admitted"])[row].astype(np.int64)
    return Marks(row, pointer.astype(np.int64), np.full(len(row), UNKNOWN, dtype=np.int64), day)


def _procedures(source: IndicatorSource, book: Codebook) -> Marks:
    recorded = later_care.recorded_procedures(source)
    of_code = [book.numbers(code) for code in recorded.codes]
    lengths = np.array([*map(len, of_code), 0], dtype=np.int64)
    flat = np.array([number for some in of_code for number in some], dtype=np.int64)
    count = lengths[recorded.code]
    place = np.repeat(np.arange(len(count)), count)
    pointer = flat[ranges((np.cumsum(lengths) - lengths)[recorded.code], count)]
    return Marks(recorded.row[place], pointer, recorded.side[place], recorded.day[place].astype(np.int64))


def _joint(code: str, tables: CodeTables) -> int:
    """Return the joint that the code tables say a code concerns, NO_JOINT where they tell none or several."""
    if code in tables.procedure_roles:
        return JOINTS.index(tables.procedure_roles[code].joint)
    told = {
        one.joint
        for one in tables.complication_diagnoses
        if (code.startswith(one.code) if one.prefix else code == one.code)
    }
    (joint,) = told if len(told) == 1 else ("",)
    return JOINTS.index(joint) if joint in JOINTS else NO_JOINT
