"""The index stays themselves, with their details, and the visits planned around them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange.sample.agreements import agreed_price
from kvalitetsapp.exchange.sample.complications import drawn_cost, known_cost, unit_of
from kvalitetsapp.exchange.sample.operations import FRACTURE
from kvalitetsapp.exchange.sample.people import weighted
from kvalitetsapp.exchange.sample.places import ORTHOPAEDICS, price_in
from kvalitetsapp.exchange.sample.shapes import LATERALITY, LEFT, RIGHT, Detail, Episode, Operation, Period

if TYPE_CHECKING:
    import random

    from kvalitetsapp.exchange.sample.shapes import Numbers

_NIGHTS: Final = {"own": (1, 1, 2, 2, 2, 3, 3, 4, 5), "private": (0, 1, 1, 1, 1, 2, 2, 3), "public": (1, 2, 2, 3, 4)}
_PLANNED_COST: Final = (75_000, 52_000, 125_000)
_FRACTURE_COST: Final = (108_000, 74_000, 190_000)
_VISIT_COST: Final = (3_400, 2_500, 5_400)
_CHECK_UP_PRICE: Final = 165_000
_ILLNESSES: Final = ("I109", "E119", "I489", "J440", "M810", "E785", "K219", "F329", "E669", "I259")
_DRG: Final = "H05E"
_INVOICED_OTHERWISE: Final = 50
_OTHER_SIDE: Final = {RIGHT: LEFT, LEFT: RIGHT}


def index_stays(rng: random.Random, operations: list[Operation], period: Period) -> tuple[list[Episode], list[Detail]]:
    """Return one stay for every operation (two operations on both sides share one) and what is told apart of it."""
    episodes: dict[str, Episode] = {}
    details: list[Detail] = []
    for operation in operations:
        if operation.episode_id not in episodes:
            episodes[operation.episode_id] = _stay(rng, operation, period)
            details += _details(rng, operation)
    return list(episodes.values()), details


def planned_visits(rng: random.Random, operations: list[Operation], period: Period, numbers: Numbers) -> list[Episode]:
    """Return the visits before and after operations; none of them carries a trigger."""
    visits = []
    for operation in operations:
        planned = operation.diagnosis != FRACTURE
        for chance, days, own, diagnosis in (
            (0.55 if planned else 0.0, -rng.randint(35, 170), 1.0, operation.diagnosis),
            (0.82, rng.randint(75, 110), 0.45, "Z478"),
            (0.35, rng.randint(350, 400), 0.7, "Z099"),
        ):
            day = _weekday(operation.day + timedelta(days=days))
            if rng.random() < chance and period.first <= day <= min(period.last, operation.person.here_until()):
                here = operation.place.kind == "own" or rng.random() < own
                visits.append(_visit(rng, operation, day, diagnosis, numbers.next(), period, here=here))
    return visits


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _stay(rng: random.Random, operation: Operation, period: Period) -> Episode:
    place, broken = operation.place, operation.diagnosis == FRACTURE
    nights = rng.randint(6, 13) if broken else rng.choice(_NIGHTS[place.kind])
    before = 1 if broken and nights and operation.day > period.first and rng.random() < 0.6 else 0
    care_form = "inpatient" if nights else "outpatient"
    admitted = operation.day - timedelta(days=before)
    discharged = max(operation.day, admitted + timedelta(days=nights))
    own = place.kind == "own"
    cost = drawn_cost(rng, _FRACTURE_COST if broken else _PLANNED_COST, 0.16)
    route = weighted(rng, place.routes)
    return Episode(
        operation.episode_id,
        operation.person,
        place,
        route,
        care_form,
        admitted,
        discharged,
        operation.diagnosis,
        unit_of(place, care_form),
        tuple(rng.sample(_ILLNESSES, rng.choice((0, 0, 1, 1, 2)))),
        _procedures(rng, operation),
        operation.day if before or rng.random() < 0.8 else None,
        _DRG if own or rng.random() < 0.7 else "",
        known_cost(rng, cost, discharged, period.last) if own else None,
        None if own else _price(operation, route, period),
    )


def _price(operation: Operation, route: str, period: Period) -> int:
    """Return the agreed price, twice where both sides were operated on; one stay in fifty is invoiced otherwise."""
    agreed = agreed_price(operation, route, period)
    if agreed is None or int(operation.episode_id) % _INVOICED_OTHERWISE == 0:
        return price_in(operation.place, operation.day.year, period.first.year)
    return agreed * (2 if operation.coding == "both" else 1)


def _procedures(rng: random.Random, operation: Operation) -> tuple[str, ...]:
    """Return the codes of the stay with the operation's side recorded as its `coding` tells (R1)."""
    right_code = LATERALITY[operation.side]
    wrong_code = LATERALITY[_OTHER_SIDE[operation.side]]
    sides: dict[str, tuple[str, ...]] = {
        "kva": (right_code,),
        "both": ("ZXA10",),
        "double": (right_code, wrong_code),
        "contradicted": (wrong_code,),
    }
    blood = ("DR029",) if rng.random() < 0.04 else ()
    return (operation.code, *sides.get(operation.coding, ()), *blood)


def _details(rng: random.Random, operation: Operation) -> list[Detail]:
    """Return the rows of the procedures file for a stay: a side where that is where it stands, or only the date."""
    told = operation.coding in {"detail", "contradicted"}
    if not told and rng.random() >= 0.1:
        return []
    side = operation.side if told else ""
    return [Detail(operation.place.source, operation.episode_id, operation.code, operation.day, side)]


def _visit(
    rng: random.Random, operation: Operation, day: date, diagnosis: str, number: str, period: Period, *, here: bool
) -> Episode:
    place = ORTHOPAEDICS if here else operation.place
    cost = known_cost(rng, drawn_cost(rng, _VISIT_COST), day, period.last)
    return Episode(
        number,
        operation.person,
        place,
        "own" if here else weighted(rng, place.routes),
        "outpatient",
        day,
        day,
        diagnosis,
        unit_of(place, "outpatient"),
        ("Z966",) if day > operation.day else (),
        cost=cost if here else None,
        price=None if here else _CHECK_UP_PRICE,
    )
