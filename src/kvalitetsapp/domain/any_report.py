"""Every kind of report there is, as one type: what is sealed, put together, and held against what has left."""

from __future__ import annotations

from typing import TypeAlias

from kvalitetsapp.domain.agenda_report import AgendaReport, GapReport
from kvalitetsapp.domain.claims_report import ClaimsReport
from kvalitetsapp.domain.comparison_report import ComparisonReport
from kvalitetsapp.domain.equity_report import EquityReport
from kvalitetsapp.domain.report_data import ProviderReport, TotalReport
from kvalitetsapp.domain.waiting_report import WaitingReport

AnyReport: TypeAlias = (
    ProviderReport
    | TotalReport
    | ClaimsReport
    | ComparisonReport
    | AgendaReport
    | GapReport
    | WaitingReport
    | EquityReport
)
