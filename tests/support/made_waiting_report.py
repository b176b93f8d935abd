"""A report of waiting lists drawn from made-up entries, so that every sum in it holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from kvalitetsapp.analysis.waiting.redistribution import redistribute
from kvalitetsapp.domain.redistribution import Offer, OfferOutcome, PriceSource, RedistributionScenario
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.report_data import Manifest
from kvalitetsapp.domain.report_seal import sealed
from kvalitetsapp.domain.small_numbers import SMALL
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

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from kvalitetsapp.domain.redistribution import Redistribution

MONTHS = ("2024-01", "2024-02", "2024-03")
GAP = "2024-02"
AREAS = {"Höftprotes": ("NFB49", "NFB29"), "Knäprotes": ("NGB49", "NGB29"), "Rygg": ("ABC16",)}
PROVIDERS = ("P01", "P02", "P03")


@dataclass(frozen=True, slots=True)
class Waits:
    """Somebody who waits in a month."""

    month: str
    county: str
    area: str
    code: str
    provider: str
    deviation: str
    days: int
    planned: bool
    special: bool


def drawn(chance: Random, many: int) -> list[Waits]:
    """Return `many` who wait at the end of every month but the one without a list."""
    return [_one(chance, month) for month in MONTHS if month != GAP for _each in range(many)]


def _one(chance: Random, month: str) -> Waits:
    area = chance.choices(list(AREAS), (6, 4, 1))[0]
    return Waits(
        month,
        chance.choices(("Jämtlands län", "Norrbottens län"), (12, 1))[0],
        area,
        chance.choices(AREAS[area], (5, 1)[: len(AREAS[area])])[0],
        chance.choices(PROVIDERS, (5, 3, 1))[0],
        chance.choices(("mov", "pvv", "none", "missing"), (2, 2, 12, 1))[0],
        int(chance.expovariate(1 / 80)),
        chance.random() < 0.2,
        chance.random() < 0.05,
    )


def report(chance: Random, many: int = 60, mode: SmallNumbers = SmallNumbers.PLAIN) -> WaitingReport:
    """Return a report on those who wait in the last month, and how it came to be."""
    every = drawn(chance, many)
    now = [one for one in every if one.month == MONTHS[-1]]
    areas = _groups(now, lambda one: one.area)
    return sealed(
        WaitingReport(
            head=ListsHead("Alla län", MONTHS[0], MONTHS[-1], f"{MONTHS[-1]}-31", True, mode, "1"),  # noqa: FBT003 - a head
            day=f"{MONTHS[-1]}-31",
            population_year=2023,
            invented=True,
            whole=_row("", "Alla", now),
            counties=_groups(now, lambda one: one.county),
            areas=areas,
            by_area=tuple(_area(one.key, every) for one in areas),
            months=_months(every),
            gaps=((GAP, "väntelistan"),),
            classes=_classes(now),
            specialised_county="Jämtlands län",
            specialised=_specialised(now),
            capacity=_capacity(now),
            operating=tuple(
                OperatingRow(one.key, one.key, one.waiting, one.waiting_without, 90, "1.5", "1.5")
                for one in _groups(now, lambda one: one.code)
            ),
            checks=(
                FoundRow("missing", "", "", 3, len(now) + 3, "Raderna avvisades."),
                FoundRow("first_of_month", "", "", 3, len(now), "Ungefär 3 % väntas av en slump."),
            ),
            findings=_findings(now),
            scenario=_scenario(now),
            manifest=Manifest((), (), ()),
        )
    )


def _findings(rows: Sequence[Waits]) -> tuple[FoundRow, ...]:
    month, sizes = MONTHS[-1], Counter(one.code for one in rows)
    small = [size for size in sizes.values() if size < SMALL]
    return (
        FoundRow("no_deviation", month, "", sum(one.deviation == "missing" for one in rows), None, "De räknas med."),
        FoundRow("few", month, "Åtgärdskod", sum(small), None, f"{len(small)} grupper är så små"),
    )


def _groups(rows: Sequence[Waits], by: Callable[[Waits], str]) -> tuple[WaitingRow, ...]:
    sizes = Counter(map(by, rows))
    keys = sorted(sizes, key=lambda key: (-sizes[key], key))
    return tuple(_row(key, key, [one for one in rows if by(one) == key]) for key in keys)


def _row(key: str, name: str, rows: Sequence[Waits]) -> WaitingRow:
    causes = Counter(one.deviation for one in rows)
    without = [one for one in rows if one.deviation in ("none", "missing")]
    known = [one for one in rows if one.county == "Jämtlands län"]
    days = sorted(one.days for one in rows)
    return WaitingRow(
        *(key, name, len(rows), len(without)),
        *(causes["mov"], causes["pvv"], causes["none"], causes["missing"]),
        *(_over(rows, 90), _over(without, 90), _over(rows, 150), _over(without, 150)),
        *(len(known), 130_000, f"{len(known) * 100_000 / 130_000:.1f}", "1.0"),
        f"{days[len(days) // 2]:.1f}" if days else "",
        "",
    )


def _over(rows: Sequence[Waits], days: int) -> int:
    return sum(one.days > days for one in rows)


def _months(rows: Sequence[Waits]) -> tuple[WaitingMonth, ...]:
    found = []
    for month in MONTHS:
        those = _row("", "", [one for one in rows if one.month == month])
        counts = (those.waiting, those.waiting_without, those.over_90, those.over_90_without)
        whole = (*counts, those.over_150, those.over_150_without)
        found.append(WaitingMonth(month, *(None if month == GAP else count for count in whole)))
    return tuple(found)


def _area(area: str, every: Sequence[Waits]) -> AreaReport:
    mine = [one for one in every if one.area == area]
    return AreaReport(
        area, area, _months(mine), _groups([one for one in mine if one.month == MONTHS[-1]], lambda one: one.code)
    )


def _classes(rows: Sequence[Waits]) -> tuple[WaitingClass, ...]:
    last = max(_class_of(one) for one in rows)
    return tuple(
        WaitingClass(
            place * 30 + (place > 0),
            place * 30 + 30,
            sum(_class_of(one) == place for one in rows),
            sum(_class_of(one) == place and one.deviation in ("none", "missing") for one in rows),
        )
        for place in range(last + 1)
    )


def _class_of(one: Waits) -> int:
    return max(one.days - 1, 0) // 30


def _specialised(rows: Sequence[Waits]) -> tuple[SpecialisedRow, ...]:
    those = [one for one in rows if one.special and one.county == "Jämtlands län"]
    pairs = sorted({(one.area, one.code) for one in those})
    found = [(pair, [one for one in those if (one.area, one.code) == pair]) for pair in pairs]
    return tuple(SpecialisedRow(*pair, len(mine), len(mine), 0, _over(mine, 90)) for pair, mine in found)


def _capacity(rows: Sequence[Waits]) -> tuple[CapacityRow, ...]:
    sizes = Counter((one.provider, one.area) for one in rows)
    return tuple(CapacityRow(*pair, sizes[pair], "2.0", "1.5", "9.0", "weeks", 90, 20) for pair in sorted(sizes))


def _scenario(rows: Sequence[Waits]) -> Redistribution:
    frame = pd.DataFrame(
        [(one.provider, "2380", one.area, one.days, one.deviation, one.planned, one.special) for one in rows],
        columns=["provider_id", "municipality", "area", "waited", "deviation", "is_planned", "highly_specialised"],
    ).astype({"waited": "int64", "is_planned": "bool", "highly_specialised": "bool"})
    outcome = OfferOutcome(2, 90, 2 / 90, 0.006, 0.08)
    offers = [
        Offer("P02", "P02", "private", "Höftprotes", 0.25, 5_800_000, PriceSource.CAPACITY, outcome=outcome),
        Offer("P03", "P03", "public", "Knäprotes", 0.1),
    ]
    return redistribute(frame, offers, {("2380", "P02"): 540}, RedistributionScenario(), f"{MONTHS[-1]}-31")
