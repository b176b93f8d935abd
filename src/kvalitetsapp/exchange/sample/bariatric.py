"""Bariatric surgery in the sample county: a family that is followed by choice, in files of its own.

Its persons and numbers are drawn apart from the rest, whose figures are the same with it and without.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange.sample.complications import drawn_cost
from kvalitetsapp.exchange.sample.people import Population, weighted
from kvalitetsapp.exchange.sample.places import MEDICINE, OPERATING
from kvalitetsapp.exchange.sample.rows import episode_row, person_row, provider_row
from kvalitetsapp.exchange.sample.shapes import Episode, Numbers, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kvalitetsapp.exchange.sample.rows import Row
    from kvalitetsapp.exchange.sample.shapes import Period, Person

OPERATIONS: Final = 260
ANSWERS: Final = "obesitasregister"
SURGERY: Final = Place(
    "KSV", "Kirurgi Storvattnet", "own", "23", MEDICINE.org_number, "kirurgi@storvattnet.example",
    routes=(("own", 1),),
)  # fmt: skip

_ELSEWHERE: Final = {place.provider_id: place for place in OPERATING}
_AT: Final = ((SURGERY, 45, "own"), (_ELSEWHERE["U01"], 35, "riksavtal"), (_ELSEWHERE["P05"], 20, "other"))
_CODES: Final = (("JDF11", 58), ("JDF41", 42))
_OBESITY: Final = "E660"
_PRICE: Final = 86_000
_STAY_COST: Final = (88_000, 70_000, 120_000)
_SPREAD: Final = 0.25


@dataclass(frozen=True, slots=True)
class _Harm:
    """What may follow: after how many of 1 000 operations, within which days, what it is, what is done and costs."""

    of_thousand: int
    days: tuple[int, int]
    diagnosis: str
    procedure: str
    nights: tuple[int, int]
    cost: tuple[int, int, int]


_HARMS: Final = (
    _Harm(16, (1, 9), "K920", "JWE00", (3, 7), (96_000, 60_000, 170_000)),
    _Harm(12, (2, 20), "K650", "JWF00", (6, 16), (190_000, 110_000, 340_000)),
    _Harm(35, (90, 690), "K565", "JAP01", (2, 5), (74_000, 48_000, 130_000)),
    _Harm(30, (40, 900), "K283", "", (1, 4), (32_000, 18_000, 60_000)),
)
_OCCASIONS: Final = (("preop", (-45, -10), 0.97), ("1y", (340, 410), 0.84), ("2y", (700, 780), 0.66))


def bariatric_rows(period: Period, seed: int, persons: Iterable[str], episodes: Iterable[int]) -> dict[str, list[Row]]:
    """Return rows of `providers`, `persons`, `episodes` and `proms`, without the numbers that others have."""
    rng = random.Random(f"bariatric {seed}")  # noqa: S311 - sample data, nothing secret depends on it
    population, numbers = Population(rng, set(persons)), Numbers(rng, set(episodes))
    patients = [_patient(rng, population, period) for _each in range(OPERATIONS)]
    care = [one for patient in patients for one in _care(rng, patient, period, numbers)]
    answers = [row for patient in patients for row in _answers(rng, patient, period)]
    return {
        "providers": [provider_row(SURGERY)],
        "persons": sorted((person_row(one.person) for one in patients), key=lambda row: row["personal_id"]),
        "episodes": [episode_row(one) for one in sorted(care, key=lambda one: (one.discharged, one.episode_id))],
        "proms": sorted(answers, key=lambda row: (row["answered_on"], row["personal_id"], row["item"])),
    }


@dataclass(frozen=True, slots=True)
class _Patient:
    """Somebody operated: height in centimetres, weight before in kilograms, share of the excess that is lost."""

    person: Person
    place: Place
    route: str
    day: date
    code: str
    height: int
    weight: float
    lost: float


def _patient(rng: random.Random, population: Population, period: Period) -> _Patient:
    day = period.day(rng)
    person = population.with_fate(population.person(day, 44.0, 9.0, women=0.72), day, period.last)
    place, _weight, route = rng.choices(_AT, [weight for _place, weight, _route in _AT])[0]
    height = round(rng.gauss(167 if person.sex == "female" else 180, 6))
    weight = max(36.0, rng.gauss(41.5, 4.0)) * (height / 100) ** 2
    return _Patient(
        person, place, route, day, weighted(rng, _CODES), height, weight, min(1.1, max(0.1, rng.gauss(0.72, 0.2)))
    )


def _care(rng: random.Random, patient: _Patient, period: Period, numbers: Numbers) -> Iterator[Episode]:
    own = patient.place is SURGERY
    nights = rng.randint(1, 2)
    yield Episode(
        *(numbers.next(), patient.person, patient.place, patient.route, "inpatient", patient.day),
        min(patient.day + timedelta(days=nights), period.last),
        _OBESITY,
        procedures=(patient.code,),
        procedure_date=patient.day,
        cost=drawn_cost(rng, _STAY_COST, _SPREAD) if own else None,
        price=None if own else _PRICE * 100,
    )
    for harm in _HARMS:
        day = patient.day + timedelta(days=rng.randint(*harm.days))
        if rng.randrange(1_000) < harm.of_thousand and day <= min(period.last, patient.person.here_until()):
            yield _harmed(rng, patient, harm, day, period, numbers)


def _harmed(
    rng: random.Random, patient: _Patient, harm: _Harm, day: date, period: Period, numbers: Numbers
) -> Episode:
    discharged = min(day + timedelta(days=rng.randint(*harm.nights)), period.last, patient.person.here_until())
    return Episode(
        *(numbers.next(), patient.person, SURGERY, "own", "inpatient", day, discharged, harm.diagnosis),
        procedures=(harm.procedure,) if harm.procedure else (),
        procedure_date=day if harm.procedure else None,
        cost=drawn_cost(rng, harm.cost, _SPREAD),
    )


def _answers(rng: random.Random, patient: _Patient, period: Period) -> Iterator[Row]:
    """Yield what somebody weighed before and after; the excess is what is over a body mass index of 25."""
    excess = patient.weight - 25 * (patient.height / 100) ** 2
    for occasion, days, share in _OCCASIONS:
        day = patient.day + timedelta(days=rng.randint(*days))
        kept = 1.0 if occasion == "1y" else 0.93
        lost = 0.0 if occasion == "preop" else excess * patient.lost * kept + rng.gauss(0.0, 2.5)
        if rng.random() < share and period.first <= day <= min(period.last, patient.person.here_until()):
            yield _row(patient, occasion, day, "weight_kg", f"{patient.weight - lost:.1f}".replace(".", ","))
            if occasion == "preop":
                yield _row(patient, occasion, day, "height_cm", str(patient.height))


def _row(patient: _Patient, occasion: str, day: date, item: str, value: str) -> Row:
    return {
        "source": ANSWERS,
        "personal_id": patient.person.personal_id,
        "joint": "bariatric",
        "side": "",
        "instrument": "weight",
        "item": item,
        "value": value,
        "occasion": occasion,
        "answered_on": day.isoformat(),
    }
