"""A mark of the operations behind a figure: the same while the same care is counted in the same way."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from kvalitetsapp.analysis.indicators import listed_members

if TYPE_CHECKING:
    import pandas as pd

    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.indicator import Indicator

_IN_LETTERS: Final = str.maketrans("0123456789", "ghijklmnop")
_LENGTH: Final = 32
_OF_EACH: Final = ["index_ref", "included", "value", "event_ref", "reviewed"]


def of_members(indicator: Indicator, source: IndicatorSource, found: pd.DataFrame) -> str:
    """Return a mark of some members and what was counted of each, whatever order they come in."""
    listed = listed_members.of_members(indicator, source, found)
    rows = sorted(map(repr, listed[_OF_EACH].astype(str).itertuples(index=False, name=None)))
    return of_text("\n".join((indicator.indicator_id, indicator.version, *rows)))


def of_text(text: str) -> str:
    """Return a mark of a text, in letters alone."""
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH].translate(_IN_LETTERS)
