"""The frames of reports over a scope of outcomes, kept between pictures while nothing in the store has changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.services import indicator_source

if TYPE_CHECKING:
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.analysis.report_frames import ReportFrames
    from kvalitetsapp.domain.outcome_choice import OutcomeScope
    from kvalitetsapp.services.workspace import Workspace

_KEPT: Final = "report frames of outcomes"
_DETAILS: Final = {"operation": "int", "price": "nullable", "unit": "str"}


@dataclass(frozen=True, slots=True)
class _Kept:
    """Frames cut to a scope, and the state of the store that they were read in."""

    mark: tuple[int, int, int]
    scope: OutcomeScope
    frames: ReportFrames


def report_frames(workspace: Workspace, scope: OutcomeScope) -> ReportFrames | None:
    """Return the frames of a scope's operations, None where nothing is stored; the last ones are kept."""
    source = indicator_source.source_on(workspace, scope.as_of)
    if source is None:
        return None
    kept, mark = workspace.kept.get(_KEPT), workspace.store.mark()
    if not isinstance(kept, _Kept) or (kept.mark, kept.scope) != (mark, scope):
        kept = workspace.kept[_KEPT] = _Kept(mark, scope, _read(workspace, source, scope))
    return kept.frames


def _read(workspace: Workspace, source: IndicatorSource, scope: OutcomeScope) -> ReportFrames:
    from kvalitetsapp.analysis import frames
    from kvalitetsapp.analysis.indicators import scope as scopes
    from kvalitetsapp.analysis.report_frames import ReportFrames
    from kvalitetsapp.services import claim_account, frames_of_store
    from kvalitetsapp.store import report_rows

    loaded, every = frames_of_store.load(workspace), source.index_operations
    return ReportFrames(
        every[scopes.within(source, every["operation"].to_numpy(), scope, everyone=True)],
        source.links,
        source.episodes,
        source.persons,
        source.providers,
        loaded.benchmarks,
        loaded.agreements,
        frames.frame(_DETAILS, report_rows.operation_details(workspace.store)),
        source.as_of,
        scope.provider_id,
        claim_account.account(workspace, loaded),
    )
