"""R12–R16: what can be recovered of the cost of complications after operations at other providers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import agreements as terms
from kvalitetsapp.analysis import cap_ledger, cohorts, event_costs, warranties
from kvalitetsapp.analysis.columns import (
    among,
    begins,
    categorical,
    categories,
    coded,
    day_numbers,
    known,
    nullable,
    order,
    places,
    ranks,
    texts,
    whole,
)
from kvalitetsapp.domain import table
from kvalitetsapp.domain.words import CostBasis, ProviderKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kvalitetsapp.analysis.cap_ledger import Draws
    from kvalitetsapp.analysis.columns import Flags, Ints
    from kvalitetsapp.analysis.event_costs import Costs
    from kvalitetsapp.domain.agreement import Agreement

OPERATION_SCOPE: Final = "index_operation"
_BASES: Final = sorted(("", *CostBasis))
EVENT_KEY: Final = ["episode", "joint", "side"]
_ACCOUNT_AMOUNTS: Final = ("claimed", "credited", "paid")
_ACCOUNT_TOLD: Final = ("provider_id", "agreement_id", "index_joint", "event_date", "complication_class")
_ACCOUNT_TEXTS: Final = ("joint", "side", "provider_id", "agreement_id", "index_joint", "complication_class")
_SUMMED: Final = ("over_cap", "claimable", *_ACCOUNT_AMOUNTS)
_SUMMED_OVER: Final = ("operation", "counts", "covered", "cost", *_SUMMED)
_OF_KEY: Final = {
    "provider": "provider_id",
    "joint": "index_joint",
    "year": "event_date",
    "agreement": "agreement_id",
    "class": "complication_class",
}
_TIED_BY: Final = (
    *("event_date", "complication_class", "status", "covered", "reason", "cost", "cost_basis"),
    *("claimable", "cap_left", "joint", "side"),
)
_OF_LINK: Final = (
    *("operation", "episode", "event_ref", "joint", "side", "event_date", "event_provider_id", "days", "status"),
    "complication_class",
)
_KEPT: Final = ("index_ref", "event_ref", "event_date", "operation", "episode", "link_row")
_WORDS: Final = ("provider_id", "complication_class", "status", "joint", "side", "index_joint")
_COLUMNS: Final = (
    *(column.name for column in table.CLAIMS_BASIS),
    *("operation", "episode", "joint", "side", "index_joint", "counts", "cap", "deductible", "over_cap", "claim_by"),
)
CLAIMS_ACCOUNT: Final = {
    "operation": "int",
    "provider_id": "category",
    "agreement_id": "category",
    "index_joint": "category",
    "episode": "int",
    "joint": "category",
    "side": "category",
    "event_date": "date",
    "complication_class": "category",
    "claimed": "int",
    "credited": "int",
    "paid": "int",
}


def claims_basis(
    index_operations: pd.DataFrame,
    links: pd.DataFrame,
    episodes: pd.DataFrame,
    providers: pd.DataFrame,
    agreements: Sequence[Agreement],
    *,
    potential: bool,
) -> pd.DataFrame:
    """Return a row for every link to an operation at a provider of another kind than `own`, sorted by key.

    Columns of `domain.table.CLAIMS_BASIS` (cost and cap_left NA where there is none), and: operation, episode, joint,
    side (the event's) · index_joint · counts (the status counts, bool) · cap (NA without agreement) · deductible
    (what was taken of it) · over_cap · claim_by (last day of the claim, NaT without a deadline). Amounts are öre.
    `potential` counts proposed links as if they were confirmed.
    """
    basis = _basis(index_operations, links, episodes, providers, agreements, potential=potential)
    return _ties_sorted(basis[list(_COLUMNS)])


def ledger(
    index_operations: pd.DataFrame,
    links: pd.DataFrame,
    episodes: pd.DataFrame,
    providers: pd.DataFrame,
    agreements: Sequence[Agreement],
    *,
    potential: bool,
) -> pd.DataFrame:
    """Return the rows of `claims_basis` by operation, event, joint and side, for those who only add up.

    The order is the same whatever the agreements, so that two ledgers of the same data can be held side by side;
    the order in which R15 draws on the cap is that of `event_date` within the operation.
    """
    return _basis(index_operations, links, episodes, providers, agreements, potential=potential)


def stakes(
    index_operations: pd.DataFrame,
    links: pd.DataFrame,
    episodes: pd.DataFrame,
    providers: pd.DataFrame,
    agreements: Sequence[Agreement],
) -> pd.DataFrame:
    """Return, on the index of `links`, what each event puts at stake: at_stake Int64 öre · claim_by date.

    That is what `claims_basis` gives as claimable and as the last day of the claim when proposed links count, NA and
    NaT where there is no such amount or day.
    """
    basis = _basis(index_operations, links, episodes, providers, agreements, potential=True)
    amount = np.zeros(len(links), dtype=np.int64)
    last = np.full(len(links), np.datetime64("NaT", "s"))
    row = basis["link_row"].to_numpy()
    amount[row], last[row] = basis["claimable"].to_numpy(), basis["claim_by"].to_numpy()
    return pd.DataFrame({"at_stake": nullable(amount, amount > 0).array, "claim_by": last}, index=links.index)


def _basis(
    index_operations: pd.DataFrame,
    links: pd.DataFrame,
    episodes: pd.DataFrame,
    providers: pd.DataFrame,
    agreements: Sequence[Agreement],
    *,
    potential: bool,
) -> pd.DataFrame:
    """Return what `claims_basis` promises by operation and event, with `link_row`, the place in `links`."""
    events = _events(index_operations, links, episodes, providers, agreements)
    place = events["agreement"].to_numpy()
    counts = warranties.counting(events, potential=potential)
    own = among(events["event_provider_id"], *_own(providers))
    reason = warranties.reasons(events, place, agreements, counts, own)
    covered = np.asarray(reason == "", dtype=np.bool_)
    costs = event_costs.of_events(events, place, agreements)
    event_costs.share(costs, events, counts, covered)
    cap, drawn = _drawn(events, place, agreements, np.where(covered, costs.amount, 0))
    return pd.DataFrame(
        {
            **{name: events[name] for name in _KEPT},
            **{name: categorical(events[name]) for name in _WORDS},
            "agreement_id": categories(place, [*(one.agreement_id for one in agreements), ""]),
            "days": whole(events["days"]),
            "covered": covered.astype(np.int8),
            "reason": reason,
            "counts": counts,
            "claim_by": _deadline(events, place, agreements),
            **_amounts(costs, drawn, cap, place >= 0),
        },
        copy=False,
    )


def _amounts(costs: Costs, drawn: Draws, cap: Ints, has_agreement: Flags) -> dict[str, Any]:
    """Return the columns in öre and where the cost comes from."""
    return {
        "cost": nullable(costs.amount, costs.is_known),
        "cost_basis": pd.Categorical(costs.basis, _BASES),
        "claimable": drawn.claimable,
        "cap_left": nullable(drawn.cap_left, has_agreement),
        "cap": nullable(cap, has_agreement),
        "deductible": drawn.deductible,
        "over_cap": drawn.over_cap,
    }


def summary(claims: pd.DataFrame, *, by: Sequence[str], account: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the sums of `claims_basis` over the events whose status counts.

    Keys: provider, joint (the operation's), year and class (the event's), agreement. `account` has what became of
    each event (`CLAIMS_ACCOUNT`, öre; nothing: no claim yet). What was claimed for an event that counts no longer
    stays in the sums.
    Columns: keys · cases, events counts · cost_total, covered_cost, not_covered_cost öre · missing_cost_events ·
    over_cap, claimable, claimed, credited, paid, uncollected öre.
    """
    rows = _with_account(claims, account)
    told = rows["counts"] | (rows[list(_ACCOUNT_AMOUNTS)] != 0).any(axis=1)
    rows = rows.loc[told, list(dict.fromkeys([*_SUMMED_OVER, *(_OF_KEY[key] for key in by)]))]
    groups = cohorts.group(_event_keys(rows, by))
    counts, covered = rows["counts"].to_numpy(), rows["covered"].to_numpy() == 1
    cost = np.where(counts, whole(rows["cost"]), 0)
    sums = {name: groups.total(rows[name].to_numpy()) for name in _SUMMED}
    total, covered_cost = groups.total(cost), groups.total(np.where(covered, cost, 0))
    return groups.keys.assign(
        cases=groups.distinct(rows["operation"].to_numpy(), counts),
        events=groups.count(counts),
        cost_total=total,
        covered_cost=covered_cost,
        not_covered_cost=total - covered_cost,
        missing_cost_events=groups.count(counts & covered & ~known(rows["cost"])),
        **sums,
        uncollected=sums["claimable"] - (sums["claimed"] - sums["credited"]),
    )


def _events(
    index_operations: pd.DataFrame,
    links: pd.DataFrame,
    episodes: pd.DataFrame,
    providers: pd.DataFrame,
    agreements: Sequence[Agreement],
) -> pd.DataFrame:
    """Return the links to cases with what is needed of operation and episode, by operation, event, joint and side.

    `agreement` is the place of the operation's agreement: its terms are those of the operation, not of the event.
    """
    row = places(index_operations["operation"].to_numpy(), links["operation"].to_numpy())
    is_case = np.append(~among(index_operations["provider_id"], *_own(providers)), False)[row]
    rows = _by_reference(links)
    rows = rows[is_case[rows]]
    rows = rows[order(ranks(index_operations["index_ref"])[row[rows]])]
    stay = places(episodes["episode"].to_numpy(), links["episode"].to_numpy()[rows])
    of_operation, first = row[rows], begins(row[rows])
    agreement = terms.places(index_operations[list(terms.NEEDED)].iloc[of_operation[first]], agreements)
    return pd.DataFrame(
        {
            **{name: _taken(links[name], rows) for name in _OF_LINK},
            "link_row": rows,
            "agreement": agreement[np.cumsum(first) - 1],
            "index_ref": _taken(index_operations["index_ref"], of_operation),
            "index_joint": _taken(index_operations["joint"], of_operation),
            "provider_id": _taken(index_operations["provider_id"], of_operation),
            **{name: _taken(episodes[name], stay) for name in event_costs.NEEDED},
        },
        copy=False,
    )


def _taken(column: pd.Series[Any], rows: Ints) -> Any:  # noqa: ANN401 - an array of the column's kind
    """Return some rows of a column; texts stay the objects that they are, which nobody looks through again."""
    if column.dtype == object:
        return pd.Index(column.to_numpy()[rows], dtype=object)
    return column.array.take(rows)


def _by_reference(links: pd.DataFrame) -> Ints:
    """Return the rows by event, joint and side, which is how they usually come."""
    keys = [ranks(links["event_ref"]), coded(links["joint"])[0], coded(links["side"])[0]]
    packed = (keys[0] * (keys[1].max(initial=0) + 1) + keys[1]) * (keys[2].max(initial=0) + 1) + keys[2]
    return np.arange(len(links)) if (packed[1:] >= packed[:-1]).all() else order(*keys)


def _ties_sorted(basis: pd.DataFrame) -> pd.DataFrame:
    """Return a basis in order of operation and event sorted by all of the key."""
    again = ~(begins(basis["operation"].to_numpy()) | begins(basis["episode"].to_numpy()))
    tied = np.flatnonzero(again | np.append(again[1:], False)[: len(again)])
    if not len(tied):
        return basis
    ties = basis.iloc[tied][list(_TIED_BY)].assign(tie=np.cumsum(~again)[tied], row=tied)
    rows = np.arange(len(basis))
    rows[tied] = ties.sort_values(["tie", *_TIED_BY], kind="stable", na_position="first")["row"]
    return basis.iloc[rows].reset_index(drop=True)


def _own(providers: pd.DataFrame) -> list[str]:
    return list(texts(providers["provider_id"])[among(providers["kind"], ProviderKind.OWN.value)])


def _drawn(events: pd.DataFrame, place: Ints, agreements: Sequence[Agreement], cost: Ints) -> tuple[Ints, Draws]:
    """Return each event's cap, and what the events draw by their agreements; shared and missing costs are 0 (R15)."""
    cap = np.array([*(one.cap for one in agreements), 0], dtype=np.int64)[place]
    deductible = np.array([*(one.deductible for one in agreements), 0], dtype=np.int64)[place]
    each = np.array([*(one.cap_scope != OPERATION_SCOPE for one in agreements), False], dtype=np.bool_)[place]
    operation, day = events["operation"].to_numpy(), day_numbers(events["event_date"])
    rows = order(np.cumsum(begins(operation)), day - day.min(initial=0))
    drawn = cap_ledger.draw(operation[rows], cost[rows], deductible[rows], cap[rows], each[rows])
    return cap, drawn.back(rows)


def _deadline(events: pd.DataFrame, place: Ints, agreements: Sequence[Agreement]) -> npt.NDArray[np.datetime64]:
    """Return the last day of the claim of each event, NaT without agreement or deadline; no amount depends on it."""
    allowed = [*(one.claim_deadline_days for one in agreements), None]
    days = np.array([-1 if one is None else one for one in allowed], dtype=np.int64)[place]
    last = events["discharged"].to_numpy().astype("datetime64[s]") + np.maximum(days, 0).astype("timedelta64[D]")
    return np.where(days < 0, np.datetime64("NaT", "s"), last)


def _with_account(claims: pd.DataFrame, account: pd.DataFrame | None) -> pd.DataFrame:
    """Return the claims with what was claimed, credited and paid of each event, 0 where nothing was.

    What was claimed for an event that is none of its operation's any more stands in a row of its own, behind them.
    """
    if account is None or account.empty:
        return claims.assign(**dict.fromkeys(_ACCOUNT_AMOUNTS, 0))
    key = ["operation", *EVENT_KEY]
    claims = claims.assign(joint=texts(claims["joint"]), side=texts(claims["side"]))
    sums = account.assign(**{name: texts(account[name]) for name in _ACCOUNT_TEXTS})
    sums = sums.groupby(key, as_index=False).agg(
        {**dict.fromkeys(_ACCOUNT_AMOUNTS, "sum"), **dict.fromkeys(_ACCOUNT_TOLD, "first")}
    )
    merged = claims.merge(sums[[*key, *_ACCOUNT_AMOUNTS]], on=key, how="left")
    amounts = {name: merged[name].fillna(0).astype(np.int64) for name in _ACCOUNT_AMOUNTS}
    theirs = pd.MultiIndex.from_frame(sums[key]).isin(pd.MultiIndex.from_frame(claims[key]))
    rest = sums[~theirs].assign(counts=False, covered=np.int8(0), over_cap=0, claimable=0, cost=0)
    if rest.empty:
        return merged.assign(**amounts)
    return pd.concat([merged.assign(**amounts), rest.astype({"cost": "Int64"})], ignore_index=True)


def _event_keys(rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    keys = {cohorts.KEYS[key]: rows[_OF_KEY[key]] for key in by}
    if "year" in keys:
        keys["year"] = pd.Series(cohorts.years(keys["year"]), rows.index)
    return pd.DataFrame(keys, rows.index)
