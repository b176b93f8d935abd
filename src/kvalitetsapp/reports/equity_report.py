"""The report on equal care: what came out, groups of people, women and men against the nation, and working papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.reports import kept_groups, ledgers, styles
from kvalitetsapp.reports.composed import Composed
from kvalitetsapp.reports.composer import Composer
from kvalitetsapp.reports.sections import comparison, cover, equity, manifest
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.equity_report import EquityReport


def build(data: EquityReport) -> bytes:
    """Return the report as PDF; the same data always give the same bytes."""
    return composed(data).pdf()


def composed(data: EquityReport) -> Composed:
    """Return the report put together."""
    styles.register_fonts()
    title = _("Jämlik vård")
    composer, cells = Composer(), ledgers.cells_of(data)
    data = kept_groups.of_report(data, cells)
    cover.add(composer, title, data.head, data.manifest, [(_("Mått"), data.indicator)])
    equity.summary(composer, data, cells)
    equity.groups(composer, data, cells)
    equity.profile(composer, data, cells)
    equity.papers(composer, data, cells)
    comparison.definitions(composer, data.recipe, data.indicator)
    equity.method(composer, data)
    manifest.add(composer, data.head, data.manifest)
    return Composed(title, data.head, data.manifest, composer)
