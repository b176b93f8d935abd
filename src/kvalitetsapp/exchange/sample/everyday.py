"""Everything else that fills a county's tables: other joints, fractures, pneumonias, prostheses from before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange.sample.complications import drawn_cost, known_cost, unit_of
from kvalitetsapp.exchange.sample.places import MEDICINE, ORTHOPAEDICS
from kvalitetsapp.exchange.sample.shapes import LATERALITY, LEFT, RIGHT, Episode

if TYPE_CHECKING:
    import random
    from datetime import date

    from kvalitetsapp.exchange.sample.people import Population
    from kvalitetsapp.exchange.sample.shapes import Numbers, Operation, Period, Person, Place


@dataclass(frozen=True, slots=True)
class _Care:
    """A kind of episode: where, what for, what was done, nights and cost in kronor."""

    place: Place
    weight: int
    diagnoses: tuple[str, ...]
    procedures: tuple[str, ...] = ()
    nights: tuple[int, int] = (0, 0)
    cost: tuple[int, int, int] = (3_500, 2_500, 6_000)


_ORDINARY: Final = (
    _Care(ORTHOPAEDICS, 16, ("M171", "M161", "M179", "M170", "M169")),
    _Care(ORTHOPAEDICS, 9, ("M751", "M754", "M759")),
    _Care(ORTHOPAEDICS, 7, ("M545", "M544", "M480K", "M548")),
    _Care(ORTHOPAEDICS, 8, ("M201", "M202", "M205", "G560", "M653", "M720", "M706", "M232")),
    _Care(ORTHOPAEDICS, 3, ("G560",), ("ACC51",), cost=(9_500, 6_500, 14_000)),
    _Care(ORTHOPAEDICS, 5, ("S5250", "S8260", "S9230", "S4200", "S6260")),
    _Care(ORTHOPAEDICS, 3, ("S5250", "S5260"), ("NDJ69",), (1, 2), (47_000, 31_000, 78_000)),
    _Care(ORTHOPAEDICS, 2, ("S8260", "S8270"), ("NHJ62",), (2, 5), (68_000, 45_000, 110_000)),
    _Care(ORTHOPAEDICS, 2, ("M480K",), (), (2, 4), (52_000, 35_000, 90_000)),
    _Care(MEDICINE, 12, ("I109", "I489", "E119", "I259", "D509", "E039", "G473")),
    _Care(MEDICINE, 7, ("R074", "R559", "R060", "R104", "R509", "A099")),
    _Care(MEDICINE, 7, ("J189", "N390", "J441", "I509", "J159"), (), (2, 8), (44_000, 21_000, 96_000)),
    _Care(MEDICINE, 5, ("I489", "I639", "I214", "I501", "N179"), (), (2, 9), (52_000, 24_000, 118_000)),
    _Care(MEDICINE, 3, ("F419", "Z038", "R296")),
)
_OLD_PROSTHESES: Final = (
    _Care(ORTHOPAEDICS, 4, ("T840F",), ("NFC40",), (4, 8), (152_000, 98_000, 240_000)),
    _Care(ORTHOPAEDICS, 4, ("T840G",), ("NGC49",), (3, 7), (148_000, 95_000, 230_000)),
    _Care(ORTHOPAEDICS, 2, ("T845F",), ("NFS19",), (8, 16), (170_000, 110_000, 290_000)),
    _Care(ORTHOPAEDICS, 2, ("M966F",), ("NFJ69",), (6, 12), (160_000, 110_000, 260_000)),
    _Care(ORTHOPAEDICS, 3, ("T840F",), ("NFH20",), (1, 2), (30_000, 19_000, 50_000)),
)
_OTHER_SIDE: Final = {RIGHT: LEFT, LEFT: RIGHT}


@dataclass(slots=True)
class Everyday:
    """Draws episodes that have nothing to do with the index operations."""

    rng: random.Random
    period: Period
    population: Population
    numbers: Numbers

    def strangers(self, count: int) -> list[Person]:
        """Return people whom the county knows although none of their joints was replaced in the period."""
        first = self.period.first
        people = [self.population.person(first, 69.0, 11.0) for _ in range(count)]
        return [self.population.with_fate(person, first, self.period.last) for person in people]

    def ordinary(self, people: list[Person], count: int) -> list[Episode]:
        """Return `count` episodes without any trigger."""
        episodes: list[Episode] = []
        while len(episodes) < count:
            person, day = self.rng.choice(people), self.period.day(self.rng)
            if (day.weekday() < 5 or self.rng.random() < 0.3) and person.here_until() > day:
                episodes.append(self._episode(person, self._pick(_ORDINARY), day))
        return episodes

    def old_prostheses(self, people: list[Person], count: int) -> list[Episode]:
        """Return revisions of prostheses from before the period: events without an index operation."""
        here = [person for person in people if person.here_until() > self.period.last]
        chosen = self.rng.sample(here, count)
        return [self._episode(person, self._pick(_OLD_PROSTHESES), self.period.day(self.rng)) for person in chosen]

    def other_hips(self, operations: list[Operation], count: int) -> list[Episode]:
        """Return broken hips on the side that has no prosthesis."""
        hips = [op for op in operations if op.joint == "hip" and op.person.here_until() > self.period.last]
        care = _Care(ORTHOPAEDICS, 1, ("S7210",), ("NFJ59",), (6, 12), (96_000, 66_000, 150_000))
        found = []
        for operation in self.rng.sample(hips, min(len(hips), count)):
            day = operation.day + timedelta(days=self.rng.randint(60, 900))
            if day <= self.period.last:
                found.append(self._episode(operation.person, care, day, _OTHER_SIDE[operation.side]))
        return found

    def _pick(self, kinds: tuple[_Care, ...]) -> _Care:
        return self.rng.choices(kinds, [kind.weight for kind in kinds])[0]

    def _episode(self, person: Person, care: _Care, day: date, side: str = "") -> Episode:
        """Return one episode that ends within the period and the person's time."""
        nights = self.rng.randint(*care.nights)
        discharged = min(day + timedelta(days=nights), self.period.last, person.here_until())
        side = side or self.rng.choice((RIGHT, LEFT))
        procedures = (*care.procedures, LATERALITY[side]) if care.procedures else ()
        care_form = "inpatient" if nights else "outpatient"
        cost = drawn_cost(self.rng, care.cost, 0.28)
        return Episode(
            self.numbers.next(),
            person,
            care.place,
            "own",
            care_form,
            day,
            discharged,
            self.rng.choice(care.diagnoses),
            unit_of(care.place, care_form),
            procedures=procedures,
            procedure_date=day if procedures else None,
            cost=known_cost(self.rng, cost, discharged, self.period.last),
        )
