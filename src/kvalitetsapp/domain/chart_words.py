"""A chart in words: its alternative text and its caption."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kvalitetsapp.domain.chart_data import Chart


def description(chart: Chart) -> str:
    """Return the alternative text of a chart."""
    return str(getattr(chart, "title", ""))


def caption(chart: Chart) -> str:
    """Return the line under a chart."""
    return str(getattr(chart, "title", ""))
