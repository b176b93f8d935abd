"""What the values of one row must or should be to each other, by kind of file."""

from __future__ import annotations

import re
from operator import ge, lt
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import drg, identity, sources
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.words import PayerRoute, Role
from kvalitetsapp.exchange import series_rules
from kvalitetsapp.exchange.kinds import DELIVERED
from kvalitetsapp.exchange.values import fault
from kvalitetsapp.texts import kronor_rounded

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.domain.codes import CodeTables
    from kvalitetsapp.exchange.checks import Rows

_MUNICIPALITY: Final = re.compile("[0-9]{4}")
_TRIGGERS: Final = frozenset({Role.REVISION, Role.ADDITION, Role.EXTRACTION, Role.REOPERATION, Role.CLOSED_REDUCTION})


def rules_for(kind: KindOfFile, tables: CodeTables, *, joined_key: bool = False) -> Callable[[Rows], None]:
    """Return the function that holds each row of a batch of one file against the rules of its kind.

    With `joined_key` an episode's id is made of several columns, which may not tell two episodes apart.
    """
    if kind is KindOfFile.EPISODES:
        return _Both(_Episodes(tables), series_rules.JoinedKeys()) if joined_key else _Episodes(tables)
    if kind is KindOfFile.POPULATION:
        return _Both(_Population(tables), series_rules.AgesApart())
    if kind in _SERIES:
        return _SERIES[kind]()
    return _SINGLE.get(kind, _nothing)


def _nothing(rows: Rows) -> None:
    """Know no rule."""


class _Both:
    """Two rules, one after the other."""

    def __init__(self, first: Callable[[Rows], None], second: Callable[[Rows], None]) -> None:
        self._rules = (first, second)

    def __call__(self, rows: Rows) -> None:
        for rule in self._rules:
            rule(rows)


class _Episodes:
    """Order of the dates, and what an own episode that may be a complication should have."""

    def __init__(self, tables: CodeTables) -> None:
        self._tables = tables
        self._known: dict[tuple[str | None, ...], bool] = {}

    def __call__(self, rows: Rows) -> None:
        self._dates(rows)
        self._born(rows)
        self._costs(rows)

    def _dates(self, rows: Rows) -> None:
        admitted, discharged = rows.values["admitted"], rows.values["discharged"]
        if rows.faults or any(map(lt, discharged, admitted)):
            for position, (first, last) in enumerate(zip(admitted, discharged, strict=True)):
                if first and last and last < first:
                    rows.blame(position, "discharged", fault("before_admitted", admitted=first))
        stays = zip(rows.values["procedure_date"], admitted, discharged, strict=True)
        for position in [
            i for i, (day, first, last) in enumerate(stays) if day and not (first or "") <= day <= (last or "")
        ]:
            rows.doubt(
                position, "procedure_outside_stay", "procedure_date", rows.delivered["procedure_date"][position]
            )

    def _born(self, rows: Rows) -> None:
        numbers, admitted = rows.values["personal_id"], rows.values["admitted"]
        if not rows.faults and not any(map(ge, numbers, admitted)):  # `19530917…` against `2019-05-02`: the year tells
            return
        for position, (number, day) in enumerate(zip(numbers, admitted, strict=True)):
            if day is None or not isinstance(number, str) or number < day:
                continue
            born = identity.birth_date(number)
            if born is not None and born.isoformat() > day:
                rows.doubt(position, "born_after_care", "personal_id", rows.delivered["personal_id"][position])

    def _costs(self, rows: Rows) -> None:
        routes = zip(rows.values["cost"], rows.values["payer_route"], strict=True)
        coded = [rows.values[name] for name in DELIVERED[KindOfFile.EPISODES]]
        for position in [i for i, (cost, route) in enumerate(routes) if cost is None and route == PayerRoute.OWN]:
            if self._may_be_complication(tuple(values[position] for values in coded)):
                rows.doubt(position, "missing_cost", "cost", "")

    def _may_be_complication(self, codes: tuple[str | None, ...]) -> bool:
        found = self._known.get(codes)
        if found is None:
            found = self._known[codes] = self._triggers(*codes)
        return found

    def _triggers(self, main: str | None, others: str | None, procedures: str | None) -> bool:
        roles = self._tables.procedure_roles
        if any(code in roles and roles[code].role in _TRIGGERS for code in (procedures or "").split()):
            return True
        diagnoses = f"{main or ''} {others or ''}".split()
        return any(
            code.startswith(known.code) if known.prefix else code == known.code
            for known in self._tables.complication_diagnoses
            for code in diagnoses
        )


class _Population:
    """A municipality by its code, one that is known, and ages in order."""

    def __init__(self, tables: CodeTables) -> None:
        self._known = tables.municipality_names

    def __call__(self, rows: Rows) -> None:
        for position, code in enumerate(rows.values["municipality"]):
            if code is not None and not _MUNICIPALITY.fullmatch(code):
                rows.blame(position, "municipality", fault("bad_municipality"))
            elif code is not None and self._known and code not in self._known:
                rows.doubt(position, "unknown_municipality", "municipality", code)
        for position, (first, last) in enumerate(zip(rows.values["age_from"], rows.values["age_to"], strict=True)):
            if first is not None and last is not None and last < first:
                rows.blame(position, "age_to", fault("ages_reversed", first=first))


def _persons(rows: Rows) -> None:
    columns = [rows.values[name] for name in ("personal_id", "sex", "birth_date", "death_date")]
    for position, (number, sex, born, died) in enumerate(zip(*columns, strict=True)):
        if not isinstance(number, str):
            continue
        told = _told(number)
        if born and told[0] and born != told[0]:
            rows.doubt(position, "birth_date_differs", "birth_date", rows.delivered["birth_date"][position])
        if sex and told[1] and sex != told[1]:
            rows.doubt(position, "sex_differs", "sex", rows.delivered["sex"][position])
        if died and (born or told[0]) and died < (born or told[0]):
            rows.doubt(position, "death_before_birth", "death_date", rows.delivered["death_date"][position])


def _told(number: str) -> tuple[str, Any]:
    born = identity.birth_date(number)
    return (born.isoformat() if born else ""), identity.sex(number)


def _aliases(rows: Rows) -> None:
    for position, (number, other) in enumerate(zip(rows.values["personal_id"], rows.values["same_as"], strict=True)):
        if number is not None and number == other:
            rows.doubt(position, "alias_of_itself", "same_as", rows.delivered["same_as"][position])


def _waiting(rows: Rows) -> None:
    days = zip(rows.values["decided_on"], rows.values["snapshot_on"], strict=True)
    for position, (decided, snapshot) in enumerate(days):
        if decided and snapshot and decided > snapshot:
            rows.doubt(position, "decided_after_snapshot", "decided_on", rows.delivered["decided_on"][position])
    plans = zip(rows.values["decided_on"], rows.values["planned_on"], strict=True)
    for position in [at for at, (decided, planned) in enumerate(plans) if decided and planned and decided > planned]:
        rows.doubt(position, "decided_after_planned", "decided_on", rows.delivered["decided_on"][position])


def _proms(rows: Rows) -> None:
    answers = zip(rows.values["instrument"], rows.values["item"], rows.values["value"], strict=True)
    for position, (instrument, item, value) in enumerate(answers):
        scale = sources.ends(instrument, item or "")
        if scale is not None and value is not None and not scale[0] <= value <= scale[1]:
            rows.doubt(position, "answer_out_of_range", "value", rows.delivered["value"][position])


def _benchmarks(rows: Rows) -> None:
    """A share under one per cent may be a fraction: a workbook that shows 2,3 % holds 0.023 in the cell."""
    figures = zip(rows.values["value"], rows.values["unit_of_value"], strict=True)
    for position, (value, unit) in enumerate(figures):
        if unit == "percent" and value is not None and 0 < value < 1:
            rows.doubt(position, "perhaps_fraction", "value", rows.delivered["value"][position])


def _drg_prices(rows: Rows) -> None:
    wrong = fault("bad_drg_price", highest=kronor_rounded(drg.HIGHEST_PRICE))
    for position, price in enumerate(rows.values["price"]):
        if price is not None and not 0 < price <= drg.HIGHEST_PRICE:
            rows.blame(position, "price", wrong)


_SINGLE: Final[dict[KindOfFile, Callable[[Rows], None]]] = {
    KindOfFile.PERSONS: _persons,
    KindOfFile.ALIASES: _aliases,
    KindOfFile.WAITING: _waiting,
    KindOfFile.PROMS: _proms,
    KindOfFile.BENCHMARKS: _benchmarks,
    KindOfFile.DRG_PRICES: _drg_prices,
}
_SERIES: Final[dict[KindOfFile, Callable[[], Callable[[Rows], None]]]] = {
    KindOfFile.COSTS: series_rules.costs,
    KindOfFile.DIAGNOSES: lambda: series_rules.Positions(within=("role",)),
    KindOfFile.PROCEDURE_LIST: series_rules.Positions,
}
"""Rules that remember the rows before: one of its own for every file."""
