"""An indicator as data: its recipe in words, and the parts that it is worked out from.

A recipe is what a reader needs to trust or contest a figure: what is counted among whom, with which codes in force
when, for how long, and who says so. The parts are closed vocabularies, so that a new indicator needs no code.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.words import DAYS_TWO_YEARS

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

OWN: Final = "own"
"""The family of indicators that a user has made."""


class Measure(StrEnum):
    """What the figure is."""

    SHARE = "share"  # of the operations, those with what is counted
    SHARE_WITHOUT = "share_without"  # of the operations, those without it (the Norwegian form)
    MEAN = "mean"  # of a value of each operation
    MEDIAN = "median"


class Counted(StrEnum):
    """What is looked for after an operation."""

    LINKED = "linked"  # linked complication events, by level and class (R6–R9)
    ADVERSE = "adverse"  # the registers' instrument for adverse events, with its position conditions
    CODES = "codes"  # codes of the recipe in later episodes
    READMISSION = "readmission"  # a stay that begins after the index stay has ended
    DEATH = "death"
    STAY = "stay"  # days in the index stay
    DAY_SURGERY = "day_surgery"  # home on the day of the operation
    ANSWER = "answer"  # what the patient answered
    COVERAGE = "coverage"  # the operation is found in the joint register
    PUBLISHED = "published"  # no operations of ours: a figure that somebody has printed


class Direction(StrEnum):
    """Which way is wanted."""

    LOW = "low"
    HIGH = "high"
    NEITHER = "neither"


class Nature(StrEnum):
    """What a figure says something about: what is done, what comes of it, or what there is to do it with."""

    PROCESS = "process"
    OUTCOME = "outcome"
    STRUCTURE = "structure"


class Prosthesis(StrEnum):
    """What kind of prosthesis an operation puts in (`resources/indicators/prosthesis_types.csv`)."""

    TOTAL = "total"
    PARTIAL = "partial"
    OTHER = "other"


class Position(StrEnum):
    """Where in a later episode a code must stand to count."""

    MAIN = "main"  # as main diagnosis
    ANY = "any"  # as any diagnosis
    PROCEDURE = "procedure"


class Anchor(StrEnum):
    """From which day a window is counted."""

    OPERATION = "operation"
    DISCHARGE = "discharge"


class Reviewed(StrEnum):
    """Which events count, by what a person has decided about them."""

    COUNTED = "counted"  # proposed and confirmed links, as in R9
    CONFIRMED = "confirmed"  # only what a reviewer has confirmed


class Answered(StrEnum):
    """What of the patients' answers is taken."""

    SCORE = "score"  # the instrument's score after the operation
    GAIN = "gain"  # the score after minus the score before
    REACHED = "reached"  # the score after is at least `at_least` (or at most `at_most`)


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """A code (or its beginning) in force from a day to a day, both in; None is without end."""

    code: str
    prefix: bool = False
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Cohort:
    """Whose operations are meant; an empty part leaves everything in.

    `codes` are primary procedures (R2); `diagnoses` are beginnings of the index stay's main diagnosis that must be
    there, `not_diagnoses` those that must not.
    """

    joints: tuple[str, ...] = ()
    prostheses: tuple[Prosthesis, ...] = ()
    codes: tuple[CodeSpan, ...] = ()
    diagnoses: tuple[CodeSpan, ...] = ()
    not_diagnoses: tuple[CodeSpan, ...] = ()
    payer_routes: tuple[str, ...] = ()
    care_forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """From `first` to `last` days after the anchor, both in; `last` None where nothing has to be waited for."""

    first: int = 0
    last: int | None = None
    anchor: Anchor = Anchor.OPERATION


@dataclass(frozen=True, slots=True)
class Count:
    """What is counted, and the parts that its kind needs; the others stay empty.

    LINKED: levels, classes, reviewed. ADVERSE: groups (empty: all). CODES: codes, position. ANSWER: instruments (one
    per joint is chosen by the answers), items (empty: the whole instrument), occasion, before (the occasion that a
    gain is counted from), answered, at_least or at_most. PUBLISHED: published (the indicator's name in the file of
    published figures).
    """

    kind: Counted
    levels: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    reviewed: Reviewed = Reviewed.COUNTED
    groups: tuple[str, ...] = ()
    codes: tuple[CodeSpan, ...] = ()
    position: Position = Position.ANY
    instruments: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    occasion: str = ""
    before: str = ""
    answered: Answered = Answered.SCORE
    at_least: float | None = None
    at_most: float | None = None
    published: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A recipe: `numerator`, `denominator` and `exclusions` are for people, the parts below say the same to a program.

    `level` names the keys that it may be read by (`domain.indicator_tables.LEVELS`). `benchmark` is its name in the
    file of published figures, "" where nobody publishes it. `verified` is False until somebody has held the recipe
    against its source. `family` is the file it came with, or `OWN`.
    """

    indicator_id: str
    version: str
    name: str
    purpose: str
    numerator: str
    denominator: str
    exclusions: str
    source: str
    measure: Measure
    count: Count
    direction: Direction
    level: tuple[str, ...]
    cohort: Cohort = Cohort()
    window: Window = Window()
    benchmark: str = ""
    note: str = ""
    verified: bool = False
    family: str = OWN
    decimals: int = 1
    nature: Nature = Nature.OUTCOME

    def is_about(self, followed: Collection[str]) -> bool:
        """Tell whether any family of procedures that is followed has operations for it."""
        return not self.cohort.joints or any(joint in followed for joint in self.cohort.joints)

    @property
    def is_share(self) -> bool:
        """Tell whether the figure is a fraction of operations, with an interval of its own kind."""
        return self.measure in (Measure.SHARE, Measure.SHARE_WITHOUT)

    @property
    def follow_up_days(self) -> int:
        """Return for how long an operation has to be followed to be counted."""
        if self.count.kind is Counted.ANSWER:
            return DAYS_OF_OCCASION.get(self.count.occasion, 0)
        return self.window.last or 0


_OF_PROCESS: Final = (Counted.DAY_SURGERY, Counted.STAY, Counted.COVERAGE)


def usual_nature(kind: Counted) -> Nature:
    """Return what a figure of a kind of counting says something about, where its recipe does not tell."""
    return Nature.PROCESS if kind in _OF_PROCESS else Nature.OUTCOME


DAYS_OF_OCCASION: Final = {"preop": 0, "90d": 90, "1y": 365, "2y": DAYS_TWO_YEARS, "6y": 2190, "10y": 3650}
"""For how long an operation has to be followed before an answer on an occasion is waited for."""
