"""Everything in the report of waiting lists, ready-made. None stands for "cannot be told", never for zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain.report_data import Head

if TYPE_CHECKING:
    from kvalitetsapp.domain.redistribution import Redistribution
    from kvalitetsapp.domain.report_data import Manifest


@dataclass(frozen=True, slots=True)
class ListsHead(Head):
    """The head of a report on waiting lists: its first and last days are those of lists, not of operations."""


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A group that waits, or all of them (`key` ""): counts, rates as decimal texts, `in_rate` behind the rate."""

    key: str
    name: str
    waiting: int
    waiting_without: int
    mov: int
    pvv: int
    no_deviation: int
    missing: int
    over_90: int
    over_90_without: int
    over_150: int
    over_150_without: int
    in_rate: int | None
    population: int | None
    per_100k: str
    per_100k_without: str
    median: str
    median_without: str


@dataclass(frozen=True, slots=True)
class WaitingMonth:
    """A month end; every count is None where the month has no complete list."""

    month: str
    waiting: int | None
    waiting_without: int | None
    over_90: int | None
    over_90_without: int | None
    over_150: int | None
    over_150_without: int | None


@dataclass(frozen=True, slots=True)
class AreaReport:
    """A medical area: its development, and its procedures."""

    key: str
    name: str
    months: tuple[WaitingMonth, ...]
    codes: tuple[WaitingRow, ...]


@dataclass(frozen=True, slots=True)
class WaitingClass:
    """Those who have waited from `first` to `last` days (None: and longer)."""

    first: int
    last: int | None
    waiting: int
    without: int


@dataclass(frozen=True, slots=True)
class SpecialisedRow:
    """Patients with need of highly specialised care, by area and procedure."""

    area: str
    code: str
    waiting: int
    by_mark: int
    by_table: int
    over_90: int


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """A provider's list in an area against what it can do; decimal texts are "" where they are not known.

    `came` is how many the inflow is made of.
    """

    provider: str
    area: str
    waiting: int
    per_week: str
    inflow: str
    weeks: str
    outlook: str
    minutes: int
    came: int


@dataclass(frozen=True, slots=True)
class OperatingRow:
    """The operating time that those who wait for a procedure take."""

    code: str
    name: str
    waiting: int
    waiting_without: int
    minutes: int | None
    hours: str
    hours_without: str


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A finding, or a check of dates (`of` is then how many were tried), with what it does to the figures."""

    what: str
    month: str
    about: str
    entries: int
    of: int | None
    effect: str


@dataclass(frozen=True, slots=True)
class WaitingReport:
    """The lists of a month from county to procedure, and how they came to stand so.

    `specialised_county` is whose patients `specialised` are. `gaps` are months without a complete list, with the
    sources that lack.
    """

    head: Head
    day: str
    population_year: int | None
    invented: bool
    whole: WaitingRow
    counties: tuple[WaitingRow, ...]
    areas: tuple[WaitingRow, ...]
    by_area: tuple[AreaReport, ...]
    months: tuple[WaitingMonth, ...]
    gaps: tuple[tuple[str, str], ...]
    classes: tuple[WaitingClass, ...]
    specialised_county: str
    specialised: tuple[SpecialisedRow, ...]
    capacity: tuple[CapacityRow, ...]
    operating: tuple[OperatingRow, ...]
    checks: tuple[FoundRow, ...]
    findings: tuple[FoundRow, ...]
    scenario: Redistribution
    manifest: Manifest

    @property
    def specialised_total(self) -> int:
        """Return how many need highly specialised care."""
        return sum(one.waiting for one in self.specialised)
