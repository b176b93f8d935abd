"""What is amiss with the lists of a scope, each with how many entries it is about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.columns import NO_DAY
from kvalitetsapp.analysis.waiting import inhabitants, standing, state
from kvalitetsapp.analysis.waiting.lists import month_text
from kvalitetsapp.domain import waiting_findings
from kvalitetsapp.domain.small_numbers import SMALL
from kvalitetsapp.domain.waiting import DEVIATIONS, LEVELS, MISSING, OLD_YEARS, DateCheck, WaitingDateCheck
from kvalitetsapp.domain.waiting_tables import KEYS
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kvalitetsapp.analysis.columns import Flags, Ints
    from kvalitetsapp.analysis.waiting.cells import Movements, Moves
    from kvalitetsapp.analysis.waiting.chosen import Chosen
    from kvalitetsapp.analysis.waiting.over_time import OverTime
    from kvalitetsapp.analysis.waiting.people import People
    from kvalitetsapp.analysis.waiting.state import Month
    from kvalitetsapp.domain.waiting import WaitingFinding

_DAYS_OF_YEAR: Final = 365.25


def of_month(month: Month, known: Callable[[], People]) -> Iterator[WaitingFinding]:
    """Return what is amiss with the entries of the chosen month."""
    those, told = month.those, month_text(month.everyone.month)
    late, after_planned = decided_late(month)
    for found, entries in (
        (waiting_findings.decided_after_snapshot, int(late.sum())),
        (waiting_findings.decided_after_planned, int(after_planned.sum())),
        (waiting_findings.no_deviation, int((those.columns["deviation"] == DEVIATIONS.index(MISSING)).sum())),
        (waiting_findings.no_county, int((those.columns["county"] == 0).sum())),
        (waiting_findings.no_municipality, int((those.columns["municipality"] == 0).sum())),
    ):
        if entries:
            yield found(told, entries)
    for code, entries in _without_area(month).items():
        yield waiting_findings.no_area(told, code, entries)
    yield from _of_population(month, told)
    for level in LEVELS:
        counts = state.keys_met(state.groups(month, level, known))
        small = counts[(counts > 0) & (counts < SMALL)]
        if len(small):
            yield waiting_findings.few(told, _(KEYS[level].heading), len(small), int(small.sum()))


def decided_late(month: Month) -> tuple[Flags, Flags]:
    """Tell which entries were decided after the day of the list, and which after their planned day."""
    planned = standing.planned(month.lists, month.everyone.month, NO_DAY)
    planned = planned if month.rows is None else planned[month.rows]
    return month.those.days < 0, (planned != NO_DAY) & (planned + month.those.days < 0)


def _without_area(month: Month) -> dict[str, int]:
    counts = np.bincount(month.those.columns["code"], minlength=len(month.areas))
    codes = month.lists.words["code"]
    return {codes[at]: int(counts[at]) for at in np.flatnonzero(counts).tolist() if not month.areas[at]}


def _of_population(month: Month, told: str) -> Iterator[WaitingFinding]:
    people, entries = month.inhabitants, len(month.those)
    if people is None:
        yield waiting_findings.no_population(told, "", entries)
        return
    for municipality, waiting in inhabitants.unknown_places(month.lists, month.those, people).items():
        yield waiting_findings.no_population(told, municipality, waiting)
    if people.invented:
        yield waiting_findings.invented_population(told, people.year, entries)
    if not people.is_latest:
        yield waiting_findings.old_population(told, people.year, entries)


def of_time(month: Month, time: OverTime, moves: Movements, chosen: Chosen) -> Iterator[WaitingFinding]:
    """Return what is amiss with the lists up to the chosen month, the latest first."""
    lists, last = month.lists, month.everyone.month
    sources, entries = time.sources, time.entries
    came, changed = _by_month(month, moves.came, chosen), _by_month(month, moves.changed, chosen)
    for at in range(last, lists.months[0] - 1, -1):
        told = month_text(at)
        for source in sources.missing.get(at, ()):
            yield waiting_findings.missing_month(told, lists.sources[source], _before(entries, source, at))
        for source in sources.begins.get(at, ()):
            if at > sources.span[0]:
                yield waiting_findings.source_begins(told, lists.sources[source], entries[source, at])
        for source in sources.ended.get(at, ()):
            yield waiting_findings.source_ended(told, lists.sources[source], entries[source, at - 1])
        if back := int((came.get(at, _NOTHING) != 0).sum()):
            yield waiting_findings.returned(told, back)
        if len(days := changed.get(at, _NOTHING)):
            later = days[days > 0]
            median = round(float(np.median(later))) if len(later) else 0
            yield waiting_findings.decision_changed(told, len(days), len(later), median)


_NOTHING: Final[Ints] = np.zeros(0, dtype=np.int64)


def _before(entries: Mapping[tuple[int, int], int], source: int, month: int) -> int:
    """Return how many waited in the last list of a source before a month."""
    return next((entries[key] for key in sorted(entries, reverse=True) if key[0] == source and key[1] < month), 0)


def _by_month(month: Month, moves: Moves, chosen: Chosen) -> dict[int, Ints]:
    """Return the amounts of a scope that are not 0, by month."""
    within = chosen.of(moves.columns)
    met = moves.amount != 0 if within is None else within & (moves.amount != 0)
    found: dict[int, Ints] = {}
    for at, start, end in moves.parts:
        on = month.lists.lists[at].month
        if len(amount := moves.amount[start:end][met[start:end]]):
            found[on] = np.concatenate((found.get(on, _NOTHING), amount))
    return found


def dates(month: Month, changed: int, rejected: int) -> list[DateCheck]:
    """Return the checks of the days of decision of the chosen month.

    `changed` is how many were others in the list before, `rejected` how many rows no import could take for their day.
    """
    entries = len(month.those)
    late, after_planned = decided_late(month)
    day = decision_days(month)
    common, most = commonest(day)
    return [
        DateCheck(WaitingDateCheck.MISSING, rejected, entries + rejected),
        DateCheck(WaitingDateCheck.AFTER_SNAPSHOT, int(late.sum()), entries),
        DateCheck(WaitingDateCheck.AFTER_PLANNED, int(after_planned.sum()), entries),
        DateCheck(WaitingDateCheck.SAME_DAY, most, entries, str(np.datetime64(common, "D")) if most else ""),
        DateCheck(WaitingDateCheck.FIRST_OF_MONTH, int(on_first_of_month(day).sum()), entries),
        DateCheck(WaitingDateCheck.CHANGED, changed, entries),
        DateCheck(WaitingDateCheck.OLD, int(decided_long_ago(month).sum()), entries),
    ]


def decision_days(month: Month) -> Ints:
    """Return the day of every entry's decision, as days since 1970."""
    days = np.array([one.day for one in month.lists.by_month[month.everyone.month]], dtype=np.int64)
    return days[month.those.of_list] - month.those.days


def commonest(day: Ints) -> tuple[int, int]:
    """Return the day that most were decided on, and how many; none on no day where there is nobody."""
    met = Counter(day.tolist())
    return met.most_common(1)[0] if met else (0, 0)


def on_first_of_month(day: Ints) -> Flags:
    """Tell which days are the first of a month."""
    days = day.astype("datetime64[D]")
    return np.asarray(days == days.astype("datetime64[M]"), dtype=np.bool_)


def decided_long_ago(month: Month) -> Flags:
    """Tell which entries were decided so long ago that it is asked about."""
    return month.those.days > OLD_YEARS * _DAYS_OF_YEAR


def changed(month: Month, moves: Movements, chosen: Chosen) -> int:
    """Return how many of the chosen month had another day of decision in the list before."""
    return len(_by_month(month, moves.changed, chosen).get(month.everyone.month, _NOTHING))
