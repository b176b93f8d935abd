"""Gathers the account of claims: sums from the analysis, the claims and what waits from the lists of claims."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kvalitetsapp.analysis import report_claims, report_costs, report_money
from kvalitetsapp.domain.claim_words import ClaimStatus
from kvalitetsapp.domain.claims_report import NO_DEADLINE, PASSED, ClaimsReport, Deadlines, ListedClaim, by_month
from kvalitetsapp.domain.report_data import Manifest, sealed
from kvalitetsapp.domain.words import word
from kvalitetsapp.services import claim_lists, report_contents
from kvalitetsapp.store import receivables
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pandas import DataFrame

    from kvalitetsapp.analysis.report_frames import ReportFrames
    from kvalitetsapp.domain.released import SmallNumbers
    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.services.workspace import Workspace


def claims_report(workspace: Workspace, source: ReportFrames, *, small_numbers: SmallNumbers) -> ClaimsReport:
    """Return everything in the account of claims on the provider that `source` is about, or on all of them."""
    source = replace(source, account=_with_disputed(workspace, source.account))
    subject = source.names.get(source.provider_id, _("Alla vårdgivare utom egen regi"))
    owed = report_contents.owed(workspace, source)
    day = date.fromisoformat(owed.day)
    claims = source.confirmed_claims
    parameters = (
        (_("Omfattning"), subject),
        (_("Obetalt och dagar räknade till"), owed.day),
        (_("Små tal"), word("small_numbers", small_numbers)),
    )
    return sealed(
        ClaimsReport(
            head=report_contents.head(workspace, source, subject, small_numbers=small_numbers),
            one_provider=bool(source.provider_id),
            claimed=report_claims.claimed(source),
            by_year=report_costs.claims_by_year(claims, source.claims_account),
            owed=owed,
            not_covered=report_money.not_covered(claims),
            deadlines=by_month(_waiting(workspace, source, day)),
            claims=tuple(_listed(workspace, source, day)),
            agreements=report_money.agreements_used(source),
            manifest=Manifest(
                report_contents.imported_files(workspace), report_contents.definitions(workspace), parameters
            ),
        )
    )


def _with_disputed(workspace: Workspace, account: DataFrame | None) -> DataFrame | None:
    """Return the account of claims with what is left to pay on each line that the provider contests."""
    if account is None:
        return None
    left = {
        (owed.basis, line.line): owed.left_by_line()[line.line]
        for owed in receivables.all_receivables(workspace.store)
        for line in owed.lines
        if line.status is ClaimStatus.DISPUTED
    }
    lines = zip(account["basis"].tolist(), account["basis_line"].tolist(), strict=True)
    return account.assign(disputed=[left.get(each, 0) for each in lines])


def _waiting(workspace: Workspace, source: ReportFrames, day: date) -> Iterator[Deadlines]:
    """Give each confirmed event that is not claimed yet, with the month of its last day."""
    for told in claim_lists.unclaimed(workspace).records():
        if _is_about(source, told["provider_id"]):
            amounts = (_ore(told["to_claim"]), _ore(told["drafted"]))
            yield Deadlines(_month(str(told["claim_by"]), day), 1, *amounts, _ore(told["missing_cost"]))


def _month(claim_by: str, day: date) -> str:
    if not claim_by:
        return NO_DEADLINE
    return PASSED if claim_by < day.isoformat() else claim_by[:7]


def _listed(workspace: Workspace, source: ReportFrames, day: date) -> Iterator[ListedClaim]:
    due = {one.number: one.due_on for one in receivables.all_receivables(workspace.store)}
    for told in claim_lists.all_claims(workspace).records():
        if not _is_about(source, told["provider_id"]):
            continue
        document, left = str(told["document"]), _ore(told["left"])
        due_on = due.get(document)
        provider_id = str(told["provider_id"])
        yield ListedClaim(
            number=str(told["claim"]),
            provider=source.names.get(provider_id, provider_id),
            status=str(told["claim_status"]),
            amount=_ore(told["amount"]),
            credited=_ore(told["credited"]),
            paid=_ore(told["paid"]),
            left=left,
            document=document,
            due_on="" if due_on is None else due_on.isoformat(),
            days_late=None if due_on is None or left <= 0 else max(0, (day - due_on).days),
        )


def _is_about(source: ReportFrames, provider_id: Value) -> bool:
    return not source.provider_id or provider_id == source.provider_id


def _ore(value: Value) -> int:
    return value if isinstance(value, int) else 0
