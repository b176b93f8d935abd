"""Everything in the minutes of a follow-up meeting, and its frozen figures as the small-number gate knows figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain.indicator import Measure
from kvalitetsapp.domain.report_chapters import IndicatorFigure

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.frozen_figure import ComparedFigure, FrozenFigure
    from kvalitetsapp.domain.meeting_paper import Meeting
    from kvalitetsapp.domain.report_data import Head, Manifest


@dataclass(frozen=True, slots=True)
class MinutesReport:
    """The minutes of a meeting; `figures` beside today's only where all numbers may be shown."""

    head: Head
    paper: int
    version: int
    owner: str
    follow_up_on: date | None
    state: str
    saved: str
    """Who saved the version that is printed, and when."""
    provider: str
    indicators: tuple[str, ...]
    meeting: Meeting
    figures: tuple[ComparedFigure, ...]
    today: date
    manifest: Manifest

    @property
    def gated(self) -> tuple[IndicatorFigure, ...]:
        """Return the frozen figures as the gate for small numbers knows them."""
        return tuple(figure_of(one) for one in self.meeting.figures)


def figure_of(one: FrozenFigure) -> IndicatorFigure:
    """Return a frozen figure as a figure of a report."""
    return IndicatorFigure(
        indicator_id=one.indicator_id,
        version=one.version,
        name=one.name,
        joint=one.scope.get("joint", ""),
        is_share=one.is_share,
        decimals=one.decimals,
        follow_up_days=one.follow_up_days,
        n=one.n or 0,
        events=one.events,
        value=one.value,
        low=one.ci_low,
        high=one.ci_high,
        reviewed=None,
        target=one.benchmark,
        is_national=True,
        detectable=None,
        flags=tuple(one.flags.split()),
        inside=one.inside,
        prostheses=one.prostheses,
        counts_without=one.measure == Measure.SHARE_WITHOUT,
    )
