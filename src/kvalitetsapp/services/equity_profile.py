"""The profile of equal care in a scope: which indicators have a wanted direction, and how women and men lie."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kvalitetsapp.domain import equity_words, indicator_nesting
from kvalitetsapp.domain.indicator import Counted, Direction
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.services import indicator_source, indicators
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.outcome_charts import Asked
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kvalitetsapp.analysis.charts.profile import ProfileEntry
    from kvalitetsapp.domain.chart_data import Profile
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.outcome_choice import OutcomeScope
    from kvalitetsapp.domain.report_data import Share
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class EquityProfile:
    """The chart (None: nothing is stored) and the names of what is left out of it.

    `no_direction` have no wanted direction, `no_data` nobody followed in the scope; `compared_here` have no figure of
    the nation, so that the whole material is what they are held against.
    `shares` has what is behind the bars, for the gate of small numbers, and `nested` the indicators of which one's
    events all are among the other's: (inner, outer).
    """

    chart: Profile | None
    no_direction: tuple[str, ...] = ()
    no_data: tuple[str, ...] = ()
    compared_here: tuple[str, ...] = ()
    shares: tuple[tuple[str, Share], ...] = ()
    nested: tuple[tuple[str, str], ...] = ()


@needs(Right.READ_FIGURES)
def profile(workspace: Workspace, scope: OutcomeScope, progress: Progress, ids: Sequence[str] = ()) -> EquityProfile:
    """Return how far women and men lie from the nation, of some indicators or of all that it can be told of.

    Raises:
        InputError: one of the indicators does not exist.
        CancelledError: it was asked to stop.
    """
    source = indicator_source.source_on(workspace, scope.as_of)
    if source is None:
        return EquityProfile(None)
    chosen = [indicators.one(workspace, each) for each in ids] or list(indicators.all_indicators(workspace))
    told = [one for one in chosen if _can_be_told(one)]
    wanted = [one for one in told if one.direction is not Direction.NEITHER]
    from kvalitetsapp.analysis import equity_profile as analysis

    asked = [Asked(workspace, one, source, scope) for one in wanted]
    found = list(_entries(asked, progress))
    entries = [entry for entry in found if len(entry.rows)]
    here = sum(not entry.is_national for entry in entries)
    title, middle = equity_words.profile_title(here, len(entries))
    return EquityProfile(
        replace(analysis.of_entries(title, entries, source), middle=middle),
        tuple(one.name for one in told if one.direction is Direction.NEITHER),
        tuple(entry.indicator.name for entry in found if not len(entry.rows)),
        tuple(entry.indicator.name for entry in entries if not entry.is_national),
        analysis.shares(entries),
        tuple(_nested([entry.indicator for entry in entries])),
    )


def _can_be_told(one: Indicator) -> bool:
    return one.count.kind is not Counted.PUBLISHED and "sex" in one.level


def _nested(drawn: Sequence[Indicator]) -> Iterator[tuple[str, str]]:
    for inner in drawn:
        yield from ((inner.indicator_id, outer) for outer in indicator_nesting.inside(inner, drawn))


def _entries(asked: Sequence[Asked], progress: Progress) -> Iterator[ProfileEntry]:
    for place, each in enumerate(asked):
        progress.step(place, len(asked), _("indikatorer"))
        yield each.profile_entry()
