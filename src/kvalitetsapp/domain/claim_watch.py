"""The lists that never forget as a person works through them: where every row leads, and how much waits in all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import claim_tables
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvalitetsapp.domain.correction import Correction
    from kvalitetsapp.domain.patient import EventKey

CORRECTIONS: Final = (*claim_tables.CORRECTIONS, Column("suggestion", Kind.TEXT, N_("Förslag")))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row of a list leads: its event, and the case that this belongs to."""

    key: EventKey
    index_ref: str


@dataclass(frozen=True, slots=True)
class WatchList:
    """A list, and for every row of it where it leads."""

    table: Table
    places: tuple[Place, ...] = ()

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.places)


@dataclass(frozen=True, slots=True)
class Watched:
    """All the lists as they stand at one moment.

    `missing_costs` counts events that cannot be claimed without one; `providers` are names by id.
    """

    deadlines: WatchList
    without_review: WatchList
    past_deadline: WatchList
    corrections: tuple[Correction, ...] = field(default=())
    missing_costs: int = 0
    providers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClaimCounts:
    """How much waits among the claims; amounts in öre.

    `unclaimed` is what is not issued yet of `events`, also those without a cost, and `days_left` the days to the first
    last day of them that is still to come, None without one. In `cases` cases something is not even drafted.
    `corrections` nobody has decided to leave.
    """

    events: int
    unclaimed: int
    cases: int
    days_left: int | None
    to_approve: int
    overdue: int
    corrections: int


def corrections_table(corrections: Iterable[Correction]) -> Table:
    """Return corrections as a table, each with what would put it right."""
    return Table(CORRECTIONS, [(*claim_tables.correction_row(one), one.suggestion) for one in corrections])
