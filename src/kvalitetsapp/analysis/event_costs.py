"""R14: what an event cost, by the agreement's basis; an episode's cost counts once. Integer öre."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.columns import among, begins, coded, day_numbers, known, whole
from kvalitetsapp.domain import drg
from kvalitetsapp.domain.words import CareForm, CostBasis

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kvalitetsapp.analysis.columns import Flags, Ints, Texts
    from kvalitetsapp.domain.agreement import Agreement, Tariff

NEEDED: Final = ("care_form", "admitted", "discharged", "cost", "drg_weight", "drg_price", "manual_cost")
"""What the cost of an event needs of its episode."""
WITHOUT_AGREEMENT: Final = (CostBasis.KPP.value,)
"""The sources of cost that count, in order, where no agreement says; a cost entered by hand always comes last."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Each event's cost in öre (0 where not known), whether it is known, and where it comes from ("" if nowhere)."""

    amount: Ints
    is_known: Flags
    basis: Texts

    def take(self, rows: Flags, amount: Ints, basis: str) -> None:
        """Write down the cost of `rows`."""
        self.amount[rows], self.is_known[rows], self.basis[rows] = amount[rows], True, basis


def of_events(events: pd.DataFrame, place: Ints, agreements: Sequence[Agreement]) -> Costs:
    """Return each event's own cost; `events` has what is `NEEDED` of its episode.

    `place` is the row's agreement among `agreements`, -1 where there is none: then the episode's own cost counts. A
    cost that was entered by hand counts where nothing else gives one.
    """
    size = len(events)
    costs = Costs(np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.bool_), np.full(size, "", dtype=object))
    by_hand = known(events["manual_cost"])
    if by_hand.any():
        costs.take(by_hand, whole(events["manual_cost"]), CostBasis.MANUAL.value)
    kpp = (whole(events["cost"]), known(events["cost"]))
    of_episode = {CostBasis.KPP.value: kpp, CostBasis.DRG.value: _drg(events)}
    for number in np.unique(place).tolist():
        rows = place == number
        bases = agreements[number].cost_basis if number >= 0 else WITHOUT_AGREEMENT
        for basis in reversed(bases):  # the first that has a value is written last
            found = _tariff(events, agreements[number].tariff) if basis == CostBasis.TARIFF else of_episode[basis]
            costs.take(rows & found[1], found[0], basis)
    return costs


def share(costs: Costs, events: pd.DataFrame, counts: Flags, covered: Flags) -> None:
    """Leave an episode's cost on its first covered event by joint and side, else its first; the others become shared.

    Only events whose status counts share; the others keep their own cost.
    """
    episode = events["episode"].to_numpy()
    stay = np.sort(episode[counts])
    rows = np.flatnonzero(counts & np.isin(episode, stay[1:][stay[1:] == stay[:-1]]))
    joint, side = (coded(events[name].iloc[rows])[0] for name in ("joint", "side"))
    order = np.lexsort((side, joint, ~covered[rows], episode[rows]))
    shared = np.zeros(len(events), dtype=np.bool_)
    shared[rows[order[~begins(episode[rows][order])]]] = True
    costs.take(shared, np.zeros_like(costs.amount), CostBasis.SHARED.value)


def _drg(events: pd.DataFrame) -> tuple[Ints, Flags]:
    """Return weight times price of each event's episode, half an öre upwards, and whether both are known."""
    is_known = known(events["drg_weight"]) & known(events["drg_price"])
    if not is_known.any():
        return np.zeros(len(events), dtype=np.int64), is_known
    # no product of a weight and a price that are let in passes 64 bits (`domain.drg`)
    return (whole(events["drg_weight"]) * whole(events["drg_price"]) + drg.UNITS // 2) // drg.UNITS, is_known


def _tariff(events: pd.DataFrame, tariff: Tariff) -> tuple[Ints, Flags]:
    """Return the price of each event's episode by the tariff, and whether the tariff has one for its form of care."""
    days = np.maximum(1, day_numbers(events["discharged"]) - day_numbers(events["admitted"]))
    stays = among(events["care_form"], CareForm.INPATIENT.value) & (tariff.inpatient_day is not None)
    visits = among(events["care_form"], CareForm.OUTPATIENT.value) & (tariff.outpatient_visit is not None)
    return np.where(stays, days * (tariff.inpatient_day or 0), tariff.outpatient_visit or 0), stays | visits
