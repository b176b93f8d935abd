"""What indicators come to on the page Kvalitet: in a list, by groups, and the operations behind a group."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import indicator_form, outcome_tables
from kvalitetsapp.domain.indicator import Counted, Direction, Indicator, Measure
from kvalitetsapp.domain.indicator_members import MEMBERS
from kvalitetsapp.domain.indicator_tables import INDICATOR_KEYS, INDICATOR_VALUES
from kvalitetsapp.domain.outcome_tables import IndicatorFigures
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.table import Table
from kvalitetsapp.services import indicator_source, indicators
from kvalitetsapp.services.access import needs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from pandas import DataFrame

    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.indicator_form import IndicatorForm
    from kvalitetsapp.domain.outcome_choice import OutcomeScope
    from kvalitetsapp.domain.table import Row, Value
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

    Figure = dict[str, Value]

AT_A_TIME_S: Final = 0.25
"""How long the list may keep the store's thread before it hands over the rows that it has."""
MOST_BEHIND: Final = 5000
_KEPT: Final = "members of an indicator"
_OF_WORDS: Final = ("indicator_id", "name", "purpose", "numerator", "denominator", "exclusions", "source")
_ANY: Final = "preview"


@dataclass(frozen=True, slots=True)
class OutcomeChoices:
    """What there is to choose from: indicators, providers by key, and the day that the data reach to."""

    indicators: tuple[Indicator, ...]
    providers: tuple[tuple[str, str], ...]
    latest: date | None


@dataclass(frozen=True, slots=True)
class Behind:
    """The operations behind a figure, those that count first; `total` where there are more than are shown."""

    table: Table
    total: int


@dataclass(frozen=True, slots=True)
class _Members:
    """The members of an indicator on a day, and the source they are members of."""

    indicator: Indicator
    index_operations: DataFrame
    as_of: date
    found: DataFrame


@needs(Right.READ_FIGURES)
def choices(workspace: Workspace) -> OutcomeChoices:
    """Return what there is to choose from: of providers those with operations, by name."""
    source = indicator_source.source_on(workspace, None)
    every = indicators.all_indicators(workspace)
    if source is None or source.index_operations.empty:
        return OutcomeChoices(every, (), None)
    from kvalitetsapp.analysis.indicators import scope

    found = set(source.index_operations["provider_id"].unique())
    known = sorted((name, key) for key, name in scope.names(source).items() if key in found)
    return OutcomeChoices(every, tuple((key, name) for name, key in known), source.as_of)


@needs(Right.READ_FIGURES)
def some_rows(
    workspace: Workspace, ids: Sequence[str], scope: OutcomeScope, progress: Progress, seconds: float = AT_A_TIME_S
) -> tuple[Row, ...]:
    """Return rows of `outcome_tables.LISTED` of the first of some indicators, as many as there is time for.

    At least one is worked out; whoever wants the rest asks again, and others come in between.

    Raises:
        InputError: one does not exist.
    """
    begun = time.monotonic()
    rows: list[Row] = []
    for indicator_id in ids:
        progress.heed()
        one = indicators.one(workspace, indicator_id)
        whole = _whole(workspace, one, scope)
        rows.append(outcome_tables.empty_row(one) if whole is None else outcome_tables.listed_row(one, whole))
        if time.monotonic() - begun > seconds:
            break
    return tuple(rows)


@needs(Right.READ_FIGURES)
def figures(workspace: Workspace, indicator_id: str, scope: OutcomeScope, by: Sequence[str]) -> IndicatorFigures:
    """Return what an indicator comes to in a scope, and by groups; by provider every provider has its row.

    Raises:
        InputError: there is no such indicator, or a key that it cannot be read by.
    """
    from kvalitetsapp.services import frames_of_store

    one = indicators.one(workspace, indicator_id)
    keys = indicators.keys(one, by)
    latest = frames_of_store.load(workspace).data_cut
    everyone = "provider" in keys and not scope.provider_id
    groups = _figures(workspace, one, scope, keys, everyone=everyone) if keys else []
    if keys == ["provider"]:  # the largest first: never a league table
        groups.sort(key=lambda group: -int(group["n"] or 0))
    names = [INDICATOR_KEYS[key].name for key in keys]
    words = tuple(tuple("" if row[name] is None else str(row[name]) for name in names) for row in groups)
    whole = _whole(workspace, one, scope)
    _tell_detectable(one, groups, whole)
    table = outcome_tables.groups_table(one, keys, groups)
    return IndicatorFigures(one, whole, tuple(keys), table, words, scope.as_of or latest, latest)


@needs(Right.READ_ROWS)
def behind(
    workspace: Workspace,
    indicator_id: str,
    scope: OutcomeScope,
    where: Mapping[str, str],
    days: tuple[date, date] | None = None,
) -> Behind:
    """Return the operations of a scope behind a group, those that count first, then the latest.

    `where` holds keys and the words that an operation must have, `days` the first and last day of operation. With the
    key `provider` the operations are that provider's, whatever the scope says of providers.

    Raises:
        InputError: there is no such indicator, or a key that it cannot be read by.
    """
    one = indicators.one(workspace, indicator_id)
    indicators.keys(one, tuple(where))
    source = indicator_source.source_on(workspace, scope.as_of)
    if source is None:
        return Behind(Table(MEMBERS), 0)
    from kvalitetsapp.analysis import tables as table_maker
    from kvalitetsapp.analysis.indicators import listed_members

    found = members(workspace, one, source, scope, everyone="provider" in where)
    chosen = listed_members.chosen(source, found, where=where, days=days)
    first = listed_members.foremost(one, source, chosen, MOST_BEHIND)
    listed = listed_members.of_members(one, source, first)
    return Behind(table_maker.table(listed, MEMBERS), len(chosen))


@needs(Right.READ_FIGURES)
def preview(workspace: Workspace, form: IndicatorForm, scope: OutcomeScope) -> IndicatorFigures | None:
    """Return what a recipe that is being written would come to in a scope, None while its parts say nothing.

    Its words may still be missing: nothing is worked out from them.
    """
    words = {name: getattr(form, name).strip() or _ANY for name in _OF_WORDS}
    read = indicator_form.read(replace(form, **words))  # type: ignore[arg-type]  # they are texts, all of them
    if not isinstance(read, Indicator):
        return None
    from kvalitetsapp.services import frames_of_store

    latest = frames_of_store.load(workspace).data_cut
    whole = _whole(workspace, read, scope)
    return IndicatorFigures(read, whole, (), Table(()), (), scope.as_of or latest, latest)


def members(
    workspace: Workspace,
    one: Indicator,
    source: IndicatorSource,
    scope: OutcomeScope,
    *,
    everyone: bool = False,
) -> DataFrame:
    """Return an indicator's members in a scope; those of the last one asked for are kept while nothing is changed."""
    from kvalitetsapp.analysis.indicators import members as analysis
    from kvalitetsapp.analysis.indicators import scope as scopes

    kept = workspace.kept.get(_KEPT)
    if (
        not isinstance(kept, _Members)
        or kept.index_operations is not source.index_operations
        or (kept.indicator, kept.as_of) != (one, source.as_of)
    ):
        found = analysis.members(one, source)
        kept = workspace.kept[_KEPT] = _Members(one, source.index_operations, source.as_of, found)
    within = scopes.within(source, kept.found["operation"].to_numpy(), scope, everyone=everyone)
    return kept.found[within].reset_index(drop=True)


def _tell_detectable(one: Indicator, groups: list[Figure], whole: Figure | None) -> None:
    """Add to each group the true share that would show over the nation, or over the whole scope (R10)."""
    if one.measure is not Measure.SHARE or one.direction is Direction.HIGH or whole is None:
        return
    from kvalitetsapp.analysis import detectable

    targets = [whole["value"] if group["benchmark"] is None else group["benchmark"] for group in groups]
    rates = detectable.smallest_rate(
        [int(group["n"] or 0) for group in groups], [math.nan if each is None else float(each) for each in targets]
    )
    for group, rate in zip(groups, rates.tolist(), strict=True):
        group["detectable"] = None if math.isnan(rate) else rate


def _whole(workspace: Workspace, one: Indicator, scope: OutcomeScope) -> Figure | None:
    rows = _figures(workspace, one, scope, ())
    return rows[0] if len(rows) == 1 else None


def _figures(
    workspace: Workspace, one: Indicator, scope: OutcomeScope, by: Sequence[str], *, everyone: bool = False
) -> list[Figure]:
    """Return figures as records; the joint of a scope is one of their keys, so that the national figure is its."""
    source = indicator_source.source_on(workspace, scope.as_of)
    if source is None:
        return []
    from kvalitetsapp.analysis import tables as table_maker
    from kvalitetsapp.analysis.indicators import figures as analysis

    keys = [*by, *(["joint"] if scope.joint and "joint" not in by else [])]
    if one.count.kind is Counted.PUBLISHED:
        found = analysis.summary(one, source, by=keys)
        found = found[found["joint"] == scope.joint] if scope.joint else found
    else:
        found = analysis.of_members(one, source, members(workspace, one, source, scope, everyone=everyone), by=keys)
    columns = (*(INDICATOR_KEYS[key] for key in keys), *INDICATOR_VALUES)
    return table_maker.table(found, columns).records()
