"""Everything in the report that sets providers beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kvalitetsapp.domain.indicator_recipe import Line
    from kvalitetsapp.domain.provider_comparison import ProviderComparison
    from kvalitetsapp.domain.report_data import Benchmark, Head, Manifest


@dataclass(frozen=True, slots=True)
class ComparisonReport:
    """The providers joint by joint, with the recipe of the figure they are compared by."""

    head: Head
    indicator: str
    comparisons: tuple[ProviderComparison, ...]
    benchmarks: tuple[Benchmark, ...]
    recipe: tuple[Line, ...]
    manifest: Manifest
