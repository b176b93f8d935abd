"""What a report can be about, and what a subject is called where it stands by its id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kvalitetsapp.domain.rights import Right
from kvalitetsapp.services import agenda, gaps, overview, provider_comparison
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import episodes

if TYPE_CHECKING:
    from kvalitetsapp.domain.quarter import Quarter
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ReportSubjects:
    """Ids and names of providers, of the indicators that they can be compared by, and of papers that are printed.

    `quarters` are those of the agenda that are kept, the latest first; `data_cut` is the day that the data reach to,
    None in an empty store.
    """

    providers: tuple[tuple[str, str], ...] = ()
    indicators: tuple[tuple[str, str], ...] = ()
    quarters: tuple[tuple[str, str], ...] = ()
    gaps: tuple[tuple[str, str], ...] = ()
    data_cut: date | None = None


@needs(Right.MAKE_REPORTS)
def offered(workspace: Workspace) -> ReportSubjects:
    """Return what reports can be about now."""
    cut = episodes.latest_discharge(workspace.store)
    return ReportSubjects(
        tuple(overview.provider_names(workspace)),
        provider_comparison.comparable(workspace),
        tuple((one.code, one.in_words()) for one in _quarters(workspace)),
        tuple((str(one.paper.paper), one.paper.title) for one in gaps.gaps(workspace)),
        None if cut is None else date.fromisoformat(cut),
    )


@needs(Right.READ_FIGURES)
def names(workspace: Workspace) -> dict[str, str]:
    """Return what every subject of a report that has one is called, by its id."""
    found = offered(workspace)
    return dict((*found.gaps, *found.quarters, *found.indicators, *found.providers))


def _quarters(workspace: Workspace) -> list[Quarter]:
    return [one.quarter.quarter for one in reversed(agenda.quarters(workspace))]
