"""The words of every chart, made from what it draws: the same for the eye's caption and for those who hear it read.

`description` says what a chart shows, for alternative text; `caption` how to read it; `empty_reason` why there is
nothing to draw, "" where there is. All three know every type of `Chart`.
"""

from __future__ import annotations

from kvalitetsapp.domain.chart_captions import caption, funnel_limits
from kvalitetsapp.domain.chart_descriptions import LONGEST, description
from kvalitetsapp.domain.chart_emptiness import empty_reason

__all__ = ["LONGEST", "caption", "description", "empty_reason", "funnel_limits"]
