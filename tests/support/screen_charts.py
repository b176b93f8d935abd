"""One made chart of every kind, small and with all that a chart may hold; no figure is anyone's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import chart_data as charts
from kvalitetsapp.texts import percent
from support import made_waiting_charts

if TYPE_CHECKING:
    from kvalitetsapp.domain.chart_data import Chart

NAMES = ("Björkhaga ortopedi", "Fjällkliniken", "Norrsken", "Åsens & Co", "Sjövik <dag>")


def _limit(n: int) -> charts.FunnelLimit:
    wide = 0.14 / n**0.5
    return charts.FunnelLimit(n, max(0.02 - wide, 0), 0.02 + wide, max(0.02 - 1.6 * wide, 0), 0.02 + 1.6 * wide)


def _curve(joint: str, pace: float, many: int) -> charts.Curve:
    steps = tuple(
        charts.CurveStep(day, pace * day**0.5, pace * day**0.5 * 0.7, pace * day**0.5 * 1.4, pace * day**0.5 * 0.9)
        for day in range(0, 1461, 60)
    )
    risk = tuple(charts.AtRisk(day, many - day // 2, day // 30, day // 90) for day in range(0, 1461, 365))
    return charts.Curve(
        joint, many, (*steps, charts.CurveStep(1460, pace * 38, pace * 27, pace * 53, pace * 34)), risk
    )


def _cell(row: int, column: int, value: float) -> charts.HeatCell:
    if (row, column) == (4, 3):
        return charts.HeatCell("", None, "")
    return charts.HeatCell(f"{row}/{column}", value, percent(value))


FUNNEL = charts.Funnel(
    "hip",
    0.02,
    target_is_national=True,
    points=tuple(
        charts.FunnelPoint(name, events, n, events / n, flag, name == "Norrsken", name[0], low, high)
        for name, events, n, flag, low, high in (
            (NAMES[0], 26, 1204, "", 0.0148, 0.0314),
            (NAMES[1], 19, 410, "high_998", 0.0299, 0.0713),
            (NAMES[2], 1, 388, "low_95", 0.0005, 0.0145),
            (NAMES[3], 3, 95, "", 0.0108, 0.0888),
            (NAMES[4], 0, 12, "", 0.0, 0.2425),
        )
    ),
    limits=tuple(_limit(n) for n in range(1, 1300, 12)),
)
SURVIVAL = charts.Survival(
    "revision", 50, (_curve("hip", 0.0009, 1900), _curve("knee", 0.0011, 1450), _curve("shoulder", 0.0019, 900)), ()
)
CATERPILLAR = charts.Caterpillar(
    "Reoperation inom två år",
    0.02,
    "Riket",
    (
        charts.Bar("B", NAMES[0], 26, 1204, 0.0216, 0.0148, 0.0314, "", highlighted=True),
        charts.Bar("F", NAMES[1], 19, 410, 0.0463, 0.0299, 0.0713, "high_998"),
        charts.Bar("N", NAMES[2], 1, 388, 0.0026, 0.0005, 0.0145, "low_95"),
        charts.Bar("Å", NAMES[3], 3, 95, 0.0316, 0.0108, 0.0888, "high_95"),
        charts.Bar("S", NAMES[4], 0, 12, 0.0, 0.0, 0.2425, ""),
        charts.Bar("T", "Talludden", 0, 0, None, None, None, ""),
    ),
)
RATIOS = charts.Caterpillar(
    "Observerat mot förväntat",
    1.0,
    "Som förväntat",
    (
        charts.Bar("B", NAMES[0], 26, 1204, 1.08, 0.74, 1.57, ""),
        charts.Bar("F", NAMES[1], 19, 410, 2.31, 1.39, 3.61, "high_998"),
    ),
    ratio=True,
)
G_CHART = charts.GChart(
    "Operationer mellan djupa infektioner",
    "operations",
    tuple(
        charts.GapPoint(f"E{place}", f"2023-{place % 12 + 1:02d}-14", between, signal=between < 5)
        for place, between in enumerate((61, 44, 120, 35, 82, 3, 57, 96, 12, 140))
    ),
    41,
    65.0,
    2.4,
    180.0,
    370.0,
    expected=52.0,
)
RUN_CHART = charts.RunChart(
    "Återinskrivning inom 30 dagar",
    tuple(
        charts.RunPoint(
            f"{2022 + place // 12}-{place % 12 + 1:02d}",
            f"{2022 + place // 12}-{place % 12 + 1:02d}",
            events,
            120,
            None if place == 4 else events / 120,
            signal=place > 15,
        )
        for place, events in enumerate((4, 6, 3, 5, 0, 4, 7, 2, 5, 4, 6, 3, 4, 5, 3, 4, 7, 8, 7, 9, 8, 7, 9, 8))
    ),
    0.04,
    0.03,
    ("shift",),
)
CUSUM = charts.Cusum(
    "Reoperation inom två år",
    0.02,
    2.0,
    4.5,
    tuple(
        charts.CusumStep(
            place, f"2023-{place // 22 + 1:02d}-0{place % 9 + 1}", value, signal=value >= 4.5, key=f"I{place}"
        )
        for place, value in ((place, 0.05 * (place % 91)) for place in range(1, 241))
    ),
    2,
    8300.0,
    410.0,
)
HEAT_MAP = charts.HeatMap(
    "Mått per vårdgivare",
    NAMES,
    ("Reoperation 2 år", "Infektion", "Luxation", "Död 90 dagar"),
    tuple(
        tuple(
            _cell(row, column, value)
            for column, value in enumerate((0.01 + 0.006 * row, 0.005 * row, 0.02 - 0.003 * row, 0.001 * (row + 1)))
        )
        for row in range(len(NAMES))
    ),
    middle=0.012,
)
PROFILE = charts.Profile(
    "Jämlik vård",
    (
        charts.ProfileBar("a", "Reoperation inom två år", -0.08, 0.04, -0.02, 410, 380),
        charts.ProfileBar("b", "Andel dagkirurgi", 0.12, 0.22, 0.17, 410, 380),
        charts.ProfileBar("c", "Nöjdhet ett år efter operationen", 0.03, None, 0.03, 122, 4, "För få män."),
        charts.ProfileBar("d", "Djup infektion", None, None, None),
    ),
)
FOREST = charts.Forest(
    "Reoperation inom två år: född i",
    "value",
    True,  # noqa: FBT003 - as the chart has it
    "%",
    1,
    0.024,
    "Alla",
    (
        charts.ForestRow(
            "0", "Sverige", 743, 18, 0.024, 0.015, 0.038, 0.02, 0.012, 0.05, note="jämförelsegrupp", is_reference=True
        ),
        charts.ForestRow("1", "Norden utom Sverige", 56, 3, 0.054, 0.018, 0.146, 0.049, 0.015, 0.16),
        charts.ForestRow("2", "Utanför Norden och EU", 3, None, None, None, None, note="färre än 5 personer"),
    ),
)
FOREST_RATIO = charts.Forest(
    "Reoperation inom två år: född i",
    "ratio",
    True,  # noqa: FBT003 - as above
    "%",
    1,
    1.0,
    "Sverige",
    (
        charts.ForestRow("0", "Sverige", 743, 18, None, None, None, note="jämförelsegrupp", is_reference=True),
        charts.ForestRow("1", "Norden utom Sverige", 56, 3, 2.25, 1.1, None, 2.4, 0.6, 9.0),
        charts.ForestRow("2", "EU utom Norden", 40, 0, 0.0, 0.0, 3.9),
    ),
)
COMPASS = charts.Compass(
    "Fjällkliniken",
    tuple(
        charts.CompassAxis(name, value, 0.6, shown)
        for name, value, shown in (
            ("Nöjdhet", 0.8, "89 %"),
            ("Smärtlindring", 0.55, "14 enheter"),
            ("EQ-5D-vinst", 0.7, "0,31"),
            ("Död 90 dagar", 0.95, "0,4 %"),
            ("Täckningsgrad", 0.4, "96 %"),
            ("Reoperation inom två år", 0.3, "4,6 %"),
            ("Tio års överlevnad", None, ""),
        )
    ),
)
CASE_FLOW = charts.CaseFlow(
    "Från köpt operation till betalt krav",
    (
        charts.FlowStep("purchased", "Köpta operationer", 2109, None),
        charts.FlowStep("events", "Händelser", 61, 8_413_500_00),
        charts.FlowStep("confirmed", "Bekräftade", 44, 6_120_250_00),
        charts.FlowStep("claimed", "Krävda", 31, 3_950_000_00),
        charts.FlowStep("paid", "Betalda", 22, 2_410_000_00),
        charts.FlowStep("open", "Obesvarade", None, 640_000_00),
    ),
)
COST_STRIP = charts.CostStrip(
    "Kostnad per ärende",
    tuple(
        charts.CaseCost(18_000_00 + (place * 7919 % 61) ** 2 * 90_00, place % 3 > 0, place % 5 == 0, f"C{place}")
        for place in range(60)
    ),
    (
        (60_000_00, "60 000 kr: pris för en operation"),
        (200_000_00, "200 000 kr: tak"),
        (320_000_00, "320 000 kr: krävt"),
    ),
)
CHARTS: dict[str, Chart] = {
    "funnel": FUNNEL,
    "survival": SURVIVAL,
    "caterpillar": CATERPILLAR,
    "ratios": RATIOS,
    "g": G_CHART,
    "run": RUN_CHART,
    "cusum": CUSUM,
    "heat": HEAT_MAP,
    "profile": PROFILE,
    "forest": FOREST,
    "forest-ratio": FOREST_RATIO,
    "compass": COMPASS,
    "flow": CASE_FLOW,
    "strip": COST_STRIP,
    **made_waiting_charts.ORDINARY,
}
EMPTY: dict[str, Chart] = {
    "funnel": charts.Funnel("hip", 0.02, target_is_national=True, points=(), limits=()),
    "survival": charts.Survival("revision", 50, (), ("hip",)),
    "caterpillar": charts.Caterpillar("T", None, "", ()),
    "g": charts.GChart("T", "days", (), 0, None, None, None, None),
    "run": charts.RunChart("T", (), None, None, ()),
    "cusum": charts.Cusum("T", 0.02, 2.0, 4.5, (), 0, 1.0, 1.0),
    "heat": charts.HeatMap("T", (), (), ()),
    "profile": charts.Profile("T", ()),
    "forest": charts.Forest("T", "difference", False, "dagar", 1, 0.0, "", ()),  # noqa: FBT003 - as above
    "compass": charts.Compass("T", ()),
    "flow": charts.CaseFlow("T", ()),
    "strip": charts.CostStrip("T", (), ()),
}
