"""The fingerprint of a report: the SHA-256 of everything that it shows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from kvalitetsapp.domain.agenda_report import AgendaReport, GapReport
    from kvalitetsapp.domain.claims_report import ClaimsReport
    from kvalitetsapp.domain.comparison_report import ComparisonReport
    from kvalitetsapp.domain.equity_report import EquityReport
    from kvalitetsapp.domain.report_data import ProviderReport, TotalReport
    from kvalitetsapp.domain.waiting_report import WaitingReport

AnyReport = TypeVar(
    "AnyReport",
    bound="ProviderReport | TotalReport | ClaimsReport | ComparisonReport | AgendaReport | GapReport | "
    "WaitingReport | EquityReport",
)


def sealed(report: AnyReport) -> AnyReport:
    """Return the report with its fingerprint: the SHA-256 of everything else in it."""
    bare = replace(report, manifest=replace(report.manifest, fingerprint=""))
    return replace(report, manifest=replace(report.manifest, fingerprint=fingerprint(bare)))


def fingerprint(data: DataclassInstance) -> str:
    """Return the SHA-256 of everything in the data, the same whenever they are."""
    content = json.dumps(asdict(data), ensure_ascii=False, sort_keys=True, default=date.isoformat)
    return hashlib.sha256(content.encode()).hexdigest()
