"""Who is operated on what, where and when: the index operations of the sample county."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange.sample.people import weighted
from kvalitetsapp.exchange.sample.places import OPERATING, ORTHOPAEDICS, SHOULDER_PLACES
from kvalitetsapp.exchange.sample.shapes import FOREVER, LEFT, RIGHT, Operation, Period, Place

if TYPE_CHECKING:
    import random

    from kvalitetsapp.exchange.sample.people import Population
    from kvalitetsapp.exchange.sample.shapes import Numbers, Person

LONGEST_STAY: Final = 14
FRACTURE: Final = "S7200"
_CODES: Final = {
    "hip": (("NFB49", 42), ("NFB29", 38), ("NFB39", 17), ("NFB99", 2), ("NFB62", 1)),
    "knee": (("NGB49", 82), ("NGB19", 9), ("NGB29", 5), ("NGB39", 2), ("NGB53", 1), ("NGB99", 1)),
    "shoulder": (("NBB59", 45), ("NBB29", 25), ("NBB69", 15), ("NBB39", 10), ("NBB49", 5)),
}
_FRACTURE_CODES: Final = (("NFB19", 60), ("NFB09", 15), ("NFB49", 25))
_DIAGNOSES: Final = {
    "hip": (("M161", 62), ("M160", 18), ("M169", 10), ("M163", 5), ("M167", 3), ("M165", 2)),
    "knee": (("M171", 60), ("M170", 20), ("M179", 12), ("M175", 5), ("M173", 3)),
    "shoulder": (("M190B", 70), ("M191B", 15), ("S4220", 15)),
}
_AGES: Final = {"hip": (69.5, 9.5), "knee": (69.0, 8.5), "shoulder": (71.0, 8.0)}
# How the side is recorded: by KVÅ code, in the procedures file, not at all, both codes, the two files at odds.
_CODINGS: Final = (("kva", 885), ("detail", 65), ("none", 40), ("double", 5), ("contradicted", 5))


def sizes(count: int) -> list[tuple[Place, int]]:
    """Share `count` operations among the operating providers, largest remainder first."""
    exact = [place.share * count for place in OPERATING]
    whole = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda at: (whole[at] - exact[at], at))
    for at in by_remainder[: count - sum(whole)]:
        whole[at] += 1
    return list(zip(OPERATING, whole, strict=True))


def plan_operations(
    rng: random.Random, period: Period, population: Population, numbers: Numbers, count: int
) -> list[Operation]:
    """Return exactly `count` index operations in order of date; everybody's fate is settled."""
    schedule = _Schedule(rng, Period(period.first, period.last - timedelta(days=LONGEST_STAY)), population, numbers)
    for place, size in sizes(count):
        schedule.fill(place, size)
    schedule.repeat_some(count // 500)
    fates = schedule.fates(period)
    settled = [replace(operation, person=fates[operation.person.personal_id]) for operation in schedule.operations]
    return sorted(settled, key=lambda operation: (operation.day, operation.episode_id, operation.side))


@dataclass(slots=True)
class _Schedule:
    """Operations under way, with each person's own."""

    rng: random.Random
    period: Period
    population: Population
    numbers: Numbers
    operations: list[Operation] = field(default_factory=list)
    at_place: dict[str, list[Operation]] = field(default_factory=lambda: defaultdict(list))
    of_person: dict[str, list[Operation]] = field(default_factory=lambda: defaultdict(list))

    def fill(self, place: Place, size: int) -> None:
        """Add exactly `size` operations at `place`."""
        left = size
        while left:
            chance = self.rng.random()
            if chance < 0.17 and (second := self._second(place)):
                made = [second]
            elif chance > 0.994 and left >= 2:
                made = self._both_sides(place)
            else:
                made = [self._first(place)]
            left -= len(made)
            for operation in made:
                self._add(operation)

    def repeat_some(self, count: int) -> None:
        """Turn `count` operations into second primaries of a joint and side that someone was already given."""
        for _ in range(count):
            before, repeat = self._pair_to_repeat()
            later = min(before.day + timedelta(days=self.rng.randint(200, 500)), self.period.last)
            twin = replace(before, day=later, episode_id=repeat.episode_id, place=repeat.place)
            self.operations[self.operations.index(repeat)] = twin
            self.of_person[before.person.personal_id].append(twin)
            del self.of_person[repeat.person.personal_id]

    def fates(self, period: Period) -> dict[str, Person]:
        """Return everybody as they turned out: deaths, moves and numbers that came later."""
        fates = {}
        for turn, (personal_id, operations) in enumerate(self.of_person.items()):
            latest = max(operation.day for operation in operations)
            broken = any(operation.diagnosis == FRACTURE for operation in operations)
            person = self.population.with_fate(operations[0].person, latest, period.last, frail=3.0 if broken else 0.8)
            if turn % 600 == 40:  # a finding: moved out before the operation
                person = replace(person, died=FOREVER, moved=latest - timedelta(days=self.rng.randint(1000, 2000)))
            if turn % 160 == 7:
                soon = latest + timedelta(days=self.rng.randint(1, 60))
                person = self.population.with_reserve(person, soon)
            fates[personal_id] = person
        return fates

    def _add(self, operation: Operation) -> None:
        self.operations.append(operation)
        self.at_place[operation.place.provider_id].append(operation)
        self.of_person[operation.person.personal_id].append(operation)

    def _day(self) -> date:
        """Draw a day on which there is planned surgery: hardly ever at weekends, little in July."""
        while True:
            day = self.period.day(self.rng)
            quiet = day.weekday() >= 5 or day.month == 7
            if not quiet or self.rng.random() < 0.12:
                return day

    def _joint(self, place: Place) -> str:
        if place.provider_id in SHOULDER_PLACES and self.rng.random() < 0.045:
            return "shoulder"
        return "hip" if self.rng.random() < place.hips else "knee"

    def _first(self, place: Place) -> Operation:
        """Return the operation of someone new."""
        joint, day = self._joint(place), self._day()
        broken = place is ORTHOPAEDICS and joint == "hip" and self.rng.random() < 0.2
        age, spread = (82.0, 6.5) if broken else _AGES[joint]
        person = self.population.person(day, age, spread, women=0.66 if broken else 0.56)
        side = RIGHT if self.rng.random() < 0.53 else LEFT
        return self._operation(person, place, joint, side, day, broken=broken)

    def _second(self, place: Place) -> Operation | None:
        """Return a later operation of someone operated before, mostly on the other side; None where none fits."""
        everywhere = self.rng.random() < 0.2
        choices = self.operations if everywhere else self.at_place[place.provider_id]
        if not choices:
            return None
        earlier = self.rng.choice(choices)
        day = earlier.day + timedelta(days=self.rng.randint(85, 900))
        joint = earlier.joint if self.rng.random() < 0.75 else self._joint(place)
        side = LEFT if earlier.side == RIGHT else RIGHT
        taken = {(other.joint, other.side) for other in self.of_person[earlier.person.personal_id]}
        if day > self.period.last or day.weekday() >= 5 or (joint, side) in taken:
            return None
        return self._operation(earlier.person, place, joint, side, day)

    def _both_sides(self, place: Place) -> list[Operation]:
        """Return two operations of one person in one stay (KVÅ ZXA10)."""
        joint, day = self._joint(place), self._day()
        person = self.population.person(day, 64.0, 7.0)
        right = replace(self._operation(person, place, joint, RIGHT, day), coding="both")
        return [right, replace(right, side=LEFT)]

    def _operation(
        self, person: Person, place: Place, joint: str, side: str, day: date, *, broken: bool = False
    ) -> Operation:
        code = weighted(self.rng, _FRACTURE_CODES if broken else _CODES[joint])
        diagnosis = FRACTURE if broken else weighted(self.rng, _DIAGNOSES[joint])
        coding = weighted(self.rng, _CODINGS)
        return Operation(person, place, joint, side, day, code, diagnosis, self.numbers.next(), coding)

    def _pair_to_repeat(self) -> tuple[Operation, Operation]:
        """Return an operation with known side early in the period, and another person's only one to give up for it."""
        alone = [op for op in self.operations if len(self.of_person[op.person.personal_id]) == 1]
        early = self.period.first + timedelta(days=(self.period.last - self.period.first).days // 2)
        before = self.rng.choice([op for op in alone if op.day < early and op.coding == "kva"])
        others = [op for op in alone if op.place.provider_id == before.place.provider_id and op is not before]
        return before, self.rng.choice(others)
