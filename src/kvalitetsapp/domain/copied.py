"""What was copied out of a table, as far as the access log must know it: from where, and whose rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PERSON_COLUMNS: Final = frozenset(
    {"personal_id", "same_as", "event_ref", "index_ref", "episode_ref", "ref", "claim_number"}
)
"""Columns whose values are of one person, whatever table they stand in."""


@dataclass(frozen=True, slots=True)
class Copied:
    """Rows of a table, by the table's name in the program, with what in them refers to persons."""

    table: str
    rows: int
    refs: tuple[str, ...]


def copied_of(table: str, names: Sequence[str], rows: Sequence[Sequence[object]]) -> Copied:
    """Return what copying some rows of a table of these columns gave away."""
    places = [place for place, name in enumerate(names) if name in PERSON_COLUMNS]
    told = {str(row[place]) for row in rows for place in places if row[place]}
    return Copied(table, len(rows), tuple(sorted(told)))


def tells_of_persons(names: Iterable[str]) -> bool:
    """Tell whether a table of these columns has persons' rows."""
    return not PERSON_COLUMNS.isdisjoint(names)
