"""The registers' instrument for adverse events: codes that count where the instrument says that they must stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis import adverse_codes
from kvalitetsapp.analysis.adverse_codes import Book
from kvalitetsapp.analysis.coding import numbers
from kvalitetsapp.analysis.indicators import cohort, later_care, outcomes
from kvalitetsapp.analysis.indicators.outcomes import Happened
from kvalitetsapp.domain.adverse_event import FRACTURE_INDICATIONS
from kvalitetsapp.domain.indicator import Window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.analysis.adverse_codes import Marks
    from kvalitetsapp.analysis.coding import Ints
    from kvalitetsapp.analysis.columns import Flags
    from kvalitetsapp.analysis.indicators.outcomes import Outcomes
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.indicator import Indicator

_DAY_AFTER: Final = 1


def adverse(indicator: Indicator, source: IndicatorSource) -> Outcomes:
    """Return which operations have an adverse event in their window; death is not part of the instrument.

    A diagnosis of the index stay counts on the day of the operation, a later one on the day of admission, a procedure
    from the day after the operation, since those of the day itself belong to the index stay.
    """
    groups = indicator.count.groups
    chosen = [one for one in source.adverse_events if not groups or one.group.startswith(groups)]
    book = Book(chosen, source.tables)
    parts = [_at_the_stay(indicator, source, book), *_later(indicator.window, source, book)]
    operation, pointer, row, day = (np.concatenate(column) for column in zip(*parts, strict=True))
    counts = ~book.fracture_only()[pointer] | _for_fracture(source)[operation]
    episode = source.episodes["episode"].to_numpy()[row]
    events = Happened(operation.astype(np.int64), episode, day.astype(np.int64)).where(counts)
    size = len(cohort.operations(source).number)
    found = outcomes.of_events(events, size, delivered=later_care.is_delivered(source))
    return outcomes.reviewed(found, events, later_care.decided(source, events))


def _at_the_stay(indicator: Indicator, source: IndicatorSource, book: Book) -> tuple[Ints, Ints, Ints, Ints]:
    """Return what the diagnoses of index stays tell: operation, pointer, row of the stay, day of the operation."""
    known, span = cohort.operations(source), cohort.span(indicator, source)
    place = np.flatnonzero((known.row >= 0) & (known.day >= span.first) & (known.day <= span.last))
    marks = adverse_codes.stay_diagnoses(source.episodes, known.row[place], book)
    operation = place[marks.row]
    same = book.joints()[marks.pointer] == known.joint[operation]
    operation, pointer = operation[same], marks.pointer[same]
    return operation, pointer, known.row[operation], known.day[operation]


def _later(window: Window, source: IndicatorSource, book: Book) -> Iterator[tuple[Ints, Ints, Ints, Ints]]:
    """Give what later care tells, in the same columns."""
    from_next_day = Window(max(window.first, _DAY_AFTER), window.last, window.anchor)
    kinds: tuple[tuple[Marks, Window], ...] = (
        (adverse_codes.later_diagnoses(source.episodes, book), window),
        (adverse_codes.later_procedures(later_care.recorded_procedures(source), book), from_next_day),
    )
    joints = book.joints()
    for marks, days in kinds:
        mark, operation = later_care.after_operations(source, days, marks, joints[marks.pointer])
        yield operation, marks.pointer[mark], marks.row[mark], marks.day[mark]


def _for_fracture(source: IndicatorSource) -> Flags:
    """Tell which operations the main diagnosis of the stay says were done for a fracture."""
    main = numbers(source.episodes["main_diagnosis"], lambda code: int(code.startswith(FRACTURE_INDICATIONS)))
    return np.append(main == 1, False)[cohort.operations(source).row]
