"""Finding again what is known by episode, joint and side after a correction has told or changed the side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kvalitetsapp.analysis import columns
from kvalitetsapp.analysis.columns import coded, texts
from kvalitetsapp.domain.words import Side

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from kvalitetsapp.analysis.columns import Ints

KEY: Final = ["episode", "joint", "side"]
_NOT_TOLD: Final = ("", Side.UNKNOWN.value)


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
    place, near = _of_same_episodes(keys, present)
    exact = or_none(place)[columns.places(*_numbers(near, keys))]
    lost = np.flatnonzero(exact < 0)
    if not len(lost):
        return exact, exact
    found = exact.copy()
    found[lost] = _of_other_sides(keys.iloc[lost], near, place)
    return exact, found


def _of_same_episodes(keys: pd.DataFrame, present: pd.DataFrame) -> tuple[Ints, pd.DataFrame]:
    """Return what is present of the keys' episodes, after its places: of all that is stored little is claimed."""
    place = np.flatnonzero(present["episode"].isin(keys["episode"].array).to_numpy())
    return place, present[KEY].iloc[place]


def _numbers(*of_keys: pd.DataFrame) -> list[Ints]:
    """Return the keys of several frames as numbers that are the same where the keys are."""
    numbers = [rows["episode"].to_numpy(dtype=np.int64) for rows in of_keys]
    for name in KEY[1:]:
        found = [coded(rows[name]) for rows in of_keys]
        number = {word: place for place, word in enumerate({word for _codes, words in found for word in words})}
        for which, (codes, words) in enumerate(found):
            numbers[which] = numbers[which] * len(number) + np.array([number[word] for word in words])[codes]
    return numbers


def _of_other_sides(keys: pd.DataFrame, near: pd.DataFrame, place: Ints) -> list[int]:
    """Return the place of what each key has become, which is not there as it stands."""
    of_keys, rest = _of_same_episodes(keys, near)
    sides: dict[tuple[int, str], list[tuple[str, int]]] = {}
    for (episode, joint, side), number in zip(_plain(rest), place[of_keys].tolist(), strict=True):
        sides.setdefault((episode, joint), []).append((side, number))
    return [_likely(side, sides.get((episode, joint), [])) for episode, joint, side in _plain(keys)]


def _likely(side: str, sides: list[tuple[str, int]]) -> int:
    """Return which of the sides that there are, each with its place, a side that is none of them has become."""
    if side in _NOT_TOLD:
        return min(sides, default=("", -1))[1]
    not_told = [one for one in sides if one[0] in _NOT_TOLD]
    only = sides if len(sides) == 1 else []
    return min(not_told or only, default=("", -1))[1]


def _plain(rows: pd.DataFrame) -> Iterator[tuple[int, str, str]]:
    """Give keys as plain numbers and texts, whatever categories they stand in."""
    return zip(rows["episode"].tolist(), *(texts(rows[name]).tolist() for name in KEY[1:]), strict=True)
