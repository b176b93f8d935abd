"""What is wrong in every county's exports: rows to let in with a finding, and rows that must stay out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange.sample.people import personal_number
from kvalitetsapp.exchange.sample.places import MEDICINE, OPERATING, ORTHOPAEDICS
from kvalitetsapp.exchange.sample.shapes import Verdict

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from kvalitetsapp.exchange.sample.shapes import Episode, Numbers

    Row = dict[str, str]

_FEW: Final = 3
_VISIT_PRICE: Final = 165_000
UNKNOWN_CODES: Final = ("M16Q9", "Z99X", "HÖFT", "NFB77")
_UNTOUCHED_PREFIXES: Final = ("T", "S", "I2", "I8", "G57", "M24", "M96")


def with_findings(rng: random.Random, episodes: list[Episode]) -> list[Episode]:
    """Return ordinary visits with codes that are in no table, no diagnosis at all, and dotted or small letters."""
    harmless = [at for at, episode in enumerate(episodes) if not episode.procedures and _ordinary(episode)]
    marked = rng.sample(harmless, min(len(harmless), 12 + len(episodes) // 80))
    result = list(episodes)
    for turn, at in enumerate(marked):
        code = result[at].main_diagnosis
        if turn < 8:
            strange = UNKNOWN_CODES[turn % len(UNKNOWN_CODES)]
            if strange.startswith("NF"):
                result[at] = replace(result[at], procedures=(strange,))
            else:
                result[at] = replace(result[at], other_diagnoses=(strange,))
        elif turn < 12:
            result[at] = replace(result[at], main_diagnosis="")
        else:
            result[at] = replace(result[at], main_diagnosis=f"{code[:3]}.{code[3:]}" if turn % 3 else code.lower())
    return result


def with_contradictions(stays: list[Episode]) -> list[Episode]:
    """Return index stays of which a few of the knee carry a diagnosis of the hip."""
    knees = [at for at, stay in enumerate(stays) if stay.main_diagnosis.startswith("M17")][:_FEW]
    return [replace(stay, main_diagnosis="M169") if at in knees else stay for at, stay in enumerate(stays)]


def with_doubtful(ordinary: list[Episode], events: list[Episode], numbers: Numbers) -> list[Episode]:
    """Return ordinary episodes with a few that two providers report, one too dear, and a month that one left out."""
    visits = [one for one in ordinary if _ordinary(one) and one.care_form == "outpatient" and not one.procedures]
    twice = [
        replace(one, episode_id=numbers.next(), place=OPERATING[1], payer_route="choice_of_care", unit="", cost=None)
        for one in [one for one in visits if one.main_diagnosis and one.place is ORTHOPAEDICS][:_FEW]
    ]
    twice = [replace(one, price=_VISIT_PRICE) for one in twice]
    dear = next((one for one in ordinary if _ordinary(one) and one.care_form == "inpatient" and one.cost), None)
    told = [replace(one, cost=(one.cost or 0) * 100) if one is dear else one for one in ordinary]
    return [*_without_a_month(told, events), *twice]


def _without_a_month(ordinary: list[Episode], events: list[Episode]) -> list[Episode]:
    """Leave out a month of the medical department's, the latest but six in which nothing else happened there."""
    months = Counter(one.discharged.isoformat()[:7] for one in ordinary if one.place is MEDICINE)
    taken = {one.discharged.isoformat()[:7] for one in events if one.place is MEDICINE}
    free = [month for month in sorted(months)[3:-6] if month not in taken]
    if not free:
        return ordinary
    return [one for one in ordinary if one.place is not MEDICINE or one.discharged.isoformat()[:7] != free[-1]]


def _ordinary(episode: Episode) -> bool:
    return not episode.main_diagnosis.startswith(_UNTOUCHED_PREFIXES) and episode.place.kind == "own"


def wrong_number(number: str) -> str:
    """Return the number with a check digit that does not fit."""
    return number[:-1] + str((int(number[-1]) + 3) % 10)


def with_rejected_episodes(rng: random.Random, rows: list[Row]) -> list[Row]:
    """Return the rows with eight more, each wrong in a way that keeps it out of the store."""
    visits = [row for row in rows if row["care_form"] == "outpatient" and row["cost"] and not row["procedures"]]
    spoil: tuple[Callable[[Row], Row], ...] = (
        lambda row: row | {"personal_id": wrong_number(row["personal_id"])},
        lambda row: row | {"admitted": f"{row['admitted'][:4]}-02-30"},
        lambda row: row | {"discharged": "2019-13-01"},
        lambda row: row | {"discharged": f"{int(row['admitted'][:4]) - 1}{row['admitted'][4:]}"},
        lambda row: row | {"care_form": "dagkirurgi"},
        lambda row: row | {"provider_id": "P99"},
        lambda row: row | {"cost": "4.310"},
        lambda row: row | {"personal_id": "1,95E+11"},
    )
    result = list(rows)
    used = {int(row["episode_id"]) for row in rows}
    free = (number for number in range(1_000_000, 9_999_999) if number not in used)
    for change, visit in zip(spoil, rng.sample(_with_personal_numbers(visits), len(spoil)), strict=True):
        result.insert(rng.randint(0, len(result)), change(visit | {"episode_id": str(next(free))}))
    return result


def with_rejected_persons(rng: random.Random, rows: list[Row]) -> list[Row]:
    """Return the rows with two more: a wrong check digit and a day of death that is in no calendar."""
    first, second = rng.sample(_with_personal_numbers(rows), 2)
    absent = _unused_number(second, {row["personal_id"] for row in rows})
    result = list(rows)
    result.insert(rng.randint(0, len(result)), first | {"personal_id": wrong_number(first["personal_id"])})
    result.insert(rng.randint(0, len(result)), second | {"personal_id": absent, "death_date": "2021-02-29"})
    return result


def absent_episode(last: date) -> Verdict:
    """Return a verdict on an episode that no file holds."""
    return Verdict("journal/100", "hip", "confirmed", "OL01", last)


def _with_personal_numbers(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["personal_id"].startswith("19")]


def _unused_number(row: Row, taken: set[str]) -> str:
    """Return a number of the test series on the row's birth date that nobody has."""
    born = date.fromisoformat(row["birth_date"])
    odd = row["sex"] == "male"
    numbers = (personal_number(born, serial) for serial in range(980 + odd, 1000, 2))
    return next(number for number in numbers if number not in taken)
