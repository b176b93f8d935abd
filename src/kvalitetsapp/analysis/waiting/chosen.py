"""Which entries a scope means: for each column that it says something of, which of the column's words count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.domain.waiting import DEVIATIONS, MISSING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.analysis.columns import Flags
    from kvalitetsapp.analysis.waiting.lists import Lists, Small
    from kvalitetsapp.domain.waiting import WaitingScope

_FEW: Final = 12


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """By column, which words count; a column that is not named may hold any."""

    words: Mapping[str, Flags]

    def of(self, columns: Mapping[str, Small]) -> Flags | None:
        """Tell which rows count, None: all of them."""
        found: Flags | None = None
        for name, counts in self.words.items():
            here = _among(columns[name], counts)
            found = here if found is None else found & here
        return found

    def without(self, name: str) -> Chosen:
        """Return what is said of all columns but one."""
        return Chosen({other: counts for other, counts in self.words.items() if other != name})

    def needs(self, *names: str) -> bool:
        """Tell whether something is said of one of some columns."""
        return any(name in self.words for name in names)


def _among(column: Small, counts: Flags) -> Flags:
    """Tell which rows hold a word that counts; to ask for a few words in turn is faster than to look every row up."""
    wanted = np.flatnonzero(counts).tolist()
    if len(wanted) > _FEW:
        return counts.take(column, mode="clip")
    found = np.zeros(len(column), dtype=np.bool_)
    for at in wanted:
        found |= column == at
    return found


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
