"""The registers' instrument for adverse events: codes that count where the instrument says that they must stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis import adverse_codes
from kvalitetsapp.analysis.adverse_codes import Book
from kvalitetsapp.analysis.coding import numbers
from kvalitetsapp.analysis.indicators import cohort, later_care, outcomes
from kvalitetsapp.analysis.indicators.outcomes import Happened
from kvalitetsapp.domain.adverse_event import FRACTURE_INDICATIONS

if TYPE_CHECKING:
    from kvalitetsapp.analysis.coding import Ints
    from kvalitetsapp.analysis.columns import Flags
    from kvalitetsapp.analysis.indicators.outcomes import Outcomes
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.indicator import Indicator

    _Columns = tuple[Ints, Ints, Ints, Ints]

_DAY_AFTER: Final = 1


def adverse(indicator: Indicator, source: IndicatorSource) -> Outcomes:
    """Return which operations have an adverse event in their window; death is not part of the instrument.

    A diagnosis of the index stay counts on the day of the operation, a later one on the day of admission, a procedure
    from the day after the operation, since those of the day itself belong to the index stay.
    """
    groups = indicator.count.groups
    chosen = [one for one in source.adverse_events if not groups or one.group.startswith(groups)]
    book = Book(chosen, source.tables)
    looks = (_at_the_stay, _later_diagnoses, _later_procedures)
    parts = [look(indicator, source, book) for look in looks]
    operation, pointer, row, day = (np.concatenate(column).astype(np.int64) for column in zip(*parts, strict=True))
    known = cohort.operations(source)
    counts = book.joints()[pointer] == known.joint[operation]
    counts &= ~book.fracture_only()[pointer] | _for_fracture(source, operation)
    events = Happened(operation, source.episodes["episode"].to_numpy()[row], day).where(counts)
    found = outcomes.of_events(events, len(known.number), delivered=later_care.is_delivered(source))
    return outcomes.reviewed(found, events, later_care.decided(source, events))


def _at_the_stay(indicator: Indicator, source: IndicatorSource, book: Book) -> _Columns:
    """Return what the diagnoses of index stays tell: operation, pointer, row of the stay, day of the operation."""
    known, span = cohort.operations(source), cohort.span(indicator, source)
    within = span.followed & (known.day >= span.first) & (known.day <= span.last)
    place = np.flatnonzero(within & (known.row >= 0))
    marks = adverse_codes.stay_diagnoses(source.episodes, known.row[place], book)
    operation = place[marks.row]
    return operation, marks.pointer, known.row[operation], known.day[operation]


def _later_diagnoses(indicator: Indicator, source: IndicatorSource, book: Book) -> _Columns:
    """Return what the main diagnoses of later episodes tell, in the same columns."""
    operation, row = later_care.episodes_after(indicator, source)
    marks = adverse_codes.later_diagnoses(source.episodes[["main_diagnosis", "admitted"]].iloc[row], book)
    return operation[marks.row], marks.pointer, row[marks.row], marks.day


def _later_procedures(indicator: Indicator, source: IndicatorSource, book: Book) -> _Columns:
    """Return what later procedures tell, in the same columns."""
    window = replace(indicator.window, first=max(indicator.window.first, _DAY_AFTER))
    operation, after = later_care.procedures_after(indicator, source, window)
    marks = adverse_codes.later_procedures(replace(after, row=np.arange(len(operation))), book)
    return operation[marks.row], marks.pointer, after.row[marks.row], marks.day


def _for_fracture(source: IndicatorSource, operation: Ints) -> Flags:
    """Tell of which operations the main diagnosis of the stay says that they were done for a fracture."""
    row = cohort.operations(source).row[operation]
    found = np.zeros(len(row), dtype=np.bool_)
    main = source.episodes["main_diagnosis"].iloc[row[row >= 0]]
    found[row >= 0] = numbers(main, lambda code: int(code.startswith(FRACTURE_INDICATIONS))) == 1
    return found
