"""Rules that a row is held against together with the rows of its file that came before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import ages
from kvalitetsapp.domain.sources import DiagnosisRole
from kvalitetsapp.exchange.values import fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.exchange.checks import Rows

_EPISODE: Final = ("source", "episode_id")
_OF_ONE_POPULATION: Final = ("year", "municipality", "sex")


class Once:
    """Rejects a row whose key another row of the file has had: to keep the later would lose what the first said."""

    def __init__(self, key: Sequence[str], code: str, column: str) -> None:
        self._key = tuple(key)
        self._code = code
        self._column = column
        self._first: dict[tuple[Any, ...], int] = {}

    def __call__(self, rows: Rows) -> None:
        """Hold a batch."""
        keys = zip(*(rows.values[name] for name in self._key), strict=True)
        for position, key in enumerate(keys):
            first = self._first.setdefault(key, rows.numbers[position])
            if first != rows.numbers[position]:
                rows.blame(position, self._column, fault(self._code, row=first))


def costs() -> Once:
    """Return the rule that an episode's cost of one type and line stands once in a file."""
    return Once((*_EPISODE, "cost_type", "line"), "same_key", "cost")


class Positions:
    """Gives rows without `position` the place after the episode's row before them, and rejects a place taken twice.

    External causes are counted apart from diagnoses: they come in a file of their own.
    """

    def __init__(self, within: Sequence[str] = ()) -> None:
        self._within = tuple(within)
        self._last: dict[tuple[Any, ...], int] = {}
        self._taken: dict[tuple[Any, ...], int] = {}

    def __call__(self, rows: Rows) -> None:
        """Hold a batch."""
        stated = rows.values["position"]
        series = zip(*(rows.values[name] for name in (*_EPISODE, *self._within)), strict=True)
        for position, named in enumerate(series):
            key = (*named[:2], DiagnosisRole.EXTERNAL_CAUSE in named[2:])
            if stated[position] is None:
                stated[position] = self._last.get(key, 0) + 1
            self._last[key] = stated[position]
            first = self._taken.setdefault((*key, stated[position]), rows.numbers[position])
            if first != rows.numbers[position]:
                rows.blame(position, "position", fault("same_position", row=first))


class AgesApart:
    """Rejects a group of ages that shares one with a group of the same year, municipality and sex before it."""

    def __init__(self) -> None:
        self._row_of: dict[tuple[Any, ...], dict[int, int]] = {}

    def __call__(self, rows: Rows) -> None:
        """Hold a batch."""
        groups = zip(*(rows.values[name] for name in (*_OF_ONE_POPULATION, "age_from", "age_to")), strict=True)
        for position, (*population, first, last) in enumerate(groups):
            if position in rows.faults or first is None:
                continue
            row_of = self._row_of.setdefault(tuple(population), {})
            taken = next((row_of[age] for age in ages.span(first, last) if age in row_of), None)
            if taken is None:
                row_of.update(dict.fromkeys(ages.span(first, last), rows.numbers[position]))
            else:
                rows.blame(position, "age_from", fault("overlapping_ages", row=taken))


class JoinedKeys:
    """Rejects an episode whose id, put together of several columns, is that of another episode of the file.

    A true id that comes again is a correction; a joined one may stand for two visits on one day. The same row twice
    says nothing new and passes.
    """

    def __init__(self) -> None:
        self._first: dict[tuple[Any, ...], tuple[int, int]] = {}

    def __call__(self, rows: Rows) -> None:
        """Hold a batch."""
        keys = zip(*(rows.values[name] for name in _EPISODE), strict=True)
        contents = zip(*rows.values.values(), strict=True)
        for position, (key, content) in enumerate(zip(keys, contents, strict=True)):
            seen = (rows.numbers[position], hash(content))
            first = self._first.setdefault(key, seen)
            if first[1] != seen[1]:
                rows.blame(position, "episode_id", fault("joined_key", row=first[0]))
