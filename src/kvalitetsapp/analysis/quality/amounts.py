"""Costs and prices that are missing, zero, hard to believe, or other than agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kvalitetsapp.analysis import agreements
from kvalitetsapp.analysis.columns import among, known, nullable, texts, whole
from kvalitetsapp.analysis.procedures import rows_of
from kvalitetsapp.analysis.quality.codes import of_operations, surgery
from kvalitetsapp.analysis.quality.found import nothing, of_episodes
from kvalitetsapp.domain.words import CareForm, LinkStatus, PayerRoute, ProviderKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from kvalitetsapp.analysis.columns import Flags, Ints
    from kvalitetsapp.analysis.quality.found import Sources

_ORE = 100


def missing_cost(sources: Sources, _limits: Mapping[str, int]) -> pd.DataFrame:
    """Return episodes of the region's own care that are an event nobody has rejected, and have no cost (R14)."""
    episodes, links = sources.episodes, sources.links
    events = links["episode"].to_numpy()[~among(links["status"], LinkStatus.REJECTED.value)]
    is_event = np.zeros(len(episodes), dtype=np.bool_)
    place = rows_of(episodes, events)
    is_event[place[place >= 0]] = True
    own = among(episodes["payer_route"], PayerRoute.OWN.value)
    rows = np.flatnonzero(is_event & own & ~known(episodes["cost"]))
    return of_episodes(episodes, rows, value=texts(episodes["main_diagnosis"].iloc[rows]))


def missing_price(sources: Sources, _limits: Mapping[str, int]) -> pd.DataFrame:
    """Return index operations at providers that care is bought from, without a price."""
    operations, providers = sources.index_operations, sources.providers
    own = providers["provider_id"][(providers["kind"] == ProviderKind.OWN.value).to_numpy()]
    bought = ~np.asarray(operations["provider_id"].isin(own), dtype=np.bool_)
    place = rows_of(sources.episodes, operations["episode"].to_numpy())
    missing = operations[bought & ~known(sources.prices["price"])[place]]
    return of_operations(sources, missing, value=texts(missing["procedure_code"]))


def zero_amount(sources: Sources, _limits: Mapping[str, int]) -> pd.DataFrame:
    """Return episodes whose cost or price is nought."""
    cost, price = whole(sources.episodes["cost"], -1), whole(sources.prices["price"], -1)
    rows = np.flatnonzero((cost == 0) | (price == 0))
    return of_episodes(sources.episodes, rows, amount=np.zeros(len(rows), dtype=np.int64))


def cost_too_high(sources: Sources, limits: Mapping[str, int]) -> pd.DataFrame:
    """Return episodes whose cost or price is above the limit `most` (kr)."""
    amount = np.maximum(whole(sources.episodes["cost"], -1), whole(sources.prices["price"], -1))
    rows = np.flatnonzero(amount > limits["most"] * _ORE)
    return of_episodes(sources.episodes, rows, amount=amount[rows])


def cost_too_low(sources: Sources, limits: Mapping[str, int]) -> pd.DataFrame:
    """Return stays with surgery on a joint whose cost or price is above nought and below the limit `least` (kr)."""
    episodes = sources.episodes
    stay = among(episodes["care_form"], CareForm.INPATIENT.value)
    cost, price = whole(episodes["cost"], -1), whole(sources.prices["price"], -1)
    limit = limits["least"] * _ORE
    low_cost, low_price = (cost > 0) & (cost < limit), (price > 0) & (price < limit)
    rows = np.flatnonzero(stay & (low_cost | low_price) & (surgery(sources) != 0))
    return of_episodes(episodes, rows, amount=np.where(low_cost, cost, price)[rows])


def price_differs(sources: Sources, limits: Mapping[str, int]) -> pd.DataFrame:
    """Return stays with index operations whose price is more than `difference` (kr) from the agreements' (R12).

    A stay with two operations is held against the sum of both; one with an operation outside every agreement, or under
    one without a price, is not judged.
    """
    episodes, operations = sources.episodes, sources.index_operations
    if not len(operations) or not sources.agreements:
        return nothing()
    place = agreements.places(operations, sources.agreements)
    unit = np.array([-1 if one.unit_price is None else one.unit_price for one in sources.agreements] + [-1])
    agreed = unit[place]
    row = rows_of(episodes, operations["episode"].to_numpy())
    stays, group = np.unique(row, return_inverse=True)
    expected = _sums(agreed, group, len(stays))
    judged = ~_any(agreed < 0, group, len(stays)) & known(sources.prices["price"])[stays]
    price = whole(sources.prices["price"], 0)[stays]
    wrong = judged & (np.abs(price - expected) > limits["difference"] * _ORE)
    rows = stays[wrong]
    return of_episodes(
        episodes, rows, amount=price[wrong], expected=nullable(expected[wrong], np.ones(len(rows), dtype=np.bool_))
    )


def _sums(amounts: Ints, group: Ints, count: int) -> Ints:
    sums = np.zeros(count, dtype=np.int64)
    np.add.at(sums, group, amounts)
    return sums


def _any(flags: Flags, group: Ints, count: int) -> Flags:
    found = np.zeros(count, dtype=np.bool_)
    found[group[flags]] = True
    return found
