"""Which entries a scope means: for each column that it says something of, which of the column's words count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kvalitetsapp.domain.waiting import DEVIATIONS, MISSING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.analysis.columns import Flags
    from kvalitetsapp.analysis.waiting.lists import Lists, Small
    from kvalitetsapp.domain.waiting import WaitingScope


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """By column, which words count; a column that is not named may hold any."""

    words: Mapping[str, Flags]

    def of(self, columns: Mapping[str, Small]) -> Flags | None:
        """Tell which rows count, None: all of them."""
        found: Flags | None = None
        for name, counts in self.words.items():
            here = counts[columns[name]]
            found = here if found is None else found & here
        return found

    def needs(self, *names: str) -> bool:
        """Tell whether something is said of one of some columns."""
        return any(name in self.words for name in names)


def chosen(lists: Lists, scope: WaitingScope, areas: tuple[str, ...]) -> Chosen:
    """Return what a scope says; `areas` is the area of every code, "" for none."""
    words: dict[str, Flags] = {}
    for name, key in (
        ("county", scope.county),
        ("municipality", scope.municipality),
        ("provider", scope.provider_id),
        ("priority", scope.priority),
    ):
        if key:
            words[name] = _equal(lists.words[name], key)
    if scope.code or scope.area:
        words["code"] = _equal(lists.words["code"], scope.code) & _equal(areas, scope.area)
    if not scope.deviations.issuperset(DEVIATIONS):
        words["deviation"] = np.array([one in scope.deviations for one in DEVIATIONS])
    return Chosen(words)


def _equal(words: tuple[str, ...], key: str) -> Flags:
    """Tell which words are the key's; "" is any, `MISSING` is nothing."""
    wanted = "" if key == MISSING else key
    return np.array([not key or word == wanted for word in words], dtype=np.bool_)
