"""Who waits, for what, how long and why: the figures of the page Väntande, its report and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.waiting import (
    WaitingBehind,
    WaitingCapacity,
    WaitingChoices,
    WaitingDistribution,
    WaitingFindings,
    WaitingKey,
    WaitingScope,
    WaitingSeries,
    WaitingSpecialised,
    WaitingState,
)
from kvalitetsapp.services.access import needs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.workspace import Workspace


@needs(Right.READ_FIGURES)
def choices(workspace: Workspace) -> WaitingChoices:
    """Return what there is to choose from; nothing at all where no waiting list is stored."""
    raise NotImplementedError


@needs(Right.READ_FIGURES)
def state(workspace: Workspace, scope: WaitingScope, by: WaitingKey = WaitingKey.COUNTY) -> WaitingState:
    """Return how the list stood in a month, in all and by groups, the largest group first."""
    raise NotImplementedError


@needs(Right.READ_FIGURES)
def series(workspace: Workspace, scope: WaitingScope) -> WaitingSeries:
    """Return how the list developed month by month up to the month of the scope; a month without a list is a gap."""
    raise NotImplementedError


@needs(Right.READ_FIGURES)
def distribution(workspace: Workspace, scope: WaitingScope) -> WaitingDistribution:
    """Return how long those have waited who wait, in classes of days."""
    raise NotImplementedError


@needs(Right.READ_FIGURES)
def findings(workspace: Workspace, scope: WaitingScope) -> WaitingFindings:
    """Return what is amiss with the lists, and what each does to the figures."""
    raise NotImplementedError


@needs(Right.READ_FIGURES)
def flows(workspace: Workspace, scope: WaitingScope) -> Table:
    """Return `waiting_tables.FLOWS`: who came and who left, month by month; None where a month cannot be told."""
    raise NotImplementedError


@needs(Right.READ_FIGURES)
def capacity(workspace: Workspace, scope: WaitingScope) -> WaitingCapacity:
    """Return what can be operated on against what comes in, and the operating time that the list takes."""
    raise NotImplementedError


@needs(Right.READ_FIGURES)
def highly_specialised(workspace: Workspace, scope: WaitingScope) -> WaitingSpecialised:
    """Return the own county's patients with need of highly specialised care; another county's where one is chosen."""
    raise NotImplementedError


@needs(Right.READ_FIGURES)
def date_quality(workspace: Workspace, scope: WaitingScope) -> Table:
    """Return `waiting_tables.DATE_QUALITY`: how far the days of decision can be trusted, and what that does."""
    raise NotImplementedError


@needs(Right.READ_ROWS)
def behind(
    workspace: Workspace, scope: WaitingScope, where: Mapping[WaitingKey, str], over_days: int | None = None
) -> WaitingBehind:
    """Return the entries behind a figure, the longest waits first; that they were read is noted in the trace.

    `where` holds keys of `WaitingState` (also `MISSING`); with `over_days` only those count who have waited longer.

    Raises:
        RefusedError: it cannot be noted, so that the entries must not be handed over.
    """
    raise NotImplementedError
