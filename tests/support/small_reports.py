"""Reports on a few providers with few events, made from drawn operations so that every sum in them holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import chart_data as charts
from kvalitetsapp.domain import report_data as data
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.report_chapters import Delivered, IndicatorFigure, MixRow, ProviderChapters, TotalChapters
from kvalitetsapp.domain.report_costs import ClaimsRow, ExpectedCost
from support import report_example

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

JOINTS: Final = ("hip", "knee", "shoulder")
YEARS: Final = (2021, 2022, 2023)
_STATUSES: Final = ("confirmed", "rejected", "proposed", "ambiguous")
_COUNTED: Final = ("confirmed", "proposed")


@dataclass(frozen=True, slots=True)
class Operated:
    """An operation, and the day of its reoperation (0: none), which may be a revision."""

    joint: str
    unit: str
    year: int
    sex: str
    is_followed: bool
    day: int
    is_revision: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """A linked event, and whether an agreement covers it."""

    year: int
    status: str
    complication_class: str
    day: int
    is_surgery: bool
    is_covered: bool


def operated(chance: Random, many: int) -> list[Operated]:
    """Return operations of which one in eight is reoperated."""
    return [
        Operated(
            chance.choices(JOINTS, (6, 5, 1))[0],
            chance.choice(("Norr", "Söder", "")),
            chance.choice(YEARS),
            chance.choice(("female", "male", "")),
            chance.random() < 0.8,
            chance.choice((0,) * 21 + (12, 70, 500)),
            chance.random() < 0.5,
        )
        for _ in range(many)
    ]


def happened(chance: Random, many: int) -> list[Happened]:
    """Return events."""
    return [
        Happened(
            chance.choice(YEARS),
            chance.choice(_STATUSES),
            chance.choice(("infection", "dislocation", "")),
            chance.choice((12, 70, 500, 900)),
            chance.random() < 0.5,
            chance.random() < 0.7,
        )
        for _ in range(many)
    ]


def share(events: int, n: int) -> data.Share:
    """Return a share with a plain interval."""
    rate = events / n if n else None
    return data.Share(events, n, rate, rate and rate / 2, rate and min(1.0, rate * 2))


def outcome(rows: Sequence[Operated], joint: str, level: str, within: int) -> data.Outcome:
    """Return what came of the followed of some operations."""
    seen = [one for one in rows if one.is_followed]
    events = sum(0 < one.day <= within and (level != "revision" or one.is_revision) for one in seen)
    return data.Outcome(joint, level, within, len(rows), share(events, len(seen)), 0, 0.02, "", 0.1)


def outcomes(rows: Sequence[Operated], joint: str = "") -> tuple[data.Outcome, ...]:
    """Return all outcomes of a joint, or of all."""
    mine = [one for one in rows if joint in ("", one.joint)]
    wanted = (("reoperation", 730), ("revision", 730), ("reoperation", 90), ("reoperation", 30))
    return tuple(outcome(mine, joint, *one) for one in wanted)


def by_joint(rows: Sequence[Operated]) -> tuple[data.Outcome, ...]:
    """Return the outcomes of every joint."""
    return tuple(told for joint in sorted({one.joint for one in rows}) for told in outcomes(rows, joint))


def provider_report(chance: Random, mode: SmallNumbers = SmallNumbers.PLAIN) -> data.ProviderReport:
    """Return the report on a small provider."""
    rows, events = operated(chance, 140), happened(chance, 30)
    made = report_example.provider_report()
    volume = Counter((one.year, one.joint) for one in rows)
    others = Counter(one.sex for one in operated(chance, 90))
    sexes = Counter(one.sex for one in rows)
    chapters = ProviderChapters(
        indicators=_indicators(rows),
        delivered=Delivered(share(len(rows), len(rows)), (("sex", share(sexes[""], len(rows))),), 0, "2023-12"),
        mix=tuple(MixRow("sex", sex, count, count + others[sex]) for sex, count in sorted(sexes.items())),
    )
    return replace(
        made,
        head=replace(made.head, small_numbers=mode),
        overall=outcomes(rows),
        outcomes=by_joint(rows),
        volume=tuple(
            data.Volume(year, joint, "contract", n, 0, None, None, None) for (year, joint), n in sorted(volume.items())
        ),
        units=tuple(_units([one for one in rows if one.joint == joint], joint) for joint in JOINTS),
        funnels=(),
        chapters=chapters,
        flow=_flow(rows, events),
        **_events(events),
    )


def total_report(chance: Random, mode: SmallNumbers = SmallNumbers.PLAIN) -> data.TotalReport:
    """Return the report on five providers, most of them small."""
    providers = {f"Vårdgivare {n}": operated(chance, many) for n, many in enumerate((160, 70, 60, 25, 25))}
    every, events = [one for rows in providers.values() for one in rows], happened(chance, 40)
    made = report_example.total_report()
    two_years = {name: [one for one in by_joint(rows) if _is_usual(one)] for name, rows in providers.items()}
    return replace(
        made,
        head=replace(made.head, small_numbers=mode),
        providers=tuple(
            data.ProviderRow(name, len(rows), tuple(two_years[name]), replace(report_example.NOTHING, key=name))
            for name, rows in providers.items()
        ),
        overall=by_joint(every),
        funnels=tuple(_funnel(joint, two_years) for joint in JOINTS),
        chapters=_heat(two_years),
        expected=tuple(_expected(name, rows) for name, rows in (*providers.items(), ("", every))),
        flow=_flow(every, events),
        **_events(events),
    )


def _is_usual(one: data.Outcome) -> bool:
    return (one.level, one.within) == ("reoperation", 730)


def _indicators(rows: Sequence[Operated]) -> tuple[IndicatorFigure, ...]:
    wanted = {"reoperation_2y": ("reoperation", 730), "revision_2y": ("revision", 730)}
    wanted |= {"reoperation_90d": ("reoperation", 90), "reoperation_30d": ("reoperation", 30)}
    found = []
    for joint in sorted({one.joint for one in rows}):
        for name, (level, within) in wanted.items():
            told = outcome([one for one in rows if one.joint == joint], joint, level, within).share
            counts = (told.n, told.events, told.rate, told.low, told.high)
            found.append(IndicatorFigure(*(name, "1", name, joint, True, 1, within, *counts, 0, 0.02, True, None)))
    return tuple(found)


def _units(rows: Sequence[Operated], joint: str) -> data.UnitTable:
    names = sorted({one.unit for one in rows} - {""})
    parts = [(name, [one for one in rows if one.unit == name]) for name in names]
    columns = [(name, outcome(mine, joint, "reoperation", 730).share) for name, mine in (*parts, ("", rows))]
    return data.UnitTable(joint, tuple(data.UnitColumn(name, 2021, 2023, told) for name, told in columns), 0.02)


def _funnel(joint: str, rows: dict[str, list[data.Outcome]]) -> charts.Funnel:
    told = [(name, one.share) for name, each in rows.items() for one in each if one.joint == joint]
    points = [
        charts.FunnelPoint(name, one.events, one.n, one.rate or 0.0, "", highlighted=False)
        for name, one in told
        if one.n
    ]
    return replace(report_example.funnel(joint, named=True), points=tuple(points))


def _heat(rows: dict[str, list[data.Outcome]]) -> TotalChapters:
    totals = {name: [sum(getattr(o.share, c) for o in each) for c in ("events", "n")] for name, each in rows.items()}
    shares = {f"{name}/reoperation_2y": share(*counts) for name, counts in totals.items()}
    cells = tuple((charts.HeatCell(key, one.rate, f"{one.rate}"),) for key, one in shares.items())
    chart = charts.HeatMap("Test", tuple(rows), ("Reoperation",), cells)
    return TotalChapters(heat_maps=(chart,), heat_shares=tuple(shares.items()))


def _expected(name: str, rows: Sequence[Operated]) -> ExpectedCost:
    n = sum(one.is_followed for one in rows)
    return ExpectedCost(name, n, 0, 9, 0, 59_000_00, 4_000_00, 63_000_00, 60_000_00, 66_000_00, 61_000_00)


def _flow(rows: Sequence[Operated], events: Sequence[Happened]) -> charts.Flow:
    review = _review(0, events)
    covered = sum(one.is_covered and one.status == "confirmed" for one in events)
    followed = sum(one.is_followed for one in rows)
    return charts.Flow(len(rows), followed, len(events), review.reviewed, review.confirmed, covered, 900, 800, 700)


def _review(year: int, events: Sequence[Happened]) -> data.Review:
    mine = [one for one in events if year in (0, one.year)]
    return data.Review(year, len(mine), *(sum(one.status == status for one in mine) for status in _STATUSES))


def _events(events: Sequence[Happened]) -> dict[str, Any]:
    confirmed = [one for one in events if one.status == "confirmed"]
    covered = [one for one in confirmed if one.is_covered]
    held = [one for one in events if one.status in _COUNTED]
    whole = _review(0, events)
    classes = sorted({one.complication_class for one in held})
    reasons = Counter(
        "outside_window" if one.status == "confirmed" else _REASONS[one.status]
        for one in events
        if not (one.status == "confirmed" and one.is_covered)
    )
    return {
        "quality": replace(report_example.QUALITY, ambiguous=share(whole.ambiguous, whole.events)),
        "review": (*(_review(year, events) for year in YEARS), whole),
        "classes": tuple(_class(name, [one for one in held if one.complication_class == name]) for name in classes),
        "recovery": tuple(_recovery(key, _of_year(confirmed, key)) for key in (*map(str, YEARS), "")),
        "potential": _recovery("", held),
        "claims": tuple(
            _claims(key, _of_year(covered, key), _of_year(confirmed, key)) for key in (*map(str, YEARS), "")
        ),
        "not_covered": tuple(data.NotCovered(reason, n, n * 1000, 0) for reason, n in sorted(reasons.items())),
        "costs": (
            _costs("confirmed", confirmed),
            _costs("confirmed/infection", [one for one in confirmed if one.complication_class == "infection"]),
            _costs("confirmed/other", [one for one in confirmed if one.complication_class != "infection"]),
        ),
        "form_review": report_example.NO_FORM_REVIEW,
    }


_REASONS: Final = {"proposed": "not_confirmed", "ambiguous": "ambiguous", "rejected": "rejected"}


def _of_year(events: Sequence[Happened], key: str) -> list[Happened]:
    return [one for one in events if key in ("", str(one.year))]


def _class(name: str, events: Sequence[Happened]) -> data.ClassCount:
    counts = (
        *(len(events), sum(one.status == "confirmed" for one in events)),
        *(sum(one.day <= limit for one in events) for limit in (30, 90, 730)),
        sum(one.is_surgery for one in events),
    )
    return data.ClassCount(name, *counts)


def _recovery(key: str, events: Sequence[Happened]) -> data.Recovery:
    return replace(
        report_example.NOTHING, key=key, cases=len(events), events=len(events), cost_total=len(events) * 1000
    )


def _claims(key: str, covered: Sequence[Happened], confirmed: Sequence[Happened]) -> ClaimsRow:
    return ClaimsRow(key, len(covered), len(covered) * 1000, 0, len(confirmed) - len(covered), 0, 0, 0)


def _costs(group: str, events: Sequence[Happened]) -> data.CostDistribution:
    over = (
        sum(one.day > 30 for one in events),
        sum(one.day > 90 for one in events),
        sum(one.day > 730 for one in events),
    )
    return replace(
        report_example.costs(group, max(len(events), 1), 90_000_00, over), cases=len(events), without_cost=0
    )
