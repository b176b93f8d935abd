"""Waiting lists as people read them: what is chosen of them, by what they are told apart, and what is found.

An entry waits from the day of its decision to the day of the list (`days`); an entry that was decided after the day of
its list is counted but has no days. Figures without medically caused and patient-chosen waits (`without`) are of the
entries whose deviation is none or missing; every other figure is of all of them. A month is told by the last list that
each source delivered for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.sources import Deviation
from kvalitetsapp.domain.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kvalitetsapp.domain.table import Value

MISSING: Final = "missing"
"""The key of the group of entries that lack what they are told apart by: a county, an area, a deviation."""
DEVIATIONS: Final = (Deviation.MEDICAL.value, Deviation.PATIENT.value, Deviation.NONE.value, MISSING)
WITHOUT_DEVIATION: Final = frozenset({Deviation.NONE.value, MISSING})
LONG_DAYS: Final = (90, 150)
"""Longer than the first is a long wait, longer than the second a very long one."""


class WaitingKey(StrEnum):
    """What entries are told apart by; county, area and code are the levels of the report, in that order."""

    COUNTY = "county"
    AREA = "area"
    CODE = "code"
    PROVIDER = "provider"
    DEVIATION = "deviation"
    PRIORITY = "priority"
    MUNICIPALITY = "municipality"
    SEX = "sex"
    AGE_GROUP = "age_group"


AGE_GROUPS: Final = {
    "0-19": (0, 19),
    "20-44": (20, 44),
    "45-54": (45, 54),
    "55-64": (55, 64),
    "65-74": (65, 74),
    "75-84": (75, 84),
    "85+": (85, 999),
}
"""The first and the last age of each group on the day of the list."""
LEVELS: Final = (WaitingKey.COUNTY, WaitingKey.AREA, WaitingKey.CODE)


@dataclass(frozen=True, slots=True)
class WaitingScope:
    """Which entries are looked at: "" for any; `MISSING` for those that lack it.

    `snapshot_on` is a day of the month that is looked at, None for the latest month that there is a list for.
    """

    county: str = ""
    municipality: str = ""
    provider_id: str = ""
    area: str = ""
    code: str = ""
    priority: str = ""
    deviations: frozenset[str] = frozenset(DEVIATIONS)
    snapshot_on: date | None = None


@dataclass(frozen=True, slots=True)
class WaitingChoice:
    """Something to choose: its key as in a scope, and its name; `within` is what it belongs to (a code's area)."""

    key: str
    name: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class WaitingChoices:
    """What there is to choose from, each as it is shown; `snapshots` is one day per month, the latest first."""

    snapshots: tuple[date, ...] = ()
    counties: tuple[WaitingChoice, ...] = ()
    municipalities: tuple[WaitingChoice, ...] = ()
    providers: tuple[WaitingChoice, ...] = ()
    areas: tuple[WaitingChoice, ...] = ()
    codes: tuple[WaitingChoice, ...] = ()
    priorities: tuple[WaitingChoice, ...] = ()
    own_county: str = ""


@dataclass(frozen=True, slots=True)
class WaitingState:
    """How the list stood in a month, in all (`whole`, by names of `waiting_tables.STATE_VALUES`) and by groups.

    `keys` are the keys of the groups, in the order of the rows of `groups`. `population_year` is None where there is
    no population to reckon by; `invented` tells that it is a made-up one.
    """

    scope: WaitingScope
    by: WaitingKey
    snapshot_on: date | None
    whole: Mapping[str, Value] = field(default_factory=dict)
    groups: Table = field(default_factory=lambda: Table(()))
    keys: tuple[str, ...] = ()
    population_year: int | None = None
    invented: bool = False


@dataclass(frozen=True, slots=True)
class WaitingSeries:
    """Month after month (`waiting_tables.SERIES`), every month between the first and the last.

    `table` has None in a month that lacks a list from a source which has entries in the scope: a gap, never a guess;
    `gaps` are those months (`YYYY-MM`) with the sources that are missing.
    """

    scope: WaitingScope
    table: Table
    gaps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WaitingDistribution:
    """How long those wait who wait (`waiting_tables.DISTRIBUTION`: classes of days) and the figures of the whole."""

    scope: WaitingScope
    snapshot_on: date | None
    table: Table
    whole: Mapping[str, Value] = field(default_factory=dict)


class WaitingFound(StrEnum):
    """What is told of the lists beside the figures, because it has an effect on them."""

    MISSING_MONTH = "missing_month"
    SOURCE_BEGINS = "source_begins"
    SOURCE_ENDED = "source_ended"
    RETURNED = "returned"
    DECISION_CHANGED = "decision_changed"
    DECIDED_AFTER_SNAPSHOT = "decided_after_snapshot"
    DECIDED_AFTER_PLANNED = "decided_after_planned"
    NO_DEVIATION = "no_deviation"
    NO_COUNTY = "no_county"
    NO_AREA = "no_area"
    NO_POPULATION = "no_population"
    NO_MUNICIPALITY = "no_municipality"
    INVENTED_POPULATION = "invented_population"
    OLD_POPULATION = "old_population"
    FEW = "few"


class WaitingOutlook(StrEnum):
    """What becomes of a list by its capacity and inflow: emptied in so many weeks, or why that cannot be told."""

    WEEKS = "weeks"
    NEVER = "never"
    EMPTY = "empty"
    NO_CAPACITY = "no_capacity"
    NO_INFLOW = "no_inflow"


class WaitingDateCheck(StrEnum):
    """What is asked of the days of decision."""

    MISSING = "missing"
    AFTER_SNAPSHOT = "after_snapshot"
    AFTER_PLANNED = "after_planned"
    SAME_DAY = "same_day"
    FIRST_OF_MONTH = "first_of_month"
    CHANGED = "changed"
    OLD = "old"

    @property
    def has_entries(self) -> bool:
        """Tell whether what is found is in a list: rows without a day were rejected when they were read."""
        return self is not WaitingDateCheck.MISSING


@dataclass(frozen=True, slots=True)
class DateCheck:
    """How many entries one check of the days of decision finds, of how many, and what day it is about."""

    check: WaitingDateCheck
    entries: int
    of: int
    about: str = ""


OLD_YEARS: Final = 3
"""A decision older than so many years is asked about."""


@dataclass(frozen=True, slots=True)
class WaitingFinding:
    """One finding: the month (`YYYY-MM`, "" for no one month), what it is about, how many entries, and its effect."""

    found: WaitingFound
    month: str
    about: str
    entries: int
    effect: str


@dataclass(frozen=True, slots=True)
class WaitingAsked:
    """What entries are asked for: those that a check finds, or a finding as its row has it (month "": the scope's)."""

    found: WaitingFound | WaitingDateCheck
    month: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class WaitingFindings:
    """Findings of a scope, those of the chosen month first; `table` is `waiting_tables.FINDINGS`."""

    scope: WaitingScope
    findings: tuple[WaitingFinding, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class WaitingCapacity:
    """What can be done against what comes in (`waiting_tables.CAPACITY`), and what the list takes of operating time.

    `operating` is `waiting_tables.OPERATING`: a row per code, those that lack a time with None; `minutes` and
    `minutes_without` are the sums, without MOV/PVV the second; `lacking` tells the codes without a time and how many
    wait for them. `came` is how many the inflow of each row of `table` is made of.
    """

    scope: WaitingScope
    snapshot_on: date | None
    table: Table
    operating: Table
    minutes: int = 0
    minutes_without: int = 0
    lacking: tuple[tuple[str, int], ...] = ()
    came: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitingSpecialised:
    """Patients with need of highly specialised care (`waiting_tables.SPECIALISED`); `county` is whose they are.

    The entry's own mark goes before the table of areas; `by_mark` and `by_table` tell how many each stands for.
    """

    scope: WaitingScope
    snapshot_on: date | None
    county: str
    by_mark: int
    by_table: int
    table: Table


@dataclass(frozen=True, slots=True)
class WaitingBehind:
    """The entries behind a figure (`waiting_tables.ENTRIES`), the longest waits first; how many there are in all."""

    table: Table
    total: int
