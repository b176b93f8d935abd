"""Everything in the report of the quality agenda, and in the basis for a decision of a gap analysis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kvalitetsapp.domain.agenda import AgendaRow
    from kvalitetsapp.domain.frozen_figure import FrozenFigure
    from kvalitetsapp.domain.gap_paper import GapPaper
    from kvalitetsapp.domain.indicator_recipe import Line
    from kvalitetsapp.domain.report_data import Benchmark, Head, Manifest


@dataclass(frozen=True, slots=True)
class FigureFacts:
    """What a reader of a frozen figure has to know of its indicator.

    `inside` are the indicators whose events all of its events are among, `national` where its national figures stand.
    """

    indicator_id: str
    follow_up_days: int
    inside: tuple[str, ...]
    recipe: tuple[Line, ...]
    national: tuple[Benchmark, ...]


@dataclass(frozen=True, slots=True)
class AgendaReport:
    """The agenda on a day, or as a quarter was kept (`quarter` is its code, "" for today).

    `earlier` has the rows of the quarters before, the oldest first, by their code.
    """

    head: Head
    quarter: str
    rows: tuple[AgendaRow, ...]
    earlier: tuple[tuple[str, tuple[AgendaRow, ...]], ...]
    facts: tuple[FigureFacts, ...]
    manifest: Manifest

    @property
    def figures(self) -> tuple[FrozenFigure, ...]:
        """Return the figures that it tells."""
        return tuple(row.figure for row in self.rows if row.figure is not None and row.figure.value is not None)


@dataclass(frozen=True, slots=True)
class GapReport:
    """A version of a gap analysis as a basis for a decision."""

    head: Head
    state: str
    owner: str
    follow_up_on: str
    gap: GapPaper
    facts: tuple[FigureFacts, ...]
    manifest: Manifest

    @property
    def figures(self) -> tuple[FrozenFigure, ...]:
        """Return the figure that it is about."""
        figure = self.gap.present.figure
        return () if figure is None or figure.value is None else (figure,)
