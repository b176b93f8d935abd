"""Finding again what is known by episode, joint and side after a correction has told or changed the side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from kvalitetsapp.analysis import columns
from kvalitetsapp.analysis.columns import coded, texts
from kvalitetsapp.domain.words import Side

if TYPE_CHECKING:
    import pandas as pd

    from kvalitetsapp.analysis.columns import Ints

KEY: Final = ["episode", "joint", "side"]
_NOT_TOLD: Final = ("", Side.UNKNOWN.value)
_Key: TypeAlias = tuple[int, str, str]


def places(keys: pd.DataFrame, present: pd.DataFrame) -> Ints:
    """Return the place in `present` of each key, else of what a correction of its side has made of it, -1 if gone.

    That is the same episode and joint: of several sides one that is not told, for a key without side the first by
    side, and for a key whose side there is no more the only one there is.
    """
    return _places(keys, present)[1]


def operation_places(lines: pd.DataFrame, links: pd.DataFrame, operations: pd.DataFrame, link: Ints) -> Ints:
    """Return the place of each line's operation (index_episode, index_joint, index_side), -1 where it is gone.

    Of two that it may mean since the side was told, it is the one that its event (`link`, a place in `links`) is
    linked to now.
    """
    keys = lines[["index_episode", "index_joint", "index_side"]].set_axis(KEY, axis=1)
    exact, likely = _places(keys, operations)
    unsure = (exact < 0) & (likely >= 0)
    if not unsure.any():
        return likely
    of_link = or_none(links["operation"])[link]
    linked = columns.places(operations["operation"].to_numpy(), of_link)
    same = unsure & (linked >= 0)
    for code in (operations["episode"].to_numpy(), coded(operations["joint"])[0]):
        same &= or_none(code)[linked] == or_none(code)[likely]
    return np.where(same, linked, likely)


def or_none(numbers: Any) -> Ints:  # noqa: ANN401 - an array of whole numbers
    """Return the array with -1 at its end, where the place -1 (nowhere) finds it."""
    return np.append(np.asarray(numbers, dtype=np.int64), -1)


def _places(keys: pd.DataFrame, present: pd.DataFrame) -> tuple[Ints, Ints]:
    """Return the place of each key as it stands, -1 where it is not there, and what `places` promises."""
    wanted, near = _plain(keys), _of_same_episodes(keys, present)
    found = [near.get(key, -1) for key in wanted]
    exact = np.array(found, dtype=np.int64)
    if -1 not in found:
        return exact, exact
    of_joint: dict[tuple[int, str], list[tuple[str, int]]] = {}
    for (episode, joint, side), place in near.items():
        of_joint.setdefault((episode, joint), []).append((side, place))
    pairs = zip(found, wanted, strict=True)
    likely = [place if place >= 0 else _likely(key[2], of_joint.get(key[:2], [])) for place, key in pairs]
    return exact, np.array(likely, dtype=np.int64)


def _likely(side: str, sides: list[tuple[str, int]]) -> int:
    """Return which of the sides that there are, each with its place, a side that is none of them has become."""
    if side in _NOT_TOLD:
        return min(sides, default=("", -1))[1]
    not_told = [one for one in sides if one[0] in _NOT_TOLD]
    only = sides if len(sides) == 1 else []
    return min(not_told or only, default=("", -1))[1]


def _of_same_episodes(keys: pd.DataFrame, present: pd.DataFrame) -> dict[_Key, int]:
    """Return the places of what is present of the keys' episodes: of all that is stored little is claimed."""
    place = np.flatnonzero(present["episode"].isin(keys["episode"].array).to_numpy())
    return dict(zip(_plain(present[KEY].iloc[place]), place.tolist(), strict=True))


def _plain(rows: pd.DataFrame) -> list[_Key]:
    """Return keys as plain numbers and texts, whatever categories they stand in."""
    joint, side = (texts(rows[name]).tolist() for name in KEY[1:])
    return list(zip(rows["episode"].tolist(), joint, side, strict=True))
