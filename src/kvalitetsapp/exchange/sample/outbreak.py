"""Infections one after another at one provider, so that what watches over time has something to see."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange.sample.complications import LETTER, drawn_cost, unit_of
from kvalitetsapp.exchange.sample.places import INFECTION
from kvalitetsapp.exchange.sample.shapes import Complication, Episode, Numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.exchange.sample.shapes import Operation, Period

_PROVIDER: Final = "P02"
_FEWEST_OPERATIONS: Final = 200
_BEGAN: Final = 1_000  # days before the period's end: two years of follow-up have passed
_AFTER_EACH_OTHER: Final = 16
_INFECTED: Final = 6
_COST: Final = (57_000, 34_000, 99_000)


def outbreak(
    operations: Iterable[Operation], complications: Iterable[Complication], period: Period, numbers: Numbers, seed: int
) -> list[Complication]:
    """Return infections after some of a few operations in a row, none in a county where the provider is small."""
    rng = random.Random(f"outbreak {seed}")  # noqa: S311 - sample data, nothing secret depends on it
    here = [one for one in operations if one.place.provider_id == _PROVIDER]
    if len(here) < _FEWEST_OPERATIONS:
        return []
    begins = period.last - timedelta(days=_BEGAN)
    ill = {one.operation.person.personal_id for one in complications}
    row = [one for one in here if one.day >= begins][:_AFTER_EACH_OTHER]
    well = [one for one in row if one.person.personal_id not in ill and one.coding in {"kva", "detail"}]
    own = Numbers(rng, numbers.used)
    chosen = rng.sample(well, min(_INFECTED, len(well)))
    chosen.sort(key=lambda one: (one.day, one.episode_id))
    found = [Complication(one, _stay(rng, one, own), surgical=False, doubtful=False) for one in chosen]
    return [one for one in found if one.episode.discharged <= one.operation.person.here_until()]


def _stay(rng: random.Random, operation: Operation, numbers: Numbers) -> Episode:
    admitted = operation.day + timedelta(days=rng.randint(8, 24))
    return Episode(
        numbers.next(),
        operation.person,
        INFECTION,
        "own",
        "inpatient",
        admitted,
        admitted + timedelta(days=rng.randint(3, 8)),
        f"T845{LETTER[operation.joint]}",
        unit_of(INFECTION, "inpatient"),
        ("B956",),
        cost=drawn_cost(rng, _COST),
    )
