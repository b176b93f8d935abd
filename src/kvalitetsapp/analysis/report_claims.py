"""What became of claims by provider and by the year of the event, as `summary recovery` has it. Integer öre."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.analysis import frames, recovery
from kvalitetsapp.analysis.columns import texts
from kvalitetsapp.domain.claims_report import ClaimedRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kvalitetsapp.analysis.report_frames import ReportFrames

_SUMS: Final = ("cases", "covered_cost", "claimable", "claimed", "credited", "paid", "uncollected")


def claimed(source: ReportFrames) -> tuple[ClaimedRow, ...]:
    """Return the rows by provider (by name) and year, each provider's sum after its years, and last all of it.

    What is disputed is told by the account of the claims (its column `disputed`). A provider's sum is that of
    `summary recovery --by provider` for the same operations.
    """
    by_both = _rows(source, ["provider", "year"])
    by_provider = _rows(source, ["provider"])
    found: list[ClaimedRow] = []
    for total in sorted(by_provider, key=lambda one: one.provider):
        years = [one for one in by_both if one.provider == total.provider]
        found += [*sorted(years, key=lambda one: one.year), total]
    return (*found, *_rows(source, []))


def _rows(source: ReportFrames, by: Sequence[str]) -> list[ClaimedRow]:
    summed = recovery.summary(source.confirmed_claims, by=by, account=source.claims_account)
    disputed = _disputed(source.claims_account, by)
    columns = {"provider": "provider_id", "year": "year"}
    rows: list[tuple[Any, ...]] = frames.rows(summed, (*(columns[key] for key in by), *_SUMS))
    made = []
    for row in rows:
        key = tuple(map(str, row[: len(by)]))
        told = dict(zip(by, key, strict=True))
        provider = told.get("provider", "")
        sums = dict(zip(_SUMS, map(int, row[len(by) :]), strict=True))
        name = source.names.get(provider, provider)
        made.append(ClaimedRow(name, told.get("year", ""), **sums, disputed=disputed.get(key, 0)))
    return made


def _disputed(account: pd.DataFrame | None, by: Sequence[str]) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    if account is None or "disputed" not in account:
        return found
    providers, years = texts(account["provider_id"]).tolist(), account["event_date"].dt.year.tolist()
    rows: list[tuple[Any, ...]] = list(zip(providers, years, account["disputed"].tolist(), strict=True))
    for provider, year, amount in rows:
        told = {"provider": str(provider), "year": str(year)}
        key = tuple(told[one] for one in by)
        found[key] = found.get(key, 0) + int(amount)
    return found
