"""R15 in practice: what is drawn on caps held against what can be claimed now, event by event. Integer öre.

What can be claimed moves: links are reviewed anew, costs corrected, agreements changed, earlier events found. What is
claimed does not move with it. Of each index operation this says what is left to claim, and what of the claimed is
to be corrected; correcting all of it and then claiming all of it leaves exactly what R15 gives, and nothing to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import cap_ledger, correction_reasons, later_sides
from kvalitetsapp.analysis.columns import among, known, places, texts, whole
from kvalitetsapp.analysis.recovery import EVENT_KEY, OPERATION_SCOPE
from kvalitetsapp.domain.claim import NOT_YET_ISSUED
from kvalitetsapp.domain.words import CostBasis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.columns import Flags, Ints
    from kvalitetsapp.domain.agreement import Agreement

DRAWN: Final = {
    "claim": "int",
    "line": "int",
    "status": "category",
    "provider_id": "category",
    "agreement_id": "category",
    "index_ref": "str",
    "index_episode": "int",
    "index_joint": "category",
    "index_side": "category",
    "episode": "int",
    "joint": "category",
    "side": "category",
    "event_ref": "str",
    "event_date": "date",
    "complication_class": "category",
    "cost": "int",
    "deductible": "int",
    "net": "int",
}
"""A row for every claim line: what it was drawn for as that then stood, and the net of its entries in the ledger."""

_OPERATION_KEY: Final = ["index_episode", "index_joint", "index_side"]
_KEYS: Final = (*_OPERATION_KEY, *EVENT_KEY)
_TEXTS: Final = ("index_ref", "provider_id", "agreement_id", "event_ref", "complication_class", "joint", "side")


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is left to claim and to correct.

    `events`: a row for every row of the claims basis, then one for every event that something is drawn for and that is
    none of its operation's any more. Columns: index_ref, provider_id, agreement_id, event_ref, complication_class,
    joint, side, status, cost_basis text · event_date, claim_by date · days, cost (NA) · episode int64 · operation (its
    place among all, -1 = gone) · counts, is_missing_cost bool · deductible · target (R15) · full (what it could claim
    alone) · net (drawn and not given back) · pending (of that not issued yet) · to_claim · over (to be corrected).

    `lines`: the rows of what is drawn, in their order, with operation, link (the event's place among links, -1 =
    gone), event (its place in `events`), over and reason (of `CorrectionReason`, whether something is over or not).
    """

    events: pd.DataFrame
    lines: pd.DataFrame


def of_claims(
    claims: pd.DataFrame,
    links: pd.DataFrame,
    operations: pd.DataFrame,
    agreements: Sequence[Agreement],
    drawn: pd.DataFrame,
) -> Ledger:
    """Hold what is drawn (`DRAWN`) against what can be claimed now (`claims_basis`, `LINKS`, `INDEX_OPERATIONS`).

    A line follows its event and its operation by episode, joint and side, or by episode and joint where the side was
    told later. All that is drawn for an operation takes of what it can claim, also what is to be corrected, so that
    the cap holds in between; what is drawn for an episode takes of what any of its events can claim.
    """
    lines = _placed(claims, links, operations, drawn)
    events = _events(claims, operations, lines)
    case, each = _cases(events, len(claims), agreements)
    at, amount = lines["event"].to_numpy(), whole(lines["net"])
    waits = among(lines["status"], *NOT_YET_ISSUED)
    net, pending = (_total(at, each_line, len(events)) for each_line in (amount, np.where(waits, amount, 0)))
    target = whole(events["target"])
    full = np.where(each, target, whole(events["full"]))
    over = _over(lines, case, np.maximum(0, net - full), target)
    room = np.maximum(0, full - _drawn_for_episode(events, net))
    events = events.assign(
        full=full,
        net=net,
        pending=pending,
        to_claim=_taken(_in_time(events), case, room, np.maximum(0, _of_case(case, target) - _of_case(case, net))),
        over=_total(at, over, len(events)),
    )
    return Ledger(events, lines.assign(over=over, reason=correction_reasons.of_lines(lines, links, claims)))


def _placed(claims: pd.DataFrame, links: pd.DataFrame, operations: pd.DataFrame, drawn: pd.DataFrame) -> pd.DataFrame:
    """Return what is drawn with the places of its operation and its event's link, and of its event among all."""
    lines = drawn.reset_index(drop=True)
    link = later_sides.places(lines, links)
    operation = later_sides.operation_places(lines, links, operations, link)
    row = later_sides.places(lines, claims)
    is_its = (row >= 0) & (later_sides.or_none(_places_of(claims, operations))[row] == operation)
    return lines.assign(
        operation=operation, link=link, event=np.where(is_its, row, len(claims) + _behind(lines, ~is_its))
    )


def _behind(lines: pd.DataFrame, rows: Flags) -> Ints:
    """Return the number of the event of each of `rows` among theirs, in the order in which they come, else 0."""
    number = np.zeros(len(lines), dtype=np.int64)
    if not rows.any():
        return number
    those = lines[list(_KEYS)][rows]
    keys = zip(*(those[name].tolist() for name in _KEYS), strict=True)
    known: dict[tuple[Any, ...], int] = {}
    number[rows] = [known.setdefault(key, len(known)) for key in keys]
    return number


def _events(claims: pd.DataFrame, operations: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the claims basis and, behind them, the events that lines are drawn for beside those."""
    bears = claims["counts"].to_numpy(dtype=np.bool_) & (claims["covered"].to_numpy() == 1)
    shared = among(claims["cost_basis"], CostBasis.SHARED.value)
    mine = pd.DataFrame(
        {
            **_told(claims),
            **{name: _as_text(claims[name]) for name in ("status", "cost_basis")},
            **{name: claims[name].array for name in ("days", "cost", "claim_by", "counts", "deductible")},
            "operation": _places_of(claims, operations),
            "is_missing_cost": bears & ~known(claims["cost"]),
            "target": whole(claims["claimable"]),
            "full": np.where(bears & ~shared, whole(claims["cost"]) - whole(claims["deductible"]), 0),
        },
        copy=False,
    )
    behind = lines["event"].to_numpy() >= len(claims)
    if not behind.any():
        return mine
    rest = lines[behind].drop_duplicates("event").sort_values("event")
    gone = pd.DataFrame(_told(rest)).assign(
        operation=rest["operation"].array, **dict.fromkeys(("status", "cost_basis"), "")
    )
    both = pd.concat([mine, gone], ignore_index=True)
    nothing = {"deductible": 0, "target": 0, "full": 0, "counts": False, "is_missing_cost": False}
    return both.assign(**{name: _filled(both[name], value) for name, value in nothing.items()})


def _told(rows: pd.DataFrame) -> dict[str, Any]:
    return {
        **{name: rows[name].array for name in ("episode", "event_date")},
        **{name: _as_text(rows[name]) for name in _TEXTS},
    }


def _as_text(column: pd.Series[Any]) -> pd.Index[Any]:
    """Return a column that is no category any more; most are texts already, and turning a million takes a second."""
    values = texts(column) if isinstance(column.dtype, pd.CategoricalDtype) else column.to_numpy()
    return pd.Index(values, dtype=object)


def _filled(column: pd.Series[Any], value: object) -> pd.Series[Any]:
    return column.astype(object).where(column.notna(), value).astype(type(value))


def _cases(events: pd.DataFrame, of_claims: int, agreements: Sequence[Agreement]) -> tuple[Ints, Flags]:
    """Return which rows have a cap in common, numbered from 0, and which have a whole cap each."""
    whole_caps = [one.agreement_id for one in agreements if one.cap_scope != OPERATION_SCOPE]
    operation = events["operation"].to_numpy(dtype=np.int64)
    each_of_operation = np.zeros(operation.max(initial=0) + 2, dtype=np.bool_)
    each_of_operation[operation[:of_claims]] = among(events["agreement_id"], *whole_caps)[:of_claims]
    each = each_of_operation[operation]
    alone = each | (operation < 0)
    case = np.where(alone, len(each_of_operation) + np.arange(len(events)), operation)
    return np.unique(case, return_inverse=True)[1].astype(np.int64), each


def _over(lines: pd.DataFrame, case: Ints, over: Ints, target: Ints) -> Ints:
    """Return what of each line is to be corrected: what its event has too much, then what its case still has.

    Of those of an event or a case, drafts go first, as nobody has been sent them, and then the latest.
    """
    at, net = lines["event"].to_numpy(), whole(lines["net"])
    waits = among(lines["status"], *NOT_YET_ISSUED)
    order = np.lexsort((-lines["line"].to_numpy(), -lines["claim"].to_numpy(), ~waits))
    first = _taken(order, at, net, over)
    kept = net - first
    too_much = np.maximum(0, _total(case[at], kept, case.max(initial=-1) + 1) - _of_case(case, target))
    return first + _taken(order, case[at], kept, too_much)


def _taken(order: Ints, group: Ints, amount: Ints, most: Ints) -> Ints:
    """Return what of each amount is taken in the order given, of each group as much as `most` says."""
    order = order[np.argsort(group[order], kind="stable")]
    taken = np.zeros_like(amount)
    taken[order] = cap_ledger.laid(group[order], amount[order], most[group[order]])
    return taken


def _in_time(events: pd.DataFrame) -> Ints:
    """Return the places of the events in the order in which they draw on their cap (R15).

    The claims basis is sorted by reference, and of two events of one episode only one has a cost to draw.
    """
    return np.argsort(events["event_date"].to_numpy(), kind="stable").astype(np.int64)


def _drawn_for_episode(events: pd.DataFrame, net: Ints) -> Ints:
    """Return what is drawn for the episode of each event, by whatever operation or event."""
    episode = np.unique(events["episode"].to_numpy(), return_inverse=True)[1]
    return _total(episode, net, episode.max(initial=-1) + 1)[episode]


def _of_case(case: Ints, amount: Ints) -> Ints:
    return _total(case, amount, case.max(initial=-1) + 1)


def _total(group: Ints, amount: Ints, size: int) -> Ints:
    totals = np.zeros(size, dtype=np.int64)
    np.add.at(totals, group, amount)
    return totals


def _places_of(rows: pd.DataFrame, operations: pd.DataFrame) -> Ints:
    return places(operations["operation"].to_numpy(), rows["operation"].to_numpy())
