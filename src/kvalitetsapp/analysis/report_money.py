"""The money of a report: what complications cost, what is covered, and what cases come to. Integer öre."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kvalitetsapp.analysis import agreements as terms
from kvalitetsapp.analysis import cost_distribution, frames, recovery
from kvalitetsapp.analysis.columns import among, known, texts, whole
from kvalitetsapp.analysis.mean_interval import mean_interval
from kvalitetsapp.domain.chart_data import CaseCost
from kvalitetsapp.domain.report_data import LINES, AgreementTerms, CostDistribution, NotCovered, Recovery
from kvalitetsapp.domain.words import ComplicationClass, CostBasis, LinkStatus, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kvalitetsapp.analysis.columns import Flags
    from kvalitetsapp.analysis.report_frames import ReportFrames
    from kvalitetsapp.domain.agreement import Agreement

_SUMS: Final = (
    "cases",
    "events",
    "cost_total",
    "covered_cost",
    "not_covered_cost",
    "missing_cost_events",
    "over_cap",
    "claimable",
    "claimed",
    "credited",
    "paid",
    "uncollected",
)
_OVER: Final = tuple(f"share_over_{line // 100}" for line in LINES)


def recovery_by(claims: pd.DataFrame, key: str, account: pd.DataFrame | None = None) -> tuple[Recovery, ...]:
    """Return the sums of a claims basis by `year` or `provider` and, last and with the key "", in all."""
    column = {"year": "year", "provider": "provider_id"}[key]
    found = recovery.summary(claims, by=[key], account=account)
    by_key = [Recovery(str(row[0]), *_whole(row[1:])) for row in _rows(found, (column, *_SUMS))]
    return (*by_key, total(claims, account))


def total(claims: pd.DataFrame, account: pd.DataFrame | None = None) -> Recovery:
    """Return the sums of a whole claims basis; `account` is what became of its events (`CLAIMS_ACCOUNT`)."""
    row = _rows(recovery.summary(claims, by=[], account=account), _SUMS)[0]
    return Recovery("", *_whole(row))


def not_covered(claims: pd.DataFrame) -> tuple[NotCovered, ...]:
    """Return what no agreement covers, by reason in the order of R13; under a reason an episode's cost counts once."""
    rows = claims[claims["covered"].to_numpy() == 0]
    found = []
    for reason in Reason:
        mine = rows[among(rows["reason"], reason.value)]
        if len(mine):
            once = mine.sort_values("cost", ascending=False, kind="stable").drop_duplicates("episode")
            missing = int((~known(mine["cost"])).sum())
            found.append(NotCovered(reason.value, len(mine), int(whole(once["cost"]).sum()), missing))
    return tuple(found)


def cost_per_case(source: ReportFrames) -> tuple[CostDistribution, ...]:
    """Return what cases cost: by confirmed events and by all linked ones, each with and without an infection."""
    found = []
    for name, claims in (("confirmed", source.confirmed_claims), ("potential", source.potential_claims)):
        totals = cost_distribution.case_totals(claims)
        infected = np.isin(totals["operation"].to_numpy(), _infected(claims))
        found += _distributions(name, totals, infected, source.prices)
    return tuple(found)


def cost_per_event(source: ReportFrames) -> tuple[CostDistribution, ...]:
    """Return what single events cost, those that share an episode's cost counted as one."""
    found = []
    for name, claims in (("confirmed", source.confirmed_claims), ("potential", source.potential_claims)):
        rows = claims[claims["counts"].to_numpy(dtype=np.bool_) & ~among(claims["cost_basis"], CostBasis.SHARED.value)]
        totals = rows[["operation", "over_cap", "cap"]].assign(total=rows["cost"], at_cap=rows["cap_left"] == 0)
        infected = among(rows["complication_class"], ComplicationClass.INFECTION.value)
        found += _distributions(name, totals.reset_index(drop=True), infected, source.prices)
    return tuple(found)


def strip(source: ReportFrames) -> tuple[CaseCost, ...]:
    """Return each case with a known cost, the cheapest first; it is confirmed if every event that counts is.

    Its key is the reference of its operation.
    """
    claims = source.potential_claims
    totals = cost_distribution.case_totals(claims)
    proposed = claims["operation"].to_numpy()[among(claims["status"], LinkStatus.PROPOSED.value)]
    shown = totals[known(totals["total"])]
    operation = shown["operation"].to_numpy()
    cost = whole(shown["total"]).tolist()
    confirmed = (~np.isin(operation, proposed)).tolist()
    infection = np.isin(operation, _infected(claims)).tolist()
    keys = texts(shown["index_ref"]).tolist()
    cases = [CaseCost(*row) for row in zip(cost, confirmed, infection, keys, strict=True)]
    return tuple(sorted(cases, key=lambda case: (case.cost, case.confirmed, case.infection, case.key)))


def agreements_used(source: ReportFrames) -> tuple[AgreementTerms, ...]:
    """Return the agreements under which operations of the scope were done, by the day they begin (R12)."""
    places = terms.places(source.operations, source.agreements)
    used = [source.agreements[place] for place in np.unique(places[places >= 0]).tolist()]
    return tuple(_terms(one) for one in sorted(used, key=lambda one: (one.valid_from, one.agreement_id)))


def _terms(one: Agreement) -> AgreementTerms:
    return AgreementTerms(
        one.name,
        one.valid_from.isoformat(),
        "" if one.valid_to is None else one.valid_to.isoformat(),
        one.cap,
        one.deductible,
        max((warranty.days for warranty in one.warranties), default=0),
        one.verified,
    )


def _rows(found: pd.DataFrame, names: Sequence[str]) -> list[tuple[Any, ...]]:
    return frames.rows(found, names)


def _whole(values: Sequence[Any]) -> tuple[int, ...]:
    return tuple(int(value) for value in values)


def _infected(claims: pd.DataFrame) -> Any:  # noqa: ANN401 - an array of operations
    hit = claims["counts"].to_numpy(dtype=np.bool_)
    hit = hit & among(claims["complication_class"], ComplicationClass.INFECTION.value)
    return claims["operation"].to_numpy()[hit]


def _distributions(name: str, totals: pd.DataFrame, infected: Flags, prices: pd.DataFrame) -> list[CostDistribution]:
    parts = (
        (name, np.ones(len(totals), dtype=np.bool_)),
        (f"{name}/infection", infected),
        (f"{name}/other", ~infected),
    )
    return [_distribution(group, totals[chosen], prices) for group, chosen in parts]


def _distribution(group: str, totals: pd.DataFrame, prices: pd.DataFrame) -> CostDistribution:
    names = ("cases", "without_cost", "mean", "median", "p90", "highest", *_OVER)
    row = _rows(cost_distribution.summary(totals), names)[0]
    cases, without_cost, mean, median, p90, highest, *over = row
    amounts = whole(totals["total"])[known(totals["total"])]
    interval = mean_interval(amounts)
    with_cap = known(totals["total"]) & known(totals["cap"])
    price = cost_distribution.prices_of(totals, prices)
    compared, total = known(totals["total"]) & (price > 0), whole(totals["total"])
    return CostDistribution(
        group,
        int(cases),
        int(without_cost),
        mean,
        None if interval is None else interval[0],
        None if interval is None else interval[1],
        median,
        p90,
        highest,
        tuple(round((part or 0) * cases) for part in over),
        int(with_cap.sum()),
        int((with_cap & (totals["over_cap"].to_numpy() > 0)).sum()),
        int((with_cap & totals["at_cap"].to_numpy(dtype=np.bool_, na_value=False)).sum()),
        int(compared.sum()),
        int(np.median(price[compared])) if compared.any() else None,
        tuple(int((compared & (total >= times * price)).sum()) for times in cost_distribution.TIMES),
    )
