"""Published figures of a provider and its units beside what our own data give, a table for each of what is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from kvalitetsapp.analysis.columns import texts
from kvalitetsapp.analysis.indicators import cohort
from kvalitetsapp.analysis.report_outcomes import share
from kvalitetsapp.domain import figure_words
from kvalitetsapp.domain.report_chapters import PublishedColumn, PublishedTable
from kvalitetsapp.domain.typed_figures import FigureRule, FigureVerdict, UnitOfValue
from kvalitetsapp.texts import NO_BREAK_SPACE, NOTHING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kvalitetsapp.analysis.report_background import ReportBackground
    from kvalitetsapp.domain.report_data import Share
    from kvalitetsapp.domain.typed_figures import CheckedFigure, Figure

HERE: Final = "SE"
_WHOLE: Final = ""
_SHOWN: Final = frozenset({UnitOfValue.PERCENT.value, UnitOfValue.POINTS.value})
_Key = tuple[str, str, str, str, str]


def of_provider(background: ReportBackground, provider_id: str, name: str) -> tuple[PublishedTable, ...]:
    """Return what is printed of a provider, Sweden first; counts of operations alone are left out."""
    owned = _units(background, provider_id)
    sources = _sources_of(background.published, name, provider_id)
    chosen: dict[_Key, list[CheckedFigure]] = {}
    for one in background.published:
        if one.figure.unit_of_value in _SHOWN and _is_mine(one.figure, (name, provider_id), owned, sources):
            chosen.setdefault(_key(one.figure), []).append(one)
    ordered = sorted(chosen, key=lambda key: (key[0] != HERE, key))
    return tuple(_table(background, provider_id, name, key, chosen[key]) for key in ordered)


def _units(background: ReportBackground, provider_id: str) -> frozenset[str]:
    """Return the units that only this provider's operations name."""
    source = background.source
    pairs = pd.DataFrame(
        {"unit": cohort.provider_units(source), "provider": texts(source.index_operations["provider_id"])}
    ).drop_duplicates()
    only = pairs.drop_duplicates("unit", keep=False)
    return frozenset(_folded(unit) for unit in only["unit"][only["provider"] == provider_id] if unit)


def _sources_of(published: Iterable[CheckedFigure], name: str, provider_id: str) -> frozenset[tuple[str, str]]:
    """Return country and source of tables that print figures of this provider and of no other one."""
    named: dict[tuple[str, str], set[str]] = {}
    for one in published:
        if one.figure.level == "provider":
            named.setdefault((one.figure.country, one.figure.source), set()).add(_folded(one.figure.unit))
    mine = {_folded(name), _folded(provider_id)}
    return frozenset(key for key, providers in named.items() if providers <= mine)


def _is_mine(
    figure: Figure, names: Collection[str], owned: Collection[str], sources: Collection[tuple[str, str]]
) -> bool:
    match figure.level:
        case "provider":
            return _folded(figure.unit) in {_folded(name) for name in names}
        case "unit":
            unit = _folded(figure.unit)
            by_name = figure.country == HERE and (unit in owned or unit in {_folded(name) for name in names})
            return by_name or (figure.country, figure.source) in sources
        case _:
            return False


def _table(
    background: ReportBackground, provider_id: str, name: str, key: _Key, found: list[CheckedFigure]
) -> PublishedTable:
    country, joint, indicator, period, source = key
    national = next(
        (
            one.figure
            for one in background.published
            if one.figure.level == "national" and _key(one.figure)[:3] == key[:3] and one.figure.period == period
        ),
        None,
    )
    ours = _ours(background, provider_id, indicator, joint) if country == HERE else {}
    ours |= {_folded(each): ours[_WHOLE] for each in (name, provider_id) if _WHOLE in ours}
    columns = tuple(_column(one, ours) for one in found)
    return PublishedTable(country, joint, indicator, period, source, columns, _printed(national))


def _column(one: CheckedFigure, ours: dict[str, Share]) -> PublishedColumn:
    figure, possible = one.figure, one.possible
    remark = next(
        (each for each in one.findings if each.rule is FigureRule.EVENTS and each.verdict is FigureVerdict.REMARK),
        None,
    )
    fits = None if possible is None else possible.is_possible
    events = figure_words.counts_text(possible.counts) if possible is not None and fits else ""
    fault = "" if remark is None else figure_words.sentence(remark)
    return PublishedColumn(
        figure.unit, figure.n, _printed(figure), fits, events, fault, ours.get(_folded(figure.unit))
    )


def _ours(background: ReportBackground, provider_id: str, indicator: str, joint: str) -> dict[str, Share]:
    """Return our own share of the same thing by unit, "" for the whole provider; empty where we do not have it."""
    mine = next((each for each in background.indicators if each.benchmark == indicator and each.is_share), None)
    if mine is None or not {"provider", "unit", "joint"} <= set(mine.level):
        return {}
    found = background.figures(mine, ["provider", "unit", "joint"])
    found = found[(texts(found["provider_id"]) == provider_id) & (texts(found["joint"]) == joint)]
    by_unit: dict[str, tuple[int, int]] = {}
    for unit, events, n in zip(texts(found["unit"]), found["events"], found["n"], strict=True):
        if n:
            before = by_unit.get(_folded(unit), (0, 0))  # the same unit in another spelling
            by_unit[_folded(unit)] = (before[0] + int(events), before[1] + int(n))
    whole = tuple(sum(counts) for counts in zip(*by_unit.values(), strict=True)) if by_unit else ()
    shares = {unit: share(events, n) for unit, (events, n) in by_unit.items() if unit}
    return shares | ({_WHOLE: share(whole[0], whole[1])} if whole else {})


def _printed(figure: Figure | None) -> str:
    if figure is None or figure.printed is None:
        return NOTHING if figure is not None else ""
    text = figure_words.shown(figure.printed)
    return f"{text}{NO_BREAK_SPACE}%" if figure.unit_of_value == UnitOfValue.PERCENT else text


def _key(figure: Figure) -> _Key:
    return (figure.country, figure.joint, figure.indicator, figure.period, figure.source)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
