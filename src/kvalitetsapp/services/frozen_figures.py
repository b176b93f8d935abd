"""Figures as they are today, to be kept in a paper, and what has become of those that were kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kvalitetsapp.domain import outcome_tables
from kvalitetsapp.domain.frozen_figure import ComparedFigure, FrozenFigure, compared
from kvalitetsapp.domain.indicator import Counted
from kvalitetsapp.domain.indicator_nesting import inside
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import indicator_source, indicators, outcome_figures, published_units
from kvalitetsapp.services.access import needs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.outcome_choice import OutcomeScope
    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.services.workspace import Workspace


@needs(Right.READ_FIGURES)
def freeze(workspace: Workspace, indicator_id: str, scope: OutcomeScope) -> FrozenFigure:
    """Return what an indicator comes to in a scope, with a mark of the operations behind it.

    A figure that somebody has printed is the provider's own; the nation's is no figure of all purchased care.

    Raises:
        InputError: there is no such indicator.
    """
    found = outcome_figures.figures(workspace, indicator_id, scope, ())
    one, whole = found.indicator, found.whole or {}
    own = published_units.printed_of(workspace, one, scope) if one.count.kind is Counted.PUBLISHED else whole
    return FrozenFigure(
        indicator_id=one.indicator_id,
        version=one.version,
        name=one.name,
        measure=one.measure.value,
        scope=_scope(workspace, scope),
        as_of=found.as_of,
        n=_count(own.get("n")),
        events=_count(own.get("events")),
        value=_number(own.get("value")),
        ci_low=_number(own.get("ci_low")),
        ci_high=_number(own.get("ci_high")),
        benchmark=_number(whole.get("benchmark")),
        flags=str(own.get("flags") or ""),
        fingerprint=_fingerprint(workspace, one, scope, own),
        unit=outcome_tables.unit_of(one),
        decimals=one.decimals,
        follow_up_days=one.follow_up_days,
        inside=inside(one, indicators.all_indicators(workspace)),
        prostheses=tuple(str(kind) for kind in one.cohort.prostheses),
    )


@needs(Right.READ_FIGURES)
def freeze_all(workspace: Workspace, ids: Sequence[str], scope: OutcomeScope) -> tuple[FrozenFigure, ...]:
    """Return what some indicators come to in a scope, in their order.

    Raises:
        InputError: one of them does not exist.
    """
    return tuple(freeze(workspace, each, scope) for each in ids)


@needs(Right.READ_FIGURES)
def compare(workspace: Workspace, frozen: FrozenFigure) -> ComparedFigure:
    """Return a figure that was kept beside what it is now, and whether the store still gives it as of that day."""
    scope = frozen.of_scope()
    now = _again(workspace, frozen.indicator_id, scope)
    if now is None or frozen.as_of is None:
        return compared(frozen, now, None)
    same_day = now.as_of == frozen.as_of
    then = now if same_day else _again(workspace, frozen.indicator_id, replace(scope, as_of=frozen.as_of))
    return compared(frozen, now, then)


@needs(Right.READ_FIGURES)
def compare_all(workspace: Workspace, frozen: Sequence[FrozenFigure]) -> tuple[ComparedFigure, ...]:
    """Return figures that were kept beside what they are now, in their order."""
    return tuple(compare(workspace, each) for each in frozen)


def _again(workspace: Workspace, indicator_id: str, scope: OutcomeScope) -> FrozenFigure | None:
    """Return a figure, None where its indicator is no longer there."""
    try:
        return freeze(workspace, indicator_id, scope)
    except InputError:
        return None


def _scope(workspace: Workspace, scope: OutcomeScope) -> dict[str, str]:
    named = dict(outcome_figures.choices(workspace).providers) if scope.provider_id else {}
    return {
        "joint": scope.joint,
        "prosthesis": scope.prosthesis,
        "provider_id": scope.provider_id,
        "provider_name": named.get(scope.provider_id, ""),
    }


def _fingerprint(workspace: Workspace, one: Indicator, scope: OutcomeScope, own: Mapping[str, Value]) -> str:
    """Return a mark of the operations, or of the figure itself where somebody has printed it."""
    source = indicator_source.source_on(workspace, scope.as_of)
    if source is None:
        return ""
    from kvalitetsapp.analysis.indicators import fingerprints

    if one.count.kind is Counted.PUBLISHED:
        told = (one.indicator_id, one.version, *(own.get(name) for name in ("n", "events", "value")))
        return fingerprints.of_text("\n".join(map(str, told)))
    return fingerprints.of_members(one, source, outcome_figures.members(workspace, one, source, scope))


def _count(value: Value) -> int | None:
    return None if value is None or value == "" else int(value)


def _number(value: Value) -> float | None:
    return None if value is None or value == "" else float(value)
