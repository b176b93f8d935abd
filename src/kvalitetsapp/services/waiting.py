"""Who waits, for what, how long and why: the figures of the page Väntande, its report and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import waiting_dates, waiting_findings, waiting_tables
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.table import Table
from kvalitetsapp.domain.waiting import (
    MISSING,
    WaitingAsked,
    WaitingBehind,
    WaitingCapacity,
    WaitingChoice,
    WaitingChoices,
    WaitingDateCheck,
    WaitingDistribution,
    WaitingFinding,
    WaitingFindings,
    WaitingKey,
    WaitingScope,
    WaitingSeries,
    WaitingSpecialised,
    WaitingState,
)
from kvalitetsapp.domain.waiting_words import key_name
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import readings, waiting_lists
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import identities, quality, waiting_packs
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvalitetsapp.analysis.columns import Flags
    from kvalitetsapp.analysis.waiting.state import Month
    from kvalitetsapp.domain.table import Row, Value
    from kvalitetsapp.services.waiting_lists import Read
    from kvalitetsapp.services.workspace import Workspace

CLASS_DAYS: Final = 30
CLASSES: Final = 25
"""Classes of days of the distribution, 0–30, 31–60 …; the last holds everyone who has waited about two years."""
MOST_BEHIND: Final = 5000
ENTRIES_READ: Final = "waiting_read"


@needs(Right.READ_FIGURES)
def choices(workspace: Workspace) -> WaitingChoices:
    """Return what there is to choose from; nothing at all where no waiting list is stored."""
    read = waiting_lists.read(workspace)
    words, titles = read.lists.words, workspace.code_tables.procedure_titles
    codes = [(code, area) for code, area in zip(words["code"], read.areas, strict=True) if code]
    areas = {area for _code, area in codes}
    return WaitingChoices(
        waiting_lists.days(read),
        _choices(read, WaitingKey.COUNTY, words["county"]),
        _choices(read, WaitingKey.MUNICIPALITY, words["municipality"]),
        _choices(read, WaitingKey.PROVIDER, words["provider"]),
        _choices(read, WaitingKey.AREA, areas, lacking="" in areas),
        tuple(WaitingChoice(code, titles.get(code, code), area or MISSING) for code, area in codes),
        _choices(read, WaitingKey.PRIORITY, words["priority"]),
        read.own_county,
    )


@needs(Right.READ_FIGURES)
def state(workspace: Workspace, scope: WaitingScope, by: WaitingKey = WaitingKey.COUNTY) -> WaitingState:
    """Return how the list stood in a month, in all and by groups, the largest group first."""
    read, month = waiting_lists.month_of(workspace, scope)
    columns = (waiting_tables.KEYS[by], *waiting_tables.STATE_VALUES)
    if month is None:
        return WaitingState(scope, by, None, groups=Table(columns))
    from kvalitetsapp.analysis.waiting import state as analysis

    groups = analysis.by_groups(month, by, analysis.groups(month, by, lambda: read.people))
    rows: list[Row] = [(waiting_lists.name_of(read, by, key), *values.values()) for key, values in groups]
    people = month.inhabitants
    return WaitingState(
        *(scope, by, waiting_lists.day_of(month), analysis.whole(month), Table(columns, rows)),
        tuple(key for key, _values in groups),
        None if people is None else people.year,
        people is not None and people.invented,
    )


@needs(Right.READ_FIGURES)
def series(workspace: Workspace, scope: WaitingScope) -> WaitingSeries:
    """Return how the list developed month by month up to the month of the scope; a month without a list is a gap."""
    read, month = waiting_lists.month_of(workspace, scope)
    if month is None:
        return WaitingSeries(scope, Table(waiting_tables.SERIES))
    from kvalitetsapp.analysis.waiting.lists import month_text

    time = waiting_lists.over_time(read, month)
    gaps = {
        month_text(at): tuple(read.lists.sources[source] for source in some)
        for at, some in sorted(time.sources.missing.items())
        if at <= month.everyone.month
    }
    return WaitingSeries(scope, Table(waiting_tables.SERIES, time.series), gaps)


@needs(Right.READ_FIGURES)
def distribution(workspace: Workspace, scope: WaitingScope) -> WaitingDistribution:
    """Return how long those have waited who wait, in classes of days."""
    _read, month = waiting_lists.month_of(workspace, scope)
    if month is None:
        return WaitingDistribution(scope, None, Table(waiting_tables.DISTRIBUTION))
    from kvalitetsapp.analysis.waiting import standing
    from kvalitetsapp.analysis.waiting import state as analysis

    every, without = (each.tolist() for each in standing.classes(month.those, CLASS_DAYS, CLASSES))
    rows: list[Row] = [
        (at * CLASS_DAYS + (at > 0), (at + 1) * CLASS_DAYS if at < CLASSES - 1 else None, every[at], without[at])
        for at in range(CLASSES)
    ]
    return WaitingDistribution(
        scope, waiting_lists.day_of(month), Table(waiting_tables.DISTRIBUTION, rows), analysis.whole(month)
    )


@needs(Right.READ_FIGURES)
def findings(workspace: Workspace, scope: WaitingScope) -> WaitingFindings:
    """Return what is amiss with the lists, and what each does to the figures."""
    read, month = waiting_lists.month_of(workspace, scope)
    if month is None:
        return WaitingFindings(scope, (), Table(waiting_tables.FINDINGS))
    told = tuple(waiting_lists.with_name(read, one) for one in _found(read, month))
    return WaitingFindings(scope, told, waiting_findings.table(told))


@needs(Right.READ_FIGURES)
def flows(workspace: Workspace, scope: WaitingScope) -> Table:
    """Return `waiting_tables.FLOWS`: who came and who left, month by month; None where a month cannot be told."""
    read, month = waiting_lists.month_of(workspace, scope)
    rows = [] if month is None else waiting_lists.over_time(read, month).flows
    return Table(waiting_tables.FLOWS, rows)


@needs(Right.READ_FIGURES)
def capacity(workspace: Workspace, scope: WaitingScope) -> WaitingCapacity:
    """Return what can be operated on against what comes in, and the operating time that the list takes."""
    read, month = waiting_lists.month_of(workspace, scope)
    if month is None:
        return WaitingCapacity(scope, None, Table(waiting_tables.CAPACITY), Table(waiting_tables.OPERATING))
    from kvalitetsapp.analysis.waiting import capacity as analysis

    times = read.of_codes("operating_times")
    minutes = [int(row["minutes"] or 0) if row else 0 for row in times]
    queues = analysis.queues(
        *(month, waiting_lists.over_time(read, month), read.of.movements.came, waiting_lists.chosen(read, scope)),
        *(waiting_lists.per_week(read), minutes),
    )
    rows: list[Row] = [
        (
            *(waiting_lists.name_of(read, WaitingKey.PROVIDER, provider), key_name(WaitingKey.AREA, area)),
            *(one.waiting, _decimal(one.per_week), _decimal(one.inflow), _decimal(one.weeks)),
            *(one.outlook.value, one.minutes),
        )
        for (provider, area), one in queues.items()
    ]
    codes = analysis.by_code(month)
    return WaitingCapacity(
        *(scope, waiting_lists.day_of(month), Table(waiting_tables.CAPACITY, rows)),
        Table(waiting_tables.OPERATING, [_operating(code, n, without, times[at]) for code, at, n, without in codes]),
        sum(n * minutes[at] for _code, at, n, _without in codes),
        sum(without * minutes[at] for _code, at, _n, without in codes),
        tuple((code, n) for code, at, n, _without in codes if not minutes[at]),
        tuple(one.came for one in queues.values()),
    )


@needs(Right.READ_FIGURES)
def highly_specialised(workspace: Workspace, scope: WaitingScope) -> WaitingSpecialised:
    """Return the own county's patients with need of highly specialised care; another county's where one is chosen."""
    read, month = waiting_lists.month_of(workspace, scope, county=scope.county or waiting_lists.own_county(workspace))
    if month is None:
        return WaitingSpecialised(scope, None, read.own_county, 0, 0, Table(waiting_tables.SPECIALISED))
    from kvalitetsapp.analysis.waiting import specialised

    found = specialised.by_code(month, waiting_lists.specialised_codes(read))
    rows: list[Row] = [
        (
            *(key_name(WaitingKey.AREA, one.area or MISSING), one.code, one.waiting, one.by_mark, one.by_table),
            *(one.over_90, _decimal(one.median)),
        )
        for one in found
    ]
    return WaitingSpecialised(
        *(month.scope, waiting_lists.day_of(month), month.scope.county),
        *(sum(one.by_mark for one in found), sum(one.by_table for one in found)),
        Table(waiting_tables.SPECIALISED, rows),
    )


@needs(Right.READ_FIGURES)
def date_quality(workspace: Workspace, scope: WaitingScope) -> Table:
    """Return `waiting_tables.DATE_QUALITY`: how far the days of decision can be trusted, and what that does."""
    read, month = waiting_lists.month_of(workspace, scope)
    if month is None:
        return Table(waiting_tables.DATE_QUALITY)
    from kvalitetsapp.analysis.waiting import found

    imports = waiting_lists.imports_of(month)
    rejected = sum(
        kind == KindOfFile.WAITING and column == "decided_on" and batch in imports
        for batch, _row, column, _value, _code, _reason, kind, _file in quality.rejected(workspace.store)
    )
    changed = found.changed(month, read.of.movements, waiting_lists.chosen(read, scope))
    return waiting_dates.table(found.dates(month, changed, rejected))


@needs(Right.READ_ROWS)
def behind(
    workspace: Workspace,
    scope: WaitingScope,
    where: Mapping[WaitingKey, str],
    over_days: int | None = None,
    *,
    asked: WaitingAsked | None = None,
) -> WaitingBehind:
    """Return the entries behind a figure, the longest waits first; that they were read is noted in the trace.

    `where` holds keys of `WaitingState` (also `MISSING`); with `over_days` only those count who have waited longer,
    with `asked` those that a finding or a check of days is about.

    Raises:
        InputError: there is no such finding in the scope, or several.
        RefusedError: it cannot be noted, so that the entries must not be handed over.
    """
    read, month = waiting_lists.month_of(workspace, scope)
    if month is None:
        return WaitingBehind(Table(waiting_tables.ENTRIES), 0)
    from kvalitetsapp.analysis.waiting import entries
    from kvalitetsapp.analysis.waiting import state as analysis

    about = None
    if asked is not None:
        month, about = _asked(workspace, read, month, asked)
    groups = [(analysis.groups(month, by, lambda: read.people), key) for by, key in where.items()]
    rows_there = analysis.rows_of(month, groups)
    found = entries.longest(month, rows_there if about is None else rows_there & about, over_days, MOST_BEHIND)
    stored = {row[0]: row[1:] for row in waiting_packs.rows_of(workspace.store, [one.row for one in found.shown])}
    known = [identity for _source, _id, _unit, identity in stored.values() if identity is not None]
    patients = identities.numbers_of(workspace.store, known).values()
    readings.note(workspace, ENTRIES_READ, waiting_lists.day_of(month).isoformat(), patients)
    special = waiting_lists.specialised_codes(read)
    rows = [
        waiting_lists.entry_row(read, one, stored[one.row], by_table=bool(special[one.code])) for one in found.shown
    ]
    return WaitingBehind(Table(waiting_tables.ENTRIES, rows), found.total)


def _found(read: Read, month: Month) -> tuple[WaitingFinding, ...]:
    """Return what is amiss, each about what it has in the lists."""
    from kvalitetsapp.analysis.waiting import found

    time, chosen = waiting_lists.over_time(read, month), waiting_lists.chosen(read, month.scope)
    return (
        *found.of_month(month, lambda: read.people),
        *found.of_time(month, time, read.of.movements, chosen),
    )


def _asked(workspace: Workspace, read: Read, month: Month, asked: WaitingAsked) -> tuple[Month, Flags]:
    """Return the month that has the entries asked for, and which of a scope's they are.

    Raises:
        InputError: there is no such finding, or several.
    """
    from kvalitetsapp.analysis.waiting import found_entries

    moves = read.of.movements
    if isinstance(asked.found, WaitingDateCheck):
        return month, found_entries.of_check(month, asked.found, moves)
    one = _one_finding(read, month, asked)
    within = waiting_lists.in_month(workspace, month.scope, found_entries.month_of(read.lists, one))
    return within, found_entries.of_finding(within, one, moves)


def _one_finding(read: Read, month: Month, asked: WaitingAsked) -> WaitingFinding:
    told = asked.month or f"{waiting_lists.day_of(month):%Y-%m}"
    named = {waiting_lists.with_name(read, one).about: one for one in _found(read, month) if _is_it(one, asked, told)}
    if asked.about:
        named = {about: one for about, one in named.items() if asked.about in (about, one.about)}
    if not named:
        raise InputError(_("Inget sådant fynd finns i urvalet för {month}.").format(month=told))
    if len(named) > 1:
        raise InputError(_("Fyndet gäller flera. Ange vad med --about: {known}.").format(known=", ".join(named)))
    return next(iter(named.values()))


def _is_it(one: WaitingFinding, asked: WaitingAsked, month: str) -> bool:
    return (one.found, one.month) == (asked.found, month)


def _choices(
    read: Read, key: WaitingKey, words: Iterable[str], *, lacking: bool | None = None
) -> tuple[WaitingChoice, ...]:
    """Return the words that somebody has waited with, by name, and nothing last where somebody lacks one."""
    found = [WaitingChoice(word, waiting_lists.name_of(read, key, word)) for word in words if word]
    some_lack = key.value in read.lists.lacking if lacking is None else lacking
    nothing = [WaitingChoice(MISSING, key_name(key, MISSING))] if some_lack else []
    return (*sorted(found, key=lambda one: (one.name, one.key)), *nothing)


def _operating(code: str, waiting: int, without: int, row: Mapping[str, Value] | None) -> Row:
    if row is None or not row["minutes"]:
        return (code, waiting, without, None, "", "", "", None)
    minutes = int(row["minutes"])
    hours = (f"{n * minutes / 60:.1f}" for n in (waiting, without))
    return (code, waiting, without, minutes, *hours, str(row["source"] or ""), int(row["verified"] == "yes"))


def _decimal(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
