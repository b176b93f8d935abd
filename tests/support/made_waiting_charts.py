"""Charts of waiting lists, drawn from nobody's numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.waiting_charts import DaysBar, DaysHistogram, MonthLine, MonthSeries, QueueBar, QueueBars

if TYPE_CHECKING:
    from kvalitetsapp.domain.chart_data import Chart

SHORT = "Område {n}"
LONG = "Ett medicinskt område med ett mycket långt namn som inte får plats, nummer {n}"


def months(many: int, name: str = "Väntande", *, top: int | None = None) -> MonthSeries:
    """Return four lines over months with a gap in them; `top` is what every month has, else they differ."""
    labels = tuple(f"{2021 + place // 12}-{place % 12 + 1:02d}" for place in range(many))
    base = [None if place == 4 else top if top is not None else 900 + (place * 37) % 120 for place in range(many)]
    lines = (("waiting", name, 1.0, False), ("without", f"{name} utan MOV/PVV", 0.8, True))
    more = (("over_150", "Över 150 dagar", 0.2, False), ("over_150_without", "Över 150 utan MOV/PVV", 0.12, True))
    return MonthSeries(
        f"{name} vid månadsslut",
        labels,
        tuple(
            MonthLine(key, said, tuple(None if value is None else round(value * part) for value in base), dashed)
            for key, said, part, dashed in (*lines, *more)
        ),
    )


def days(many: int, *, count: int | None = None) -> DaysHistogram:
    """Return classes of thirty days, the last without end; `count` is what every one has, else they differ."""
    bars = []
    for place in range(many):
        waiting = count if count is not None else max(180 - place * 13, 0) + place % 3
        last = None if place == many - 1 else place * 30 + 29
        bars.append(DaysBar(place * 30 + (place > 0), last, waiting, round(waiting * 0.8)))
    return DaysHistogram("Väntetid i dagar", tuple(bars))


def queues(many: int, name: str = SHORT, *, count: int | None = None) -> QueueBars:
    """Return groups that wait; `count` is how many in each, else they differ."""
    bars = []
    for place in range(many):
        waiting = count if count is not None else 1200 // (place + 1)
        counts = (round(waiting * part) for part in (0.85, 0.4, 0.2))
        bars.append(QueueBar(str(place), name.format(n=place), waiting, *counts))
    return QueueBars("Väntande per medicinskt område", tuple(bars))


ORDINARY: dict[str, Chart] = {"months": months(24), "days": days(14), "queues": queues(9)}
ONE: dict[str, Chart] = {"months": months(1), "days": days(1), "queues": queues(1)}
FORTY: dict[str, Chart] = {"months": months(60), "days": days(40), "queues": queues(40)}
LONG_NAMES: dict[str, Chart] = {"months": months(24, LONG), "days": days(13), "queues": queues(9, LONG)}
EXTREME: dict[str, Chart] = {
    "months-0": months(9, top=0),
    "months-many": months(9, top=1_234_567),
    "days-1": days(5, count=1),
    "days-many": days(5, count=1_234_567),
    "queues-1": queues(4, count=1),
    "queues-many": queues(4, count=1_234_567),
}
EMPTY: dict[str, Chart] = {
    "months": MonthSeries("Utan", ("2024-01",), (MonthLine("waiting", "Väntande", (None,)),)),
    "days": DaysHistogram("Utan", ()),
    "queues": QueueBars("Utan", ()),
}
