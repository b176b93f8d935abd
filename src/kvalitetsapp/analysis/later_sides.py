"""Finding again what is known by episode, joint and side after a correction has told or changed the side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis.columns import among, coded, texts
from kvalitetsapp.domain.words import Side

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Ints

KEY: Final = ["episode", "joint", "side"]
_NOT_TOLD: Final = ("", Side.UNKNOWN.value)


def exact_places(keys: pd.DataFrame, present: pd.DataFrame) -> Ints:
    """Return the place in `present` of each key (episode, joint, side), -1 where it is not there."""
    return _exact(keys, _of_same_episodes(keys, present))


def places(keys: pd.DataFrame, present: pd.DataFrame) -> Ints:
    """Return the place in `present` of each key, else of what a correction of its side has made of it, -1 if gone.

    That is the same episode and joint: of several sides one that is not told, for a key without side the first by
    side, and for a key whose side there is no more the only one there is.
    """
    near = _of_same_episodes(keys, present)
    exact = _exact(keys, near)
    if (exact >= 0).all():
        return exact
    ordered = near.sort_values("side", kind="stable", key=_as_text)
    any_side = _without_side(keys, ordered)
    no_side = _without_side(keys, ordered[among(ordered["side"], *_NOT_TOLD)])
    only_side = _without_side(keys, ordered[~ordered.duplicated(["episode", "joint"], keep=False)])
    told = np.where(no_side >= 0, no_side, only_side)
    return np.where(exact >= 0, exact, np.where(among(keys["side"], *_NOT_TOLD), any_side, told))


def operation_places(lines: pd.DataFrame, links: pd.DataFrame, operations: pd.DataFrame, link: Ints) -> Ints:
    """Return the place of each line's operation (index_episode, index_joint, index_side), -1 where it is gone.

    Of two that it may mean since the side was told, it is the one that its event (`link`, a place in `links`) is
    linked to now.
    """
    keys = lines[["index_episode", "index_joint", "index_side"]].set_axis(KEY, axis=1)
    exact, likely = exact_places(keys, operations), places(keys, operations)
    linked = or_none(pd.Index(operations["operation"]).get_indexer(pd.Index(links["operation"])))[link]
    same = (linked >= 0) & (likely >= 0) & (exact < 0)
    for code in (operations["episode"].to_numpy(), coded(operations["joint"])[0]):
        same &= or_none(code)[linked] == or_none(code)[likely]
    return np.where(same, linked, likely)


def or_none(numbers: Any) -> Ints:  # noqa: ANN401 - an array of whole numbers
    """Return the array with -1 at its end, where the place -1 (nowhere) finds it."""
    return np.append(np.asarray(numbers, dtype=np.int64), -1)


def _of_same_episodes(keys: pd.DataFrame, present: pd.DataFrame) -> pd.DataFrame:
    """Return what is present of the keys' episodes, with its place: of all that is stored little is claimed."""
    place = np.flatnonzero(present["episode"].isin(keys["episode"].unique()).to_numpy())
    return present[KEY].iloc[place].assign(place=place)


def _exact(keys: pd.DataFrame, near: pd.DataFrame) -> Ints:
    index = pd.MultiIndex.from_frame(_plain(near, KEY))
    return or_none(near["place"])[index.get_indexer(pd.MultiIndex.from_frame(_plain(keys, KEY)))]


def _without_side(keys: pd.DataFrame, ordered: pd.DataFrame) -> Ints:
    first = ordered.drop_duplicates(["episode", "joint"])
    index = pd.MultiIndex.from_frame(_plain(first, KEY[:2]))
    return or_none(first["place"])[index.get_indexer(pd.MultiIndex.from_frame(_plain(keys, KEY[:2])))]


def _as_text(side: pd.Series[Any]) -> pd.Series[Any]:
    return pd.Series(texts(side), side.index)


def _plain(rows: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return keys as plain numbers and texts, whatever categories they stand in."""
    return pd.DataFrame({name: rows[name].to_numpy() if name == "episode" else texts(rows[name]) for name in names})
