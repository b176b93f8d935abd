"""Which of those who wait could be moved to which provider: the longest waiting first, then the least cost, then km.

Exact and the same every time: nobody who has waited longer could be moved in the place of somebody who is, and no
other way of moving the same persons costs less or, at the same cost, lies nearer. An unknown price or distance counts
as more than every known one, so what is known is filled first; nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.columns import among, coded
from kvalitetsapp.analysis.waiting.allotment import NEVER, Allotment
from kvalitetsapp.domain.redistribution import Queue, QueueEffect, Received, Redistribution, Stays
from kvalitetsapp.domain.sources import Deviation
from kvalitetsapp.domain.waiting import LONG_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from kvalitetsapp.analysis.columns import Flags, Ints
    from kvalitetsapp.domain.redistribution import Offer, RedistributionScenario

    Distances = Mapping[tuple[str, str], int]

WAITING: Final = {
    "provider_id": "category",
    "municipality": "category",
    "area": "category",
    "waited": "int",
    "deviation": "category",
    "is_planned": "bool",
    "highly_specialised": "bool",
}
"""Those who wait on a day: where, from where, the medical area, and days since the decision (below 0: not known)."""

CAUSES: Final = (Deviation.MEDICAL.value, Deviation.PATIENT.value)
"""The deviations that a scenario may leave where they are."""

_KM: Final = 10**7
"""More than the kilometres of a whole scenario, so that an öre always goes before distance."""
_UNKNOWN: Final = -1
_MOVED: Final = len(Stays)
_REASONS: Final = {reason: place for place, reason in enumerate(Stays)}


@dataclass(frozen=True, slots=True)
class _Choices:
    """An area's offers with other providers' rows: by group of rows and offer the kilometres, and what is open."""

    offers: Sequence[Offer]
    room: Ints
    km: Ints
    may: Flags  # another provider, with room
    is_open: Flags  # and near enough


@dataclass(frozen=True, slots=True)
class _Placed:
    """What an area's offers receive: how many of each group, with the kilometres of each."""

    offers: Sequence[Offer]
    room: Ints
    placed: Ints
    km: Ints


def redistribute(
    entries: pd.DataFrame, offers: Iterable[Offer], distances: Distances, scenario: RedistributionScenario, day: str
) -> Redistribution:
    """Return what a scenario comes to for those who wait on `day` (columns of `WAITING`).

    `distances` has kilometres by municipality and provider. An offer without free operations is told, with nobody
    moved to it.
    """
    entries = _within(entries, scenario)
    chosen = sorted(
        (one for one in offers if not scenario.areas or one.area in scenario.areas),
        key=lambda one: (one.area, one.name, one.provider_id),
    )
    state = _first_reasons(entries, scenario)
    area, names = coded(entries["area"])
    placed = []
    for place, name in enumerate(names.tolist()):
        mine = [one for one in chosen if one.area == name]
        rows = np.flatnonzero((area == place) & (state == _MOVED))
        placed.append(_move(entries, rows, mine, distances, scenario, state))
    waited = entries["waited"].to_numpy(dtype=np.int64)
    effects = [_effect(str(name), waited, state, area == place) for place, name in enumerate(names.tolist())]
    told = [one for one in effects if one.before.waiting]
    whole = replace(_effect("", waited, state, np.ones(len(waited), dtype=np.bool_)), is_whole=True)
    return _outcome(scenario, day, placed, _idle(chosen, names.tolist(), scenario), (*told, whole))


def _within(entries: pd.DataFrame, scenario: RedistributionScenario) -> pd.DataFrame:
    """Return the rows that the scenario is about."""
    for column, wanted in (("area", scenario.areas), ("provider_id", scenario.from_providers)):
        if wanted:
            entries = entries[entries[column].isin(wanted)]
    return entries.reset_index(drop=True)


def _first_reasons(entries: pd.DataFrame, scenario: RedistributionScenario) -> Ints:
    """Return for each row the first reason that it stays, `_MOVED` where there is none yet."""
    area, names = coded(entries["area"])
    holds = {
        Stays.HIGHLY_SPECIALISED: entries["highly_specialised"].to_numpy(dtype=np.bool_),
        Stays.NO_AREA: names[area] == "",
        Stays.DEVIATION: among(entries["deviation"], *CAUSES) & scenario.leave_deviations,
        Stays.PLANNED: entries["is_planned"].to_numpy(dtype=np.bool_) & scenario.leave_planned,
        Stays.SHORT: entries["waited"].to_numpy(dtype=np.int64) <= scenario.over_days,
    }
    return np.select(list(holds.values()), [_REASONS[one] for one in holds], default=_MOVED).astype(np.int64)


def _move(
    entries: pd.DataFrame,
    rows: Ints,
    offers: Sequence[Offer],
    distances: Distances,
    scenario: RedistributionScenario,
    state: Ints,
) -> _Placed:
    """Place rows of one area, and write into `state` why those who are not placed stay."""
    provider, providers = coded(entries["provider_id"].iloc[rows])
    town, towns = coded(entries["municipality"].iloc[rows])
    pairs, group = np.unique(provider * len(towns) + town, return_inverse=True)
    homes = [(str(providers[one // len(towns)]), str(towns[one % len(towns)])) for one in pairs.tolist()]
    known = _choices(homes, offers, distances, scenario)
    state[rows] = _reasons_of(known)[group]
    allotment = Allotment(known.room, _costs(known))
    waited = entries["waited"].to_numpy(dtype=np.int64)[rows]
    for day in np.unique(waited)[::-1].tolist():
        if allotment.is_full:
            break
        allotment.place(np.bincount(group[waited == day], minlength=len(homes)))
    placed_of_group = allotment.placed.sum(axis=1)
    order = np.lexsort((np.arange(len(rows)), -waited, group))
    begins = np.searchsorted(group[order], np.arange(len(homes)))
    rank = np.arange(len(rows)) - begins[group[order]]
    state[rows[order[rank < placed_of_group[group[order]]]]] = _MOVED
    return _Placed(offers, known.room, allotment.placed, known.km)


def _choices(
    homes: Sequence[tuple[str, str]], offers: Sequence[Offer], distances: Distances, scenario: RedistributionScenario
) -> _Choices:
    size = (len(homes), len(offers))
    room = np.array([one.room(scenario.weeks) for one in offers], dtype=np.int64)
    km = np.array(
        [[distances.get((town, one.provider_id), _UNKNOWN) for one in offers] for _provider, town in homes],
        dtype=np.int64,
    ).reshape(size)
    other = np.array(
        [[one.provider_id != provider for one in offers] for provider, _town in homes], dtype=np.bool_
    ).reshape(size)
    may = other & (room > 0)
    near = np.ones(size, dtype=np.bool_) if scenario.farthest_km is None else (km >= 0) & (km <= scenario.farthest_km)
    return _Choices(offers, room, km, may, may & near)


def _reasons_of(known: _Choices) -> Ints:
    """Return by group why those of it stay who are not placed."""
    told = [
        (~known.may.any(axis=1), Stays.NO_OFFER),
        (known.is_open.any(axis=1), Stays.NO_ROOM),
        ((known.may & (known.km == _UNKNOWN)).any(axis=1), Stays.DISTANCE_UNKNOWN),
    ]
    return np.select(
        [holds for holds, _reason in told],
        [_REASONS[reason] for _holds, reason in told],
        default=_REASONS[Stays.TOO_FAR],
    ).astype(np.int64)


def _costs(known: _Choices) -> Ints:
    """Return what each place costs each group: öre before kilometres, what is not known after all that is."""
    prices = [one.price for one in known.offers]
    dearest = max((one for one in prices if one is not None), default=0) + 1
    price = np.array([dearest if one is None else one for one in prices], dtype=np.int64)
    farthest = int(known.km.max(initial=0)) + 1
    km = np.where(known.km == _UNKNOWN, farthest, known.km)
    return np.where(known.is_open, price * _KM + km, NEVER)


def _effect(area: str, waited: Ints, state: Ints, mine: Flags) -> QueueEffect:
    stay = mine & (state != _MOVED)
    counts = np.bincount(state[mine], minlength=_MOVED + 1).tolist()
    return QueueEffect(
        area,
        _queue(waited[mine]),
        _queue(waited[stay]),
        counts[_MOVED],
        tuple((reason, counts[place]) for reason, place in _REASONS.items() if counts[place]),
    )


def _queue(waited: Ints) -> Queue:
    long, very_long = LONG_DAYS
    return Queue(len(waited), int((waited > long).sum()), int((waited > very_long).sum()))


def _idle(offers: Sequence[Offer], areas: Sequence[str], scenario: RedistributionScenario) -> list[Received]:
    """Return the offers of areas that nobody waits in."""
    idle = (one for one in offers if one.area not in areas)
    return [Received(one, one.room(scenario.weeks), 0, _cost(one, 0), None, 0, None) for one in idle]


def _outcome(
    scenario: RedistributionScenario,
    day: str,
    placed: Sequence[_Placed],
    idle: Sequence[Received],
    effects: tuple[QueueEffect, ...],
) -> Redistribution:
    received = [one for area in placed for one in _received(area)]
    moved = sum(one.moved for one in received)
    without_price = sum(one.moved for one in received if one.offer.price is None)
    told = [(one.mean_km, one.moved - one.without_distance) for one in received if one.mean_km is not None]
    return Redistribution(
        scenario,
        day,
        tuple(sorted((*received, *idle), key=lambda one: (one.offer.area, one.offer.name, one.offer.provider_id))),
        effects,
        cost=None if moved and moved == without_price else sum(one.cost or 0 for one in received),
        without_price=without_price,
        mean_km=sum(km * n for km, n in told) / sum(n for _km, n in told) if told else None,
        without_distance=sum(one.without_distance for one in received),
        weeks=max((one.weeks for one in received if one.weeks is not None), default=None),
    )


def _received(area: _Placed) -> list[Received]:
    found = []
    for place, offer in enumerate(area.offers):
        placed, km = area.placed[:, place], area.km[:, place]
        moved, known = int(placed.sum()), km != _UNKNOWN
        with_km = int(placed[known].sum())
        found.append(
            Received(
                offer,
                int(area.room[place]),
                moved,
                _cost(offer, moved),
                int((placed * km)[known].sum()) / with_km if with_km else None,
                moved - with_km,
                offer.weeks_for(moved) if moved else None,
            )
        )
    return found


def _cost(offer: Offer, moved: int) -> int | None:
    return None if offer.price is None else offer.price * moved
