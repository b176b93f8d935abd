"""The quality agenda as people read it: a table in the form of the annual report, and the words of each row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import frozen_figure
from kvalitetsapp.domain.agenda_words import STATUS_MARKS, TREND_MARKS
from kvalitetsapp.domain.quality_target import aim_text
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.domain.target_status import TargetStatus
from kvalitetsapp.domain.target_trend import Trend
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, NOTHING, _, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.domain.agenda import AgendaRow
    from kvalitetsapp.domain.quarter_paper import QuarterPaper
    from kvalitetsapp.domain.table import Value

AGENDA: Final[tuple[Column, ...]] = (
    Column("quality_area", Kind.CODE, N_("Typ av kvalitetsmål"), "quality_area"),
    Column("target_id", Kind.TEXT, N_("Beteckning")),
    Column("target", Kind.TEXT, N_("Mål")),
    Column("measured_by", Kind.TEXT, N_("Indikator")),
    Column("scope", Kind.TEXT, N_("Gäller")),
    Column("value", Kind.DECIMAL, N_("Värde")),
    Column("ci_low", Kind.DECIMAL, N_("95\u00a0% från")),
    Column("ci_high", Kind.DECIMAL, N_("95\u00a0% till")),
    Column("unit_of_value", Kind.TEXT, N_("Mäts i")),
    Column("n", Kind.INTEGER, N_("Underlag")),
    Column("result", Kind.TEXT, N_("Ifyllt resultat")),
    Column("aim", Kind.TEXT, N_("Gräns")),
    Column("benchmark", Kind.DECIMAL, N_("Riket")),
    Column("quartile", Kind.DECIMAL, N_("Övre kvartilen")),
    Column("units", Kind.INTEGER, N_("Enheter i riket")),
    Column("target_status", Kind.CODE, N_("Status"), "target_status"),
    Column("target_obstacle", Kind.CODE, N_("Varför inte"), "target_obstacle"),
    Column("target_trend", Kind.CODE, N_("Trend"), "target_trend"),
    Column("since", Kind.TEXT, N_("Sedan")),
    Column("comment", Kind.TEXT, N_("Kommentar")),
)
"""A target a row with its numbers, for files and the command line."""

IN_WORDS: Final[tuple[Column, ...]] = (
    Column("quality_area", Kind.CODE, N_("Typ av kvalitetsmål"), "quality_area"),
    Column("target", Kind.TEXT, N_("Mål")),
    Column("measured_by", Kind.TEXT, N_("Indikator")),
    Column("scope", Kind.TEXT, N_("Gäller")),
    Column("result", Kind.TEXT, N_("Resultat")),
    Column("n", Kind.INTEGER, N_("Underlag")),
    Column("aim", Kind.TEXT, N_("Gräns")),
    Column("status_text", Kind.TEXT, N_("Status")),
    Column("trend_text", Kind.TEXT, N_("Trend")),
    Column("comment", Kind.TEXT, N_("Kommentar")),
)
"""A target a row in the form of the annual report, for the screen."""

QUARTERS: Final[tuple[Column, ...]] = (
    Column("quarter", Kind.TEXT, N_("Kvartal")),
    Column("as_of", Kind.DATE, N_("Data till")),
    Column("saved_at", Kind.TEXT, N_("Sparat")),
    Column("who", Kind.TEXT, N_("Av")),
    Column("version", Kind.INTEGER, N_("Version")),
    Column("met", Kind.INTEGER, N_("Nådda")),
    Column("uncertain", Kind.INTEGER, N_("Nådda, osäkert")),
    Column("not_met", Kind.INTEGER, N_("Inte nådda")),
    Column("cannot_tell", Kind.INTEGER, N_("Kan inte avgöras")),
)
"""A kept quarter a row."""


def agenda_table(rows: Iterable[AgendaRow]) -> Table:
    """Return targets with their numbers."""
    return Table(AGENDA, [_cells(one) for one in rows])


def in_words(rows: Iterable[AgendaRow]) -> Table:
    """Return targets in the form of the annual report."""
    return Table(IN_WORDS, [_words(one) for one in rows])


def _cells(row: AgendaRow) -> tuple[Value, ...]:
    figure, quartile = row.figure, row.quartile
    value, low, high, nation_value, n = (
        (None, None, None, None, None)
        if figure is None
        else (figure.value, figure.ci_low, figure.ci_high, figure.benchmark, figure.n)
    )
    return (
        *(str(row.target.area), row.target.target_id, row.target.name, measured(row), scope_text(row)),
        *(_plain(row, each) for each in (value, low, high)),
        row.unit,
        n,
        row.words.result if row.takes_result else "",
        aim_text(row.target, row.unit),
        _plain(row, nation_value),
        _plain(row, None if quartile is None else quartile.limit),
        None if quartile is None else quartile.units,
        *(str(row.judgement.status), str(row.judgement.obstacle), str(row.trend.trend), row.trend.since),
        row.words.comment,
    )


def _words(row: AgendaRow) -> tuple[Value, ...]:
    trend = NOTHING if row.trend.trend is Trend.NO_EARLIER else trend_word(row)
    return (
        *(str(row.target.area), row.target.name, measured(row), scope_text(row), result_text(row, with_n=False)),
        None if row.figure is None or row.takes_result else row.figure.n,
        *(aim_text(row.target, row.unit), status_text(row), trend, row.words.comment),
    )


def _plain(row: AgendaRow, value: float | None) -> str:
    """Return a value as a number with a decimal point, "" where there is none."""
    if value is None:
        return ""
    decimals = 1 if row.figure is None else row.figure.decimals
    return f"{value * (100 if row.unit == '%' else 1):.{decimals}f}"


def counts(paper: QuarterPaper) -> tuple[int, ...]:
    """Return how many targets of a quarter stand in each way, in the order of `TargetStatus`."""
    return tuple(sum(row.judgement.status is each for row in paper.rows) for each in TargetStatus)


def measured(row: AgendaRow) -> str:
    """Return what is measured: the indicator's name, else what the target says itself."""
    if row.figure is not None:
        return row.figure.name
    return row.target.measured_as or row.target.indicator


def scope_text(row: AgendaRow) -> str:
    """Return whose care a target is about."""
    joint = word("joint", row.target.joint) if row.target.joint else _("Alla leder")
    return _("{joint}, {provider}").format(joint=joint, provider=row.provider or _("all köpt vård"))


def result(row: AgendaRow) -> str:
    """Return the result with its unit, "" where there is none."""
    if row.figure is None or row.figure.value is None:
        return row.words.result
    return frozen_figure.value_text(row.figure)


def result_text(row: AgendaRow, *, with_n: bool = True) -> str:
    """Return the result with its interval and what it rests on: `96,2 % (94,1–97,8), n 412`."""
    told, figure = result(row), row.figure
    if not told:
        return NOTHING
    if figure is None or row.takes_result:
        return told
    between = frozen_figure.interval_text(figure)
    if between:
        told = _("{value} ({interval})").format(value=told, interval=between)
    return told if figure.n is None or not with_n else _("{value}, n\u00a0{n}").format(value=told, n=number(figure.n))


def quartile_text(row: AgendaRow) -> str:
    """Return the value that the best quarter reaches, "" where none is published."""
    if row.figure is None or row.quartile is None or row.quartile.limit is None:
        return ""
    return frozen_figure.value_text(replace(row.figure, value=row.quartile.limit))


def status_text(row: AgendaRow) -> str:
    """Return how a target stands, with its mark."""
    status = row.judgement.status
    return f"{STATUS_MARKS[status]}\u00a0{word('target_status', status)}"


def trend_word(row: AgendaRow) -> str:
    """Return which way a figure has gone, with its mark."""
    mark, told = TREND_MARKS.get(row.trend.trend, ""), word("target_trend", row.trend.trend)
    return f"{mark}\u00a0{told}" if mark else told


def trend_text(row: AgendaRow) -> str:
    """Return which way a figure has gone, with its mark and since when."""
    told = trend_word(row)
    if row.trend.trend not in TREND_MARKS:
        return told
    return _("{trend} sedan {quarter}").format(trend=told, quarter=row.trend.since)


def why(row: AgendaRow) -> str:
    """Return in sentences what the status rests on: the obstacle, the interval, the nation and its quartile."""
    judgement = row.judgement
    told = [f"{word('target_obstacle', judgement.obstacle)}." if judgement.obstacle else ""]
    if judgement.crossed:
        told.append(_("Intervallet når över gränsen."))
    if row.reading is not None and row.reading.low is None and judgement.status is not TargetStatus.CANNOT_TELL:
        told.append(_("Resultatet har inget intervall."))
    quartile = row.quartile
    if quartile is not None and quartile.limit is not None:
        told.append(
            _("Övre kvartilen går vid {limit} bland {n} publicerade enheter ({source}, {period}).").format(
                limit=quartile_text(row),
                n=number(quartile.units),
                source=quartile.source,
                period=quartile.period,
            )
        )
    return " ".join(filter(None, told))
