"""Where each event's cost comes from, as a claim tells it: the one place that claims ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.words import word

if TYPE_CHECKING:
    from collections.abc import Collection

    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CostSource:
    """What an event costs in öre, on which basis, from which source in words, and in the prices of which year."""

    cost: int
    basis: str
    source: str
    price_year: int | None


def sources(workspace: Workspace, keys: Collection[EventKey]) -> dict[EventKey, CostSource]:
    """Return the sources of the events' costs; an event whose cost is not known has none."""
    from kvalitetsapp.analysis import frames
    from kvalitetsapp.services import frames_of_store

    wanted = set(keys)
    basis = frames_of_store.load(workspace).claims_basis(potential=False)
    found = {}
    for episode, joint, side, cost, cost_basis in frames.rows(
        basis, ("episode", "joint", "side", "cost", "cost_basis")
    ):
        key = EventKey(int(str(episode)), str(joint or ""), str(side or ""))
        if key in wanted and cost is not None:
            found[key] = CostSource(int(str(cost)), str(cost_basis), word("cost_basis", str(cost_basis)), None)
    return found
