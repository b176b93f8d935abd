"""Charts of made-up numbers: ordinary, with one group, with forty, with long names, extreme, and empty."""

from __future__ import annotations

from dataclasses import replace

from kvalitetsapp.domain import chart_data as charts
from support import made_waiting_charts

LONG = "Stiftelsen Nordanvindens specialistklinik för höft- och knäprotesvård, avdelningen i Yttre Småstad nr {n}"
SHORT = "Klinik {n}"
FLAGS = ("", "", "high_95", "", "low_95", "", "high_998", "", "", "low_998")


def funnel(groups: int, name: str = SHORT, *, rate: float | None = None) -> charts.Funnel:
    """Return a funnel; `rate` is everyone's, else they differ."""
    points = tuple(_point(place, name, rate) for place in range(groups))
    limits = tuple(_limit(n, 1.0) for n in range(1, 2000, 7))
    wide = charts.Overdispersion(groups, 2.13, 0.004, tuple(_limit(n, 1.46) for n in range(1, 2000, 7)))
    return charts.Funnel("hip", rate if rate is not None else 0.021, groups % 2 == 0, points, limits, wide)


def _point(place: int, name: str, rate: float | None) -> charts.FunnelPoint:
    n = 40 + 37 * place
    value = rate if rate is not None else ((place * 7) % 11) / 200
    flag = FLAGS[place % 10] if rate is None else ""
    return charts.FunnelPoint(name.format(n=place), round(n * value), n, value, flag, place == 3)


def _limit(n: int, times: float) -> charts.FunnelLimit:
    far = times * (0.021 * 0.979 / n) ** 0.5
    return charts.FunnelLimit(
        n,
        max(0.021 - 1.96 * far, 0),
        min(0.021 + 1.96 * far, 1),
        max(0.021 - 3.09 * far, 0),
        min(0.021 + 3.09 * far, 1),
    )


def survival(curves: int, name: str = "", *, top: float = 0.05) -> charts.Survival:
    """Return curves up to `top`, of the joints or of `name`."""
    joints = [name.format(n=place) if name else ("hip", "knee", "shoulder", "")[place % 4] for place in range(curves)]
    return charts.Survival("revision", 50, tuple(_curve(joint, place, top) for place, joint in enumerate(joints)), ())


def _curve(joint: str, place: int, top: float) -> charts.Curve:
    rises = [min(top * (1 + place % 3 / 5) * step / 24, 1.0) for step in range(25)]
    steps = tuple(
        charts.CurveStep(step * 100, value, value * 0.8 or None, min(value * 1.3, 1.0) or None, value * 0.93)
        for step, value in enumerate(rises)
    )
    risk = tuple(charts.AtRisk(year * 365, 2400 - 310 * year, 9 * year, 12 * year) for year in range(7))
    return charts.Curve(joint, 2400, steps, risk)


def caterpillar(
    groups: int, name: str = SHORT, *, ratio: bool = False, rate: float | None = None
) -> charts.Caterpillar:
    """Return rates, or ratios, with intervals, by volume."""
    bars = tuple(_bar(groups - place, place, name, rate, ratio=ratio) for place in range(groups))
    target = 1.0 if ratio else 0.021
    label = "som väntat" if ratio else "riket"
    return charts.Caterpillar("Reoperation inom två år, höft", target, label, bars, ratio)


def _bar(rank: int, place: int, name: str, rate: float | None, *, ratio: bool) -> charts.Bar:
    n = 30 * rank
    value = rate if rate is not None else ((place * 7) % 11) / (8 if ratio else 200)
    low, high = max(value - 2 / n**0.5 / 8, 0), value + (1.5 if ratio else 0.8) / n**0.5
    return charts.Bar(
        str(place), name.format(n=place), round(n * 0.03), n, value, low, high if ratio else min(high, 1.0),
        FLAGS[place % 10] if rate is None else "", place == 2,
    )  # fmt: skip


def g_chart(events: int, *, between: int | None = None) -> charts.GChart:
    """Return gaps between events; `between` is every gap, else they differ."""
    gaps = [between if between is not None else (place * 37) % 61 for place in range(events)]
    points = tuple(
        charts.GapPoint(str(place), f"{2015 + place // 12}-{place % 12 + 1:02d}-07", gap, gap < 4)
        for place, gap in enumerate(gaps)
    )
    limits = (23.4, 0.8, 96.1, 370.4, 31.0) if events > 5 else (None, None, None, None, 31.0)
    centre, low, high, run_length, expected = limits
    return charts.GChart("Djupa infektioner, höft", "operations", points, 41, centre, low, high, run_length, expected)


def run_chart(periods: int, *, rate: float | None = None) -> charts.RunChart:
    """Return a share by month with a gap in it."""
    points = tuple(
        charts.RunPoint(
            str(place), f"{2015 + place // 12}-{place % 12 + 1:02d}", 3 + place % 5, 120,
            None if place == 4 else rate if rate is not None else (3 + place % 5) / 120, place > 20,
        )
        for place in range(periods)
    )  # fmt: skip
    return charts.RunChart("Dagkirurgi, knä", points, rate or 0.041, 0.05, ("shift",) if periods > 20 else ())


def cusum(operations: int, *, top: float = 4.5) -> charts.Cusum:
    """Return a sum that grows to an alarm and begins anew."""
    steps, value, alarms = [], 0.0, 0
    for place in range(1, operations + 1):
        value = max(value + (1.1 if place % 13 == 0 else -0.05), 0.0)
        alarm = value >= top
        day = f"{2019 + place // 120}-{place // 10 % 12 + 1:02d}-11"
        steps.append(charts.CusumStep(place, day, value, alarm))
        alarms += alarm
        value = 0.0 if alarm else value
    return charts.Cusum(
        "Reoperation inom 90 dagar", 0.021, 2.0, top, tuple(steps), alarms, 4210.6, 371.2, adjusted=True
    )


def heat_map(rows: int, columns: int, name: str = SHORT, *, value: float | None = None) -> charts.HeatMap:
    """Return rates by group and year around the target."""
    cells = tuple(tuple(_cell(row, column, value) for column in range(columns)) for row in range(rows))
    names = tuple(name.format(n=row) for row in range(rows))
    heads = tuple(name.format(n=column) if name != SHORT else str(2000 + column) for column in range(columns))
    return charts.HeatMap("Reoperation inom två år", names, heads, cells, 0.021)


def _cell(row: int, column: int, value: float | None) -> charts.HeatCell:
    found = value if value is not None else (row * 5 + column * 3) % 11 / 200
    known = value is not None or (row + column) % 7 != 6
    shown = f"{found * 100:.1f}\u00a0%".replace(".", ",") if known else "–"
    return charts.HeatCell(f"{row}/{column}", found if known else None, shown)


def profile(bars: int, name: str = SHORT, *, away: float | None = None) -> charts.Profile:
    """Return deviations of women and men."""
    return charts.Profile("Jämlik vård mot riket", tuple(_profile_bar(place, name, away) for place in range(bars)))


def _profile_bar(place: int, name: str, away: float | None) -> charts.ProfileBar:
    women = away if away is not None else (place * 17) % 60 / 100 - 0.25
    men = away if away is not None else (place * 11) % 50 / 100 - 0.20
    note = "Jämfört med alla vårdgivare här" if place % 5 == 3 else ""
    missing = place % 6 == 5
    return charts.ProfileBar(
        str(place), name.format(n=place), None if missing else women, men, (women + men) / 2, 130 + place, 1214, note
    )


def forest(rows: int, name: str = SHORT, *, quantity: str = "value", away: float | None = None) -> charts.Forest:
    """Return groups, the first the reference and every fifth too small; `away` is what every figure is."""
    line = {"value": 0.021, "difference": 0.0, "ratio": 1.0}[quantity]
    every = tuple(_forest_row(place, name, quantity, away) for place in range(rows))
    return charts.Forest("Reoperation: född i", quantity, True, "%", 1, line, "Sverige", every)  # noqa: FBT003


def _forest_row(place: int, name: str, quantity: str, away: float | None) -> charts.ForestRow:
    known = name.format(n=place)
    if place % 5 == 4:
        return charts.ForestRow(str(place), known, 3, 1, None, None, None, note="färre än 5 personer")
    if place == 0 and quantity != "value":
        return charts.ForestRow("0", known, 900, 20, None, None, None, note="jämförelsegrupp", is_reference=True)
    value = away if away is not None else 1.0 + place % 7 / 4 if quantity == "ratio" else (place % 7 - 2) / 90
    value = abs(value) if quantity == "value" else value
    low, high = (value / 2, value * 2) if quantity == "ratio" else (value - 0.01, value + 0.02)
    low = max(low, 0.0) if quantity == "value" else low
    adjusted = (value, low, None if quantity == "ratio" else high) if place % 3 else (None, None, None)
    return charts.ForestRow(str(place), known, 120 + place, 12 + place, value, low, high, *adjusted)


def compass(rays: int, name: str = SHORT, *, value: float | None = None) -> charts.Compass:
    """Return a compass with a ray without a value."""
    rows = [(name.format(n=place), (place * 7 % 10) / 10, place) for place in range(rays)]
    axes = tuple(
        charts.CompassAxis(said, None if place == 6 else value if value is not None else found, 0.55, f"{found:.2f}")
        for said, found, place in rows
    )
    return charts.Compass("Exempelkliniken", axes)


def case_flow(steps: int, name: str = SHORT, *, count: int = 1240) -> charts.CaseFlow:
    """Return a flow whose second step has no count and whose last have kronor."""
    every = tuple(
        charts.FlowStep(
            str(place), name.format(n=place), None if place == 1 else count // (place + 1),
            count * 1_000_00 if place > 2 else None,
        )
        for place in range(steps)
    )  # fmt: skip
    return charts.CaseFlow("Från köp till betalning", every)


LINES = (
    (60_000_00, "60 000 kr: pris för en operation"),
    (200_000_00, "200 000 kr: tak i vårdvalet"),
    (800_000_00, "800 000 kr: påstådd kostnad"),
)


def cost_strip(cases: int, *, cost: int | None = None, lines: tuple[tuple[int, str], ...] = LINES) -> charts.CostStrip:
    """Return cases; `cost` is what every one cost, else they differ."""
    every = tuple(
        charts.CaseCost(cost if cost is not None else (place * 7_919_00) % 520_000_00, place % 3 > 0, place % 4 == 0)
        for place in range(cases)
    )
    return charts.CostStrip("Vad ärendena kostade", every, lines)


ORDINARY: dict[str, charts.Chart] = {
    "funnel": funnel(12),
    "survival": survival(2),
    "caterpillar": caterpillar(14),
    "ratio": caterpillar(9, ratio=True),
    "g_chart": g_chart(24),
    "run_chart": run_chart(30),
    "cusum": cusum(400),
    "heat_map": heat_map(9, 8),
    "profile": profile(8),
    "forest": forest(7),
    "forest-ratio": forest(7, quantity="ratio"),
    "compass": compass(8),
    "case_flow": case_flow(7),
    "cost_strip": cost_strip(90),
    **made_waiting_charts.ORDINARY,
}
ONE: dict[str, charts.Chart] = {
    "funnel": funnel(1),
    "survival": survival(1),
    "caterpillar": caterpillar(1),
    "ratio": caterpillar(1, ratio=True),
    "g_chart": g_chart(1),
    "run_chart": run_chart(1),
    "cusum": cusum(1),
    "heat_map": heat_map(1, 1),
    "profile": profile(1),
    "forest": forest(1),
    "compass": compass(1),
    "case_flow": case_flow(1),
    "cost_strip": cost_strip(1),
    **made_waiting_charts.ONE,
}
FORTY: dict[str, charts.Chart] = {
    "funnel": funnel(40),
    "survival": survival(40),
    "caterpillar": caterpillar(40),
    "ratio": caterpillar(40, ratio=True),
    "caterpillar-150": caterpillar(150),
    "g_chart": g_chart(40),
    "g_chart-200": g_chart(200),
    "run_chart": run_chart(40),
    "cusum": cusum(4000),
    "heat_map": heat_map(40, 40),
    "profile": profile(40),
    "forest": forest(40, quantity="difference"),
    "compass": compass(40),
    "case_flow": case_flow(40),
    "cost_strip": cost_strip(2000),
    **made_waiting_charts.FORTY,
}
LONG_NAMES: dict[str, charts.Chart] = {
    "funnel": funnel(40, LONG),
    "survival": survival(5, LONG),
    "caterpillar": caterpillar(40, LONG),
    "ratio": caterpillar(12, LONG, ratio=True),
    "target": replace(caterpillar(3, LONG), target_label=LONG, title=LONG * 2),
    "g_chart": replace(g_chart(24), title=LONG * 2),
    "run_chart": replace(run_chart(30), title=LONG * 2),
    "cusum": replace(cusum(400), title=LONG * 2),
    "heat_map": replace(heat_map(12, 14, LONG), title=LONG * 2),
    "profile": replace(profile(20, LONG), title=LONG * 2),
    "forest": replace(forest(20, LONG), title=LONG * 2, line_label=LONG),
    "compass": replace(compass(20, LONG), title=LONG * 2),
    "case_flow": replace(case_flow(9, LONG), title=LONG * 2),
    "cost_strip": cost_strip(20, lines=tuple((line, LONG) for line, _words in LINES)),
    **made_waiting_charts.LONG_NAMES,
}
_EDGE_BAR = charts.Bar("a", "Ingen följd", 0, 0, None, None, None, "")
EXTREME: dict[str, charts.Chart] = {
    "funnel-0": funnel(5, rate=0.0),
    "funnel-1": funnel(5, rate=1.0),
    "funnel-bare": replace(funnel(5), limits=(), overdispersion=None),
    "survival-0": survival(2, top=0.0),
    "survival-1": survival(2, top=1.0),
    "caterpillar-0": caterpillar(6, rate=0.0),
    "caterpillar-1": caterpillar(6, rate=1.0),
    "caterpillar-none": replace(caterpillar(3), bars=(*caterpillar(3).bars, _EDGE_BAR), target=None),
    "ratio-0": caterpillar(6, rate=0.0, ratio=True),
    "ratio-40": caterpillar(6, rate=40.0, ratio=True),
    "g_chart-0": g_chart(8, between=0),
    "g_chart-many": g_chart(8, between=123_456),
    "run_chart-0": run_chart(8, rate=0.0),
    "run_chart-1": run_chart(8, rate=1.0),
    "cusum-low": cusum(60, top=1000.0),
    "cusum-alarms": cusum(900, top=1.0),
    "heat_map-0": heat_map(4, 4, value=0.0),
    "heat_map-target": heat_map(4, 4, value=0.021),
    "heat_map-counts": replace(heat_map(4, 4), middle=None),
    "profile-0": profile(4, away=0.0),
    "profile-900": profile(4, away=9.0),
    "forest-0": forest(4, away=0.0),
    "forest-1": forest(4, away=1.0),
    "forest-ratio-0": forest(4, quantity="ratio", away=0.0),
    "forest-ratio-900": forest(4, quantity="ratio", away=900.0),
    "compass-0": compass(8, value=0.0),
    "compass-1": compass(8, value=1.0),
    "compass-2": compass(2),
    "case_flow": case_flow(7, count=98_765_432),
    "cost_strip-0": cost_strip(12, cost=0),
    "cost_strip-alike": cost_strip(900, cost=75_000_00),
    "cost_strip-dear": cost_strip(5, cost=98_765_432_00),
    "cost_strip-bare": cost_strip(5, lines=()),
    **made_waiting_charts.EXTREME,
}
EMPTY: dict[str, charts.Chart] = {
    "funnel": charts.Funnel("hip", 0.021, target_is_national=True, points=(), limits=()),
    "survival": charts.Survival("revision", 50, (), ("hip",)),
    "caterpillar": charts.Caterpillar("Utan", 0.02, "riket", (_EDGE_BAR,)),
    "g_chart": charts.GChart("Utan", "days", (), 412, None, None, None, None),
    "run_chart": charts.RunChart("Utan", (), None, None, ()),
    "cusum": replace(cusum(1), steps=()),
    "heat_map": charts.HeatMap("Utan", (), (), ()),
    "profile": charts.Profile("Utan", (charts.ProfileBar("a", "Mått", None, None, None),)),
    "forest": replace(forest(1), rows=()),
    "compass": charts.Compass("Utan", ()),
    "case_flow": charts.CaseFlow("Utan", ()),
    "cost_strip": charts.CostStrip("Utan", (), LINES),
    **made_waiting_charts.EMPTY,
}
