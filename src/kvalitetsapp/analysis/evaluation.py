"""How well the rules find complications and the operations that they belong to, against a truth (decision 0017)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import proportions
from kvalitetsapp.analysis.columns import among, day_numbers, texts, whole
from kvalitetsapp.domain.words import LinkStatus, Side, Verdict

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Flags, Ints

EVENT: Final = "event"
LINK: Final = "link"
COUNTS: Final = ("truth", "true_positive", "false_positive", "false_negative", "ambiguous")
_NONE: Final = -1
_OPERATION: Final = ("episode", "joint", "side")
_NOT_TOLD: Final = ("", Side.UNKNOWN.value)


def evaluate(truth: pd.DataFrame, links: pd.DataFrame, index_operations: pd.DataFrame) -> pd.DataFrame:
    """Return how what the rules gave agrees with a truth.

    Takes a truth of the shape VERDICTS, and the links and operations of a `linking.run` without decisions. Gives, by
    measure (`event`, `link`), group (`all`, `complication_class`, `side`) and value, the columns of `COUNTS` int64
    (`ambiguous` Int64, NA for events) and precision and recall with their 95 % Wilson intervals, NaN where nothing
    counts towards them. truth = true_positive + false_negative in every row.
    """
    units = _units(_rows_of(truth, index_operations), _events_of(links), index_operations)
    sums = [_by_groups(_of_events(units)).assign(measure=EVENT), _by_groups(_of_links(units)).assign(measure=LINK)]
    counted = pd.concat(sums, ignore_index=True)
    event = counted["measure"].to_numpy() == EVENT
    counted["ambiguous"] = pd.arrays.IntegerArray(counted["ambiguous"].to_numpy(), event)
    found, told = counted["true_positive"], counted["true_positive"] + counted["false_positive"]
    for name, total in (("precision", told), ("recall", counted["truth"])):
        low, high = proportions.wilson(found, total)
        counted = counted.assign(**{name: proportions.rate(found, total), f"{name}_low": low, f"{name}_high": high})
    return counted.sort_values(["measure", "group", "value"], kind="stable", ignore_index=True)


def _rows_of(truth: pd.DataFrame, index_operations: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a truth as plain columns, with the operation that each names (−1: none)."""
    rows = pd.DataFrame(
        {
            "row": np.arange(len(truth)),
            "episode": truth["episode"].to_numpy(),
            "joint": texts(truth["joint"]),
            "side": texts(truth["side"]),
            "day": day_numbers(truth["reviewed_on"]),
            "confirmed": among(truth["decision"], Verdict.CONFIRMED.value),
            "told_class": texts(truth["complication_class"]),
        }
    )
    named = pd.DataFrame(
        {
            "episode": whole(truth["index_episode"], _NONE),
            "joint": texts(truth["index_joint"]),
            "side": texts(truth["index_side"]),
        }
    )
    known = pd.DataFrame(
        {
            "episode": index_operations["episode"].to_numpy(),
            "joint": texts(index_operations["joint"]),
            "side": texts(index_operations["side"]),
            "operation": index_operations["operation"].to_numpy(),
        }
    )
    found = named.merge(known, on=list(_OPERATION), how="left")["operation"]
    return rows.assign(named=found.fillna(_NONE).to_numpy(dtype=np.int64))


def _events_of(links: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "event": np.arange(len(links)),
            "episode": links["episode"].to_numpy(),
            "joint": texts(links["joint"]),
            "side": texts(links["side"]),
            "linked": links["operation"].to_numpy(),
            "proposed": among(links["status"], LinkStatus.PROPOSED.value),
            "unsure": among(links["status"], LinkStatus.AMBIGUOUS.value),
            "derived_class": texts(links["complication_class"]),
        }
    )


def _units(rows: pd.DataFrame, events: pd.DataFrame, index_operations: pd.DataFrame) -> pd.DataFrame:
    """Return what is counted: every event that a row speaks of, and every complication that has none."""
    pairs = _speaking_of_one(rows, events)
    pairs = pairs.assign(named_as_such=_same_or_every(pairs, "joint") & _same_or_every(pairs, "side"))
    deciding = ["event", "named_as_such", "day", "row"]
    pairs = pairs.sort_values(deciding, kind="stable").drop_duplicates("event", keep="last")
    alone = rows[rows["confirmed"] & ~rows["row"].isin(pairs["row"]) & ~_superseded(rows)]
    nothing: dict[str, Any] = {
        "event": _NONE,
        "side_of_other": "",
        "linked": _NONE,
        "proposed": False,
        "unsure": False,
        "derived_class": "",
    }
    units = pd.concat([pairs, alone.assign(**nothing)], ignore_index=True)
    units["right"] = units["confirmed"] & (units["named"] >= 0) & (units["named"] == units["linked"])
    told, derived = units["told_class"].to_numpy(), units["derived_class"].to_numpy()
    units["complication_class"] = np.where(told == "", derived, told)
    units["input"] = np.where(_side_known(units, index_operations), "known", "unknown")
    return units


def _speaking_of_one(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of a row and another that are of one episode and may be about the same joint and side."""
    pairs = rows.merge(others, on="episode", suffixes=("", "_of_other"))
    return pairs[_compatible(pairs, "joint") & _compatible(pairs, "side")]


def _compatible(pairs: pd.DataFrame, name: str) -> Flags:
    """Tell where the two of a pair agree on joint or side, or one of them tells none (R2)."""
    said, found = pairs[name].to_numpy(), pairs[f"{name}_of_other"].to_numpy()
    return np.asarray((said == found) | np.isin(said, _NOT_TOLD) | np.isin(found, _NOT_TOLD), dtype=np.bool_)


def _same_or_every(pairs: pd.DataFrame, name: str) -> Flags:
    """Tell where a row names the joint or side of the event as it is, or every one, as a verdict does (R6)."""
    said = pairs[name].to_numpy()
    return np.asarray((said == pairs[f"{name}_of_other"].to_numpy()) | (said == ""), dtype=np.bool_)


def _superseded(rows: pd.DataFrame) -> Flags:
    """Tell which rows a later one speaks of too."""
    pairs = _speaking_of_one(rows, rows)
    day, later = pairs["day"], pairs["day_of_other"]
    again = (later > day) | ((later == day) & (pairs["row_of_other"] > pairs["row"]))
    return np.isin(rows["row"].to_numpy(), pairs.loc[again, "row"].to_numpy())


def _side_known(units: pd.DataFrame, index_operations: pd.DataFrame) -> Flags:
    """Tell where the data told the side of the event and of its operation; one that is not there is not asked."""
    named, linked = units["named"].to_numpy(), units["linked"].to_numpy()
    operation: Ints = np.where(named >= 0, named, linked)
    sides = np.append(texts(index_operations["side"]), "")[operation]  # −1: the one put last
    event, told = units["side_of_other"].to_numpy(), ~np.isin(sides, _NOT_TOLD)
    return np.asarray(np.where(event == "", told, ~np.isin(event, _NOT_TOLD) & (told | (sides == ""))), dtype=np.bool_)


def _of_events(units: pd.DataFrame) -> pd.DataFrame:
    there, confirmed = units["event"] >= 0, units["confirmed"]
    return _counted(units, truth=confirmed, hit=confirmed & there, wrong=~confirmed & there, unsure=there & ~there)


def _of_links(units: pd.DataFrame) -> pd.DataFrame:
    measured = units[~units["confirmed"] | (units["named"] >= 0)]
    confirmed, proposed, right = measured["confirmed"], measured["proposed"], measured["right"]
    return _counted(
        measured,
        truth=confirmed,
        hit=proposed & right,
        wrong=proposed & ~right,
        unsure=measured["unsure"] & right,
    )


def _counted(
    units: pd.DataFrame,
    *,
    truth: pd.Series[bool],
    hit: pd.Series[bool],
    wrong: pd.Series[bool],
    unsure: pd.Series[bool],
) -> pd.DataFrame:
    """Return the units with what each counts as."""
    return pd.DataFrame(
        {
            "complication_class": units["complication_class"],
            "side": units["input"],
            "truth": truth.astype(np.int64),
            "true_positive": hit.astype(np.int64),
            "false_positive": wrong.astype(np.int64),
            "false_negative": (truth & ~hit).astype(np.int64),
            "ambiguous": unsure.astype(np.int64),
        }
    )


def _by_groups(counted: pd.DataFrame) -> pd.DataFrame:
    """Return the sums of all units, which are always there, and those by class and by quality of input."""
    names = list(COUNTS)
    total = counted[names].sum().to_frame().T.astype(np.int64).assign(group="all", value="")
    parts = [total]
    for group in ("complication_class", "side"):
        sums = counted.groupby(group, observed=True)[names].sum().reset_index(names="value")
        parts.append(sums.assign(group=group))
    return pd.concat(parts, ignore_index=True)
