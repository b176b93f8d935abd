"""The flow of cases and kronor, and what every case cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.chart_data import CaseFlow, CostStrip, FlowStep
from kvalitetsapp.domain.report_data import CAP_LINE, CLAIMED_LINE, PRICE_LINE
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.chart_data import CaseCost, Flow
    from kvalitetsapp.domain.report_data import Recovery


def case_flow(title: str, flow: Flow, recovery: Recovery) -> CaseFlow:
    """Return the steps from purchased operations to what is paid; credited claims are not among those claimed."""
    steps = (
        FlowStep("purchased", _("Köpta operationer"), flow.purchased, None),
        FlowStep("followed", _("Uppföljda i två år"), flow.followed, None),
        FlowStep("events", _("Händelser"), flow.events, None),
        FlowStep("reviewed", _("Granskade"), flow.reviewed, None),
        FlowStep("confirmed", _("Bekräftade"), flow.confirmed, flow.cost),
        FlowStep("covered", _("Omfattade"), flow.covered, flow.covered_cost),
        FlowStep("claimable", _("Går att kräva"), None, flow.claimable),
        FlowStep("claimed", _("Krävt"), None, max(recovery.claimed - recovery.credited, 0)),
        FlowStep("paid", _("Betalt"), None, recovery.paid),
    )
    return CaseFlow(title, steps)


def cost_strip(title: str, cases: Sequence[CaseCost]) -> CostStrip:
    """Return the cases by cost with the lines that were spoken of: the price, the usual cap, and what was claimed."""
    lines = (
        (PRICE_LINE, _("60 000 kr: pris för en operation")),
        (CAP_LINE, _("200 000 kr: tak i vårdvalet")),
        (CLAIMED_LINE, _("800 000 kr: påstådd kostnad")),
    )
    return CostStrip(title, tuple(sorted(cases, key=lambda case: (case.cost, case.key))), lines)
