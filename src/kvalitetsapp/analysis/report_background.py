"""What every report of a batch needs of all operations together, worked out when first asked for and then kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

from kvalitetsapp.analysis import expected, frames
from kvalitetsapp.analysis.charts.rows import chart_rows
from kvalitetsapp.analysis.indicators import figures
from kvalitetsapp.analysis.indicators.members import members
from kvalitetsapp.domain.indicator import Counted

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    import pandas as pd

    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.case_mix import CaseMix
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.typed_figures import CheckedFigure

_Made = TypeVar("_Made")
_VALUES: Final = ("n", "events", "value", "ci_low", "ci_high", "reviewed", "benchmark", "flags")


@dataclass
class ReportBackground:
    """The indicators with what they are worked out from, and the published figures as they were checked.

    `unlinkable` are persons whose number care elsewhere is not found by.
    """

    source: IndicatorSource
    indicators: Sequence[Indicator]
    published: Sequence[CheckedFigure] = ()
    unlinkable: frozenset[int] = frozenset()
    _kept: dict[Hashable, object] = field(default_factory=dict, repr=False)

    def one(self, indicator_id: str) -> Indicator | None:
        """Return an indicator by its id."""
        return next((each for each in self.indicators if each.indicator_id == indicator_id), None)

    def by_provider(self, indicator: Indicator) -> list[dict[str, Any]]:
        """Return an indicator's figures of all providers as plain rows, by joint where it can be, else joint ""."""
        return self._once(("by", indicator.indicator_id), lambda: self._by_provider(indicator))

    def _by_provider(self, indicator: Indicator) -> list[dict[str, Any]]:
        by = ["provider", *(["joint"] if "joint" in indicator.level else [])]
        found = self.figures(indicator, by)
        names = ("provider_id", *by[1:], *_VALUES)
        return [{"joint": ""} | dict(zip(names, row, strict=True)) for row in frames.rows(found, names)]

    def figures(self, indicator: Indicator, by: Sequence[str]) -> pd.DataFrame:
        """Return an indicator's figures by other keys."""
        if indicator.count.kind is Counted.PUBLISHED:
            return figures.summary(indicator, self.source, by=by)
        return figures.of_members(indicator, self.source, self._members(indicator), by=by)

    def rows(self, indicator: Indicator) -> pd.DataFrame:
        """Return the `chart_rows` of all operations that an indicator counts."""
        source = self.source
        return self._once(
            ("rows", indicator.indicator_id),
            lambda: chart_rows(self._members(indicator), source.index_operations, source.persons, indicator),
        )

    def rows_so_far(self, indicator: Indicator) -> pd.DataFrame:
        """Return the `chart_rows` of all operations done, with what has come of each by now within the window.

        Those not yet followed are among them: of days nothing is left out, while a share of them would be too low.
        """
        source, last = self.source, indicator.window.last
        until_now = replace(indicator, window=replace(indicator.window, last=None))

        def made() -> pd.DataFrame:
            found = members(until_now, source)
            late = (found["days"] > last).to_numpy(dtype=np.bool_, na_value=False) if last is not None else False
            found["value"] = np.where(late, 1.0 - found["value"], found["value"])
            return chart_rows(found, source.index_operations, source.persons, indicator)

        return self._once(("so far", indicator.indicator_id), made)

    def case_mix(self, indicator: Indicator) -> CaseMix:
        """Return observed against expected of all providers."""
        return self._once(("mix", indicator.indicator_id), lambda: expected.standardise(self._cases(indicator)))

    def risks(self, indicator: Indicator) -> pd.Series[float]:
        """Return each operation's risk by the model of its joint."""
        return self._once(("risks", indicator.indicator_id), lambda: expected.risks(self._cases(indicator)))

    def _cases(self, indicator: Indicator) -> pd.DataFrame:
        source = self.source
        return self._once(
            ("cases", indicator.indicator_id),
            lambda: expected.cases(self._members(indicator), source.index_operations, source.persons, source.episodes),
        )

    def _members(self, indicator: Indicator) -> pd.DataFrame:
        return self._once(("members", indicator.indicator_id), lambda: members(indicator, self.source))

    def _once(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        if key not in self._kept:
            self._kept[key] = make()
        found: _Made = self._kept[key]  # type: ignore[assignment]
        return found
