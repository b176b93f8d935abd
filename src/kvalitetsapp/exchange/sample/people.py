"""Synthetic people: personal numbers of the tax agency's test series only, and a few reservnummer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange.sample.places import MUNICIPALITIES, luhn_digit

if TYPE_CHECKING:
    import random

from kvalitetsapp.exchange.sample.shapes import FOREVER, Person

_EDUCATION: Final = (("short", 30), ("medium", 42), ("long", 23), ("", 5))
_COUNTRIES: Final = (("SE", 88), ("NO", 4), ("FI", 3), ("DE", 1), ("SY", 1), ("TH", 1), ("", 2))
_TEST_SERIES: Final = 980
_RESERVE_LETTERS: Final = "ACEHKRTX"


def weighted(rng: random.Random, choices: tuple[tuple[str, int], ...]) -> str:
    """Draw one of (word, weight)."""
    return rng.choices([word for word, _ in choices], [weight for _, weight in choices])[0]


def personal_number(born: date, serial: int) -> str:
    """Twelve digits with a valid check digit; an odd serial is a man's."""
    last = f"{born:%y%m%d}{serial}"
    return f"{born:%Y%m%d}{serial}{luhn_digit(last)}"


@dataclass(slots=True)
class Population:
    """Draws people, every one with a number of their own."""

    rng: random.Random
    taken: set[str] = field(default_factory=set)

    def person(self, around: date, age: float, spread: float, women: float = 0.56) -> Person:
        """Return a new person of about `age` on the day `around`."""
        rng = self.rng
        years = min(97.0, max(38.0, rng.gauss(age, spread)))
        sex = "female" if rng.random() < women else "male"
        while True:
            born = around - timedelta(days=round(years * 365.25) + rng.randint(0, 364))
            number = personal_number(born, _TEST_SERIES + 2 * rng.randint(0, 9) + (sex == "male"))
            if number not in self.taken:
                break
        self.taken.add(number)
        places, education, country = (weighted(rng, words) for words in (MUNICIPALITIES, _EDUCATION, _COUNTRIES))
        return Person(number, sex, born, places, education, country)

    def with_fate(self, person: Person, after: date, last: date, frail: float = 1.0) -> Person:
        """Return the person with a death or a move after `after`, if one of them comes before `last`."""
        rng = self.rng
        age = person.age_on(after)
        yearly = frail * min(0.35, 0.004 * 1.095 ** max(0, age - 58))
        died = after + timedelta(days=20 + round(rng.expovariate(yearly) * 365.25) % 36_500)
        moved = after + timedelta(days=120 + round(rng.expovariate(0.007) * 365.25) % 36_500)
        dead = died if died <= last else FOREVER
        return replace(person, died=dead, moved=moved if moved <= last and moved < dead else FOREVER)

    def with_reserve(self, person: Person, identified: date) -> Person:
        """Return the person as known by a reservnummer until `identified`."""
        letters = [self.rng.choice(_RESERVE_LETTERS) for _ in range(2)]
        reserve = f"22{person.born:%y%m%d}{letters[0]}{self.rng.randint(1, 9)}{letters[1]}{self.rng.randint(1, 9)}"
        return replace(person, reserve=reserve, identified=identified)
