"""The counts of persons that a report tells, each under one name, and the sums that a reader knows between them.

What stands in several tables of a report has one entry, so that a number that is hidden in one of them is hidden in
all, and rates that would give it back with it. An entry is a name with its count: two tables that do not count the
same by a name have two entries, and what the larger has beyond the smaller is protected as a count that nobody prints.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.release_check import ANY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvalitetsapp.reports.cells import Cells

Name = tuple[str, ...]
Entry = tuple[Name, int]
REST: Final = "rest"
NOW: Final = "now"
BEFORE: Final = "before"
"""The review round that is told, and the one before it."""
_WEIGHTIEST: Final = frozenset({"operations", "followed", "happened", "found", "waits"})
"""What the report is about; of several that protect a number these are hidden last."""


def count_of(one: Entry) -> int:
    """Return how many an entry counts."""
    return one[1]


@dataclass(slots=True)
class Ledger:
    """Counts by entry, sums as (total, its parts); `unseen` are never printed."""

    counts: dict[Entry, int] = field(default_factory=dict)
    sums: list[tuple[Entry, list[Entry]]] = field(default_factory=list)
    unseen: set[Entry] = field(default_factory=set)
    _by_name: dict[Name, list[Entry]] = field(default_factory=dict)

    def put(self, name: Name, count: int, *, unseen: bool = False) -> Entry:
        """Enter a count and return its entry; others by the same name are related to it."""
        entry = (name, count)
        if entry not in self.counts:
            self.counts[entry] = count
            for other in self._by_name.setdefault(name, []):
                self.inside(*sorted((other, entry), key=lambda one: one[1]))
            self._by_name[name].append(entry)
            if unseen:
                self.unseen.add(entry)
        elif not unseen:
            self.unseen.discard(entry)
        return entry

    def named(self, name: Name) -> list[Entry]:
        """Return what is entered by a name."""
        return list(self._by_name.get(name, ()))

    def total(self, total: Entry, parts: Iterable[Entry]) -> None:
        """Say that parts make up a total; what lacks of it nobody prints, and what is too much is in several parts."""
        told = list(dict.fromkeys(parts))
        if told == [total] or not told:
            return
        rest = self.counts[total] - sum(self.counts[one] for one in told)
        if rest > 0:
            told.append(self._unseen(total, told, rest))
            self.sums.append((total, told))
        elif rest == 0:
            self.sums.append((total, told))
        else:
            together = self._unseen(total, told, self.counts[total] - rest)
            self.sums += [(together, told), (together, [total, self._unseen(total, [*told, together], -rest)])]

    def inside(self, inner: Entry, outer: Entry) -> None:
        """Say that one count is a part of another; where it is not, nothing is known between them."""
        if inner != outer and self.counts[inner] <= self.counts[outer]:
            self.total(outer, [inner])

    def shown(self, cells: Cells) -> Mapping[Entry, str]:
        """Return how every count that is printed is shown."""
        if not cells.suppress:
            return {}
        same = self._same()
        counts = {same[one]: count for one, count in self.counts.items()}
        sums = [(same[total], [same[one] for one in parts if count_of(one)]) for total, parts in self.sums]
        sums = [(total, parts) for total, parts in sums if parts != [total] and count_of(total)]
        printed = {same[one] for one in self.counts if one not in self.unseen}
        last = {same[one] for one in self.counts if one[0][0] in _WEIGHTIEST and one not in self.unseen}
        shown = cells.protected(counts, sums, counts.keys() - printed, last)
        return {one: shown[same[one]] for one in self.counts if one not in self.unseen}

    def _same(self) -> dict[Entry, Entry]:
        """Return for every entry the one that stands for all that are the same by a sum of one part."""
        same = {one: one for one in self.counts}

        def first(one: Entry) -> Entry:
            while same[one] != one:
                one = same[one]
            return one

        for total, parts in self.sums:
            told = [one for one in parts if count_of(one)]
            if len(told) == 1 and count_of(total):
                same[first(total)] = first(told[0])
        return {one: first(one) for one in self.counts}

    def _unseen(self, total: Entry, parts: Iterable[Entry], count: int) -> Entry:
        entry = ((REST, *total[0], *(str(one) for one in parts)), count)
        self.counts[entry] = count
        self.unseen.add(entry)
        return entry


def operations(joint: str = ANY, who: str = ANY) -> Name:
    """Name operations; `who` is a provider in a report on several."""
    return ("operations", joint or ANY, who)


def followed(within: int, joint: str, who: str = ANY, unit: str = ANY) -> Name:
    """Name operations that are followed for so many days."""
    return ("followed", str(within), joint or ANY, who, unit)


def happened(what: str, joint: str, who: str = ANY, unit: str = ANY) -> Name:
    """Name operations that something came of: `reoperation_730`, or an indicator."""
    return ("happened", what, joint or ANY, who, unit)


def in_review(column: str, year: int = 0) -> Name:
    """Name events by how far they are reviewed, of a year or (0) of all."""
    return ("review", column, str(year))


def in_class(column: str, complication_class: str = ANY) -> Name:
    """Name events of a complication class."""
    return ("class", column, complication_class or "none")


def in_account(column: str, key: str = "") -> Name:
    """Name cases or events in the account of a year or provider, or (`potential`) as if all proposed links held."""
    return ("account", column, key or ANY)


def in_claims(column: str, key: str = "") -> Name:
    """Name events in the table of what became of claims, of a year or of all."""
    return ("claims", column, key or ANY)


def not_covered(column: str, reason: str = ANY) -> Name:
    """Name events that no agreement covers, by reason."""
    return ("not_covered", column, reason)


def in_costs(what: str, group: str, column: str) -> Name:
    """Name cases or (`what`) events of a group whose costs are told."""
    return ("costs", what, group, column)


def in_mix(variable: str, level: str, column: str) -> Name:
    """Name operations of a group of the case mix."""
    return ("mix", variable, level, column)


def missing(variable: str) -> Name:
    """Name operations that something is not known of."""
    return ("missing", variable)


def expected(name: str) -> Name:
    """Name operations of a provider (all: "") whose whole cost is told."""
    return ("expected", name or ANY)


def heat(provider: str, column: str) -> Name:
    """Name what is behind a cell of a table in colours, all joints together."""
    return ("heat", provider, column)


def waiting(column: str, month: str = "") -> Name:
    """Name events that wait to be claimed, by the month of their last day."""
    return ("waiting", column, month or ANY)


def without_price() -> Name:
    """Name followed operations whose price is not known."""
    return ("without_price",)


def of_round(column: str) -> Name:
    """Name cases of a review round, by how far they have come or what they are beside the round before."""
    return ("round", column)


def found(column: str, when: str = NOW) -> Name:
    """Name cases that are reviewed, by what was found of them."""
    return ("found", when, column)


def answered(question: str, code: str = ANY, when: str = NOW) -> Name:
    """Name reviewed cases by the answer to a question; `code` "" was not answered."""
    return ("answers", when, question, code or "none given")


def infections(question: str, code: str, level: str = ANY) -> Name:
    """Name infections by the answer to a question and by how certain they are."""
    return ("infections", question, code or "none given", level or "none given")


def reviewed_at(provider: str, column: str) -> Name:
    """Name reviewed cases that were operated on at a provider."""
    return ("reviewed_at", provider, column)


def pairs(column: str, question: str = "") -> Name:
    """Name cases that two have answered, on a question or at all."""
    return ("pairs", question or ANY, column)


def given(reviewer: str = "") -> Name:
    """Name answers of a reviewer, or of all."""
    return ("given", reviewer or ANY)


def asked(column: str) -> Name:
    """Name questions that were asked of providers."""
    return ("asked", column)


def missed(column: str) -> Name:
    """Name contacts in the search for missed events that people have judged."""
    return ("missed", column)
