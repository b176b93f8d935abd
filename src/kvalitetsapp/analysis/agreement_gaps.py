"""Where operations lie between agreements, after them, or at a joint or payer route that none of them takes (R12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import agreements as terms
from kvalitetsapp.analysis import cohorts
from kvalitetsapp.analysis.columns import among, coded, dates, day_number, day_numbers, texts
from kvalitetsapp.domain.words import LinkStatus, ProviderKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.columns import Flags, Ints
    from kvalitetsapp.domain.agreement import Agreement

_KEYS: Final = ("provider_id", "joint", "payer_route")
_COUNTING: Final = (LinkStatus.CONFIRMED.value, LinkStatus.PROPOSED.value)


def gaps(
    index_operations: pd.DataFrame, links: pd.DataFrame, providers: pd.DataFrame, agreements: Sequence[Agreement]
) -> pd.DataFrame:
    """Return the operations without agreement, from the provider's first agreement on, summed up.

    A row per provider of another kind than `own`, joint, payer route, and stretch of time between the agreements on
    these. Columns: provider_id, joint, payer_route · first, last days of the operations · operations, events.
    """
    uncovered = terms.places(index_operations, agreements) == terms.NONE
    rows = index_operations[uncovered & _since_the_first(index_operations, providers, agreements)]
    groups = cohorts.group(
        pd.DataFrame({name: texts(rows[name]) for name in _KEYS} | {"stretch": _stretch(rows, agreements)})
    )
    day = day_numbers(rows["operated_on"])
    first = np.full(len(groups.keys), np.iinfo(np.int64).max)
    last = np.full(len(groups.keys), np.iinfo(np.int64).min)
    np.minimum.at(first, groups.of_row, day)
    np.maximum.at(last, groups.of_row, day)
    return groups.keys[list(_KEYS)].assign(
        first=dates(first), last=dates(last), operations=groups.count(), events=groups.total(_events(rows, links))
    )


def _since_the_first(
    index_operations: pd.DataFrame, providers: pd.DataFrame, agreements: Sequence[Agreement]
) -> Flags:
    """Tell which operations are of bought care and not older than the provider's first agreement."""
    begun: dict[str, int] = {}
    for one in agreements:
        for provider in one.providers:
            begun[provider] = min(day_number(one.valid_from), begun.get(provider, day_number(one.valid_from)))
    for provider in texts(providers["provider_id"])[among(providers["kind"], ProviderKind.OWN.value)]:
        begun.pop(provider, None)
    of_row, names = coded(index_operations["provider_id"])
    since = np.array([begun.get(name, np.iinfo(np.int64).max) for name in names], dtype=np.int64)[of_row]
    later: Flags = day_numbers(index_operations["operated_on"]) >= since
    return later


def _stretch(rows: pd.DataFrame, agreements: Sequence[Agreement]) -> Ints:
    """Return how many agreements on the same provider, joint and payer route began before each operation."""
    keys = cohorts.group(rows[list(_KEYS)])
    day = day_numbers(rows["operated_on"])
    begun = np.zeros(len(rows), dtype=np.int64)
    for one in agreements:
        begun += terms.accepted(keys.keys, one)[keys.of_row] & (day_number(one.valid_from) <= day)
    return begun


def _events(rows: pd.DataFrame, links: pd.DataFrame) -> Ints:
    """Return how many links that can count each operation has."""
    counting: pd.Series[Any] = links["operation"][among(links["status"], *_COUNTING)]
    place = pd.Index(rows["operation"]).get_indexer(pd.Index(counting))
    return np.bincount(place[place >= 0], minlength=len(rows)).astype(np.int64)
