"""Figures of indicators as people read them in a list: with their unit, and with what to mind in words.

A figure is a number with a decimal point and the indicator's decimals; shares are per cent, which `unit` tells.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.indicator import Counted, Measure
from kvalitetsapp.domain.indicator_members import MEMBERS
from kvalitetsapp.domain.indicator_tables import INDICATOR_KEYS
from kvalitetsapp.domain.quality import without_empty
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, NOTHING, _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.table import Row, Value

    Figure = Mapping[str, Value]

_VALUES: Final[tuple[Column, ...]] = (
    Column("value", Kind.DECIMAL, N_("Värde")),
    Column("ci_low", Kind.DECIMAL, N_("95\u00a0% från")),
    Column("ci_high", Kind.DECIMAL, N_("95\u00a0% till")),
    Column("unit_of_value", Kind.TEXT, N_("Mäts i")),
    Column("n", Kind.INTEGER, N_("Underlag")),
    Column("events", Kind.INTEGER, N_("Händelser")),
    Column("reviewed", Kind.RATE, N_("Granskat")),
    Column("followed", Kind.RATE, N_("Uppföljt")),
    Column("benchmark", Kind.DECIMAL, N_("Riket")),
    Column("flags", Kind.TEXT, N_("Att tänka på")),
)
_OF_GROUPS: Final = (
    *("value", "ci_low", "ci_high", "n", "events", "reviewed", "followed", "flags"),
    *("ambiguous", "benchmark", "detectable"),
)
_AMBIGUOUS: Final = Column("ambiguous", Kind.INTEGER, N_("Tvetydiga"))
_DETECTABLE: Final = Column("detectable", Kind.RATE, N_("Kan upptäckas från"))
LISTED: Final[tuple[Column, ...]] = (
    Column("indicator", Kind.TEXT, N_("Beteckning")),
    Column("name", Kind.TEXT, N_("Indikator")),
    Column("nature", Kind.CODE, N_("Slag av mått"), "nature"),
    *_VALUES,
)
"""An indicator a row; `reviewed` is the part of the events, `followed` of the operations, nothing where none apply."""


@dataclass(frozen=True, slots=True)
class IndicatorFigures:
    """What an indicator comes to in a scope, in all (None: of nothing) and by groups; `as_of` None: nothing is stored.

    `by` are the keys of the groups and `keys` the words of each group, both in the order of the rows of `groups`.
    """

    indicator: Indicator
    whole: Figure | None
    by: tuple[str, ...]
    groups: Table
    keys: tuple[tuple[str, ...], ...]
    as_of: date | None
    latest: date | None


def listed_row(one: Indicator, figure: Figure | None) -> Row:
    """Return the row of an indicator; without a figure it has its name only."""
    return (one.indicator_id, one.name, one.nature.value, *shown_values(one, figure))


def empty_row(one: Indicator) -> Row:
    """Return the row of an indicator that the scope has no operations for, and says so."""
    return (*listed_row(one, None)[:-1], _("Inga sådana operationer i urvalet"))


def listed_table(rows: Iterable[Row]) -> Table:
    """Return rows of indicators as a table."""
    return Table(LISTED, list(rows))


def groups_table(one: Indicator, by: Sequence[str], figures: Sequence[Figure]) -> Table:
    """Return figures by groups: the keys, and behind them the values of the list without their unit.

    Last stand how many links are ambiguous, the nation, and the true share that would show (`detectable`, where a
    figure has one).
    """
    keys = tuple(INDICATOR_KEYS[key] for key in by)
    names = [column.name for column in _VALUES]
    told = [{**each, **dict(zip(names, shown_values(one, each), strict=True))} for each in figures]
    known = {column.name: column for column in (*_VALUES, _AMBIGUOUS, _DETECTABLE)}
    columns = (*keys, *(_headed(one, known[name]) for name in _OF_GROUPS))
    made = Table(columns, [tuple(each.get(column.name) for column in columns) for each in told])
    return without_empty(made, ("events", "reviewed", "ambiguous", "benchmark", "detectable"))


def _headed(one: Indicator, column: Column) -> Column:
    """Return the column of a figure with its unit in the heading."""
    unit = unit_of(one)
    if column.name != "value" or not unit:
        return column
    return replace(column, heading=_("{heading} ({unit})").format(heading=_(column.heading), unit=unit))


def behind_table(one: Indicator, members: Table) -> Table:
    """Return `indicator_members.MEMBERS` as people read them: what was counted first, references last.

    Of shares the value is told by whether the operation is in the numerator.
    """
    value = () if one.is_share else (Column("value", Kind.DECIMAL, N_("Värde")),)
    known = {column.name: column for column in MEMBERS}
    names = ("operated_on", *(("counted",) if one.is_share else ()), "days", "reviewed")
    rest = ("included", "left_out", "provider_id", "event_ref", "index_ref")
    columns = (*(known[name] for name in names), *value, *(known[name] for name in rest))
    made = Table(columns, [_behind(one, columns, record) for record in members.records()])
    return without_empty(made, ("days", "reviewed", "left_out", "event_ref"))


def _behind(one: Indicator, columns: Sequence[Column], record: Figure) -> Row:
    return tuple(
        shown_figure(one, record["value"]) if column.name == "value" else record[column.name] for column in columns
    )


def shown_values(one: Indicator, figure: Figure | None) -> Row:
    """Return the values of a figure as people read them."""
    if figure is None:
        return ("", "", "", unit_of(one), None, None, None, None, "", "")
    n, events = figure["n"], figure["events"]
    return (
        *(shown_figure(one, figure[name]) for name in ("value", "ci_low", "ci_high")),
        unit_of(one),
        n,
        events,
        _part(figure["reviewed"], _judged(one, figure)),
        _part(figure["eligible"], figure["operations"]),
        shown_figure(one, figure["benchmark"]),
        flags_text(str(figure["flags"] or "")),
    )


def shown_figure(one: Indicator, value: Value) -> str:
    """Return a figure as a number with a decimal point, "" where there is none."""
    if value is None or value == "":
        return ""
    return f"{float(value) * (100 if one.is_share else 1):.{one.decimals}f}"


def unit_of(one: Indicator) -> str:
    """Return what the figure is told in."""
    if one.is_share:
        return "%"
    return {Counted.STAY: _("dagar"), Counted.ANSWER: _("poäng")}.get(one.count.kind, "")


def flags_text(flags: str) -> str:
    """Return what to mind about a figure, "" where there is nothing."""
    told = ", ".join(word("figure_flag", each).lower() for each in flags.split())
    return _("Obs: {told}").format(told=told) if told else ""


def headline(figures: IndicatorFigures) -> str:
    """Return the figure of a whole scope in a sentence: how much, how certain, of how many."""
    one, told = figures.indicator, figures.whole
    if told is None or told["value"] is None:
        return _("Ingen siffra: inga operationer i urvalet har följts tillräckligt länge, eller inget är levererat.")
    unit = unit_of(one)
    value, low, high = (_written(one, told[name]) for name in ("value", "ci_low", "ci_high"))
    said = [f"{value} {unit}".strip()]
    if told["ci_low"] is not None:
        said[0] += _(" (95 % från {low} till {high})").format(low=low, high=high)
    n, events = int(told["n"] or 0), told["events"]
    if events is None:
        said.append(ngettext("{n} operation", "{n} operationer", n).format(n=number(n)))
    else:
        said.append(_("{events} av {n} operationer").format(events=number(int(events)), n=number(n)))
    if told["benchmark"] is not None:
        said.append(_("riket {value}").format(value=f"{_written(one, told['benchmark'])} {unit}".strip()))
    flags = flags_text(str(told["flags"] or ""))
    return ". ".join(filter(None, (", ".join(said), flags))) + "."


def _written(one: Indicator, value: Value) -> str:
    return shown_figure(one, value).replace(".", ",").replace("-", "−") or NOTHING


def _judged(one: Indicator, figure: Figure) -> int | None:
    """Return how many operations have something to review: those of the numerator, or those that it leaves out."""
    n, events = figure["n"], figure["events"]
    if n is None or events is None:
        return None
    return int(n) - int(events) if one.measure is Measure.SHARE_WITHOUT else int(events)


def _part(part: Value, whole: Value) -> float | None:
    return None if part is None or not whole else float(part) / float(whole)
