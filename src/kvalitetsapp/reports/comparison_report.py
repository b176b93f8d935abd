"""The comparison of providers for purchasing: a chapter a joint, by volume, never a league table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.reports import ledgers, styles
from kvalitetsapp.reports.composed import Composed
from kvalitetsapp.reports.composer import Composer
from kvalitetsapp.reports.sections import comparison, cover, manifest
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.comparison_report import ComparisonReport


def build(data: ComparisonReport) -> bytes:
    """Return the report as PDF; the same data always give the same bytes."""
    return composed(data).pdf()


def composed(data: ComparisonReport) -> Composed:
    """Return the report put together."""
    styles.register_fonts()
    title = _("Jämförelse av vårdgivare")
    composer, cells = Composer(), ledgers.cells_of(data)
    cover.add(composer, title, data.head, data.manifest, [(_("Mått"), data.indicator)])
    for found in data.comparisons:
        comparison.add(composer, found, data.benchmarks, cells)
    comparison.definitions(composer, data.recipe, data.indicator)
    manifest.add(composer, data.head, data.manifest)
    return Composed(title, data.head, data.manifest, composer)
