"""What indicators are worked out from: the store's frames, the tables they need, and the day they reach to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence
    from datetime import date

    import pandas as pd

    from kvalitetsapp.domain.adverse_event import AdverseEvent
    from kvalitetsapp.domain.codes import CodeTables

_Made = TypeVar("_Made")


@dataclass
class IndicatorSource:
    """Frames of `analysis/frames.py` (benchmarks of the shape PUBLISHED), and beside them those below.

    units: operation int64 · unit category ("" = none told).
    answers: person int64 · joint, side, instrument, item, occasion category ("" = the whole instrument) ·
    answered_on date · value float64.
    register: person int64 · joint, side category · operated_on date (operations in the joint register).
    `backgrounds` reads person int64 · education, birth_country, municipality category ("" = not told), which few
    questions need; `birth_regions` has the region of each country.
    `prostheses` has the kind of prosthesis by primary code; `worked_out` keeps what several indicators need, whatever
    the day: a key names the day where it matters.
    """

    index_operations: pd.DataFrame
    links: pd.DataFrame
    episodes: pd.DataFrame
    details: pd.DataFrame
    persons: pd.DataFrame
    providers: pd.DataFrame
    benchmarks: pd.DataFrame
    units: pd.DataFrame
    answers: pd.DataFrame
    register: pd.DataFrame
    as_of: date
    tables: CodeTables
    adverse_events: Sequence[AdverseEvent]
    prostheses: Mapping[str, str]
    backgrounds: Callable[[], pd.DataFrame] | None = None
    birth_regions: Mapping[str, str] = field(default_factory=dict)
    worked_out: dict[Any, Any] = field(default_factory=dict, repr=False)

    def once(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """Return what `make` gives, worked out the first time that `key` is asked for."""
        if key not in self.worked_out:
            self.worked_out[key] = make()
        found: _Made = self.worked_out[key]
        return found
