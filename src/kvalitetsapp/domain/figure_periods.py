"""What the period, the source and the measure of a published figure say about time."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_YEAR: Final = r"(?:19|20)[0-9]{2}"
_ONE_YEAR: Final = re.compile(_YEAR)
_YEARS: Final = re.compile(rf"({_YEAR})\s*[-–/]\s*({_YEAR})")
_REPORT: Final = re.compile(
    rf"(?:års)?(?:report|rapport)\s+({_YEAR})|({_YEAR})\s+(?:års)?(?:report|rapport)", re.IGNORECASE
)
_IN_TEXT: Final = re.compile(rf"(?<![0-9])({_YEAR})(?![0-9])")
_WINDOW: Final = re.compile(r"_([0-9]{1,4})([dmy])")
_MONTHS_A_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Period:
    """The last year that a period states, or the year of the report it stands for; both None where it says neither."""

    year: int | None = None
    report: int | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """How long patients are followed: so many days, months or years (`d`, `m`, `y`)."""

    length: int
    unit: str

    def after(self, day: date) -> date:
        """Return the last day of the window of someone operated on that day."""
        if self.unit == "d":
            return min(date.max - timedelta(days=self.length), day) + timedelta(days=self.length)
        return _months_from(day, self.length * (_MONTHS_A_YEAR if self.unit == "y" else 1))

    def before(self, day: date) -> date:
        """Return the last day to operate on for the window to have passed on `day`."""
        if self.unit == "d":
            return day - timedelta(days=self.length)
        return _months_from(day, -self.length * (_MONTHS_A_YEAR if self.unit == "y" else 1))


def period_of(text: str) -> Period:
    """Return what a period says: `2022`, `2019-2021`, `2022 report`."""
    if _ONE_YEAR.fullmatch(text):
        return Period(year=int(text))
    if found := _YEARS.fullmatch(text):
        return Period(year=int(found[2]))
    if found := _REPORT.fullmatch(text):
        return Period(report=int(found[1] or found[2]))
    return Period()


def report_year(period: str, source: str) -> int | None:
    """Return the year a figure is reported for: from the period, else the last year in the name of the source."""
    stated = period_of(period).report
    return stated or max(map(int, _IN_TEXT.findall(source)), default=None)


def window_of(indicator: str) -> Window | None:
    """Return the window at the end of a measure's name, such as two years in `reoperation_2y`; None without one."""
    found = _WINDOW.search(indicator)
    if found is None or found.end() != len(indicator) or not int(found[1]):
        return None
    return Window(int(found[1]), found[2])


def _months_from(day: date, months: int) -> date:
    """Return the same day of another month, or that month's last where it is shorter."""
    year, month = divmod(day.year * _MONTHS_A_YEAR + day.month - 1 + months, _MONTHS_A_YEAR)
    if not date.min.year <= year <= date.max.year:
        return date.min if months < 0 else date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
