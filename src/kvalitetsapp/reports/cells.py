"""How numbers are written in a report, and which small ones are not.

Shown outside the department, no cell tells of one to four persons: it says `<5`, and where a total would give it away
the next smallest of its column is hidden too. Inside the department everything stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.texts import NOTHING, _, kronor_rounded, number, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.report_data import Share

SMALL: Final = 5
LEAST_DENOMINATOR: Final = 10
HIDDEN: Final = "<5"
ALSO_HIDDEN: Final = "··"


@dataclass(frozen=True, slots=True)
class Cells:
    """The way numbers are written in one report."""

    suppress: bool

    def small(self, count: int) -> bool:
        """Tell whether a count must not be shown."""
        return self.suppress and 0 < count < SMALL

    def count(self, count: int) -> str:
        """Return a number of persons or events."""
        return HIDDEN if self.small(count) else number(count)

    def column(self, counts: Sequence[int], *, with_total: bool = False) -> list[str]:
        """Return a column of counts; the last is their total if told so, and then never gives a hidden one away."""
        shown = [self.count(count) for count in counts]
        parts = range(len(counts) - 1 if with_total else 0)
        hidden = [place for place in parts if self.small(counts[place])]
        if len(hidden) == 1:
            others = [place for place in parts if place not in hidden and counts[place] > 0]
            if others:
                shown[min(others, key=lambda place: counts[place])] = ALSO_HIDDEN
            else:
                shown[-1] = HIDDEN
        return shown

    def table(self, rows: Sequence[Sequence[int]]) -> list[list[str]]:
        """Return a table whose last column and last row are totals, so that no line gives a hidden cell away."""
        hidden = [[self.small(count) for count in row] for row in rows]
        lines = [[(r, c) for c in range(len(row))] for r, row in enumerate(rows)]
        lines += [[(r, c) for r in range(len(rows))] for c in range(len(rows[0]))]
        changed = True
        while changed:
            changed = any(_protect(line, rows, hidden) for line in lines)
        return [
            [number(count) if not gone else self._gone(count) for count, gone in zip(row, marks, strict=True)]
            for row, marks in zip(rows, hidden, strict=True)
        ]

    def _gone(self, count: int) -> str:
        return HIDDEN if self.small(count) else ALSO_HIDDEN

    def tells(self, share: Share) -> bool:
        """Tell whether a rate may be shown."""
        return not self.small(share.events) and not (self.suppress and share.n < LEAST_DENOMINATOR)

    def rate(self, share: Share, digits: int = 1) -> str:
        """Return a rate as a percentage."""
        return percent(share.rate, digits) if self.tells(share) else NOTHING

    def interval(self, share: Share, digits: int = 1) -> str:
        """Return the 95 % interval as `1,2–3,4 %`."""
        if share.low is None or share.high is None or not self.tells(share):
            return NOTHING
        return _("{low}–{high}").format(low=percent(share.low, digits)[:-2], high=percent(share.high, digits))

    def money(self, ore: int | None, persons: int) -> str:
        """Return an amount in whole kronor, unless it tells of a few persons only."""
        return NOTHING if self.small(persons) else kronor_rounded(ore)


def _protect(line: Sequence[tuple[int, int]], rows: Sequence[Sequence[int]], hidden: Sequence[list[bool]]) -> bool:
    """Hide the smallest other cell of a line where only one is hidden, and tell whether that was needed."""
    gone = [place for place in line if hidden[place[0]][place[1]]]
    others = [(rows[r][c], c, r) for r, c in line if not hidden[r][c] and rows[r][c] > 0]
    if len(gone) != 1 or not others:
        return False
    _count, c, r = min(others)
    hidden[r][c] = True
    return True


def unknown_share(share: Share) -> str:
    """Return `3 av 120 (2,5 %)`; of nothing a dash."""
    if share.n == 0:
        return NOTHING
    return _("{events} av {n} ({rate})").format(
        events=number(share.events), n=number(share.n), rate=percent(share.rate)
    )
