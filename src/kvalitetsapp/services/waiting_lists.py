"""The waiting lists that figures are made of, with what they are read with; kept until something of it changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.editable_table import longest_prefix
from kvalitetsapp.domain.words import ProviderKind
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import editable_tables, frames_of_store
from kvalitetsapp.store import identities, providers, waiting_packs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.analysis.waiting.cells import Cells, Movements
    from kvalitetsapp.analysis.waiting.inhabitants import Inhabitants
    from kvalitetsapp.analysis.waiting.lists import Lists
    from kvalitetsapp.analysis.waiting.people import People
    from kvalitetsapp.analysis.waiting.standing import Standing
    from kvalitetsapp.domain.packed_list import PackedList
    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.services.workspace import Workspace

_KEPT: Final = "waiting lists"
_LAST_OF_YEAR: Final = (12, 31)


@dataclass(eq=False)
class WaitingLists:
    """The lists as arrays, and what follows from them alone, each worked out when it is first asked for."""

    marks: Mapping[tuple[str, str], str]
    packed: Mapping[tuple[str, str], PackedList]
    lists: Lists
    standings: dict[int, Standing] = field(default_factory=dict)

    @cached_property
    def cells(self) -> Cells:
        """Return how many wait, counted once by what is drilled into."""
        from kvalitetsapp.analysis.waiting import cells

        return cells.cells(self.lists)

    @cached_property
    def movements(self) -> Movements:
        """Return who came, left and got another day of decision, from each list to the next."""
        from kvalitetsapp.analysis.waiting import cells

        return cells.movements(self.lists)

    def standing(self, month: int) -> Standing:
        """Return every entry of a month; those of the months last asked for are kept."""
        from kvalitetsapp.analysis.waiting import standing

        if month not in self.standings:
            if len(self.standings) > 1:
                self.standings.pop(next(iter(self.standings)))
            self.standings[month] = standing.standing(self.lists, month)
        return self.standings[month]


@dataclass(eq=False)
class Read:
    """Everything that figures of waiting lists are made of, of one moment."""

    mark: tuple[int, int, int]
    workspace: Workspace
    of: WaitingLists
    inhabitants_on: dict[date, Inhabitants | None] = field(default_factory=dict)

    @property
    def lists(self) -> Lists:
        """Return the lists as arrays."""
        return self.of.lists

    @cached_property
    def providers(self) -> dict[str, str]:
        """Return what every provider is called."""
        return {one.provider_id: one.name for one in providers.all_providers(self.workspace.store)}

    @cached_property
    def own_county(self) -> str:
        """Return the county that most of the region's own providers say that they lie in, "" where none does."""
        delivered = providers.counties(self.workspace.store, ProviderKind.OWN)
        said = [self.workspace.geography.county(county) for county in delivered]
        return max(sorted(set(said)), key=said.count, default="")

    @cached_property
    def people(self) -> People:
        """Return the sex and day of birth of everyone."""
        from kvalitetsapp.analysis.waiting import people

        store = self.workspace.store
        return people.of_persons(frames_of_store.load(self.workspace).persons, identities.same_person(store))

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """Return the medical area of every code in `lists.words`, "" for none."""
        return tuple(str(row["area"] or "") if row else "" for row in self.of_codes("procedure_areas"))

    def of_codes(self, table: str) -> tuple[dict[str, Value] | None, ...]:
        """Return the row of people's own table for every code in `lists.words`: that of the longest beginning."""
        rows = {str(row["code"]): row for row in editable_tables.rows(self.workspace, table)}
        keys = [longest_prefix(code, rows) for code in self.lists.words["code"]]
        return tuple(None if key is None else rows[key] for key in keys)

    def inhabitants(self, on: date) -> Inhabitants | None:
        """Return the population that a day's figures are reckoned by, None where there is none."""
        from kvalitetsapp.analysis import population
        from kvalitetsapp.analysis.waiting import inhabitants

        if on not in self.inhabitants_on:
            frame = frames_of_store.load(self.workspace).population
            ended = on.year if (on.month, on.day) == _LAST_OF_YEAR else on.year - 1
            self.inhabitants_on[on] = inhabitants.of_year(population.of_day(frame, on), ended)
        return self.inhabitants_on[on]


def read(workspace: Workspace) -> Read:
    """Return the lists as they are stored now; what was read and worked out before is used while it is true."""
    mark = workspace.store.mark()
    kept = workspace.kept.get(_KEPT)
    if isinstance(kept, Read) and kept.mark == mark:
        return kept
    _make_packs(workspace)
    of = _lists(workspace, kept.of if isinstance(kept, Read) else None)
    found = workspace.kept[_KEPT] = Read(workspace.store.mark(), workspace, of)
    return found


def _lists(workspace: Workspace, before: WaitingLists | None) -> WaitingLists:
    """Return the lists that tell a month; those whose rows are the same as before are not read again."""
    from kvalitetsapp.analysis.waiting import lists

    marks = waiting_packs.marks(workspace.store)
    if before is not None and before.marks == marks and all(marks.values()):
        return before
    known = before.packed if before is not None else {}
    telling = [(source, day.isoformat()) for source, day in lists.telling(_days(marks))]
    same = {place: known[place] for place in telling if place in known and known[place].made_of == marks[place]}
    new = waiting_packs.read(workspace.store, [place for place in telling if place not in same])
    packed = same | {(one.source, one.snapshot_on.isoformat()): one for one in new}
    return WaitingLists(marks, packed, lists.of_packed([packed[place] for place in telling], workspace.geography))


def _days(places: Mapping[tuple[str, str], str]) -> list[tuple[str, date]]:
    return [(source, date.fromisoformat(day)) for source, day in places]


def _make_packs(workspace: Workspace) -> None:
    """Pack lists whose rows are not what was packed, as after an older program; the rows do where none can write."""
    store = workspace.store
    if store.read_only or store.conn.in_transaction or not (old := waiting_packs.stale(store)):
        return
    try:
        with store.transaction():
            waiting_packs.make(store, old)
    except RefusedError:
        return
