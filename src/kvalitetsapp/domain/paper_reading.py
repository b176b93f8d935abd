"""Which papers this version of the program can read: a later one may have written what it has no words for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import equity_paper, meeting_paper, need_paper
from kvalitetsapp.domain.equity_paper import EquityState
from kvalitetsapp.domain.gap_paper import GapPaper, GapState
from kvalitetsapp.domain.meeting_paper import MeetingState
from kvalitetsapp.domain.need_paper import NeedState
from kvalitetsapp.domain.paper import PaperKind
from kvalitetsapp.domain.quarter_paper import QuarterPaper
from kvalitetsapp.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kvalitetsapp.domain.paper import Paper

_READERS: Final[dict[PaperKind, tuple[Callable[[str], object], Callable[[Mapping[str, Any]], object]]]] = {
    PaperKind.EQUITY: (EquityState, equity_paper.from_contents),
    PaperKind.NEED: (NeedState, need_paper.from_contents),
    PaperKind.MEETING: (MeetingState, meeting_paper.from_contents),
    PaperKind.GAP: (GapState, GapPaper.from_contents),
    PaperKind.QUARTER: (str, QuarterPaper.from_contents),
}
"""What reads a paper's state and what its contents, by its kind."""


def can_be_read(paper: Paper) -> bool:
    """Tell whether everything that a paper must say can be read."""
    read_state, read_contents = _READERS[paper.kind]
    try:
        read_state(paper.state)
        read_contents(paper.contents)
    except (AttributeError, InputError, LookupError, TypeError, ValueError):
        return False
    return True
