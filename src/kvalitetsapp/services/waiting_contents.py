"""Gathers what the report of waiting lists shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import kvalitetsapp
from kvalitetsapp.domain.redistribution import RedistributionScenario
from kvalitetsapp.domain.redistribution_words import scenario_told
from kvalitetsapp.domain.report_data import Manifest
from kvalitetsapp.domain.report_seal import sealed
from kvalitetsapp.domain.waiting import WaitingKey, WaitingScope
from kvalitetsapp.domain.waiting_report import (
    AreaReport,
    CapacityRow,
    FoundRow,
    ListsHead,
    OperatingRow,
    SpecialisedRow,
    WaitingClass,
    WaitingMonth,
    WaitingReport,
    WaitingRow,
)
from kvalitetsapp.domain.words import word
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import redistribution, report_contents, waiting
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.table import Table, Value
    from kvalitetsapp.domain.waiting import WaitingState
    from kvalitetsapp.services.report_making import Order
    from kvalitetsapp.services.workspace import Workspace

SCENARIO: Final = RedistributionScenario()
"""What the report tries; the page and the command line try others."""
_WAITING: Final = "waiting"


def waiting_report(workspace: Workspace, order: Order) -> WaitingReport:
    """Return everything in the report of the lists of a month, the latest unless the order says another day.

    Raises:
        InputError: there is no waiting list.
    """
    scope = WaitingScope(snapshot_on=order.as_of)
    by_county = waiting.state(workspace, scope, WaitingKey.COUNTY)
    if by_county.snapshot_on is None:
        raise InputError(_("Det finns ingen väntelista att rapportera. Läs in väntelistor vid månadsslut först."))
    series = waiting.series(workspace, scope)
    areas = _rows(waiting.state(workspace, scope, WaitingKey.AREA))
    specialised = waiting.highly_specialised(workspace, scope)
    names = {one.key: one.name for one in waiting.choices(workspace).codes}
    months = _months(series.table)
    capacity, operating = _capacities(workspace, scope, names)
    checks, findings = _findings(workspace, scope)
    return sealed(
        WaitingReport(
            head=_head(workspace, order, months, by_county),
            day=by_county.snapshot_on.isoformat(),
            population_year=by_county.population_year,
            invented=by_county.invented,
            whole=_row("", _("Alla"), by_county.whole),
            counties=_rows(by_county),
            areas=areas,
            by_area=tuple(_area(workspace, scope, one, names) for one in areas),
            months=months,
            gaps=tuple((month, ", ".join(sources)) for month, sources in series.gaps.items()),
            classes=_classes(waiting.distribution(workspace, scope).table),
            specialised_county=_county_name(workspace, specialised.county),
            specialised=tuple(SpecialisedRow(*_some(row, SpecialisedRow)) for row in specialised.table.records()),
            capacity=capacity,
            operating=operating,
            checks=checks,
            findings=findings,
            scenario=redistribution.work_out(workspace, scope, SCENARIO),
            manifest=_manifest(workspace, order, by_county),
        )
    )


def _capacities(
    workspace: Workspace, scope: WaitingScope, names: Mapping[str, str]
) -> tuple[tuple[CapacityRow, ...], tuple[OperatingRow, ...]]:
    found = waiting.capacity(workspace, scope)
    return (
        tuple(_capacity(row, came) for row, came in zip(found.table.records(), found.came, strict=True)),
        tuple(_operating(row, names) for row in found.operating.records()),
    )


def _findings(workspace: Workspace, scope: WaitingScope) -> tuple[tuple[FoundRow, ...], tuple[FoundRow, ...]]:
    """Return the checks of dates, and the findings."""
    return tuple(_check(row) for row in waiting.date_quality(workspace, scope).records()), tuple(
        FoundRow(one.found.value, one.month, one.about, one.entries, None, one.effect)
        for one in waiting.findings(workspace, scope).findings
    )


def _head(workspace: Workspace, order: Order, months: tuple[WaitingMonth, ...], state: WaitingState) -> ListsHead:
    day = "" if state.snapshot_on is None else state.snapshot_on.isoformat()
    return ListsHead(
        _("Alla län och vårdgivare"),
        months[0].month if months else day[:7],
        months[-1].month if months else day[:7],
        data_cut=day,
        sample=workspace.is_sample,
        small_numbers=order.small_numbers,
        program_version=kvalitetsapp.__version__,
    )


def _manifest(workspace: Workspace, order: Order, state: WaitingState) -> Manifest:
    population = _("saknas") if state.population_year is None else str(state.population_year)
    if state.invented:
        population = _("{year}, påhittad").format(year=population)
    parameters = (
        (_("Omfattning"), _("alla väntelistor i databasen")),
        (_("Långa väntetider"), _("längre än 90 och 150 dagar")),
        (_("Folkmängd"), population),
        (_("Scenario för omfördelning"), scenario_told(SCENARIO)),
        (_("Små tal"), word("small_numbers", order.small_numbers)),
    )
    return Manifest(report_contents.imported_files(workspace), report_contents.definitions(workspace), parameters)


def _county_name(workspace: Workspace, county: str) -> str:
    return workspace.geography.county_name(county) if county else _("Alla län")


def _rows(state: WaitingState) -> tuple[WaitingRow, ...]:
    columns = state.groups.columns
    return tuple(
        _row(key, str(row[0]), dict(zip((column.name for column in columns), row, strict=True)))
        for key, row in zip(state.keys, state.groups.rows, strict=True)
    )


def _row(key: str, name: str, figures: Mapping[str, Value]) -> WaitingRow:
    def count(column: str) -> int:
        return _count(figures.get(column)) or 0

    def told(column: str) -> str:
        return str(figures.get(column) or "")

    return WaitingRow(
        key,
        name,
        waiting=count("waiting"),
        waiting_without=count("waiting_without"),
        mov=count("mov"),
        pvv=count("pvv"),
        no_deviation=count("no_deviation"),
        missing=count("missing"),
        over_90=count("over_90"),
        over_90_without=count("over_90_without"),
        over_150=count("over_150"),
        over_150_without=count("over_150_without"),
        in_rate=_count(figures.get("in_rate")),
        population=_count(figures.get("population")),
        per_100k=told("per_100k"),
        per_100k_without=told("per_100k_without"),
        median=told("median"),
        median_without=told("median_without"),
    )


def _area(workspace: Workspace, scope: WaitingScope, row: WaitingRow, names: Mapping[str, str]) -> AreaReport:
    within = replace(scope, area=row.key)
    codes = _rows(waiting.state(workspace, within, WaitingKey.CODE))
    named = tuple(replace(one, name=names.get(one.key, one.name)) for one in codes)
    return AreaReport(row.key, row.name, _months(waiting.series(workspace, within).table), named)


def _months(table: Table) -> tuple[WaitingMonth, ...]:
    names = ("waiting", "waiting_without", "over_90", "over_90_without", "over_150", "over_150_without")
    return tuple(WaitingMonth(str(row["month"]), *(_count(row[name]) for name in names)) for row in table.records())


def _classes(table: Table) -> tuple[WaitingClass, ...]:
    """Return the classes up to the last that somebody is in."""
    rows = [
        WaitingClass(
            _count(row["days_from"]) or 0,
            _count(row["days_to"]),
            _count(row[_WAITING]) or 0,
            _count(row["waiting_without"]) or 0,
        )
        for row in table.records()
    ]
    last = max((place for place, one in enumerate(rows) if one.waiting), default=-1)
    return tuple(rows[: last + 1])


def _capacity(row: Mapping[str, Value], came: int) -> CapacityRow:
    return CapacityRow(
        provider=str(row["provider"]),
        area=str(row["area"]),
        waiting=_count(row[_WAITING]) or 0,
        per_week=str(row["operations_per_week"] or ""),
        inflow=str(row["inflow_per_week"] or ""),
        weeks=str(row["weeks"] or ""),
        outlook=str(row["outlook"]),
        minutes=_count(row["minutes"]) or 0,
        came=came,
    )


def _operating(row: Mapping[str, Value], names: Mapping[str, str]) -> OperatingRow:
    code = str(row["code"])
    return OperatingRow(
        *(code, names.get(code, code), _count(row[_WAITING]) or 0, _count(row["waiting_without"]) or 0),
        *(_count(row["minutes_each"]), str(row["hours"] or ""), str(row["hours_without"] or "")),
    )


def _check(row: Mapping[str, Value]) -> FoundRow:
    return FoundRow(
        *(str(row["check"]), "", str(row["about"] or ""), _count(row["entries"]) or 0, _count(row["of"])),
        str(row["effect"] or ""),
    )


def _some(row: Mapping[str, Value], shape: type[Any]) -> list[Any]:
    """Return the values of a row that a shape asks for, in its order."""
    return [row[name] for name in shape.__dataclass_fields__]


def _count(value: Value) -> int | None:
    return int(value) if isinstance(value, int | float) else None
