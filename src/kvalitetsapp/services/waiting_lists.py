"""The waiting lists that figures are made of, with what they are read with; kept until something of it changes."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.editable_table import longest_prefix
from kvalitetsapp.domain.waiting import MISSING, WaitingFound, WaitingKey
from kvalitetsapp.domain.waiting_words import key_name
from kvalitetsapp.domain.words import ProviderKind
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import editable_tables, frames_of_store
from kvalitetsapp.store import identities, providers, waiting_packs

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kvalitetsapp.analysis.columns import Flags
    from kvalitetsapp.analysis.waiting.cells import Cells, Movements
    from kvalitetsapp.analysis.waiting.chosen import Chosen
    from kvalitetsapp.analysis.waiting.entries import Entry
    from kvalitetsapp.analysis.waiting.inhabitants import Inhabitants
    from kvalitetsapp.analysis.waiting.lists import Lists
    from kvalitetsapp.analysis.waiting.over_time import OverTime
    from kvalitetsapp.analysis.waiting.people import People
    from kvalitetsapp.analysis.waiting.standing import Standing
    from kvalitetsapp.analysis.waiting.state import Month
    from kvalitetsapp.domain.packed_list import PackedList
    from kvalitetsapp.domain.table import Row, Value
    from kvalitetsapp.domain.waiting import WaitingFinding, WaitingScope
    from kvalitetsapp.services.workspace import Workspace

_KEPT: Final = "waiting lists"
_MOST_KEPT: Final = 8
"""Scopes that are kept over time: those of the last things looked at."""
_NAMED: Final = (WaitingKey.COUNTY, WaitingKey.MUNICIPALITY, WaitingKey.PROVIDER)
_LAST_OF_YEAR: Final = (12, 31)


Mark: TypeAlias = tuple[int, int, int]
"""What tells whether the store has changed (`Store.mark`); the last tells how often something was taken back."""


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

    mark: Mark
    workspace: Workspace
    of: WaitingLists
    inhabitants_on: dict[date, Inhabitants | None] = field(default_factory=dict)
    times: dict[tuple[WaitingScope, int], OverTime] = field(default_factory=dict)

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
    store, kept = workspace.store, workspace.kept.get(_KEPT)
    if isinstance(kept, Read) and kept.mark == store.mark():
        return kept
    _pack_anew(workspace)
    with store.one_moment():
        mark = store.mark()
        before = kept.of if isinstance(kept, Read) and _is_after(kept.mark, mark) else None
        of = _lists(workspace, waiting_packs.stale(store), before)
    found = workspace.kept[_KEPT] = Read(mark, workspace, of)
    return found


def _lists(workspace: Workspace, old: Collection[tuple[str, str]], before: WaitingLists | None) -> WaitingLists:
    """Return the lists that tell a month; those whose rows are the same as before are not read again."""
    from kvalitetsapp.analysis.waiting import lists

    marks = waiting_packs.marks(workspace.store, old)
    if before is not None and before.marks == marks and all(marks.values()):
        return before
    known = before.packed if before is not None else {}
    telling = [(source, day.isoformat()) for source, day in lists.telling(_days(marks))]
    same = {place: known[place] for place in telling if place in known and known[place].made_of == marks[place]}
    new = waiting_packs.read(workspace.store, [place for place in telling if place not in same], old)
    packed = same | {(one.source, one.snapshot_on.isoformat()): one for one in new}
    return WaitingLists(marks, packed, lists.of_packed([packed[place] for place in telling], workspace.geography))


def _days(places: Mapping[tuple[str, str], str]) -> list[tuple[str, date]]:
    return [(source, date.fromisoformat(day)) for source, day in places]


def _pack_anew(workspace: Workspace) -> None:
    """Pack the lists whose rows are others than their packs, where the store can be written to.

    There are such lists after an older program, which made no packs.
    """
    store = workspace.store
    if store.read_only or store.conn.in_transaction or not (old := waiting_packs.stale(store)):
        return
    with contextlib.suppress(RefusedError), store.transaction():
        waiting_packs.make(store, old)


def _is_after(before: Mark, now: Mark) -> bool:
    """Tell whether nothing was taken back in between: the number of an import that was is given to the next one."""
    return before[-1] == now[-1]


# what services ask of the lists


def days(read: Read) -> tuple[date, ...]:
    """Return the day of the last list of every month that has one, the latest first."""
    found = {one.month: one.packed.snapshot_on for one in sorted(read.lists.lists, key=lambda one: one.day)}
    return tuple(found[month] for month in sorted(found, reverse=True))


def chosen(read: Read, scope: WaitingScope) -> Chosen:
    """Return which entries a scope means."""
    from kvalitetsapp.analysis.waiting import chosen as analysis

    return analysis.chosen(read.lists, scope, read.areas)


def own_county(workspace: Workspace) -> str:
    """Return the region's own county, "" where its providers do not tell it."""
    return read(workspace).own_county


def month_of(workspace: Workspace, scope: WaitingScope, *, county: str | None = None) -> tuple[Read, Month | None]:
    """Return the lists, and the month of a scope, in one county where one is given; None where it has no list."""
    from kvalitetsapp.analysis.waiting import lists

    found = read(workspace)
    scope = scope if county is None else replace(scope, county=county)
    by_month = found.lists.by_month
    month = max(by_month, default=0) if scope.snapshot_on is None else lists.month_of(scope.snapshot_on)
    return found, in_month(workspace, scope, month) if month in by_month else None


def in_month(workspace: Workspace, scope: WaitingScope, month: int) -> Month:
    """Return a scope in a month that there is a list of, whichever month it says itself."""
    from kvalitetsapp.analysis.waiting import state

    found = read(workspace)
    everyone = found.of.standing(month)
    rows = chosen(found, scope).of(everyone.columns)
    on = max(one.packed.snapshot_on for one in found.lists.by_month[month])
    return state.Month(
        *(found.lists, everyone, rows, everyone.within(rows), scope, found.areas, found.inhabitants(on))
    )


def day_of(month: Month) -> date:
    """Return the day of the last list of a month."""
    return max(one.packed.snapshot_on for one in month.lists.by_month[month.everyone.month])


def imports_of(month: Month) -> frozenset[int]:
    """Return the imports that the lists of a month came with."""
    lists = month.lists.by_month[month.everyone.month]
    return frozenset(batch for one in lists for batch in waiting_packs.imports_of(one.packed.made_of))


def over_time(read: Read, month: Month) -> OverTime:
    """Return the scope of a month over time, up to that month."""
    from kvalitetsapp.analysis.waiting import over_time as analysis

    of, last = read.of, month.everyone.month
    asked = (replace(month.scope, snapshot_on=None), last)
    if asked not in read.times:
        if len(read.times) >= _MOST_KEPT:
            read.times.pop(next(iter(read.times)))
        read.times[asked] = analysis.over_time(of.lists, of.cells, of.movements, chosen(read, month.scope), last)
    return read.times[asked]


def name_of(read: Read, by: WaitingKey, key: str) -> str:
    """Return what a group is called."""
    geography = read.workspace.geography
    if key != MISSING and by is WaitingKey.COUNTY:
        return geography.county_name(key)
    if key != MISSING and by is WaitingKey.MUNICIPALITY:
        return geography.municipality_name(key)
    return read.providers.get(key, key) if key != MISSING and by is WaitingKey.PROVIDER else key_name(by, key)


def with_name(read: Read, one: WaitingFinding) -> WaitingFinding:
    """Return a finding with the name of its municipality beside the code."""
    if one.found is not WaitingFound.NO_POPULATION or not one.about:
        return one
    name = read.workspace.geography.municipality_name(one.about)
    return one if name == one.about else replace(one, about=f"{one.about} {name}")


def per_week(read: Read) -> dict[tuple[str, str], float]:
    """Return how many operations each provider can do a week in each area, where that is written."""
    return {
        (str(row["provider_id"]), str(row["area"])): float(row["operations_per_week"])
        for row in editable_tables.rows(read.workspace, "capacities")
        if row["operations_per_week"] is not None and row["operations_per_week"] != ""
    }


def specialised_codes(read: Read) -> Flags:
    """Tell for each code whether the table of areas says that it is highly specialised care."""
    import numpy as np

    return np.array([bool(row and row["highly_specialised"] == "yes") for row in read.of_codes("procedure_areas")])


def entry_row(read: Read, one: Entry, stored: tuple[str, str, str, int | None], *, by_table: bool) -> Row:
    """Return an entry as a row of `waiting_tables.ENTRIES`; `stored` is what only its own row tells."""
    source, entry_id, unit = (identity.hidden(str(text)) for text in stored[:3])
    words = one.words
    mark = {"yes": "mark", "no": "no"}.get(words["specialised"], "table" if by_table else "no")
    names = [name_of(read, key, words[key]) if words[key] else "" for key in _NAMED]
    return (
        *(
            source,
            identity.hidden(entry_id),
            one.day,
            *names,
            unit,
            read.areas[one.code],
            read.lists.words["code"][one.code],
        ),
        *(one.decided_on, one.days if one.days >= 0 else None, words["deviation"], words["priority"]),
        *(one.planned_on, mark),
    )
