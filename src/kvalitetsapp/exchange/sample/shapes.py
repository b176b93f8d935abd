"""What the sample county is made of: people, places, operations, episodes and what reviewers decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random

OWN_SOURCE: Final = "journal"
BOUGHT_SOURCE: Final = "faktura"
RIGHT: Final = "right"
LEFT: Final = "left"
LATERALITY: Final = {RIGHT: "ZXA00", LEFT: "ZXA05"}
FOREVER: Final = date.max


@dataclass(frozen=True, slots=True)
class Period:
    """The days the county's exports cover, both ends in."""

    first: date
    last: date

    def day(self, rng: random.Random) -> date:
        """Draw any day of the period."""
        return date.fromordinal(rng.randint(self.first.toordinal(), self.last.toordinal()))


@dataclass(frozen=True, slots=True)
class Place:
    """A provider; `share` is its part of all index operations, the rates are what happens to them within two years.

    `answering` is the share of its patients that answer questionnaires, `better` how many points of 100 they gain on
    average, `registered` the share of its operations that the joint register has. Each of
    its `units` has a name and a share in percent; a provider without units tells none.
    """

    provider_id: str
    name: str
    kind: str
    county: str
    org_number: str
    email: str
    share: float = 0.0
    reoperated: tuple[float, float, float] = (0.0, 0.0, 0.0)
    mild: float = 0.0
    hips: float = 0.55
    routes: tuple[tuple[str, int], ...] = (("own", 1),)
    price: int = 0
    answering: float = 0.7
    better: float = 33.0
    registered: float = 0.97
    units: tuple[tuple[str, int], ...] = ()

    @property
    def source(self) -> str:
        """The file the place's episodes come from: the region's own records, or the provider's invoices."""
        return OWN_SOURCE if self.kind == "own" else BOUGHT_SOURCE

    def rate(self, joint: str) -> float:
        """The share of the place's operations on `joint` that is reoperated within two years."""
        return self.reoperated[("hip", "knee", "shoulder").index(joint)]

    def unit_of(self, person: Person) -> str:
        """The unit where the place sees a person, "" where it tells none: told by the number, so nothing is drawn."""
        left = int(person.personal_id[-2:])
        for name, weight in self.units:
            left -= weight
            if left < 0:
                return name
        return ""


@dataclass(frozen=True, slots=True)
class Person:
    """A synthetic person; care before `identified` stands under the reservnummer."""

    personal_id: str
    sex: str
    born: date
    municipality: str
    education: str
    birth_country: str
    died: date = FOREVER
    moved: date = FOREVER
    reserve: str = ""
    identified: date = date.min

    def number_on(self, day: date) -> str:
        """The number under which care on `day` was registered."""
        return self.reserve if self.reserve and day < self.identified else self.personal_id

    def here_until(self) -> date:
        """The last day on which the person can have met the county's care."""
        return min(self.died, self.moved)

    def age_on(self, day: date) -> int:
        """Full years, near enough for a sample."""
        return (day - self.born).days * 4 // 1461


@dataclass(frozen=True, slots=True)
class Operation:
    """One index operation; `coding` tells how its side was recorded."""

    person: Person
    place: Place
    joint: str
    side: str
    day: date
    code: str
    diagnosis: str
    episode_id: str
    coding: str

    @property
    def index_ref(self) -> str:
        """The reference that a verdict uses, with the side that the records tell."""
        side = "unknown" if self.coding == "none" else self.side
        return f"{self.place.source}/{self.episode_id}/{self.joint}/{side}"


@dataclass(frozen=True, slots=True)
class Episode:
    """One visit or stay; amounts in öre."""

    episode_id: str
    person: Person
    place: Place
    payer_route: str
    care_form: str
    admitted: date
    discharged: date
    main_diagnosis: str
    unit: str = ""
    other_diagnoses: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    procedure_date: date | None = None
    drg: str = ""
    cost: int | None = None
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """A row of the procedures file."""

    source: str
    episode_id: str
    code: str
    performed_on: date | None
    side: str


@dataclass(frozen=True, slots=True)
class Complication:
    """An episode that follows from an index operation, and how heavy it was."""

    operation: Operation
    episode: Episode
    surgical: bool
    doubtful: bool

    @property
    def is_aftercare(self) -> bool:
        """Tell whether the episode only follows up what happened: its diagnosis names no complication."""
        return self.episode.main_diagnosis.startswith("Z")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A row of the verdicts file."""

    event_ref: str
    joint: str
    decision: str
    reviewer: str
    reviewed_on: date
    complication_class: str = ""
    index_ref: str = ""
    comment: str = ""
    side: str = ""


@dataclass(slots=True)
class Numbers:
    """Gives every episode a number of its own."""

    rng: random.Random
    used: set[int] = field(default_factory=set)

    def next(self) -> str:
        """Return a number that no other episode has."""
        while (number := self.rng.randint(1_000_000, 9_999_999)) in self.used:
            pass
        self.used.add(number)
        return str(number)
