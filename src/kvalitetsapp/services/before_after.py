"""`summary before-after`: what the care of some persons cost before and after an index date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kvalitetsapp.domain import cost_tables
from kvalitetsapp.domain.recovery_summary import EVENTS, OPERATIONS
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.words import LinkStatus
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import access
from kvalitetsapp.services.access import needs
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from pandas import DataFrame

    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.frames_of_store import StoreFrames
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Cohort:
    """Whose care is compared: persons with an index operation or a linked event, or those of a file of index dates.

    Operations, and events by their operation, may be narrowed to a provider, a joint and the year of the index date.
    `potential` takes proposed links too.
    """

    kind: str = OPERATIONS
    provider: str | None = None
    joint: str | None = None
    year: int | None = None
    potential: bool = False
    file: Path | None = None


@needs(Right.READ_FIGURES)
def before_after(workspace: Workspace, cohort: Cohort, *, days: int, with_index: bool = True) -> Table:
    """Return one row: cost, days in bed and visits `days` days before and after, and who could not be compared.

    Raises:
        InputError: no days, or a file of index dates that cannot be read.
        RefusedError: the user may not see personal numbers, and gives a file of them.
    """
    if days < 1:
        raise InputError(_("Antalet dagar ska vara minst 1."))
    from kvalitetsapp.analysis import before_after as analysis
    from kvalitetsapp.analysis import tables as table_maker
    from kvalitetsapp.services import frames_of_store

    frames = frames_of_store.load(workspace)
    members, unknown = _members(workspace, frames, cohort)
    found = analysis.compare(members, frames.priced_episodes, frames.persons, days=days, with_index=with_index)
    return table_maker.table(found.assign(days=days, unknown=unknown), cost_tables.BEFORE_AFTER)


def _members(workspace: Workspace, frames: StoreFrames, cohort: Cohort) -> tuple[DataFrame, int]:
    """Return the cohort's persons with their index dates, and how many of a file's numbers nobody has."""
    if cohort.file is not None:
        access.demand(workspace, Right.SEE_IDENTITIES, "before_after.cohort")
        return _of_file(workspace, cohort.file)
    operations: Any = frames.index_operations
    if cohort.provider:
        operations = operations[operations["provider_id"] == cohort.provider]
    if cohort.joint:
        operations = operations[operations["joint"] == cohort.joint]
    members = operations.rename(columns={"operated_on": "index_date"})
    if cohort.kind == EVENTS:
        statuses = (LinkStatus.CONFIRMED.value, *((LinkStatus.PROPOSED.value,) if cohort.potential else ()))
        links: Any = frames.links
        links = links[links["operation"].isin(operations["operation"]) & links["status"].isin(statuses)]
        members = links.rename(columns={"event_date": "index_date"})
    if cohort.year is not None:
        members = members[members["index_date"].dt.year == cohort.year]
    return members[["person", "index_date", "episode"]], 0


def _of_file(workspace: Workspace, path: Path) -> tuple[DataFrame, int]:
    from kvalitetsapp.analysis import before_after as analysis
    from kvalitetsapp.analysis import frames
    from kvalitetsapp.exchange import statistic_tables
    from kvalitetsapp.store import identities

    read = statistic_tables.read_index_dates(path)
    known = identities.known(workspace.store, read.personal_id)
    same = identities.same_person(workspace.store)
    rows = [
        (same.get(known[number], known[number]), day, None)
        for number, day in zip(read.personal_id, read.index_date, strict=True)
        if number in known
    ]
    columns = {name: [row[place] for row in rows] for place, name in enumerate(analysis.COHORT)}
    return frames.frame(analysis.COHORT, columns), len(set(read.personal_id) - set(known))
