"""How numbers are written in a report, and which small ones are not.

Shown outside the department, no cell tells of one to four persons: it says `<5`, and what would give it away is hidden
too. In the strict mode up to seven are hidden and the rest rounded to five. Inside the department everything stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from kvalitetsapp.domain import small_numbers
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.small_numbers import LARGEST_STRICT, SMALL, STRICT_STEP, CountTable
from kvalitetsapp.texts import NOTHING, _, kronor_rounded, number, percent

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping, Sequence

    from kvalitetsapp.domain.report_data import Share

LEAST_DENOMINATOR: Final = 10
ALSO_HIDDEN: Final = "··"
HIDDEN_WORDS: Final = frozenset({"<5", "≤7"})
"""What stands for a small number in one mode or the other."""
_HIDDEN: Final = {SmallNumbers.PLAIN: "<5", SmallNumbers.STRICT: "≤7"}
Key = TypeVar("Key", bound="Hashable")
_TOTAL: Final = "total"


@dataclass(frozen=True, slots=True)
class Cells:
    """The way numbers are written in one report."""

    mode: SmallNumbers = SmallNumbers.OPEN
    told: Mapping[tuple[tuple[str, ...], int], str] = field(default_factory=dict, hash=False)
    """How the counts of the report's ledger are shown (`ledgers.cells_of`)."""

    @property
    def suppress(self) -> bool:
        """Tell whether small numbers are hidden at all."""
        return self.mode is not SmallNumbers.OPEN

    @property
    def strict(self) -> bool:
        """Tell whether what is shown is rounded too."""
        return self.mode is SmallNumbers.STRICT

    @property
    def hidden_word(self) -> str:
        """Return what stands for a small number."""
        return _HIDDEN.get(self.mode, "")

    @property
    def largest_small(self) -> int:
        """Return the largest count that is hidden."""
        return LARGEST_STRICT if self.strict else SMALL - 1

    def is_hidden(self, shown: str) -> bool:
        """Tell whether a text stands for a number that is not shown."""
        return shown == ALSO_HIDDEN or (self.suppress and shown == self.hidden_word)

    def small(self, count: int) -> bool:
        """Tell whether a count must not be shown."""
        return self.suppress and 0 < count <= self.largest_small

    def count(self, count: int) -> str:
        """Return a number of persons or events."""
        return self.hidden_word if self.small(count) else number(self.rounded(count))

    def at(self, name: tuple[str, ...], count: int) -> str:
        """Return a count that the report tells elsewhere too, as the ledger of the report lets it be shown."""
        return self.told.get((name, count)) or self.count(count)

    def hides(self, name: tuple[str, ...], count: int) -> bool:
        """Tell whether a count must not be shown, nor any rate that would give it."""
        return self.is_hidden(self.at(name, count))

    def rounded(self, count: int) -> int:
        """Return a count as it is shown: to the nearest five in the strict mode."""
        return STRICT_STEP * ((count + STRICT_STEP // 2) // STRICT_STEP) if self.strict else count

    def protected(
        self,
        counts: Mapping[Key, int],
        sums: Sequence[tuple[Key, Sequence[Key]]],
        unseen: Collection[Key] = frozenset(),
        last: Collection[Key] = frozenset(),
    ) -> dict[Key, str]:
        """Return how counts are shown, so that none that is hidden follows from the sums between them."""
        printed = [key for key in counts if key not in unseen]
        if not self.suppress:
            return {key: number(counts[key]) for key in printed}
        gone = small_numbers.hidden(CountTable(counts, sums, unseen, last), self.largest_small)
        return {key: self._gone(said=gone[key]) if key in gone else self.count(counts[key]) for key in printed}

    def column(self, counts: Sequence[int], *, with_total: bool = False) -> list[str]:
        """Return a column of counts; the last is their total if told so, and then never gives a hidden one away.

        Where the total is more than the parts there is a part that is not in the column; where it is less, some are
        counted in several parts. Both take part as a count unseen.
        """
        if not with_total or not self.suppress:
            return [self.count(count) for count in counts]
        *parts, total = counts
        named: dict[object, int] = dict(enumerate(parts))
        unseen, sums = _apart(named, total)
        shown = self.protected({**named, **unseen, _TOTAL: total}, sums, frozenset(unseen))
        return [*(shown[place] for place in named), shown[_TOTAL]]

    def _gone(self, *, said: bool) -> str:
        return self.hidden_word if said else ALSO_HIDDEN

    def tells(self, share: Share) -> bool:
        """Tell whether a rate may be shown."""
        return not self.small(share.events) and not (self.suppress and share.n < LEAST_DENOMINATOR)

    def rate(self, share: Share, digits: int = 1) -> str:
        """Return a rate as a percentage; in the strict mode that of the rounded counts, without decimals."""
        if not self.tells(share):
            return NOTHING
        if self.strict and share.rate is not None:
            return percent(self.rounded(share.events) / max(self.rounded(share.n), STRICT_STEP), 0)
        return percent(share.rate, digits)

    def part(self, count: int, whole: int) -> str:
        """Return what part of a whole a count is, neither of them small; rounded as `rate`."""
        return percent(self.portion(count, whole), 0 if self.strict else 1)

    def portion(self, count: int, whole: int) -> float:
        """Return the part of a whole as a number; in the strict mode that of the rounded counts."""
        return self.rounded(count) / max(self.rounded(whole), STRICT_STEP) if self.strict else count / whole

    def interval(self, share: Share, digits: int = 1) -> str:
        """Return the 95 % interval as `1,2–3,4 %`."""
        if share.low is None or share.high is None or not self.tells(share):
            return NOTHING
        digits = 0 if self.strict else digits
        return _("{low}–{high}").format(low=percent(share.low, digits)[:-2], high=percent(share.high, digits))

    def money(self, ore: int | None, persons: int) -> str:
        """Return an amount in whole kronor, unless it tells of a few persons only."""
        return NOTHING if self.small(persons) else kronor_rounded(ore)

    def money_at(self, name: tuple[str, ...], ore: int | None, persons: int) -> str:
        """Return an amount in whole kronor, unless the count of those that it is about is hidden."""
        return NOTHING if self.hides(name, persons) else kronor_rounded(ore)


def unknown_share(share: Share, cells: Cells, name: tuple[str, ...] = ()) -> str:
    """Return `3 av 120 (2,5 %)`; of nothing a dash, of few persons, or hidden elsewhere, only that."""
    if share.n == 0:
        return NOTHING
    if cells.hides(name, share.events):
        return cells.at(name, share.events)
    if cells.small(share.n) or cells.small(share.n - share.events) or not cells.tells(share):
        return cells.hidden_word if cells.small(share.events) else ALSO_HIDDEN
    if cells.strict:
        return _("{events} av {n}").format(events=cells.count(share.events), n=cells.count(share.n))
    return _("{events} av {n} ({rate})").format(
        events=number(share.events), n=number(share.n), rate=percent(share.rate)
    )


def _apart(parts: dict[object, int], total: int) -> tuple[dict[object, int], list[tuple[object, list[object]]]]:
    """Return the counts that nobody prints and the sums that hold between parts and their total."""
    together = sum(parts.values())
    if together <= total:
        rest: dict[object, int] = {"rest": total - together} if together < total else {}
        return rest, [(_TOTAL, [*parts, *rest])]
    return {"together": together, "twice": together - total}, [("together", [*parts]), ("together", [_TOTAL, "twice"])]
