"""A quarter of the quality agenda as it was kept: one row per target with that day's figure, status and comment.

What is kept of a quarter is never worked out again: later data, recipes and limits change nothing in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kvalitetsapp.domain.agenda import AgendaRow
from kvalitetsapp.domain.quarter import Quarter
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class QuarterPaper:
    """A kept quarter; `as_of` is the day that its figures reach to, "" where nothing was stored."""

    quarter: Quarter
    as_of: str
    rows: tuple[AgendaRow, ...]

    @property
    def title(self) -> str:
        """Return what the paper is called."""
        return _("Kvalitetsagenda, {quarter}").format(quarter=self.quarter.in_words())

    def row(self, target_id: str) -> AgendaRow | None:
        """Return the row of a target, None where the quarter has none."""
        return next((one for one in self.rows if one.target.target_id == target_id), None)

    def contents(self) -> dict[str, Any]:
        """Return the quarter as JSON can hold it."""
        return {
            "quarter": self.quarter.code,
            "as_of": self.as_of,
            "rows": [one.contents() for one in self.rows],
        }

    @classmethod
    def from_contents(cls, told: Mapping[str, Any]) -> QuarterPaper:
        """Return the quarter that `contents` gave."""
        rows = tuple(AgendaRow.from_contents(one) for one in told["rows"])
        return cls(Quarter.read(told["quarter"]), told["as_of"], rows)
