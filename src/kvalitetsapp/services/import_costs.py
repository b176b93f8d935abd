"""Costs by type: every row kept, and the episode's cost corrected to what its rows say together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp import texts
from kvalitetsapp.domain.imports import Finding
from kvalitetsapp.services.resolved import Resolved, of_known_episodes
from kvalitetsapp.store import episode_parts, records
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.exchange.reading import ReadFile
    from kvalitetsapp.services.resolved import Known
    from kvalitetsapp.services.workspace import Workspace

_ROUNDING: Final = 100  # one krona: systems round every type for itself


def costs(known: Known, file: ReadFile) -> Resolved:
    """Return costs of episodes that are stored; a row without type is the whole contact's."""
    resolved = Resolved(records.COST_ITEMS)
    for episode, row in of_known_episodes(known, file, resolved):
        key = (episode, row["cost_type"] or "", row["line"] or "")
        resolved.keep(row["row"], key, (row["cost"], row["price_year"]))
    return resolved


def correct_costs(workspace: Workspace, batch: int, episodes: Sequence[int]) -> list[Finding]:
    """Correct the cost of the episodes that the file told about: the whole contact's cost, else the sum of types.

    Where both are there and differ by more than rounding, that is a finding and the whole contact's cost stands.
    """
    totals = episode_parts.cost_totals(workspace.store, episodes)
    whole = {total.episode: total.types if total.whole is None else total.whole for total in totals}
    episode_parts.correct(workspace.store, batch, {episode: {"cost": cost} for episode, cost in whole.items()})
    return [
        Finding(0, "cost_types_differ", "cost", _differ(total.whole, total.types), total.episode_ref)
        for total in totals
        if total.whole is not None and total.types is not None and abs(total.whole - total.types) > _ROUNDING
    ]


def _differ(whole: int, types: int) -> str:
    return _("{types} mot {whole}").format(types=texts.kronor(types), whole=texts.kronor(whole))
