"""Lets complications happen to operations at the providers' rates, and makes the episodes they lead to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange.sample import courses
from kvalitetsapp.exchange.sample.people import weighted
from kvalitetsapp.exchange.sample.places import INFECTION, MEDICINE, OPERATING, ORTHOPAEDICS
from kvalitetsapp.exchange.sample.shapes import LATERALITY, Complication, Episode

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping

    from kvalitetsapp.exchange.sample.courses import Course, Step
    from kvalitetsapp.exchange.sample.shapes import Numbers, Operation, Period, Place

TWO_YEARS: Final = 730
LETTER: Final = {"hip": "F", "knee": "G", "shoulder": "B"}
_DEPARTMENTS: Final = {courses.ORT: ORTHOPAEDICS, courses.INF: INFECTION, courses.MED: MEDICINE}
_UNITS: Final = {
    ("OSV", "inpatient"): "Avdelning 4 ortopedi",
    ("OSV", "outpatient"): "Ortopedmottagningen",
    ("ISV", "inpatient"): "Infektionsavdelningen",
    ("ISV", "outpatient"): "Infektionsmottagningen",
    ("MSV", "inpatient"): "Medicinavdelning 2",
    ("MSV", "outpatient"): "Akutmottagningen",
}
_LATE_SHARE: Final = 0.02
_LATE_FROM: Final = timedelta(days=1_100)
_BOTH_SIDES_SHARE: Final = 0.04
_DEAREST_CASE: Final = 760_000
_COSTS_COME_AFTER: Final = timedelta(days=45)


def unit_of(place: Place, care_form: str) -> str:
    """Return the ward or clinic of an own department; bought care names none."""
    return _UNITS.get((place.provider_id, care_form), "")


def drawn_cost(rng: random.Random, cost: tuple[int, int, int], spread: float = 0.22) -> int:
    """Draw a cost in öre, log-normal around the median, between the lowest and the highest."""
    median, lowest, highest = cost
    while not lowest <= (kronor := median * rng.lognormvariate(0.0, spread)) <= highest:
        pass
    return round(kronor * 100)


def known_cost(rng: random.Random, cost: int, discharged: date, last: date) -> int | None:
    """Return the cost, or None where the costing has not come yet or never did."""
    missing = 0.6 if discharged > last - _COSTS_COME_AFTER else 0.025
    return None if rng.random() < missing else cost


def complications_of(
    rng: random.Random, operations: list[Operation], period: Period, numbers: Numbers
) -> list[Complication]:
    """Return every complication that began before the period's end, in the order of the operations."""
    maker = _Maker(rng, period, numbers, on_both_sides(operations))
    found: list[Complication] = []
    for place in OPERATING:
        for joint in courses.SURGICAL:
            here = [op for op in operations if op.place.provider_id == place.provider_id and op.joint == joint]
            found += maker.at_rates(place, joint, here)
    return found


def on_both_sides(operations: list[Operation]) -> set[tuple[str, str]]:
    """Return (person, joint) of those operated on both sides: their events without a side are hard to place."""
    sides: dict[tuple[str, str], set[str]] = defaultdict(set)
    for operation in operations:
        sides[operation.person.personal_id, operation.joint].add(operation.side)
    return {key for key, found in sides.items() if len(found) > 1}


@dataclass(slots=True)
class _Maker:
    rng: random.Random
    period: Period
    numbers: Numbers
    on_both_sides: set[tuple[str, str]]

    def at_rates(self, place: Place, joint: str, here: list[Operation]) -> list[Complication]:
        """Let the place's shares of its operations on a joint go wrong, old and recent ones apart."""
        rate = place.rate(joint)
        old = [op for op in here if (self.period.last - op.day).days >= TWO_YEARS]
        recent = [op for op in here if (self.period.last - op.day).days < TWO_YEARS]
        hit = [*self._chosen(old, rate), *self._chosen(recent, rate)]
        found = self._run(hit, courses.SURGICAL[joint], surgical=True)
        rest = [op for op in here if op not in hit]
        found += self._run(self._chosen(rest, place.mild), courses.MILD[joint], surgical=False)
        if not rate:
            return found
        late = self._chosen([op for op in rest if self.period.last - op.day >= _LATE_FROM], _LATE_SHARE)
        found += self._run(late, courses.LATE[joint], surgical=True)
        either = self._chosen([op for op in rest if self._has_both_sides(op)], _BOTH_SIDES_SHARE)
        return found + self._run(either, courses.EITHER_SIDE[joint], surgical=False)

    def _has_both_sides(self, operation: Operation) -> bool:
        return (operation.person.personal_id, operation.joint) in self.on_both_sides

    def _chosen(self, operations: list[Operation], rate: float) -> list[Operation]:
        """Draw that share of the operations, among the people who stayed to be seen again."""
        seen = timedelta(days=TWO_YEARS)
        stayed = [op for op in operations if op.person.here_until() >= min(op.day + seen, self.period.last)]
        return self.rng.sample(stayed, min(len(stayed), round(rate * len(operations))))

    def _run(self, hit: Iterable[Operation], choices: tuple[Course, ...], *, surgical: bool) -> list[Complication]:
        names: Mapping[str, Course] = {course.name: course for course in choices}
        weights = tuple((course.name, course.weight) for course in choices)
        found: list[Complication] = []
        for operation in hit:
            course = names[weighted(self.rng, weights)]
            episodes = self._course(operation, course)
            found += [Complication(operation, episode, surgical, course.doubtful) for episode in episodes]
        return found

    def _course(self, operation: Operation, course: Course) -> list[Episode]:
        """Return the episodes of a course as far as the period and the person's time reach."""
        elsewhere = operation.place.kind != "own" and self.rng.random() < 0.1
        day, episodes = operation.day, []
        for step in course.steps:
            if self.rng.random() >= step.chance:
                continue
            place = operation.place if elsewhere else _DEPARTMENTS[step.where]
            episode = self._episode(operation, step, place, day + timedelta(days=self.rng.randint(*step.wait)))
            if episode.discharged > min(self.period.last, operation.person.here_until()):
                break
            episodes.append(episode)
            day = episode.discharged
        return _held(episodes)

    def _episode(self, operation: Operation, step: Step, place: Place, admitted: date) -> Episode:
        discharged = admitted + timedelta(days=self.rng.randint(*step.stay))
        procedures = self._procedures(operation, step)
        care_form = "inpatient" if step.stay[1] else "outpatient"
        cost = known_cost(self.rng, drawn_cost(self.rng, step.cost), discharged, self.period.last)
        own = place.kind == "own"
        return Episode(
            self.numbers.next(),
            operation.person,
            place,
            "own" if own else weighted(self.rng, place.routes),
            care_form,
            admitted,
            discharged,
            step.diagnosis.format(j=LETTER[operation.joint]),
            unit_of(place, care_form),
            step.other,
            procedures,
            min(discharged, admitted + timedelta(days=self.rng.randint(0, 2))) if procedures else None,
            step.drg,
            cost if own else None,
            None if own else 0,
        )

    def _procedures(self, operation: Operation, step: Step) -> tuple[str, ...]:
        chosen = self.rng.choice(step.procedures)
        if not chosen or self.rng.random() < (0.6 if self._has_both_sides(operation) else 0.1):
            return chosen
        return (*chosen, LATERALITY[operation.side])


def _held(episodes: list[Episode]) -> list[Episode]:
    """Scale the costs of a case that would pass what the dearest known cases cost."""
    total = sum(episode.cost or 0 for episode in episodes)
    if total <= _DEAREST_CASE * 100:
        return episodes
    share = _DEAREST_CASE * 100 / total
    return [replace(episode, cost=int((episode.cost or 0) * share) or None) for episode in episodes]
