"""The words of charts of waiting lists: how they are read, what they show, their marks and their table twins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_, NOTHING, _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.table import Row
    from kvalitetsapp.domain.waiting_charts import DaysBar, DaysHistogram, MonthSeries, QueueBar, QueueBars

_GROUP: Final = Column("group", Kind.TEXT, N_("Grupp"))
_WAITING: Final = Column("waiting", Kind.INTEGER, N_("Väntande"))
_WITHOUT: Final = Column("waiting_without", Kind.INTEGER, N_("Utan MOV/PVV"))
DAYS: Final = (Column("days", Kind.TEXT, N_("Dagar")), _WAITING, _WITHOUT)
QUEUES: Final = (
    _GROUP,
    _WAITING,
    _WITHOUT,
    Column("over_90", Kind.INTEGER, N_("Över 90 dagar")),
    Column("over_150", Kind.INTEGER, N_("Över 150 dagar")),
)
_MOST_GAPS: Final = 4


def told(value: int | None) -> str:
    """Return a count as people read it, a dash where it cannot be told."""
    return NOTHING if value is None else number(value)


def days_of(bar: DaysBar) -> str:
    """Return a class of days: `30–59`, `360–`."""
    return f"{number(bar.first)}–" if bar.last is None else f"{number(bar.first)}–{number(bar.last)}"


# how they are read


def series_caption(_chart: MonthSeries) -> str:
    """Return how a series is read."""
    return _(
        "Antal vid varje månadsslut. Heldraget: alla, streckat: utan medicinskt orsakad och patientvald väntan. Ett "
        "uppehåll i linjen är en månad utan fullständig lista, inte noll."
    )


def days_caption(_chart: DaysHistogram) -> str:
    """Return how a histogram is read."""
    return _(
        "Antal efter hur många dagar de har väntat sedan beslutet. Hel stapel: alla, den inre: utan medicinskt "
        "orsakad och patientvald väntan. Linjerna går vid 90 och 150 dagar."
    )


def queues_caption(_chart: QueueBars) -> str:
    """Return how bars of groups are read."""
    return _(
        "Hela stapeln är alla som väntar. Innerst, i starkast färg, står de som har väntat längre än 150 dagar och "
        "därefter de som har väntat längre än 90. Strecket är antalet utan medicinskt orsakad och patientvald väntan."
    )


# what they show


def series_description(chart: MonthSeries) -> list[str]:
    """Return what a series shows."""
    gaps = [month for place, month in enumerate(chart.months) if chart.is_gap(place)]
    head = ngettext("{title}: {n} månad, {last}.", "{title}: {n} månader, {first} till {last}.", len(chart.months))
    return [
        head.format(title=chart.title, n=number(len(chart.months)), first=chart.months[0], last=chart.months[-1]),
        *(_line_told(chart.months, line.name, line.values) for line in chart.lines),
        _gaps_told(gaps),
    ]


def _line_told(months: Sequence[str], name: str, values: Sequence[int | None]) -> str:
    known = [(month, value) for month, value in zip(months, values, strict=True) if value is not None]
    if not known:
        return ""
    (first, before), (last, now) = known[0], known[-1]
    if len(known) == 1:
        return _("{name}: {now} ({last}).").format(name=name, now=number(now), last=last)
    return _("{name}: från {before} ({first}) till {now} ({last}).").format(
        name=name, before=number(before), first=first, now=number(now), last=last
    )


def _gaps_told(gaps: Sequence[str]) -> str:
    if not gaps:
        return ""
    shown = ", ".join(gaps[:_MOST_GAPS])
    if len(gaps) > _MOST_GAPS:
        shown = _("{shown} med flera").format(shown=shown)
    return _("Utan fullständig lista: {months}.").format(months=shown)


def days_description(chart: DaysHistogram) -> list[str]:
    """Return what a histogram shows."""
    bars = [bar for bar in chart.bars if bar.waiting is not None]
    most = max(bars, key=lambda bar: bar.waiting or 0)
    return [
        _("{title}: {n} väntande, {without} utan MOV och PVV.").format(
            title=chart.title,
            n=number(sum(bar.waiting or 0 for bar in bars)),
            without=number(sum(bar.without or 0 for bar in bars)),
        ),
        _("Flest har väntat {days} dagar: {n}.").format(days=days_of(most), n=told(most.waiting)),
    ]


def queues_description(chart: QueueBars) -> list[str]:
    """Return what bars of groups show."""
    known = [bar for bar in chart.bars if bar.waiting is not None]
    head = ngettext("{title}: {n} grupp.", "{title}: {n} grupper.", len(chart.bars))
    most = max(known, key=lambda bar: bar.waiting or 0)
    return [
        head.format(title=chart.title, n=number(len(chart.bars))),
        _("Flest väntar i {name}: {n}, varav {long} längre än 150 dagar.").format(
            name=most.name[:80], n=told(most.waiting), long=told(most.over_150)
        ),
    ]


# why there is nothing


def series_empty(chart: MonthSeries) -> str:
    """Return why a series cannot be drawn, "" where it can."""
    holds = any(not chart.is_gap(place) for place in range(len(chart.months)))
    return "" if holds else _("Ingen månad har en fullständig väntelista för urvalet.")


def days_empty(chart: DaysHistogram) -> str:
    """Return why a histogram cannot be drawn, "" where it can."""
    return "" if any(bar.waiting for bar in chart.bars) else _("Ingen väntar i urvalet.")


def queues_empty(chart: QueueBars) -> str:
    """Return why bars cannot be drawn, "" where they can."""
    return "" if any(bar.waiting for bar in chart.bars) else _("Ingen väntar i urvalet.")


# marks


@dataclass(frozen=True, slots=True)
class MonthMark:
    """A month of a series; what a click on it asks for is the month."""

    key: str
    place: int


def series_marks(chart: MonthSeries) -> tuple[MonthMark, ...]:
    """Return the months."""
    return tuple(MonthMark(month, place) for place, month in enumerate(chart.months))


def of_month(chart: MonthSeries, mark: MonthMark) -> str:
    """Return what is known of a month."""
    if chart.is_gap(mark.place):
        return _("{month}: ingen fullständig lista").format(month=mark.key)
    values = zip(chart.lines, chart.values(mark.place), strict=True)
    parts = [
        _("{name} {value}").format(name=line.name[:1].lower() + line.name[1:], value=told(value))
        for line, value in values
    ]
    return _("{month}: {parts}").format(month=mark.key, parts=", ".join(parts))


def of_days(_chart: DaysHistogram, bar: DaysBar) -> str:
    """Return what is known of a class of days."""
    return _("{days} dagar: {n} väntande, {without} utan MOV och PVV").format(
        days=days_of(bar), n=told(bar.waiting), without=told(bar.without)
    )


def of_queue(_chart: QueueBars, bar: QueueBar) -> str:
    """Return what is known of a group."""
    return _("{name}: {n} väntande, {without} utan MOV och PVV, {long} över 90 dagar, {longer} över 150").format(
        name=bar.name,
        n=told(bar.waiting),
        without=told(bar.without),
        long=told(bar.over_90),
        longer=told(bar.over_150),
    )


# table twins


def series_table(chart: MonthSeries) -> Table:
    """Return the months as rows, the lines as columns."""
    lines = tuple(Column(line.key, Kind.INTEGER, line.name) for line in chart.lines)
    rows: list[Row] = [(month, *chart.values(place)) for place, month in enumerate(chart.months)]
    return Table((Column("month", Kind.TEXT, N_("Månad")), *lines), rows)


def days_table(chart: DaysHistogram) -> Table:
    """Return the classes as rows."""
    return Table(DAYS, [(days_of(bar), bar.waiting, bar.without) for bar in chart.bars])


def queues_table(chart: QueueBars) -> Table:
    """Return the groups as rows."""
    return Table(QUEUES, [(bar.name, bar.waiting, bar.without, bar.over_90, bar.over_150) for bar in chart.bars])
