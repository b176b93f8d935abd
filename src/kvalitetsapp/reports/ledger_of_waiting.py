"""What the report of waiting lists counts, for its ledger: groups within groups, and the same month after month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.redistribution import Stays
from kvalitetsapp.domain.redistribution_words import area_name
from kvalitetsapp.domain.release_check import ANY
from kvalitetsapp.domain.waiting import LONG_DAYS, MISSING, WaitingDateCheck, WaitingFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.redistribution import QueueEffect
    from kvalitetsapp.domain.waiting_report import FoundRow, WaitingMonth, WaitingReport, WaitingRow
    from kvalitetsapp.reports.ledger import Entry, Ledger, Name

CAUSES: Final = ("mov", "pvv", "no_deviation", "missing")
LONG: Final = ("over_90", "over_90_without", "over_150", "over_150_without")
COUNTS: Final = ("waiting", "waiting_without", *CAUSES, *LONG)
MONTHLY: Final = ("waiting", "waiting_without", *LONG)
NOT_TOLD: Final = frozenset({WaitingFound.FEW})
"""Findings that are not told outside the department: how many wait in all small groups tells how many in each."""
_RATE: Final = "in_rate"
_ALL_MOVED_FROM: Final = {"waiting": 0, "over_90": LONG_DAYS[0], "over_150": LONG_DAYS[1]}
"""Of whom everyone who is moved is one, where only those are moved who have waited longer than so many days."""
_CHECKED: Final[dict[str, str]] = {
    WaitingFound.DECIDED_AFTER_SNAPSHOT: WaitingDateCheck.AFTER_SNAPSHOT,
    WaitingFound.DECIDED_AFTER_PLANNED: WaitingDateCheck.AFTER_PLANNED,
    WaitingFound.DECISION_CHANGED: WaitingDateCheck.CHANGED,
}
"""Findings that count the same as a check of dates."""
_EVERYONE: Final = frozenset(
    {WaitingFound.NO_POPULATION, WaitingFound.INVENTED_POPULATION, WaitingFound.OLD_POPULATION}
)
_INSIDE: Final = (
    ("over_90", "waiting"),
    ("over_150", "over_90"),
    ("over_90_without", "over_90"),
    ("over_90_without", "waiting_without"),
    ("over_150_without", "over_150"),
    ("over_150_without", "over_90_without"),
)


def waits(column: str, month: str, county: str = ANY, area: str = ANY, code: str = ANY) -> Name:
    """Name those who wait at the end of a month, of a county, or of an area and a procedure in it."""
    return ("waits", column, month, county, area, code)


def in_rate(month: str, county: str = ANY, area: str = ANY, code: str = ANY) -> Name:
    """Name those whose number a rate per inhabitant gives away."""
    return ("in_rate", month, county, area, code)


def waited(column: str, first: int) -> Name:
    """Name those who have waited for a class of days."""
    return ("waited", column, str(first))


def specialised(column: str, area: str = ANY, code: str = ANY) -> Name:
    """Name those of the own county who need highly specialised care."""
    return ("specialised", column, area, code)


def at_provider(provider: str, area: str) -> Name:
    """Name those who wait at a provider in an area."""
    return ("at_provider", provider, area)


def moved(area: str = ANY, provider: str = ANY) -> Name:
    """Name those whom a scenario moves to a provider."""
    return ("moved", area, provider)


def queue(column: str, when: str, area: str = ANY) -> Name:
    """Name the queue of an area before or after a scenario."""
    return ("queue", column, when, area)


def stays(reason: str, area: str = ANY) -> Name:
    """Name those who stay in a scenario, for a reason."""
    return ("stays", reason, area)


def amiss(one: FoundRow, month: str) -> Name:
    """Name entries that a finding or a check is about, in the report of a month: by what else they are counted as."""
    what = _CHECKED.get(one.what, one.what)
    if what in _EVERYONE and not (what == WaitingFound.NO_POPULATION and one.about):
        return waits("waiting", month)
    if what == WaitingFound.NO_DEVIATION:
        return waits("missing", month)
    if what == WaitingFound.NO_COUNTY:
        return waits("waiting", month, county=MISSING)
    if what == WaitingFound.NO_AREA:
        return waits("waiting", month, area=MISSING, code=one.about)
    if one.month in ("", month):
        return ("amiss", what, "", "" if what == WaitingDateCheck.SAME_DAY else one.about)
    return ("amiss", what, one.month, one.about)


def report(ledger: Ledger, data: WaitingReport) -> None:
    """Enter everything that the report counts."""
    month = data.day[:7]
    whole = _row(ledger, data.whole, month)
    counties = [_row(ledger, one, month, county=one.key) for one in data.counties]
    areas = [_row(ledger, one, month, area=one.key) for one in data.areas]
    _sums(ledger, whole, counties)
    _sums(ledger, whole, areas)
    for one, area in zip(data.by_area, areas, strict=True):
        _sums(ledger, area, [_row(ledger, code, month, area=one.key, code=code.key) for code in one.codes])
    _months(ledger, data)
    _classes(ledger, data, whole)
    _specialised(ledger, data)
    _providers(ledger, data)
    _scenario(ledger, data)
    _checks(ledger, data, whole["waiting"])
    _findings(ledger, data, whole)


def _row(
    ledger: Ledger, one: WaitingRow, month: str, county: str = ANY, area: str = ANY, code: str = ANY
) -> dict[str, Entry]:
    where = (month, county, area, code)
    entries = {name: ledger.put(waits(name, *where), getattr(one, name)) for name in COUNTS}
    ledger.total(entries["waiting"], [entries[name] for name in CAUSES])
    ledger.total(entries["waiting_without"], [entries["no_deviation"], entries["missing"]])
    _nest(ledger, entries)
    if one.in_rate is not None and one.per_100k:
        entries[_RATE] = ledger.put(in_rate(*where), one.in_rate)
        ledger.inside(entries[_RATE], entries["waiting"])
    return entries


def _nest(ledger: Ledger, entries: dict[str, Entry]) -> None:
    for inner, outer in _INSIDE:
        ledger.inside(entries[inner], entries[outer])


def _sums(ledger: Ledger, total: dict[str, Entry], parts: Sequence[dict[str, Entry]]) -> None:
    for name in COUNTS:
        ledger.total(total[name], [one[name] for one in parts])
    if _RATE in total:
        ledger.total(total[_RATE], [one[_RATE] for one in parts if _RATE in one])


def _months(ledger: Ledger, data: WaitingReport) -> None:
    """Enter every month end, of all and of each area, where areas make up all."""
    parts: dict[str, list[dict[str, Entry]]] = {}
    for area in data.by_area:
        for one in area.months:
            if (entries := _month(ledger, one, area.key)) is not None:
                parts.setdefault(one.month, []).append(entries)
    for one in data.months:
        whole = _month(ledger, one)
        if whole is not None:
            for name in MONTHLY:
                ledger.total(whole[name], [each[name] for each in parts.get(one.month, ())])


def _month(ledger: Ledger, one: WaitingMonth, area: str = ANY) -> dict[str, Entry] | None:
    entries = {}
    for name in MONTHLY:
        count = getattr(one, name)
        if count is None:
            return None
        entries[name] = ledger.put(waits(name, one.month, area=area), count)
    ledger.inside(entries["waiting_without"], entries["waiting"])
    _nest(ledger, entries)
    return entries


def _classes(ledger: Ledger, data: WaitingReport, whole: dict[str, Entry]) -> None:
    """Enter the classes of days: those up to a limit, with who has waited longer, make up who has waited less long."""
    without_days = _without_days(ledger, data)
    for column, ending in (("waiting", ""), ("without", "_without")):
        parts = {one.first: ledger.put(waited(column, one.first), getattr(one, column)) for one in data.classes}
        outer, begins = whole[f"waiting{ending}"], 0
        beside = [] if ending else without_days
        for limit in LONG_DAYS:
            longer = whole[f"over_{limit}{ending}"]
            between = [entry for first, entry in parts.items() if begins <= first < limit]
            ledger.total(outer, [*between, longer, *beside])
            outer, begins, beside = longer, limit, []
        ledger.total(outer, [entry for first, entry in parts.items() if first >= begins])
    for one in data.classes:
        ledger.inside((waited("without", one.first), one.without), (waited("waiting", one.first), one.waiting))


def _without_days(ledger: Ledger, data: WaitingReport) -> list[Entry]:
    """Return those who were decided on after the day of the list."""
    checks = (one for one in data.checks if one.what == WaitingDateCheck.AFTER_SNAPSHOT)
    return [ledger.put(amiss(one, data.day[:7]), one.entries) for one in checks]


def _specialised(ledger: Ledger, data: WaitingReport) -> None:
    whole = ledger.put(specialised("waiting"), data.specialised_total)
    named, month = {area.name: area.key for area in data.areas}, data.day[:7]
    rows = []
    for one in data.specialised:
        entries = {
            name: ledger.put(specialised(name, one.area, one.code), getattr(one, name))
            for name in ("waiting", "by_mark", "by_table", "over_90")
        }
        ledger.total(entries["waiting"], [entries["by_mark"], entries["by_table"]])
        ledger.inside(entries["over_90"], entries["waiting"])
        for name in ("waiting", "over_90"):
            for listed in ledger.named(waits(name, month, area=named.get(one.area, MISSING), code=one.code)):
                ledger.inside(entries[name], listed)
        rows.append(entries["waiting"])
    ledger.total(whole, rows)


def _providers(ledger: Ledger, data: WaitingReport) -> None:
    """Enter what waits at each provider; an area's providers make up the area."""
    month = data.day[:7]
    parts: dict[str, list[Entry]] = {area.name: [] for area in data.areas}
    for one in data.capacity:
        parts.setdefault(one.area, []).append(ledger.put(at_provider(one.provider, one.area), one.waiting))
    for area in data.areas:
        ledger.total((waits("waiting", month, area=area.key), area.waiting), parts[area.name])


def _scenario(ledger: Ledger, data: WaitingReport) -> None:
    by_area: dict[str, list[Entry]] = {}
    for each in data.scenario.received:
        entry = ledger.put(moved(each.offer.area, each.offer.provider_id), each.moved)
        by_area.setdefault(each.offer.area, []).append(entry)
    effects = [_effect(ledger, one, data.scenario.scenario.over_days) for one in data.scenario.effects]
    for one, entries in zip(data.scenario.effects, effects, strict=True):
        if not one.is_whole:
            ledger.total(entries["moved"], by_area.get(one.area, []))
    *areas, whole = effects
    for name in whole:
        ledger.total(whole[name], [one[name] for one in areas if name in one])
    _same_queues(ledger, data)


def _effect(ledger: Ledger, one: QueueEffect, over_days: int) -> dict[str, Entry]:
    area = ANY if one.is_whole else one.area or "-"
    entries = {"moved": ledger.put(moved(area), one.moved)}
    for column in ("waiting", "over_90", "over_150"):
        before = ledger.put(queue(column, "before", area), getattr(one.before, column))
        after = ledger.put(queue(column, "after", area), getattr(one.after, column))
        entries |= {f"{column}/before": before, f"{column}/after": after}
        if _ALL_MOVED_FROM[column] <= over_days:
            ledger.total(before, [after, entries["moved"]])
        else:
            ledger.inside(after, before)
    stay = {f"stays/{reason.value}": ledger.put(stays(reason.value, area), count) for reason, count in one.stays}
    ledger.total(entries["waiting/after"], stay.values())
    return entries | stay


def _same_queues(ledger: Ledger, data: WaitingReport) -> None:
    """Say that the queue before a scenario is the list itself, and which of it those are parts of who stay."""
    month = data.day[:7]
    named = {area.name: area.key for area in data.areas}
    for one in data.scenario.effects:
        area, key = (ANY, ANY) if one.is_whole else (one.area or "-", named.get(one.area, MISSING))
        for column in ("waiting", "over_90", "over_150"):
            count = getattr(one.before, column)
            list_entry = (waits(column, month, area=key), count)
            if list_entry in ledger.counts:
                ledger.total(list_entry, [(queue(column, "before", area), count)])
        stay = {reason: (stays(reason.value, area), count) for reason, count in one.stays}
        for reason, column in ((Stays.DEVIATION, "waiting_without"), (Stays.SHORT, "over_90")):
            if reason in stay:
                _beside(ledger, waits("waiting", month, area=key), waits(column, month, area=key), stay[reason])
        if Stays.HIGHLY_SPECIALISED in stay:
            _own_county(ledger, data, one, stay[Stays.HIGHLY_SPECIALISED])


def _beside(ledger: Ledger, every: Name, some: Name, inner: Entry) -> None:
    """Say that an entry is a part of those of a list who are not among some of it."""
    for whole, part in zip(ledger.named(every), ledger.named(some), strict=False):
        others = ledger.put(("beside", *some), whole[1] - part[1], unseen=True)
        ledger.total(whole, [part, others])
        ledger.inside(inner, others)


def _own_county(ledger: Ledger, data: WaitingReport, one: QueueEffect, everyone: Entry) -> None:
    """Say that the own county's who need highly specialised care are among all who stay for it."""
    mine = [each for each in data.specialised if one.is_whole or each.area == area_name(one)]
    name = specialised("waiting") if one.is_whole else specialised("waiting", one.area or MISSING)
    together = ledger.put(name, sum(each.waiting for each in mine), unseen=not one.is_whole)
    ledger.total(together, [(specialised("waiting", each.area, each.code), each.waiting) for each in mine])
    ledger.inside(together, everyone)


def _checks(ledger: Ledger, data: WaitingReport, waiting: Entry) -> None:
    """Enter the checks of dates, most of them of those who wait."""
    for one in data.checks:
        entry = ledger.put(amiss(one, data.day[:7]), one.entries)
        if one.what != WaitingDateCheck.MISSING:  # rows that were turned away
            ledger.inside(entry, waiting)


def _findings(ledger: Ledger, data: WaitingReport, whole: dict[str, Entry]) -> None:
    """Enter the findings: those of a list are of its entries, and who lacks inhabitants is not in the rate."""
    day, months = data.day[:7], sorted(one.month for one in data.months if one.waiting is not None)
    outside = []
    for one in (each for each in data.findings if each.what not in NOT_TOLD):
        entry = ledger.put(amiss(one, day), one.entries)
        if one.what == WaitingFound.NO_POPULATION and one.about:
            outside.append(entry)
        of_source = one.what in (WaitingFound.MISSING_MONTH, WaitingFound.SOURCE_ENDED)
        before = [month for month in months if month < one.month] if of_source else [one.month]
        for every in ledger.named(waits("waiting", before[-1])) if before else ():
            ledger.inside(entry, every)
    if _RATE in whole:
        ledger.total(whole["waiting"], [whole[_RATE], *outside])
