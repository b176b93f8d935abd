"""Charts of waiting lists: month by month, by how long, and group by group. None is "cannot be told", never zero."""

from __future__ import annotations

from dataclasses import dataclass

from kvalitetsapp.domain.waiting import LONG_DAYS


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A line of a series: its name, and a value for every month; `dashed` sets it apart from the one it is part of."""

    key: str
    name: str
    values: tuple[int | None, ...]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class MonthSeries:
    """Counts at month ends (`YYYY-MM`, every month between the first and the last), in one or more lines.

    A month without a list is a gap in every line.
    """

    title: str
    months: tuple[str, ...]
    lines: tuple[MonthLine, ...]

    def values(self, place: int) -> tuple[int | None, ...]:
        """Return what every line says of a month."""
        return tuple(line.values[place] for line in self.lines)

    def is_gap(self, place: int) -> bool:
        """Tell whether nothing can be told of a month."""
        return all(value is None for value in self.values(place))


@dataclass(frozen=True, slots=True)
class DaysBar:
    """Those who have waited from `first` to `last` days (None: and longer), and how many without MOV and PVV."""

    first: int
    last: int | None
    waiting: int | None
    without: int | None

    @property
    def key(self) -> str:
        """Return what a click asks for: the first day of the class."""
        return str(self.first)


@dataclass(frozen=True, slots=True)
class DaysHistogram:
    """How long those have waited who wait, with lines at the days that a wait is long from."""

    title: str
    bars: tuple[DaysBar, ...]
    limits: tuple[int, ...] = LONG_DAYS


@dataclass(frozen=True, slots=True)
class QueueBar:
    """A group that waits: how many, without MOV and PVV, and how many of them for more than 90 and 150 days."""

    key: str
    name: str
    waiting: int | None
    without: int | None
    over_90: int | None
    over_150: int | None


@dataclass(frozen=True, slots=True)
class QueueBars:
    """Groups that wait, as they are ordered: a bar each, parted by how long."""

    title: str
    bars: tuple[QueueBar, ...]
