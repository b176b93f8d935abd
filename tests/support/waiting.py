"""Waiting lists for tests: packed from rows of plain words, or as a file to be imported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from kvalitetsapp.analysis.waiting import cells, chosen, found, lists, over_time, standing, state
from kvalitetsapp.domain import packed_list
from kvalitetsapp.domain.geography import Geography
from kvalitetsapp.domain.packed_list import PackedList
from kvalitetsapp.domain.waiting import WaitingScope

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvalitetsapp.analysis.waiting.cells import Cells, Movements
    from kvalitetsapp.analysis.waiting.inhabitants import Inhabitants
    from kvalitetsapp.analysis.waiting.people import People
    from kvalitetsapp.domain.waiting import WaitingFinding, WaitingKey

GEOGRAPHY = Geography(
    {"05": "Östergötlands län", "08": "Kalmar län"},
    {"0580": "Linköping", "0581": "Norrköping", "0880": "Kalmar"},
    {"0580": "05", "0581": "05", "0880": "08"},
)
AREAS = {"NFB49": "Höft", "NFB29": "Höft", "NGB49": "Knä"}


@dataclass(frozen=True, slots=True)
class Waits:
    """An entry of a list; `days` is from the decision to the day of the list, below 0 where it comes later."""

    entry: str
    days: int = 10
    code: str = "NFB49"
    deviation: str | None = "none"
    county: str | None = "05"
    municipality: str | None = "0580"
    provider: str | None = "OSD"
    priority: str | None = None
    planned: int | None = None
    specialised: str | None = None
    identity: int | None = None


def packed(source: str, day: date, entries: Iterable[Waits]) -> PackedList:
    """Return a list as the store packs it."""
    rows = sorted(entries, key=lambda one: packed_list.entry_number(one.entry))
    columns: dict[str, list[str | None]] = {
        "county": [one.county for one in rows],
        "municipality": [one.municipality for one in rows],
        "provider_id": [one.provider for one in rows],
        "procedure_code": [one.code for one in rows],
        "deviation": [one.deviation for one in rows],
        "priority": [one.priority for one in rows],
        "highly_specialised": [one.specialised for one in rows],
    }
    made = {name: packed_list.of_words(values) for name, values in columns.items()}
    made[packed_list.ENTRY] = packed_list.of_rising([packed_list.entry_number(one.entry) for one in rows])
    made[packed_list.ROW] = packed_list.of_numbers(list(range(len(rows))))
    made[packed_list.IDENTITY] = packed_list.of_numbers([one.identity for one in rows])
    made[packed_list.DECIDED] = packed_list.of_numbers([one.days for one in rows])
    made[packed_list.PLANNED] = packed_list.of_numbers([one.planned for one in rows])
    return PackedList(source, day, len(rows), "1:1", made)


def month_end(month: int) -> date:
    """Return the last day of a month of 2024, from 1; 13 is January of the next year."""
    year, within = divmod(month - 1, 12)
    following = date(2024 + year + (within == 11), (within + 1) % 12 + 1, 1)
    return following - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Read:
    """Lists with what follows from them, as services keep them."""

    lists: lists.Lists
    areas: tuple[str, ...]
    cells: Cells
    moves: Movements

    def month(
        self, scope: WaitingScope | None = None, people: Inhabitants | None = None, at: int | None = None
    ) -> state.Month:
        """Return a month in a scope, the last unless told."""
        scope = scope or WaitingScope()
        everyone = standing.standing(self.lists, self.lists.months[-1] if at is None else at)
        rows = self.chosen(scope).of(everyone.columns)
        return state.Month(self.lists, everyone, rows, everyone.within(rows), scope, self.areas, people)

    def chosen(self, scope: WaitingScope) -> chosen.Chosen:
        """Return which entries a scope means."""
        return chosen.chosen(self.lists, scope, self.areas)

    def time(self, scope: WaitingScope | None = None) -> over_time.OverTime:
        """Return a scope month by month."""
        means = self.chosen(scope or WaitingScope())
        return over_time.over_time(self.lists, self.cells, self.moves, means, self.lists.months[-1])

    def findings(
        self, people: Inhabitants | None = None, scope: WaitingScope | None = None
    ) -> tuple[WaitingFinding, ...]:
        """Return what is amiss."""
        scope = scope or WaitingScope()
        month, means = self.month(scope, people), self.chosen(scope)
        return (
            *found.of_month(month, nobody),
            *found.of_time(month, self.time(scope), self.moves, means),
        )


def nobody() -> People:
    """Fail: sex and birth are not asked for where nothing is told apart by them."""
    raise AssertionError


def groups(month: state.Month, by: WaitingKey) -> dict[str, dict[str, Any]]:
    """Return the figures of every group by its key."""
    return dict(state.by_groups(month, by, state.groups(month, by, nobody)))


def read(by_source: Mapping[str, Mapping[int, Iterable[Waits]]]) -> Read:
    """Return lists of months of 2024 (from 1) by source."""
    some = [
        packed(source, month_end(month), entries)
        for source, months in by_source.items()
        for month, entries in months.items()
    ]
    made = lists.of_packed(some, GEOGRAPHY)
    areas = tuple(AREAS.get(code, "") for code in made.words["code"])
    return Read(made, areas, cells.cells(made), cells.movements(made))
