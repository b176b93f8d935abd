"""Which entries a finding is about, and which a check of the days of decision finds: those that it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.waiting import found, state
from kvalitetsapp.analysis.waiting.lists import month_text
from kvalitetsapp.domain.small_numbers import SMALL
from kvalitetsapp.domain.waiting import DEVIATIONS, LEVELS, MISSING, WaitingDateCheck, WaitingFound
from kvalitetsapp.domain.waiting_tables import KEYS
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kvalitetsapp.analysis.columns import Flags
    from kvalitetsapp.analysis.waiting.cells import Movements, Moves
    from kvalitetsapp.analysis.waiting.lists import Lists
    from kvalitetsapp.analysis.waiting.people import People
    from kvalitetsapp.analysis.waiting.state import Month
    from kvalitetsapp.domain.waiting import WaitingFinding

    Entries = Callable[[Month, str, Movements], Flags]
    """Which entries of a scope something is true of, by what it is about."""


def month_of(lists: Lists, one: WaitingFinding) -> int:
    """Return the month whose lists have the entries: for a list that is not there, that of the list before it."""
    told = next(month for month in lists.months if month_text(month) == one.month)
    if one.found is WaitingFound.MISSING_MONTH:
        source = lists.sources.index(one.about)
        return max(each.month for each in lists.lists if each.source == source and each.month < told)
    return told - 1 if one.found is WaitingFound.SOURCE_ENDED else told


def of_finding(month: Month, one: WaitingFinding, moves: Movements) -> Flags:
    """Tell which entries of a scope a finding is about; `month` is that of `month_of`."""
    return _OF_FINDING[one.found](month, one.about, moves)


def of_check(month: Month, check: WaitingDateCheck, moves: Movements) -> Flags:
    """Tell which entries of a scope a check finds."""
    return _OF_CHECK[check](month, "", moves)


def _everyone(month: Month, _about: str, _moves: Movements) -> Flags:
    return np.ones(len(month.those), dtype=np.bool_)


def _nobody(month: Month, _about: str, _moves: Movements) -> Flags:
    """Tell that none is meant: those who were rejected for their day are in no list."""
    return np.zeros(len(month.those), dtype=np.bool_)


def _of_source(month: Month, about: str, _moves: Movements) -> Flags:
    place = month.lists.sources.index(about)
    those = month.lists.by_month[month.everyone.month]
    return np.array([one.source == place for one in those], dtype=np.bool_)[month.those.of_list]


def _decided_after_snapshot(month: Month, _about: str, _moves: Movements) -> Flags:
    return found.decided_late(month)[0]


def _decided_after_planned(month: Month, _about: str, _moves: Movements) -> Flags:
    return found.decided_late(month)[1]


def _came_back(month: Month, _about: str, moves: Movements) -> Flags:
    return _met(month, moves.came)


def _with_another_day(month: Month, _about: str, moves: Movements) -> Flags:
    return _met(month, moves.changed)


def _without_deviation(month: Month, _about: str, _moves: Movements) -> Flags:
    return _has(month, "deviation", DEVIATIONS.index(MISSING))


def _without_county(month: Month, _about: str, _moves: Movements) -> Flags:
    return _has(month, "county", 0)


def _without_municipality(month: Month, _about: str, _moves: Movements) -> Flags:
    return _has(month, "municipality", 0)


def _of_code(month: Month, about: str, _moves: Movements) -> Flags:
    return _has(month, "code", month.lists.place["code"][about])


def _from_municipality(month: Month, about: str, moves: Movements) -> Flags:
    """Tell who wait from a municipality; all, where there is no population at all."""
    if not about:
        return _everyone(month, about, moves)
    return _has(month, "municipality", month.lists.place["municipality"][about])


def _in_small_groups(month: Month, about: str, _moves: Movements) -> Flags:
    level = next(each for each in LEVELS if _(KEYS[each].heading) == about)
    groups = state.groups(month, level, _not_asked)
    return np.asarray(state.keys_met(groups) < SMALL, dtype=np.bool_)[groups.group]


def _on_the_commonest_day(month: Month, _about: str, _moves: Movements) -> Flags:
    day = found.decision_days(month)
    return np.asarray(day == found.commonest(day)[0], dtype=np.bool_)


def _on_first_of_month(month: Month, _about: str, _moves: Movements) -> Flags:
    return found.on_first_of_month(found.decision_days(month))


def _long_ago(month: Month, _about: str, _moves: Movements) -> Flags:
    return found.decided_long_ago(month)


def _has(month: Month, column: str, place: int) -> Flags:
    return np.asarray(month.those.columns[column] == place, dtype=np.bool_)


def _met(month: Month, moves: Moves) -> Flags:
    """Tell which entries have an amount that is not 0."""
    those = month.lists.by_month[month.everyone.month]
    ends = np.cumsum([len(one) for one in those]).tolist()
    start_of = {one.source: end - len(one) for one, end in zip(those, ends, strict=True)}
    rows = np.zeros(len(month.everyone), dtype=np.bool_)
    for at, start, end in moves.parts:
        one = month.lists.lists[at]
        if one.month == month.everyone.month:
            rows[start_of[one.source] + moves.row[start:end][moves.amount[start:end] != 0]] = True
    return rows if month.rows is None else rows[month.rows]


def _not_asked() -> People:
    """Fail: the levels tell nothing of sex and birth."""
    raise AssertionError


_OF_FINDING: Final[Mapping[WaitingFound, Entries]] = {
    WaitingFound.MISSING_MONTH: _of_source,
    WaitingFound.SOURCE_BEGINS: _of_source,
    WaitingFound.SOURCE_ENDED: _of_source,
    WaitingFound.RETURNED: _came_back,
    WaitingFound.DECISION_CHANGED: _with_another_day,
    WaitingFound.DECIDED_AFTER_SNAPSHOT: _decided_after_snapshot,
    WaitingFound.DECIDED_AFTER_PLANNED: _decided_after_planned,
    WaitingFound.NO_DEVIATION: _without_deviation,
    WaitingFound.NO_COUNTY: _without_county,
    WaitingFound.NO_AREA: _of_code,
    WaitingFound.NO_POPULATION: _from_municipality,
    WaitingFound.NO_MUNICIPALITY: _without_municipality,
    WaitingFound.INVENTED_POPULATION: _everyone,
    WaitingFound.OLD_POPULATION: _everyone,
    WaitingFound.FEW: _in_small_groups,
}
_OF_CHECK: Final[Mapping[WaitingDateCheck, Entries]] = {
    WaitingDateCheck.MISSING: _nobody,
    WaitingDateCheck.AFTER_SNAPSHOT: _decided_after_snapshot,
    WaitingDateCheck.AFTER_PLANNED: _decided_after_planned,
    WaitingDateCheck.SAME_DAY: _on_the_commonest_day,
    WaitingDateCheck.FIRST_OF_MONTH: _on_first_of_month,
    WaitingDateCheck.CHANGED: _with_another_day,
    WaitingDateCheck.OLD: _long_ago,
}
