"""The operations behind a figure as a list: each with its references, and why it is or is not in the figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import columns
from kvalitetsapp.analysis.indicators import keys
from kvalitetsapp.analysis.indicators.members import members
from kvalitetsapp.domain.indicator_members import MEMBERS, LeftOut

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.indicator import Indicator

_YES = 0.5


def listed(indicator: Indicator, source: IndicatorSource, *, where: Mapping[str, str]) -> pd.DataFrame:
    """Return the members of an indicator in the columns of `MEMBERS`, in the order of INDEX_OPERATIONS.

    `where` holds keys of `domain.indicator_tables.LEVELS` with the word that an operation must have.
    """
    return of_members(indicator, source, chosen(source, members(indicator, source), where=where))


def of_members(indicator: Indicator, source: IndicatorSource, found: pd.DataFrame) -> pd.DataFrame:
    """Return some members in the columns of `MEMBERS`, in their order."""
    operations = _operations(source, found)
    told = {
        **{name: operations[name].array for name in ("index_ref", "provider_id", "operated_on")},
        "included": found["counted"].astype(np.int64),
        "left_out": _left_out(found),
        "counted": _numerator(indicator, found),
        "value": found["value"],
        "event_ref": _refs(source, found["event_episode"]),
        "days": found["days"],
        "reviewed": found["reviewed"].astype("Int64"),
    }
    return pd.DataFrame(told, columns=[column.name for column in MEMBERS])


def chosen(
    source: IndicatorSource,
    found: pd.DataFrame,
    *,
    where: Mapping[str, str],
    days: tuple[date, date] | None = None,
) -> pd.DataFrame:
    """Return those of some members whose keys have the words of `where`, done within `days`, both in."""
    of_each = keys.of_operations(source, found["operation"].to_numpy(), tuple(where))
    kept = np.ones(len(found), dtype=np.bool_)
    for name, wanted in zip(keys.names(tuple(where)), where.values(), strict=True):
        kept &= (of_each[name].astype(str) == wanted).to_numpy()
    if days is not None:
        day = columns.day_numbers(_operations(source, found)["operated_on"])
        kept &= (day >= columns.day_number(days[0])) & (day <= columns.day_number(days[1]))
    return found[kept].reset_index(drop=True)


def foremost(indicator: Indicator, source: IndicatorSource, found: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return at most so many members: the numerator first, then the rest of the denominator, each the latest first."""
    day = columns.day_numbers(_operations(source, found)["operated_on"])
    counted = found["counted"].to_numpy()
    hit = counted & (found["value"] > _YES).to_numpy() & indicator.is_share
    order = np.lexsort((-day, ~counted, ~hit))[:most]
    return found.iloc[order].reset_index(drop=True)


def _operations(source: IndicatorSource, found: pd.DataFrame) -> pd.DataFrame:
    every = source.index_operations
    return every.iloc[columns.places(every["operation"].to_numpy(), found["operation"].to_numpy())]


def _left_out(found: pd.DataFrame) -> list[str]:
    no_value = np.where(found["counted"], "", LeftOut.NO_VALUE.value)
    return np.where(found["eligible"], no_value, LeftOut.NOT_FOLLOWED.value).tolist()  # type: ignore[no-any-return]


def _numerator(indicator: Indicator, found: pd.DataFrame) -> pd.Series[int]:
    """Tell which are in the numerator, nothing where the figure has none."""
    told = (found["value"] > _YES).astype("Int64")
    return told.where(found["counted"] & indicator.is_share)


def _refs(source: IndicatorSource, episode: pd.Series[int]) -> list[str]:
    """Return the reference of each event's episode, "" without one."""
    known = source.episodes["episode"].to_numpy()
    place = columns.places(known, np.asarray(episode.fillna(-1), dtype=np.int64))
    return np.append(columns.texts(source.episodes["episode_ref"]), "")[place].tolist()  # type: ignore[no-any-return]
