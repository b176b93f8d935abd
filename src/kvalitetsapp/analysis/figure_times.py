"""Whether the follow-up that a figure states can have passed when it was reported.

Someone operated on the last day of year Y has been followed for the window w on the day Y-12-31 + w. A report for the
year R tells of what is known at the end of R, and is out by the end of R + 1 at the latest. So the window

- has passed where Y-12-31 + w lies no later than R-12-31,
- cannot have passed where it lies after (R + 1)-12-31, or after today,
- and in between has passed only if the report was made late in R + 1, which the figure does not tell.

Y is the year of the figure's period. Where the period states none but the figure's n is a unit's number of operations,
and the units add up to the total of one year, that year is the year of n.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kvalitetsapp.analysis.figure_tables import COUNT, FigureTables, finding
from kvalitetsapp.domain.figure_periods import period_of, report_year, window_of
from kvalitetsapp.domain.figure_words import window_text
from kvalitetsapp.domain.typed_figures import Figure, FigureRule, FigureVerdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.domain.figure_periods import Window
    from kvalitetsapp.domain.typed_figures import FigureFinding, Part

_REMARK, _FINE, _UNCHECKED = FigureVerdict.REMARK, FigureVerdict.NO_REMARK, FigureVerdict.UNCHECKED


def follow_up(one: Figure, tables: FigureTables, today: date) -> Iterator[FigureFinding]:
    """Hold the window in the measure's name against the years of the operations and of the report."""
    window = window_of(one.indicator)
    if window is None or one.unit_of_value == COUNT:
        return
    stated = period_of(one.period).year
    year = stated or tables.year_of_volumes(one)
    report = report_year(one.period, one.source)
    if year is None:
        yield _unknown_year(window, report)
    else:
        yield _judged(window, year, report, today, by_volume=stated is None)


def _unknown_year(window: Window, report: int | None) -> FigureFinding:
    told = window_text(window)
    if report is None:
        return finding(FigureRule.FOLLOW_UP, _UNCHECKED, "no_year", window=told)
    latest = window.before(date(report, 12, 31))
    return finding(FigureRule.FOLLOW_UP, _UNCHECKED, "no_index_year", window=told, report=str(report), latest=latest)


def _judged(window: Window, year: int, report: int | None, today: date, *, by_volume: bool) -> FigureFinding:
    end = window.after(date(year, 12, 31))
    said: dict[str, Part] = {"window": window_text(window), "year": str(year), "end": end, "report": str(report)}
    if report is not None and end > date(report + 1, 12, 31):
        sentence = "not_passed_by_volume" if by_volume else "not_passed"
        return finding(FigureRule.FOLLOW_UP, _REMARK, sentence, **said)
    if end > today:
        return finding(FigureRule.FOLLOW_UP, _REMARK, "not_passed_today", **said)
    if report is None:
        return finding(FigureRule.FOLLOW_UP, _UNCHECKED, "no_year", **said)
    if end > date(report, 12, 31):
        return finding(FigureRule.FOLLOW_UP, _UNCHECKED, "passed_late", **said)
    return finding(FigureRule.FOLLOW_UP, _FINE, "passed", **said)
