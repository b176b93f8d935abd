"""Puts the sample county together and writes its files in the standard profile."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange.sample import flaws, rows
from kvalitetsapp.exchange.sample.agreements import agreements_toml
from kvalitetsapp.exchange.sample.answers import answer_rows
from kvalitetsapp.exchange.sample.bariatric import bariatric_rows
from kvalitetsapp.exchange.sample.complications import complications_of, on_both_sides
from kvalitetsapp.exchange.sample.everyday import Everyday
from kvalitetsapp.exchange.sample.inhabitants import population_rows
from kvalitetsapp.exchange.sample.operations import plan_operations
from kvalitetsapp.exchange.sample.outbreak import outbreak
from kvalitetsapp.exchange.sample.people import Population
from kvalitetsapp.exchange.sample.places import PLACES
from kvalitetsapp.exchange.sample.published import own_figures
from kvalitetsapp.exchange.sample.register import register_rows
from kvalitetsapp.exchange.sample.reviews import verdicts_on
from kvalitetsapp.exchange.sample.shapes import Numbers, Period
from kvalitetsapp.exchange.sample.stays import index_stays, planned_visits
from kvalitetsapp.exchange.sample.truths import truth_of
from kvalitetsapp.exchange.sample.waiting import waiting_rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kvalitetsapp.exchange.sample.rows import Row
    from kvalitetsapp.exchange.sample.shapes import Detail, Episode, Operation, Person, Verdict

FEWEST_OPERATIONS: Final = 50
IMPORT_ORDER: Final = (
    "providers", "persons", "agreements", "episodes", "procedures", "aliases", "verdicts", "benchmarks", "proms",
    "register_operations", "population", "waiting",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _County:
    period: Period
    persons: list[Person]
    episodes: list[Episode]
    details: list[Detail]
    verdicts: list[Verdict]
    truth: list[Verdict]
    outbreak: list[Episode]
    answers: list[Row]
    registered: list[Row]
    inhabitants: list[Row]
    waiting: list[Row]
    bariatric: dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class _Unrelated:
    ordinary: list[Episode]
    old_prostheses: list[Episode]
    other_hips: list[Episode]


def write_county(
    folder: Path,
    *,
    seed: int = 1,
    operations: int = 2000,
    last_day: date,
    years: int = 5,
    truth: Path | None = None,
    bariatric: bool = False,
) -> list[tuple[str, Path]]:
    """Write a county with exactly `operations` (at least 50) index operations in the `years` up to `last_day`.

    Returns (kind, file) in the order in which the files go in, those of `bariatric` surgery last. What really happened
    is written to the file `truth`, which is not one of them and knows nothing of bariatric surgery. The same arguments
    give the same bytes.
    """
    if operations < FEWEST_OPERATIONS:
        message = f"a county needs at least {FEWEST_OPERATIONS} operations, not {operations}"
        raise ValueError(message)
    rng = random.Random(seed)  # noqa: S311 - sample data, nothing secret depends on it
    county = _county(rng, seed, _period(last_day, years), operations, bariatric=bariatric)
    texts = _texts(rng, county)
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for kind in IMPORT_ORDER:
        path = folder / f"{kind}.{'toml' if kind == 'agreements' else 'csv'}"
        path.write_text(texts[kind], encoding="utf-8", newline="")
        files.append((kind, path))
    for kind, table in county.bariatric.items():
        path = folder / f"bariatric_{kind}.csv"
        path.write_text(rows.csv_text(table), encoding="utf-8", newline="")
        files.append((kind, path))
    if truth is not None:
        truth.write_text(rows.csv_text(list(map(rows.verdict_row, county.truth))), encoding="utf-8", newline="")
    return files


def _period(last_day: date, years: int) -> Period:
    day = 28 if (last_day.month, last_day.day) == (2, 29) else last_day.day
    return Period(last_day.replace(year=last_day.year - years, day=day) + timedelta(days=1), last_day)


def _county(rng: random.Random, seed: int, period: Period, count: int, *, bariatric: bool) -> _County:
    population, numbers = Population(rng), Numbers(rng)
    operations = plan_operations(rng, period, population, numbers, count)
    stays, details = index_stays(rng, operations, period)
    complications = complications_of(rng, operations, period, numbers)
    operated = list({operation.person.personal_id: operation.person for operation in operations}.values())
    everyday = Everyday(rng, period, population, numbers)
    strangers = everyday.strangers(max(30, count // 5))
    planned = planned_visits(rng, operations, period, numbers)
    unrelated = _unrelated(everyday, operations, operated, strangers)
    other = [*planned, *unrelated.ordinary, *unrelated.old_prostheses, *unrelated.other_hips]
    events = [found.episode for found in complications]
    ordinary = flaws.with_doubtful(flaws.with_findings(rng, other), events, numbers)
    episodes = [*flaws.with_contradictions(stays), *events, *ordinary]
    people = sorted([*operated, *strangers], key=lambda person: person.personal_id)
    verdicts = verdicts_on(rng, complications, operations, period)
    # A hip that broke on the other side tells nothing where that side has a prosthesis too.
    both = on_both_sides(operations)
    broken = [one for one in unrelated.other_hips if (one.person.personal_id, "hip") not in both]
    # What was added later draws from sources of its own, so that the rest of the county stays as it was.
    cluster = outbreak(operations, complications, period, numbers, seed)
    verdicts += verdicts_on(random.Random(f"verdicts {seed}"), cluster, operations, period)  # noqa: S311 - sample data
    every = [*complications, *cluster]
    truth = truth_of(every, broken, unrelated.old_prostheses, period.last)
    return _County(
        *(period, people, episodes, details, verdicts, truth, [one.episode for one in cluster]),
        answer_rows(operations, every, period, seed),
        register_rows(operations, period, seed),
        population_rows(period, seed),
        waiting_rows(operations, period, seed, population.taken),
        bariatric_rows(period, seed, population.taken, numbers.used) if bariatric else {},
    )


def _unrelated(
    everyday: Everyday, operations: list[Operation], operated: list[Person], strangers: list[Person]
) -> _Unrelated:
    """Return what has nothing to do with the index operations, most of it for people who had one."""
    count = len(operations)
    return _Unrelated(
        everyday.ordinary([*operated, *operated, *strangers], count * 7 // 5),
        everyday.old_prostheses(strangers, count // 80),
        everyday.other_hips(operations, count // 200),
    )


def _texts(rng: random.Random, county: _County) -> dict[str, str]:
    """Return the text of every file by kind, with the rows that are to be rejected among the others."""
    # Exports come in the order in which the episodes were closed.
    closed = sorted(county.episodes, key=lambda episode: (episode.discharged, episode.episode_id))
    persons = flaws.with_rejected_persons(rng, [rows.person_row(person) for person in county.persons])
    care = flaws.with_rejected_episodes(rng, [rows.episode_row(episode) for episode in closed])
    verdicts = [*county.verdicts, flaws.absent_episode(county.period.last)]
    tables = {
        "providers": [rows.provider_row(place) for place in PLACES],
        "persons": persons,
        "episodes": _with(care, map(rows.episode_row, county.outbreak)),
        "procedures": [rows.detail_row(detail) for detail in county.details],
        "aliases": [rows.alias_row(person) for person in county.persons if person.reserve],
        "verdicts": [rows.verdict_row(verdict) for verdict in verdicts],
        "benchmarks": [*rows.benchmark_rows(), *own_figures(county.period)],
        "proms": county.answers,
        "register_operations": county.registered,
        "population": county.inhabitants,
        "waiting": county.waiting,
    }
    texts = {kind: rows.csv_text(table) for kind, table in tables.items()}
    return texts | {"agreements": agreements_toml(county.period)}


def _with(care: list[Row], late: Iterable[Row]) -> list[Row]:
    """Return rows of care with some more among them, each before the first that was closed after it."""
    result = list(care)
    for row in late:
        after = (at for at, other in enumerate(result) if other["discharged"] > row["discharged"])
        result.insert(next(after, len(result)), row)
    return result
