"""Finding again what is known by episode, joint and side after a correction has told the side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis.columns import among, texts
from kvalitetsapp.domain.words import Side

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Flags, Ints

KEY: Final = ["episode", "joint", "side"]
_NOT_TOLD: Final = ("", Side.UNKNOWN.value)


def exact_places(keys: pd.DataFrame, present: pd.DataFrame) -> Ints:
    """Return the place in `present` of each key (episode, joint, side), -1 where it is not there."""
    found = pd.MultiIndex.from_frame(_plain(present, KEY)).get_indexer(pd.MultiIndex.from_frame(_plain(keys, KEY)))
    return np.asarray(found, dtype=np.int64)


def places(keys: pd.DataFrame, present: pd.DataFrame) -> Ints:
    """Return the place in `present` of each key, else of the first by side that differs only by a side not told.

    That is the same thing before and after a correction told its side, or took it away.
    """
    exact = exact_places(keys, present)
    if (exact >= 0).all():
        return exact
    ordered = present[KEY].assign(place=np.arange(len(present))).sort_values("side", kind="stable", key=_as_text)
    any_side = _without_side(keys, ordered, np.ones(len(ordered), dtype=np.bool_))
    no_side = _without_side(keys, ordered, among(ordered["side"], *_NOT_TOLD))
    return np.where(exact >= 0, exact, np.where(among(keys["side"], *_NOT_TOLD), any_side, no_side))


def _without_side(keys: pd.DataFrame, ordered: pd.DataFrame, among_these: Flags) -> Ints:
    first = ordered[among_these].drop_duplicates(["episode", "joint"])
    index = pd.MultiIndex.from_frame(_plain(first, KEY[:2]))
    found = index.get_indexer(pd.MultiIndex.from_frame(_plain(keys, KEY[:2])))
    return np.append(first["place"].to_numpy(dtype=np.int64), -1)[found]


def _as_text(side: pd.Series) -> pd.Series:  # type: ignore[type-arg]
    return pd.Series(texts(side), side.index)


def _plain(rows: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return keys as plain numbers and texts, whatever categories they stand in."""
    return pd.DataFrame({name: rows[name].to_numpy() if name == "episode" else texts(rows[name]) for name in names})
