"""The summaries of costs and recovery as the window shows them: a table, names for its ids, and a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import summary_words
from kvalitetsapp.domain.recovery_summary import Asked, Shown, Summary
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.scenario import USUAL
from kvalitetsapp.services import before_after, summaries, what_if
from kvalitetsapp.services.access import needs

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace

_RECOVERY: Final = (Summary.PROVIDER, Summary.YEAR, Summary.AGREEMENT, Summary.CLASS)


@needs(Right.READ_FIGURES)
def shown(workspace: Workspace, asked: Asked) -> Shown:
    """Return what was asked for, worked out from what is stored now."""
    names = summaries.names(workspace)
    if asked.summary in _RECOVERY:
        table = summaries.recovery(workspace, by=(asked.summary.value,), potential=asked.potential)
        return Shown(table, names, summary_words.recovered(table))
    if asked.summary is Summary.COMPLICATION:
        by = (asked.by,) if asked.by else ()
        table = summaries.complication_cost(workspace, by=by, potential=asked.potential)
        return Shown(table, names) if by else Shown(summary_words.measures(table))
    if asked.summary is Summary.EXPECTED:
        table = summaries.expected_cost(workspace, within=asked.days, potential=asked.potential)
        return Shown(table, names, summary_words.lacking(table))
    if asked.summary is Summary.BEFORE_AFTER:
        cohort = before_after.Cohort(asked.cohort, potential=asked.potential)
        table = before_after.before_after(workspace, cohort, days=asked.days)
        return Shown(summary_words.measures(table), sentence=summary_words.difference(table))
    own = () if asked.scenario is None else (asked.scenario,)
    return Shown(what_if.what_if(workspace, (*own, *USUAL)))
