"""Which backups are kept as they grow old: all for two days, then one a day, a week and a month.

Periods are counted as those that have a backup, not back from today, so that a clock that jumps ahead spends one
period of each kind and no more. A backup dated after `now` is of unknown age: it is kept, and stands in no period.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime, tzinfo

ALL_FOR: Final = timedelta(days=2)
DAYS_WHOLE: Final = 2
_DAILY: Final = 14
_WEEKLY: Final = 8
_MONTHLY: Final = 24


@dataclass(frozen=True, slots=True)
class Aged:
    """What thinning knows of a backup; `entry` is how far the store's trace had come, which no clock tells."""

    name: str
    made_at: datetime
    good: bool
    entry: int = 0


def to_take_away(found: Sequence[Aged], now: datetime, zone: tzinfo | None = None) -> frozenset[str]:
    """Return the names of the backups that need not be kept; days are those of `zone`, else where the user sits.

    Damaged ones stand for no period. Where none is good, none is taken away.
    """
    good = sorted((one for one in found if one.good), key=_by_time)
    if not good:
        return frozenset()
    return frozenset(one.name for one in found) - frozenset(one.name for one in _kept(found, good, now, zone))


def _kept(found: Sequence[Aged], good: Sequence[Aged], now: datetime, zone: tzinfo | None) -> Iterable[Aged]:
    yield from (one for one in found if one.made_at > now - ALL_FOR)
    yield good[-1]
    yield max(good, key=lambda one: (one.entry, _by_time(one)))
    settled = [one for one in good if one.made_at <= now]
    by_day = _grouped(settled, lambda day: (day.year, day.month, day.day), zone)
    for of_day in by_day[-DAYS_WHOLE:]:
        yield from of_day
    yield from (of_day[-1] for of_day in by_day[-_DAILY:])
    yield from (of_week[-1] for of_week in _grouped(settled, lambda day: day.isocalendar()[:2], zone)[-_WEEKLY:])
    yield from (of_month[-1] for of_month in _grouped(settled, lambda day: (day.year, day.month), zone)[-_MONTHLY:])


def _grouped(
    settled: Sequence[Aged], period: Callable[[date], tuple[int, ...]], zone: tzinfo | None
) -> list[list[Aged]]:
    """Return backups by the period that they were made in, the earliest first, in periods as within them."""
    groups: dict[tuple[int, ...], list[Aged]] = {}
    for one in settled:
        groups.setdefault(period(one.made_at.astimezone(zone).date()), []).append(one)
    return [groups[key] for key in sorted(groups)]


def _by_time(one: Aged) -> tuple[datetime, str]:
    return one.made_at, one.name
